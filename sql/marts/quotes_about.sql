-- What exactly did one say about another, and where does it stand?
-- One row a quotation and actor named in it.
-- quote_id: Quotation (key of quotes).
-- speaker_id: Who says it (key of actors).
-- speaker: Name.
-- about_id: Who is named in it (key of actors).
-- about: Name.
-- about_type: What kind of actor that is.
-- said: The words.
-- is_direct: Whether between quotation marks.
-- published_on: Day of publication.
-- publisher: Who published it.
-- title: Headline.
-- url: Address of the report.
select distinct
    quotes.quote_id,
    quotes.speaker_id,
    speakers.name as speaker,
    named.actor_id as about_id,
    named.name as about,
    named.actor_type as about_type,
    quotes.text as said,
    quotes.is_direct,
    documents.published_on,
    documents.publisher,
    documents.title,
    documents.url
from quotes
inner join documents on quotes.document_id = documents.document_id and documents.duplicate_of is null
inner join actors as speakers on quotes.speaker_id = speakers.actor_id
inner join mentions
    on
        quotes.document_id = mentions.document_id
        and quotes.start_char <= mentions.start_char
        and quotes.end_char >= mentions.end_char
        -- not asked of named: every quotation was then held against every actor first
        and quotes.speaker_id <> mentions.actor_id
inner join actors as named on mentions.actor_id = named.actor_id
