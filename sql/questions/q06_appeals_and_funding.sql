-- Which appeals were funded how far?
select recipient, year, requested_usd, promised_usd, disbursed_usd, coverage
from appeals_vs_funding
order by requested_usd desc
