-- How much aid and lending did the reports tell of from one donor to one recipient in a year?
-- Counts aid and loans that the texts report as actual, not as merely asked for, in documents that are no copies.
-- Parts of a stated total are left to that total, and an amount that several reports give is counted once.
-- Different reports may tell of overlapping sums: `amount_usd` adds up the different amounts, `largest_usd` is the
-- least that must have been reported.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- year: Year in which the money moved or which it covers; null where the text does not tell.
-- figure_kind: aid or loan.
-- amount_usd: Sum of the different amounts, in nominal US dollars.
-- largest_usd: The largest single amount, in nominal US dollars.
-- amounts: How many different amounts there are.
-- documents: How many documents report them.
-- figure_ids: Figures behind the row (key of financial_figures), those reported again included.
with figures as (
    select
        financial_figures.figure_id,
        financial_figures.document_id,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        financial_figures.figure_kind,
        financial_figures.amount_usd
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
    left join financial_figures as totals
        on financial_figures.part_of_figure_id = totals.figure_id
    where
        documents.duplicate_of is null
        and financial_figures.figure_kind in ('aid', 'loan')
        and financial_figures.factuality = 'actual'
        and financial_figures.flow_stage <> 'requested'
        and financial_figures.amount_usd > 0
        and financial_figures.donor_id is not null
        and financial_figures.recipient_id is not null
        -- a part is left out only where its total is itself counted in the same row
        and not coalesce(
            totals.figure_kind = financial_figures.figure_kind
            and totals.factuality = 'actual'
            and totals.flow_stage <> 'requested'
            and totals.amount_usd > 0
            and totals.donor_id = financial_figures.donor_id
            and totals.recipient_id = financial_figures.recipient_id
            and year(coalesce(totals.period_start, totals.period_end))
            is not distinct from year(coalesce(financial_figures.period_start, financial_figures.period_end)),
            false
        )
),

-- one row for one amount, however often it is reported
flows as (
    select
        donor_id,
        recipient_id,
        year,
        figure_kind,
        amount_usd,
        list(figure_id order by figure_id) as figure_ids,
        list(distinct document_id) as document_ids
    from figures
    group by donor_id, recipient_id, year, figure_kind, amount_usd
)

select
    donors.name as donor,
    recipients.name as recipient,
    flows.year,
    flows.figure_kind,
    sum(flows.amount_usd) as amount_usd,
    max(flows.amount_usd) as largest_usd,
    count(*) as amounts,
    len(list_distinct(flatten(list(flows.document_ids)))) as documents,
    flatten(list(flows.figure_ids order by flows.amount_usd desc)) as figure_ids
from flows
inner join actors as donors on flows.donor_id = donors.actor_id
inner join actors as recipients on flows.recipient_id = recipients.actor_id
group by flows.donor_id, flows.recipient_id, donors.name, recipients.name, flows.year, flows.figure_kind
order by donor asc, recipient asc, flows.year asc, flows.figure_kind asc
