-- Who visited which country when, and whom did they meet?
select traveller, traveller_country, host_country, first_day, last_day, hosts, is_planned, date_basis
from visits
order by first_day desc, traveller asc
