-- What share of the aid from each donor to each recipient in a year went to which purpose?
select
    donor,
    recipient,
    year,
    coalesce(purpose, 'not explained') as purpose,
    amount_usd,
    round(100 * share, 1) as share_percent
from aid_share_by_purpose
order by donor asc, recipient asc, year asc, share_percent desc
