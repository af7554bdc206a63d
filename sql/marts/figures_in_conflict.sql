-- Where do reports give different amounts for one flow?
-- One row a figure that contradicts the one that counts, linear in figures: the flow's amount is the middle of the
-- interval.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- flow_id: Flow (key of aid_flows).
-- purpose: What it is for.
-- year: First year that a report tells.
-- counted_usd: The amount that most or the earliest reports give, in nominal US dollars.
-- other_usd: The amount that contradicts it.
-- ratio: The larger of both divided by the smaller.
-- counted_figure_id: Figure of the first (key of financial_figures).
-- other_figure_id: Figure of the other (key of financial_figures).
-- reason: Why both are taken to tell of one flow.
select
    donors.name as donor,
    recipients.name as recipient,
    aid_flows.flow_id,
    aid_flows.purpose,
    aid_flows.year_start as year,
    counted.amount_usd as counted_usd,
    other.amount_usd as other_usd,
    greatest(counted.amount_usd, other.amount_usd)::double
    / least(counted.amount_usd, other.amount_usd)::double as ratio,
    counted.figure_id as counted_figure_id,
    other.figure_id as other_figure_id,
    contested.reason
from aid_flow_reports as contested
inner join aid_flows on contested.flow_id = aid_flows.flow_id
inner join aid_flow_reports as best
    on contested.flow_id = best.flow_id and best.role in ('counted', 'total', 'cumulative')
inner join financial_figures as other on contested.figure_id = other.figure_id
inner join financial_figures as counted on best.figure_id = counted.figure_id
left join actors as donors on aid_flows.donor_id = donors.actor_id
left join actors as recipients on aid_flows.recipient_id = recipients.actor_id
where contested.role = 'contested'
order by donor asc, recipient asc, year asc, other_figure_id asc
