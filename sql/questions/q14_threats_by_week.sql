-- Who threatened or mobilised against whom, week by week, in which words?
select date_trunc('week', p.best_date)::date as week, p.source, p.target, p.event_type, p.event_mode,
    substr(d.text, s.start_char + 1, s.end_char - s.start_char) as sentence
from event_pairs as p inner join documents as d using (document_id)
inner join sentences as s on p.document_id = s.document_id and p.sentence_index = s.sentence_index
where p.event_type in ('THREATEN', 'MOBILIZE') and p.best_date_basis in ('told', 'told: week', 'publication')
order by week desc
