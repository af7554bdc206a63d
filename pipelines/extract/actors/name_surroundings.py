"""Role and state of a person from what stands beside the name in its clause.

"X, the foreign minister of Uzbekistan", "the Uzbek foreign minister, X", "X of the U.S. Embassy", "NPR's X",
"Foreign Ministry spokesman X".
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.title_chains import PersonName
from pipelines.language.parse import Token
from pipelines.reference.roles import role_nouns

_IN = frozenset({"in"})
_OF_BODY = frozenset({"of", "from", "at", "with"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words tell. `is_placed`: the state is only where somebody is or was something ("a leader in Chad")."""

    role: str | None
    country: str | None
    is_placed: bool


class NameSurroundings:
    """Reads the surroundings of names of one document, whose states and bodies are found."""

    def __init__(self, actors: DocumentActors) -> None:
        self.actors = actors
        self.tokens = actors.parse.tokens

    def read(self, head: Token, person: PersonName) -> Surroundings:
        """What the words around a name tell of its bearer; `head` heads the name."""
        country, role, is_placed = None, None, False
        beside = [c for c in head.children if c.dep == "appos" and c.lemma.lower() in role_nouns()]
        if head.dep == "appos" and head.head.lemma.lower() in role_nouns():
            beside.append(head.head)
        for noun in beside:
            role = role or self._role_at(noun)
            country = country or self._owner_of(noun)
            if country is None and (country := self._owner_of(noun, _IN)) is not None:
                is_placed = True
        for child in head.children:
            if country:
                break
            if child.dep == "prep" and child.lower in _OF_BODY and (inner := child.child("pobj")):
                country = self.state_named(inner)
                if country and child.lower == "of" and role is None and not self._is_state(inner):
                    role = f"of {self._text_of(inner)}"
            elif child.dep == "poss" or (child.dep in ("compound", "nmod") and child.index < person.first):
                country = self.state_named(child)
        if country is None and person.in_body is not None:
            country = self.state_named(self.tokens[person.in_body])
        if country is None and person.role:
            for token in self.tokens[person.chain_first : person.first]:
                country = self.state_named(token)
                if country:
                    break
        return Surroundings(role, country, is_placed)

    def state_named(self, token: Token) -> str | None:
        """State of the organisation or state (not person) named at a token, if any."""
        for mention in self.actors.mentions_at(token):
            entity = self.actors.entities[mention.entity]
            if entity.actor_type != "person" and entity.country:
                return entity.country
        return None

    def _is_state(self, token: Token) -> bool:
        entity = self.actors.entity_at(token)
        return entity is not None and entity.actor_type == "country"

    def _owner_of(self, noun: Token, prepositions: frozenset[str] = frozenset({"of", "for", "at"})) -> str | None:
        """State before or behind a title: "Uzbekistan's foreign minister", "chairman of the Joint Chiefs"."""
        for child in noun.children:
            if child.dep in ("poss", "amod", "compound", "nmod") and child.index < noun.index:
                near: tuple[Token, ...] = (child, *child.children)
            elif child.dep == "prep" and child.lower in prepositions and (inner := child.child("pobj")):
                near = (inner, *(c for c in inner.children if c.dep != "conj"))
            else:
                continue
            for token in near:
                found = self.state_named(token)
                if found:
                    return found
        return None

    def _role_at(self, noun: Token) -> str:
        """Words of a title in apposition: without article and state in front, with a short "of …" behind."""
        first = noun
        for child in reversed([c for c in noun.children if c.index < noun.index]):
            if child.dep not in ("amod", "compound", "nmod") or self._is_state(child) or child.index != first.index - 1:
                break
            first = child
        last = noun
        for child in noun.children:
            if (
                child.dep == "prep"
                and child.lower == "of"
                and (inner := child.child("pobj"))
                and inner.index - noun.index < 5
            ):
                last = inner
        return " ".join(self.actors.parse.text[first.start : last.end].split())

    def _text_of(self, token: Token) -> str:
        mention = self.actors.mention_at(token)
        return " ".join((mention.text if mention else token.text).split())
