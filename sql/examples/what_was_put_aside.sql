-- What could not be loaded, and why?
select
    stage,
    reason,
    count(*) as inputs,
    min(source_path) as example,
    arg_min(detail, source_path) as detail
from quarantine
group by stage, reason
order by inputs desc, stage asc, reason asc
