"""What the reader says of who words are: other words for the same actor, and words that tell its state.

The resolver and the network of states know names, distances and the parse, the reader the sentences around a word. Both
are asked, and what they say is multiplied (a product of experts; Hinton 2002) with weights chosen on the held-out fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.features import FeatureMaker, Floats
from pipelines.extract.facts import Entity
from pipelines.reader.readings import MentionReading


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the reader counts beside each network (exponents), and what it grants to what it does not point at."""

    same: float = 1.0
    state: float = 3.0
    floor: float = 0.15


WEIGHTS = Weights()


class Pointers:
    """Links of words that stand for actors, by word."""

    def __init__(self, mentions: Iterable[MentionReading], weights: Weights = WEIGHTS) -> None:
        self._weights = weights
        self._same: dict[int, list[tuple[int, float]]] = {}
        self._state: dict[int, list[tuple[int, float]]] = {}
        for mention in mentions:
            self._same[mention.word] = [(k.word, k.probability) for k in mention.links if k.relation == "same"]
            self._state[mention.word] = [(k.word, k.probability) for k in mention.links if k.relation == "state"]

    def on_options(self, maker: FeatureMaker, scores: Floats, answers: Floats) -> Floats:
        """Scores (n, k) of candidates' options, raised where the reader points at words for an option.

        `answers` (n, k) tell whom words that are candidates themselves stand for.
        """
        found = scores.copy()
        tokens = maker.actors.parse.tokens
        for i, candidate in enumerate(maker.found):
            links = self._same.get(candidate.head.index)
            if links is None:
                continue
            share = np.zeros(maker.k, dtype=np.float32)
            for word, probability in links:
                shown = maker.shown(tokens[word], answers)
                if shown is not None:
                    share += probability * shown
            own = maker.options.own[i]
            if own >= 0:
                share[own] += max(0.0, 1.0 - sum(p for _, p in links))
            found[i] += self._weights.same * np.log(np.minimum(share, 1) + self._weights.floor)
        return found

    def on_states(
        self, actors: DocumentActors, entities: Sequence[Entity], states: Sequence[str], scores: Floats
    ) -> Floats:
        """Scores (n, k + 1) of the states of entities, the last of none, raised where the reader points at words for a state."""
        found = scores.copy()
        said = self._of_entities(actors)
        for i, entity in enumerate(entities):
            shares = said.get(entity.index)
            if not shares:
                continue
            by_state = {s: sum(m.get(s, 0.0) for m in shares) / len(shares) for s in states}
            row = np.array([*by_state.values(), max(0.0, 1.0 - sum(by_state.values()))], dtype=np.float32)
            found[i] += self._weights.state * np.log(row + self._weights.floor)
        return found

    def _of_entities(self, actors: DocumentActors) -> dict[int, list[Mapping[str, float]]]:
        """What is said of the state of each entity, a mapping of states to probabilities a mention."""
        found: dict[int, list[Mapping[str, float]]] = {}
        tokens = actors.parse.tokens
        for word, links in self._state.items():
            mentions = actors.mentions_at(tokens[word])
            if len({m.entity for m in mentions}) != 1:
                continue
            states: dict[str, float] = {}
            for at, probability in links:
                if (iso3 := actors.place_at(tokens[at])) is not None:
                    states[iso3] = states.get(iso3, 0.0) + probability
            found.setdefault(mentions[0].entity, []).append(states)
        return found
