-- Who speaks in the news, how often and about whom?
select speakers.speaker, speakers.actor_type, speakers.country, speakers.quotes, speakers.documents,
    mode(quotes_about.about) as most_about
from speakers left join quotes_about on speakers.speaker_id = quotes_about.speaker_id
group by all
order by speakers.quotes desc, speakers.speaker asc
