"""Finds the actors of a document: known names, organisations, persons and groups, and which mentions are one actor."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import (
    KnownName,
    is_all_capitals,
    is_caseless,
    is_in_capitals,
    known_names,
)
from pipelines.extract.actors.groups import GroupRegister, organ_of
from pipelines.extract.actors.kinds import tell_kinds
from pipelines.extract.actors.name_spans import names_in
from pipelines.extract.actors.organisation_names import BODIES_OF_PERSONS, has_company_form, is_abbreviation, type_of
from pipelines.extract.actors.organisation_register import OrganisationRegister
from pipelines.extract.actors.person_register import PersonRegister
from pipelines.extract.actors.persons import PersonName
from pipelines.extract.actors.phrases import person_meant
from pipelines.extract.facts import Entity
from pipelines.language.parse import Article, EntitySpan, Parse, Token
from pipelines.reference.offices import in_office, state_of_surname
from pipelines.reference.places import country_of

_PLACE_PREPOSITIONS = frozenset([
    "in", "at", "near", "into", "outside", "around", "through", "across", "over", "above", "inside", "via", "off",
    "throughout"
])  # fmt: skip
_MOTION_PREPOSITIONS = frozenset(["to", "from", "toward", "towards", "for"])
# Nouns that tie states, not places: "relations with Washington", "ties to Moscow", "aid from Tehran".
_STATE_TIES = frozenset([
    "relation", "tie", "support", "aid", "assistance", "pressure", "help", "money", "demand", "threat", "message",
    "letter", "alliance", "weapon", "arm", "loan", "backing", "criticism", "concession", "appeal", "opposition",
    "challenge", "answer", "response", "sanction", "sale", "subsidy", "order", "permission", "guarantee"
])  # fmt: skip
_STATE_VERBS = frozenset([
    "come", "belong", "demand", "get", "receive", "win", "give", "offer", "sell", "supply", "provide", "send",
    "lend", "grant"
])  # fmt: skip
_AROUND_US_GEORGIA = (
    "Atlanta", "Savannah", " Ga.", "-Ga", "Alabama", "Florida", "Carolina", "Tennessee", "Texas", "Republican", "Democrat",
    "Congress", "Senator", "Mr. Speaker",
)  # fmt: skip
_CAUCASUS = (
    "Tbilisi", "Georgian", "Abkhazia", "Ossetia", "Russia", "Saakashvili", "Shevardnadze", "Armenia", "Azerbaijan",
    "Soviet", "Ukraine", "Moldova", "Caucasus",
)  # fmt: skip
_TOWN_NOUNS = frozenset([
    "capital", "city", "mayor", "suburb", "outskirts", "street", "north", "south", "east", "west", "archbishop",
    "resident", "mile", "kilometer", "university", "district", "airport", "downtown", "square", "center",
    "neighborhood", "hospital", "hotel", "quarter", "zone"
])  # fmt: skip
# Parts of towns that bear a state's name.
_NAMED_FOR_STATES = frozenset(
    ["neighborhood", "neighbourhood", "street", "avenue", "boulevard", "square", "hotel", "stadium"]
)
# Where names stand in a clause.
_OF_NAMES = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "dative"])
_VISITED = frozenset([
    "visit", "leave", "reach", "attack", "bomb", "shell", "capture", "enter", "storm", "seize", "besiege", "tour",
    "rock", "hit", "strike", "quit"
])  # fmt: skip


def find_actors(article: Article, parse: Parse) -> DocumentActors:
    """Entities and mentions of a document. Pure; the same parse gives the same actors in the same order."""
    return _Finder(article, parse).run()


class _Finder:
    def __init__(self, article: Article, parse: Parse) -> None:
        self.article, self.parse = article, parse
        self.actors = DocumentActors(parse, article)
        self.bodies = OrganisationRegister(self.actors)
        self.people = PersonRegister(self.actors, article.published_on)
        self.groups = GroupRegister(self.actors)
        self._regions: dict[str, Entity] = {}
        self._populations: dict[str, Entity] = {}
        self._person_bodies: dict[str, Entity] = {}
        self._us_georgia: bool | None = None
        self._surnames: list[tuple[int, int]] = []  # of persons, which the model took for other names

    def run(self) -> DocumentActors:
        parse = self.parse
        caseless = is_caseless(parse)
        capitals = is_all_capitals(parse)
        year = self.article.published_on.year if self.article.published_on else None
        spans: list[list[EntitySpan]] = [[] for _ in parse.sentences]
        for span in parse.entities:
            spans[parse.tokens[span.first].sentence].append(span)
        marks: dict[int, KnownName] = {}
        matched: list[KnownName] = []
        persons: list[PersonName] = []
        names: list[tuple[int, int]] = []
        for sentence in parse.sentences:
            tokens = parse.tokens[sentence.first : sentence.last]
            in_capitals = capitals or is_in_capitals(tokens)
            matches = known_names(parse, tokens, caseless, in_capitals, year)
            for match in matches:
                for i in range(match.first, match.last):
                    marks.setdefault(i, match)
            named, people = names_in(parse, tokens, spans[sentence.index], marks, in_capitals)
            named = [span for span in named if not _joins_known(span, matches, parse.tokens)]
            matched += _without_inner(parse, matches, named, people)
            names += named
            persons += people
        persons = [p for p in persons if not self._add_person_body(p.first, p.last)]
        persons = self._without_firms(persons, names)
        self._add_names(names, matched, marks, persons)
        persons.sort(key=lambda p: p.first)
        self.people.add_all(persons)
        self._add_surnames(marks)
        tell_kinds(self.actors)
        for sentence in parse.sentences:
            self.groups.add(parse.tokens[sentence.first : sentence.last], marks)
        self.actors.finish()
        self.people.complete(persons)
        self._name_office_holders()
        self._place_person_bodies()
        self.bodies.place_bodies()
        self.groups.place_groups()
        return self.actors

    def _without_firms(self, persons: list[PersonName], names: list[tuple[int, int]]) -> list[PersonName]:
        """Persons without single names that shorten a company of the text ("Dart" of "Dart Group Inc"): those join `names`."""
        tokens, text = self.parse.tokens, self.parse.text
        firms = {
            tokens[a].lower
            for a, b in names
            if b - a > 1 and has_company_form(text[tokens[a].start : tokens[b - 1].end])
        }
        firms -= {word for p in persons if " " in p.name for word in p.name.lower().split()}
        found = [p for p in persons if p.role or p.has_honorific or p.name.lower() not in firms]
        names += [(p.first, p.last) for p in persons if p not in found]
        return found

    # -- organisations, states, regions --------------------------------------------------------------

    def _add_names(
        self,
        names: list[tuple[int, int]],
        matched: list[KnownName],
        marks: dict[int, KnownName],
        persons: list[PersonName],
    ) -> None:
        tokens = self.parse.tokens
        surnames = {p.name.split()[-1].lower() for p in persons}
        for match in matched:
            if match.organisation and not self._is_signature(match):
                self.bodies.add_known(match.organisation, tokens[match.first : match.last])
        # Full forms before what shortens them: a text may begin with "Sony" or "TSA" and go on with the whole name.
        for first, last in sorted(names, key=self._how_short):
            if self.parse.text[tokens[first].start : tokens[last - 1].end].lower() in surnames:
                self._surnames.append((first, last))
                continue
            if last - first == 1 and in_office(tokens[first].text, self.article.published_on):
                persons.append(PersonName(first, last, tokens[first].text, chain_first=first))
                continue
            if self._add_person_body(first, last - 1) or self._add_person_body(first, last):
                continue
            self.bodies.add(tokens[first:last], marks)
        for match in matched:
            span = tokens[match.first : match.last]
            if match.state:
                self._add_state(match, span, marks)
            elif match.region:
                self._add_region(match, span)

    def _how_short(self, span: tuple[int, int]) -> int:
        """0 for names with a company's form, 2 for abbreviations, 1 for others."""
        name = self.parse.text[self.parse.tokens[span[0]].start : self.parse.tokens[span[1] - 1].end]
        return 0 if has_company_form(name) else 2 if is_abbreviation(name) else 1

    def _is_signature(self, match: KnownName) -> bool:
        """An agency's name that is a paragraph of its own, below the text."""
        sentence = self.parse.sentences[self.parse.tokens[match.first].sentence]
        return sentence.last - sentence.first <= match.last - match.first + 1 and len(self.parse.sentences) > 1

    def _add_person_body(self, first: int, last: int) -> bool:
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
        state = state_of_surname(surname, self.article.published_on)
        if state is None and (last - first > 2 or tokens[first].entity != "PERSON"):
            return False
        span = tokens[first : last + 1]
        name = " ".join(self.parse.text[span[0].start : span[-1].end].split())
        entity = self._person_bodies.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, kind, state)
            self._person_bodies[name.lower()] = entity
        self.actors.add_mention(entity.index, span, "name")
        return True

    def _place_person_bodies(self) -> None:
        """A body is of the state of the person it is named for, as the document tells it."""
        for name, entity in self._person_bodies.items():
            person = self.people.bearer(name.split()[-2], len(self.parse.tokens))
            if entity.country is None and person is not None:
                entity.country = person.country

    def _add_state(self, match: KnownName, tokens: list[Token], marks: dict[int, KnownName]) -> None:
        assert match.state is not None
        iso3, kind = match.state.iso3, match.state.kind
        if not match.owns:
            self.actors.not_owners.update(range(match.first, match.last))
        if iso3 == "GEO" and kind == "name" and (self._is_us_georgia() or self._is_behind_us_town(tokens[0])):
            self.actors.add_place(tokens, "USA")
        elif iso3 == "MDV" and kind == "capital" and "Maldiv" not in self.parse.text:
            return  # "Male" is a word
        elif match.owns and tokens[-1].head.lemma.lower() == "language" and tokens[-1].dep in ("amod", "compound"):
            return  # what is done to the Russian language is not done to Russia
        elif kind == "name" and tokens[-1].dep == "compound" and tokens[-1].head.lemma.lower() in _NAMED_FOR_STATES:
            return  # "the Costa Rica neighborhood"
        elif kind == "people" or (kind == "adjective" and _is_people(tokens[-1])):
            self._add_population(tokens, self._state_lived_in(tokens, marks, iso3))
        elif kind == "capital" and self._is_place(tokens):
            self.actors.add_place(tokens, iso3)
        elif kind in ("capital", "seat"):
            self.actors.add_mention(self.actors.state(iso3), tokens, "metonym", confidence=0.8)
        else:
            state = self.actors.state(iso3)
            organ = organ_of(tokens[-1]) if match.owns and "-" not in tokens[0].text else None
            if organ is not None and self._is_free(tokens[-1].index + 1, organ.index + 1):
                self.actors.add_mention(
                    state, self.parse.tokens[match.first : organ.index + 1], "nominal", confidence=0.9
                )
            elif kind == "name":
                self.actors.add_mention(state, tokens, "name")
            else:
                self.actors.add_mention(state, tokens, "nominal", confidence=0.9 if match.owns else 0.5)

    def _state_lived_in(self, tokens: list[Token], marks: dict[int, KnownName], iso3: str) -> str | None:
        """ "Bosnian Serbs", "ethnic Albanians in Kosovo", "the Albanians of Serbia": people of that state, by their home.

        "Ethnic" says that it is not the state of their name: where no other is told nearby, none is known.
        """
        before = marks.get(tokens[0].index - 1)
        if before is not None and before.state and before.owns and before.state.kind == "adjective":
            return before.state.iso3
        is_ethnic = tokens[0].index > 0 and self.parse.tokens[tokens[0].index - 1].lower == "ethnic"
        for child in tokens[-1].children_by("prep"):
            inner = child.child("pobj")
            if inner is not None and (child.lower == "of" or (is_ethnic and child.lower in ("in", "from"))):
                home = marks.get(inner.index)
                if home is not None and (home.state or home.region):
                    return home.state.iso3 if home.state else home.region.iso3 if home.region else None
        if not is_ethnic:
            return iso3
        sentence = self.parse.sentences[tokens[0].sentence]
        for token in self.parse.tokens[sentence.first : sentence.last]:
            if token.dep == "pobj" and token.head.lower == "in" and (home := marks.get(token.index)) is not None:
                there = home.state.iso3 if home.state else home.region.iso3 if home.region else None
                if there is not None and there != iso3:
                    return there
        return None

    def _is_us_georgia(self) -> bool:
        """Whether "Georgia" is the American state here: American politics or places around, nothing of the Caucasus."""
        if self._us_georgia is None:
            text = self.parse.text
            self._us_georgia = any(w in text for w in _AROUND_US_GEORGIA) and not any(w in text for w in _CAUCASUS)
        return self._us_georgia

    def _is_behind_us_town(self, token: Token) -> bool:
        """ "Augusta, Georgia": from there on the text's Georgia is the American one."""
        before = self.parse.tokens[max(0, token.index - 2) : token.index]
        if len(before) == 2 and before[1].text == "," and before[0].pos == "PROPN":
            if country_of(before[0].text) == "USA":
                self._us_georgia = True
                return True
        return False

    def _is_free(self, first: int, last: int) -> bool:
        """Whether no organisation's name lies among tokens first:last."""
        for token in self.parse.tokens[first:last]:
            entity = self.actors.entity_at(token)
            if entity is not None and entity.actor_type != "country":
                return False
        return True

    def _add_population(self, tokens: list[Token], iso3: str | None) -> None:
        name = self.parse.text[tokens[0].start : tokens[-1].end]
        entity = self._populations.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, "population", iso3)
            self._populations[name.lower()] = entity
        self.actors.add_mention(entity.index, tokens, "name")

    def _add_region(self, match: KnownName, tokens: list[Token]) -> None:
        """A part of a state is a place; a region of many states an actor, unless something happens in it."""
        assert match.region is not None
        if match.region.iso3:
            self.actors.add_place(tokens, match.region.iso3)
            return
        head = self.parse.head_of(tokens)
        if head.dep == "pobj" and head.head.lower in _PLACE_PREPOSITIONS:
            return
        if match.region.members:
            for iso3 in match.region.members:
                self.actors.add_mention(self.actors.state(iso3), tokens, "nominal", confidence=0.8)
            return
        entity = self._regions.get(match.region.name)
        if entity is None:
            entity = self.actors.add_entity(match.region.name, "other_organization", None)
            self._regions[match.region.name] = entity
        is_name = " ".join(t.lower for t in tokens).removeprefix("the ") == match.region.name.lower()
        self.actors.add_mention(entity.index, tokens, "name" if is_name else "nominal", confidence=0.7)

    def _is_place(self, tokens: list[Token]) -> bool:
        """Whether a capital is where something happens, and not the state that acts."""
        head = self.parse.head_of(tokens)
        after = tokens[-1].index + 1
        following = self.parse.tokens[after] if after < len(self.parse.tokens) else None
        if following is not None and following.lower in ("-", "d.c.") and following.sentence == head.sentence:
            return (
                following.lower == "d.c."
                or self.parse.tokens[min(after + 1, len(self.parse.tokens) - 1)].lower == "based"
            )
        if following is not None and following.lower == "state" and following.sentence == head.sentence:
            return True
        if following is not None and following.text == "," and after + 1 < len(self.parse.tokens):
            second = self.parse.tokens[after + 1]
            mention = self.actors.mention_at(second)
            if second.text[0].isdigit() or (
                mention is not None and mention.mention_type == "name" and second.dep == "appos"
            ):
                return True
        while head.dep in ("appos", "conj") and head.head is not head:
            if head.dep == "appos" and head.head.lemma.lower() in ("capital", "city", "port", "town"):
                return True
            head = head.head
        if head.dep == "compound":
            return head.head.text[0].isupper()
        if head.dep == "pobj":
            preposition, ruler = head.head, head.head.head
            if preposition.lower in _PLACE_PREPOSITIONS:
                return True
            if preposition.lower in _MOTION_PREPOSITIONS:
                return ruler.lemma.lower() not in _STATE_TIES and not (
                    preposition.lower == "from" and ruler.lemma.lower() in _STATE_VERBS
                )
            return preposition.lower == "of" and ruler.lemma.lower() in _TOWN_NOUNS
        if head.dep == "poss":
            return head.head.lemma.lower() in _TOWN_NOUNS
        if head.dep == "dobj":
            return head.head.lemma.lower() in _VISITED
        return head.dep in ("npadvmod", "nmod", "dep", "ROOT", "attr") and not (
            head.dep == "nmod" and head.head.text[0].islower()
        )

    # -- persons ------------------------------------------------------------------------------------

    def _name_office_holders(self) -> None:
        """ "The U.S. defense secretary", in a text that names him, is a mention of the person and not of the state."""
        actors = self.actors
        meant: list[tuple[int, int]] = []
        for mention in actors.mentions:
            if mention.mention_type == "nominal" and actors.entities[mention.entity].actor_type == "country":
                found = person_meant(actors, actors.mention_tokens(mention)[-1], [mention])
                if len(found) == 1:
                    meant.append((mention.index, found[0].entity))
        for index, entity in meant:
            actors.mentions[index].entity = entity
            actors.mentions[index].confidence = 0.7

    def _add_surnames(self, marks: dict[int, KnownName]) -> None:
        """Surnames of known persons where the model saw no person."""
        for first, last in self._surnames:
            span = self.parse.tokens[first:last]
            named = self.people.bearer(self.parse.text[span[0].start : span[-1].end], first)
            if named is not None and last - first > 1 and self.actors.mention_at(span[-1]) is None:  # "Winner-Davis"
                self.actors.add_mention(named.index, span, "name", confidence=0.8)
        for token in self.parse.tokens:
            if token.index in marks or not token.text[0].isupper():
                continue
            if token.pos != "PROPN" and not _stands_as_name(token):
                continue
            if self.actors.mention_at(token) is not None:
                continue
            bearer = self.people.bearer(token.text, token.index)
            if bearer is None or len(token.text) < 3:
                continue
            if self._add_person_body(token.index, token.index + 1):
                continue
            following = token.head if token.dep == "compound" else None
            if following is None or following.text[0].islower() or following.text.isupper():
                self.actors.add_mention(bearer.index, [token], "name", confidence=0.8)


