"""Whether a figure is what one pays for a thing or for work, and what a verb of costing tells."""

from __future__ import annotations

from decimal import Decimal

from pipelines.extract.money.context import Context
from pipelines.extract.money.flow_words import GIVE
from pipelines.extract.money.noun_kinds import is_good, is_work, noun_kind
from pipelines.extract.syntax import subject_of
from pipelines.language.parse import Parse, Token

_SOLD_FOR = frozenset(["sell", "retail", "offer", "list", "go", "auction", "lease", "rent", "hire", "price"])
_CHARGING = frozenset({"charge", "fetch", "retail", "price", "undercut"})
_PAYING = frozenset({"pay", "fork", "shell", "charge"})
_MAKING = frozenset([
    "build", "rebuild", "construct", "renovate", "restore", "repair", "improve", "refurbish", "upgrade", "modernize",
    "modernise", "widen"
])  # fmt: skip
_LAYING = frozenset({"install", "instal", "lay", "develop", "plan", "erect", "expand"})
_DEALT_IN = frozenset(["btc", "ethereum", "ether", "ripple", "xrp", "litecoin",
    "stock", "share", "bitcoin", "coin", "cryptocurrency", "currency", "dollar", "pound", "yen", "euro", "sterling",
    "gold", "silver", "copper", "crude", "oil", "wheat", "steer", "heifer", "token", "unit", "rouble", "ruble"
])  # fmt: skip
_MARKET = frozenset([
    "close", "trade", "settle", "quote", "open", "end", "finish", "bid", "rise", "fall", "climb", "drop", "jump",
    "surge", "slip", "slide", "gain", "lose", "add", "tumble", "sit", "stand", "soar", "plunge", "be", "hit", "reach", "dip",
    "sink", "leap"
])  # fmt: skip
_EXTREMES = frozenset({"high", "low", "peak", "close"})
_RATES = frozenset({"hour", "day", "week", "month"})
_EARNED = frozenset({"earn", "make", "receive", "get", "pay", "collect", "draw"})
_YEARLY = frozenset({"year", "annum"})
_TAXED = frozenset([
    "taxpayer", "government", "state", "city", "country", "treasury", "county", "public", "ministry", "department",
    "council"
])  # fmt: skip
# What is sold of a firm: the buyer invests.
OF_FIRMS = frozenset(
    ["stake", "interest", "subsidiary", "unit", "division", "business", "company", "operation", "holding", "share"]
)
# A rate or a quotation above this is no price of one thing or of a person's work.
_DEAREST = Decimal(1_000_000)
# What costs as much is a project, whatever it is called.
_PROJECT = Decimal(10_000_000)
_MODIFIER = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "npadvmod", "dep"})


def asked_price(context: Context) -> str | None:
    """ "sells for $5", "charges $40", "fetched $5,400", "rebuilt for $9 million" (a budget): the rule, None if none."""
    if not context.verbs:
        return None
    verb = context.verbs[0]
    lemma = verb.lemma.lower()
    with_for = context.head.dep == "pobj" and context.head.head.lower in ("for", "at")
    with_for = with_for or any(
        p.lower in ("for", "at") and p.index == context.tokens[0].index - 1 for p in verb.children
    )
    if lemma in _SOLD_FOR and with_for:
        sold = verb.child("dobj", "nsubjpass")
        return f"{lemma} for" if sold is None or sold.lemma.lower() not in OF_FIRMS else None
    between = (
        context.head.dep == "pobj" and context.head.head.lower in ("between", "from") and context.head.head.head is verb
    )
    if lemma in _CHARGING and (context.head.head is verb or with_for or between) and not context.carriers:
        return f"verb {lemma}"
    return None


def built_for(context: Context) -> bool:
    """Whether a figure is what building costs: "would be rebuilt for $9 million", "will lay a $90 million cable"."""
    thing = context.head.head
    doing = context.verbs[0].lemma.lower() if context.verbs else ""
    if (
        context.head.dep in _MODIFIER
        and is_good(thing)
        and context.amount.value >= _PROJECT
        and doing in _MAKING | _LAYING
    ):
        return True
    with_for = context.head.dep == "pobj" and context.head.head.lower in ("for", "at")
    if not with_for or not context.verbs or context.verbs[0].lemma.lower() not in _MAKING:
        return False
    return context.verbs[0].tag == "VBN" and context.verbs[0].child("nsubj") is None


def price_of(context: Context, parse: Parse) -> str | None:
    """The rule by which a figure that no noun tells the kind of is a price; None if none does."""
    value = context.amount.value
    thing = context.head.head
    first = context.verbs[0] if context.verbs else None
    is_things = context.head.dep in _MODIFIER and thing.index > context.head.index and is_good(thing)
    doing = first.lemma.lower() if first is not None else ""
    if is_things and doing not in GIVE and value < _PROJECT:
        return "a thing's price"
    if first is not None and first.lemma.lower() in _PAYING and _buys(first, context):
        return f"{first.lemma.lower()} for a thing"
    behind = parse.tokens[context.tokens[-1].index + 1 : context.right][:1]
    if behind and behind[0].lower in ("each", "apiece") and value < _DEAREST:
        return "price for each"
    if context.amount.per in _RATES and value < _DEAREST:
        return "rate in time"
    if first is not None and first.lemma.lower() in _EARNED and value < _DEAREST and _is_yearly(context, parse):
        return "pay by the year"
    if value < _DEAREST and any(c.lemma.lower() in _EXTREMES for c in context.carriers[:1]):
        return "a market's high or low"
    dealt = [c for c in context.carriers if c.lemma.lower() in _DEALT_IN]
    if first is not None and first.lemma.lower() in _MARKET:
        doer = subject_of(first)
        dealt += [s for s in (doer,) if s is not None and s.lemma.lower() in _DEALT_IN]
        if dealt and value < _DEAREST:
            return "quotation"
    return None


def _buys(verb: Token, context: Context) -> bool:
    """Whether "for" brings in a thing that the sum buys, and not a work, a service to all or a person."""
    if context.head.head is not verb:
        return False
    for preposition in (*verb.children_by("prep"), *context.head.children_by("prep")):
        bought = preposition.child("pobj")
        if preposition.lower == "for" and bought is not None and not is_work(bought) and noun_kind(bought) is None:
            return bought.pos in ("NOUN", "PROPN")
    return False


def _is_yearly(context: Context, parse: Parse) -> bool:
    """ "$60,000 a year", "$60,000 annually"."""
    after = parse.tokens[context.tokens[-1].index + 1 : context.right][:2]
    words = [t.lower for t in after]
    return words[:1] == ["annually"] or (
        len(words) == 2 and words[0] in ("a", "per", "each", "every") and words[1] in _YEARLY
    )


def kind_of_cost(context: Context, verb: Token) -> str:
    """What "costs N" tells: the price of a thing, the budget of a work, a plan or a deed, the loss of whom it costs."""
    before = (o for o in verb.children_by("dative", "iobj", "dobj") if o.index < context.tokens[0].index)
    bearer = next((o for o in before if o.entity != "MONEY" and context.head not in o.subtree()), None)
    if bearer is not None and bearer.lemma.lower() not in _TAXED and bearer.pos != "PRON":
        return "other"
    subject = verb.child("nsubj", "csubj")
    if subject is None and verb.dep == "relcl":
        subject = verb.head
    if subject is not None and (is_work(subject) or noun_kind(subject) == "budget"):
        return "budget"
    if subject is not None and is_good(subject):
        return "price"
    return "budget" if context.amount.value >= _DEAREST else "price"
