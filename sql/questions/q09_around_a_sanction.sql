-- How did two countries act towards each other in the 30 days before and after a sanction?
with s as (select distinct event_id, sender_country, target_country, best_date from sanctions
    where action = 'imposed' and best_date_basis = 'told' and sender_country <> target_country),
e as (select distinct event_id, source_country, target_country, best_date, score from event_pairs
    where source_country <> target_country and best_date_basis in ('told', 'publication'))
select s.event_id, sender_country, s.target_country, e.best_date - s.best_date as day, count(*) as events, avg(score) as mean_score
from s inner join e on e.best_date between s.best_date - 30 and s.best_date + 30 and source_country in
    (sender_country, s.target_country) and e.target_country in (sender_country, s.target_country)
group by all order by all
