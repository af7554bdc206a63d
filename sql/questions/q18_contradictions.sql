-- Where do sources give different numbers for one grant or loan?
select donor, recipient, year, purpose, counted_usd, other_usd, ratio, reason
from figures_in_conflict
order by ratio desc
