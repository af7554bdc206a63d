-- Who acted towards whom, one row an event and pair of actors, on a day that it can be counted on?
-- Events of documents that are no copies; an event that several reports tell alike (story_event_id) is told once, by
-- the surest. Denied and merely possible events are left out.
-- event_id: Event (key of events).
-- document_id: Document that tells it.
-- sentence_index: The sentence of it.
-- event_type: The act.
-- event_mode: Its mode.
-- factuality: actual or planned.
-- best_date: Day to count it on.
-- best_date_basis: told by the text, or publication.
-- place_country: Where it happens.
-- confidence: Chance that the row is right.
-- score: Score of the act (event_scores).
-- is_cooperative: Whether the act is cooperation (score above 0) or conflict (below); null where neither.
-- source_id: Who acts (key of actors).
-- source: Name of it.
-- source_country: The state that it is or belongs to.
-- target_id: Towards whom.
-- target: Name of it.
-- target_country: The state that it is or belongs to.
with copies as (
    select document_id
    from documents
    where duplicate_of is not null
),

-- A fifth of the events tell a story: they alone are looked at twice, with the few columns that it needs.
told_in_stories as (
    select
        events.event_id,
        events.story_event_id,
        events.confidence
    from events
    anti join copies on events.document_id = copies.document_id
    where events.story_event_id is not null and events.factuality in ('actual', 'planned')
),

-- Most of these are told once: grouping is many times cheaper than putting all in order.
several as (
    select story_event_id
    from told_in_stories
    group by story_event_id
    having count(*) > 1
),

told_again as (
    select told_in_stories.event_id
    from told_in_stories
    semi join several on told_in_stories.story_event_id = several.story_event_id
    qualify row_number() over (
        partition by told_in_stories.story_event_id
        order by told_in_stories.confidence desc, told_in_stories.event_id asc
    ) > 1
),

reported as (
    select events.*
    from events
    anti join copies on events.document_id = copies.document_id
    anti join told_again on events.event_id = told_again.event_id
    where events.factuality in ('actual', 'planned')
),

sides as materialized (
    select
        one.event_id,
        one.actor_id as source_id,
        other.actor_id as target_id
    from event_actors as one
    inner join event_actors as other on one.event_id = other.event_id
    where one.role = 'source' and other.role = 'recipient'
)

select
    reported.event_id,
    reported.document_id,
    reported.sentence_index,
    reported.event_type,
    reported.event_mode,
    reported.factuality,
    reported.best_date,
    reported.best_date_basis,
    reported.place_country,
    reported.confidence,
    event_scores.score,
    case when event_scores.score <> 0 then event_scores.score > 0 end as is_cooperative,
    sides.source_id,
    sources.name as source,
    sources.country as source_country,
    sides.target_id,
    targets.name as target,
    targets.country as target_country
from sides
inner join reported on sides.event_id = reported.event_id
inner join event_scores on reported.event_type = event_scores.event_type
inner join actors as sources on sides.source_id = sources.actor_id
inner join actors as targets on sides.target_id = targets.actor_id
