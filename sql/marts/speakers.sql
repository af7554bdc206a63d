-- Who speaks in the news, how often, in how many papers and since when?
-- speaker_id: Who is quoted (key of actors).
-- speaker: Name.
-- actor_type: person, government_body, igo, ngo …
-- country: The state that the speaker is or belongs to.
-- quotes: Quotations.
-- direct_quotes: Those between quotation marks.
-- documents: Documents, copies left out.
-- publishers: Publishers.
-- first_quoted_on: Day of the first.
-- last_quoted_on: Day of the last.
select
    actors.actor_id as speaker_id,
    actors.name as speaker,
    actors.actor_type,
    actors.country,
    count(*) as quotes,
    count(*) filter (where quotes.is_direct) as direct_quotes,
    count(distinct quotes.document_id) as documents,
    count(distinct documents.publisher) as publishers,
    min(documents.published_on) as first_quoted_on,
    max(documents.published_on) as last_quoted_on
from quotes
inner join actors on quotes.speaker_id = actors.actor_id
inner join documents on quotes.document_id = documents.document_id
where documents.duplicate_of is null
group by actors.actor_id, actors.name, actors.actor_type, actors.country
order by quotes desc, speaker asc
