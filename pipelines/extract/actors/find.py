"""Finds the actors of a document: known names, organisations, persons and groups, and which mentions are one actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.extract.actors.body_organs import organ_of
from pipelines.extract.actors.capitals import stands_as_place
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import (
    KnownName,
    is_all_capitals,
    is_caseless,
    is_in_capitals,
    known_names,
)
from pipelines.extract.actors.groups import GroupRegister
from pipelines.extract.actors.kind_model import tell_unknown_kinds
from pipelines.extract.actors.kinds import tell_kinds
from pipelines.extract.actors.name_spans import names_in
from pipelines.extract.actors.nations import infer
from pipelines.extract.actors.network import Network, shipped
from pipelines.extract.actors.organisation_names import has_company_form, is_abbreviation
from pipelines.extract.actors.organisation_register import OrganisationRegister
from pipelines.extract.actors.overlaps import joins_known, named_like_states, without_inner
from pipelines.extract.actors.person_bodies import PersonBodyRegister
from pipelines.extract.actors.person_register import PersonRegister
from pipelines.extract.actors.pointers import Pointers
from pipelines.extract.actors.resolve import resolve
from pipelines.extract.actors.settle import settle
from pipelines.extract.actors.state_register import StateRegister
from pipelines.extract.actors.state_senses import StateSenses
from pipelines.extract.actors.title_chains import PersonName
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.sureness import mention_sureness
from pipelines.extract.syntax import SPEECH_VERBS
from pipelines.language.parse import Article, EntitySpan, Parse, Token
from pipelines.reader.readings import MentionReading
from pipelines.reference import countries
from pipelines.reference.folding import fold
from pipelines.reference.offices import in_office, office_holder

Amounts = Sequence[tuple[int, Amount]]
# Where names stand in a clause.
_OF_NAMES = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "dative"])


def find_actors(
    article: Article, parse: Parse, amounts: Amounts | None = None, mentions: Iterable[MentionReading] = ()
) -> DocumentActors:
    """Entities and mentions of a document, and whom each of its words stands for.

    `amounts` are its sums of money (`scan_amounts`), read here where they are not given: their words name nobody. `mentions` is
    what a reader says of who words are.
    Pure; the same input gives the same actors in the same order. What comes back is frozen: look-ups only.
    """
    return resolved_by(shipped(), article, parse, amounts, mentions)


def resolved_by(
    network: Network,
    article: Article,
    parse: Parse,
    amounts: Amounts | None = None,
    mentions: Iterable[MentionReading] = (),
) -> DocumentActors:
    """The actors of a document by a network that need not be the one that ships."""
    actors = find_names(article, parse, amounts)
    pointers = Pointers(mentions)
    tell_unknown_kinds(actors, network.kinds)
    infer(actors, network.nation, pointers)
    settle(actors, resolve(actors, network, pointers))
    infer(actors, network.nation, pointers)  # of groups that were found now
    for mention in actors.mentions:
        head = parse.head_of(actors.mention_tokens(mention))
        mention.confidence = mention_sureness(mention, actors.entities[mention.entity], head.dep)
    actors.freeze()
    return actors


def find_names(article: Article, parse: Parse, amounts: Amounts | None = None) -> DocumentActors:
    """Entities that the text names, and the mentions by name: what the resolver starts from."""
    sums = scan_amounts(article, parse) if amounts is None else amounts
    in_sums = frozenset(t.index for _, amount in sums for t in parse.tokens_in(amount.start, amount.end))
    return _Finder(article, parse, in_sums).run()


class _Finder:
    def __init__(self, article: Article, parse: Parse, in_sums: frozenset[int]) -> None:
        self.article, self.parse = article, parse
        self.actors = DocumentActors(parse, article)
        self.actors.in_sums = self.in_sums = in_sums
        self.bodies = OrganisationRegister(self.actors)
        self.people = PersonRegister(self.actors, article.published_on)
        self.groups = GroupRegister(self.actors)
        self.person_bodies = PersonBodyRegister(self.actors, self.people, article.published_on)
        self.states = StateRegister(self.actors)
        self._surnames: list[tuple[int, int]] = []  # of persons, which the model took for other names

    def run(self) -> DocumentActors:
        parse = self.parse
        caseless = is_caseless(parse)
        capitals = is_all_capitals(parse)
        year = self.article.published_on.year if self.article.published_on else None
        senses = StateSenses(parse.text, self.article.published_on)
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
            matches = [
                senses.meant(m, parse.text[parse.tokens[m.first].start : parse.tokens[m.last - 1].end])
                for m in known_names(parse, tokens, caseless, in_capitals, year)
                if self.in_sums.isdisjoint(range(m.first, m.last))
            ]
            for match in matches:
                for i in range(match.first, match.last):
                    marks.setdefault(i, match)
            named, people = names_in(parse, tokens, spans[sentence.index], marks, self.in_sums, in_capitals)
            named = [span for span in named if not joins_known(span, matches, parse.tokens)]
            people += named_like_states(parse, matches, marks, people)
            matched += without_inner(parse, matches, named, people)
            names += named
            persons += people
        persons = [p for p in persons if not self.person_bodies.add(p.first, p.last)]
        persons = self._without_firms(persons, names)
        self._add_names(names, matched, marks, persons)
        persons.sort(key=lambda p: p.first)
        self.people.add_all(persons)
        self._add_surnames(marks)
        tell_kinds(self.actors)
        for sentence in parse.sentences:
            self.groups.add(parse.tokens[sentence.first : sentence.last], marks)
        self.states.add_towns(parse.entities, marks)
        self.actors.finish_names()
        self.people.complete(persons)
        self.person_bodies.place()
        self.bodies.place_common()
        for entity in self.actors.entities:
            if entity.country and entity.country_basis is None:
                entity.country_basis = "told"
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
        surnames = {fold(p.name.split()[-1]) for p in persons}
        surnames |= {" ".join(fold(p.name).split()[-2:]) for p in persons}
        given_names = {fold(p.name.split()[0]) for p in persons if " " in p.name}
        initials = {"".join(w[0] for w in p.name.upper().split()): p for p in persons if p.name.count(" ") > 1}
        for match in matched:
            if match.organisation and not self._is_signature(match):
                self.bodies.add_known(match.organisation, tokens[match.first : match.last])
        # Full forms before what shortens them: a text may begin with "Sony" or "TSA" and go on with the whole name.
        for first, last in sorted(names, key=self._how_short):
            name = fold(self.parse.text[tokens[first].start : tokens[last - 1].end])
            if name in surnames or (name in given_names and _speaks(tokens[first])):  # "Abiy said" of Abiy Ahmed
                self._surnames.append((first, last))
                continue
            if last - first == 1 and (whole := initials.get(tokens[first].text)) is not None:  # "MBS"
                persons.append(PersonName(first, last, whole.name, chain_first=first))
                continue
            if self._is_in_office(first, last):
                name = " ".join(self.parse.text[tokens[first].start : tokens[last - 1].end].split())
                persons.append(PersonName(first, last, name, chain_first=first))
                continue
            if self.person_bodies.add(first, last - 1) or self.person_bodies.add(first, last):
                continue
            self.bodies.add(tokens[first:last], marks)
        borne = self._borne_names(persons, matched)
        for match in matched:
            span = tokens[match.first : match.last]
            if match.state:
                is_borne = borne.get(self._words(match), len(tokens)) < match.first
                if is_borne and not stands_as_place(self.actors, span):
                    self._surnames.append(
                        (match.first, match.last)
                    )  # "Jordan" after "Vernon Jordan", who did not visit it
                else:
                    self.states.add(match, span, marks)
            elif match.region:
                self.states.add_region(match, span)

    def _is_in_office(self, first: int, last: int) -> bool:
        """Whether a name that the model took for a body is that of somebody who held an office then: "Ne Win"."""
        name, day = (
            self.parse.text[self.parse.tokens[first].start : self.parse.tokens[last - 1].end],
            self.article.published_on,
        )
        return (in_office(name, day) if last - first == 1 else office_holder(name, day, None)) is not None

    def _borne_names(self, persons: list[PersonName], matched: list[KnownName]) -> dict[str, int]:
        """States and capitals that a person's full name has in it, where no other word tells of the state: name -> first token.

        "Michael Jordan met Vernon Jordan. Jordan praised the city." A given name ("Israel Katz") is borne only by one whom the text does
        not call by surname.
        """
        called = {
            t.text
            for t in self.parse.tokens[1:]
            if self.parse.tokens[t.index - 1].pos != "PROPN" and t.text[0].isupper()
        }
        named = {(m.state.iso3, self._words(m)) for m in matched if m.state}
        found: dict[str, int] = {}
        for person in persons:
            for word in person.name.split() if " " in person.name else ():
                known = countries.lookup(word)
                if known is None or known.kind not in ("name", "capital"):
                    continue
                surname = person.name.split()[-1]
                if word != surname and surname in called:
                    continue
                if not any(iso3 == known.iso3 and other != word for iso3, other in named):
                    found.setdefault(word, person.first)
        return found

    def _words(self, match: KnownName) -> str:
        return self.parse.text[self.parse.tokens[match.first].start : self.parse.tokens[match.last - 1].end]

    def _how_short(self, span: tuple[int, int]) -> int:
        """0 for names with a company's form, 2 for abbreviations, 3 for organs, which their bodies go before, 1 for others."""
        name = self.parse.text[self.parse.tokens[span[0]].start : self.parse.tokens[span[1] - 1].end]
        if (organ := organ_of(name)) is not None:
            return 4 if not organ[0] else 3
        return 0 if has_company_form(name) else 2 if is_abbreviation(name) else 1

    def _is_signature(self, match: KnownName) -> bool:
        """An agency's name that is a paragraph of its own, below the text."""
        sentence = self.parse.sentences[self.parse.tokens[match.first].sentence]
        return sentence.last - sentence.first <= match.last - match.first + 1 and len(self.parse.sentences) > 1

    # -- persons ------------------------------------------------------------------------------------

    def _add_surnames(self, marks: dict[int, KnownName]) -> None:
        """Surnames of known persons where the model saw no person."""
        for first, last in self._surnames:
            span = self.parse.tokens[first:last]
            named = self.people.bearer(self.parse.text[span[0].start : span[-1].end], first) or self.people.called(
                span[-1]
            )
            is_left = last - first > 1 or first in marks  # "Winner-Davis"; "Jordan" after "Vernon Jordan"
            if named is not None and is_left and self.actors.mention_at(span[-1]) is None:
                self.actors.add_mention(named.index, span, "name", probability=0.8)
        for token in self.parse.tokens:
            whole = self.people.named_whole(token)
            if whole is not None:
                span = self.parse.tokens[token.index : whole[1]]
                if all(self.actors.mention_at(t) is None and t.index not in marks for t in span):
                    self.actors.add_mention(whole[0].index, span, "name", probability=0.9)
        for token in self.parse.tokens:
            if token.index in marks or not token.text[0].isupper():
                continue
            if token.pos != "PROPN" and not _stands_as_name(token):
                continue
            if self.actors.mention_at(token) is not None:
                continue
            bearer = self.people.bearer(token.text, token.index) or self.people.called(token)
            if bearer is None and _speaks(token) and in_office(token.text, self.article.published_on) is not None:
                # A head of government by the one name he goes by: "Meles said".
                self.people.add_all([PersonName(token.index, token.index + 1, token.text, chain_first=token.index)])
                continue
            if bearer is None or (len(token.text) < 3 and token.pos != "PROPN"):
                continue
            if self.person_bodies.add(token.index, token.index + 1):
                continue
            following = token.head if token.dep == "compound" else None
            if following is None or following.text[0].islower() or following.text.isupper():
                self.actors.add_mention(bearer.index, [token], "name", probability=0.8)


def _speaks(token: Token) -> bool:
    """Whether a word is the subject of a verb of speech: a person's name more likely than a body's."""
    return token.dep == "nsubj" and token.head.lemma.lower() in SPEECH_VERBS


def _stands_as_name(token: Token) -> bool:
    """Whether a capitalised word that the tagger takes for a common one stands where a name does ("Trump has offered")."""
    return token.dep in _OF_NAMES and token.text.istitle() and not any(c.dep == "det" for c in token.children)
