-- Who imposed, announced, threatened or eased sanctions against whom, when?
-- SANCTION told as done is imposed, as planned announced; THREATEN with restrictions threatened; eased: a country that
-- sanctioned another before CONCEDEs to it or RETREATs.
-- event_id: Event (key of events).
-- action: imposed, announced, threatened or eased.
-- sender: Who does it.
-- sender_country: The state that the sender is or belongs to.
-- target: Against whom.
-- target_country: The state that the target is or belongs to.
-- mode: What kind (events.event_mode): discontinue, expel, withdraw, convict …
-- best_date: Day to count it on.
-- best_date_basis: told by the text, or publication.
-- confidence: Chance that the row is right.
-- sentence: The sentence that tells it.
with pairs as materialized (
    select *
    from event_pairs
    where event_type in ('SANCTION', 'THREATEN', 'CONCEDE', 'RETREAT') and source_id <> target_id
),

first_sanction as (
    select
        source_country,
        target_country,
        min(best_date) as since
    from pairs
    where event_type = 'SANCTION' and source_country <> target_country
    group by source_country, target_country
),

acts as (
    select
        pairs.*,
        case
            when pairs.event_type = 'SANCTION' and pairs.factuality = 'actual' then 'imposed'
            when pairs.event_type = 'SANCTION' then 'announced'
            when pairs.event_type = 'THREATEN' and pairs.event_mode = 'restrict' then 'threatened'
            when pairs.event_type <> 'THREATEN' and pairs.best_date > first_sanction.since then 'eased'
        end as action
    from pairs
    left join first_sanction
        on
            pairs.source_country = first_sanction.source_country
            and pairs.target_country = first_sanction.target_country
)

select
    acts.event_id,
    acts.action,
    acts.source as sender,
    acts.source_country as sender_country,
    acts.target,
    acts.target_country,
    acts.event_mode as mode,
    acts.best_date,
    acts.best_date_basis,
    acts.confidence,
    substr(documents.text, sentences.start_char + 1, sentences.end_char - sentences.start_char) as sentence
from acts
inner join documents on acts.document_id = documents.document_id
inner join sentences
    on acts.document_id = sentences.document_id and acts.sentence_index = sentences.sentence_index
where acts.action is not null
