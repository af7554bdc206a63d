-- What share of what was promised by a donor to a recipient has been reported paid?
select donor, recipient, sum(pledged_usd) as pledged, sum(committed_usd) as committed,
    sum(disbursed_usd) as disbursed, sum(promised_usd * disbursed_share) / sum(promised_usd) as paid_share
from pledged_vs_disbursed
where promised_usd > 0 and is_public and recipient is not null
group by donor, recipient
order by sum(promised_usd) desc
