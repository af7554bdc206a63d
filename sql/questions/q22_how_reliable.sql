-- How reliable is each flow: how many sources, what confidence, contested or not?
select f.donor, f.recipient, f.amount_usd, f.source_count, f.report_count, min(r.confidence) as least_confidence,
    list(distinct r.role) as roles, list(distinct r.reason) as reasons
from aid_given as f inner join aid_flow_reports as r using (flow_id)
group by all
order by all
