"""Which actor of a document is the one that an annotator lists: by state, by name, by the words of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipelines.extract.facts import Entity
from pipelines.reference import countries
from training.resolver.documents import LabelledActor

# What today's lists call by one code, whichever of these an annotator gave.
_SUCCESSORS = {"SUN": "RUS", "DDR": "DEU", "YUG": "SRB", "SCG": "SRB", "CSK": "CZE", "ZAR": "COD", "BUR": "MMR"}
_ARTICLE = re.compile(r"^the ")


def plain(name: str) -> str:
    """A name in small letters without accents, full stops and article."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    kept = "".join(c for c in letters if not unicodedata.combining(c) and c != ".")
    return _ARTICLE.sub("", " ".join(kept.split()))


def land(iso3: str | None) -> str | None:
    """A country code, with states that have ceased to be under their successor's."""
    return _SUCCESSORS.get(iso3, iso3) if iso3 else None


def is_same(actor: LabelledActor, entity: Entity) -> bool:
    """Whether an entity is the labelled actor: the same state, or a name whose words are those of the other and end alike."""
    if actor.actor_type == "country":
        return entity.actor_type == "country" and land(entity.country) == land(actor.country or _code(actor.name))
    if entity.actor_type == "country":
        return False
    wanted = plain(actor.name)
    names = {plain(n) for n in (entity.name, *entity.aliases, entity.abbreviation or "") if n}
    if wanted in names:
        return True
    words = set(wanted.split())
    return any(
        (words <= set(n.split()) or set(n.split()) <= words) and wanted.split()[-1] == n.split()[-1] for n in names
    )


def _code(name: str) -> str | None:
    word = countries.lookup(name)
    return word.iso3 if word and word.kind == "name" else None


def state_of_actor(actor: LabelledActor) -> str:
    """What a labelled actor counts as at the level of states: its code, else its name."""
    return land(actor.country or (_code(actor.name) if actor.actor_type == "country" else None)) or plain(actor.name)


def state_of_entity(entity: Entity, actors: Iterable[LabelledActor]) -> str:
    """What an entity counts as at the level of states; one without a state as the labelled actor that it is, else by name."""
    if entity.country:
        return land(entity.country) or ""
    for actor in actors:
        if not actor.country and is_same(actor, entity):
            return plain(actor.name)
    return plain(entity.name)
