"""What a report is about: the one giver, the one lender and the one receiver of the money that it tells of."""

from __future__ import annotations

import re

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Entity, Figure
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.language.parse import Article, Parse
from pipelines.reference.countries import lookup

_FLOWS = frozenset({"aid", "loan"})
_OWING = frozenset({"loan", "debt"})
_PUBLIC = frozenset({"country", "igo", "government_body", "armed_forces", "population", "ngo"})
_LENDER = re.compile(r"\b(?:Bank|Fund|IMF|IDA|IFC|EBRD|Development Association|Finance Corporation)\b", re.IGNORECASE)
_BANKS = re.compile(r"\b(?:banks|bankers|creditors|lenders|governments|donors|companies)\b", re.IGNORECASE)
_THE_COUNTRY = re.compile(r"\b(?:the|its|that|this) (?:country|nation)(?:'s|’s)?\b", re.IGNORECASE)
# How far back the one who is meant may have been named.
_REACH = 3


class Topic:
    """Fills what the figures of a report leave open, where the report leaves no choice."""

    def __init__(self, article: Article, parse: Parse, actors: DocumentActors, figures: list[Figure]) -> None:
        self._parse = parse
        self._actors = actors
        self._states: dict[int, set[str]] = {}
        self._told: dict[int, list[int]] = {}
        lenders: set[int] = set()
        counts: dict[str, int] = {}
        for mention in actors.mentions:
            entity = actors.entities[mention.entity]
            self._told.setdefault(entity.index, []).append(mention.sentence_index)
            if entity.country:
                self._states.setdefault(mention.sentence_index, set()).add(entity.country)
                counts[entity.country] = counts.get(entity.country, 0) + 1
            if entity.actor_type == "igo" and _LENDER.search(entity.name):
                lenders.add(entity.index)
        self._title = _states_in(article.title) & counts.keys()
        self.lender = next(iter(lenders)) if len(lenders) == 1 else None
        self.giver = self._one_giver(figures)
        self.receiver = self._one_receiver(figures, counts)

    def _one_giver(self, figures: list[Figure]) -> int | None:
        """The public giver of all aid of the report that has one."""
        told = {f.donor for f in figures if f.figure_kind == "aid" and f.donor is not None}
        giver = next(iter(told)) if len(told) == 1 else None
        return giver if giver is not None and self._actors.entities[giver].actor_type in _PUBLIC else None

    def _one_receiver(self, figures: list[Figure], counts: dict[str, int]) -> int | None:
        """Who gets all money of the report; where it tells of nobody, the state that its title or its text names."""
        told = {f.recipient for f in figures if f.figure_kind in _FLOWS | {"debt"} and f.recipient is not None}
        # a region is told of like a state: "four Central American states"
        places = [i for i in told if self._is_place(self._actors.entities[i])]
        if told:
            return places[0] if len(places) == 1 else None
        givers = {self._actors.entities[f.donor].country for f in figures if f.donor is not None}
        titled = [s for s in self._title if s not in givers and not is_mainly_giver(s)]
        if len(titled) == 1:
            return self._actors.state(titled[0])
        others = [s for s in counts if s not in givers and not is_mainly_giver(s)]
        return self._actors.state(others[0]) if len(others) == 1 and counts[others[0]] >= 2 else None

    @staticmethod
    def _is_place(entity: Entity) -> bool:
        return entity.actor_type == "country" or (entity.actor_type == "other_organization" and entity.country is None)

    def fill_lender(self, figure: Figure) -> None:
        """A loan that nobody else gives is of the one lender told of shortly before."""
        if figure.figure_kind != "loan" or figure.donor is not None or self.lender is None:
            return
        sentence = self._parse.sentences[figure.sentence_index]
        if self.lender == figure.recipient or _BANKS.search(self._parse.text, sentence.start, sentence.end):
            return
        if self._is_near(self.lender, figure, _REACH):
            figure.donor = self.lender
            figure.rule += "; donor: the report's one lender"

    def fill_giver(self, figure: Figure) -> None:
        """Aid that nobody else gives is of the one giver told of shortly before."""
        giver = self.giver
        if figure.figure_kind != "aid" or figure.donor is not None or giver is None or giver == figure.recipient:
            return
        own = self._actors.entities[giver].country
        others = {s for s in self._states.get(figure.sentence_index, ()) if s != own and is_mainly_giver(s)}
        if not others and self._is_near(giver, figure, _REACH):
            figure.donor = giver
            figure.rule += "; donor: the report's one giver"

    def fill_sentence_giver(self, figure: Figure) -> None:
        """Money for a state in whose sentence one state that gives is named comes from that one."""
        if figure.figure_kind not in _FLOWS or figure.donor is not None or figure.recipient is None:
            return
        sentence = self._parse.sentences[figure.sentence_index]
        own = self._actors.entities[figure.recipient].country
        if own is None or _BANKS.search(self._parse.text, sentence.start, sentence.end):
            return
        givers = [s for s in self._states.get(figure.sentence_index, ()) if s != own and is_mainly_giver(s)]
        told_by = None if figure.attributed_to is None else self._actors.entities[figure.attributed_to].country
        if len(givers) == 1 and givers[0] != told_by:
            figure.donor = self._actors.state(givers[0])
            figure.rule += "; donor: the sentence's one giver"

    def fill_receiver(self, figure: Figure) -> None:
        """Money that nobody else gets is for the one state that the report tells of as receiving."""
        receiver = self.receiver
        if figure.recipient is not None or receiver is None or figure.figure_kind not in _FLOWS | {"debt"}:
            return
        donor = None if figure.donor is None else self._actors.entities[figure.donor]
        if figure.figure_kind not in _OWING and (donor is None or donor.actor_type not in _PUBLIC):
            return
        state = self._actors.entities[receiver].country
        if receiver == figure.donor or (donor is not None and donor.actor_type == "person"):
            return
        if donor is not None and state is not None and donor.country == state:
            return
        here = self._states.get(figure.sentence_index, set())
        if any(s != state and (donor is None or s != donor.country) and not is_mainly_giver(s) for s in here):
            return
        sentence = self._parse.sentences[figure.sentence_index]
        points_back = _THE_COUNTRY.search(self._parse.text, sentence.start, sentence.end) is not None
        reach = _REACH if donor is not None or (points_back and figure.figure_kind in _OWING) else 0
        if self._is_near(receiver, figure, reach) or (state is not None and state in self._title):
            figure.recipient = receiver
            figure.rule += "; recipient: the report's one receiver"

    def _is_near(self, entity: int, figure: Figure, reach: int) -> bool:
        return any(0 <= figure.sentence_index - s <= reach for s in self._told.get(entity, ()))


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
