-- Which filled fields of events and figures have no evidence?
-- What fills a field says by what in the same step: one without evidence was filled by something that does not say so.
with filled as (
    select
        event_id as row_id,
        document_id,
        unnest([
            'event_type',
            case when event_mode is not null then 'event_mode' end,
            'factuality',
            case when coalesce(date_start, date_end) is not null then 'date' end,
            case when place_country is not null then 'place_country' end,
            case when attributed_to is not null then 'attributed_to' end
        ]) as field
    from events
    union all
    select distinct
        event_actors.event_id,
        events.document_id,
        event_actors.role::varchar
    from event_actors
    inner join events on event_actors.event_id = events.event_id
    union all
    select
        figure_id,
        document_id,
        unnest([
            'amount',
            case when figure_kind <> 'other' then 'figure_kind' end,
            case when flow_stage <> 'unspecified' then 'flow_stage' end,
            case when factuality <> 'actual' then 'factuality' end,
            case when payer_id is not null then 'payer' end,
            case when payee_id is not null then 'payee' end,
            case when purpose is not null then 'purpose' end,
            case when purpose_code is not null then 'purpose_code' end,
            case when coalesce(period_start, period_end) is not null then 'period' end,
            case when part_of_figure_id is not null then 'part_of' end,
            case when attributed_to is not null then 'attributed_to' end,
            case when finance_type is not null then 'finance_type' end,
            case when direction is not null then 'direction' end,
            case when rate_times is not null then 'rate_times' end,
            case when channel_id is not null then 'channel' end,
            case when len(joint_donor_ids) > 0 then 'joint_donors' end,
            case when is_conditional then 'is_conditional' end,
            case when is_cumulative then 'is_cumulative' end,
            case when is_total then 'is_total' end,
            case when is_sequel then 'is_sequel' end,
            case when is_instalment then 'is_instalment' end,
            case when is_each then 'is_each' end,
            case when is_correction then 'is_correction' end,
            case when is_withdrawn then 'is_withdrawn' end
        ])
    from financial_figures
)

select
    case when filled.row_id like 'ev_%' then 'events' else 'financial_figures' end as table_name,
    filled.row_id as row_key,
    filled.document_id,
    filled.field
from filled
anti join evidence on filled.row_id = evidence.row_id and filled.field = evidence.field
where filled.field is not null
order by 1, 2, 4
