"""The state of a person, body, company or group where the text does not say it: inferred from the company it keeps.

The candidates are the states that the document names or lies in, and a few that texts leave unsaid. Scored by a network of
the resolver's kind (`network.Weights`), trained by `training.resolver.train`; what it gives is marked as inferred.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.features import Features
from pipelines.extract.actors.network import Weights, softmax
from pipelines.extract.actors.pointers import Pointers
from pipelines.extract.facts import Entity
from pipelines.reference import regions

# What an entity is, in the order of the forms that the network reads: companies by what ends their names.
TYPES = (
    "person", "government_body", "armed_forces", "igo", "ngo", "company", "media", "armed_group", "political_party",
    "population", "other_organization",
)  # fmt: skip
ENDINGS = ("inc", "corp", "co", "ltd", "plc", "ag", "sa", "nv", "spa", "gmbh", "llc")
FORMS = (*TYPES, *ENDINGS)
# States that the network knows by themselves; all others are "other", and the last is none.
KINDS = (
    "USA", "GBR", "JPN", "DEU", "FRA", "ITA", "CAN", "AUS", "RUS", "CHN", "CHE", "NLD", "SUN", "other", "none",
)  # fmt: skip
_UNSAID = ("USA",)  # a candidate of every document
_FORM = {form: i for i, form in enumerate(FORMS)}
_KIND = {kind: i for i, kind in enumerate(KINDS)}
_PAIR = 24
_NEVER = frozenset({"country", "igo"})
# From here on an inferred state is given: chosen on held-out folds. Those of armed groups are guessed badly, and a state that the
# text never names needs more (training/README.md: below it bare names of persons were taken for Americans).
_LEAST = {"armed_group": 0.8}
_LEAST_OF_OTHERS = 0.5
_LEAST_UNSAID = 0.9


@dataclass(slots=True)
class Unplaced:
    """Entities without a state, the candidate states, and the arrays of each pair. The last option is none."""

    entities: list[Entity]
    states: list[str]
    said: list[bool]  # whether the text names the state
    features: Features


def infer(actors: DocumentActors, weights: Weights, pointers: Pointers) -> None:
    """Give entities without a state the one that the network is sure enough of."""
    # Whom a register knows to be of no state, as a secretary-general of the United Nations, is of none here too.
    lacking = [
        e for e in actors.entities if e.country is None and e.country_basis != "register" and e.actor_type not in _NEVER
    ]
    found = unplaced(actors, [e for e in lacking if regions.lookup(e.name) is None])  # "the West" is of none
    if found is None:
        return
    scores = pointers.on_states(actors, found.entities, found.states, weights.scores(found.features))
    probabilities = softmax(scores)
    for entity, row in zip(found.entities, probabilities, strict=True):
        best = int(row[:-1].argmax())
        least = _LEAST.get(entity.actor_type, _LEAST_OF_OTHERS)
        if not found.said[best]:
            least = max(least, _LEAST_UNSAID)
        if row[best] >= least:
            entity.country = found.states[best]
            entity.country_basis = "inferred"
            entity.country_probability = round(float(row[best]), 3)


def unplaced(actors: DocumentActors, entities: list[Entity]) -> Unplaced | None:
    """Arrays of entities whose state is asked; None where there is none to ask."""
    shown = _Shown(actors)
    entities = [e for e in entities if shown.of_entity.get(e.index)]
    if not entities:
        return None
    states = list(dict.fromkeys((*shown.of_state, *_UNSAID, *((actors.home,) if actors.home else ()))))
    n, k = len(entities), len(states) + 1
    candidate = np.zeros((n, len(FORMS) + 6), dtype=np.float32)
    option = np.zeros((k, len(KINDS) + 2), dtype=np.float32)
    pair = np.zeros((n, k, _PAIR), dtype=np.float32)
    form = np.array([_form(e) for e in entities], dtype=np.int64)
    kind = np.array([*(_KIND.get(s, _KIND["other"]) for s in states), _KIND["none"]], dtype=np.int64)
    option[np.arange(k), kind] = 1
    option[:-1, len(KINDS)] = [s in shown.of_state for s in states]
    for i, entity in enumerate(entities):
        at = shown.of_entity[entity.index]
        candidate[i, form[i]] = 1
        candidate[i, len(FORMS) :] = (
            entity.role is not None, actors.home_is_told, min(len(shown.of_state), 5) / 5, min(len(at), 5) / 5,
            " " in entity.name, entity.name.isupper(),
        )  # fmt: skip
        for j, state in enumerate(states):
            pair[i, j] = shown.pair(entity, at, state)
    valid = np.ones((n, k), dtype=bool)
    return Unplaced(
        entities, states, [s in shown.of_state for s in states], Features(candidate, form, option, kind, pair, valid)
    )


def _form(entity: Entity) -> int:
    if entity.actor_type == "company":
        ending = entity.name.lower().rstrip(".").rpartition(" ")[2]
        if ending in ENDINGS:
            return _FORM[ending]
    return _FORM.get(entity.actor_type, _FORM["other_organization"])


class _Shown:
    """Where entities and states stand in a document, as (token, sentence) in text order."""

    def __init__(self, actors: DocumentActors) -> None:
        self.actors = actors
        self.of_entity: dict[int, list[tuple[int, int]]] = {}
        self.of_state: dict[str, list[tuple[int, int]]] = {}
        self._as_actor: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()
        self._bodies_of_type: Counter[tuple[str, str]] = Counter()
        for mention in actors.mentions:
            head = actors.parse.head_of(actors.mention_tokens(mention))
            entity = actors.entities[mention.entity]
            self.of_entity.setdefault(entity.index, []).append((head.index, head.sentence))
            if entity.actor_type == "country" and entity.country:
                self.of_state.setdefault(entity.country, []).append((head.index, head.sentence))
                self._as_actor[entity.country] += 1
        for index, iso3 in actors.places():
            self.of_state.setdefault(iso3, []).append((index, actors.parse.tokens[index].sentence))
        for entity in actors.entities:
            if entity.actor_type != "country" and entity.country and entity.country_basis != "inferred":
                self._bodies[entity.country] += 1
                self._bodies_of_type[entity.country, entity.actor_type] += 1
                self.of_state.setdefault(entity.country, [])
        for places in (*self.of_entity.values(), *self.of_state.values()):
            places.sort()
        firsts = [(p[0], s) for s, p in self.of_state.items() if p]
        self._first = min(firsts)[1] if firsts else None
        self._all = max(sum(len(p) for p in self.of_state.values()), 1)
        self._most = max((len(p) for p in self.of_state.values()), default=0)

    def pair(self, entity: Entity, at: list[tuple[int, int]], state: str) -> list[float]:
        """What ties an entity to a state: how near they stand, how much the text is about it."""
        theirs = self.of_state.get(state, [])
        sentences = {s for _, s in theirs}
        mine = [s for _, s in at]
        first_token, first_sentence = at[0]
        near = bisect_left(theirs, (first_token, -1))
        before = first_token - theirs[near - 1][0] if near else None
        behind = theirs[near][0] - first_token if near < len(theirs) else None
        same_before = near > 0 and theirs[near - 1][1] == first_sentence
        same_behind = near < len(theirs) and theirs[near][1] == first_sentence
        placed = sum(self._bodies.values())
        found = [
            sum(s in sentences for s in mine) / len(mine),
            first_sentence in sentences,
            float(np.exp(-(before or 0) / 15)) if before is not None else 0.0,
            float(np.exp(-(before or 0) / 4)) if same_before and before is not None else 0.0,
            float(np.exp(-(behind or 0) / 4)) if same_behind and behind is not None else 0.0,
            float(np.exp(-(behind or 0) / 15)) if behind is not None else 0.0,
            len(theirs) / self._all,
            bool(theirs) and len(theirs) == self._most,
            state == self.actors.home and self.actors.home_is_told,
            state == self.actors.home and not self.actors.home_is_told,
            state == self._first,
            self._bodies[state] / placed if placed else 0.0,
            min(self._bodies[state], 3) / 3,
            min(self._bodies_of_type[state, entity.actor_type], 2) / 2,
            bool(theirs) and self._as_actor[state] == 0,
            min(self._as_actor[state], 5) / 5,
            not theirs,
            any(s - 1 in sentences for s in mine),
            len(self.of_state) == 1,
            self._in_phrase(first_token, theirs),
            any(self._in_phrase(t, theirs) for t, _ in at[1:4]),
            state in _UNSAID and not theirs,
            first_sentence == 0,
            1.0,
        ]
        return [float(x) for x in found]

    def _in_phrase(self, token: int, theirs: list[tuple[int, int]]) -> bool:
        """Whether a state is named below a name's head word or beside it in its phrase."""
        tokens = self.actors.parse.tokens
        head = tokens[token]
        top = head.head if head.dep in ("compound", "appos", "nmod", "poss") else head
        return any(
            abs(t - token) < 15 and any(a is head or a is top for a in (tokens[t], *list(tokens[t].ancestors())[:3]))
            for t, _ in theirs
        )
