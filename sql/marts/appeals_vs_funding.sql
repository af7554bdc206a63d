-- How much of what was asked for in a year is reported as promised or given?
-- Appeals and requests of or for a recipient, beside the aid to it of that year and the next: what named states and
-- bodies gave, added up; or what givers gave of whom none is named, added up; or the largest running total ("so far")
-- that starts in these years: whichever is most, since each may hold the others. Loans asked for, and what persons and
-- companies ask for or give, are left out.
-- One year's aid may answer several appeals, so coverage above 1 says only that enough was told of.
-- recipient: Whom the money is for.
-- year: Year of the appeal (told, else of its first report).
-- requested_usd: Asked for, in nominal US dollars.
-- appeals: How many appeals and requests.
-- promised_usd: Aid to the recipient of that year and the next, promised or given.
-- disbursed_usd: What of it is reported as paid out.
-- coverage: promised_usd as a part of requested_usd.
-- flow_ids: The appeals (keys of aid_flows).
with flows as (
    select
        aid_flows.*,
        actors.name as recipient,
        coalesce(aid_flows.year_start, year(aid_flows.first_reported_on)) as year
    from aid_flows
    inner join actors on aid_flows.recipient_id = actors.actor_id
    where
        aid_flows.amount_usd > 0
        and aid_flows.finance_type not in ('loan', 'concessional_loan', 'export_credit', 'guarantee', 'debt_relief')
        and coalesce(actors.actor_type not in ('person', 'company', 'media'), true)
),

appeals as (
    select
        recipient,
        year,
        sum(amount_usd) as requested_usd,
        count(*) as appeals,
        list(flow_id order by flow_id) as flow_ids
    from flows
    where status = 'requested'
    group by recipient, year
),

given as (
    select
        recipient,
        year,
        sum(amount_usd) filter (where is_public) as named_usd,
        sum(disbursed_usd) filter (where is_public) as named_paid_usd,
        sum(amount_usd) filter (where is_together) as together_usd,
        sum(disbursed_usd) filter (where is_together) as together_paid_usd
    from aid_given
    where finance_group = 'aid'
    group by recipient, year
),

running as (
    select
        recipient,
        year,
        max(amount_usd) as running_usd,
        max(disbursed_usd) as running_paid_usd
    from flows
    where is_cumulative and coalesce(donor_kind <> 'private', true) and status in ('pledged', 'committed', 'disbursed')
    group by recipient, year
),

answered as (
    select
        appeals.recipient,
        appeals.year,
        greatest(sum(given.named_usd), sum(given.together_usd), max(running.running_usd)) as promised_usd,
        greatest(sum(given.named_paid_usd), sum(given.together_paid_usd), max(running.running_paid_usd))
            as disbursed_usd
    from appeals
    cross join (values (0), (1)) as later (years)
    left join given on appeals.recipient = given.recipient and appeals.year + later.years = given.year
    left join running on appeals.recipient = running.recipient and appeals.year + later.years = running.year
    group by appeals.recipient, appeals.year
)

select
    appeals.recipient,
    appeals.year,
    appeals.requested_usd,
    appeals.appeals,
    answered.promised_usd,
    answered.disbursed_usd,
    coalesce(answered.promised_usd, 0)::double / appeals.requested_usd::double as coverage,
    appeals.flow_ids
from appeals
inner join answered on appeals.recipient = answered.recipient and appeals.year = answered.year
order by appeals.recipient asc, appeals.year asc
