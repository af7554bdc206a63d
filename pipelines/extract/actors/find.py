"""Finds the actors of a document: known names, organisations, persons, and which mentions are one actor."""

from __future__ import annotations

import re
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import KnownName, known_names
from pipelines.extract.actors.organisation_names import BODY_HEADS, type_of
from pipelines.extract.actors.persons import PersonName, read_person, state_of_title
from pipelines.extract.facts import Entity
from pipelines.language.parse import Article, EntitySpan, Parse, Token
from pipelines.reference import countries, organisations
from pipelines.reference.offices import office_holder
from pipelines.reference.roles import role_nouns, titles

_PLACE_PREPOSITIONS = frozenset("in at near from to into outside around through toward towards across over above inside via off".split())
_LED_BODIES = frozenset({"administration", "government", "regime", "cabinet"})
_ABBREVIATION = re.compile(r"\(\s?([A-Z][A-Z.\-&]{1,9})\s?\)")
_NOT_A_NAME = re.compile(r"[^\w\s.,'’&/()\-]|\d{3,}|^\W|https?:|@")


def find_actors(article: Article, parse: Parse) -> DocumentActors:
    """Entities and mentions of a document. Pure; the same parse gives the same actors in the same order."""
    return _Finder(article, parse).run()


class _Finder:
    def __init__(self, article: Article, parse: Parse) -> None:
        self.article, self.parse = article, parse
        self.actors = DocumentActors(parse, article)
        self._organisations: dict[str, Entity] = {}
        self._persons: list[Entity] = []
        self._by_surname: dict[str, list[Entity]] = {}
        self._populations: dict[str, Entity] = {}

    def run(self) -> DocumentActors:
        known: list[list[KnownName]] = []
        persons: list[PersonName] = []
        others: list[EntitySpan] = []
        spans: list[list[EntitySpan]] = [[] for _ in self.parse.sentences]
        for span in self.parse.entities:
            spans[self.parse.tokens[span.first].sentence].append(span)
        for sentence in self.parse.sentences:
            tokens = self.parse.tokens[sentence.first : sentence.last]
            matches = known_names(self.parse, tokens)
            organisations_, people = self._names(spans[sentence.index], matches)
            organisations_ += self._unseen_bodies(tokens, organisations_, matches)
            known.append(self._without_inner(matches, organisations_, people))
            others += organisations_
            persons += people
        for span in others:
            self._add_organisation(span)
        for matches in known:
            for match in matches:
                self._add_known(match)
        self._add_persons(persons)
        self._add_surnames()
        self._add_administrations()
        self.actors.finish()
        return self.actors

    # -- spans -------------------------------------------------------------------------------------

    def _names(
        self, spans: list[EntitySpan], matches: list[KnownName]
    ) -> tuple[list[EntitySpan], list[PersonName]]:
        """Organisation spans and persons of a sentence, as the model saw them, put right."""
        tokens = self.parse.tokens
        found: list[EntitySpan] = []
        people: list[PersonName] = []
        for span in spans:
            first, last = span.first, span.last
            while first < last and tokens[first].lower in ("the", "a", "an", "'s", "’s"):
                first += 1
            while last > first and tokens[last - 1].lower in ("'s", "’s", ",", ".", "'", "’", "-"):
                last -= 1
            if first >= last:
                continue
            text = self.parse.text[tokens[first].start : tokens[last - 1].end]
            whole = next((m for m in matches if m.first <= first and m.last >= last), None)
            if span.label == "PERSON":
                if whole and (whole.state or whole.organisation) and last - first == 1:
                    continue
                person = read_person(self.parse, first, last)
                if person and not _NOT_A_NAME.search(person.name):
                    people.append(person)
            elif span.label in ("ORG", "FAC") and not whole:
                if self._is_body_or_name(first, last, text, span.label):
                    first, last = self._extended(first, last)
                    found.append(EntitySpan(first, last, "ORG"))
        return found, people

    def _is_body_or_name(self, first: int, last: int, text: str, label: str) -> bool:
        tokens = self.parse.tokens
        if _NOT_A_NAME.search(text) or not text[0].isupper() or len(text) < 2:
            return False
        if label == "FAC":
            return tokens[last - 1].lower in BODY_HEADS
        words = tuple(t.lower for t in tokens[first:last])
        return words not in titles() and not (last - first == 1 and tokens[first].pos in ("ADJ", "ADV", "VERB", "NUM"))

    def _extended(self, first: int, last: int) -> tuple[int, int]:
        """Take in the state before a body's name ("Kazakh Defense Ministry") and behind it ("Embassy in Kazakhstan")."""
        tokens = self.parse.tokens
        before = tokens[first - 1] if first else None
        head = tokens[last - 1].lower
        if before and before.sentence == tokens[first].sentence and head in BODY_HEADS:
            word = countries.lookup(before.text)
            if word and word.kind in ("adjective", "name"):
                first -= 1
        if last + 1 < len(tokens) and tokens[last].lower in ("in", "of", "for"):
            word = countries.lookup(tokens[last + 1].text)
            if word and word.kind == "name" and (head in ("embassy", "consulate", "mission") or tokens[last].lower == "of"):
                last += 2
        return first, last

    def _unseen_bodies(
        self, tokens: list[Token], found: list[EntitySpan], matches: list[KnownName]
    ) -> list[EntitySpan]:
        """Bodies that the model missed: capitalised words up to a capitalised Ministry, Embassy, Department …"""
        covered = {i for s in found for i in range(s.first, s.last)}
        covered |= {i for m in matches if m.organisation for i in range(m.first, m.last)}
        bodies = []
        for n, token in enumerate(tokens):
            if token.lower not in BODY_HEADS or not token.text[0].isupper() or token.index in covered:
                continue
            first = n
            while first > 0 and tokens[first - 1].text[0].isupper() and tokens[first - 1].pos in ("PROPN", "ADJ", "NOUN"):
                first -= 1
            if first < n or (n + 2 < len(tokens) and tokens[n + 1].lower == "of" and tokens[n + 2].text[0].isupper()):
                bodies.append(EntitySpan(*self._extended(tokens[first].index, token.index + 1), "ORG"))
        return bodies

    def _without_inner(
        self, matches: list[KnownName], found: list[EntitySpan], people: list[PersonName]
    ) -> list[KnownName]:
        """Known names that are not part of a longer organisation's or a person's name."""
        tokens = self.parse.tokens

        def inside(m: KnownName) -> bool:
            if any(o.first <= m.first and m.last <= o.last for o in found):
                return True
            return any(p.first <= m.first and m.last <= p.last and p.last - p.first > 1 for p in people) and not (
                m.state is not None and m.state.kind == "adjective" and tokens[m.first].pos == "ADJ"
            )

        return [m for m in matches if not inside(m)]

    # -- organisations and states ------------------------------------------------------------------

    def _add_organisation(self, span: EntitySpan) -> None:
        tokens = self.parse.tokens[span.first : span.last]
        name = " ".join(self.parse.text[tokens[0].start : tokens[-1].end].split())
        key = name.lower().replace(".", "")
        entity = self._organisations.get(key)
        if entity is None:
            known = organisations.lookup(name)
            country = known.country if known else self._state_in(tokens)
            kind = known.actor_type if known else type_of(name)
            entity = self.actors.add_entity(known.name if known else name, kind, country)
            self._organisations[key] = entity
            if known:
                entity.aliases += [a for a in (*known.aliases, *known.abbreviations) if a != entity.name]
            after = self.parse.text[tokens[-1].end : tokens[-1].end + 14]
            if match := _ABBREVIATION.match(after.lstrip()):
                entity.abbreviation = match[1]
                self._organisations.setdefault(match[1].lower().replace(".", ""), entity)
        self.actors.add_mention(entity.index, tokens, "name")

    def _state_in(self, tokens: list[Token]) -> str | None:
        for token in tokens:
            word = countries.lookup(token.text)
            if word and word.kind in ("name", "adjective"):
                return word.iso3
        return None

    def _add_known(self, match: KnownName) -> None:
        tokens = self.parse.tokens[match.first : match.last]
        if match.organisation:
            known = match.organisation
            entity = self._organisations.get(known.name.lower())
            if entity is None:
                entity = self.actors.add_entity(known.name, known.actor_type, known.country)
                entity.aliases += [a for a in (*known.aliases, *known.abbreviations) if a != known.name]
                self._organisations[known.name.lower()] = entity
            self.actors.add_mention(entity.index, tokens, "name")
            return
        assert match.state is not None
        state = self.actors.state(match.state.iso3)
        kind = match.state.kind
        if kind == "people" or (kind == "adjective" and self._is_people(tokens[-1])):
            self._add_population(match, tokens)
        elif kind in ("capital", "seat"):
            if kind == "capital" and self._is_place(tokens):
                self.actors.add_place(tokens, match.state.iso3)
            else:
                self.actors.add_mention(state, tokens, "metonym", confidence=0.8)
        else:
            self.actors.add_mention(state, tokens, "name" if kind == "name" else "nominal")

    def _is_people(self, token: Token) -> bool:
        """Whether a demonym stands for people ("the Kazakhs", "two Americans") and not before a noun."""
        return token.tag in ("NNPS", "NNS") and token.dep not in ("amod", "compound", "nmod")

    def _add_population(self, match: KnownName, tokens: list[Token]) -> None:
        assert match.state is not None
        name = self.parse.text[tokens[0].start : tokens[-1].end]
        entity = self._populations.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, "population", match.state.iso3)
            self._populations[name.lower()] = entity
        self.actors.add_mention(entity.index, tokens, "name")

    def _is_place(self, tokens: list[Token]) -> bool:
        """Whether a capital is where something happens, and not the state that acts."""
        head = self.parse.head_of(tokens)
        while head.dep in ("compound", "appos", "conj") and head.head is not head:
            if head.dep == "compound":
                return True
            head = head.head
        return head.dep == "pobj" and head.head.lower in _PLACE_PREPOSITIONS or head.dep in ("npadvmod", "nmod", "dep")

    # -- persons -----------------------------------------------------------------------------------

    def _add_persons(self, persons: list[PersonName]) -> None:
        """Full names first, so that a surname before or behind them finds its bearer."""
        self._inherit(persons)
        full = [p for p in persons if " " in p.name]
        for person in full:
            entity = self._same_person(person) or self._new_person(person)
            self._mention(person, entity)
        for person in persons:
            if " " in person.name or self.actors.mention_at(self.parse.tokens[person.first]):
                continue
            bearers = self._by_surname.get(person.name.lower().rstrip("."), [])
            entity = bearers[-1] if bearers else self._new_person(person)
            self._mention(person, entity)
        for entity in self._persons:
            self._complete(entity)

    def _same_person(self, person: PersonName) -> Entity | None:
        words = person.name.lower().split()
        for entity in self._by_surname.get(words[-1], []):
            other = entity.name.lower().split()
            if other[0] == words[0] or (len(words) > 1 and len(other) > 1 and _initial(other[0], words[0])):
                if len(person.name) > len(entity.name):
                    entity.aliases.append(entity.name)
                    entity.name = person.name
                return entity
        return None

    def _new_person(self, person: PersonName) -> Entity:
        entity = self.actors.add_entity(person.name, "person", person.country)
        self._persons.append(entity)
        words = person.name.lower().split()
        self._by_surname.setdefault(words[-1], []).append(entity)
        if len(words) > 2:  # "al-Bashir", "bin Laden", "de la Madrid": later called by more than the last word
            self._by_surname.setdefault(" ".join(words[1:]), []).append(entity)
        return entity

    def _mention(self, person: PersonName, entity: Entity) -> None:
        if person.role and (entity.role is None or len(person.role) > len(entity.role)):
            entity.role = person.role
        entity.country = entity.country or person.country
        if person.name != entity.name and person.name not in entity.aliases:
            entity.aliases.append(person.name)
        tokens = self.parse.tokens[person.first : person.last]
        if not self.actors.mention_at(tokens[-1]):
            self.actors.add_mention(entity.index, tokens, "name", role=person.role)
        head = self.parse.head_of(tokens)
        if entity.country is None:
            entity.country = self._state_by_syntax(head, entity)

    def _inherit(self, persons: list[PersonName]) -> None:
        """ "Kazakh Prime Minister A, Defense Minister B, and Foreign Minister C": B and C are Kazakh too."""
        tokens = self.parse.tokens
        for before, after in zip(persons, persons[1:], strict=False):
            if after.country or not after.role or after.belongs != "state" or not before.country or not before.role:
                continue
            between = tokens[before.last : after.chain_first]
            if len(between) <= 3 and all(t.lower in (",", "and", "&", "the", "his", "or") for t in between):
                after.country = before.country

    def _state_by_syntax(self, head: Token, entity: Entity) -> str | None:
        """State from "X, the foreign minister of Uzbekistan", "Iraq's leader, X" or "X of the U.S. Embassy"."""
        near: list[Token] = [c for c in head.children if c.dep in ("appos", "prep")]
        if head.dep == "appos" and head.head.lemma.lower() in role_nouns():
            near.append(head.head)
        for token in near:
            role = None
            if token.dep == "prep":
                if token.lower != "of":
                    continue
                token = token.child("pobj") or token
            elif token.lemma.lower() in role_nouns():
                role = token
            for below in (token, *token.children, *(g for c in token.children for g in c.children)):
                mention = self.actors.mention_at(below)
                if mention is not None:
                    other = self.actors.entities[mention.entity]
                    if other.index != entity.index and other.actor_type != "person" and other.country:
                        if role is not None and entity.role is None:
                            entity.role = role.text
                        return other.country
        return None

    def _complete(self, entity: Entity) -> None:
        """What a person's own words leave open: the list of office holders, by the day of publication."""
        holder = office_holder(entity.name, self.article.published_on, entity.role)
        if holder:
            if entity.country is None:
                entity.country = holder.country
            if " " not in entity.name:
                entity.aliases.append(entity.name)
                entity.name = holder.person
            entity.role = entity.role or holder.office
        elif entity.country is None and entity.role:
            plain = titles().get(tuple(entity.role.lower().split()))
            entity.country = state_of_title(plain[0]) if plain else None

    def _add_administrations(self) -> None:
        """ "The Obama administration": a body of its own, of the leader's state."""
        for mention in list(self.actors.mentions):
            leader = self.actors.entities[mention.entity]
            if leader.actor_type != "person":
                continue
            tokens = self.parse.tokens_in(mention.start_char, mention.end_char)
            after = tokens[-1].index + 1
            if after >= len(self.parse.tokens) or self.parse.tokens[after].lower not in _LED_BODIES:
                continue
            body = self.parse.tokens[after]
            if self.actors.mention_at(body):
                continue
            name = self.parse.text[tokens[0].start : body.end]
            entity = self._organisations.get(name.lower())
            if entity is None:
                entity = self.actors.add_entity(name, "government_body", leader.country)
                self._organisations[name.lower()] = entity
            self.actors.add_mention(entity.index, [body], "name")

    def _add_surnames(self) -> None:
        """Surnames of known persons where the model saw no person."""
        if not self._by_surname:
            return
        for token in self.parse.tokens:
            if token.pos == "PROPN" and token.text[0].isupper() and self.actors.mention_at(token) is None:
                bearers = self._by_surname.get(token.lower)
                following = token.head if token.dep == "compound" else None
                if bearers and (following is None or following.text[0].islower()):
                    self.actors.add_mention(bearers[-1].index, [token], "name", confidence=0.8)


def _initial(one: str, other: str) -> bool:
    return one[0] == other[0] and (len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1)

