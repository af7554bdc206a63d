"""What is told in the words of an act and is none.

Each refusal is a principle of its own, asked of the parse around the predicate: `moods` (told as nobody's deed yet),
`accidents` (harm that nobody did), `misreadings` (words that mean something else). Classes of words:
pipelines/reference/refused_words.csv.
"""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events import misreadings, moods
from pipelines.extract.events.accidents import is_accident
from pipelines.extract.facts import Participant
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger

_OF_ALL = (*moods.OF_ALL, is_accident, *misreadings.OF_ALL)
_OF_VERBS = (*moods.OF_VERBS, *misreadings.OF_VERBS)


def is_no_event(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether a predicate with its trigger tells of nothing that somebody did, does or is to do to somebody."""
    return refusal(token, trigger, sources, actors) is not None


def refusal(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> str | None:
    """Name of the principle by which a predicate is no event, or None."""
    if moods.is_open(token):
        return "open"
    if moods.is_asked(token, actors.parse):
        return "asked"
    if misreadings.is_mood(token, trigger, sources, actors):
        return "mood"
    for principle in _OF_ALL if token.pos != "VERB" else (*_OF_ALL, *_OF_VERBS):
        if principle(token, trigger):
            return principle.__name__.removeprefix("_").removeprefix("is_")
    return None
