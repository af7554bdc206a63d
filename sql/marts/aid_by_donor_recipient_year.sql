-- How much aid, lending and debt relief did reports tell of from one donor to one recipient in a year?
-- Each flow counts once: not a part beside its total, not an amount that several reports give, not what was promised
-- beside what was paid of it, no running totals. Of contested amounts the middle counts, its interval stands beside it.
-- donor: Who gives or lends (states and intergovernmental bodies; private givers too where is_public is false).
-- recipient: Who receives.
-- is_public: Whether the donor is a state or intergovernmental body.
-- year: First year of the money; where none is told, the year of the first report.
-- last_year: Last year of money of several years: it is not that of the first (aid_by_year spreads it).
-- finance_group: aid, loan, guarantee or relief: never add one to another.
-- finance_type: Kind of money.
-- sector: OECD DAC sector (3 digits); null where no purpose is told.
-- sector_name: Name of the sector.
-- amount_usd: Nominal US dollars.
-- amount_usd_low: The same with the least amount of each contested flow.
-- amount_usd_high: The same with the largest amount of each contested flow.
-- amount_usd_constant: Dollars of one year's prices; flows of a year without prices are left out.
-- disbursed_usd: What was paid out of it.
-- undated_usd: What is in this year only by the day of its first report.
-- flows: How many flows.
-- first_reported_on: Day of the earliest report.
-- last_reported_on: Day of the latest report.
-- figure_ids: Figures behind the row (key of financial_figures).
select
    aid_given.donor,
    aid_given.recipient,
    aid_given.is_public,
    aid_given.year,
    aid_given.last_year,
    aid_given.finance_group,
    aid_given.finance_type,
    aid_given.sector,
    any_value(aid_given.sector_name) as sector_name,
    sum(aid_given.amount_usd) as amount_usd,
    sum(aid_given.amount_usd_low) as amount_usd_low,
    sum(aid_given.amount_usd_high) as amount_usd_high,
    sum(aid_given.amount_usd_constant) as amount_usd_constant,
    sum(aid_given.disbursed_usd) as disbursed_usd,
    sum(aid_given.amount_usd) filter (where aid_given.year_basis = 'publication') as undated_usd,
    count(*) as flows,
    min(aid_given.first_reported_on) as first_reported_on,
    max(aid_given.last_reported_on) as last_reported_on,
    list_sort(list_distinct(flatten(list(flow_figures.figure_ids)))) as figure_ids
from aid_given
inner join flow_figures on aid_given.flow_id = flow_figures.flow_id
group by
    aid_given.donor,
    aid_given.recipient,
    aid_given.is_public,
    aid_given.year,
    aid_given.last_year,
    aid_given.finance_group,
    aid_given.finance_type,
    aid_given.sector
order by donor asc, recipient asc, year asc, amount_usd desc
