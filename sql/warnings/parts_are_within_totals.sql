-- Which stated totals are smaller than one of their parts, or than all their parts of one stage together?
-- Texts round and err, and so do rules: such rows are published and deserve a look. The mart says which they are.
select
    'financial_figures' as table_name,
    total_figure_id as row_key,
    total,
    parts,
    currency
from parts_beyond_total
order by total_figure_id, flow_stage
