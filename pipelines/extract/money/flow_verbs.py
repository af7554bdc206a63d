"""Who pays and who receives by the verb's frame: "Japan gave Chad", "Chad borrowed from", "signed with"."""

from __future__ import annotations

from pipelines.extract.money.context import Context
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_words import GET, GIVE, MUTUAL, WEIGH
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.extract.money.payers import Payers
from pipelines.language.parse import Token

_LENDERS = frozenset({"igo", "company"})


def of_verb(reader: Payers, context: Context, verb: Token, found: Ends) -> None:
    """Ends by one verb above the figure: who gets (borrow, receive), who gives (lend, pay), what comes from where."""
    lemma = verb.lemma.lower()
    inside = {t.index for t in context.tokens} | {c.index for c in context.carriers}
    passive = verb.child("nsubjpass", "auxpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")
    takes_out = lemma == "take" and any(c.dep == "prt" and c.lower in ("out", "up", "on") for c in verb.children)
    if lemma in GET or takes_out:
        subject = reader.subject(verb)
        # "Tokyo raised the issue, arguing that the $5 million ...": what is got is something else
        got = verb.child("dobj")
        elsewhere = got is not None and not inside & {t.index for t in got.subtree()}
        if subject is not None and subject.index not in inside and not elsewhere:
            # what a person raises or collects is no state's
            taker = reader.named(subject) if lemma in ("raise", "collect", "win") else reader.payer(subject)
            if lemma == "repay":
                found.give(taker, f"subject of {lemma}")
            else:
                found.take(taker, f"subject of {lemma}")
        for preposition in verb.children_by("prep", "agent"):
            target = preposition.child("pobj")
            if target is not None and preposition.lower == "from":
                reader.take_giver(found, target, f"{lemma} from")
            elif target is not None and preposition.lower == "to" and lemma == "owe":
                found.give(reader.payer(target), "owe to")
            elif target is not None and preposition.lower == "to" and lemma == "repay":
                reader.take(found, target, "repay to")
        if lemma == "owe" and (creditor := verb.child("dative", "iobj")) is not None:
            found.give(reader.payer(creditor), "object of owe")
        return
    if lemma in WEIGH and (weighing := reader.subject(verb)) is not None:
        entity = reader.payer(weighing)
        if entity is not None and is_mainly_giver(reader.actors.entities[entity].country):
            found.give(entity, f"subject of {lemma}")
        return
    if lemma in ("have", "hold") and any(c.lemma.lower() == "loan" for c in context.carriers):
        lender = reader.subject(verb)
        if lender is not None and lender.index not in inside and not _owes(reader, lender):
            reader.take_giver(found, lender, f"{lemma}s loans")
    holds_up = lemma == "hold" and any(c.lower == "up" or c.lower == "back" for c in verb.children)
    if lemma not in GIVE or (lemma == "hold" and not holds_up):
        for preposition in verb.children_by("prep", "agent"):
            if preposition.lower in ("from", "to") and lemma in ("come", "go", "be", "flow", "amount", "total"):
                reader.of_preposition(preposition, found, f"{lemma} {preposition.lower}")
        return
    if passive:
        subject = verb.child("nsubjpass")
        if subject is not None and subject.index not in inside and verb.child("dobj", "oprd", "dative") is not None:
            reader.take(found, subject, f"subject of {lemma}, passive")
    else:
        subject = reader.subject(verb)
        joint = lemma in MUTUAL and subject is not None and bool(subject.children_by("conj"))
        if joint and subject is not None:
            _signed_by_both(reader, subject, lemma, found)
        if lemma in MUTUAL and subject is not None and subject.index not in inside:
            joint = joint or _signed_with(reader, verb, subject, found)
        if subject is not None and subject.index not in inside and not joint:
            reader.take_giver(found, subject, f"subject of {lemma}")
    for child in verb.children:
        if child.dep == "dative":
            target = child.child("pobj") or child
            reader.take(found, target, f"object of {lemma}")
        elif child.dep == "agent" and (target2 := child.child("pobj")) is not None:
            reader.take_giver(found, target2, f"{lemma} by")
        elif child.dep == "dobj" and child.index not in inside and child.index < context.tokens[0].index:
            reader.take(found, child, f"object of {lemma}")
        elif child.dep == "prep":
            if child.lower in ("to", "for"):
                reader.of_preposition(child, found, f"{lemma} {child.lower}")


def _owes(reader: Payers, token: Token) -> bool:
    """Whether a phrase is a state itself, which has the loans that it was given."""
    entity = reader.actors.entity_at(token)
    return entity is not None and entity.actor_type == "country"


def of_payment(reader: Payers, context: Context, verb: Token, found: Ends) -> None:
    """ "Mexico repaid the IMF $500 million": who pays is the donor."""
    lemma = verb.lemma.lower()
    subject = reader.subject(verb)
    if subject is not None:
        found.give(reader.payer(subject), f"subject of {lemma}")
    for child in verb.children_by("dative", "prep", "dobj"):
        target = child.child("pobj") if child.pos == "ADP" else child
        if target is not None and child.lower in ("to", target.lower) and target not in context.tokens:
            reader.take(found, target, f"{lemma} to")


def _signed_by_both(reader: Payers, subject: Token, lemma: str, found: Ends) -> None:
    """ "Mexico and the World Bank signed a loan": who lends by trade, or is as a rule a giver, gives to the other."""
    both = [e for t in subject.conjuncts() if (e := reader.payer(t)) is not None]
    if len(both) != 2:
        return
    entities = reader.actors.entities
    gives = [entities[e].actor_type in _LENDERS or is_mainly_giver(entities[e].country) for e in both]
    if gives[0] != gives[1]:
        giver, taker = both if gives[0] else reversed(both)
        found.give(giver, f"joint subject of {lemma}")
        found.take(taker, f"joint subject of {lemma}")


def _signed_with(reader: Payers, verb: Token, subject: Token, found: Ends) -> bool:
    """ "Mexico signed a loan with the Inter-American Development Bank": the lender is who lends by trade."""
    others = [
        p for p in verb.subtree() if p.dep == "prep" and p.lower in ("with", "from") and p.sentence == verb.sentence
    ]
    signs_for = any(p.lower == "for" and p.index > verb.index for p in verb.children_by("prep"))
    for preposition in others:
        target = preposition.child("pobj")
        other = reader.payer(target) if target is not None else None
        mine = reader.payer(subject)
        if other is None or mine is None:
            continue
        ours, theirs = reader.actors.entities[mine].actor_type, reader.actors.entities[other].actor_type
        state, other_state = (reader.actors.entities[i].country for i in (mine, other))
        lends = (
            theirs in _LENDERS
            or signs_for
            or preposition.lower == "from"
            or (is_mainly_giver(other_state) and not is_mainly_giver(state))
        )
        if lends and ours not in _LENDERS:
            found.give(other, f"{verb.lemma.lower()} with")
            found.take(mine, f"subject of {verb.lemma.lower()}")
            return True
    return False
