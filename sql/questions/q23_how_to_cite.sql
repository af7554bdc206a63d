-- How is a row cited: outlet, title, day, address, sentence, hash and version?
select f.figure_id, concat_ws(', ', d.publisher, '"' || d.title || '"', d.published_on, d.url) || ', sentence ' ||
    f.sentence_index || ', sha256 ' || left(d.text_sha256, 12) || ', newsledger ' || r.version as citation
from financial_figures as f inner join documents as d using (document_id),
    (select version from runs order by started_at desc limit 1) as r
