-- How much of programmes of several years falls into each year?
select donor, recipient, year, sum(amount_usd) as usd, sum(amount_usd) filter (where is_spread) as of_programmes
from aid_by_year
where finance_group = 'aid' and is_public
group by all
order by all
