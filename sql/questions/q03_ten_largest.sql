-- Who are the ten largest donors and recipients of grants, loans, military aid and export credit, each apart?
select finance_type, side, name, sum(usd) as usd
from (select finance_type, amount_usd as usd, donor, recipient from aid_given where is_public)
unpivot (name for side in (donor, recipient))
group by finance_type, side, name
qualify row_number() over (partition by finance_type, side order by sum(usd) desc) <= 10
order by finance_type asc, side asc, usd desc
