-- Which totals are smaller than one of their parts, or than all their parts of one stage together?
-- Either the report is wrong, or it was read wrongly: such rows are published, named here, and none is dropped. What
-- was pledged and what was paid of one total are no parts beside each other; "more than $5 million" says nothing
-- against larger parts; a hundredth is left to rounding.
-- total_figure_id: The total (key of financial_figures).
-- total: Amount of the total.
-- parts: Sum of its parts of the stage.
-- currency: Currency of both (ISO 4217).
-- flow_stage: Stage of the parts.
-- part_figure_ids: The parts (key of financial_figures).
-- document_id: Document that tells it (key of documents).
select
    totals.figure_id as total_figure_id,
    totals.amount as total,
    sum(parts.amount) as parts,
    totals.currency,
    parts.flow_stage,
    list(parts.figure_id order by parts.figure_id) as part_figure_ids,
    totals.document_id
from financial_figures as parts
inner join financial_figures as totals
    on parts.part_of_figure_id = totals.figure_id and parts.currency = totals.currency
where totals.amount is not null and parts.amount is not null and totals.qualifier <> 'at_least'
group by totals.figure_id, totals.amount, totals.currency, parts.flow_stage, totals.document_id
having
    max(parts.amount) > totals.amount
    or sum(parts.amount) filter (where parts.qualifier = 'exact') > totals.amount * 1.01
order by totals.document_id asc, total_figure_id asc, flow_stage asc