def _stands_as_name(token: Token) -> bool:
    """Whether a capitalised word that the tagger takes for a common one stands where a name does ("Trump has offered")."""
    return token.dep in _OF_NAMES and token.text.istitle() and not any(c.dep == "det" for c in token.children)


def _is_people(token: Token) -> bool:
    """Whether a demonym stands for people ("the Kazakhs", "two Americans") and not before a noun."""
    return token.tag in ("NNPS", "NNS") and token.dep not in ("amod", "compound", "nmod")


def _is_body(parse: Parse, first: int, last: int) -> bool:
    """Whether words in a name say of what kind it is, so that it is one and not the model's slip."""
    return type_of(parse.text[parse.tokens[first].start : parse.tokens[last - 1].end]) != "other_organization"


def _joins_known(span: tuple[int, int], matches: list[KnownName], tokens: list[Token]) -> bool:
    """Whether what the model took for one name is known ones in a row: "World Bank and International Monetary Fund"."""
    first, last = span
    inside = [m for m in matches if m.organisation and first <= m.first and m.last <= last]
    covered = {i for m in inside for i in range(m.first, m.last)}
    return len(inside) > 1 and all(
        i in covered or tokens[i].lower in ("and", ",", "&", "the") for i in range(first, last)
    )


def _without_inner(
    parse: Parse, matches: list[KnownName], names: list[tuple[int, int]], people: list[PersonName]
) -> list[KnownName]:
    """Known names that are not part of a longer organisation's or a person's name."""
    found = []
    for match in matches:
        in_name = any(
            (a <= match.first and match.last <= b and b - a > match.last - match.first)
            or (match.first == a - 1 and a < match.last < b and _is_body(parse, a, b))  # "the Kenyan" Ports Authority
            for a, b in names
        )
        same = any(a == match.first and match.last == b for a, b in names)
        in_person = any(p.first <= match.first and match.last <= p.last and p.last - p.first > 1 for p in people)
        if not in_name and not in_person and not (same and match.organisation is None):
            found.append(match)
    return found
