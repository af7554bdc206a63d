"""Groups without a name of their own that act: refugees, migrants, rebels, separatists; and a state's people and organs.

"Kazakh officials" stand for Kazakhstan; "pro-Russian separatists" and "Syrian refugees" are actors themselves.
"""

from __future__ import annotations

from bisect import bisect_left

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns
from pipelines.reference.word_lists import word_list

_POPULATIONS = word_list("actor_words.csv", "people who moved")
_ARMED = word_list("actor_words.csv", "armed people")
_NOUNS = frozenset({"NOUN", "PROPN"})
# "Rebel forces", "opposition fighters".
_FORMATIONS = word_list("actor_words.csv", "formations")
_REBELLIOUS = word_list("actor_words.csv", "rebels")
_COLLECTIVE = word_list("actor_words.csv", "armed people as one")
# Words before a group's noun that say which group it is, beside states and capitalised words.
_TELLING = word_list("actor_words.csv", "leanings of groups")
_MODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "nn", "poss", "npadvmod"})


def _is_irregular(noun: Token, lemma: str) -> bool:
    """Whether armed people are no state's: "rebel forces", "Kurdish fighters", "anti-Assad forces"."""
    before = [c for c in noun.children if c.index < noun.index]
    if any(c.lemma.lower() in _REBELLIOUS for c in before):
        return True
    return lemma in ("force", "fighter") and any(c.lower in _TELLING for c in before)


def _is_a_people(noun: Token) -> bool:
    """Whether a plural names people by their faith or descent: "Jews", "the Kurds"."""
    return noun.entity == "NORP" and noun.tag in ("NNS", "NNPS") and noun.text[0].isupper()


def _are_of_state(noun: Token, lemma: str, marks: dict[int, KnownName]) -> bool:
    """Whether armed men are told by their state and are not its forces: "Palestinian gunmen", "Belgian Islamists"."""
    mark = marks.get(noun.index - 1)
    if mark is None or mark.state is None or not mark.owns or noun.tag not in ("NNS", "NNPS"):
        return False
    return actor_nouns().get(lemma) == "armed" or lemma == "islamist"


def _takes_up(noun: Token) -> bool:
    """Whether a singular definite noun says nothing but that it is a group: "the militant group"."""
    modifiers = [c for c in noun.children if c.index < noun.index]
    return (
        noun.tag == "NN"
        and any(c.lower in ("the", "this", "that") for c in modifiers)
        and all(c.dep == "det" or c.lower in _REBELLIOUS for c in modifiers)
    )


