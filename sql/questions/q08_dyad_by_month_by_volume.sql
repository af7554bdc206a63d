-- How many events per 1,000 documents of the month had each pair of countries?
select source_country, target_country, month, 1000.0 * events / documents as per_1000_documents,
    1000.0 * conflictual / documents as conflictual_per_1000, mean_score
from dyad_by_month
order by all
