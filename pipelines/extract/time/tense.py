"""What the tense of a clause tells of a date that names no year."""

from __future__ import annotations

from datetime import date

from pipelines.extract.time.calendar import Period
from pipelines.language.parse import Token
from pipelines.reference.word_lists import word_list

_OF_PLANS = word_list("sum_words.csv", "verbs of plans")


def is_future(token: Token) -> bool:
    """Whether the clause that a token stands in tells of what is to come."""
    verb: Token | None = token
    while verb is not None and verb.pos not in ("VERB", "AUX"):
        verb = None if verb.is_root else verb.head
    if verb is None:
        return False
    if verb.tag == "VBD":
        return False
    words = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
    if words & {"will", "shall", "'ll", "wo", "would"}:
        return True
    if words & {"has", "have", "had", "was", "were", "did"}:
        return False
    if "to" in words and verb.tag == "VB":
        return True
    return verb.tag in ("VBZ", "VBP", "VBG") and verb.lemma in _OF_PLANS


def _names_event(token: Token) -> bool:
    """Whether a month is part of an event's name ("after the January earthquake"): the tense around it is none of the event's."""
    is_of_noun = token.dep in ("compound", "nmod") and token.head.pos == "NOUN"
    return is_of_noun and any(c.lower in ("the", "this", "that") for c in token.head.children)


def _days_off(period: Period, today: date) -> int:
    """Days between a time and today; none where today is within it."""
    if period.start is None or period.end is None or period.start <= today <= period.end:
        return 0
    return min(abs((period.start - today).days), abs((period.end - today).days))


def nearest(options: list[Period], token: Token, today: date) -> Period | None:
    """Of the same day or month in three years the one that the tense asks for, else the nearest to publication."""
    past = [o for o in options if o.start and o.start <= today]
    if _names_event(token):
        dated = [o for o in options if o.start and o.end]
        return min(dated, key=lambda o: _days_off(o, today)) if dated else None
    if is_future(token):
        coming = [o for o in options if o.end and o.end >= today]
        # "Venezuela will repay under the February 27 accord": a day some weeks back is meant before one ten months ahead.
        lately = past[-1].end if past else None
        if (
            lately is not None
            and coming
            and coming[0].start
            and (today - lately).days < 90 < (coming[0].start - today).days - 110
        ):
            return past[-1]
        return coming[0] if coming else None
    best_past = past[-1] if past else None
    coming = [o for o in options if o.start and o.start > today]
    if best_past is None:
        return coming[0] if coming else None
    # Without a sign of the future, a date some weeks ahead is still likelier than one eleven months back.
    if (
        coming
        and coming[0].start
        and best_past.start
        and (coming[0].start - today).days < 45 < (today - best_past.start).days - 200
    ):
        verb = token.head
        return best_past if verb.tag in ("VBD", "VBN") else coming[0]
    return best_past
