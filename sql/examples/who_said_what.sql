-- Who said what? Direct quotations with their speakers, latest first.
select
    quotes.quote_id,
    documents.published_on,
    actors.name as speaker,
    actors.country,
    quotes.text as words,
    documents.title
from quotes
inner join actors on quotes.speaker_id = actors.actor_id
inner join documents on quotes.document_id = documents.document_id
where quotes.is_direct and documents.duplicate_of is null
order by documents.published_on desc nulls last, quotes.document_id asc, quotes.start_char asc
limit 50
