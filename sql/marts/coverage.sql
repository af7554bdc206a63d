-- How much did each source publish on each day, and what was read in it?
-- publisher: Publisher; null where unknown.
-- published_on: Day; null where unknown.
-- documents: Documents, copies too.
-- copies: Documents that are copies of another.
-- words: Words of all of them.
-- events: Events read in them.
-- figures: Financial figures read in them.
with found as (
    select
        document_id,
        count(*) as events
    from events
    group by document_id
),

sums as (
    select
        document_id,
        count(*) as figures
    from financial_figures
    group by document_id
)

select
    documents.publisher,
    documents.published_on,
    count(*) as documents,
    count(documents.duplicate_of) as copies,
    sum(documents.word_count)::bigint as words,
    coalesce(sum(found.events), 0)::bigint as events,
    coalesce(sum(sums.figures), 0)::bigint as figures
from documents
left join found on documents.document_id = found.document_id
left join sums on documents.document_id = sums.document_id
group by documents.publisher, documents.published_on
