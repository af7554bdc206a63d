"""The persons of one document: which names are one person, and what the document tells of each."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.name_surroundings import NameSurroundings
from pipelines.extract.actors.person_names import PersonNames
from pipelines.extract.actors.title_chains import PersonName, state_of_title
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from pipelines.reference.folding import fold
from pipelines.reference.given_names import is_given_name, share_female
from pipelines.reference.offices import holder_spelt_like, in_office, is_listed, office_holder, state_of_office
from pipelines.reference.places import country_of
from pipelines.reference.roles import title_words

_FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "SGP", "HKG", "KHM"})
_ROYAL = frozenset(["prince", "princess", "king", "queen", "emir", "sultan", "sheikh"])
# Titles that go with the name of one's reign or birth; sheikhs, emirs and sultans go by surnames too.
_REGNAL = frozenset(["king", "queen", "emperor", "empress", "prince", "princess"])
# Who is called by a given name that says nothing of others who bear it: "Pope John" is not John Kerry.
_CALLED_BY_GIVEN = _ROYAL | frozenset(
    ["pope", "patriarch", "emperor", "empress", "saint", "father", "brother", "sister", "bishop"]
)
_COORDINATORS = frozenset({",", "and", "&", "the", "his", "her", "or", "its"})
_ACTING = frozenset({"nsubj", "poss", "nsubjpass"})
_OFTENER = 3  # times as often as another of the surname is named whom the text is about


class PersonRegister:
    """Gathers the names of persons and makes them entities: full names first, then surnames."""

    def __init__(self, actors: DocumentActors, published_on: date | None) -> None:
        self.actors = actors
        self.tokens = actors.parse.tokens
        self.published_on = published_on
        self.entities: list[Entity] = []
        self._names = PersonNames()
        self._women: set[int] = set()  # known by a surname behind "Mrs" alone
        self._first_seen: dict[int, int] = {}
        self._times_named: Counter[int] = Counter()
        self._titled_by_igo: set[int] = set()
        self._placed: set[int] = set()  # of a state only by where they are or were something: "a leader in Chad"
        self.named: dict[str, Entity] = {}
        self._around = NameSurroundings(actors)

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
        bearers = self._names.by_surname(word)
        if gender == "f":  # "Mrs Clinton" is not Bill; a surname alone tells nothing
            bearers = [e for e in bearers if " " not in e.name or share_female(e.name) > 0]
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

    def named_whole(self, token: Token) -> tuple[Entity, int] | None:
        """The person whose name of several words, with or without the first, begins at a token, and the token behind it."""
        for name, entity in self._names.beginning_with(token.lower):
            words = name.split()
            span = self.tokens[token.index : token.index + len(words)]
            if [fold(t.text) for t in span] == words and span[0].text[0].isupper() and span[-1].text[0].isupper():
                return entity, token.index + len(words)
        return None

    def called(self, token: Token) -> Entity | None:
        """The one person whose given or middle name a token is, where it does something: "Orban" of "Orban Viktor".

        Towns of that name ("Lagos" of "Ricardo Lagos Escobar") do not count: the text has named the person.
        """
        behind = self.tokens[token.index + 1 : token.index + 2]
        parts = [c for c in token.children_by("compound", "nmod") if c.lower not in title_words()]  # "San Francisco"
        if parts or (behind and behind[0].pos == "PROPN") or token.dep not in _ACTING:
            return None
        word = PersonName(token.index, token.index + 1, token.text)
        return self._called_by_given(token.lower, word) or self._called_by_middle(token.lower, word)

    def _add_single(self, person: PersonName) -> None:
        word = person.name.lower()
        entity = self.bearer(word, person.first, person.gender)
        if entity is not None and (self._is_another(entity, person) or self._is_ruler_beside(entity, person)):
            others = [e for e in self._names.by_surname(word) if not self._is_ruler_beside(e, person)]
            entity = next((e for e in others if person.country is None or e.country == person.country), None)
        if entity is None and person.role and person.belongs == "state" and self._names.by_given(word):
            royal = [
                e
                for e in self._names.by_given(word)
                if e.role and set(e.role.lower().split()) & _ROYAL and not self._is_another(e, person)
            ]
            entity = royal[0] if len(royal) == 1 else None  # "Prince Mohammed"
        if entity is None:
            entity = self._called_by_given(word, person) or self._called_by_middle(word, person)
        if entity is None:
            holder = office_holder(person.name, self.published_on, person.role) or (
                in_office(person.name, self.published_on) if person.certain else None
            )
            if not (holder or person.role or person.has_honorific or self._acts(person)):
                return
            entity = self._new(person)
            if person.gender == "f":
                self._women.add(entity.index)
        self._note(person, entity)

    def _called_by_given(self, word: str, person: PersonName) -> Entity | None:
        """The one person whose name begins with a word: "Mahathir" of "Mahathir Mohamad", "Premier Li" of "Li Keqiang".

        Behind a title the word may be somebody else's surname: it is not where it is a given name of the West ("Prime Minister Howard"
        is not Howard Baker), nor where the title goes with given names.
        """
        given = [e for e in self._names.by_given(word) if not self._is_another(e, person)]
        if len(given) != 1:
            return None
        found = given[0]
        titles = set(person.role.lower().split()) if person.role else set()
        if not titles or found.country in _FAMILY_NAME_FIRST or titles & set((found.role or "").lower().split()):
            return found
        is_other = bool(person.country and found.country and person.country != found.country)
        return None if is_other or is_given_name(word) or titles & _CALLED_BY_GIVEN else found

    def _called_by_middle(self, word: str, person: PersonName) -> Entity | None:
        """The one person in the middle of whose name a word stands: "Lula" of "Luiz Inácio Lula da Silva", "Chávez" of "Hugo Chávez Frías"."""
        bearers = self._names.by_middle(word)
        if len(bearers) != 1:
            return None
        is_other = bool(person.country and bearers[0].country and person.country != bearers[0].country)
        is_royal = bool(person.role and set(person.role.lower().split()) & _CALLED_BY_GIVEN)
        return None if is_other or is_royal else bearers[0]

    def _realm(self, person: PersonName) -> str | None:
        """The state behind a ruler's name: "King Abdullah of Saudi Arabia"."""
        if not person.role or not set(person.role.lower().split()) & _ROYAL or person.last + 1 >= len(self.tokens):
            return None
        if self.tokens[person.last].lower != "of":
            return None
        return self._around.state_named(self.tokens[person.last + 1])

    def _is_another(self, entity: Entity, person: PersonName) -> bool:
        """Whether a title says of one known by a single name that he is of another state: "Saudi King Abdullah" after Jordan's."""
        words = entity.name.split()
        is_single = len(words) == 1 or (len(words) == 2 and words[1].rstrip("IVX") == "")
        return is_single and bool(person.country and entity.country and person.country != entity.country)

    def _is_ruler_beside(self, entity: Entity, person: PersonName) -> bool:
        """Whether a ruler's title says of a single name that it is no surname of one known by several names: "King Hussein" beside
        Saddam Hussein, who holds another office or is of another state than the text says of the king."""
        titles = set(person.role.lower().split()) if person.role else set()
        if not titles & _REGNAL or " " not in entity.name or set(entity.name.lower().split()) & _ROYAL:
            return False
        holder = office_holder(entity.name, self.published_on, entity.role)
        # Of whom a text calls "the leader" the list of office holders knows that he is a prince.
        office = holder.office if holder else entity.role or ""
        country = entity.country or (holder.country if holder else None)
        is_elsewhere = bool(person.country and country and person.country != country)
        return is_elsewhere or bool(office and not set(office.lower().split()) & _ROYAL)

    def _acts(self, person: PersonName) -> bool:
        """A single name without title is a person's where it does something."""
        acts = self.tokens[person.last - 1].dep in _ACTING
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
        words = fold(person.name).split()
        if len(words) == 2:  # "Orban Viktor" of "Viktor Orban"
            for entity in self._names.by_surname(words[0]):
                if fold(entity.name).split() == words[::-1]:
                    return entity
        if (longer := self.named.get(" ".join(words))) is not None:
            return longer
        if len(words) > 1 and all(w[0].isalpha() for w in words):
            for entity in self._names.by_surname(" ".join(words)):  # "López Obrador" of "Andrés Manuel López Obrador"
                return entity
        for entity in self._names.by_surname(words[-1]):
            if self._is_another(entity, person):
                continue
            other = fold(entity.name).split()
            if len(other) == 1 or other[0] == words[0] or _initial(other[0], words[0]):
                if len(person.name) > len(entity.name):
                    self._add_alias(entity, entity.name)
                    entity.name = person.name
                    self._names.add(entity)
                return entity
        return None

    def _new(self, person: PersonName) -> Entity:
        entity = self.actors.add_entity(person.name, "person", None)
        self.entities.append(entity)
        self._first_seen[entity.index] = person.first
        self._names.add(entity)
        return entity

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
        self.named.setdefault(fold(person.name), entity)
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
                self._read_surroundings(head, person, entity)
        for entity in self.entities:
            holder = office_holder(entity.name, self.published_on, entity.role)
            if holder is None and " " not in entity.name:
                # "Sheikh Hasina", "Lord Carrington": names that the list has with their title.
                titled = f"{entity.role.split()[-1]} {entity.name}" if entity.role else ""
                holder = in_office(entity.name, self.published_on)
                holder = holder or (office_holder(titled, self.published_on, None) if is_listed(titled) else None)
            if holder is not None and entity.index in self._women and share_female(holder.person) == 0:
                holder = None
            elif holder is None and entity.country is None:
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

    def _read_surroundings(self, head: Token, person: PersonName, entity: Entity) -> None:
        surroundings = self._around.read(head, person)
        entity.role = entity.role or surroundings.role
        entity.country = entity.country or surroundings.country
        if surroundings.is_placed:
            self._placed.add(entity.index)


def _initial(one: str, other: str) -> bool:
    return one[0] == other[0] and (len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1)
