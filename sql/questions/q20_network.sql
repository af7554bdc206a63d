-- Who is linked to whom in each year, how strongly and with which sign? (an edge list for Gephi or igraph)
select source, target, year, weight, sign, mean_score
from network_edges
order by year asc, weight desc
