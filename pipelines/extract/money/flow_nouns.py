"""Who pays and who receives by the noun phrase: "U.S. aid to Chad", "the loan that Chad asked for"."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_verbs import of_verb
from pipelines.extract.money.flow_words import ASK, ASKED, GROUPS, HOLD
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.extract.money.payers import Payers
from pipelines.language.parse import Token


def of_noun(reader: Payers, context: Context, carrier: Token, found: Ends, kind: str) -> None:
    """ "U.S. aid to Kazakhstan", "a World Bank loan for Manila", "a grant from Japan"."""
    for child in carrier.children:
        if child in context.tokens:
            continue
        if child.dep in ("compound", "amod", "poss", "nmod") and child.index < carrier.index:
            own = reader.actors.entity_at(carrier)
            if own is not None and own is reader.actors.entity_at(child):
                continue  # a name of which the carrier is a part owns nothing
            holder = reader.payer(child)
            if holder is None and child.dep in ("compound", "nmod") and child not in context.tokens:
                # "World Bank project loans": the name hangs on the noun between
                inner = next(iter(child.children_by("compound", "amod", "nmod")), None)
                holder = reader.payer(inner) if inner is not None else None
            if holder is None or _is_apart(reader, child, carrier):
                continue
            if carrier.lemma.lower() in ("debt", "arrears", "borrowing", "repayment", "deficit"):
                found.take(holder, "noun's owner")
            elif carrier.lemma.lower() == "loan" and any(v.lemma.lower() in HOLD for v in context.verbs[:1]):
                found.take(holder, "noun's owner, of loans held")
            elif carrier.lemma.lower() in GROUPS | {"project", "budget"}:
                continue
            elif carrier.lemma.lower() in ASKED:
                _asked_by(reader, holder, found, kind, f"owner of the {carrier.lemma.lower()}")
            elif reader.never_gives(holder) and not any(
                p.lower in ("to", "for", "from", "by") for p in carrier.children_by("prep")
            ):
                found.take(holder, "noun's owner, who gives nothing")
            else:
                found.give(holder, "noun's owner")
        elif child.dep == "prep" and child.index > carrier.index:
            reader.of_preposition(child, found, "noun's complement")
        elif child.dep in ("acl", "relcl"):
            if child.lemma.lower() in ASK:
                of_asking(reader, context, child, found, kind)
            else:
                of_verb(reader, context, child, found)
    before = reader.parse.tokens[carrier.index - 1] if carrier.index else carrier
    last = context.tokens[-1].index
    while last < before.index and before.pos in ("NOUN", "ADJ", "VERB"):  # "IMF standby credits", misread
        before = reader.parse.tokens[before.index - 1]
    if last < before.index < carrier.index - 1 and before.pos == "PROPN" and (named := reader.lender_at(before)):
        found.give(named, "name before the noun")


def _is_apart(reader: Payers, owner: Token, carrier: Token) -> bool:
    """Whether a comma or a preposition stands between a noun and a name that was read as its modifier."""
    between = reader.parse.tokens[owner.index + 1 : carrier.index]
    return any(t.text == "," or (t.pos == "ADP" and t.dep == "prep") for t in between) and owner.dep != "poss"


def of_asking(reader: Payers, context: Context, verb: Token, found: Ends, kind: str) -> None:
    """ "Mozambique appealed for $160 million", "a loan sought by Manila": the asker gets it.

    A state that only gives asks its parliament, and gives.
    """
    if verb.lemma.lower() == "call" and not any(p.lower == "for" for p in verb.children_by("prep")):
        return
    passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
    asker: Token | None = None
    for preposition in verb.children_by("prep", "agent"):
        target = preposition.child("pobj")
        if target is None or target in context.tokens or target in context.carriers:
            continue
        if preposition.lower == "from":
            reader.take_giver(found, target, f"{verb.lemma.lower()} from")
        elif preposition.lower == "by" and passive:
            asker = target
        elif preposition.lower in ("for", "to") and verb.lemma.lower() in ("request", "seek", "want", "need"):
            reader.take(found, target, f"{verb.lemma.lower()} {preposition.lower}")
    if not passive:
        asker = reader.subject(verb)
    if asker is None or asker in context.tokens or asker in context.carriers:
        return
    entity = reader.payer(asker)
    if entity is None and asker.pos == "NOUN" and asker is not verb.head:
        of_noun(reader, context, asker, found, kind)  # "a U.S. program for Chad needed"
    _asked_by(reader, entity, found, kind, f"{verb.lemma.lower()}s it")


def _asked_by(reader: Payers, entity: int | None, found: Ends, kind: str, rule: str) -> None:
    if entity is None:
        return
    gives = is_mainly_giver(reader.actors.entities[entity].country)
    if gives and (kind != "loan" or found.recipient not in (None, entity)):
        found.give(entity, f"{rule}, as a giver")
    elif reader.actors.entities[entity].actor_type not in ("igo", "ngo"):
        found.take(entity, rule)