class GroupRegister:
    """Makes entities of unnamed groups, one for each way of naming them."""

    def __init__(self, actors: DocumentActors) -> None:
        self.actors = actors
        self._by_name: dict[str, Entity] = {}
        self._latest: dict[str, Entity] = {}
        self._named: list[tuple[int, int]] | None = None

    def add(self, tokens: list[Token], marks: dict[int, KnownName]) -> None:
        """Mentions of unnamed groups among the tokens of a sentence."""
        for token in tokens:
            if token.pos not in _NOUNS:
                continue
            lemma = token.lemma.lower()
            if lemma in _FORMATIONS and _is_irregular(token, lemma):
                if self.actors.mention_at(token) is None and token.dep not in _MODIFIER_DEPS:
                    named = self._named_before(token) if _takes_up(token) else None
                    if named is not None:  # "the militant group" of one that was named
                        self.actors.add_mention(named.index, [token], "nominal", probability=0.6)
                    else:
                        self._add(token, "rebel", marks)
                continue
            if lemma in _POPULATIONS or lemma in _ARMED or _is_a_people(token) or _are_of_state(token, lemma, marks):
                plural = token.tag in ("NNS", "NNPS") or lemma in _COLLECTIVE or token.lower in ("guerrillas", "rebels")
                if plural and self.actors.mention_at(token) is None:
                    if token.dep not in ("compound", "amod") or token.head.index < token.index:
                        self._add(token, lemma, marks)

    def _add(self, noun: Token, lemma: str, marks: dict[int, KnownName]) -> None:
        tokens = self.actors.parse.tokens
        armed = lemma in _ARMED or actor_nouns().get(lemma) == "armed" or lemma == "islamist"
        first, country, leaning, named = noun.index, None, None, None
        i = noun.index - 1
        while i >= 0 and tokens[i].sentence == noun.sentence and noun.index - i <= 6:
            token = tokens[i]
            mark = marks.get(i)
            if mark is None and not (
                token.text == "-"
                or token.lower in ("pro", "anti")
                or token.dep in ("amod", "compound", "nmod", "npadvmod")
            ):
                break
            if mark and mark.state:
                is_ethnic = mark.first > 0 and tokens[mark.first - 1].lower == "ethnic"
                if mark.owns and not is_ethnic:
                    country = country or mark.state.iso3
                else:
                    leaning = mark.state.iso3
                first = mark.first
            elif mark and mark.region:
                country = country or mark.region.iso3
                first = mark.first
            elif mark and mark.organisation:
                named = self.actors.entity_at(token)
            elif (
                (
                    token.lower in _TELLING
                    or token.lower in _REBELLIOUS
                    or token.text[0].isupper()
                    or token.lower.startswith(("pro-", "anti-"))
                )
                and token.text != "-"
            ) or token.lower in ("pro", "anti", "non"):
                first = i
            i -= 1
        while tokens[first].pos == "DET" and first < noun.index:
            first += 1
        span = tokens[first : noun.index + 1]
        if armed and named is not None and named.actor_type in ("armed_group", "political_party"):
            self.actors.add_mention(named.index, [noun], "nominal", probability=0.9)
            return
        kind = "armed_group" if armed else "population"
        if first == noun.index and (earlier := self._earlier(noun, lemma, kind)):
            self.actors.add_mention(earlier.index, span, "nominal", probability=0.6)
            return
        name = " ".join(self.actors.parse.text[span[0].start : noun.end].split())
        entity = self._by_name.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, kind, country or self._place_of(noun, leaning))
            self._by_name[name.lower()] = entity
        self._latest[lemma if not armed else "armed"] = entity
        self.actors.add_mention(entity.index, span, "nominal", probability=0.9)

    def _earlier(self, noun: Token, lemma: str, kind: str) -> Entity | None:
        """The group that "the rebels" or "refugees" alone takes up: the last of its kind."""
        latest = self._latest.get(lemma if kind == "population" else "armed")
        if latest is not None and (kind == "population" or self._only_armed(noun)):
            return latest
        if kind == "armed_group" and any(c.lower in ("the", "these", "those") for c in noun.children):
            named = self._named_before(noun)
            if named is not None:
                return named
        return None

    def _named_before(self, noun: Token) -> Entity | None:
        """The armed group that was named last before a noun."""
        if self._named is None:
            entities = self.actors.entities
            self._named = sorted(
                (m.start_char, m.entity)
                for m in self.actors.mentions
                if entities[m.entity].actor_type == "armed_group" and m.mention_type == "name"
            )
        at = bisect_left(self._named, (noun.start, -1))
        return self.actors.entities[self._named[at - 1][1]] if at else None

    def _only_armed(self, noun: Token) -> bool:
        """Whether the last armed group has this noun, or there is just one."""
        latest = self._latest["armed"]
        armed = [e for e in self._by_name.values() if e.actor_type == "armed_group"]
        return latest.name.lower() != noun.lower and (len(armed) == 1 or latest.name.lower().endswith(noun.lower))

    def _place_of(self, noun: Token, leaning: str | None) -> str | None:
        """State of "rebels in northern X" or "the rebels of X"."""
        for preposition in noun.children_by("prep"):
            inner = preposition.child("pobj")
            if inner is not None and preposition.lower in ("in", "of", "from"):
                place = self.actors.place_at(inner)
                if place and place != leaning:
                    return place
        return None
