-- How much did each donor state give, and through which of its agencies?
select donor, coalesce(agency, if(grouping(agency) = 1, 'all', 'itself')) as agency, sum(amount_usd) as usd
from aid_given
where finance_group = 'aid' and is_public
group by grouping sets ((donor), (donor, agency))
order by donor asc, usd desc
