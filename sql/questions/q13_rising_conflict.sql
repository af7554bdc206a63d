-- Which countries saw the sharpest rise of conflict in the last four weeks against their mean of twelve months?
select target_country, count(distinct event_id) filter (where best_date > latest - 28) as last_four_weeks,
    count(distinct event_id) / 13.0 as mean_of_four_weeks, last_four_weeks / mean_of_four_weeks as rise
from event_pairs, (select max(published_on) as latest from documents) as now
where not is_cooperative and factuality = 'actual' and best_date between latest - 363 and latest
    and target_country is not null and best_date_basis in ('told', 'told: week', 'publication')
group by target_country
having rise > 1
order by rise desc, target_country asc
