-- For which donor, recipient and years do the shares of aid by purpose not add up to 1?
select
    donor,
    recipient,
    year,
    last_year,
    sum(share) as shares
from aid_share_by_purpose
group by donor, recipient, year, last_year, total_usd
having abs(sum(share) - 1) > 1e-6
