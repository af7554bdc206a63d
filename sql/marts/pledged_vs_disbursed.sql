-- How much of what a donor pledged or committed to a recipient is reported as paid out, promise by promise?
-- One row for one promise and what was paid of it; payments of no known promise are rows of their own, without a share.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- flow_id: The promise (key of aid_flows, or their part_of_flow_id).
-- is_public: Whether a state or intergovernmental body gives: private money stands apart.
-- finance_group: aid, loan or guarantee.
-- purpose: What it is for.
-- year: First year of the money; where none is told, the year of the first report.
-- pledged_usd: Pledged, in nominal US dollars; null where no pledge is reported.
-- committed_usd: Committed; null where no commitment is reported.
-- disbursed_usd: Paid out; null where no payment is reported.
-- promised_usd: The larger of pledged and committed.
-- disbursed_share: What was paid out as a part of what was promised, 0 to 1.
-- first_reported_on: Day of the first report.
-- last_reported_on: Day of the last report.
-- figure_ids: Figures behind the row (key of financial_figures).
with promises as (
    select
        aid_given.donor,
        aid_given.recipient,
        coalesce(aid_given.part_of_flow_id, aid_given.flow_id) as flow_id,
        bool_and(aid_given.is_public) as is_public,
        min(aid_given.finance_group) as finance_group,
        any_value(aid_given.purpose) as purpose,
        min(aid_given.year) as year,
        sum(aid_given.pledged_usd) as pledged_usd,
        sum(aid_given.committed_usd) as committed_usd,
        sum(aid_given.disbursed_usd) as disbursed_usd,
        greatest(sum(aid_given.pledged_usd), sum(aid_given.committed_usd)) as promised_usd,
        min(aid_given.first_reported_on) as first_reported_on,
        max(aid_given.last_reported_on) as last_reported_on,
        list_sort(list_distinct(flatten(list(flow_figures.figure_ids)))) as figure_ids
    from aid_given
    inner join flow_figures on aid_given.flow_id = flow_figures.flow_id
    group by aid_given.donor, aid_given.recipient, coalesce(aid_given.part_of_flow_id, aid_given.flow_id)
)

select
    donor,
    recipient,
    flow_id,
    is_public,
    finance_group,
    purpose,
    year,
    pledged_usd,
    committed_usd,
    disbursed_usd,
    promised_usd,
    case
        when promised_usd > 0 and disbursed_usd is not null then disbursed_usd::double / promised_usd::double
    end as disbursed_share,
    first_reported_on,
    last_reported_on,
    figure_ids
from promises
where coalesce(promised_usd, disbursed_usd) is not null
order by donor asc, recipient asc, year asc, promised_usd desc
