-- Which donors gave a recipient most over the years, prices held still?
-- A dollar of 1987 bought what nearly three do in 2025: amounts of different years are compared in constant dollars.
select
    donor,
    recipient,
    min(year) as first_year,
    max(last_year) as last_year,
    sum(amount_usd) as nominal_usd,
    sum(amount_usd_constant) as constant_usd
from aid_by_donor_recipient_year
where finance_group = 'aid' and is_public and amount_usd_constant is not null
group by donor, recipient
order by constant_usd desc, donor asc, recipient asc
limit 20
