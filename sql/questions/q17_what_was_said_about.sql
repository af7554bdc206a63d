-- What exactly did one say about another in a month, and where does it stand?
select date_trunc('month', published_on)::date as month, speaker, about, said, publisher, title, url
from quotes_about
where is_direct
order by month asc, speaker asc, about asc
