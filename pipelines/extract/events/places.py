"""Where an event takes place: what its clause names, what its kind and sides imply, or where its doer just was.

The state is the one that the place belonged to at the time. Nothing named and nothing implied is None.
"""

from __future__ import annotations

from datetime import date

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Event, Participant
from pipelines.extract.syntax import REPORTING, clause_of
from pipelines.language.parse import Parse, Token
from pipelines.reference import places
from pipelines.reference.former_states import state_on
from pipelines.reference.plover import Trigger

_LOCATIVE = frozenset(
    ["in", "at", "near", "outside", "around", "inside", "across", "throughout", "within", "along", "off"]
)
# Of an event's objects and circumstances, those behind which its own place may stand ("agreed at a meeting in Oslo").
_OPEN = frozenset(["at", "during", "in", "to", "with", "after", "on", "into", "following"])
_GOING = frozenset([
    "go", "travel", "fly", "arrive", "send", "dispatch", "deploy", "ship", "deliver", "airlift", "rush", "return",
    "move", "withdraw", "enter", "invade", "march", "advance", "head", "cross", "sail", "bring", "evacuate"
])  # fmt: skip
_JOURNEYS = frozenset(["visit", "trip", "tour", "stop", "stopover", "arrival", "stay", "journey"])
_PARTS = frozenset([
    "capital", "city", "town", "village", "port", "province", "region", "state", "district", "area", "north",
    "south", "east", "west", "border", "island", "base", "suburb", "territory", "valley", "coast", "prison",
    "airport", "camp", "northeast", "northwest", "southeast", "southwest", "stronghold", "resort", "enclave"
])  # fmt: skip
# In what one believes or has a stake is not where one is.
_NO_PLACE = frozenset([
    "interest", "role", "confidence", "faith", "belief", "trust", "stake", "investment", "involvement",
    "interference", "progress", "crisis", "policy", "war", "conflict", "democracy", "peace", "stability", "change",
    "situation", "program", "problem"
])  # fmt: skip
# Acts that are done somewhere: the only place of their sentence is theirs.
_BODILY = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "CONSULT"})
# Done by a state or its people at home, unless the text names a place.
_AT_HOME = frozenset({"arrest", "deport", "repression", "martial-law", "restrict", "censor", "expel", "convict"})
_LAWMAKERS = (
    "congress",
    "parliament",
    "senate",
    "house",
    "committee",
    "assembly",
    "duma",
    "knesset",
    "court",
    "cabinet",
)
_COMPASS = frozenset({"north", "south", "east", "west"})
# Acts of word: what their objects are about lies elsewhere ("approved a project in Nepal").
_OF_WORD = frozenset({"AGREE", "AID", "REJECT", "REQUEST", "SUPPORT", "ACCUSE", "THREATEN"})
_REACH_BACK = 3
_DEEPEST = 5


def place_of(
    token: Token,
    trigger: Trigger,
    sources: list[Participant],
    recipients: list[Participant],
    actors: DocumentActors,
    parse: Parse,
    day: date | None,
) -> tuple[str | None, str | None]:
    """(words, ISO3) of where an event happens; the words are None where its kind or its sides tell the state.

    `day` is the event's, else the document's, and picks the state of then.
    """
    name, iso3 = _told(token, trigger, actors, parse)
    if iso3 is None:
        iso3 = _implied(token, trigger, sources, recipients, actors)
    return name, None if iso3 is None else state_on(iso3, day)


def carry_places(events: list[Event], apart: set[tuple[int, int]], actors: DocumentActors) -> None:
    """Who was just told to have come to a place meets people there, until another place or day is named.

    `events` are in text order; those whose spans are in `apart` happen at another time than the story.
    """
    last: dict[int, Event] = {}
    for event in events:
        if event.factuality != "actual" or (event.start_char, event.end_char) in apart:
            continue
        if event.event_type != "CONSULT" or event.event_mode == "phone":
            continue
        sides = [*event.sources, *event.recipients]
        if event.place_country is None:
            for participant in sides:
                before = last.get(participant.entity)
                if (
                    before is not None
                    and event.sentence_index - before.sentence_index <= _REACH_BACK
                    and (event.date_start is None or event.date_start == before.date_start)
                ):
                    event.place, event.place_country = before.place, before.place_country
                    break
        if event.place_country is not None:
            persons = [p for p in sides if actors.entities[p.entity].actor_type != "country"]
            last.update({p.entity: event for p in persons})


def _told(token: Token, trigger: Trigger, actors: DocumentActors, parse: Parse) -> tuple[str | None, str | None]:
    for holder in dict.fromkeys((token, clause_of(token))):
        found = _below(holder, trigger, actors, 0)
        if found[1]:
            return found
    above = clause_of(token)
    for _ in range(3):
        if above.is_root or (above.dep in ("ccomp", "parataxis") and above.head.lemma in REPORTING):
            break
        if above.dep not in ("xcomp", "conj", "advcl", "relcl", "acl", "pcomp", "ccomp"):
            break
        above = clause_of(above.head)
        found = _below(above, trigger, actors, _DEEPEST - 1)
        if found[1]:
            return found
    if trigger.type not in _BODILY:
        return None, None
    elsewhere: dict[str, str] = {}
    for other in parse.sentence_tokens(token.sentence):
        if other.dep == "prep" and other.lower in ("in", "at", "near") and other.head.lemma not in _NO_PLACE:
            name, iso3 = _behind(other, actors)
            if iso3 and name and not _is_speakers(other):
                elsewhere.setdefault(iso3, name)
    if len(elsewhere) == 1:
        iso3, name = next(iter(elsewhere.items()))
        return name, iso3
    return None, None


