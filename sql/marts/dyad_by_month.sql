-- How did one country act towards another, month by month, and how much was written in that month?
-- Countries act through their states, ministries, armies, officials and citizens. Set events against the documents of
-- their month, as more news brings more events. An event of several actors on a side counts once; events of which only
-- the quarter or year is told are in no month. A month without events has no row: join a calendar for noughts.
-- source_country: The acting country (ISO 3166-1 alpha-3).
-- target_country: The country acted upon.
-- month: First day of the month.
-- events: Events.
-- cooperative: Events of cooperation.
-- conflictual: Events of conflict.
-- mean_score: Mean score of their types, -10 to 10 (event_scores).
-- inferred: Events that are in this month only by the day of publication.
-- documents: Documents (no copies) published in the month: the denominator.
with volume as (
    select
        date_trunc('month', published_on)::date as month,
        count(*) as documents
    from documents
    where duplicate_of is null and published_on is not null
    group by date_trunc('month', published_on)
),

acts as (
    select distinct
        event_id,
        source_country,
        target_country,
        date_trunc('month', best_date)::date as month,
        best_date_basis = 'publication' as is_inferred,
        score
    from event_pairs
    where
        source_country <> target_country
        and best_date_basis in ('told', 'told: week', 'told: month', 'publication')
        and factuality = 'actual'
),

dyads as (
    select
        source_country,
        target_country,
        month,
        count(*) as events,
        count(*) filter (where score > 0) as cooperative,
        count(*) filter (where score < 0) as conflictual,
        avg(score) as mean_score,
        count(*) filter (where is_inferred) as inferred
    from acts
    group by source_country, target_country, month
)

select
    dyads.source_country,
    dyads.target_country,
    dyads.month,
    dyads.events,
    dyads.cooperative,
    dyads.conflictual,
    dyads.mean_score,
    dyads.inferred,
    volume.documents
from dyads
left join volume on dyads.month = volume.month
