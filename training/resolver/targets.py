"""Which options of a candidate are right by the labels."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.features import FeatureMaker
from pipelines.extract.actors.nations import Unplaced
from pipelines.extract.actors.options import STATE_KINDS
from training.resolver.documents import Labelled, LabelledActor
from training.resolver.matching import is_same, land, state_of_actor

# Share of the side words of a partly labelled document that count against "nobody": all of them would make the network see
# actors everywhere, since such a document shows none that is nobody.
_COUNTED = 0.3


@dataclass(slots=True)
class Targets:
    """Rows are candidates with a label. `good` (rows, k): options that are right; `whole`: whether "nobody" is an answer there."""

    rows: NDArray[np.int64]
    good: NDArray[np.bool_]
    whole: NDArray[np.bool_]


def targets_of(labelled: Labelled, maker: FeatureMaker) -> Targets:
    """Targets of a document: all its candidates where every mention is labelled, else those that stand for sides."""
    named: dict[int, tuple[str, ...]] = {}
    for m in (*labelled.mentions, *labelled.participants):
        tokens = labelled.parse.tokens_in(m.start, m.end)
        if tokens:
            head = labelled.parse.head_of(tokens).index
            if m.names or head not in named:
                named[head] = m.names
    rows, good, whole = [], [], []
    options = maker.options.all
    random = np.random.default_rng(zlib.crc32(labelled.ident.encode()))
    for i, candidate in enumerate(maker.found):
        names = named.get(candidate.head.index)
        if names is None and not labelled.is_full:
            continue
        right = np.zeros(len(options), dtype=bool)
        if names:
            wanted = [labelled.actors[n] for n in dict.fromkeys(names)]
            for j in _right(wanted, maker, i, list(labelled.actors.values())):
                right[j] = True
            right &= maker.valid[i]
        if not right.any():
            if names:
                continue
            right[-1] = True
        rows.append(i)
        good.append(right)
        whole.append(labelled.is_full or random.random() < _COUNTED)
    k = len(options)
    return Targets(
        np.array(rows, dtype=np.int64), np.array(good, dtype=bool).reshape(-1, k), np.array(whole, dtype=bool)
    )


def nation_targets(labelled: Labelled, found: Unplaced) -> Targets:
    """Which candidate states of entities are right: that of the labelled actor, none where it truly has none."""
    rows, good = [], []
    for i, entity in enumerate(found.entities):
        actor = next((a for a in labelled.actors.values() if a.actor_type != "country" and is_same(a, entity)), None)
        if actor is None or actor.country_unknown:
            continue
        right = np.array([actor.country is not None and land(s) == land(actor.country) for s in found.states] + [False])
        if actor.country is None:
            right[-1] = True
        elif not right.any():
            continue
        rows.append(i)
        good.append(right)
    k = len(found.states) + 1
    return Targets(np.array(rows, dtype=np.int64), np.array(good, dtype=bool).reshape(-1, k), np.ones(len(rows), bool))


def _right(
    wanted: Sequence[LabelledActor], maker: FeatureMaker, row: int, actors: Sequence[LabelledActor]
) -> list[int]:
    if len(wanted) > 1:
        return _right_set(wanted, maker)
    exact = _same(wanted[0], maker)
    if exact:
        return exact
    own = maker.options.own[row]
    actor = wanted[0]
    if own >= 0 and actor.actor_type in ("population", "armed_group", "other_organization", "company", "media", "ngo"):
        return [own]
    if actor.country:
        return [
            j
            for j, o in enumerate(maker.options.all)
            if o.kind in STATE_KINDS and land(o.country) == land(actor.country)
        ] or ([own] if own >= 0 else [])
    return [own] if own >= 0 else []


def _same(actor: LabelledActor, maker: FeatureMaker) -> list[int]:
    found = []
    for j, option in enumerate(maker.options.all):
        if option.entity >= 0:
            if is_same(actor, maker.actors.entities[option.entity]):
                found.append(j)
        elif option.kind in STATE_KINDS and actor.actor_type == "country":
            if land(option.country) == state_of_actor(actor):
                found.append(j)
    return found


def _right_set(wanted: Sequence[LabelledActor], maker: FeatureMaker) -> list[int]:
    """Sets whose members are those wanted, one each; at the level of states where persons stand for them."""
    sames = [set(_same(a, maker)) for a in wanted]
    found = []
    for j, option in enumerate(maker.options.all):
        if len(option.members) != len(wanted):
            continue
        left = list(option.members)
        for same in sames:
            hit = next((m for m in left if m in same), None)
            if hit is None:
                break
            left.remove(hit)
        else:
            found.append(j)
    return found
