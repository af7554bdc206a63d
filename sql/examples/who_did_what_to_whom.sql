-- Who did what to whom, and when? The latest events that are told as facts, the sure ones.
select
    sure_events.event_id,
    sure_events.best_date as happened_on,
    sources.name as source_actor,
    sure_events.event_type,
    recipients.name as recipient_actor,
    sure_events.trigger,
    documents.title
from sure_events
inner join documents on sure_events.document_id = documents.document_id
left join event_actors as source_sides
    on sure_events.event_id = source_sides.event_id and source_sides.role = 'source'
left join actors as sources on source_sides.actor_id = sources.actor_id
left join event_actors as recipient_sides
    on sure_events.event_id = recipient_sides.event_id and recipient_sides.role = 'recipient'
left join actors as recipients on recipient_sides.actor_id = recipients.actor_id
where sure_events.factuality = 'actual'
order by happened_on desc nulls last, sure_events.event_id asc, source_actor asc, recipient_actor asc
limit 50
