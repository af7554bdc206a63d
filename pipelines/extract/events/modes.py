"""PLOVER modes that the trigger alone does not tell: what is mobilized, what is threatened, how many meet."""

from __future__ import annotations

from pipelines.extract.facts import Participant
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes

_POLICE = frozenset(["police", "policeman", "constable", "gendarme"])
_MILITIA = frozenset(["militia", "militiaman", "paramilitary", "reservist"])
_PEOPLE_IN_ARMS = frozenset([
    "troop", "soldier", "force", "army", "brigade", "battalion", "regiment", "marine", "peacekeeper",
    "reinforcement", "unit", "guard", "garrison", "contingent", "division", "personnel"
])  # fmt: skip
_THREATS = {
    "violence": frozenset(
        [
            "attack",
            "strike",
            "retaliate",
            "retaliation",
            "war",
            "force",
            "invade",
            "bomb",
            "kill",
            "destroy",
            "annihilate",
            "fight",
            "military",
            "respond",
            "response",
            "punish",
            "crush",
            "hit",
            "shoot",
            "missile",
            "execute",
            "revenge",
            "avenge",
            "consequence",
        ]
    ),
    "restrict": frozenset(
        [
            "sanction",
            "embargo",
            "boycott",
            "tariff",
            "cut",
            "suspend",
            "freeze",
            "ban",
            "block",
            "withhold",
            "halt",
            "restrict",
        ]
    ),
    "relations": frozenset(["expel", "sever", "tie", "relation", "recall", "ambassador", "withdraw"]),
    "arrest": frozenset(["arrest", "prosecute", "jail", "detain", "imprison"]),
}
_SUMMIT = frozenset({"summit", "conference"})
_DEEPEST = 4


def mode_of(token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant]) -> str | None:
    """The mode of an event, or None where its type has none or the text does not tell."""
    if trigger.type == "MOBILIZE":
        return trigger.mode or _mobilized(_words(token))
    if trigger.type == "THREATEN":
        words = _words(token)
        return next((mode for mode, told in _THREATS.items() if told & words), None)
    if trigger.type == "CONSULT" and trigger.mode == "meet":
        parties = {p.entity for p in (*sources, *recipients)}
        return "multilateral" if len(parties) > 2 or _words(token) & _SUMMIT else "meet"
    if trigger.type == "CONSULT" and trigger.mode == "phone" and trigger.pos == "noun":
        # A conversation is one by telephone only where the words say so.
        told = {c.lemma.lower() for c in token.children}
        return "phone" if trigger.lemma == "call" or told & {"phone", "telephone"} else None
    if trigger.type == "ASSAULT" and trigger.mode is None:
        return "heavy-weapons" if _words(token) & object_classes()["heavy_weapons"] else None
    return None if trigger.mode == "sign" else trigger.mode


def _mobilized(words: frozenset[str]) -> str:
    if words & _POLICE:
        return "police"
    if words & _MILITIA:
        return "militia"
    if words & object_classes()["military"] and not words & _PEOPLE_IN_ARMS:
        return "weapons"
    return "troops"


def _words(token: Token) -> frozenset[str]:
    """Lemmas of a predicate and of what it governs, four levels deep."""
    found = {token.lemma.lower()}
    level = [token]
    for _ in range(_DEEPEST):
        level = [c for t in level for c in t.children if c.dep not in ("relcl", "conj")]
        found.update(t.lemma.lower() for t in level)
    return frozenset(found)
