-- What does each event claim, and in which sentence, so that a reader can judge it?
with sides as (
    select
        event_actors.event_id,
        event_actors.role,
        string_agg(actors.name || ' (' || coalesce(actors.country, '-') || ')', ', ' order by actors.name) as names
    from (select distinct event_id, actor_id, role from event_actors) as event_actors
    inner join actors on event_actors.actor_id = actors.actor_id
    group by event_actors.event_id, event_actors.role
),

words as (
    select
        sentences.document_id,
        sentences.sentence_index,
        substr(documents.text, sentences.start_char + 1, sentences.end_char - sentences.start_char) as words
    from sentences
    inner join documents on sentences.document_id = documents.document_id
)

select
    events.event_id as id,
    documents.publisher,
    documents.published_on,
    before.words as before,
    own.words as sentence,
    later.words as after,
    events.trigger,
    events.event_type,
    events.event_mode,
    sources.names as source,
    recipients.names as recipient,
    events.factuality,
    events.date_start,
    events.date_end,
    events.place_country,
    speakers.name as attributed_to,
    round(events.confidence, 2) as confidence,
    events.rule
from events
inner join documents on events.document_id = documents.document_id
inner join words as own on events.document_id = own.document_id and events.sentence_index = own.sentence_index
left join words as before on events.document_id = before.document_id and events.sentence_index = before.sentence_index + 1
left join words as later on events.document_id = later.document_id and events.sentence_index = later.sentence_index - 1
left join sides as sources on events.event_id = sources.event_id and sources.role = 'source'
left join sides as recipients on events.event_id = recipients.event_id and recipients.role = 'recipient'
left join actors as speakers on events.attributed_to = speakers.actor_id
where events.confidence >= $least and documents.duplicate_of is null
order by events.event_id
