-- How widely was an event reported, and when first?
-- One row an event that reports with a day tell alike; copies of a report count as coverage, not as further reports.
-- Most events are told once: only those that several rows tell are grouped, in a branch of their own, since to group
-- all takes over three times as long.
-- story_event_id: The event (events.story_event_id).
-- event_type: What was done.
-- factuality: actual, planned, possible or negated.
-- happened_on: Day of the event.
-- document_count: Documents that tell of it, copies too.
-- report_count: Documents that tell of it and are no copies.
-- source_count: Publishers among all of them.
-- first_reported_on: Day of the earliest document.
-- event_ids: The rows of events that tell it.
with reports as (
    select
        events.story_event_id,
        events.event_id,
        events.event_type,
        events.date_start,
        events.factuality,
        events.document_id,
        documents.publisher,
        documents.published_on,
        documents.duplicate_of is null as is_first
    from events
    inner join documents on events.document_id = documents.document_id
    where events.story_event_id is not null
),

told_again as (
    select story_event_id
    from events
    where story_event_id is not null
    group by story_event_id
    having count(*) > 1
)

select
    reports.story_event_id,
    reports.event_type,
    reports.factuality,
    reports.date_start as happened_on,
    1 as document_count,
    reports.is_first::bigint as report_count,
    (reports.publisher is not null)::bigint as source_count,
    reports.published_on as first_reported_on,
    [reports.event_id] as event_ids
from reports
anti join told_again on reports.story_event_id = told_again.story_event_id
union all
select
    reports.story_event_id,
    any_value(reports.event_type) as event_type,
    any_value(reports.factuality) as factuality,
    any_value(reports.date_start) as happened_on,
    count(distinct reports.document_id) as document_count,
    count(distinct reports.document_id) filter (where reports.is_first) as report_count,
    count(distinct reports.publisher) as source_count,
    min(reports.published_on) as first_reported_on,
    list(reports.event_id order by reports.event_id) as event_ids
from reports
semi join told_again on reports.story_event_id = told_again.story_event_id
group by reports.story_event_id
