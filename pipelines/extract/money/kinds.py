"""What a figure is: aid, loan, debt, investment, trade, budget, penalty, price or other."""

from __future__ import annotations

from pipelines.extract.money.amounts import is_price
from pipelines.extract.money.context import Context
from pipelines.language.parse import Parse, Token

# Head nouns to kinds. Compiled by us after gold/GUIDELINES' definitions.
_NOUNS: dict[str, str] = {}
for _kind, _words in {
    "loan": "loan lending credit borrowing facility mortgage syndication",
    "aid": "pledge aid assistance grant donation relief contribution gift subsidy handout scholarship allotment bailout support cooperation help handover",
    "debt": "debt arrears repayment indebtedness liability bond note debenture paper eurobond",
    "investment": "investment stake fdi acquisition takeover venture equity shareholding fund",
    "trade": "export import trade sale contract deal order purchase shipment delivery arms turnover revenue",
    "budget": "budget spending expenditure cost project appropriation outlay funding program programme bill plan expense stimulus scheme deficit",
    "penalty": "fine penalty compensation damages settlement ransom restitution reparation bail reward",
    "price": "price fare fee rate wage salary ticket rent toll",
    "other": "profit loss income earnings asset gdp economy capital reserve deposit surplus dividend turnover cash",
}.items():  # fmt: skip
    for _word in _words.split():
        _NOUNS.setdefault(_word, _kind)
_VERBS: dict[str, str] = {}
for _kind, _words in {
    "loan": "lend loan borrow",
    "aid": "donate grant give assist contribute pledge",
    "debt": "owe repay reschedule forgive",
    "investment": "invest acquire inject",
    "trade": "export import sell buy purchase trade",
    "budget": "spend budget cost allocate appropriate earmark finance fund",
    "penalty": "fine compensate award sue",
}.items():
    for _word in _words.split():
        _VERBS[_word] = _kind
_AID_ADJECTIVES = frozenset([
    "military", "economic", "humanitarian", "foreign", "financial", "technical", "security", "emergency",
    "development", "bilateral", "food"
])  # fmt: skip

# What makes of a contribution or donation something else than aid.
_DOMESTIC = frozenset(
    {"campaign", "political", "election", "party", "pension", "retirement", "budget", "soft-money", "tax"}
)
# Verbs that tell of aid where no noun tells otherwise.
_GIVING = frozenset(
    ["provide", "offer", "extend", "disburse", "earmark", "commit", "devote", "allot", "dedicate", "channel", "extend"]
)

# Heads that leave the kind to the noun before them: "aid package", but not "loan losses" or "credit system".
_PLAIN_HEADS = frozenset([
    "package", "program", "programme", "agreement", "deal", "plan", "accord", "pact", "facility", "line", "money",
    "payment", "commitment", "fund", "bill", "request", "proposal", "offer", "pledge", "contract", "scheme",
    "operation", "portfolio", "tranche"
])  # fmt: skip
# A clause of its own begins here: what its nouns tell of is another matter.
_BOUNDS = frozenset({"which", "who", "while", "whereas", "although", "but", ";"})
_PROGRAMS = frozenset({"program", "programme", "plan", "funding", "bill", "scheme"})
_MEASURES = frozenset({"bill", "plan", "budget", "package", "proposal", "deal", "measure", "law", "act", "resolution"})
_CONTAINING = frozenset({"include", "provide", "contain", "add", "authorize", "offer", "extend"})
_SOLD_FOR = frozenset({"sell", "retail", "offer", "list", "go"})
# Too common beside money of other kinds to tell it from afar.
_ONLY_DIRECT = frozenset(
    {"project", "scheme", "plan", "program", "programme", "bill", "paper", "note", "rate", "order", "fund"}
)


def kind_of(context: Context, parse: Parse) -> tuple[str, str]:
    """figure_kind and the rule that gave it."""
    if is_price(context.amount):
        return "price", "price for one"
    verb_kinds = [(v, _verb_kind(v)) for v in context.verbs[:2]]
    if context.verbs and _is_ordered(context.verbs):
        return "penalty", "ordered to pay"
    if context.verbs and context.verbs[0].lemma.lower() in _SOLD_FOR and context.head.head.lower in ("for", "at"):
        return "price", f"{context.verbs[0].lemma.lower()} for"
    if any(c.dep in ("acl", "relcl") and c.lemma.lower() == "owe" for t in context.tokens for c in t.children):
        return "debt", "what is owed"
    first = context.tokens[0].index
    if first and parse.tokens[first - 1].lower == "fined":
        return "penalty", "fined"
    for carrier in context.carriers:
        kind = _noun_kind(carrier)
        if kind == "budget" and carrier.lemma.lower() in _PROGRAMS and _has_aid_word(carrier):
            kind = "aid"
        if (
            kind == "budget"
            and verb_kinds
            and verb_kinds[0][1] in ("loan", "aid")
            and not _is_its_cost(context, carrier)
        ):
            continue
        if kind:
            return kind, f"noun {carrier.lemma.lower()}"
    for verb, kind in verb_kinds:
        if (
            kind == "budget"
            and verb.lemma in ("finance", "fund", "allocate", "earmark", "spend")
            and _aid_words(context, parse)
        ):
            return "aid", f"verb {verb.lemma.lower()}, aid words"
        if kind:
            return kind, f"verb {verb.lemma.lower()}"
    near = parse.tokens[context.left : context.right]
    # the noun nearest to the figure in its own stretch of the sentence
    best: tuple[int, str, str] | None = None
    for token in near:
        if (
            token.dep == "pobj"
            and token.head.lower in ("for", "to", "toward", "towards", "into")
            and token.index > context.head.index
        ):
            continue  # what the money is for is not what it is
        if token.dep in ("compound", "nmod") and token.head.lemma.lower() not in _PLAIN_HEADS:
            continue
        if token.pos in ("NOUN", "PROPN") and (kind := _noun_kind(token)) and kind not in ("price", "trade"):
            if kind == "budget" and token.lemma.lower() in _PROGRAMS and _has_aid_word(token):
                kind = "aid"
            elif token.lemma.lower() in _ONLY_DIRECT:
                continue
            if _beyond_clause(parse, context, token):
                continue
            distance = abs(token.index - context.head.index)
            if best is None or distance < best[0]:
                best = (distance, kind, token.lemma.lower())
    if best and best[0] <= 25:
        return best[1], f"near {best[2]}"
    if any(v.lemma.lower() in _CONTAINING and _of_measure(v) for v in context.verbs[:2]):
        return "budget", "in a bill"
    for verb in context.verbs[:2]:
        if verb.lemma.lower() in _GIVING and not _of_measure(verb):
            return "aid", f"near verb {verb.lemma.lower()}"
    return "other", "no cue"


