-- Who lent, owed, repaid or was forgiven how much, on what terms, when?
select creditor, debtor, what, terms, amount_usd, year, first_reported_on, purpose
from debt
order by first_reported_on
