"""What a noun says of the money that it carries: "loan", "tax credit", "coffee earnings", "a $5 million dam"."""

from __future__ import annotations

from functools import cache

from pipelines.language.parse import Token
from pipelines.reference import rows

# Head nouns to kinds. Compiled by us after gold/GUIDELINES' definitions.
NOUNS: dict[str, str] = {}
for _kind, _words in {
    "loan": "loan lending credit borrowing facility mortgage syndication advance overdraft",
    "aid": "pledge aid assistance grant donation relief contribution gift subsidy handout scholarship allotment bailout support cooperation help handover",
    "debt": "debt arrears repayment indebtedness liability bond note debenture paper eurobond",
    "investment": "investment stake fdi acquisition takeover venture equity shareholding fund buyout",
    "trade": "export import trade sale contract deal order purchase shipment delivery arms turnover revenue billing rev",
    "budget": "budget spending expenditure cost project appropriation outlay funding program programme bill plan expense stimulus scheme deficit",
    "penalty": "fine penalty compensation damages settlement ransom restitution reparation bail",
    "price": "price fare fee rate wage salary ticket rent toll bonus pay paycheck premium",
    "other": "profit loss income earnings asset gdp economy capital reserve deposit surplus dividend turnover reward bounty prize benefit tax levy duty tariff theft fraud swindle scam capitalization valuation wealth fortune saving gain net",
}.items():  # fmt: skip
    for _word in _words.split():
        NOUNS.setdefault(_word, _kind)
_AID_ADJECTIVES = frozenset([
    "military", "economic", "humanitarian", "foreign", "financial", "technical", "security", "emergency",
    "development", "bilateral", "food"
])  # fmt: skip
# What makes of a contribution or donation something else than aid.
_DOMESTIC = frozenset(
    {"campaign", "political", "election", "party", "pension", "retirement", "budget", "soft-money", "tax"}
)
# Heads that leave the kind to the noun before them: "aid package", but not "loan losses" or "credit system".
PLAIN_HEADS = frozenset([
    "package", "program", "programme", "agreement", "deal", "plan", "accord", "pact", "facility", "line", "money",
    "payment", "commitment", "fund", "bill", "request", "proposal", "offer", "pledge", "contract", "scheme",
    "operation", "portfolio", "tranche", "bid", "figure", "level"
])  # fmt: skip
# Kinds that a noun before such a head gives it.
_LENT = frozenset({"loan", "aid", "debt", "penalty", "investment"})
_EXTERNAL = frozenset({"trade", "current", "account", "payment", "payments", "commercial", "export", "merchandise"})
_PUBLIC = frozenset({"tax", "government", "federal", "state", "budget", "fiscal", "public"})
_SERVICES = frozenset(
    ["electric", "electricity", "utility", "medical", "phone", "heating", "legal", "hospital", "hotel", "grocery"]
)
# What an earning is of, where it is no company's result.
_SOLD_ABROAD = frozenset([
    "export", "oil", "coffee", "cocoa", "copper", "tourism", "cotton", "tea", "gas", "exchange", "sugar", "mineral",
    "tourist", "currency"
])  # fmt: skip
_AGREED = frozenset({"deal", "contract", "order", "delivery"})
# A noun whose kind hangs on what stands before it: (modifiers, kind), the first that fits; then the kind without any.
_BY_MODIFIER: dict[str, tuple[list[tuple[frozenset[str], str | None]], str | None]] = {
    "rate": ([(frozenset({"interest", "tax", "growth", "exchange", "inflation"}), None)], "price"),
    "paper": ([(frozenset({"commercial"}), "debt")], None),
    "facility": ([(frozenset({"credit", "loan"}), "loan")], None),
    "credit": ([(frozenset({"tax", "carbon", "course"}), "other")], "loan"),
    "relationship": ([(frozenset({"trade"}), "trade")], None),
    "volume": ([(frozenset({"trade"}), "trade")], None),
    "flow": ([(frozenset({"trade"}), "trade")], None),
    "gap": ([(_EXTERNAL, "trade"), (_PUBLIC, "budget")], None),
    "deficit": ([(_EXTERNAL, "trade")], "budget"),
    "surplus": ([(_EXTERNAL, "trade"), (_PUBLIC, "budget")], "other"),
    "earnings": ([(_SOLD_ABROAD, "trade")], "other"),
    "earning": ([(_SOLD_ABROAD, "trade")], "other"),
    "revenue": ([(_PUBLIC, "budget"), (frozenset({"lost"}), "other")], "trade"),
    "relief": ([(frozenset({"tax", "sanction"}), "other")], "aid"),
    "cut": ([(frozenset({"tax"}), "budget")], None),
    "order": ([(frozenset({"executive", "court"}), None)], "trade"),
    "fund": ([], None),
    "issue": (
        [
            (frozenset({"bond", "note", "eurobond", "debt", "pct", "percent", "%", "debenture"}), "debt"),
            (frozenset({"share", "rights", "stock", "equity"}), "investment"),
        ],
        None,
    ),
}  # fmt: skip


