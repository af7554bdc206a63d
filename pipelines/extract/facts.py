"""What extraction hands out for one document: plain rows with offsets.

Actors are document-local here: an `int` names an `Entity` of the same document by its index. Resolution
turns these into `actor_id`s once all documents are known. Offsets are code points into the cleaned text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipelines.codes import DatePrecision, Factuality, FigureKind, FlowStage, Qualifier


@dataclass(slots=True)
class Entity:
    """One actor as one document tells it: all its mentions in the document share it.

    `name` is the fullest form without title ("Donald Rumsfeld", "United States"); `country` ISO 3166-1
    alpha-3 of the state it is or belongs to; `role` the title as the text has it ("Defense Secretary");
    `aliases` the other surface forms that stand for it by name, `abbreviation` its short form where told.
    `wikidata_id` only from a bundled, licensed list. `country_basis` says how the state is known: told (by the text), register
    (a list of names, offices or titles) or inferred (from the company it keeps); `country_probability` how surely.
    """

    index: int
    name: str
    actor_type: str
    country: str | None = None
    role: str | None = None
    aliases: list[str] = field(default_factory=list)
    abbreviation: str | None = None
    wikidata_id: str | None = None
    country_basis: str | None = None
    country_probability: float = 1.0


@dataclass(slots=True)
class Mention:
    """Words that stand for an entity. `mention_type`: name, nominal, pronoun or metonym.

    `probability` is what told of it says: of a word that was resolved the network's, of a name that of its kind by rule; what rests on
    the mention goes by it. `confidence` is the calibrated chance that the row is right (`sureness`).
    """

    index: int
    entity: int
    sentence_index: int
    start_char: int
    end_char: int
    text: str
    mention_type: str
    role: str | None = None
    probability: float = 1.0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity taking part in something, and the mention that shows it (None where it is inferred)."""

    entity: int
    mention: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a word stands for: `entities` together ("the two countries" has two), with the mentions that show them there.

    `probability` is the chance that the answer is right, given that the word stands for an actor; `stands` that it does;
    `runner_up` the next best answer and its probability.
    """

    entities: tuple[int, ...]
    mentions: tuple[int, ...]
    probability: float
    runner_up: tuple[tuple[int, ...], float] | None = None
    stands: float = 1.0


@dataclass(slots=True)
class TimeExpression:
    """A date, time, duration or set. `value` is TIMEX3 (2003-08, 2004-W08, P5Y, PRESENT_REF).

    `date_start` and `date_end` are both inclusive days; None where it names no calendar period.
    """

    sentence_index: int
    start_char: int
    end_char: int
    text: str
    value: str | None
    date_start: date | None = None
    date_end: date | None = None


@dataclass(slots=True)
class Quote:
    """A quotation: the words between the marks (direct) or the clause of what was said (indirect)."""

    sentence_index: int
    start_char: int
    end_char: int
    text: str
    is_direct: bool
    speaker: int | None = None
    speaker_text: str | None = None


@dataclass(slots=True)
class Quantity:
    """A count or measure that is not money. `qualifier`: exact, approximately, at_least, at_most."""

    sentence_index: int
    start_char: int
    end_char: int
    text: str
    value: Decimal | None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    counted: str | None = None
    qualifier: str = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What one field of an event or a figure rests on.

    `value` is what the field says, as text; `made_by` the reader or the step that made it; `probability` in
    0..1, None where what made it gives none; `runner_up` the next likely value with its probability ("COERCE .04");
    `start_char` and `end_char` its words, code points into the cleaned text, half-open, None where it has none.
    """

    field: str
    value: str | None
    made_by: str
    probability: float | None = None
    start_char: int | None = None
    end_char: int | None = None
    runner_up: str | None = None


@dataclass(slots=True)
class Terms:
    """What the words say of a sum beside its amount, kind and ends: on what terms it moves, and what else it counts.

    `finance_type` as in tables.flows; `direction`: suspended, cancelled, repaid, diverted (stolen), None where it is given.
    `rate_times`: the sum is one year's, given for so many years (1: every year, for no told time). `channel` and
    `joint_donors` are entities, `is_each`: each of them gives the sum. `is_sequel`: told as a further one; `is_instalment`: paid of a
    larger sum, `rate_times` times if so told; `is_withdrawn`: the paper says that this sum was wrong, or holds no longer.
    """

    finance_type: str | None = None
    direction: str | None = None
    rate_times: int | None = None
    channel: int | None = None
    joint_donors: list[int] = field(default_factory=list)
    is_conditional: bool = False
    is_cumulative: bool = False
    is_total: bool = False
    is_sequel: bool = False
    is_instalment: bool = False
    is_each: bool = False
    is_correction: bool = False
    is_withdrawn: bool = False


@dataclass(slots=True)
class Figure:
    """An amount of money with what the text says of it. `part_of` is the index of the total in the same list.

    `amount` is in main units of `currency`; None for a range, which has `amount_low` and `amount_high`.
    `usd_stated` is the amount in US dollars that the text itself gives for the same money.
    """

    sentence_index: int
    start_char: int
    end_char: int
    text: str
    amount: Decimal | None
    amount_low: Decimal | None = None
    amount_high: Decimal | None = None
    currency: str | None = None
    usd_stated: Decimal | None = None
    qualifier: str = Qualifier.EXACT
    figure_kind: str = FigureKind.OTHER
    flow_stage: str = FlowStage.UNSPECIFIED
    payer: int | None = None
    payee: int | None = None
    purpose: str | None = None
    purpose_code: str | None = None
    purpose_name: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    part_of: int | None = None
    factuality: str = Factuality.ACTUAL
    attributed_to: int | None = None
    confidence: float = 0.5
    terms: Terms = field(default_factory=Terms)
    open_payer: float | None = None  # how likely it is that the text names no payer, where none was found
    open_payee: float | None = None
    evidence: list[FieldEvidence] = field(default_factory=list)


@dataclass(slots=True)
class Event:
    """A political interaction (PLOVER).

    `date_basis`: clause, sentence, document or None; `date_precision`: day, week, month, quarter, year, unknown.
    """

    sentence_index: int
    start_char: int
    end_char: int
    trigger: str
    event_type: str
    event_mode: str | None = None
    plover_type: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = DatePrecision.UNKNOWN
    date_basis: str | None = None
    place: str | None = None
    place_country: str | None = None
    factuality: str = Factuality.ACTUAL
    attributed_to: int | None = None
    confidence: float = 0.5
    sources: list[Participant] = field(default_factory=list)
    recipients: list[Participant] = field(default_factory=list)
    evidence: list[FieldEvidence] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """All that one document yields."""

    document_id: str
    entities: list[Entity]
    mentions: list[Mention]
    time_expressions: list[TimeExpression]
    quotes: list[Quote]
    quantities: list[Quantity]
    figures: list[Figure]
    events: list[Event]
