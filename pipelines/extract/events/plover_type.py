"""The type that PLOVER's own rules give an event, beside ours."""

from __future__ import annotations

from pipelines.reference.plover import Trigger

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})


def plover_type(trigger: Trigger, factuality: str) -> str | None:
    """What PLOVER 0.8 codes: signing is SUPPORT, a planned cooperative act AGREE, a planned hostile one THREATEN."""
    return plover_type_of("SUPPORT" if trigger.mode == "sign" else trigger.type, factuality)


def plover_type_of(kind: str, factuality: str) -> str | None:
    """The same of a type of ours."""
    if factuality == "negated":
        return "REJECT" if kind in _COOPERATIVE | _YIELDING | {"AGREE"} else None
    if factuality == "planned":
        if kind in _COOPERATIVE | _YIELDING:
            return "AGREE"
        if kind in _HOSTILE:
            return "THREATEN"
    return kind
