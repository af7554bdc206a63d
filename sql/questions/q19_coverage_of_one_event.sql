-- Which sources tell one event, in which words and how often?
select e.story_event_id, d.publisher, count(distinct e.document_id) as documents, list(distinct e.trigger) as words,
    avg(s.score) as mean_score
from events as e inner join documents as d using (document_id) inner join event_scores as s using (event_type)
where e.story_event_id is not null and d.duplicate_of is null
group by e.story_event_id, d.publisher
qualify count(*) over (partition by e.story_event_id) > 1
order by all
