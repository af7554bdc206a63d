"""Which actors a noun phrase or pronoun stands for: the rules behind `DocumentActors.participants`.

Confidence: 1 for names, .9 for a named owner, .6 and less where only the text before answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.facts import Participant
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

_DEEPEST = 4
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_GROUPS_OF_STATES = frozenset(
    "country nation side government neighbor neighbour ally party state capital power republic".split()
)
_GROUPS_OF_PEOPLE = frozenset("leader president minister man official chief diplomat premier statesman".split())
_PARTITIVE = frozenset(
    "group number member most some many majority dozen hundred thousand all one series head representative each none million"
    " delegation leader team couple coalition part half rest force several any few scores lot handful majority both either"
    " citizen resident spokesman spokeswoman official people government president minister leadership troop ambassador".split()
)
_HE = frozenset("he him his himself she her hers herself".split())
_THEY = frozenset("they them their theirs themselves".split())
_IT = frozenset("it its itself".split())
_RELATIVE = frozenset("who which that whom whose".split())
_PLURAL_TYPES = frozenset({"population", "armed_group", "political_party", "armed_forces"})
_COLLECTIVE_TYPES = frozenset(
    {"country", "igo", "government_body", "company", "armed_group", "armed_forces", "ngo", "media", "political_party",
     "other_organization"}
)  # fmt: skip
_STATE_BEARERS = frozenset({"country", "person", "government_body", "armed_forces", "population"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Organs that are the state's at hand where nothing says whose ("police arrested").
_BARE_ORGANS = frozenset("police authority parliament troop soldier".split())
_ORGANS = frozenset("government administration army military junta regime parliament cabinet country nation republic".split())
_STATE_NOUNS = frozenset("country nation republic kingdom".split())
_OWNER_DEPS = frozenset({"amod", "compound", "poss", "nmod", "nn", "npadvmod", "nummod"})
_NOUN_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "X", "PRON"})


def of_phrase(actors: DocumentActors, head: Token, depth: int = 0) -> list[Participant]:
    """Actors of the phrase headed by a token, without what is coordinated with it."""
    mentions = actors.mentions_at(head)
    if mentions:
        return [Participant(m.entity, m.index, m.confidence) for m in mentions]
    if depth > _DEEPEST or head.pos not in _NOUN_TAGS:
        return []
    if head.tag in ("WP", "WDT", "WP$") and head.lower in _RELATIVE:
        return _of_relative(actors, head, depth)
    if head.tag in ("PRP", "PRP$"):
        return _of_pronoun(actors, head)
    if (iso3 := actors.place_at(head)) is not None:
        return [Participant(actors.state(iso3), None, 0.6)]
    lemma = head.lemma.lower()
    kind = actor_nouns().get(lemma)
    is_role = lemma in role_nouns()
    if group := _of_group(actors, head, lemma):
        return group
    if person := _apposed(actors, head):
        return person
    known = kind is not None or is_role or head.pos == "PROPN" or lemma in _PARTITIVE
    if known and (owner := _owner(actors, head, depth, kind)):
        if (kind == "officials" or is_role) and head.tag in ("NN", "NNP") and (bearer := _bearer(actors, head, lemma, owner)):
            return bearer
        return owner
    if lemma in _PARTITIVE or head.pos in ("NUM", "DET", "PRON"):
        for preposition in head.children_by("prep"):
            if preposition.lower in ("of", "among") and (inner := preposition.child("pobj")):
                found: list[Participant] = []
                for each in inner.conjuncts():
                    found += of_phrase(actors, each, depth + 1)
                if found:
                    return _lowered(found, 0.8)
    if is_role and (bearer := _bearer(actors, head, lemma, [])):
        return bearer
    if kind in ("government", "forces", "state", "officials") and (here := _state_at_hand(actors, head, lemma)):
        return here
    return []


def _lowered(found: list[Participant], factor: float) -> list[Participant]:
    return [Participant(p.entity, p.mention, round(p.confidence * factor, 3)) for p in found]


def _owner(actors: DocumentActors, head: Token, depth: int, kind: str | None) -> list[Participant]:
    """Named owner of an unnamed participant: in front ("Russian", "Russia's", "NATO") or behind ("of Russia")."""
    factor = 0.6 if kind == "asset" else 0.9
    found: list[Participant] = []
    for child in head.children:
        if child.index > head.index or child.dep not in _OWNER_DEPS:
            continue
        for each in (child, *child.children_by("conj")):
            here = _named(actors, each)
            if not here and each.dep != "poss":
                here = [p for inner in each.children if inner.dep in _OWNER_DEPS for p in _named(actors, inner)]
            if not here and each.dep == "poss":
                here = of_phrase(actors, each, depth + 1)
            found += here
    if found:
        return _lowered(_unique(found), factor)
    for child in head.children:
        if child.dep != "prep" or child.lower not in ("of", "from", "in", "for"):
            continue
        inner_head = child.child("pobj")
        if inner_head is None or (child.lower == "for" and kind != "officials"):
            continue
        for inner in inner_head.conjuncts():
            if child.lower == "in":
                place = actors.place_at(inner)
                found += [Participant(actors.state(place), None, 0.65)] if place and kind != "asset" else []
            else:
                found += of_phrase(actors, inner, depth + 1)
        if found:
            return _lowered(_unique(found), factor)
    return []


def _named(actors: DocumentActors, token: Token) -> list[Participant]:
    if token.index in actors.not_owners:
        return []
    return [Participant(m.entity, m.index, m.confidence) for m in actors.mentions_at(token)]


def _unique(found: list[Participant]) -> list[Participant]:
    seen: dict[int, Participant] = {}
    for participant in found:
        seen.setdefault(participant.entity, participant)
    return list(seen.values())


def _apposed(actors: DocumentActors, head: Token) -> list[Participant]:
    """ "the foreign minister, Sadyk Safaev": the name beside a nominal."""
    for child in head.children:
        if child.dep in ("appos", "flat") and (mention := actors.mention_at(child)) is not None:
            return [Participant(mention.entity, mention.index, 0.9)]
    if head.dep == "appos" and (mention := actors.mention_at(head.head)) is not None:
        return [Participant(mention.entity, mention.index, 0.9)]
    return []


def _of_group(actors: DocumentActors, head: Token, lemma: str) -> list[Participant]:
    """ "the two countries", "both leaders": as many states, or persons, as it says, of those named last."""
    if lemma not in _GROUPS_OF_STATES and lemma not in _GROUPS_OF_PEOPLE:
        return []
    if head.tag not in ("NNS", "NNPS"):
        return []
    words = {c.lower for c in head.children}
    wanted = next((n for word, n in _COUNTS.items() if word in words), None)
    if wanted is None and not (lemma == "side" and "the" in words):
        return []
    wanted = wanted or 2
    if any(actors.mention_at(c) for c in head.children):
        return []
    found: list[int] = []
    persons = lemma in _GROUPS_OF_PEOPLE
    for mention in actors.mentions_before(head):
        entity = actors.entities[mention.entity]
        target = None
        if persons:
            target = entity.index if entity.actor_type == "person" else None
        elif entity.actor_type in ("igo", "armed_group") and lemma in ("side", "party"):
            target = entity.index
        elif entity.country and entity.actor_type in _STATE_BEARERS:
            target = actors.state(entity.country)
        if target is not None and target not in found:
            found.append(target)
        if len(found) == wanted:
            return [Participant(i, None, 0.6) for i in reversed(found)]
    return []


def _bearer(actors: DocumentActors, head: Token, lemma: str, owner: list[Participant]) -> list[Participant]:
    """ "the president", "the Russian president": the one person named before with that title, of that state."""
    if not owner and not any(c.lower in _DEFINITE for c in head.children):
        return []
    home = {actors.entities[p.entity].country for p in owner}
    bearers: list[int] = []
    for mention in actors.mentions_before(head):
        entity = actors.entities[mention.entity]
        if entity.actor_type != "person" or not entity.role or entity.index in bearers:
            continue
        if lemma in entity.role.lower().split() and (not owner or entity.country in home):
            bearers.append(entity.index)
    return [Participant(bearers[0], None, 0.6)] if len(bearers) == 1 else []


def _state_at_hand(actors: DocumentActors, head: Token, lemma: str) -> list[Participant]:
    """ "The government", "police", "the country": the state that the sentences before are about."""
    if any(c.dep in ("amod", "compound", "nmod", "poss") and c.text[0].isupper() for c in head.children):
        return []
    definite = any(c.lower in _DEFINITE for c in head.children)
    if not (lemma in _BARE_ORGANS or (definite and lemma in _ORGANS)):
        return []
    nearest: str | None = None
    for mention in actors.mentions_before(head):
        if head.sentence - mention.sentence_index > 2:
            break
        entity = actors.entities[mention.entity]
        if not entity.country or entity.actor_type not in ("country", "person", "government_body"):
            continue
        if actors.is_subject(mention):
            return [Participant(actors.state(entity.country), None, 0.5)]
        if entity.actor_type == "country":
            nearest = nearest or entity.country
    iso3 = (nearest or actors.home) if lemma in _STATE_NOUNS else (actors.home or nearest)
    return [Participant(actors.state(iso3), None, 0.4)] if iso3 else []


def _of_relative(actors: DocumentActors, token: Token, depth: int) -> list[Participant]:
    """What "who" or "which" refers to: the noun that the relative clause modifies."""
    for ancestor in token.ancestors():
        if ancestor.dep == "relcl" and not ancestor.is_root:
            return of_phrase(actors, ancestor.head, depth + 1)
    return []


def _of_pronoun(actors: DocumentActors, token: Token) -> list[Participant]:
    """Who a pronoun stands for, where the text before gives one good answer: the last subject that fits."""
    word = token.lower
    if word not in _HE and word not in _THEY and word not in _IT:
        return []
    best: tuple[float, int] | None = None
    for mention in actors.mentions_before(token):
        distance = token.sentence - mention.sentence_index
        if distance > 2:
            break
        kind = actors.entities[mention.entity].actor_type
        if word in _HE:
            if kind != "person":
                continue
            bonus = 0.0
        elif word in _THEY:
            if kind == "person" or kind not in _COLLECTIVE_TYPES | _PLURAL_TYPES:
                continue
            bonus = 0.5 if kind in _PLURAL_TYPES or mention.mention_type == "nominal" else 0.0
        else:
            if kind not in _COLLECTIVE_TYPES or mention.mention_type == "nominal":
                continue
            bonus = 0.0
        subject = actors.is_subject(mention)
        if word in _IT and not subject:
            continue
        score = (2.0 if subject else 0.0) + bonus - distance
        if best is None or score > best[0]:
            best = (score, mention.entity)
    if best is None:
        return []
    confidence = (0.65 if word in _HE else 0.45) if best[0] >= 1 else (0.45 if word in _HE else 0.35)
    made = actors.add_mention(best[1], [token], "pronoun", confidence=confidence)
    return [Participant(best[1], made.index, confidence)]
