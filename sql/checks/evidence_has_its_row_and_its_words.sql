-- Which evidence is of no event and no figure, or has words that its document's text has not?
select
    'evidence' as table_name,
    concat_ws(':', evidence.row_id, evidence.evidence_index) as row_key,
    evidence.document_id
from evidence
inner join documents on evidence.document_id = documents.document_id
left join events on evidence.row_id = events.event_id
left join financial_figures on evidence.row_id = financial_figures.figure_id
where
    (events.event_id is null and financial_figures.figure_id is null)
    or (evidence.start_char is null) <> (evidence.end_char is null)
    or evidence.start_char >= evidence.end_char
    or evidence.end_char > documents.char_count