def _is_its_cost(context: Context, carrier: Token) -> bool:
    """Whether a figure is the size of a project: "access to a six billion dollar airport project"."""
    return carrier.lemma.lower() == "project" and context.head.head is carrier


def _verb_kind(verb: Token) -> str | None:
    """Kind by a verb; what a bill or a plan gives is a budget."""
    kind = _VERBS.get(verb.lemma.lower())
    return "budget" if kind == "aid" and _of_measure(verb) else kind


def _of_measure(verb: Token) -> bool:
    subject = verb.child("nsubj")
    return subject is not None and subject.lemma.lower() in _MEASURES


def _is_ordered(verbs: list[Token]) -> bool:
    """ "was ordered to pay": what a court awards."""
    return verbs[0].lemma.lower() == "pay" and any(v.lemma.lower() in ("order", "sentence") for v in verbs[1:3])


def _beyond_clause(parse: Parse, context: Context, noun: Token) -> bool:
    """Whether a noun far behind a figure stands in a clause of its own."""
    first = context.tokens[-1].index + 1
    if noun.index - first < 6:
        return False
    between = parse.tokens[first : noun.index]
    return any(
        t.lower in _BOUNDS
        or (t.pos == "VERB" and t.tag in ("VBD", "VBZ", "VBP", "VB") and t.child("nsubj", "nsubjpass") is not None)
        for t in between
    )


def _noun_kind(token: Token) -> str | None:
    lemma = token.lemma.lower()
    if token.pos == "VERB":
        return _VERBS.get(lemma)  # "borrowing fell to"
    if lemma == "bill":
        children = {c.lemma.lower() for c in token.children}
        if token.tag == "NNS" or children & {
            "treasury",
            "electric",
            "electricity",
            "utility",
            "medical",
            "phone",
            "heating",
            "legal",
            "hospital",
            "hotel",
        }:
            return "debt" if "treasury" in children or token.head.lower == "in" else "price"
        return "budget"
    if lemma == "rate" and any(
        c.lower in ("interest", "tax", "growth", "exchange", "inflation") for c in token.children
    ):
        return None
    if lemma == "paper" and not any(c.lower == "commercial" for c in token.children):
        return None
    if lemma in ("relationship", "volume", "flow") and any(c.lemma.lower() == "trade" for c in token.children):
        return "trade"
    if lemma == "damage":
        # what a storm does, and what a court awards
        return "penalty" if token.tag == "NNS" else "other"
    kind = _NOUNS.get(lemma) or _NOUNS.get(lemma.rstrip("s"))
    if kind == "loan" and lemma == "facility" and not any(c.lower in ("credit", "loan") for c in token.children):
        return None
    if kind == "loan" and lemma == "credit" and any(c.lower in ("tax", "carbon", "course") for c in token.children):
        return "other"
    if kind == "investment" and lemma == "fund":
        return None
    if kind is None and token.pos == "PROPN":
        return None  # the "Assistance" in the name of an act or an office is not the money told of
    if kind in ("budget", "trade", "debt") or (kind is None and lemma in _PLAIN_HEADS):
        # "loan agreement", "aid package", "export credit", "debt relief"
        for child in token.children:
            if child.dep in ("compound", "amod", "nmod") and (inner := _NOUNS.get(child.lemma.lower())) in (
                "loan",
                "aid",
                "debt",
                "penalty",
                "investment",
            ):
                return inner
        if lemma in ("deal", "contract", "order", "delivery") or kind:
            return kind
    if kind == "aid":
        children = {c.lemma.lower() for c in token.children}
        if children & _DOMESTIC:
            return "other"
        if lemma in ("relief",) and children & {"tax", "sanction"}:
            return "other"
        if lemma == "support" and not (children & _AID_ADJECTIVES or token.dep == "pobj"):
            return "aid"
    return kind


def _has_aid_word(token: Token) -> bool:
    return any(c.lemma.lower() in _AID_ADJECTIVES or _NOUNS.get(c.lemma.lower()) == "aid" for c in token.children)


def _aid_words(context: Context, parse: Parse) -> bool:
    return any(
        _NOUNS.get(t.lemma.lower()) == "aid"
        for t in parse.tokens[context.left : context.right]
        if t.pos in ("NOUN", "PROPN")
    )
