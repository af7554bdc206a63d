-- Which sentences end before they start or beyond their document's text?
select
    'sentences' as table_name,
    concat_ws(':', sentences.document_id, sentences.sentence_index) as row_key,
    sentences.document_id
from sentences
inner join documents on sentences.document_id = documents.document_id
where
    sentences.start_char >= sentences.end_char
    or sentences.end_char > documents.char_count
