"""The actors of one document and the lookups that the other extractors ask of them.

Made by `find_actors`, which adds names first and then, once, whom all other words stand for; after `freeze` nothing
changes and asking never writes. An actor is named by the index of its `Entity`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from pipelines.extract.facts import Entity, Mention, Participant, Who
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.countries import states, wikidata_ids
from pipelines.reference.seats import Seat

_SENTENCES_BACK = 6
_DEEPEST = 4  # levels of a phrase that are asked
_OF_PLACE = 0.6  # that a place's name stands for its state, where the words do not tell
_OF_OWNER = 0.6  # that a phrase of something owned stands for its owner
_STANDS = 0.5
_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "det", "case", "punct", "quantmod"})
_OWNING = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "X", "PRON"})
_MENTIONS_BACK = 40  # of a sentence; more are a list, and no antecedents


class DocumentActors:
    """Entities and mentions of a document, indexed by token."""

    def __init__(self, parse: Parse, article: Article | None = None) -> None:
        self.parse = parse
        self.article = article
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.home: str | None = article.dateline_country if article else None
        self.home_is_told = self.home is not None  # by the dateline, not by what is mentioned most
        self.not_owners: set[int] = set()  # tokens like "Russian" in "pro-Russian": nothing belongs to that state
        self.in_sums: frozenset[int] = frozenset()  # tokens of amounts of money: no actor is named there
        self._mentions_of_token: dict[int, list[int]] = {}
        self._places: dict[int, str] = {}
        self._states: dict[str, int] = {}
        self._unnamed: dict[str, int] = {}
        self._by_sentence: dict[int, list[int]] = {}
        self._first_tokens: list[int] = []
        self._last_tokens: list[int] = []
        self._who: dict[int, Who] = {}
        self._ranked: list[tuple[str, int]] = []

    # -- building ----------------------------------------------------------------------------------

    def add_entity(self, name: str, actor_type: str, country: str | None = None) -> Entity:
        """Append an entity and return it."""
        entity = Entity(len(self.entities), name, actor_type, country)
        self.entities.append(entity)
        if actor_type == "country" and country:
            entity.wikidata_id = wikidata_ids().get(country)
            self._states.setdefault(country, entity.index)
        return entity

    def add_mention(
        self,
        entity: int,
        tokens: list[Token],
        mention_type: str,
        role: str | None = None,
        probability: float = 1.0,
    ) -> Mention:
        """Append a mention over contiguous tokens. Tokens may stand for several actors ("U.S.-Uzbek")."""
        start, end = tokens[0].start, tokens[-1].end
        mention = Mention(
            len(self.mentions), entity, tokens[0].sentence, start, end, self.parse.text[start:end],
            mention_type, role, probability,
        )  # fmt: skip
        self.mentions.append(mention)
        self._first_tokens.append(tokens[0].index)
        self._last_tokens.append(tokens[-1].index)
        for token in tokens:
            self._mentions_of_token.setdefault(token.index, []).append(mention.index)
        return mention

    def add_place(self, tokens: list[Token], iso3: str) -> None:
        """Note that tokens name a place in a state, without the state being an actor there."""
        for token in tokens:
            self._places[token.index] = iso3

    def state(self, iso3: str) -> int:
        """Index of the country entity with this code, added (without a mention) where the text has none."""
        found = self._states.get(iso3)
        if found is None:
            known = states().get(iso3)
            found = self.add_entity(known.name if known else iso3, "country", iso3).index
        return found

    def body_at(self, seat: Seat) -> int | None:
        """Index of the body that sits somewhere, where the text names it or its organs."""
        found = next((e.index for e in self.entities if e.name == seat.body), None)
        if found is None and any(e.name in seat.organs for e in self.entities):
            found = self.add_entity(seat.body, "igo").index
        return found

    def known_state(self, iso3: str) -> int | None:
        """Index of the country entity with this code, where the text has one."""
        return self._states.get(iso3)

    def unnamed_group(self, name: str, actor_type: str) -> int:
        """Index of a group that the text tells by common nouns alone, added where it is the first time."""
        found = self._unnamed.get(name.lower())
        if found is None:
            found = self._unnamed[name.lower()] = self.add_entity(name, actor_type).index
        return found

    def home_not(self, iso3: str) -> str | None:
        """The state that the text is at home in, where it is another one and the text names `iso3` nowhere."""
        if self.home is None or self.home == iso3 or iso3 in self._places.values():
            return None
        state = self._states.get(iso3)
        named = state is not None and any(m.entity == state for m in self.mentions)
        return None if named else self.home

    def answer(self, token: Token, who: Who) -> None:
        """Note whom a word stands for, while the document is built."""
        self._who[token.index] = who

    def freeze(self) -> None:
        """Index the mentions. Called once, after the last: from here on nothing changes."""
        self._by_sentence.clear()
        for mention in sorted(self.mentions, key=lambda m: (m.start_char, m.index)):
            self._by_sentence.setdefault(mention.sentence_index, []).append(mention.index)

    def finish_names(self) -> None:
        """Count what the names tell of the state that the document is at home in."""
        counts: Counter[str] = Counter()
        for mention in self.mentions:
            entity = self.entities[mention.entity]
            if entity.country and entity.actor_type in ("country", "government_body", "armed_group", "armed_forces"):
                counts[entity.country] += 1
        for iso3 in dict.fromkeys(self._places.values()):
            counts[iso3] += 1
        self._ranked = counts.most_common()
        if self.home is None:
            self.home = self.home_but(None)

    def home_but(self, other: str | None) -> str | None:
        """The state that the document is mostly about, if one clearly is, leaving out `other`."""
        ranked = [(c, n) for c, n in self._ranked if c != other]
        if not ranked or ranked[0][1] < 3:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None

    # -- looking up --------------------------------------------------------------------------------

    def mention_at(self, token: Token) -> Mention | None:
        """The (first) mention whose words include this token."""
        found = self._mentions_of_token.get(token.index)
        return self.mentions[found[0]] if found else None

    def mentions_at(self, token: Token) -> list[Mention]:
        """All mentions whose words include this token: two for "U.S.-Uzbek"."""
        return [self.mentions[i] for i in self._mentions_of_token.get(token.index, ())]

    def entity_at(self, token: Token) -> Entity | None:
        """The entity whose mention includes this token."""
        mention = self.mention_at(token)
        return None if mention is None else self.entities[mention.entity]

    def place_at(self, token: Token) -> str | None:
        """State of the place that a token names: a capital as a place, a region of a state, or a country."""
        if token.index in self._places:
            return self._places[token.index]
        for mention in self.mentions_at(token):
            entity = self.entities[mention.entity]
            if entity.actor_type == "country" and mention.mention_type != "pronoun":
                return entity.country
        return None

    def named_tokens(self) -> set[int]:
        """Tokens that a mention or a place's name stands on."""
        return self._mentions_of_token.keys() | self._places.keys()

    def places(self) -> list[tuple[int, str]]:
        """Tokens that name a place in a state, and the state, in text order."""
        return sorted(self._places.items())

    def mention_tokens(self, mention: Mention) -> list[Token]:
        """The tokens of a mention."""
        return self.parse.tokens[self._first_tokens[mention.index] : self._last_tokens[mention.index] + 1]

    def is_subject(self, mention: Mention) -> bool:
        """Whether a mention is (part of) the subject of a clause."""
        head = self.parse.head_of(self.mention_tokens(mention))
        while head.dep in ("conj", "appos", "compound", "poss") and not head.is_root:
            head = head.head
        return head.dep in ("nsubj", "nsubjpass", "agent")

    def mentions_before(self, token: Token) -> list[Mention]:
        """Mentions before a token in its sentence and the six sentences before, nearest first."""
        found: list[Mention] = []
        for sentence in range(token.sentence, max(-1, token.sentence - _SENTENCES_BACK - 1), -1):
            here = self._by_sentence.get(sentence, [])
            last = len(here)
            if sentence == token.sentence:
                last = bisect_left(here, token.start, key=lambda i: self.mentions[i].start_char)
            found += [self.mentions[i] for i in reversed(here[max(0, last - _MENTIONS_BACK) : last])]
        return found

    def who(self, token_index: int) -> Who | None:
        """Whom the phrase that a token stands in stands for; None where nothing in the document answers.

        A name, a demonym, a pronoun and a noun that was resolved answer for themselves; any other word of a phrase by the
        phrase's head, else by a name in it ("Russian weapons" -> Russia). Several entities are meant together. A pure look-up.
        """
        token = self.parse.tokens[token_index]
        for _ in range(_DEEPEST):
            if (found := self._at(token)) is not None:
                return found
            if token.dep not in _INSIDE or token.is_root:
                break
            token = token.head
        return self._in_phrase(token, _DEEPEST)

    def _at(self, token: Token) -> Who | None:
        """The answer of a word itself."""
        mentions = self.mentions_at(token)
        if mentions and mentions[0].mention_type in ("name", "metonym"):
            return self._shown(mentions)
        if (known := self._who.get(token.index)) is not None:
            return known
        if mentions:
            return self._shown(mentions)
        if (iso3 := self._places.get(token.index)) is not None and (state := self.known_state(iso3)) is not None:
            return Who((state,), (), _OF_PLACE, None, _OF_PLACE)
        return None

    def _shown(self, mentions: list[Mention]) -> Who:
        entities = tuple(dict.fromkeys(m.entity for m in mentions))
        return Who(entities, tuple(m.index for m in mentions), min(m.probability for m in mentions))

    def _in_phrase(self, head: Token, deepest: int) -> Who | None:
        """The answer of a name or demonym in front of a noun, else of what stands behind it with "of"."""
        if deepest == 0 or head.pos not in _NOMINAL:
            return None
        behind = [i for c in head.children if c.dep == "prep" and c.lower == "of" and (i := c.child("pobj"))]
        for child in (*(c for c in head.children if c.dep in _OWNING and c.index < head.index), *behind):
            if child.index in self.not_owners:
                continue
            found = self._at(child) or self._in_phrase(child, deepest - 1)
            if found is not None:
                return replace(found, probability=found.probability * _OF_OWNER, stands=found.stands * _OF_OWNER)
        return None

    def participants(self, token: Token, conjuncts: bool = True) -> list[Participant]:
        """Actors that the noun phrase headed by `token` stands for, in text order, where it is likelier than not that it does.

        With `conjuncts`, each coordinated phrase adds its own. `confidence` is the chance that the answer is right.
        """
        found: dict[int, Participant] = {}
        for head in token.conjuncts() if conjuncts else [token]:
            answer = self.who(head.index)
            if answer is None or answer.stands < _STANDS:
                continue
            for i, entity in enumerate(answer.entities):
                mention = answer.mentions[i] if i < len(answer.mentions) else None
                found.setdefault(entity, Participant(entity, mention, round(answer.probability, 3)))
        return list(found.values())
