-- Who agreed with whom on what, when, and through which mediator?
select e.best_date, p.source, p.target, e.event_mode, e.trigger, e.place_country,
    substr(d.text, s.start_char + 1, s.end_char - s.start_char) as sentence
from event_pairs as p inner join events as e using (event_id)
inner join documents as d on p.document_id = d.document_id
inner join sentences as s on e.document_id = s.document_id and e.sentence_index = s.sentence_index
where e.event_type = 'AGREE' or e.event_mode = 'third-party'
order by e.best_date
