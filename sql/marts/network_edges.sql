-- Who is linked to whom in a year, how strongly and in friendship or conflict? (an edge list for Gephi or igraph)
-- source_id: Who acts (key of actors).
-- target_id: Towards whom.
-- source: Name.
-- target: Name.
-- year: Year.
-- weight: Events.
-- cooperative: Events of cooperation.
-- conflictual: Events of conflict.
-- mean_score: Mean score of their types, -10 to 10.
-- sign: 1, -1 or 0: the sign of mean_score.
select
    source_id,
    target_id,
    any_value(source) as source,
    any_value(target) as target,
    year(best_date) as year,
    count(*) as weight,
    count(*) filter (where is_cooperative) as cooperative,
    count(*) filter (where not is_cooperative) as conflictual,
    avg(score) as mean_score,
    sign(avg(score))::int as sign
from event_pairs
where source_id <> target_id and factuality = 'actual'
group by source_id, target_id, year(best_date)
