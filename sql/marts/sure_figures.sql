-- Which sums of money are read so surely that at least seven in ten of such rows are right?
-- The rows of `financial_figures` with is_sure, of documents that are no copies.
-- figure_id: Figure as one document reports it.
-- document_id: Document, by a hash of its content (key of documents).
-- sentence_index: Sentence of the document, counted from 0.
-- start_char: First character of the evidence in documents.text (Unicode code points from 0).
-- end_char: Character after the evidence: substr(text, start_char + 1, end_char - start_char).
-- text: The words of the amount.
-- amount: Amount in main units of the currency; null for a range.
-- amount_low: Lower end of a range.
-- amount_high: Upper end of a range.
-- currency: Currency (ISO 4217, historic codes too).
-- amount_usd: Amount in nominal US dollars; null where no rate is known.
-- usd_basis: What amount_usd rests on (stated, a rate, a mean), or why there is none.
-- amount_usd_constant: amount_usd in dollars of 2025 by the US consumer price index; null where no index is known.
-- usd_constant_basis: Basis of amount_usd_constant: index and years; or why none.
-- qualifier: How the number is hedged: exact, approximately, at_least, at_most.
-- figure_kind: What the money is.
-- flow_stage: How far an aid flow or loan has come.
-- payer_id: Who pays or lends: the giving end of any kind of money (key of actors).
-- payee_id: Who is paid: the receiving end of any kind of money (key of actors).
-- donor_id: The same as payer_id, of any kind of money; donors proper are those of aid_flows (key of actors).
-- recipient_id: The same as payee_id, of any kind of money; recipients proper are those of aid_flows (key of actors).
-- finance_type: Kind of aid or loan, where words tell.
-- direction: suspended, cancelled, repaid or diverted (stolen) money; null where it is given, promised or asked for.
-- rate_times: The amount is one year's, for so many years; 1 where they are not told.
-- channel_id: Through whom the money goes (via UNICEF) (key of actors).
-- joint_donor_ids: Further payers of one undivided sum (keys of actors).
-- is_conditional: Promised on a condition (if reforms go on).
-- is_cumulative: A running total (so far, since 1991).
-- is_total: Told as a total (in all, altogether).
-- is_sequel: Told as a further one (another, the second payment).
-- is_instalment: Told as an instalment of a larger sum (the first tranche).
-- is_each: Each of the payers gives this sum.
-- is_correction: Stands in a report that corrects an earlier one.
-- is_withdrawn: The report says that this sum was wrong.
-- purpose: What it is for, in the text's words.
-- purpose_code: OECD DAC sector (3 digits) or CRS purpose (5 digits).
-- purpose_name: Name of purpose_code.
-- period_start: First day of the time that the money covers or moved in.
-- period_end: Last day of that time.
-- part_of_figure_id: The stated total of which this is a part.
-- factuality: Whether the text tells it as actual, planned, possible or negated.
-- attributed_to: Who reports it, where the text says so (key of actors).
-- confidence: Chance that a strict reader calls the row right, 0 to 1.
-- rule: The row's evidence in one line, for people: the table evidence has it by field.
select
    financial_figures.figure_id,
    financial_figures.document_id,
    financial_figures.sentence_index,
    financial_figures.start_char,
    financial_figures.end_char,
    financial_figures.text,
    financial_figures.amount,
    financial_figures.amount_low,
    financial_figures.amount_high,
    financial_figures.currency,
    financial_figures.amount_usd,
    financial_figures.usd_basis,
    financial_figures.amount_usd_constant,
    financial_figures.usd_constant_basis,
    financial_figures.qualifier,
    financial_figures.figure_kind,
    financial_figures.flow_stage,
    financial_figures.payer_id,
    financial_figures.payee_id,
    financial_figures.donor_id,
    financial_figures.recipient_id,
    financial_figures.finance_type,
    financial_figures.direction,
    financial_figures.rate_times,
    financial_figures.channel_id,
    financial_figures.joint_donor_ids,
    financial_figures.is_conditional,
    financial_figures.is_cumulative,
    financial_figures.is_total,
    financial_figures.is_sequel,
    financial_figures.is_instalment,
    financial_figures.is_each,
    financial_figures.is_correction,
    financial_figures.is_withdrawn,
    financial_figures.purpose,
    financial_figures.purpose_code,
    financial_figures.purpose_name,
    financial_figures.period_start,
    financial_figures.period_end,
    financial_figures.part_of_figure_id,
    financial_figures.factuality,
    financial_figures.attributed_to,
    financial_figures.confidence,
    financial_figures.rule
from financial_figures
inner join documents on financial_figures.document_id = documents.document_id and documents.duplicate_of is null
where financial_figures.is_sure