_UNDERTAKINGS = frozenset(["campaign", "initiative", "mission", "expansion", "renovation", "upgrade"])


@cache
def _goods() -> dict[str, str]:
    """Nouns for things that are sold ("good") and for works that are built ("work")."""
    return {row["lemma"]: row["class"] for row in rows("goods.csv")}


def is_good(token: Token) -> bool:
    """Whether a noun is a thing that is sold: a car, a house, a rifle."""
    return _class_of(token) == "good"


def is_work(token: Token) -> bool:
    """Whether a noun is something that is built or undertaken: a dam, a road, a campaign."""
    return _class_of(token) == "work" or token.lemma.lower() in _UNDERTAKINGS


def _class_of(token: Token) -> str | None:
    lemma = token.lemma.lower()
    return _goods().get(lemma) if token.pos == "NOUN" and lemma not in PLAIN_HEADS else None


def noun_kind(token: Token) -> str | None:
    """The kind that a noun gives the money it carries, None where it gives none."""
    lemma = token.lemma.lower()
    children = {c.lower for c in token.children} | {c.lemma.lower() for c in token.children}
    if lemma == "bill":
        return _bill(token, children)
    if lemma == "damage":
        # what a storm does, and what a court awards
        return "penalty" if token.tag == "NNS" else "other"
    if lemma in _BY_MODIFIER:
        choices, otherwise = _BY_MODIFIER[lemma]
        kind = next((kind for modifiers, kind in choices if children & modifiers), otherwise)
        if kind is None and lemma not in PLAIN_HEADS:
            return None
    else:
        kind = NOUNS.get(lemma) or NOUNS.get(lemma.rstrip("s"))
    if kind is None and token.pos == "PROPN":
        return None  # the "Assistance" in the name of an act or an office is not the money told of
    if kind in ("budget", "trade", "debt") or (kind is None and lemma in PLAIN_HEADS):
        # "loan agreement", "aid package", "export credit", "debt relief"
        modifiers = (c for c in token.children if c.dep in ("compound", "amod", "nmod"))
        lent = next((NOUNS[m.lemma.lower()] for m in modifiers if NOUNS.get(m.lemma.lower()) in _LENT), None)
        if lent is not None or lemma in _AGREED or kind:
            return lent or kind or NOUNS[lemma]
    if kind == "aid" and children & _DOMESTIC:
        return "other"
    if lemma == "contribution" and _is_result(token):
        return "other"
    return kind


def _bill(token: Token, children: set[str]) -> str:
    if "treasury" in children:
        return "debt"
    if token.tag == "NNS" or children & _SERVICES:
        return "debt" if token.head.lower == "in" else "price"
    return "budget"


def _is_result(contribution: Token) -> bool:
    """Whether a contribution is what a line of business adds to income: "the contribution from gas operations"."""
    source = next((p.child("pobj") for p in contribution.children_by("prep") if p.lower == "from"), None)
    return source is not None and source.pos == "NOUN"


def has_aid_word(token: Token) -> bool:
    """Whether a noun is modified by a word of aid: "military program", "aid bill"."""
    return any(c.lemma.lower() in _AID_ADJECTIVES or NOUNS.get(c.lemma.lower()) == "aid" for c in token.children)
