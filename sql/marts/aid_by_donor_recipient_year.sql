-- How much aid and lending did the reports tell of from one donor to one recipient in a year?
-- Counts aid and loans that the texts report as actual, not as merely asked for, in documents that are no copies. The
-- same money is not added up again: not a part beside its total, linked or the sum of the others; not an amount that
-- several reports give, be it rounded by a twentieth or converted on another day; not what was promised beside what
-- was paid of it: `amount_usd` is the sum at the stage with the largest. Money of several years or of none is that of
-- the one report that tells of most, as such sums are told anew and grow from report to report. Different reports may
-- still tell of overlapping sums: `largest_usd` is the least that must have been reported.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- year: Year in which the money moved or which it covers, the first of several; null where the text does not tell.
-- last_year: The last of these years: money of several years is not that of the first.
-- figure_kind: aid or loan.
-- flow_stage: Stage at which the sum is largest: pledged, committed, disbursed or unspecified.
-- amount_usd: Sum of the different amounts of that stage, in nominal US dollars.
-- amount_usd_constant: The same in dollars of one year's prices (see financial_figures.amount_usd_constant).
-- largest_usd: The largest single amount of any stage, in nominal US dollars.
-- amounts: How many different amounts there are, of all stages.
-- documents: How many documents report them.
-- first_reported_on: Day of the earliest of them; tells where in time money without a year belongs.
-- last_reported_on: Day of the latest of them.
-- figure_ids: Figures behind the row (key of financial_figures), those of other stages and reports included.
with told as (
    select
        financial_figures.figure_id,
        financial_figures.document_id,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        year(coalesce(financial_figures.period_end, financial_figures.period_start)) as last_year,
        financial_figures.figure_kind,
        financial_figures.flow_stage,
        financial_figures.currency,
        financial_figures.amount,
        financial_figures.amount_usd,
        financial_figures.amount_usd_constant,
        documents.published_on
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
            is not distinct from year(coalesce(financial_figures.period_start, financial_figures.period_end))
            and year(coalesce(totals.period_end, totals.period_start))
            is not distinct from year(coalesce(financial_figures.period_end, financial_figures.period_start)),
            false
        )
),

-- an amount in another currency is the same amount on whatever day it was converted
figures as (
    select
        figure_id,
        document_id,
        donor_id,
        recipient_id,
        year,
        last_year,
        figure_kind,
        flow_stage,
        published_on,
        first_value(amount_usd) over (
            partition by donor_id, recipient_id, year, last_year, figure_kind, currency, amount
            order by figure_id
        ) as amount_usd,
        first_value(amount_usd_constant) over (
            partition by donor_id, recipient_id, year, last_year, figure_kind, currency, amount
            order by figure_id
        ) as amount_usd_constant
    from told
),

-- an amount that is the sum of the others that its report tells of is their total: they are left to it
counted as (
    select *
    from figures
    window same_report as (partition by document_id, donor_id, recipient_id, year, last_year, figure_kind, flow_stage)
    qualify
        amount_usd = max(amount_usd) over same_report
        or count(distinct amount_usd) over same_report < 3
        or abs(2 * max(amount_usd) over same_report - sum(distinct amount_usd) over same_report)
        > 0.05 * max(amount_usd) over same_report
),

-- one row for one amount of a stage, however often it is reported
flows as (
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        figure_kind,
        flow_stage,
        amount_usd,
        max(amount_usd_constant) as amount_usd_constant,
        list(distinct document_id) as document_ids
    from counted
    group by donor_id, recipient_id, year, last_year, figure_kind, flow_stage, amount_usd
),

in_a_year as (
    select
        flows.donor_id,
        flows.recipient_id,
        flows.year,
        flows.last_year,
        flows.figure_kind,
        flows.flow_stage,
        sum(flows.amount_usd) as amount_usd,
        sum(flows.amount_usd_constant) as amount_usd_constant
    from flows
    where
        flows.year = flows.last_year
        -- what another report gives a little larger is that report's amount, rounded
        and not exists (
            select 1
            from flows as larger
            where
                larger.donor_id = flows.donor_id
                and larger.recipient_id = flows.recipient_id
                and larger.year = flows.year
                and larger.last_year = flows.last_year
                and larger.figure_kind = flows.figure_kind
                and larger.flow_stage = flows.flow_stage
                and larger.amount_usd > flows.amount_usd
                and larger.amount_usd <= flows.amount_usd * 1.05
                and not list_has_any(larger.document_ids, flows.document_ids)
        )
    group by flows.donor_id, flows.recipient_id, flows.year, flows.last_year, flows.figure_kind, flows.flow_stage
),

of_a_report as (
    select
        document_id,
        donor_id,
        recipient_id,
        year,
        last_year,
        figure_kind,
        flow_stage,
        sum(amount_usd) as amount_usd,
        sum(amount_usd_constant) as amount_usd_constant
    from (
        select distinct
            document_id,
            donor_id,
            recipient_id,
            year,
            last_year,
            figure_kind,
            flow_stage,
            amount_usd,
            amount_usd_constant
        from counted
        where year is null or year <> last_year
    ) as different
    group by document_id, donor_id, recipient_id, year, last_year, figure_kind, flow_stage
),

stages as (
    select *
    from in_a_year
    union all
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        figure_kind,
        flow_stage,
        amount_usd,
        amount_usd_constant
    from of_a_report
    qualify
        row_number() over (
            partition by donor_id, recipient_id, year, last_year, figure_kind, flow_stage
            order by amount_usd desc, document_id asc
        ) = 1
),

largest_stages as (
    select *
    from stages
    qualify
        row_number() over (
            partition by donor_id, recipient_id, year, last_year, figure_kind
            order by amount_usd desc, flow_stage asc
        ) = 1
),

-- everything that was told, whichever stage and report counts
reports as (
    select
        donor_id,
        recipient_id,
        year,
        last_year,
        figure_kind,
        max(amount_usd) as largest_usd,
        count(distinct amount_usd) as amounts,
        count(distinct document_id) as documents,
        min(published_on) as first_reported_on,
        max(published_on) as last_reported_on,
        list(figure_id order by amount_usd desc, figure_id asc) as figure_ids
    from figures
    group by donor_id, recipient_id, year, last_year, figure_kind
)

select
    donors.name as donor,
    recipients.name as recipient,
    largest_stages.year,
    largest_stages.last_year,
    largest_stages.figure_kind,
    largest_stages.flow_stage,
    largest_stages.amount_usd,
    largest_stages.amount_usd_constant,
    reports.largest_usd,
    reports.amounts,
    reports.documents,
    reports.first_reported_on,
    reports.last_reported_on,
    reports.figure_ids
from largest_stages
inner join reports
    on
        largest_stages.donor_id = reports.donor_id
        and largest_stages.recipient_id = reports.recipient_id
        and largest_stages.year is not distinct from reports.year
        and largest_stages.last_year is not distinct from reports.last_year
        and largest_stages.figure_kind = reports.figure_kind
inner join actors as donors on largest_stages.donor_id = donors.actor_id
inner join actors as recipients on largest_stages.recipient_id = recipients.actor_id
order by donor asc, recipient asc, largest_stages.year asc, largest_stages.last_year asc, largest_stages.figure_kind asc
