"""What kind of organisation a name is, told by its words."""

from __future__ import annotations

# Checked in this order; the first group with a word in the name decides.
_TYPE_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("igo", frozenset("u.n. un united-nations nato eu".split())),
    (
        "government_body",
        frozenset(
            "ministry department embassy consulate parliament congress senate assembly cabinet court courts duma majlis bundestag"
            " knesset treasury administration commission committee council authority bureau secretariat directorate legislature"
            " prosecutor police customs presidency mission office house central ministries tribunal agency reserve board".split()
        ),
    ),
    (
        "armed_forces",
        frozenset("army navy force forces guard guards marines military battalion brigade regiment corps command fleet".split()),
    ),
    ("political_party", frozenset("party democrats republicans socialists conservatives communists".split())),
    (
        "media",
        frozenset("news newspaper times post radio television tv daily journal tribune herald gazette magazine press broadcasting".split()),
    ),
    (
        "armed_group",
        frozenset("front liberation brigades militia jihad rebels guerrillas guerrilla insurgents cartel tigers mujahideen".split()),
    ),
    (
        "company",
        frozenset(
            "corp corp. inc inc. ltd ltd. co co. plc llc group bank banks airlines airways industries holdings company companies"
            " oil gas petroleum motors steel electric systems energy insurance ag sa nv gmbh spa securities financial mining".split()
        ),
    ),
    ("ngo", frozenset("foundation relief charity watch society association federation union trust fund".split())),
)
_CENTRAL_BANK = frozenset({"central bank", "reserve bank", "national bank", "export-import bank", "eximbank", "exim bank"})
BODY_HEADS = frozenset(
    "ministry department embassy consulate parliament congress senate assembly cabinet court treasury commission agency"
    " authority council committee mission bureau administration".split()
)


def type_of(name: str) -> str:
    """Actor type of an organisation's name; other_organization where no word tells."""
    lowered = name.lower()
    if any(phrase in lowered for phrase in _CENTRAL_BANK):
        return "government_body"
    words = set(lowered.replace("united nations", "united-nations").replace(",", " ").split())
    if {"university", "college", "institute", "school", "hospital", "church"} & words:
        return "other_organization"
    if "news" in words and "agency" in words:
        return "media"
    if words & {"corp", "corp.", "inc", "inc.", "ltd", "ltd.", "plc", "llc", "co", "co."}:
        return "company"
    if words & {"liberation", "rebels", "guerrillas", "militia"}:
        return "armed_group"
    for kind, telling in _TYPE_WORDS:
        if words & telling:
            return kind
    return "other_organization"
