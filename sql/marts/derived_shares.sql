-- Which shares of a stated amount do reports tell in words alone, and how much money is that?
-- "a third of the $300 million", "30 percent of the $92 million": the share is stated, the amount is worked out here
-- and stands in no text, which is why it is no row of financial_figures. Left out where the sentence gives the amount
-- itself as well. Copies of documents are left out.
-- total_figure_id: The stated amount (key of financial_figures).
-- share_text: The words that tell the share.
-- share: The share, 0 to 1.
-- qualifier: exact, approximately, at_least or at_most, of the share.
-- amount: The share of the amount, in its currency.
-- currency: Currency of the amount (ISO 4217).
-- amount_usd: The share of amount_usd, where one is known.
-- amount_basis: How the amount came about: always a share of a stated total.
-- document_id: Document that tells it (key of documents).
-- start_char: Where the words of the share begin in the document's text.
with led as (
    select
        financial_figures.*,
        substr(
            documents.text,
            greatest(financial_figures.start_char - 60, 0) + 1,
            least(financial_figures.start_char, 60)
        ) as words
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
    where documents.duplicate_of is null and financial_figures.amount > 0
),

told as (
    select
        *,
        regexp_extract(
            words,
            '(?i)((?:\d{1,2}(?:\.\d{1,2})?\s?(?:percent|per cent|pct|%)\s+of'
            || '|(?:a |one[ -]|two[ -]|three[ -]|four[ -])?(?:half|third|quarter|fifth|tenth)s?(?:\s+of)?)'
            || '\s+(?:the|its|his|their|that|this|a|an)\s+(?:\w{1,12}\s+){0,2})$',
            1
        ) as share_words
    from led
),

counted as (
    select
        *,
        lower(share_words) as low,
        coalesce(
            try_cast(nullif(regexp_extract(share_words, '^(\d{1,2}(?:\.\d{1,2})?)', 1), '') as decimal(6, 4)) / 100,
            case
                when regexp_matches(lower(share_words), '^two[ -]') then 2
                when regexp_matches(lower(share_words), '^three[ -]') then 3
                when regexp_matches(lower(share_words), '^four[ -]') then 4
                else 1
            end
            / case
                when contains(lower(share_words), 'half') then 2.0
                when contains(lower(share_words), 'third') then 3.0
                when contains(lower(share_words), 'quarter') then 4.0
                when contains(lower(share_words), 'fifth') then 5.0
                when contains(lower(share_words), 'tenth') then 10.0
            end
        ) as share
    from told
    where share_words <> ''
)

select
    counted.figure_id as total_figure_id,
    rtrim(counted.share_words) as share_text,
    counted.share::double as share,
    case
        when regexp_matches(left(counted.words, -length(counted.share_words)), '(?i)(?:more than|over|at least)\s+$')
            then 'at_least'
        when regexp_matches(left(counted.words, -length(counted.share_words)), '(?i)(?:less than|under|up to)\s+$')
            then 'at_most'
        when
            regexp_matches(
                left(counted.words, -length(counted.share_words)), '(?i)(?:about|around|some|nearly|almost|roughly)\s+$'
            )
            then 'approximately'
        else 'exact'
    end as qualifier,
    (counted.amount::double * counted.share::double)::decimal(28, 4) as amount,
    counted.currency,
    (counted.amount_usd::double * counted.share::double)::decimal(28, 4) as amount_usd,
    'derived: share of a stated total' as amount_basis,
    counted.document_id,
    counted.start_char - length(counted.share_words) as start_char
from counted
where
    counted.share between 0.0001 and 0.9999
    -- "half of the $92 million -- $46 million --" gives the amount itself
    and not exists (
        select 1
        from financial_figures as parts
        where
            parts.part_of_figure_id = counted.figure_id
            and parts.sentence_index = counted.sentence_index
            and abs(parts.amount::double - counted.amount::double * counted.share::double)
            <= 0.15 * counted.amount::double
    )
order by counted.document_id asc, start_char asc
