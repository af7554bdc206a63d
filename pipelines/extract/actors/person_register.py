"""The persons of one document: which names are one person, and what the document tells of each."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.persons import PersonName, state_of_title
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from pipelines.reference.given_names import share_female
from pipelines.reference.offices import holder_spelt_like, in_office, office_holder, state_of_office
from pipelines.reference.places import country_of
from pipelines.reference.roles import role_nouns

_FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "SGP", "HKG", "KHM"})
_ROYAL = frozenset(["prince", "princess", "king", "queen", "emir", "sultan", "sheikh"])
_COORDINATORS = frozenset({",", "and", "&", "the", "his", "her", "or", "its"})
_IN = frozenset({"in"})
_OFTENER = 3  # times as often as another of the surname is named whom the text is about
_OF_BODY = frozenset({"of", "from", "at", "with"})


class PersonRegister:
    """Gathers the names of persons and makes them entities: full names first, then surnames."""

    def __init__(self, actors: DocumentActors, published_on: date | None) -> None:
        self.actors = actors
        self.tokens = actors.parse.tokens
        self.published_on = published_on
        self.entities: list[Entity] = []
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_given: dict[str, list[Entity]] = {}
        self._first_seen: dict[int, int] = {}
        self._times_named: Counter[int] = Counter()
        self._titled_by_igo: set[int] = set()
        self._placed: set[int] = set()  # of a state only by where they are or were something: "a leader in Chad"
        self.named: dict[str, Entity] = {}

    def add_all(self, persons: list[PersonName]) -> None:
        """Make entities and mentions of all names of the document, given in text order."""
        for person in persons:
            person.country = person.country or self._realm(person)
        self._inherit(persons)
        for person in persons:
            if " " in person.name:
                self._note(person, self._same_person(person) or self._new(person))
        for person in persons:
            if " " not in person.name:
                self._add_single(person)

    def bearer(self, word: str, position: int, gender: str | None = None) -> Entity | None:
        """The person that a surname means at a token: the last one named before it, else the first after.

        A relative who is named in passing does not take the surname from whom the text is about.
        """
        bearers = self._by_surname.get(word.lower().rstrip("."))
        if not bearers:
            return None
        if gender is not None and len(bearers) > 1:  # "Mrs Clinton" of a text that names Bill too
            shares = [abs(share_female(e.name) - (gender == "f")) for e in bearers]
            bearers = [e for e, share in zip(bearers, shares, strict=True) if share == min(shares)]
        before = [e for e in bearers if self._first_seen[e.index] <= position]
        if not before:
            return bearers[0]
        last = before[-1]
        main = max(before, key=lambda e: self._times_named[e.index])
        is_passing = last.role is None and self._times_named[main.index] >= _OFTENER * self._times_named[last.index]
        seen = self.tokens[min(self._first_seen[last.index], len(self.tokens) - 1)].sentence
        here = self.tokens[min(position, len(self.tokens) - 1)].sentence
        return main if is_passing and seen != here else last

    def _add_single(self, person: PersonName) -> None:
        word = person.name.lower()
        entity = self.bearer(word, person.first, person.gender)
        if entity is not None and self._is_another(entity, person):
            entity = next((e for e in self._by_surname[word] if e.country == person.country), None)
        if entity is None and person.role and person.belongs == "state" and word in self._by_given:
            royal = [
                e
                for e in self._by_given[word]
                if e.role and set(e.role.lower().split()) & _ROYAL and not self._is_another(e, person)
            ]
            entity = royal[0] if len(royal) == 1 else None  # "Prince Mohammed"
        if entity is None:
            given = [e for e in self._by_given.get(word, []) if not self._is_another(e, person)]
            if len(given) == 1 and (not person.role or given[0].country in _FAMILY_NAME_FIRST):
                entity = given[0]
        if entity is None:
            holder = office_holder(person.name, self.published_on, person.role) or (
                in_office(person.name, self.published_on) if person.certain else None
            )
            if not (holder or person.role or person.has_honorific or self._acts(person)):
                return
            entity = self._new(person)
        self._note(person, entity)

    def _realm(self, person: PersonName) -> str | None:
        """The state behind a ruler's name: "King Abdullah of Saudi Arabia"."""
        if not person.role or not set(person.role.lower().split()) & _ROYAL or person.last + 1 >= len(self.tokens):
            return None
        if self.tokens[person.last].lower != "of":
            return None
        return self._state_named(self.tokens[person.last + 1])

    def _is_another(self, entity: Entity, person: PersonName) -> bool:
        """Whether a title says of one known by a single name that he is of another state: "Saudi King Abdullah" after Jordan's."""
        words = entity.name.split()
        is_single = len(words) == 1 or (len(words) == 2 and words[1].rstrip("IVX") == "")
        return is_single and bool(person.country and entity.country and person.country != entity.country)

    def _acts(self, person: PersonName) -> bool:
        """A single name without title is a person's where it does something."""
        acts = self.tokens[person.last - 1].dep in ("nsubj", "poss", "nsubjpass")
        return acts and person.certain and country_of(person.name) is None

    def _inherit(self, persons: list[PersonName]) -> None:
        """ "Kazakh Prime Minister A, Defense Minister B, and Foreign Minister C": B and C are Kazakh too."""
        for before, after in zip(persons, persons[1:], strict=False):
            if after.country or not after.role or after.belongs != "state" or not before.country or not before.role:
                continue
            between = self.tokens[before.last : after.chain_first]
            if len(between) <= 3 and all(t.lower in _COORDINATORS for t in between):
                after.country = before.country

    def _same_person(self, person: PersonName) -> Entity | None:
        words = person.name.lower().split()
        if len(words) == 2:  # "Orban Viktor" of "Viktor Orban"
            for entity in self._by_surname.get(words[0], []):
                if entity.name.lower().split() == words[::-1]:
                    return entity
        if (longer := self.named.get(" ".join(words))) is not None:
            return longer
        if len(words) > 1 and all(w[0].isalpha() for w in words):
            for entity in self._by_surname.get(" ".join(words), []):  # "López Obrador" of "Andrés Manuel López Obrador"
                return entity
        for entity in self._by_surname.get(_surname(words), []):
            if self._is_another(entity, person):
                continue
            other = entity.name.lower().split()
            if len(other) == 1 or other[0] == words[0] or _initial(other[0], words[0]):
                if len(person.name) > len(entity.name):
                    self._add_alias(entity, entity.name)
                    entity.name = person.name
                    self._index(entity)
                return entity
        return None

    def _new(self, person: PersonName) -> Entity:
        entity = self.actors.add_entity(person.name, "person", None)
        self.entities.append(entity)
        self._first_seen[entity.index] = person.first
        self._index(entity)
        return entity

    def _index(self, entity: Entity) -> None:
        words = entity.name.lower().split()
        names = {_surname(words), words[-1], words[-1].removeprefix("al-").removeprefix("el-")}
        if len(words) > 2:  # "bin Salman", "de la Madrid", "Garcia Marquez": the text goes on with more than one word
            names |= {" ".join(words[1:]), " ".join(words[-2:])}
        if words[-1] in ("jr.", "jr", "sr.", "ii", "iii") and len(words) > 1:
            names.add(words[-2].rstrip(","))
        for name in sorted(names):
            bearers = self._by_surname.setdefault(name, [])
            if entity not in bearers:
                bearers.append(entity)
        if len(words) > 1 and "-" in words[-1] and entity.name.split()[-1].partition("-")[2].islower():
            names.add(words[0])  # "Ban Ki-moon", "Ma Ying-jeou": the family's name comes first
            self._by_surname.setdefault(words[0], []).append(entity)
        if len(words) > 1:
            given = self._by_given.setdefault(words[0], [])
            if entity not in given:
                given.append(entity)

    def _add_alias(self, entity: Entity, alias: str) -> None:
        if alias != entity.name and alias not in entity.aliases:
            entity.aliases.append(alias)

    def _note(self, person: PersonName, entity: Entity) -> None:
        """Add a mention and what its words tell to the entity."""
        if person.role and (entity.role is None or len(person.role) > len(entity.role)):
            entity.role = person.role
        if person.belongs == "igo":
            self._titled_by_igo.add(entity.index)
        entity.country = entity.country or person.country
        self.named.setdefault(person.name.lower(), entity)
        self._add_alias(entity, person.name)
        self._times_named[entity.index] += 1
        tokens = self.tokens[person.first : person.last]
        if self.actors.mention_at(tokens[-1]) is None:
            self.actors.add_mention(entity.index, tokens, "name", person.role)

    def complete(self, persons: list[PersonName]) -> None:
        """What the words around the names tell, then the list of office holders, then the usage of titles."""
        for person in persons:
            head = self.actors.parse.head_of(self.tokens[person.first : person.last])
            entity = self.actors.entity_at(head)
            if entity is None or entity.actor_type != "person":
                continue
            if entity.country is None or entity.role is None:
                self._read_syntax(head, person, entity)
        for entity in self.entities:
            holder = office_holder(entity.name, self.published_on, entity.role)
            if holder is None and " " not in entity.name:
                holder = in_office(entity.name, self.published_on)
            if holder is None and entity.country is None:
                holder = holder_spelt_like(entity.name, self.published_on, entity.role)
            # A spelling ("Defence Secretary") or where somebody served say less than the list.
            is_weak = entity.index in self._placed or entity.country == state_of_title(entity.role)
            if holder and (entity.country in (None, holder.country) or (is_weak and entity.name == holder.person)):
                entity.country, entity.country_basis = holder.country, "register"
                if " " not in entity.name:
                    self._add_alias(entity, entity.name)
                    entity.name = holder.person
                entity.role = entity.role or holder.office
                continue
            usage = state_of_title(entity.role)
            if entity.country is None and entity.index not in self._titled_by_igo:
                entity.country = usage or state_of_office(entity.name, self.published_on, entity.role)
                entity.country_basis = "register" if entity.country else None
            if usage is not None and entity.country == usage:
                # "Senator" is an American title, but not in a text of another state alone.
                entity.country = self.actors.home_not(usage) or usage

    def _read_syntax(self, head: Token, person: PersonName, entity: Entity) -> None:
        """Role and state from what stands beside a name.

        "X, the foreign minister of Uzbekistan", "the Uzbek foreign minister, X", "X of the U.S. Embassy", "NPR's X",
        "Foreign Ministry spokesman X".
        """
        country, role = None, None
        beside = [c for c in head.children if c.dep == "appos" and c.lemma.lower() in role_nouns()]
        if head.dep == "appos" and head.head.lemma.lower() in role_nouns():
            beside.append(head.head)
        for noun in beside:
            role = role or self._role_at(noun)
            country = country or self._owner_of(noun)
            if country is None and (country := self._owner_of(noun, _IN)) is not None:
                self._placed.add(entity.index)
        for child in head.children:
            if country:
                break
            if child.dep == "prep" and child.lower in _OF_BODY and (inner := child.child("pobj")):
                country = self._state_named(inner)
                if country and child.lower == "of" and role is None and not self._is_state(inner):
                    role = f"of {self._text_of(inner)}"
            elif child.dep == "poss" or (child.dep in ("compound", "nmod") and child.index < person.first):
                country = self._state_named(child)
        if country is None and person.in_body is not None:
            country = self._state_named(self.tokens[person.in_body])
        if country is None and person.role:
            for token in self.tokens[person.chain_first : person.first]:
                country = self._state_named(token)
                if country:
                    break
        entity.role = entity.role or role
        entity.country = entity.country or country

    def _state_named(self, token: Token) -> str | None:
        """State of the organisation or state (not person) named at a token."""
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
                found = self._state_named(token)
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


def _surname(words: list[str]) -> str:
    return words[-1].rstrip(".,")


def _initial(one: str, other: str) -> bool:
    return one[0] == other[0] and (len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1)
