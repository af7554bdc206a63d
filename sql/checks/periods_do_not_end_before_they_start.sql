-- Which rows have a period that ends before it starts?
select
    'events' as table_name,
    event_id as row_key,
    document_id
from events
where date_end < date_start
union all
select
    'financial_figures',
    figure_id,
    document_id
from financial_figures
where period_end < period_start
union all
select
    'time_expressions',
    concat_ws(':', document_id, start_char, end_char),
    document_id
from time_expressions
where date_end < date_start
