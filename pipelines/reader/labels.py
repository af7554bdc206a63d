"""What the reader can say: its codes in the order of the network's outputs, and its relations between words."""

from __future__ import annotations

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
MODES = (
    "visit", "third-party", "multilateral", "phone", "assist", "change", "yield", "meet", "disapprove", "investigate",
    "allege", "withdraw", "release", "disarm", "ceasefire", "access", "resign", "restrict", "arrest", "relations", "expel",
    "territory", "violence", "demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize", "convict",
    "discontinue", "troops", "weapons", "police", "militia", "seize", "censor", "curfew", "martial-law", "deport",
    "withhold", "cyber", "abduct", "beat", "torture", "targeted", "destroy", "firearms", "explosives", "suicide-attack",
    "aerial", "drone", "heavy-weapons", "crowd-control",
)  # fmt: skip
FACTUALITIES = ("actual", "planned", "possible", "negated")
KINDS = ("aid", "loan", "debt", "investment", "trade", "budget", "penalty", "price", "other")
STAGES = ("pledged", "committed", "disbursed", "requested", "unspecified")
# Sectors of the OECD DAC that the labels have (not an output: `extract/money/purpose_model.py` tells them); education, health and energy at the heads that news tells apart.
SECTORS = (
    "110", "120", "130", "140", "151", "152", "160", "210", "220", "230", "240", "250", "311", "312", "313", "321", "322", "331",
    "332", "410", "430", "510", "520", "530", "600", "720", "730", "740", "910", "930", "998",
)  # fmt: skip
# From a trigger, an amount or a word that stands for an actor to another word. Source and recipient may lead to several words,
# each other to one at most.
RELATIONS = (
    "source", "recipient", "time", "place", "attributed", "payer", "payee", "total", "purpose_first", "purpose_last", "same", "state",
)  # fmt: skip
# Of words that stand for an actor: to another word for the same one, and to a word that tells its state.
OF_MENTIONS = frozenset({"same", "state"})
# What an anchor is to the network that scores its links: an amount, a trigger of a type (1 + its number), or a mention.
AMOUNT, MENTION = 0, 1 + len(TYPES)
SEVERAL = frozenset({"source", "recipient"})


def asked_of(anchor: int) -> frozenset[str]:
    """The relations that are asked of an anchor: AMOUNT, 1 + the number of a trigger's type, or MENTION."""
    if anchor == MENTION:
        return OF_MENTIONS
    not_asked = {"source", "recipient", "place"} if anchor == AMOUNT else _OF_AMOUNTS
    return frozenset(RELATIONS) - OF_MENTIONS - not_asked


_OF_AMOUNTS = frozenset({"payer", "payee", "total", "purpose_first", "purpose_last"})
_MODES_OF_TYPES = {
    "CONSULT": "visit third-party multilateral phone",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold cyber",
    "ASSAULT": "abduct beat torture targeted destroy firearms explosives suicide-attack aerial drone heavy-weapons crowd-control",
}
# The modes of each type, of PLOVER 0.8.
MODES_OF: dict[str, frozenset[str]] = {kind: frozenset(modes.split()) for kind, modes in _MODES_OF_TYPES.items()}
