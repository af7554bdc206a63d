"""Which actors a noun phrase or pronoun stands for: the rules behind `DocumentActors.participants`.

Confidence: 1 for names, .9 for a named owner, .6 and less where only the text before answers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.extract.actors.participants import lowered, unique
from pipelines.extract.actors.pronouns import of_pronoun
from pipelines.extract.facts import Entity, Mention, Participant
from pipelines.extract.syntax import clause_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference import organisations
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

_DEEPEST = 4
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_GROUPS_OF_STATES = frozenset([
    "country", "nation", "side", "government", "neighbor", "neighbour", "ally", "party", "state", "capital",
    "power", "republic"
])  # fmt: skip
_GROUPS_OF_PEOPLE = frozenset(
    ["leader", "president", "minister", "man", "official", "chief", "diplomat", "premier", "statesman"]
)
_PARTITIVE = frozenset([
    "group", "number", "member", "most", "some", "many", "majority", "dozen", "hundred", "thousand", "all", "one",
    "series", "head", "representative", "each", "none", "million", "delegation", "leader", "team", "couple",
    "coalition", "part", "half", "rest", "force", "several", "any", "few", "scores", "lot", "handful", "majority",
    "both", "either", "citizen", "resident", "spokesman", "spokeswoman", "official", "people", "government",
    "president", "minister", "leadership", "troop", "ambassador"
])  # fmt: skip
_RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_STATE_BEARERS = frozenset({"country", "person", "government_body", "armed_forces", "population"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Organs that are the state's at hand where nothing says whose ("police arrested").
_BARE_ORGANS = frozenset(["police", "authority", "parliament", "troop", "soldier", "force"])
# Forces that are not those of the state at hand.
_OTHER_FORCES = frozenset([
    "rebel", "opposition", "coalition", "allied", "guerrilla", "insurgent", "foreign", "hostile", "enemy",
    "peacekeeping", "multinational", "joint", "separatist", "invading", "loyal", "market", "work", "labor", "task", "terrorist", "jihadist"
])  # fmt: skip
_RULERS = frozenset(["president", "premier", "chancellor", "king", "pope", "minister"])
_ORGANS = frozenset([
    "government", "administration", "army", "military", "junta", "regime", "parliament", "cabinet", "country", "ministry",
    "nation", "republic"
])  # fmt: skip
_BODY_NOUNS = frozenset([
    "bank", "committee", "commission", "council", "ministry", "agency", "organization", "organisation", "party",
    "alliance", "union", "court", "fund", "group", "association", "federation", "department", "bureau", "institute",
    "foundation", "corporation", "assembly", "league", "front", "movement", "administration", "parliament",
    "senate", "congress", "army"
])  # fmt: skip
_BODIES = frozenset({"armed_group", "political_party", "igo", "ngo"})
_WITHIN = frozenset(["in", "across", "throughout", "within", "inside", "around"])
_STATE_NOUNS = frozenset(["country", "nation", "republic", "kingdom"])
_OWNER_DEPS = frozenset({"amod", "compound", "poss", "nmod", "nn", "npadvmod", "nummod"})
_NOUN_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "X", "PRON"})


def of_phrase(actors: DocumentActors, head: Token, depth: int = 0) -> list[Participant]:
    """Actors of the phrase headed by a token, without what is coordinated with it."""
    mentions = actors.mentions_at(head)
    if mentions:
        if mentions[0].mention_type == "nominal" and (person := person_meant(actors, head, mentions)):
            return person
        return [Participant(m.entity, m.index, m.confidence) for m in mentions]
    if depth > _DEEPEST or head.pos not in _NOUN_TAGS:
        return []
    if head.tag in ("WP", "WDT", "WP$") and head.lower in _RELATIVE:
        return _of_relative(actors, head, depth)
    if head.tag in ("PRP", "PRP$"):
        return of_pronoun(actors, head, lambda noun: of_phrase(actors, noun, depth + 1))
    if (iso3 := actors.place_at(head)) is not None:
        return [Participant(actors.state(iso3), None, 0.6)]
    lemma = head.lemma.lower()
    if lemma in ("north", "south") and (half := _of_korea(actors, head, lemma)):
        return half
    kind = actor_nouns().get(lemma)
    is_role = lemma in role_nouns()
    if group := _of_group(actors, head, lemma):
        return group
    if person := _apposed(actors, head):
        return person
    if lemma in _STATE_NOUNS and head.tag == "NN" and (state := _by_region(actors, head)):
        return state
    known = kind is not None or is_role or head.pos == "PROPN" or lemma in _PARTITIVE
    if known and (owner := _owner(actors, head, depth, kind)):
        if (
            (kind == "officials" or is_role)
            and head.tag in ("NN", "NNP")
            and (bearer := _bearer(actors, head, lemma, owner))
        ):
            return bearer
        return owner
    if lemma in _PARTITIVE or head.pos in ("NUM", "DET", "PRON"):
        for preposition in head.children_by("prep"):
            if preposition.lower in ("of", "among") and (inner := preposition.child("pobj")):
                found: list[Participant] = []
                for each in inner.conjuncts():
                    found += of_phrase(actors, each, depth + 1)
                if found:
                    return lowered(found, 0.8)
    if is_role and (bearer := _bearer(actors, head, lemma, [])):
        return bearer
    if body := _body_before(actors, head, lemma):
        return body
    if named := _included(actors, head, depth):
        return named
    if kind in ("government", "forces", "state", "officials") and (here := _state_at_hand(actors, head, lemma)):
        return here
    return []


def _included(actors: DocumentActors, head: Token, depth: int) -> list[Participant]:
    """Those whom a group without a name is told to include: "other countries, including Norway and Chad"."""
    if head.tag not in ("NNS", "NNPS"):
        return []
    inner = next((i for c in head.children_by("prep") if c.lower == "including" and (i := c.child("pobj"))), None)
    if inner is None:
        return []
    return lowered(unique([p for each in inner.conjuncts() for p in of_phrase(actors, each, depth + 1)]), 0.8)


def person_meant(actors: DocumentActors, head: Token, mentions: list[Mention]) -> list[Participant]:
    """ "The Chinese premier, Wen Jiabao", or "the Chinese premier" of a text that names him: the person, not the state."""
    if head.tag not in ("NN", "NNP") or actors.mention_tokens(mentions[0])[-1] is not head:
        return []
    lemma = head.lemma.lower()
    if lemma not in role_nouns():
        return []
    owner = [Participant(m.entity, m.index, m.confidence) for m in mentions]
    return [p for p in _apposed(actors, head) if actors.entities[p.entity].actor_type == "person"] or _bearer(
        actors, head, lemma, owner
    )


def _owner(actors: DocumentActors, head: Token, depth: int, kind: str | None) -> list[Participant]:
    """Named owner of an unnamed participant: in front ("Russian", "Russia's", "NATO") or behind ("of Russia")."""
    factor = 0.6 if kind == "asset" else 0.9
    found: list[Participant] = []
    possessors: list[Participant] = []
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
        if child.dep == "poss":
            possessors = list(found)
    if found:
        return lowered(unique(_nearest_owners(actors, head, found, possessors)), factor)
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
            return lowered(unique(found), factor)
    return []


def _nearest_owners(
    actors: DocumentActors, head: Token, found: list[Participant], possessors: list[Participant]
) -> list[Participant]:
    """Whose it is of several named in front: "Lebanon's militant Hezbollah party" the body's, "Blair's London office" Blair's.

    "British and EU negotiators" are of both.
    """
    if any(c.child("conj") is not None for c in head.children if c.index < head.index):
        return found
    bodies = [p for p in found if actors.entities[p.entity].actor_type in _BODIES]
    if bodies and actor_nouns().get(head.lemma.lower()) in ("party", "group", "armed", "forces"):
        return bodies
    return possessors or found


def _by_region(actors: DocumentActors, head: Token) -> list[Participant]:
    """ "The Asian country", "this Central American nation": the state named last, where it does not act itself here."""
    if not any(c.lower in _DEFINITE for c in head.children):
        return []
    marked = [c for c in head.children if c.dep in _OWNER_DEPS and actors.entity_at(c) is not None]
    if not marked or any(actors.entities[m.entity].country for c in marked for m in actors.mentions_at(c)):
        return []
    doer = subject_of(clause_of(head))
    acting = {actors.entities[m.entity].country for m in actors.mentions_at(doer)} if doer is not None else set()
    for mention in actors.mentions_before(head):
        entity = actors.entities[mention.entity]
        if head.sentence - mention.sentence_index > 2:
            break
        if entity.actor_type == "country" and entity.country not in acting:
            return [Participant(entity.index, None, 0.5)]
    return []


def _of_korea(actors: DocumentActors, head: Token, lemma: str) -> list[Participant]:
    """ "The North", "the South" of a text that speaks of both Koreas."""
    if not head.text[0].isupper() or not any(c.lower == "the" for c in head.children):
        return []
    state = actors.known_state("PRK" if lemma == "north" else "KOR")
    return [Participant(state, None, 0.6)] if state is not None and actors.known_state("PRK") is not None else []


def _named(actors: DocumentActors, token: Token) -> list[Participant]:
    if token.index in actors.not_owners:
        return []
    return [Participant(m.entity, m.index, m.confidence) for m in actors.mentions_at(token)]


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
    persons = lemma in _GROUPS_OF_PEOPLE
    if wanted == 2 and not persons and (pair := _pair_before(actors, head)):
        return pair
    found: list[int] = []
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
    if persons and lemma in ("leader", "president", "minister", "official", "premier", "diplomat"):
        return lowered(_of_group_of_states(actors, head, wanted), 0.9)
    return []


def _pair_before(actors: DocumentActors, head: Token) -> list[Participant]:
    """The two states named side by side last: "Moscow and Beijing criticised Pyongyang. Both countries"."""
    for mention in actors.mentions_before(head):
        if head.sentence - mention.sentence_index > 1:
            break
        second = actors.parse.head_of(actors.mention_tokens(mention))
        first = second.head
        if second.dep != "conj" or first.dep not in ("nsubj", "nsubjpass", "pobj") or second.child("conj") is not None:
            continue
        states = [e.country for t in (first, second) if (e := actors.entity_at(t)) is not None and e.country]
        if len(set(states)) == 2:
            return [Participant(actors.state(iso3), None, 0.6) for iso3 in states]
    return []


def _of_group_of_states(actors: DocumentActors, head: Token, wanted: int) -> list[Participant]:
    """As many states as wanted, of those named last."""
    found: list[int] = []
    for mention in actors.mentions_before(head):
        entity = actors.entities[mention.entity]
        if entity.actor_type == "country" and entity.index not in found:
            found.append(entity.index)
            if len(found) == wanted:
                return [Participant(i, None, 0.6) for i in reversed(found)]
    return []


def _bearer(actors: DocumentActors, head: Token, lemma: str, owner: list[Participant]) -> list[Participant]:
    """ "the president", "the Russian president": who was named before with that title, of that state.

    Of several, who acted last; of none near, the only one of the text.
    """
    if not owner and not any(c.lower in _DEFINITE for c in head.children):
        return []
    home = {actors.entities[p.entity].country for p in owner}

    def bears(entity: Entity) -> bool:
        if entity.actor_type != "person" or not entity.role or (owner and entity.country not in home):
            return False
        return lemma in entity.role.lower().split()

    bearers: dict[int, bool] = {}
    for mention in actors.mentions_before(head):
        if bears(actors.entities[mention.entity]):
            bearers[mention.entity] = bearers.get(mention.entity, False) or actors.is_subject(mention)
    if len(bearers) > 1:
        acting = [index for index, acts in bearers.items() if acts]
        return [Participant((acting or list(bearers))[0], None, 0.45)] if not owner else []
    if not bearers and not owner and lemma in _RULERS:
        bearers = {e.index: False for e in actors.entities if bears(e)}
    return [Participant(index, None, 0.6) for index in bearers] if len(bearers) == 1 else []


def _body_before(actors: DocumentActors, head: Token, lemma: str) -> list[Participant]:
    """ "The committee", "the bank", "the alliance": the body named last whose name ends so."""
    if lemma not in _BODY_NOUNS or head.tag != "NN" or not any(c.lower in _DEFINITE for c in head.children):
        return []
    if any(c.dep in ("amod", "compound", "nmod", "poss", "relcl") or c.lower in ("of", "for") for c in head.children):
        return []
    for mention in actors.mentions_before(head):
        entity = actors.entities[mention.entity]
        if entity.actor_type in ("person", "country", "population"):
            continue
        if lemma in _body_words(entity.name):
            return [Participant(entity.index, mention.index, 0.7)]
    return []


@cache
def _body_words(name: str) -> frozenset[str]:
    """What a body may be called for short: the last word of each of its names, and the one before "of"."""
    known = organisations.by_name().get(name)
    names = (name, *known.aliases) if known else (name,)
    parts = [n.lower().split(" of ")[0].split() for n in names] + [n.lower().split() for n in names]
    return frozenset(words[-1] for words in parts if words)


def _state_at_hand(actors: DocumentActors, head: Token, lemma: str) -> list[Participant]:
    """ "The government", "police", "the country": the state that the sentences before are about."""
    if any(c.dep in _OWNER_DEPS and (c.text[0].isupper() or c.lower in _OTHER_FORCES) for c in head.children):
        return []
    if head.tag == "NNS" and lemma not in _BARE_ORGANS:
        return []  # "the governments of developing countries" are not one
    if lemma == "force" and not any(c.lower in ("security", "government", "armed") for c in head.children):
        return []
    definite = any(c.lower in _DEFINITE for c in head.children)
    if lemma in _STATE_NOUNS and definite and (there := _land_before(actors, head)):
        return there
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
    if lemma in _STATE_NOUNS or not actors.home_is_told:
        iso3 = nearest or actors.home
    else:
        iso3 = actors.home
    return [Participant(actors.state(iso3), None, 0.4)] if iso3 else []


def _land_before(actors: DocumentActors, head: Token) -> list[Participant]:
    """ "Anger grew across Germany, with the country taking in refugees": the land the sentence is set in so far."""
    for mention in actors.mentions_before(head):
        if mention.sentence_index != head.sentence:
            break
        entity = actors.entities[mention.entity]
        place = actors.parse.head_of(actors.mention_tokens(mention))
        if entity.actor_type == "country" and place.dep == "pobj" and place.head.lower in _WITHIN:
            return [Participant(entity.index, None, 0.5)]
    return []


def _of_relative(actors: DocumentActors, token: Token, depth: int) -> list[Participant]:
    """What "who" or "which" refers to: the noun that the relative clause modifies."""
    for ancestor in token.ancestors():
        if ancestor.dep == "relcl" and not ancestor.is_root:
            return of_phrase(actors, ancestor.head, depth + 1)
    return []
