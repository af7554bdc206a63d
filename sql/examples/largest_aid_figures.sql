-- Which are the largest amounts of aid, who gives them to whom, and in which words?
select
    financial_figures.figure_id,
    donors.name as donor,
    recipients.name as recipient,
    financial_figures.amount_usd,
    financial_figures.purpose,
    financial_figures.flow_stage,
    financial_figures.text as words,
    documents.published_on,
    documents.title
from financial_figures
inner join documents on financial_figures.document_id = documents.document_id
left join actors as donors on financial_figures.donor_id = donors.actor_id
left join actors as recipients on financial_figures.recipient_id = recipients.actor_id
where financial_figures.figure_kind = 'aid' and documents.duplicate_of is null
order by financial_figures.amount_usd desc nulls last, financial_figures.figure_id asc
limit 25
