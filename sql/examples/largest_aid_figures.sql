-- Which are the largest amounts of aid that are surely read, who gives them to whom, and in which words?
select
    sure_figures.figure_id,
    donors.name as donor,
    recipients.name as recipient,
    sure_figures.amount_usd,
    sure_figures.purpose,
    sure_figures.flow_stage,
    sure_figures.text as words,
    documents.published_on,
    documents.title
from sure_figures
inner join documents on sure_figures.document_id = documents.document_id
left join actors as donors on sure_figures.donor_id = donors.actor_id
left join actors as recipients on sure_figures.recipient_id = recipients.actor_id
where sure_figures.figure_kind = 'aid'
order by sure_figures.amount_usd desc nulls last, sure_figures.figure_id asc
limit 25
