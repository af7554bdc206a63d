-- How did two countries act towards each other in the 30 days before and after a sanction?
select s.event_id, s.sender_country, s.target_country, e.best_date - s.best_date as day, count(*) as events,
    avg(e.score) as mean_score
from sanctions as s
inner join event_pairs as e on s.best_date between e.best_date - 30 and e.best_date + 30 and e.source_country in
    (s.sender_country, s.target_country) and e.target_country in (s.sender_country, s.target_country)
where s.action = 'imposed' and s.best_date_basis = 'told' and s.sender_country <> s.target_country
group by all order by all
