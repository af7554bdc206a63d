-- Who lent, owes, repaid or was forgiven how much, on what terms?
-- Flows (lent, guaranteed, repaid, forgiven) are each one loan or relief; what is owed is a stock that reports tell
-- anew from day to day: never add it to flows, nor up.
-- creditor: Who lends or is owed.
-- debtor: Who borrows or owes.
-- what: lent, guaranteed, forgiven, repaid, cancelled, suspended, asked for; or owed (a stock).
-- terms: Kind of money (aid_flows.finance_type); null for stocks.
-- status: The furthest that a flow has come; null for stocks.
-- year: First year that a report tells; else the year of the first report.
-- amount_usd: Nominal US dollars.
-- purpose: What it is for.
-- first_reported_on: Day of the first report.
-- flow_id: Flow (key of aid_flows); null for stocks.
-- figure_id: Figure (key of financial_figures) of a stock; null for flows.
select
    creditors.name as creditor,
    debtors.name as debtor,
    case
        when aid_flows.status in ('repaid', 'cancelled', 'suspended') then aid_flows.status
        when aid_flows.status = 'requested' then 'asked for'
        when aid_flows.finance_type = 'debt_relief' then 'forgiven'
        when aid_flows.finance_type = 'guarantee' then 'guaranteed'
        else 'lent'
    end as what,
    aid_flows.finance_type as terms,
    aid_flows.status,
    coalesce(aid_flows.year_start, year(aid_flows.first_reported_on)) as year,
    aid_flows.amount_usd,
    aid_flows.purpose,
    aid_flows.first_reported_on,
    aid_flows.flow_id,
    null::varchar as figure_id
from aid_flows
left join actors as creditors on aid_flows.donor_id = creditors.actor_id
left join actors as debtors on aid_flows.recipient_id = debtors.actor_id
where aid_flows.finance_type in ('loan', 'concessional_loan', 'export_credit', 'guarantee', 'debt_relief')

union all

select
    creditors.name as creditor,
    debtors.name as debtor,
    'owed' as what,
    null as terms,
    null as status,
    coalesce(year(financial_figures.period_end), year(documents.published_on)) as year,
    financial_figures.amount_usd,
    financial_figures.purpose,
    documents.published_on as first_reported_on,
    null as flow_id,
    financial_figures.figure_id
from financial_figures
inner join documents on financial_figures.document_id = documents.document_id
left join actors as creditors on financial_figures.payer_id = creditors.actor_id
left join actors as debtors on financial_figures.payee_id = debtors.actor_id
where
    financial_figures.figure_kind = 'debt'
    and financial_figures.finance_type is null
    and documents.duplicate_of is null
    and financial_figures.amount_usd is not null
