"""What a report is about: the one state whose aid, loans or debt it tells of, and the one lender."""

from __future__ import annotations

import re

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.language.parse import Article, Parse
from pipelines.reference.countries import lookup

_FLOWS = frozenset({"aid", "loan"})
_OWING = frozenset({"loan", "debt"})
_PUBLIC = frozenset({"country", "igo", "government_body", "armed_forces", "population", "ngo"})
_LENDER = re.compile(r"\b(?:Bank|Fund|IMF|IDA|IFC|EBRD|Development Association|Finance Corporation)\b", re.IGNORECASE)
_BANKS = re.compile(r"\b(?:banks|bankers|creditors|lenders|governments|donors)\b", re.IGNORECASE)
# How far back the one who is meant may have been named.
_REACH = 3


class Topic:
    """Fills what the figures of a report leave open, where the report leaves no choice."""

    def __init__(self, article: Article, parse: Parse, actors: DocumentActors, figures: list[Figure]) -> None:
        self._parse = parse
        self._actors = actors
        self._states: dict[int, set[str]] = {}
        self._lenders: dict[int, list[int]] = {}
        named: set[int] = set()
        counts: dict[str, int] = {}
        for mention in actors.mentions:
            entity = actors.entities[mention.entity]
            if entity.country:
                self._states.setdefault(mention.sentence_index, set()).add(entity.country)
                counts[entity.country] = counts.get(entity.country, 0) + 1
            if entity.actor_type == "igo" and _LENDER.search(entity.name):
                named.add(entity.index)
                self._lenders.setdefault(entity.index, []).append(mention.sentence_index)
        self.lender = next(iter(named)) if len(named) == 1 else None
        self._title = _states_in(article.title) & counts.keys()
        self.receiver = self._one_receiver(figures, counts)

    def _one_receiver(self, figures: list[Figure], counts: dict[str, int]) -> str | None:
        """The state that all money of the report goes to; else the one that its title or its text names."""
        told = {f.recipient for f in figures if f.figure_kind in _FLOWS | {"debt"} and f.recipient is not None}
        states = {self._actors.entities[i].country if self._is_state(i) else None for i in told}
        if told:
            return next(iter(states)) if len(states) == 1 else None
        givers = {self._actors.entities[f.donor].country for f in figures if f.donor is not None}
        titled = {s for s in self._title if s not in givers and not is_mainly_giver(s)}
        if len(titled) == 1:
            return next(iter(titled))
        others = [s for s in counts if s not in givers and not is_mainly_giver(s)]
        return others[0] if len(others) == 1 and counts[others[0]] >= 2 else None

    def _is_state(self, entity: int) -> bool:
        return self._actors.entities[entity].actor_type == "country"

    def fill_lender(self, figure: Figure) -> None:
        """A loan that nobody else gives is of the one lender told of shortly before."""
        if figure.figure_kind != "loan" or figure.donor is not None or self.lender is None:
            return
        sentence = self._parse.sentences[figure.sentence_index]
        if self.lender == figure.recipient or _BANKS.search(self._parse.text, sentence.start, sentence.end):
            return
        if any(0 <= figure.sentence_index - s <= _REACH for s in self._lenders[self.lender]):
            figure.donor = self.lender
            figure.rule += "; donor: the report's one lender"

    def fill_receiver(self, figure: Figure) -> None:
        """Money that nobody else gets is for the one state that the report tells of as receiving."""
        state = self.receiver
        if figure.recipient is not None or state is None or figure.figure_kind not in _FLOWS | {"debt"}:
            return
        donor = None if figure.donor is None else self._actors.entities[figure.donor]
        if figure.figure_kind not in _OWING and (donor is None or donor.actor_type not in _PUBLIC):
            return
        if donor is not None and (donor.country == state or donor.actor_type == "person"):
            return
        here = self._states.get(figure.sentence_index, set())
        if any(s != state and (donor is None or s != donor.country) and not is_mainly_giver(s) for s in here):
            return
        reach = _REACH if donor is not None else 0
        near = any(state in self._states.get(figure.sentence_index - n, ()) for n in range(reach + 1))
        if near or state in self._title:
            figure.recipient = self._actors.state(state)
            figure.rule += "; recipient: the report's one receiver"


def _states_in(title: str | None) -> set[str]:
    """States that a headline names, by name or demonym."""
    words = (title or "").replace("'s", "").replace("'S", "").replace("’s", "").split()
    found: set[str] = set()
    for i in range(len(words)):
        for size in (3, 2, 1):
            phrase = " ".join(words[i : i + size]).strip(",.:;?!\"'()")
            word = lookup(phrase) if i + size <= len(words) else None
            if word is not None and word.kind != "capital":
                found.add(word.iso3)
                break
    return found
