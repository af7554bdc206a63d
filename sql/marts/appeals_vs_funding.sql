-- How much of what was asked for in a year is reported as promised or given?
-- Appeals and requests of or for a recipient, beside the aid to it of that year and the next; one year's aid may answer
-- several appeals, so coverage above 1 says only that enough was told of.
-- recipient: Whom the money is for.
-- year: Year of the appeal (told, else of its first report).
-- requested_usd: Asked for, in nominal US dollars.
-- appeals: How many appeals and requests.
-- promised_usd: Aid to the recipient of that year and the next, promised or given.
-- disbursed_usd: What of it is reported as paid out.
-- coverage: promised_usd as a part of requested_usd.
-- flow_ids: The appeals (keys of aid_flows).
with appeals as (
    select
        actors.name as recipient,
        coalesce(aid_flows.year_start, year(aid_flows.first_reported_on)) as year,
        sum(aid_flows.amount_usd) as requested_usd,
        count(*) as appeals,
        list(aid_flows.flow_id order by aid_flows.flow_id) as flow_ids
    from aid_flows
    inner join actors on aid_flows.recipient_id = actors.actor_id
    where aid_flows.status = 'requested' and aid_flows.amount_usd > 0
    group by actors.name, coalesce(aid_flows.year_start, year(aid_flows.first_reported_on))
),

given as (
    select
        recipient,
        year,
        sum(amount_usd) as promised_usd,
        sum(disbursed_usd) as disbursed_usd
    from aid_given
    where finance_group = 'aid' and is_public
    group by recipient, year
)

select
    appeals.recipient,
    appeals.year,
    appeals.requested_usd,
    appeals.appeals,
    sum(given.promised_usd) as promised_usd,
    sum(given.disbursed_usd) as disbursed_usd,
    coalesce(sum(given.promised_usd), 0)::double / appeals.requested_usd::double as coverage,
    appeals.flow_ids
from appeals
left join given on appeals.recipient = given.recipient and given.year between appeals.year and appeals.year + 1
group by appeals.recipient, appeals.year, appeals.requested_usd, appeals.appeals, appeals.flow_ids
order by appeals.recipient asc, appeals.year asc
