"""Whom a phrase makes pay or receive: the state for its persons and bodies, nobody for a group without a name."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flow_words import CROWDS, GROUPS
from pipelines.extract.money.givers import GIVERS
from pipelines.extract.money.lexemes import unit_words
from pipelines.language.parse import Parse, Token
from pipelines.reference.currency_units import currencies

_WEAK = frozenset({"other_organization", "company", "person", "government_body", "ngo", "media"})
_PERSONS = frozenset({"him", "her", "me", "you", "us"})
_PERSONAL = frozenset({"person", "government_body", "armed_forces", "political_party"})


class Payers:
    """The actors behind the phrases of one document, as those who pay or are paid."""

    def __init__(self, parse: Parse, actors: DocumentActors) -> None:
        self.parse = parse
        self.actors = actors

    def payer(self, token: Token) -> int | None:
        """The entity that pays or receives where a phrase is named: the state for its persons and bodies."""
        for participant in self.actors.participants(token):
            entity = self.actors.entities[participant.entity]
            if entity.actor_type in _PERSONAL and entity.country:
                return self.actors.state(entity.country)
            if entity.actor_type == "government_body" and self.actors.home:
                return self.actors.state(self.actors.home)
            if entity.actor_type == "population" and entity.country:
                return self.actors.state(entity.country)
            if entity.actor_type == "media" or entity.name in currencies() or entity.name.lower() in unit_words():
                continue
            return entity.index
        return None

    def named(self, token: Token) -> int | None:
        """The one actor that a phrase names, itself and not its state; None where it names several or nobody."""
        found = {p.entity for p in self.actors.participants(token)}
        if len(found) != 1:
            return None
        entity = self.actors.entities[found.pop()]
        is_unit = entity.name in currencies() or entity.name.lower() in unit_words()
        return None if is_unit or entity.actor_type == "population" else entity.index

    def take(self, found: Ends, token: Token, rule: str, near: bool = True) -> None:
        """Makes a phrase's actor the recipient; a body of no known state only in case no state answers.

        `near`: the phrase belongs to the figure, so that a group named there is who receives.
        """
        entity = self.single(token)
        if entity is None:
            lemma = token.lemma.lower()
            owner = next((self.payer(c) for c in token.children_by("compound", "amod", "poss", "nmod")), None)
            if lemma in CROWDS and owner is not None and self.actors.entities[owner].actor_type == "country":
                found.take(owner, rule)  # "to Pakistan flood victims"
                return
            if lemma in GROUPS and owner is not None and self.actors.entities[owner].country is None:
                found.weak = owner if found.weak is None else found.weak  # "four Central American democracies"
                return
            # whom a pronoun means is told elsewhere: nobody else is to be put in his place
            found.group = found.group or (near and (lemma in GROUPS or token.lower in _PERSONS))
            found.crowd = found.crowd or (near and lemma in CROWDS)
            return
        actor = self.actors.entities[entity]
        if actor.actor_type in _WEAK and actor.country is None:
            found.weak = entity if found.weak is None else found.weak
        else:
            found.take(entity, rule)

    def single(self, token: Token) -> int | None:
        """Like `payer`, None where the phrase names several."""
        found: list[int] = []
        for participant in self.actors.participants(token):
            entity = self.actors.entities[participant.entity]
            index = (
                self.actors.state(entity.country)
                if entity.actor_type in _PERSONAL | {"population"} and entity.country
                else entity.index
            )
            if index not in found:
                found.append(index)
        return found[0] if len(found) == 1 else None

    def take_giver(self, found: Ends, token: Token, rule: str) -> None:
        """Makes a phrase's actor the donor, or notes that a group without a name gives."""
        entity = self.payer(token)
        if entity is None:
            found.given_by_group = found.given_by_group or (
                found.donor is None and token.lemma.lower() in GROUPS | CROWDS
            )
        elif self.actors.entities[entity].actor_type == "person":
            found.weak_donor = entity if found.weak_donor is None else found.weak_donor
        else:
            found.give(entity, rule)

    def never_gives(self, entity: int) -> bool:
        """Whether an entity is a state that is not known to give aid: "Egypt's $1.5 billion" is what it gets."""
        actor = self.actors.entities[entity]
        return actor.actor_type == "country" and actor.country not in GIVERS

    def lender_at(self, token: Token) -> int | None:
        """The international lender that a name is, None for others."""
        entity = self.actors.entity_at(token)
        return entity.index if entity is not None and entity.actor_type == "igo" else None

    def of_preposition(self, preposition: Token, found: Ends, rule: str) -> None:
        """Ends by a preposition: "to" and "for" whom, "from" and "by" whom."""
        target = preposition.child("pobj")
        if target is None:
            return
        word = preposition.lower
        if word == "for" and any(c.pos == "PRON" for c in target.children_by("poss")):
            return  # "for its army": what it is for
        if word in ("to", "for", "into"):
            self.take(found, target, rule)
        elif word in ("from", "by"):
            self.take_giver(found, target, rule)
        elif word == "in" and target.entity == "GPE" and preposition.head.pos != "VERB":
            self.take(found, target, rule)

    def subject(self, verb: Token) -> Token | None:
        """Subject of a verb, its own or the one it shares."""
        steps = 0
        while steps < 6:
            steps += 1
            subject = verb.child("nsubj", "nsubjpass", "csubj")
            if subject is not None:
                if subject.lower in ("which", "that", "who") and verb.dep == "relcl":
                    return verb.head
                return subject
            if verb.dep in ("conj", "xcomp", "advcl", "pcomp") and verb.head.pos in ("VERB", "AUX"):
                controller = verb.head.child("dobj") if verb.dep == "xcomp" else None
                if controller is not None and verb.head.index < controller.index < verb.index:
                    return controller  # "mandated a bank to arrange"
                verb = verb.head
                continue
            if verb.dep == "xcomp" and verb.head.pos == "ADJ" and verb.head.head.pos in ("VERB", "AUX"):
                verb = verb.head.head  # "is due to receive"
                continue
            if verb.dep == "pcomp" and verb.head.head.pos in ("VERB", "AUX"):
                verb = verb.head.head
                continue
            return None
        return None
