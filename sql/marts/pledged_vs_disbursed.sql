-- How much of what a donor pledged or committed to a recipient is reported as paid out?
-- Aid and loans in documents that are no copies. Pledges are promises of the future by nature, so planned ones count;
-- possible and negated money does not. Parts of a stated total of the same stage are left to that total, and an
-- amount that several reports give for one stage and year is counted once. All years together: a pledge is paid out
-- in years after it.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- pledged_usd: Pledged, in nominal US dollars; null where no pledge is reported.
-- committed_usd: Committed, in nominal US dollars; null where no commitment is reported.
-- disbursed_usd: Paid out, in nominal US dollars; null where no payment is reported.
-- disbursed_share: disbursed_usd as a part of the larger of pledged_usd and committed_usd; can be above 1.
-- first_year: First year that the text gives to any of the figures.
-- last_year: Last such year.
-- figure_ids: Figures behind the row (key of financial_figures), those reported again included.
with figures as (
    select
        financial_figures.figure_id,
        financial_figures.donor_id,
        financial_figures.recipient_id,
        financial_figures.flow_stage,
        year(coalesce(financial_figures.period_start, financial_figures.period_end)) as year,
        financial_figures.amount_usd
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

-- one row for one amount of a stage and year, however often it is reported
flows as (
    select
        donor_id,
        recipient_id,
        flow_stage,
        year,
        amount_usd,
        list(figure_id order by figure_id) as figure_ids
    from figures
    group by donor_id, recipient_id, flow_stage, year, amount_usd
),

stages as (
    select
        donor_id,
        recipient_id,
        sum(amount_usd) filter (where flow_stage = 'pledged') as pledged_usd,
        sum(amount_usd) filter (where flow_stage = 'committed') as committed_usd,
        sum(amount_usd) filter (where flow_stage = 'disbursed') as disbursed_usd,
        min(year) as first_year,
        max(year) as last_year,
        flatten(list(figure_ids order by figure_ids)) as figure_ids
    from flows
    group by donor_id, recipient_id
)

select
    donors.name as donor,
    recipients.name as recipient,
    stages.pledged_usd,
    stages.committed_usd,
    stages.disbursed_usd,
    stages.disbursed_usd::double
    / greatest(stages.pledged_usd, stages.committed_usd)::double as disbursed_share,
    stages.first_year,
    stages.last_year,
    stages.figure_ids
from stages
inner join actors as donors on stages.donor_id = donors.actor_id
inner join actors as recipients on stages.recipient_id = recipients.actor_id
order by donor asc, recipient asc
