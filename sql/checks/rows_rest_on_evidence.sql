-- Which events and figures rest on no evidence?
select
    'events' as table_name,
    event_id as row_key,
    document_id
from events
where event_id not in (select row_id from evidence)
union all
select
    'financial_figures',
    figure_id,
    document_id
from financial_figures
where figure_id not in (select row_id from evidence)
