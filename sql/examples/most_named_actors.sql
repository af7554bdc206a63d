-- Who is named most, by what other names, and from when to when?
select
    actor_id,
    name,
    actor_type,
    country,
    mention_count,
    first_seen_on,
    last_seen_on,
    array_to_string(aliases, ' | ') as other_names
from actors
order by mention_count desc, name asc, actor_id asc
limit 30
