"""How sure a mention is: weights for `pipelines/extract/sureness.json`, from documents of which every mention is labelled.

A mention is right where the label of its head names the actor that the row names; for words and names that mean no person, also where
one of the two is a state and the other its government, forces or people (so do the labels: "police" has the state's key). Words
that are labelled for nobody, as a place only, or not at all are wrong. Whom words stand for is asked of networks that have not learnt from the
document, without the reader's pointers: that has learnt from most of these documents.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.extract import sureness
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Entity
from pipelines.extract.sureness import MENTION_FEATURES, mention_features
from training import calibration
from training.resolver.documents import Labelled, LabelledActor, LabelledMention
from training.resolver.matching import is_same, land, state_of_actor

SURENESS = Path(sureness.__file__).with_name("sureness.json")
_FOLDS = 5
_OF_STATE = frozenset({"government_body", "armed_forces", "population"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention of a labelled document: its features, what it said before it was calibrated, and whether it is right."""

    ident: str
    mention_type: str
    features: tuple[float, ...]
    said: float
    is_right: bool


def judged(labelled: Labelled, actors: DocumentActors) -> Iterator[Judged]:
    """The mentions of a document of which every mention is labelled."""
    heads, spans = _labels(labelled)
    for mention in actors.mentions:
        head = labelled.parse.head_of(actors.mention_tokens(mention))
        label = heads.get(head.index) or next((m for words, m in spans if head.index in words), None)
        entity = actors.entities[mention.entity]
        wanted = [labelled.actors[name] for name in label.names] if label else []
        features = tuple(mention_features(mention, entity, head.dep))
        is_right = any(is_same(actor, entity) or _is_of_state(actor, entity) for actor in wanted)
        yield Judged(labelled.ident, mention.mention_type, features, mention.probability, is_right)


def calibrate(rows: Sequence[Judged], file: Path) -> None:
    """Print how confidence and right rows agree, before and cross-validated by document, and write the weights of all rows."""
    x = np.array([row.features for row in rows])
    right = np.array([row.is_right for row in rows], dtype=float)
    before = np.array([row.said for row in rows])
    fold = np.array([zlib.crc32(row.ident.encode()) % _FOLDS for row in rows])
    after = calibration.held_out_chances(x, right, fold)
    kinds = np.array([row.mention_type for row in rows])
    print(f"{len(rows)} mentions of {len({r.ident for r in rows})} documents, right {right.mean():.3f}")
    for kind in ("name", "metonym", "nominal", "pronoun"):
        if (here := kinds == kind).any():
            means = f"said {before[here].mean():.3f}, now {after[here].mean():.3f}, right {right[here].mean():.3f}"
            print(f"  {kind:8} {int(here.sum()):5} {means}")
    print("as told by rule and network", calibration.table(before, right), sep="\n")
    print("calibrated, each fifth of the documents by weights of the others", calibration.table(after, right), sep="\n")
    calibration.write(file, {"mentions": calibration.named(MENTION_FEATURES, calibration.fitted(x, right))})


def _labels(labelled: Labelled) -> tuple[dict[int, LabelledMention], list[tuple[frozenset[int], LabelledMention]]]:
    """Labelled mentions by their heads, and with all their words, the shortest first: "Ukrainian" of "Ukrainian officials"."""
    heads: dict[int, LabelledMention] = {}
    spans = []
    for mention in labelled.mentions:
        tokens = labelled.parse.tokens_in(mention.start, mention.end)
        if tokens:
            heads.setdefault(labelled.parse.head_of(tokens).index, mention)
            spans.append((frozenset(t.index for t in tokens), mention))
    return heads, sorted(spans, key=lambda span: len(span[0]))


def _is_of_state(actor: LabelledActor, entity: Entity) -> bool:
    """Whether one is a state and the other its government, forces or people."""
    kinds = {actor.actor_type, entity.actor_type}
    if "country" not in kinds or not kinds - {"country"} <= _OF_STATE or entity.country is None:
        return False
    return land(entity.country) == state_of_actor(actor)
