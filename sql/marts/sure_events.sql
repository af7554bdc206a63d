-- Which events are told so plainly that at least seven in ten of such rows are right?
-- The rows of `events` with is_sure, of documents that are no copies.
-- event_id: Event as one document reports it.
-- document_id: Document, by a hash of its content (key of documents).
-- sentence_index: Sentence of the document, counted from 0.
-- start_char: First character of the evidence in documents.text (Unicode code points from 0).
-- end_char: Character after the evidence: substr(text, start_char + 1, end_char - start_char).
-- trigger: The words that carry the event.
-- event_type: The act, in PLOVER's terms.
-- event_mode: PLOVER mode of the act (visit, convict …).
-- plover_type: What PLOVER 0.8 codes (a planned cooperative act is AGREE); null when it codes none.
-- rule: The row's evidence in one line, for people: the table evidence has it by field.
-- date_start: First day on which it can have happened.
-- date_end: Last such day; null where open or unknown.
-- date_precision: How exact the date is.
-- date_basis: What the date rests on: clause, sentence, document.
-- best_date: Day to count it on: date_start where told, else the day of publication (best_date_basis).
-- best_date_basis: Whether best_date is told by the text, and how exactly, or only inferred from publication.
-- place: Where it happens, in the text's words.
-- place_country: Country of the place (ISO 3166-1 alpha-3).
-- factuality: Whether the text tells it as actual, planned, possible or negated.
-- attributed_to: Who reports it, where the text says so (key of actors).
-- confidence: Share of such rows of news that a strict reader finds right in type and both sides, 0 to 1.
-- story_event_id: Shared by reports of one event: same act, same two sides, same day.
select
    events.event_id,
    events.document_id,
    events.sentence_index,
    events.start_char,
    events.end_char,
    events.trigger,
    events.event_type,
    events.event_mode,
    events.plover_type,
    events.rule,
    events.date_start,
    events.date_end,
    events.date_precision,
    events.date_basis,
    events.best_date,
    events.best_date_basis,
    events.place,
    events.place_country,
    events.factuality,
    events.attributed_to,
    events.confidence,
    events.story_event_id
from events
inner join documents on events.document_id = documents.document_id and documents.duplicate_of is null
where events.is_sure
