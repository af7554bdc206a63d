-- What does each financial figure claim, and in which sentence, so that a reader can judge it?
with words as (
    select
        sentences.document_id,
        sentences.sentence_index,
        substr(documents.text, sentences.start_char + 1, sentences.end_char - sentences.start_char) as words
    from sentences
    inner join documents on sentences.document_id = documents.document_id
)

select
    figures.figure_id as id,
    documents.publisher,
    documents.published_on,
    documents.title,
    before.words as before,
    own.words as sentence,
    later.words as after,
    figures.text as figure,
    figures.amount,
    figures.amount_low,
    figures.amount_high,
    figures.currency,
    figures.qualifier,
    figures.figure_kind,
    figures.flow_stage,
    donors.name as donor,
    recipients.name as recipient,
    figures.purpose,
    figures.purpose_code,
    figures.period_start,
    figures.period_end,
    totals.text as part_of,
    figures.factuality,
    speakers.name as attributed_to,
    figures.rule
from financial_figures as figures
inner join documents on figures.document_id = documents.document_id
inner join words as own on figures.document_id = own.document_id and figures.sentence_index = own.sentence_index
left join words as before
    on figures.document_id = before.document_id and figures.sentence_index = before.sentence_index + 1
left join words as later
    on figures.document_id = later.document_id and figures.sentence_index = later.sentence_index - 1
left join actors as donors on figures.donor_id = donors.actor_id
left join actors as recipients on figures.recipient_id = recipients.actor_id
left join actors as speakers on figures.attributed_to = speakers.actor_id
left join financial_figures as totals on figures.part_of_figure_id = totals.figure_id
where figures.confidence >= $least and documents.duplicate_of is null
order by figures.figure_id
