-- Which documents count as reports of their own?
-- Copies of another document (documents.duplicate_of) are left out: what they tell was told.
-- document_id: Document (key of documents).
-- publisher: Who published it.
-- published_on: Day of publication.
select
    document_id,
    publisher,
    published_on
from documents
where duplicate_of is null
