-- How much does each year get of the money of several years?
-- A sum told for the years 2021 to 2025 is spread evenly over them; years in which parts of it are told leave less.
-- flow_id: Flow (key of aid_flows).
-- donor: Who gives or lends.
-- recipient: Who receives.
-- is_public: Whether the donor is a state or intergovernmental body.
-- finance_group: aid, loan, guarantee or relief.
-- finance_type: Kind of money.
-- sector: OECD DAC sector (3 digits).
-- year: The year.
-- amount_usd: The year's even share, in nominal US dollars.
-- amount_usd_constant: The same of the flow's constant dollars.
-- is_spread: Whether the money is of several years.
select
    flow_id,
    donor,
    recipient,
    is_public,
    finance_group,
    finance_type,
    sector,
    unnest(range(year, last_year + 1)) as year,
    (amount_usd / (last_year - year + 1))::decimal(28, 4) as amount_usd,
    (amount_usd_constant / (last_year - year + 1))::decimal(28, 4) as amount_usd_constant,
    last_year > year as is_spread
from aid_given
where year is not null
