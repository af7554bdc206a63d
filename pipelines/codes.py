"""The codes of the warehouse: every closed list of values, once, for facts, tables, the reader and training.

A code is a string (`StrEnum`): it goes into frames, Parquet and SQL as it stands. Meanings: docs/terms.md and the labelling
guidelines. The order of members is kept (a new one is added at the end): enumerations of tables have it. What belongs
here: values that a column may have. What does not: words of texts, thresholds, the order of a network's outputs (that is a
release's own, `pipelines.reader`), and lists with a source and a date (`reference/`).
"""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """Acts in PLOVER's terms (0.8), from cooperation to force."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class EventMode(StrEnum):
    """How an act was done, in PLOVER's terms; each belongs to one or two types."""

    VISIT = "visit"
    THIRD_PARTY = "third-party"
    MULTILATERAL = "multilateral"
    PHONE = "phone"
    ASSIST = "assist"
    CHANGE = "change"
    YIELD = "yield"
    MEET = "meet"
    DISAPPROVE = "disapprove"
    INVESTIGATE = "investigate"
    ALLEGE = "allege"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    DISARM = "disarm"
    CEASEFIRE = "ceasefire"
    ACCESS = "access"
    RESIGN = "resign"
    RESTRICT = "restrict"
    ARREST = "arrest"
    RELATIONS = "relations"
    EXPEL = "expel"
    TERRITORY = "territory"
    VIOLENCE = "violence"
    DEMO = "demo"
    RIOT = "riot"
    STRIKE = "strike"
    HUNGER = "hunger"
    BOYCOTT = "boycott"
    OBSTRUCT = "obstruct"
    VANDALIZE = "vandalize"
    CONVICT = "convict"
    DISCONTINUE = "discontinue"
    TROOPS = "troops"
    WEAPONS = "weapons"
    POLICE = "police"
    MILITIA = "militia"
    SEIZE = "seize"
    CENSOR = "censor"
    CURFEW = "curfew"
    MARTIAL_LAW = "martial-law"
    DEPORT = "deport"
    WITHHOLD = "withhold"
    CYBER = "cyber"
    ABDUCT = "abduct"
    BEAT = "beat"
    TORTURE = "torture"
    TARGETED = "targeted"
    DESTROY = "destroy"
    FIREARMS = "firearms"
    EXPLOSIVES = "explosives"
    SUICIDE_ATTACK = "suicide-attack"
    AERIAL = "aerial"
    DRONE = "drone"
    HEAVY_WEAPONS = "heavy-weapons"
    CROWD_CONTROL = "crowd-control"


class Factuality(StrEnum):
    """Whether a text tells something as done, as to come, as possible, or as not so."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


class DatePrecision(StrEnum):
    """How exact an event's date is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    UNKNOWN = "unknown"


class BestDateBasis(StrEnum):
    """Whether an event's best date is told by the text, and how exactly, or is the day of publication."""

    TOLD = "told"
    TOLD_WEEK = "told: week"
    TOLD_MONTH = "told: month"
    TOLD_QUARTER = "told: quarter"
    TOLD_YEAR = "told: year"
    PUBLICATION = "publication"


class Side(StrEnum):
    """The sides of an event."""

    SOURCE = "source"
    RECIPIENT = "recipient"


class ActorType(StrEnum):
    """What kind of actor somebody is."""

    COUNTRY = "country"
    PERSON = "person"
    GOVERNMENT_BODY = "government_body"
    ARMED_FORCES = "armed_forces"
    IGO = "igo"
    NGO = "ngo"
    COMPANY = "company"
    MEDIA = "media"
    ARMED_GROUP = "armed_group"
    POLITICAL_PARTY = "political_party"
    POPULATION = "population"
    OTHER_ORGANIZATION = "other_organization"


class MentionType(StrEnum):
    """How words stand for an actor."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    METONYM = "metonym"


class CountryBasis(StrEnum):
    """How an actor's state is known."""

    TOLD = "told"
    REGISTER = "register"
    INFERRED = "inferred"


class Qualifier(StrEnum):
    """How a number is hedged."""

    EXACT = "exact"
    APPROXIMATELY = "approximately"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class FigureKind(StrEnum):
    """What a sum of money is."""

    AID = "aid"
    LOAN = "loan"
    DEBT = "debt"
    INVESTMENT = "investment"
    TRADE = "trade"
    BUDGET = "budget"
    PENALTY = "penalty"
    PRICE = "price"
    OTHER = "other"


class FlowStage(StrEnum):
    """How far a grant or loan has come, as one report tells it."""

    PLEDGED = "pledged"
    COMMITTED = "committed"
    DISBURSED = "disbursed"
    REQUESTED = "requested"
    UNSPECIFIED = "unspecified"


class FinanceType(StrEnum):
    """What kind of money a flow is."""

    GRANT = "grant"
    IN_KIND = "in_kind"
    CONCESSIONAL_LOAN = "concessional_loan"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    EXPORT_CREDIT = "export_credit"
    DEBT_RELIEF = "debt_relief"
    MILITARY = "military"
    OTHER = "other"


class FlowStatus(StrEnum):
    """The furthest that a flow has come; the last three undo it."""

    REQUESTED = "requested"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    DISBURSED = "disbursed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    REPAID = "repaid"


class Direction(StrEnum):
    """Which way a sum of a report goes, where it is not given, promised or asked for."""

    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    REPAID = "repaid"
    DIVERTED = "diverted"


class DonorKind(StrEnum):
    """Who gives a flow: a state, an intergovernmental body, somebody private, or a group of which none is named ("donors")."""

    STATE = "state"
    IGO = "igo"
    PRIVATE = "private"
    GROUP = "group"


class FlowRole(StrEnum):
    """As what a figure speaks of a flow."""

    COUNTED = "counted"
    SAME = "same"
    PART = "part"
    TOTAL = "total"
    CUMULATIVE = "cumulative"
    SUPERSEDED = "superseded"
    CONTESTED = "contested"
    REJECTED = "rejected"
