"""Bodies named for the person who leads them: "the Obama administration", "the Thatcher government"."""

from __future__ import annotations

from datetime import date

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.organisation_names import BODIES_OF_PERSONS
from pipelines.extract.actors.person_register import PersonRegister
from pipelines.extract.facts import Entity
from pipelines.reference.offices import state_of_surname


class PersonBodyRegister:
    """Makes one entity of each such body of a document."""

    def __init__(self, actors: DocumentActors, people: PersonRegister, published_on: date | None) -> None:
        self.actors, self.people, self.published_on = actors, people, published_on
        self.parse = actors.parse
        self._by_name: dict[str, Entity] = {}

    def add(self, first: int, last: int) -> bool:
        """ "the Obama administration": one actor, of the state whose leader it names. Tokens first:last are the name."""
        tokens = self.parse.tokens
        if last <= first or last >= len(tokens) or tokens[last].sentence != tokens[first].sentence:
            return False
        kind = BODIES_OF_PERSONS.get(tokens[last].lower)
        if (
            kind is None
            or not tokens[first].text[0].isupper()
            or tokens[last - 1].dep not in ("compound", "amod", "nmod", "poss")
        ):
            return False
        surname = tokens[last - 1].text
        state = state_of_surname(surname, self.published_on)
        if state is None and (last - first > 2 or tokens[first].entity != "PERSON"):
            return False
        span = tokens[first : last + 1]
        name = " ".join(self.parse.text[span[0].start : span[-1].end].split())
        entity = self._by_name.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, kind, state)
            self._by_name[name.lower()] = entity
        self.actors.add_mention(entity.index, span, "name")
        return True

    def place(self) -> None:
        """A body is of the state of the person it is named for, as the document tells it."""
        for name, entity in self._by_name.items():
            person = self.people.bearer(name.split()[-2], len(self.parse.tokens))
            if entity.country is None and person is not None:
                entity.country = person.country
