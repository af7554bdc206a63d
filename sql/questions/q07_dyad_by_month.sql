-- How many cooperative and conflictual events had each pair of countries in each month, directed and undirected?
select source_country, target_country, least(source_country, target_country) || '-' ||
    greatest(source_country, target_country) as pair, month, cooperative, conflictual, mean_score,
    sum(events) over (partition by pair, month) as events_of_both
from dyad_by_month
order by all
