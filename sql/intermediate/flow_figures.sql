-- Which figures stand behind a flow?
-- flow_id: Flow (key of aid_flows).
-- figure_ids: Figures that report it, those of the whole that it is part of included (key of financial_figures).
select
    flow_id,
    list(figure_id order by figure_id) as figure_ids
from aid_flow_reports
where flow_id is not null
group by flow_id
