-- Which days lie where news does not: before newspapers, in the future, or far from the day of publication?
-- Texts tell of old wars and distant plans, so such rows are published; many of them mean that a rule misread.
with dated as (
    select
        'documents' as table_name,
        document_id as row_key,
        document_id,
        published_on as dated_on,
        date '1600-01-01' as earliest,
        (ingested_at::date + 2) as latest
    from documents
    union all
    select
        'events',
        events.event_id,
        events.document_id,
        events.date_start,
        least(documents.published_on - interval 150 year, date '1900-01-01'),
        coalesce(documents.published_on, documents.ingested_at::date) + interval 30 year
    from events
    inner join documents on events.document_id = documents.document_id
    union all
    select
        'events',
        events.event_id,
        events.document_id,
        events.date_start,
        date '1000-01-01',
        documents.published_on + interval 2 day
    from events
    inner join documents on events.document_id = documents.document_id
    where events.factuality = 'actual'
    union all
    select
        'financial_figures',
        financial_figures.figure_id,
        financial_figures.document_id,
        financial_figures.period_start,
        least(documents.published_on - interval 150 year, date '1900-01-01'),
        coalesce(documents.published_on, documents.ingested_at::date) + interval 50 year
    from financial_figures
    inner join documents on financial_figures.document_id = documents.document_id
)

select
    table_name,
    row_key,
    document_id,
    dated_on,
    earliest::date as earliest,
    latest::date as latest
from dated
where dated_on not between earliest and latest
order by abs(date_diff('day', latest, dated_on)) desc, row_key
