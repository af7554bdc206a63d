-- How much of what a donor pledged or committed to a recipient is reported as paid out?
-- Aid and loans in documents that are no copies. Pledges are promises of the future by nature, so planned ones count;
-- possible and negated money does not. Parts of a stated total of the same stage are left to that total, linked or
-- the sum of the others, and an amount that several reports give for one stage and year is counted once, on whatever
-- days they converted it. All years together: a pledge is paid out in years after it. Money of several years or of
-- none is told anew from report to report: of those published in one year the one that tells of most counts. Prices
-- change over the years, so the share is one of constant dollars where all three sums have them.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- pledged_usd: Pledged, in nominal US dollars; null where no pledge is reported.
-- committed_usd: Committed, in nominal US dollars; null where no commitment is reported.
-- disbursed_usd: Paid out, in nominal US dollars; null where no payment is reported.
-- pledged_usd_constant: The same in dollars of one year's prices (see financial_figures.amount_usd_constant).
-- committed_usd_constant: Committed, in dollars of one year's prices.
-- disbursed_usd_constant: Paid out, in dollars of one year's prices.
-- disbursed_share: What was paid out as a part of the larger of pledged and committed; can be above 1.
-- first_year: First year that the text gives to any of the figures.
-- last_year: Last such year.
-- figure_ids: Figures behind the row (key of financial_figures), those reported again included.
with figures as (
    select
        financial_figures.figure_id,
        financial_figures.document_id,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        financial_figures.flow_stage,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        year(coalesce(financial_figures.period_end, financial_figures.period_start)) as last_year,
        year(documents.published_on) as told_in,
        first_value(financial_figures.amount_usd) over (
            partition by
                financial_figures.donor_id,
                financial_figures.recipient_id,
                financial_figures.currency,
                financial_figures.amount
            order by financial_figures.figure_id
        ) as amount_usd,
        first_value(financial_figures.amount_usd_constant) over (
            partition by
                financial_figures.donor_id,
                financial_figures.recipient_id,
                financial_figures.currency,
                financial_figures.amount,
                year(coalesce(financial_figures.period_start, financial_figures.period_end))
            order by financial_figures.figure_id
        ) as amount_usd_constant
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
    left join financial_figures as totals
        on financial_figures.part_of_figure_id = totals.figure_id
    where
        documents.duplicate_of is null
        and financial_figures.figure_kind in ('aid', 'loan')
        and financial_figures.flow_stage in ('pledged', 'committed', 'disbursed')
        and (
            financial_figures.factuality = 'actual'
            or (financial_figures.factuality = 'planned' and financial_figures.flow_stage <> 'disbursed')
        )
        and financial_figures.amount_usd > 0
        and financial_figures.donor_id is not null
        and financial_figures.recipient_id is not null
        -- a part is left out only where its total is itself counted at the same stage
        and not coalesce(
            totals.figure_kind in ('aid', 'loan')
            and totals.flow_stage = financial_figures.flow_stage
            and (
                totals.factuality = 'actual'
                or (totals.factuality = 'planned' and totals.flow_stage <> 'disbursed')
            )
            and totals.amount_usd > 0
            and totals.donor_id = financial_figures.donor_id
            and totals.recipient_id = financial_figures.recipient_id,
            false
        )
),

-- an amount that is the sum of the others that its report tells of is their total: they are left to it
counted as (
    select *
    from figures
    window same_report as (partition by document_id, donor_id, recipient_id, year, last_year, flow_stage)
    qualify
        amount_usd = max(amount_usd) over same_report
        or count(distinct amount_usd) over same_report < 3
        or abs(2 * max(amount_usd) over same_report - sum(distinct amount_usd) over same_report)
        > 0.05 * max(amount_usd) over same_report
),

-- one row for one amount of a stage and year, however often it is reported
of_a_year as (
    select
        donor_id,
        recipient_id,
        flow_stage,
        amount_usd,
        max(amount_usd_constant) as amount_usd_constant
    from counted
    where year = last_year
    group by donor_id, recipient_id, flow_stage, year, amount_usd
),

-- one row for a report's money of several years or none: the one that tells of most, of those published in a year
of_a_report as (
    select
        donor_id,
        recipient_id,
        flow_stage,
        sum(amount_usd) as amount_usd,
        sum(amount_usd_constant) as amount_usd_constant
    from (
        select distinct
            document_id,
            donor_id,
            recipient_id,
            flow_stage,
            told_in,
            amount_usd,
            amount_usd_constant
        from counted
        where year is null or year <> last_year
    ) as different
    group by document_id, donor_id, recipient_id, flow_stage, told_in
    qualify
        row_number() over (
            partition by donor_id, recipient_id, flow_stage, told_in
            order by sum(amount_usd) desc, document_id asc
        ) = 1
),

flows as (
    select * from of_a_year
    union all
    select * from of_a_report
),

stages as (
    select
        donor_id,
        recipient_id,
        sum(amount_usd) filter (where flow_stage = 'pledged') as pledged_usd,
        sum(amount_usd) filter (where flow_stage = 'committed') as committed_usd,
        sum(amount_usd) filter (where flow_stage = 'disbursed') as disbursed_usd,
        sum(amount_usd_constant) filter (where flow_stage = 'pledged') as pledged_usd_constant,
        sum(amount_usd_constant) filter (where flow_stage = 'committed') as committed_usd_constant,
        sum(amount_usd_constant) filter (where flow_stage = 'disbursed') as disbursed_usd_constant,
        count(*) = count(amount_usd_constant) as is_all_constant
    from flows
    group by donor_id, recipient_id
),

-- everything that was told, whichever report counts
reports as (
    select
        donor_id,
        recipient_id,
        min(year) as first_year,
        max(last_year) as last_year,
        list(figure_id order by figure_id) as figure_ids
    from figures
    group by donor_id, recipient_id
)

select
    donors.name as donor,
    recipients.name as recipient,
    stages.pledged_usd,
    stages.committed_usd,
    stages.disbursed_usd,
    stages.pledged_usd_constant,
    stages.committed_usd_constant,
    stages.disbursed_usd_constant,
    case
        when stages.is_all_constant
            then
                stages.disbursed_usd_constant::double
                / greatest(stages.pledged_usd_constant, stages.committed_usd_constant)::double
        else stages.disbursed_usd::double / greatest(stages.pledged_usd, stages.committed_usd)::double
    end as disbursed_share,
    reports.first_year,
    reports.last_year,
    reports.figure_ids
from stages
inner join reports on stages.donor_id = reports.donor_id and stages.recipient_id = reports.recipient_id
inner join actors as donors on stages.donor_id = donors.actor_id
inner join actors as recipients on stages.recipient_id = recipients.actor_id
order by donor asc, recipient asc
