-- What share of the aid from one donor to one recipient in a year went to which purpose?
-- Each flow counts once (aid_flows); where a report tells no purpose in words, the sector stands for it. What a total
-- leaves unexplained is a row of its own with purpose null, so the shares of a donor, recipient and year add up to 1.
-- donor: Who gives.
-- recipient: Who receives.
-- year: First year of the money; where none is told, the year of the first report.
-- purpose: What it is for, in the words of a report; else the name of the sector; null where not explained.
-- purpose_code: OECD DAC sector or CRS purpose, where one is known.
-- amount_usd: Aid for the purpose, in nominal US dollars.
-- total_usd: All aid from the donor to the recipient in these years.
-- share: amount_usd as a part of total_usd, 0 to 1.
-- figure_ids: Figures behind the row (key of financial_figures).
-- last_year: Last year of money of several years.
select
    aid_given.donor,
    aid_given.recipient,
    aid_given.year,
    any_value(coalesce(aid_given.purpose, aid_given.sector_name)) as purpose,
    min(aid_given.purpose_code) as purpose_code,
    sum(aid_given.amount_usd) as amount_usd,
    sum(sum(aid_given.amount_usd)) over whole as total_usd,
    sum(aid_given.amount_usd)::double / (sum(sum(aid_given.amount_usd)) over whole)::double as share,
    list_sort(list_distinct(flatten(list(flow_figures.figure_ids)))) as figure_ids,
    aid_given.last_year
from aid_given
inner join flow_figures on aid_given.flow_id = flow_figures.flow_id
where
    aid_given.is_public
    and aid_given.finance_group = 'aid'
    and aid_given.recipient is not null
    and aid_given.amount_usd > 0
group by
    aid_given.donor,
    aid_given.recipient,
    aid_given.year,
    aid_given.last_year,
    lower(coalesce(aid_given.purpose, aid_given.sector_name))
window whole as (partition by aid_given.donor, aid_given.recipient, aid_given.year, aid_given.last_year)
order by donor asc, recipient asc, year asc, amount_usd desc
