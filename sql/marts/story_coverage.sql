-- How widely was an event reported, and when first?
-- One row an event that reports with a day tell alike; copies of a report count as coverage, not as further reports.
-- story_event_id: The event (events.story_event_id).
-- event_type: What was done.
-- factuality: actual, planned, possible or negated.
-- happened_on: Day of the event.
-- document_count: Documents that tell of it, copies too.
-- report_count: Documents that tell of it and are no copies.
-- source_count: Publishers among all of them.
-- first_reported_on: Day of the earliest document.
-- event_ids: The rows of events that tell it.
with

reports as (
    select
        events.story_event_id,
        events.event_id,
        events.event_type,
        events.date_start,
        events.factuality,
        events.document_id,
        documents.publisher,
        documents.published_on,
        documents.duplicate_of
    from events
    inner join documents on events.document_id = documents.document_id
    where events.story_event_id is not null
)

select
    story_event_id,
    any_value(event_type) as event_type,
    any_value(factuality) as factuality,
    any_value(date_start) as happened_on,
    count(distinct document_id) as document_count,
    count(distinct document_id) filter (where duplicate_of is null) as report_count,
    count(distinct publisher) as source_count,
    min(published_on) as first_reported_on,
    list(event_id order by event_id) as event_ids
from reports
group by story_event_id
