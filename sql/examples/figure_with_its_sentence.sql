-- In which sentence does each financial figure stand?
select
    financial_figures.figure_id,
    financial_figures.text as words,
    substr(
        documents.text, sentences.start_char + 1, sentences.end_char - sentences.start_char
    ) as sentence,
    documents.source_path
from financial_figures
inner join documents on financial_figures.document_id = documents.document_id
inner join sentences
    on
        financial_figures.document_id = sentences.document_id
        and financial_figures.sentence_index = sentences.sentence_index
order by financial_figures.document_id, financial_figures.start_char
limit 50
