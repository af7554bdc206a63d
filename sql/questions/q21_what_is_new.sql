-- Which documents, events and figures came with the last week of reading? (revised and gone rows: newsledger changes)
select d.ingested_at::date as loaded_on, d.title, count(distinct e.event_id) as events,
    count(distinct f.figure_id) as figures
from documents as d left join events as e using (document_id) left join financial_figures as f using (document_id)
where d.ingested_at > (select max(ingested_at) from documents) - interval 7 day
group by all
order by all
