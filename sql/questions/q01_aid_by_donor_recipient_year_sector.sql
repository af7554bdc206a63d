-- How much aid went from which donor to which recipient in which year and sector, nominal and in constant dollars?
select donor, recipient, year, sector_name, sum(amount_usd) as usd, sum(amount_usd_constant) as constant_usd
from aid_by_donor_recipient_year
where finance_group = 'aid' and is_public
group by all
order by all
