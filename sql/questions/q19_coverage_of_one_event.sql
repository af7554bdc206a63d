-- Which source tells which event, in which words and how often?
select e.story_event_id, d.publisher, count(distinct e.document_id) as documents, list(distinct e.trigger) as words,
    avg(s.score) as mean_score
from events as e inner join documents as d using (document_id) inner join event_scores as s using (event_type)
where e.story_event_id is not null
group by all
order by all
