-- Which totals are smaller than what the same report calls their parts?
-- Either the report is wrong, or it was read wrongly: totals and parts are all named here, and none is dropped. A
-- figure larger than the total that its words make it a share of is linked to none, and named here with it.
-- total_figure_id: The total (key of financial_figures).
-- total: Amount of the total.
-- parts: Sum of its parts.
-- currency: Currency of both (ISO 4217).
-- part_figure_ids: The parts (key of financial_figures).
-- document_id: Document that tells it (key of documents).
with linked as (
    select
        part_of_figure_id as total_figure_id,
        figure_id,
        currency,
        amount
    from financial_figures
    where part_of_figure_id is not null and amount is not null

    union all

    -- the reader wrote down which figure it refused to link
    select
        totals.figure_id as total_figure_id,
        parts.figure_id,
        parts.currency,
        parts.amount
    from financial_figures as parts
    inner join financial_figures as totals
        on
            parts.document_id = totals.document_id
            and totals.start_char::varchar = regexp_extract(parts.rule, 'larger than its total at (\d+)', 1)
    where parts.part_of_figure_id is null and parts.amount is not null
)

select
    linked.total_figure_id,
    totals.amount as total,
    sum(linked.amount) as parts,
    totals.currency,
    list(linked.figure_id order by linked.figure_id) as part_figure_ids,
    totals.document_id
from linked
inner join financial_figures as totals
    on linked.total_figure_id = totals.figure_id and linked.currency = totals.currency
where totals.amount is not null
group by linked.total_figure_id, totals.amount, totals.currency, totals.document_id
having sum(linked.amount) > totals.amount
order by totals.document_id asc, linked.total_figure_id asc
