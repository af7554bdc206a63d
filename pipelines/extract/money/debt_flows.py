"""Who lent and who owes a debt: the debtor received the money, whatever is done about the debt now."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_verbs import of_payment, of_verb
from pipelines.extract.money.payers import Payers
from pipelines.language.parse import Token

_OWED = frozenset({"debt", "arrears", "borrowing", "repayment", "indebtedness", "liability", "obligation", "loan"})
_ISSUED = frozenset({"bond", "note", "debenture", "paper", "eurobond"})
# What a debtor does with its debt, and what a creditor does.
_OF_DEBTOR = frozenset([
    "reschedule", "restructure", "refinance", "renegotiate", "suspend", "service", "default", "freeze", "accumulate",
    "convert", "run", "issue", "float", "file", "register", "offer", "place", "launch", "incur", "reduce", "have", "carry", "face", "sign", "stop", "halt", "cut"
])  # fmt: skip
_OF_CREDITOR = frozenset({"forgive", "cancel", "write", "waive", "hold"})
_PAYING = frozenset({"pay", "repay", "settle", "return", "retire", "redeem"})


def of_debt(reader: Payers, context: Context, found: Ends) -> None:
    """Ends of a debt: its owner, "owed by X to Y", "X owes Y", "Y forgave X's debt", "X suspended payments on"."""
    above = context.head.head
    if context.head.dep == "pobj" and above.lower == "with" and above.head.pos == "PROPN":
        found.take(reader.payer(above.head), "debtor with")  # "followed by Chad with $3 billion"
    for holder in (context.head, *context.carriers[:3]):
        _of_noun(reader, context, holder, found)
    for verb in context.verbs[:3]:
        lemma = verb.lemma.lower()
        if lemma == "owe":
            of_verb(reader, context, verb, found)
            continue
        if lemma in _PAYING and _pays_the_sum(context, verb):
            of_payment(reader, context, verb, found)
            continue
        subject = reader.subject(verb)
        if verb.dep == "acl" and verb.tag == "VB" and verb.head.dep == "dobj" and verb.head.head.pos == "VERB":
            subject = reader.subject(verb.head.head)  # "won an agreement to reschedule"
        if subject is None or subject in context.tokens or subject in context.carriers:
            agent = next((p.child("pobj") for p in verb.children_by("agent")), None)
            if agent is not None and lemma in _OF_CREDITOR:
                found.give(reader.payer(agent), f"{lemma} by")
            continue
        if lemma in _OF_CREDITOR:
            found.give(reader.single(subject), f"subject of {lemma}")
        elif lemma in _OF_DEBTOR or lemma in _PAYING:
            found.take(reader.payer(subject), f"subject of {lemma}")


def _of_noun(reader: Payers, context: Context, holder: Token, found: Ends) -> None:
    lemma = holder.lemma.lower()
    for child in holder.children:
        if child in context.tokens:
            continue  # "a 100 million Canadian dollar bond" is no debt of Canada
        if child.dep in ("poss", "compound", "amod", "nmod") and child.index < holder.index:
            owner = reader.payer(child)
            if owner is not None and (lemma in _OWED | _ISSUED or child.dep == "poss"):
                found.take(owner, "debt's owner")
        elif child.dep == "prep" and (target := child.child("pobj")) is not None:
            if child.lower in ("to", "with") and child.index > holder.index:
                found.give(reader.payer(target), "debt to")
            elif child.lower == "of" and lemma in _OWED:
                found.take(reader.payer(target), "debt of")
        elif child.dep in ("acl", "relcl") and child.lemma.lower() == "owe":
            for preposition in child.children_by("prep", "agent"):
                end = preposition.child("pobj")
                if end is None:
                    continue
                if preposition.lower == "to":
                    found.give(reader.payer(end), "owed to")
                elif preposition.lower == "by":
                    found.take(reader.payer(end), "owed by")
            if (subject := child.child("nsubj")) is not None:
                found.take(reader.payer(subject), "subject of owe")


def _pays_the_sum(context: Context, verb: Token) -> bool:
    """Whether the figure itself is what is paid, and not a debt that payments are made on."""
    paid = verb.child("dobj")
    return paid is not None and paid in context.tokens and not any(c.lemma.lower() in _OWED for c in context.carriers)
