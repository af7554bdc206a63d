"""What a reader says of one document: plain data, all that extraction and storage know of it.

Words are token indices of the document's `Parse`, probabilities lie in 0..1. Who or what stands at a word, which day an
expression means and how much an amount is, is decided after it, by `extract`; so are all thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A label, and the second best with its probability."""

    label: str
    probability: float
    runner_up: str | None = None
    runner_up_probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """From an anchor to a word: `relation` is one of `labels.RELATIONS`."""

    relation: str
    word: int
    probability: float


@dataclass(frozen=True, slots=True)
class TriggerReading:
    """A word that may tell an event. `probability` is of any event; the type's is given that there is one."""

    word: int
    probability: float
    type: Choice
    mode: Choice
    factuality: Choice
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AmountReading:
    """An amount of money by the number word that anchors it."""

    word: int
    kind: Choice
    stage: Choice
    factuality: Choice
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MentionReading:
    """A word that a trigger or an amount may lead to as an actor: other words for the same one, and words that tell its state."""

    word: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a document, each in the order of the text."""

    triggers: tuple[TriggerReading, ...] = ()
    amounts: tuple[AmountReading, ...] = ()
    mentions: tuple[MentionReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reader is told of a document beside its parse: character spans of amounts of money and of time expressions."""

    amounts: tuple[tuple[int, int], ...]
    times: tuple[tuple[int, int], ...]
