-- What share of the aid from one donor to one recipient in a year went to which purpose?
-- Counts aid that the texts report as actual, not as merely asked for, in documents that are no copies. A figure
-- that several reports give is counted once, and a stated part is left to its total where both have a purpose or
-- neither has. An amount in another currency is the same on whatever day it was converted. Purposes of one sector in
-- different documents are added up within a year alone: sums over several years, or of none, tell the same money anew,
-- and the document that tells of most counts. The total of a donor, recipient and year is what the document that
-- tells of most has without a purpose, its separate grants added up, or the sum of the purposes where that is more;
-- what it leaves unexplained is a row with purpose null. Grants without a purpose in different documents are not added
-- up, as nothing shows that they are not the same money told anew.
-- donor: Who gives.
-- recipient: Who receives.
-- year: Year in which the money moved or which it covers, the first of several; null where the text does not tell.
-- purpose: What it is for, in the text's words; null for what no purpose explains.
-- purpose_code: OECD DAC sector or CRS purpose.
-- amount_usd: Amount in nominal US dollars.
-- total_usd: Total of donor, recipient and year.
-- share: amount_usd as a part of total_usd, 0 to 1; the shares of a total add up to 1.
-- figure_ids: Figures behind the row (key of financial_figures).
-- last_year: The last of the years: money of several years is not that of the first.
with counted as (
    select
        financial_figures.figure_id,
        financial_figures.document_id,
        financial_figures.part_of_figure_id,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        year(coalesce(financial_figures.period_end, financial_figures.period_start)) as last_year,
        financial_figures.purpose,
        financial_figures.purpose_code,
        first_value(financial_figures.amount_usd) over (
            partition by
                financial_figures.donor_id,
                financial_figures.recipient_id,
                financial_figures.currency,
                financial_figures.amount
            order by financial_figures.figure_id
        ) as amount_usd
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
    where
        documents.duplicate_of is null
        and financial_figures.figure_kind = 'aid'
        and financial_figures.factuality = 'actual'
        and financial_figures.flow_stage <> 'requested'
        and financial_figures.amount_usd > 0
        and financial_figures.donor_id is not null
        and financial_figures.recipient_id is not null
),

-- a part stays only where it is the purpose of a total that tells none
figures as (
    select counted.*
    from counted
    left join counted as totals
        on
            counted.part_of_figure_id = totals.figure_id
            and counted.donor_id = totals.donor_id
            and counted.recipient_id = totals.recipient_id
            and counted.year is not distinct from totals.year
            and counted.last_year is not distinct from totals.last_year
    where
        totals.figure_id is null
        or (counted.purpose is not null and totals.purpose is null)
),

-- the document that tells of most for a sector, or for a purpose that has none
foremost as (
    select
        document_id,
        donor_id,
        recipient_id,
        year,
        last_year,
        coalesce(left(purpose_code, 3), lower(purpose)) as about
    from figures
    where purpose is not null
    group by document_id, donor_id, recipient_id, year, last_year, coalesce(left(purpose_code, 3), lower(purpose))
    qualify
        row_number() over (
            partition by donor_id, recipient_id, year, last_year, coalesce(left(purpose_code, 3), lower(purpose))
            order by sum(distinct amount_usd) desc, document_id asc
        ) = 1
),

-- one row for one amount and purpose, however often it is reported
flows as (
    select
        figures.donor_id,
        figures.recipient_id,
        figures.year,
        figures.last_year,
        figures.purpose_code,
        figures.amount_usd,
        min(figures.purpose) as purpose,
        list(figures.figure_id order by figures.figure_id) as figure_ids
    from figures
    inner join foremost
        on
            figures.donor_id = foremost.donor_id
            and figures.recipient_id = foremost.recipient_id
            and figures.year is not distinct from foremost.year
            and figures.last_year is not distinct from foremost.last_year
            and coalesce(left(figures.purpose_code, 3), lower(figures.purpose)) = foremost.about
    where
        figures.purpose is not null
        and (figures.year = figures.last_year or figures.document_id = foremost.document_id)
    group by
        figures.donor_id,
        figures.recipient_id,
        figures.year,
        figures.last_year,
        figures.purpose_code,
        lower(figures.purpose),
        figures.amount_usd
),

explained as (
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        sum(amount_usd) as amount_usd
    from flows
    group by donor_id, recipient_id, year, last_year
),

-- what one document tells of without a purpose: an amount that it repeats is one grant, and one that is the sum of the
-- others is their total
told as (
    select
        document_id,
        donor_id,
        recipient_id,
        year,
        last_year,
        case
            when
                count(distinct amount_usd) >= 3
                and abs(2 * max(amount_usd) - sum(distinct amount_usd)) <= 0.05 * max(amount_usd)
                then max(amount_usd)
            else sum(distinct amount_usd)
        end as amount_usd,
        list(figure_id order by figure_id) as figure_ids
    from figures
    where purpose is null
    group by document_id, donor_id, recipient_id, year, last_year
),

reported as (
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        amount_usd,
        figure_ids
    from told
    qualify
        row_number() over (
            partition by donor_id, recipient_id, year, last_year
            order by amount_usd desc, document_id asc
        ) = 1
),

totals as (
    select
        coalesce(reported.donor_id, explained.donor_id) as donor_id,
        coalesce(reported.recipient_id, explained.recipient_id) as recipient_id,
        coalesce(reported.year, explained.year) as year,
        coalesce(reported.last_year, explained.last_year) as last_year,
        reported.figure_ids,
        coalesce(explained.amount_usd, 0) as explained_usd,
        greatest(coalesce(reported.amount_usd, 0), coalesce(explained.amount_usd, 0)) as total_usd
    from reported
    full join explained
        on
            reported.donor_id = explained.donor_id
            and reported.recipient_id = explained.recipient_id
            and reported.year is not distinct from explained.year
            and reported.last_year is not distinct from explained.last_year
),

parts as (
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        min(purpose) as purpose,
        purpose_code,
        sum(amount_usd) as amount_usd,
        flatten(list(figure_ids order by figure_ids)) as figure_ids
    from flows
    group by donor_id, recipient_id, year, last_year, lower(purpose), purpose_code
    union all
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        null as purpose,
        null as purpose_code,
        total_usd - explained_usd as amount_usd,
        figure_ids
    from totals
    where total_usd > explained_usd
)

select
    donors.name as donor,
    recipients.name as recipient,
    parts.year,
    parts.purpose,
    parts.purpose_code,
    parts.amount_usd,
    totals.total_usd,
    parts.amount_usd::double / totals.total_usd::double as share,
    parts.figure_ids,
    parts.last_year
from parts
inner join totals
    on
        parts.donor_id = totals.donor_id
        and parts.recipient_id = totals.recipient_id
        and parts.year is not distinct from totals.year
        and parts.last_year is not distinct from totals.last_year
inner join actors as donors on parts.donor_id = donors.actor_id
inner join actors as recipients on parts.recipient_id = recipients.actor_id
order by donor asc, recipient asc, parts.year asc, parts.last_year asc, share desc, purpose asc
