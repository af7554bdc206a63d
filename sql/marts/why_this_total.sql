-- Why is a total what it is: which reports does it rest on, and what part does each play?
-- One row a figure and flow; figures of aid and loans that count for nothing stand here with the reason and no flow.
-- donor: Who gives or lends.
-- recipient: Who receives.
-- year: First year that a report of the flow tells.
-- flow_id: Flow (key of aid_flows).
-- flow_usd: What the flow adds to totals.
-- role: counted, same, part, total, cumulative, superseded, contested or rejected.
-- reason: Why, in words.
-- figure_id: Figure (key of financial_figures).
-- told: The words of the amount.
-- told_usd: The amount in nominal US dollars.
-- flow_stage: Stage that this report tells.
-- publisher: Who published it.
-- published_on: Day of publication.
-- title: Headline.
-- sentence: The sentence.
select
    donors.name as donor,
    recipients.name as recipient,
    aid_flows.year_start as year,
    aid_flow_reports.flow_id,
    aid_flows.amount_usd as flow_usd,
    aid_flow_reports.role,
    aid_flow_reports.reason,
    financial_figures.figure_id,
    financial_figures.text as told,
    financial_figures.amount_usd as told_usd,
    financial_figures.flow_stage,
    documents.publisher,
    documents.published_on,
    documents.title,
    substr(documents.text, sentences.start_char + 1, sentences.end_char - sentences.start_char) as sentence
from aid_flow_reports
inner join financial_figures on aid_flow_reports.figure_id = financial_figures.figure_id
inner join documents on financial_figures.document_id = documents.document_id
left join sentences
    on
        financial_figures.document_id = sentences.document_id
        and financial_figures.sentence_index = sentences.sentence_index
left join aid_flows on aid_flow_reports.flow_id = aid_flows.flow_id
left join actors as donors on coalesce(aid_flows.donor_id, financial_figures.payer_id) = donors.actor_id
left join actors as recipients on coalesce(aid_flows.recipient_id, financial_figures.payee_id) = recipients.actor_id
