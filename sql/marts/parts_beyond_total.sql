-- Which totals are smaller than one of their parts, or than all their parts of one stage together?
-- Either the report is wrong, or it was read wrongly: such rows are published, named here, and none is dropped. What
-- was pledged and what was paid of one total are no parts beside each other; "more than $5 million" says nothing
-- against larger parts; a hundredth is left to rounding. A figure larger than the total that its words make it a share
-- of is linked to none, and named here with it (`is_linked` false): the reader's doubt, not the report's claim.
-- total_figure_id: The total (key of financial_figures).
-- total: Amount of the total.
-- parts: Sum of its parts of the stage.
-- currency: Currency of both (ISO 4217).
-- flow_stage: Stage of the parts.
-- is_linked: Whether part_of_figure_id of financial_figures says so too.
-- part_figure_ids: The parts (key of financial_figures).
-- document_id: Document that tells it (key of documents).
with linked as (
    select
        part_of_figure_id as total_figure_id,
        figure_id,
        currency,
        amount,
        flow_stage,
        qualifier,
        true as is_linked
    from financial_figures
    where part_of_figure_id is not null and amount is not null

    union all

    -- the reader wrote down which figure it refused to link
    select
        totals.figure_id as total_figure_id,
        parts.figure_id,
        parts.currency,
        parts.amount,
        parts.flow_stage,
        parts.qualifier,
        false as is_linked
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
    linked.flow_stage,
    linked.is_linked,
    list(linked.figure_id order by linked.figure_id) as part_figure_ids,
    totals.document_id
from linked
inner join financial_figures as totals
    on linked.total_figure_id = totals.figure_id and linked.currency = totals.currency
where totals.amount is not null and totals.qualifier <> 'at_least'
group by
    linked.total_figure_id,
    totals.amount,
    totals.currency,
    linked.flow_stage,
    linked.is_linked,
    totals.document_id
having
    max(linked.amount) > totals.amount
    or sum(linked.amount) filter (where linked.qualifier = 'exact') > totals.amount * 1.01
order by totals.document_id asc, linked.total_figure_id asc, linked.flow_stage asc, linked.is_linked asc
