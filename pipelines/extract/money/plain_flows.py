"""Who pays and who is paid where money is no flow between states: pay, prices, results, purchases, penalties.

Here a person or a firm stands for itself, not for its state, and only the verb right above the figure tells.
"""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.payers import Payers
from pipelines.extract.syntax import subject_of
from pipelines.language.parse import Token

_GETTING = frozenset([
    "receive", "get", "earn", "collect", "win", "raise", "reap", "pocket", "gross", "net", "owe", "borrow", "recover", "attract", "secure", "amass"
])  # fmt: skip
# "made $60,000 a year", "reported profits of": only with the sum itself, or a result, as what is made or reported.
_TELLING = frozenset({"report", "post", "record"})
_RESULTS = frozenset({"profit", "earnings", "earning", "income", "revenue", "sale", "surplus", "net"})
_PAYING = frozenset(
    ["pay", "spend", "donate", "give", "repay", "refund", "offer", "bid", "contribute", "award", "hand"]
)
_BUYING = frozenset({"buy", "purchase", "acquire", "order"})
_SELLING = frozenset({"sell", "auction", "retail"})
_TAKING_OVER = frozenset(["acquisition", "takeover", "stake", "buyout", "purchase", "merger", "share", "bid"])


def of_plain(reader: Payers, context: Context, found: Ends) -> None:
    """Ends by the figure's own verb: "X received", "X paid Y", "X sold it to Y for", "Y was paid by X"."""
    if not context.verbs:
        return
    verb = context.verbs[0]
    lemma = verb.lemma.lower()
    passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
    subject = verb.child("nsubjpass") if passive else subject_of(verb)
    if subject is not None and (subject in context.tokens or subject in context.carriers):
        subject = None
    who = None if subject is None else reader.named(subject)
    if not passive and _gets(context, verb):
        found.take(who, f"subject of {lemma}")
        _from(reader, context, verb, found)
    elif lemma in _PAYING:
        (found.take if passive else found.give)(who, f"subject of {lemma}" + (", passive" if passive else ""))
        _others(reader, context, verb, found, passive)
    elif lemma in _BUYING:
        if not passive:
            found.give(who, f"subject of {lemma}")
        _others(reader, context, verb, found, passive)
        _from(reader, context, verb, found)
    elif lemma in _SELLING:
        if not passive:
            found.take(who, f"subject of {lemma}")
        for target in _targets(context, verb, "to"):
            found.give(reader.named(target), f"{lemma} to")


def _gets(context: Context, verb: Token) -> bool:
    """Whether the doer of a verb gets the sum."""
    lemma = verb.lemma.lower()
    if lemma == "make":
        return (
            context.head.head is verb
            and not context.carriers
            and verb.child("acomp", "oprd", "ccomp", "dative") is None
        )
    if lemma in _TELLING:
        return any(c.lemma.lower() in _RESULTS for c in context.carriers)
    if lemma == "take" and any(c.dep == "prt" and c.lower == "in" for c in verb.children):
        return _is_object(context, verb)
    return lemma in _GETTING and _is_object(context, verb)


def of_takeover(reader: Payers, context: Context, found: Ends) -> None:
    """Who offers for, negotiates or makes an acquisition pays for it."""
    if not any(c.lemma.lower() in _TAKING_OVER for c in context.carriers[:2]):
        return
    for verb in context.verbs[:2]:
        if verb.lemma.lower() in (
            "negotiate",
            "seek",
            "offer",
            "propose",
            "make",
            "plan",
            "complete",
            "announce",
            "agree",
            "launch",
        ):
            subject = reader.subject(verb)
            if subject is not None and subject not in context.tokens and subject not in context.carriers:
                found.give(reader.named(subject), f"{verb.lemma.lower()}s a purchase")


def _is_object(context: Context, verb: Token) -> bool:
    """Whether the figure, or what carries it, is the verb's object."""
    objects = verb.children_by("dobj", "attr", "oprd")
    if context.head.head is verb or any(o in context.carriers for o in objects):
        return True
    return any(context.head in o.subtree() for o in objects)


def _targets(context: Context, verb: Token, *words: str) -> list[Token]:
    """Objects of prepositions of the verb, or of what stands behind the figure before the next one."""
    behind = context.head.children_by("prep") + [p for c in context.carriers[:2] for p in c.children_by("prep")]
    return [
        target
        for p in (*verb.children_by("prep", "dative"), *behind)
        if p.lower in words and (target := p.child("pobj")) is not None and target not in context.tokens
    ]


def _from(reader: Payers, context: Context, verb: Token, found: Ends) -> None:
    for target in _targets(context, verb, "from"):
        entity = reader.named(target)
        if verb.lemma.lower() in _BUYING:
            found.take(entity, "bought from")
        else:
            found.give(entity, f"{verb.lemma.lower()} from")


def _others(reader: Payers, context: Context, verb: Token, found: Ends, passive: bool) -> None:
    """Who is paid, or by whom: "paid the clerk $500", "paid $500 to the clerk", "was paid $500 by the bank"."""
    for agent in verb.children_by("agent"):
        if (target := agent.child("pobj")) is not None and passive:
            found.give(reader.named(target), f"{verb.lemma.lower()} by")
    if passive or verb.lemma.lower() in _BUYING:
        return
    for given_to in verb.children_by("dative", "dobj"):
        if given_to.pos != "ADP" and given_to.index < context.tokens[0].index and given_to.entity != "MONEY":
            found.take(reader.named(given_to), f"object of {verb.lemma.lower()}")
    for target in _targets(context, verb, "to"):
        found.take(reader.named(target), f"{verb.lemma.lower()} to")
