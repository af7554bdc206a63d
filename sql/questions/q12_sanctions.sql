-- Who imposed, announced, threatened or eased sanctions against which state, when?
select best_date, best_date_basis, sender, target, action, mode, sentence
from sanctions
where sender_country is distinct from target_country and target_country is not null and mode is distinct from 'convict'
order by best_date
