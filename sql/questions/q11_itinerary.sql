-- Where did the most travelled person go, stop by stop?
select traveller, trip, host_country, first_day, last_day, date_basis, hosts
from visits
where traveller_id = (select traveller_id from visits group by all order by count(*) desc, traveller_id asc limit 1)
order by trip
