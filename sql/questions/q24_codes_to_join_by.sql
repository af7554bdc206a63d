-- Which codes can flows be joined to other data by? (newsledger export writes CSV, XLSX, Stata with labels)
select flow_id, donor_country, recipient_country, year, sector, purpose_code, finance_type, amount_usd
from aid_given
order by flow_id
