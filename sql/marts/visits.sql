-- Who visited which country when, one row a trip, and in which order did a traveller's trips come?
-- Reports of one traveller in one country within a week of each other tell of one trip.
-- traveller_id: Who travels (key of actors).
-- traveller: Name.
-- traveller_country: The state that the traveller belongs to.
-- host_country: Country visited: a host that is another country, else where it happens, else the host's country.
-- trip: Number of the trip of this traveller, in time.
-- first_day: First day told.
-- last_day: Last day told.
-- is_planned: Whether all reports tell it as planned.
-- is_inferred: Whether the days are those of publication alone.
-- date_basis: What first_day rests on: told, told: week … told: year (its first day), publication.
-- hosts: Whom the traveller met or visited.
-- event_ids: Events of the trip (key of events).
with stays as (
    select distinct
        source_id,
        source,
        source_country,
        if(
            actors.actor_type = 'country' and target_country is distinct from source_country,
            target_country,
            coalesce(place_country, target_country)
        ) as host_country,
        best_date,
        best_date_basis,
        factuality,
        target,
        event_id
    from event_pairs
    inner join actors on event_pairs.target_id = actors.actor_id
    where
        event_type = 'CONSULT'
        and event_mode = 'visit'
        and best_date is not null
        and host_country is distinct from source_country
),

marked as (
    select
        *,
        coalesce(best_date - lag(best_date) over stay > 7, true)::int as is_new
    from stays
    window stay as (partition by source_id, host_country order by best_date, event_id, target)
),

numbered as (
    select
        *,
        sum(is_new) over (partition by source_id, host_country order by best_date, event_id, target) as stay
    from marked
)

select
    source_id as traveller_id,
    any_value(source) as traveller,
    any_value(source_country) as traveller_country,
    host_country,
    row_number() over (partition by source_id order by min(best_date), host_country) as trip,
    min(best_date) as first_day,
    max(best_date) as last_day,
    bool_and(factuality = 'planned') as is_planned,
    bool_and(best_date_basis = 'publication') as is_inferred,
    arg_min(best_date_basis, best_date) as date_basis,
    list_sort(list_distinct(list(target))) as hosts,
    list_sort(list_distinct(list(event_id))) as event_ids
from numbered
group by source_id, host_country, stay
