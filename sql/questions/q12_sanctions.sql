-- Who imposed, announced, threatened or eased sanctions against whom, when?
select best_date, best_date_basis, sender, target, action, mode, sentence
from sanctions
order by best_date