def _is_speakers(preposition: Token) -> bool:
    """Whether a phrase belongs to who reports the event ("a spokesman at headquarters in Potsdam said that ...")."""
    for token in (preposition, *preposition.ancestors()):
        if token.dep == "nsubj" and token.head.lemma in REPORTING:
            return True
    return False


def _below(holder: Token, trigger: Trigger, actors: DocumentActors, depth: int) -> tuple[str | None, str | None]:
    """The nearest place below a word: of its own locative phrases first, then of those of its objects."""
    inner: list[Token] = []
    for child in holder.children:
        lowered = child.lower
        if child.dep == "advmod" and lowered == "here" and actors.article and actors.article.dateline_country:
            return actors.article.dateline_place, actors.article.dateline_country
        if child.dep in ("prep", "agent", "prt"):
            going = (
                lowered in ("to", "into", "for")
                and trigger.type != "AID"
                and (holder.lemma in _GOING or holder.lemma.lower() in _JOURNEYS)
            )
            leaving = lowered == "from" and (trigger.type == "RETREAT" or trigger.mode in ("expel", "deport"))
            locative = lowered in _LOCATIVE and holder.lemma.lower() not in _NO_PLACE
            entering = lowered in ("into", "over", "through") and trigger.type in ("ASSAULT", "MOBILIZE", "COERCE")
            if going or leaving or locative or entering:
                found = _behind(child, actors)
                if found[1]:
                    return found
            if lowered in _OPEN and (behind := child.child("pobj")) is not None:
                inner.append(behind)
        elif trigger.type not in _OF_WORD and (
            (child.dep in ("dobj", "nsubjpass", "dative") and child.pos == "NOUN") or child.dep == "xcomp"
        ):
            inner.append(child)
    if depth < _DEEPEST:
        for word in inner:
            found = _below(word, trigger, actors, depth + 1)
            if found[1]:
                return found
    return None, None


def _behind(preposition: Token, actors: DocumentActors) -> tuple[str | None, str | None]:
    """(words, ISO3) of the place that a preposition rules: "Geneva", "the Uzbek capital", "the south of Lebanon"."""
    inner = preposition.child("pobj")
    if inner is None:
        return None, None
    near = [inner, *(c for c in inner.children if c.dep == "appos")]
    if inner.pos == "PROPN" or inner.lemma.lower() in _PARTS:
        # "The Kazakh capital" is in that state; the "Korean Peninsula" and the "Russian Embassy" need not be.
        owning = ("poss", "compound", "nmod", "amod") if inner.lemma.lower() in _PARTS else ("poss",)
        near += [c for c in inner.children if c.dep in owning]
        near += [b for c in inner.children if c.lower in ("of", "in", "with") and (b := c.child("pobj"))]
    found: str | None = None
    name: str | None = None
    for token in near:
        iso3 = _state_of(token, actors, token is not inner)
        if iso3 and found in (None, iso3):
            found = iso3
            # "Kazakhstan's capital, Astana": the name in apposition says it best.
            name = _name(token) if name is None or token.dep == "appos" else name
    return name, found


def _state_of(token: Token, actors: DocumentActors, owner: bool) -> str | None:
    for mention in actors.mentions_at(token):
        if actors.entities[mention.entity].actor_type != "country":
            return None
        if mention.mention_type == "nominal" and not owner:
            return None
    iso3 = actors.place_at(token)
    if iso3 is None and token.lower not in _COMPASS and token.pos == "PROPN" and token.entity in ("GPE", "LOC", "FAC"):
        iso3 = places.country_of(_name(token)) or places.country_of(token.text)
    return iso3


def _name(token: Token) -> str:
    words = [c.text for c in token.children if c.dep == "compound" and c.index < token.index]
    return " ".join([*words, token.text])


def _implied(
    token: Token, trigger: Trigger, sources: list[Participant], recipients: list[Participant], actors: DocumentActors
) -> str | None:
    """The state that the kind of event and its sides imply.

    Who is visited is visited at home, a state is attacked or occupied where it lies, police arrest and parliaments
    vote at home, and what people of one state do to each other they do there.
    """
    entities = [actors.entities[p.entity] for p in (*sources, *recipients)]
    doer = actors.entities[sources[0].entity] if sources else None
    other = actors.entities[recipients[0].entity] if recipients else None
    if trigger.mode == "visit":
        if token.lemma in ("host", "receive", "welcome") and doer is not None:
            return doer.country
        return other.country if other is not None and other.actor_type == "country" else None
    states = {e.country for e in entities}
    if (
        trigger.type in ("ASSAULT", "COERCE")
        and other is not None
        and other.actor_type == "country"
        and doer is not other
    ):
        named = recipients[0].mention is not None and actors.mentions[recipients[0].mention].mention_type == "name"
        if named and (trigger.type == "ASSAULT" or trigger.mode is None):
            return other.country
    if "land" in trigger.needs and other is not None:
        return other.country
    if doer is None or doer.country is None:
        return None
    if "entry" in trigger.needs:
        return doer.country
    if trigger.mode in _AT_HOME and doer.actor_type in ("country", "government_body", "armed_forces"):
        return doer.country
    if (
        trigger.type == "COERCE"
        and trigger.mode != "cyber"
        and (other is None or other.country in (None, doer.country))
    ):
        return doer.country
    if trigger.type in ("ASSAULT", "PROTEST") and len(states) == 1 and len(entities) > 1:
        return doer.country
    folded = doer.name.lower()
    if trigger.type in ("AGREE", "REJECT", "SANCTION") and doer.actor_type == "government_body":
        return doer.country if any(word in folded for word in _LAWMAKERS) else None
    return None
