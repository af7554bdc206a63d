-- Which rows broke a rule and went to quarantine, the others being published without them?
select
    'quarantine' as table_name,
    concat_ws('#', source_path, record_index) as row_key,
    reason,
    detail
from quarantine
where stage = 'publish'
