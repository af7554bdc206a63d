"""Anchors for the words that stand for actors: the words for the same actor, and those that tell its state.

What the reader learns from them tells extraction who "the ministry" or "he" is and which state an "insurgent leader" is of,
where the neighbourhood shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipelines.language.parse import Token
from pipelines.reader.labels import MENTION
from training.resolver.documents import LabelledActor
from training.resolver.matching import is_same, land, state_of_actor

if TYPE_CHECKING:
    from training.reader.labelled_document import Document

_UNKNOWN = -1


def mention_anchors(document: Document) -> Iterator[dict[str, Any]]:
    """An anchor for each labelled word that stands for one actor alone, in text order."""
    actors = {a.name: a for a in _actors(document.label)}
    names: dict[int, set[str]] = {}
    for name, tokens in document.known.items():
        for token in tokens:
            names.setdefault(token.index, set()).add(name)
    # A word that stands for several together is no other word for one of them.
    names = {index: of for index, of in names.items() if len(of) == 1}
    words: dict[str, tuple[list[int], list[int]]] = {}
    for index in sorted(names):
        (name,) = names[index]
        if name not in actors:
            continue
        if name not in words:
            words[name] = _words_for(document, actors[name], {i for i, of in names.items() if name in of})
        same, state = words[name]
        yield _anchor(document.parse.tokens[index], {
            "same": [w for w in same if w != index],
            "state": None if actors[name].country_unknown else [w for w in state if w != index],
        })  # fmt: skip


def _actors(label: dict[str, Any]) -> Iterator[LabelledActor]:
    for row in (*label.get("actors", ()), *label.get("all_actors", ())):
        yield LabelledActor(row["name"], row["type"], row["country"], bool(row.get("country_unknown")))


def _words_for(document: Document, actor: LabelledActor, labelled: set[int]) -> tuple[list[int], list[int]]:
    """Words for an actor: labelled ones and names that extraction takes for it; and the words that tell its state."""
    found = document.actors
    same = set(labelled)
    for mention in found.mentions:
        if mention.mention_type in ("name", "metonym") and is_same(actor, found.entities[mention.entity]):
            same.add(document.parse.head_of(found.mention_tokens(mention)).index)
    code = state_of_actor(actor)
    state = {t.index for t in document.parse.tokens if (at := found.place_at(t)) is not None and land(at) == code}
    if actor.actor_type == "country":
        same |= state
    return sorted(same), sorted(state)


def _anchor(token: Token, links: dict[str, list[int] | None]) -> dict[str, Any]:
    nothing = dict.fromkeys(("mode", "kind", "stage", "sector", "factuality"), _UNKNOWN)
    return nothing | {"token": token, "type": MENTION, "weight": 1.0, "links": links}
