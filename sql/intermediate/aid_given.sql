-- Which flows count as given or promised, with the names of both ends and a year to count them in?
-- The one place that says what counts: not asked for, suspended, cancelled or repaid money; no running totals; states
-- and intergovernmental bodies only where is_public. A year that no report tells is that of the first report.
-- flow_id: Flow (key of aid_flows).
-- part_of_flow_id: The whole that it is part of.
-- donor: Who gives or lends; of one undivided sum all givers.
-- recipient: Who receives.
-- agency: Agency, ministry or organ that gives for the donor.
-- channel: Through whom the money goes.
-- donor_country: The donor's country (ISO 3166-1 alpha-3); null for bodies.
-- recipient_country: The recipient's country.
-- is_public: Whether a state or intergovernmental body gives: private money stands apart.
-- is_together: Whether no giver is named: "donors" gave it, or nobody is told to have given it.
-- finance_group: aid (grants, goods, military and other aid), loan, guarantee or relief.
-- finance_type: Kind of money (aid_flows.finance_type).
-- status: The furthest that it has come.
-- year: First year of the money; where none is told, the year of the first report.
-- last_year: Last year.
-- year_basis: told or publication.
-- purpose: What it is for, in a report's words.
-- purpose_code: OECD DAC sector or CRS purpose.
-- sector: OECD DAC sector (3 digits).
-- sector_name: Name of the sector.
-- amount_usd: Nominal US dollars.
-- amount_usd_low: Least amount of a contested flow.
-- amount_usd_high: Largest amount of a contested flow.
-- amount_usd_constant: Dollars of one year's prices.
-- pledged_usd: amount_usd where it was pledged.
-- committed_usd: amount_usd where it was committed.
-- disbursed_usd: amount_usd where it was paid out.
-- first_reported_on: Day of the first report.
-- last_reported_on: Day of the last report.
-- report_count: Documents that report it.
-- source_count: Publishers that report it.
with joint as (
    select
        givers.flow_id,
        string_agg(actors.name, ' and ' order by actors.name) as further_givers
    from (
        select
            flow_id,
            unnest(joint_donor_ids) as actor_id
        from aid_flows
    ) as givers
    inner join actors on givers.actor_id = actors.actor_id
    group by givers.flow_id
)

select
    aid_flows.flow_id,
    aid_flows.part_of_flow_id,
    nullif(concat_ws(' and ', donors.name, joint.further_givers), '') as donor,
    recipients.name as recipient,
    agencies.name as agency,
    channels.name as channel,
    if(donors.actor_type = 'igo', null, donors.country) as donor_country,
    if(recipients.actor_type = 'igo', null, recipients.country) as recipient_country,
    coalesce(aid_flows.donor_kind in ('state', 'igo'), false) as is_public,
    aid_flows.donor_id is null or coalesce(aid_flows.donor_kind = 'group', false) as is_together,
    case
        when aid_flows.finance_type in ('loan', 'concessional_loan', 'export_credit') then 'loan'
        when aid_flows.finance_type = 'guarantee' then 'guarantee'
        when aid_flows.finance_type = 'debt_relief' then 'relief'
        else 'aid'
    end as finance_group,
    aid_flows.finance_type,
    aid_flows.status,
    coalesce(aid_flows.year_start, year(aid_flows.first_reported_on)) as year,
    coalesce(aid_flows.year_end, aid_flows.year_start, year(aid_flows.first_reported_on)) as last_year,
    if(aid_flows.year_start is null, 'publication', 'told') as year_basis,
    aid_flows.purpose,
    aid_flows.purpose_code,
    aid_flows.sector,
    aid_flows.sector_name,
    aid_flows.amount_usd,
    aid_flows.amount_usd_low,
    aid_flows.amount_usd_high,
    aid_flows.amount_usd_constant,
    aid_flows.pledged_usd,
    aid_flows.committed_usd,
    aid_flows.disbursed_usd,
    aid_flows.first_reported_on,
    aid_flows.last_reported_on,
    aid_flows.report_count,
    aid_flows.source_count
from aid_flows
left join actors as donors on aid_flows.donor_id = donors.actor_id
left join actors as recipients on aid_flows.recipient_id = recipients.actor_id
left join actors as agencies on aid_flows.donor_agency_id = agencies.actor_id
left join actors as channels on aid_flows.channel_id = channels.actor_id
left join joint on aid_flows.flow_id = joint.flow_id
where
    not aid_flows.is_cumulative
    and coalesce(aid_flows.status in ('pledged', 'committed', 'disbursed'), true)
