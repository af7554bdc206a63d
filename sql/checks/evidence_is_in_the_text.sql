-- Which rows have offsets that do not cut their own words out of the document's text?
with evidence as (
    select
        'mentions' as table_name,
        mention_id as row_key,
        document_id,
        start_char,
        end_char,
        text
    from mentions
    union all
    select
        'events',
        event_id,
        document_id,
        start_char,
        end_char,
        trigger
    from events
    union all
    select
        'financial_figures',
        figure_id,
        document_id,
        start_char,
        end_char,
        text
    from financial_figures
    union all
    select
        'quotes',
        quote_id,
        document_id,
        start_char,
        end_char,
        text
    from quotes
    union all
    select
        'quantities',
        quantity_id,
        document_id,
        start_char,
        end_char,
        text
    from quantities
    union all
    select
        'time_expressions',
        concat_ws(':', document_id, start_char, end_char),
        document_id,
        start_char,
        end_char,
        text
    from time_expressions
)

select
    evidence.table_name,
    evidence.row_key,
    evidence.document_id,
    evidence.start_char,
    evidence.end_char
from evidence
inner join documents on evidence.document_id = documents.document_id
where
    substr(documents.text, evidence.start_char + 1, evidence.end_char - evidence.start_char)
    <> evidence.text
