-- Where do different reports give different amounts for what looks like the same flow?
-- The same donor, recipient, kind, stage and years, and the same purpose sector or words, in documents that are no
-- copies of each other; where the texts tell no year, reports published within a quarter of a year of each other.
-- Without a purpose on both sides only amounts within a quarter are compared: others are rather other flows.
-- Parts of a stated total are left out, and a document that itself tells of several such amounts is no side of a
-- conflict, as there the amounts are several flows. Stated hedges count: "more than $50 million" is not in conflict
-- with $60 million; nor is an amount with itself converted on another day, or a tenth away in another currency.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- figure_kind: aid or loan.
-- flow_stage: pledged, committed, disbursed or unspecified.
-- year: Year in which the money moved or which it covers, the first of several; null where neither text tells.
-- purpose: What it is for, in the words of the lower figure's text; null where neither text tells.
-- purpose_code: OECD DAC sector or CRS purpose, where one is known.
-- low_usd: The lower amount, in nominal US dollars.
-- high_usd: The higher amount, in nominal US dollars.
-- ratio: high_usd divided by low_usd.
-- low_figure_id: Figure of the lower amount (key of financial_figures).
-- high_figure_id: Figure of the higher amount (key of financial_figures).
with figures as (
    select
        financial_figures.figure_id,
        financial_figures.document_id,
        documents.published_on,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        financial_figures.figure_kind,
        financial_figures.flow_stage,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        year(coalesce(financial_figures.period_end, financial_figures.period_start)) as last_year,
        financial_figures.purpose,
        financial_figures.purpose_code,
        coalesce(left(financial_figures.purpose_code, 3), lower(financial_figures.purpose)) as about,
        financial_figures.qualifier,
        financial_figures.currency,
        financial_figures.amount,
        financial_figures.amount_usd
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
    where
        documents.duplicate_of is null
        and financial_figures.figure_kind in ('aid', 'loan')
        and financial_figures.factuality in ('actual', 'planned')
        and financial_figures.flow_stage <> 'requested'
        and financial_figures.part_of_figure_id is null
        and financial_figures.amount_usd > 0
        and financial_figures.donor_id is not null
        and financial_figures.recipient_id is not null
),

single as (
    select *
    from figures
    qualify
        min(amount_usd) over (
            partition by document_id, donor_id, recipient_id, figure_kind, flow_stage, year, last_year, about
        ) = max(amount_usd) over (
            partition by document_id, donor_id, recipient_id, figure_kind, flow_stage, year, last_year, about
        )
),

-- one figure for one amount of one flow: the first of those that report it; undated, the first of each quarter
sides as (
    select *
    from single
    qualify
        row_number() over (
            partition by
                donor_id,
                recipient_id,
                figure_kind,
                flow_stage,
                year,
                last_year,
                about,
                amount_usd,
                case when year is null then date_trunc('quarter', published_on) end
            order by figure_id
        ) = 1
)

select
    donors.name as donor,
    recipients.name as recipient,
    low.figure_kind,
    low.flow_stage,
    low.year,
    low.purpose,
    low.purpose_code,
    low.amount_usd as low_usd,
    high.amount_usd as high_usd,
    high.amount_usd::double / low.amount_usd::double as ratio,
    low.figure_id as low_figure_id,
    high.figure_id as high_figure_id
from sides as low
inner join sides as high
    on
        low.donor_id = high.donor_id
        and low.recipient_id = high.recipient_id
        and low.figure_kind = high.figure_kind
        and low.flow_stage = high.flow_stage
        and low.year is not distinct from high.year
        and low.last_year is not distinct from high.last_year
        and low.about is not distinct from high.about
        and low.document_id <> high.document_id
        and low.amount_usd < high.amount_usd
inner join actors as donors on low.donor_id = donors.actor_id
inner join actors as recipients on low.recipient_id = recipients.actor_id
where
    low.qualifier <> 'at_least'
    and high.qualifier <> 'at_most'
    and (low.year is not null or abs(date_diff('day', low.published_on, high.published_on)) <= 92)
    and (low.about is not null or high.amount_usd <= low.amount_usd * 1.25)
    -- the same sum, converted on another day or told in another currency
    and not (low.currency = high.currency and low.amount = high.amount)
    and not (low.currency <> high.currency and high.amount_usd <= low.amount_usd * 1.1)
    -- about as much is no other amount: 95 for "about 100" is a rounding
    and not (
        'approximately' in (low.qualifier, high.qualifier)
        and high.amount_usd <= low.amount_usd * 1.1
    )
order by donor asc, recipient asc, low.year asc, low_usd asc, high_usd asc
