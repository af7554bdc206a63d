-- Which stated totals are smaller than one of their parts, or than all their exact parts of one stage together?
-- Texts round and err, and so do rules: such rows are published and deserve a look.
with pairs as (
    select
        totals.figure_id as row_key,
        totals.text as total,
        parts.text as part,
        parts.flow_stage,
        parts.qualifier,
        parts.amount as part_amount,
        totals.amount as total_amount
    from financial_figures as parts
    inner join financial_figures as totals on parts.part_of_figure_id = totals.figure_id
    where parts.currency = totals.currency and totals.qualifier <> 'at_least'
)

select
    'financial_figures' as table_name,
    row_key,
    min(total) as total,
    string_agg(part, ' + ' order by part) as parts
from pairs
group by row_key, flow_stage, total_amount
having
    max(part_amount) > total_amount
    -- a hundredth for what was rounded
    or sum(part_amount) filter (where qualifier = 'exact') > total_amount * 1.01
