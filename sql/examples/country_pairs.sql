-- Which pairs of countries meet most often, and is it in cooperation or in conflict?
select
    sources.country as source_country,
    recipients.country as recipient_country,
    count(distinct coalesce(events.story_event_id, events.event_id)) as events,
    count(distinct events.event_id) filter (
        events.event_type in ('AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT')
    ) as reports_of_cooperation,
    count(distinct events.event_id) filter (
        events.event_type not in ('AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT')
    ) as reports_of_conflict
from events
inner join event_actors as source_sides
    on events.event_id = source_sides.event_id and source_sides.role = 'source'
inner join event_actors as recipient_sides
    on events.event_id = recipient_sides.event_id and recipient_sides.role = 'recipient'
inner join actors as sources on source_sides.actor_id = sources.actor_id
inner join actors as recipients on recipient_sides.actor_id = recipients.actor_id
where sources.country <> recipients.country and events.factuality = 'actual'
group by sources.country, recipients.country
order by events desc, source_country asc, recipient_country asc
limit 30
