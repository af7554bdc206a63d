"""Whom a word of a document can stand for: its entities, states it tells without naming, groups, sets of two and more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.extract.actors.candidates import Candidate
from pipelines.language.parse import Parse, Token
from pipelines.reference.word_lists import word_list

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

# Kinds of options, in the order of the columns that the resolver's network reads.
KINDS = (
    "country", "person", "government_body", "armed_forces", "igo", "ngo", "company", "media", "armed_group",
    "political_party", "population", "other_organization", "state untold", "group", "states", "persons", "mixed",
    "none",
)  # fmt: skip
_KIND = {kind: i for i, kind in enumerate(KINDS)}
STATE_KINDS = (_KIND["country"], _KIND["state untold"])
SET_KINDS = (_KIND["states"], _KIND["persons"], _KIND["mixed"])
NONE, GROUP, PERSON = _KIND["none"], _KIND["group"], _KIND["person"]
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_WITHIN = frozenset(["in", "at", "near", "into", "outside", "around", "through", "across", "inside", "off"])
_MOST_SETS = 12
_UNSAID = "USA"  # whose organs texts name without it


@dataclass(slots=True)
class Option:
    """One actor, or several together, that words may stand for.

    `entity` is its index where it is one already; `iso3` the state of a state that the text does not name; `name` that of a
    group told by common nouns; `members` the options of a set. `at` are (token, sentence, is subject, is main subject,
    is a place) of the words that show it.
    """

    kind: int
    entity: int = -1
    country: str | None = None
    name: str = ""
    lemma: str = ""
    members: tuple[int, ...] = ()
    first: int = 0
    at: list[tuple[int, int, bool, bool, bool]] = field(default_factory=list)


class Options:
    """All options of a document. The last is nobody."""

    def __init__(self, actors: DocumentActors, found: list[Candidate]) -> None:
        self.all: list[Option] = []
        self.of_token: dict[int, list[int]] = {}  # options by the tokens of the names that show them
        self.own: list[int] = []  # the group that each candidate would be by its own words; -1 for pronouns
        self.set_at: dict[int, int] = {}  # sets by the first word of names side by side
        self._states: dict[str, int] = {}
        self._sets: dict[tuple[int, ...], int] = {}
        self._add_entities(actors)
        self._add_groups(actors.parse, found)
        self._add_sets(actors.parse, found)
        self.all.append(Option(NONE))

    def _add_entities(self, actors: DocumentActors) -> None:
        for entity in actors.entities:
            self.all.append(Option(_KIND[entity.actor_type], entity.index, entity.country, entity.name))
            if entity.actor_type == "country" and entity.country:
                self._states[entity.country] = entity.index
        tokens = actors.parse.tokens
        for mention in sorted(actors.mentions, key=lambda m: (m.start_char, m.index)):
            span = actors.mention_tokens(mention)
            head = actors.parse.head_of(span)
            self.all[mention.entity].at.append(_shown(head))
            for token in span:
                shown = self.of_token.setdefault(token.index, [])
                if mention.entity not in shown:
                    shown.append(mention.entity)
        for iso3 in (*states_told(actors), _UNSAID):
            if iso3 not in self._states:
                self._states[iso3] = len(self.all)
                self.all.append(Option(_KIND["state untold"], country=iso3))
        for index, iso3 in actors.places():
            option = self._states[iso3]
            token = tokens[index]
            self.of_token.setdefault(index, []).append(option)
            self.all[option].at.append((index, token.sentence, False, False, True))
        for known in self.all:
            known.at.sort()

    def _add_groups(self, parse: Parse, found: list[Candidate]) -> None:
        by_name: dict[str, int] = {}
        for candidate in found:
            if candidate.is_pronoun:
                self.own.append(-1)
                continue
            name = group_name(parse, candidate.head)
            at = by_name.get(name.lower())
            if at is None:
                at = by_name[name.lower()] = len(self.all)
                self.all.append(Option(GROUP, name=name, lemma=candidate.lemma, first=candidate.head.index))
            self.all[at].at.append(_shown(candidate.head))
            self.own.append(at)

    def _add_sets(self, parse: Parse, found: list[Candidate]) -> None:
        """States and persons named side by side, and what else a plural may take together."""
        for token in parse.tokens:
            if token.index in self.of_token and token.dep != "conj" and token.child("conj") is not None:
                members = [o for t in token.conjuncts() for o in self.of_token.get(t.index, ())[:1]]
                self._add_set(members, _shown(token))
        for candidate in found:
            if not candidate.is_plural or len(self._sets) >= _MOST_SETS:
                continue
            for members in self._lately(candidate.head):
                self._add_set(members, None)
            with_ = [t for link, t in candidate.links if t.index in self.of_token]
            if len(with_) > 1:
                self._add_set([self.of_token[t.index][0] for t in with_[:2]], None)

    def _add_set(self, members: list[int], at: tuple[int, int, bool, bool, bool] | None) -> None:
        key = tuple(sorted(set(members)))
        if len(key) < 2 or len(key) > 6:
            return
        known = self._sets.get(key)
        if known is None:
            if len(self._sets) >= _MOST_SETS:
                return
            kinds = {self.all[m].kind for m in key}
            kind = "states" if kinds <= set(STATE_KINDS) else "persons" if kinds == {PERSON} else "mixed"
            first = max(min((a[0] for a in self.all[m].at), default=0) for m in key)
            known = self._sets[key] = len(self.all)
            self.all.append(Option(_KIND[kind], members=key, first=first))
        if at is not None:
            self.all[known].at.append(at)
            self.set_at[at[0]] = known

    def _lately(self, head: Token) -> Iterable[list[int]]:
        """The two states, and the two persons, that were named last before a word."""
        for wanted in (STATE_KINDS, (PERSON,)):
            ends: list[tuple[int, int]] = []
            for index, option in enumerate(self.all):
                if option.kind in wanted:
                    before = [a[0] for a in option.at if a[0] < head.index and not a[4]]
                    if before:
                        ends.append((before[-1], index))
            if len(ends) > 1:
                yield [i for _, i in sorted(ends)[-2:]]
            if len(ends) > 2:
                yield [i for _, i in sorted(ends, key=lambda end: (-len(self.all[end[1]].at), end[1]))[:2]]


def _shown(head: Token) -> tuple[int, int, bool, bool, bool]:
    top = head
    while top.dep in ("conj", "appos", "compound", "poss") and not top.is_root and top.head.index < top.index:
        top = top.head
    is_subject = top.dep in _SUBJECTS
    is_place = head.dep == "pobj" and head.head.lower in _WITHIN
    return head.index, head.sentence, is_subject, is_subject and top.head.is_root, is_place


def states_told(actors: DocumentActors) -> list[str]:
    """Codes of the states that the text is of or tells by places, persons and bodies, in a fixed order."""
    found: dict[str, None] = {}
    if actors.home:
        found[actors.home] = None
    for _, iso3 in actors.places():
        found[iso3] = None
    for entity in actors.entities:
        if entity.country:
            found[entity.country] = None
    return list(found)


_PARTS = frozenset({"amod", "compound", "nmod"})
_NOT_TELLING = word_list("actor_words.csv", "adjectives that tell no group")
_WORDS = 4


def group_first(head: Token) -> Token:
    """The first of the words right before a noun that say which people they are."""
    first = head
    for token in sorted((c for c in head.subtree() if c.index < head.index), key=lambda t: -t.index):
        if token.index != first.index - 1 or head.index - token.index >= _WORDS:
            break
        joins = token.text == "-" or token.dep in _PARTS or (token.dep == "npadvmod" and first.text == "-")
        if not joins or token.lower in _NOT_TELLING or token.pos == "NUM" or token.tag in ("JJS", "JJR"):
            break
        first = token
    return first if first.text != "-" else head


def group_name(parse: Parse, head: Token) -> str:
    """What a group that common nouns tell is called: its noun with the words before it that tell it apart."""
    first = group_first(head)
    name = " ".join(parse.text[first.start : head.end].split())
    if first.pos != "PROPN" and first.entity == "" and first.text.istitle():
        name = name[0].lower() + name[1:]
    return name
