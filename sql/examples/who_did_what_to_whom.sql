-- Who did what to whom, and when? The latest events that are told as facts.
select
    events.event_id,
    coalesce(events.date_start, documents.published_on) as happened_on,
    sources.name as source_actor,
    events.event_type,
    recipients.name as recipient_actor,
    events.trigger,
    documents.title
from events
inner join documents on events.document_id = documents.document_id
left join event_actors as source_sides
    on events.event_id = source_sides.event_id and source_sides.role = 'source'
left join actors as sources on source_sides.actor_id = sources.actor_id
left join event_actors as recipient_sides
    on events.event_id = recipient_sides.event_id and recipient_sides.role = 'recipient'
left join actors as recipients on recipient_sides.actor_id = recipients.actor_id
where events.factuality = 'actual' and documents.duplicate_of is null
order by happened_on desc nulls last, events.event_id asc, source_actor asc, recipient_actor asc
limit 50
