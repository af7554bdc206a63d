"""The type that PLOVER's own rules give an event, beside ours."""

from __future__ import annotations

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})


def plover_type(kind: str, factuality: str) -> str | None:
    """What PLOVER 0.8 codes for a type of ours: a planned cooperative act is AGREE, a planned hostile one THREATEN; None for none."""
    if factuality == "negated":
        return "REJECT" if kind in _COOPERATIVE | _YIELDING | {"AGREE"} else None
    if factuality == "planned":
        if kind in _COOPERATIVE | _YIELDING:
            return "AGREE"
        if kind in _HOSTILE:
            return "THREATEN"
    return kind
