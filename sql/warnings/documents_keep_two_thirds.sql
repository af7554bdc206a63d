-- Which documents lost more than a third of their characters in cleaning, so that a look at the cuts is due?
-- Not counted are headlines, bylines and datelines, whose words are in columns, and what an export puts around.
select
    'documents' as table_name,
    documents.document_id as row_key,
    documents.document_id,
    sum(document_cuts.char_count) as characters_cut,
    documents.char_count as characters_kept,
    arg_max(document_cuts.reason, document_cuts.char_count) as longest_for
from document_cuts
inner join documents on document_cuts.document_id = documents.document_id
where
    document_cuts.reason not in ('headline', 'byline', 'dateline', 'date line')
    and document_cuts.reason not like '% of the export'
group by documents.document_id, documents.char_count
having 2 * sum(document_cuts.char_count) > documents.char_count
order by characters_cut desc, row_key asc
