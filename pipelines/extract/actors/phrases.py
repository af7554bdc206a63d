"""Which actors a noun phrase or pronoun stands for: the rules behind `DocumentActors.participants`.

Confidence: 1 for names, .9 for a named owner, .6 and less where only the text before answers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines.extract.facts import Mention, Participant
from pipelines.extract.syntax import REPORTING
from pipelines.language.parse import Token
from pipelines.reference import organisations
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

_DEEPEST = 4
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_GROUPS_OF_STATES = frozenset(
    [
        "country",
        "nation",
        "side",
        "government",
        "neighbor",
        "neighbour",
        "ally",
        "party",
        "state",
        "capital",
        "power",
        "republic",
    ]
)
_GROUPS_OF_PEOPLE = frozenset(
    ["leader", "president", "minister", "man", "official", "chief", "diplomat", "premier", "statesman"]
)
_PARTITIVE = frozenset(
    [
        "group",
        "number",
        "member",
        "most",
        "some",
        "many",
        "majority",
        "dozen",
        "hundred",
        "thousand",
        "all",
        "one",
        "series",
        "head",
        "representative",
        "each",
        "none",
        "million",
        "delegation",
        "leader",
        "team",
        "couple",
        "coalition",
        "part",
        "half",
        "rest",
        "force",
        "several",
        "any",
        "few",
        "scores",
        "lot",
        "handful",
        "majority",
        "both",
        "either",
        "citizen",
        "resident",
        "spokesman",
        "spokeswoman",
        "official",
        "people",
        "government",
        "president",
        "minister",
        "leadership",
        "troop",
        "ambassador",
    ]
)
_SENTENCES_FOR_PRONOUN = 2
_TOKENS_FOR_PRONOUN = 250
_PERSON = frozenset({"person"})
_HE = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_IT = frozenset(["it", "its", "itself"])
# A pronoun goes on where the one before it pointed.
_PRONOUN_SETS = {word: words for words in (_HE, _THEY, _IT) for word in words}
_RELATIVE = frozenset(["who", "which", "that", "whom", "whose"])
_PLURAL_TYPES = frozenset({"population", "armed_group", "political_party", "armed_forces"})
_COLLECTIVE_TYPES = frozenset(
    {"country", "igo", "government_body", "company", "armed_group", "armed_forces", "ngo", "media", "political_party",
     "other_organization"}
)  # fmt: skip
_STATE_BEARERS = frozenset({"country", "person", "government_body", "armed_forces", "population"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Organs that are the state's at hand where nothing says whose ("police arrested").
_BARE_ORGANS = frozenset(["police", "authority", "parliament", "troop", "soldier"])
_ORGANS = frozenset(
    [
        "government",
        "administration",
        "army",
        "military",
        "junta",
        "regime",
        "parliament",
        "cabinet",
        "country",
        "nation",
        "republic",
    ]
)
_BODY_NOUNS = frozenset(
    [
        "bank",
        "committee",
        "commission",
        "council",
        "ministry",
        "agency",
        "organization",
        "organisation",
        "party",
        "alliance",
        "union",
        "court",
        "fund",
        "group",
        "association",
        "federation",
        "department",
        "bureau",
        "institute",
        "foundation",
        "corporation",
        "assembly",
        "league",
        "front",
        "movement",
        "administration",
        "parliament",
        "senate",
        "congress",
        "army",
    ]
)
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
        return _of_pronoun(actors, head, depth)
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
                    return _lowered(found, 0.8)
    if is_role and (bearer := _bearer(actors, head, lemma, [])):
        return bearer
    if body := _body_before(actors, head, lemma):
        return body
    if kind in ("government", "forces", "state", "officials") and (here := _state_at_hand(actors, head, lemma)):
        return here
    return []


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
    if persons and lemma in ("leader", "president", "minister", "official", "premier", "diplomat"):
        return _lowered(_of_group_of_states(actors, head, wanted), 0.9)
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
    if lemma in _STATE_NOUNS or not actors.home_is_told:
        iso3 = nearest or actors.home
    else:
        iso3 = actors.home
    return [Participant(actors.state(iso3), None, 0.4)] if iso3 else []


def _of_relative(actors: DocumentActors, token: Token, depth: int) -> list[Participant]:
    """What "who" or "which" refers to: the noun that the relative clause modifies."""
    for ancestor in token.ancestors():
        if ancestor.dep == "relcl" and not ancestor.is_root:
            return of_phrase(actors, ancestor.head, depth + 1)
    return []


def _of_pronoun(actors: DocumentActors, token: Token, depth: int) -> list[Participant]:
    """Who a pronoun stands for: the nearest subject before it that fits, in its sentence or the two before."""
    word = token.lower
    wanted = _fitting(word)
    if wanted is None:
        return []
    tokens = actors.parse.tokens
    if (
        token.dep == "nsubj"
        and token.head.lemma in REPORTING
        and (speaker := _last_speaker(actors, token, word, wanted, depth))
    ):
        return _as_pronoun(actors, token, word, speaker)
    lowest = max(0, token.sentence - _SENTENCES_FOR_PRONOUN)
    found: list[Participant] = []
    for i in range(token.index - 1, max(-1, token.index - _TOKENS_FOR_PRONOUN), -1):
        subject = tokens[i]
        if subject.sentence < lowest:
            break
        if subject.dep not in ("nsubj", "nsubjpass") or subject.tag in ("WP", "WDT", "EX", "DT"):
            continue
        if subject.tag == "PRP":
            if subject.lower in _PRONOUN_SETS[word]:  # the chain goes on behind it
                lowest = max(0, subject.sentence - _SENTENCES_FOR_PRONOUN, token.sentence - 3 * _SENTENCES_FOR_PRONOUN)
            continue
        found = _as_antecedent(actors, subject, word, wanted, depth + 1)
        if found:
            break
    if not found and word in _HE:
        found = _nearest_person(actors, token)
    elif not found and token.tag == "PRP$" and word in _IT:
        found = _nearest_collective(actors, token)
    return _as_pronoun(actors, token, word, found)


def _last_speaker(
    actors: DocumentActors, token: Token, word: str, wanted: frozenset[str], depth: int
) -> list[Participant]:
    """Who spoke last before a pronoun that speaks, where he fits it: a speaker goes on speaking."""
    tokens = actors.parse.tokens
    for i in range(token.index - 1, max(-1, token.index - _TOKENS_FOR_PRONOUN), -1):
        before = tokens[i]
        if token.sentence - before.sentence > _SENTENCES_FOR_PRONOUN:
            break
        if before.dep == "nsubj" and before.head.lemma in REPORTING and before.sentence < token.sentence:
            if before.tag in ("PRP", "WP", "WDT", "DT"):
                continue
            return _as_antecedent(actors, before, word, wanted, depth + 1)
    return []


def _as_pronoun(actors: DocumentActors, token: Token, word: str, found: list[Participant]) -> list[Participant]:
    """A mention of each of those whom a pronoun stands for."""
    if not found:
        return []
    confidence = min(0.65 if word in _HE else 0.45, *(p.confidence for p in found))
    answer = []
    for participant in found:
        made = actors.add_mention(participant.entity, [token], "pronoun", confidence=confidence)
        answer.append(Participant(participant.entity, made.index, confidence))
    return answer


def _nearest_collective(actors: DocumentActors, token: Token) -> list[Participant]:
    """The state or body named last in the sentence: "sanctions on Russia for its annexation of"."""
    for mention in actors.mentions_before(token):
        if mention.sentence_index != token.sentence:
            break
        if actors.entities[mention.entity].actor_type in ("country", "igo", "government_body", "armed_group"):
            return [Participant(mention.entity, mention.index, 0.4)]
    return []


def _fitting(word: str) -> frozenset[str] | None:
    """Actor types that a pronoun can stand for; None for "I", "we", "you" and the like."""
    if word in _HE:
        return _PERSON
    if word in _THEY:
        return _COLLECTIVE_TYPES | _PLURAL_TYPES | _PERSON
    return _COLLECTIVE_TYPES if word in _IT else None


def _as_antecedent(
    actors: DocumentActors, subject: Token, word: str, wanted: frozenset[str], depth: int
) -> list[Participant]:
    """What a subject noun stands for, where number and kind fit the pronoun."""
    entity = actors.entity_at(subject)
    is_body = entity is not None and entity.actor_type in _COLLECTIVE_TYPES  # "British Information Services"
    several = (subject.tag in ("NNS", "NNPS") and not is_body) or subject.child("conj") is not None
    if (word in _THEY) != several:
        return []
    found = _unique([p for each in subject.conjuncts() for p in of_phrase(actors, each, depth)])
    if word in _HE:
        named = [p for p in found if actors.entities[p.entity].actor_type == "person"]
        if named:
            return named[:1]
        # "Iran's foreign minister ... he": the nearest named owner stands for him.
        return _lowered(found[:1], 0.5) if subject.lemma.lower() in role_nouns() else []
    if word in _IT:
        if len(found) != 1 or actor_nouns().get(subject.lemma.lower()) == "officials":
            return []
    return [p for p in found if actors.entities[p.entity].actor_type in wanted]


def _nearest_person(actors: DocumentActors, token: Token) -> list[Participant]:
    """The person named last, in this sentence or the one before."""
    for mention in actors.mentions_before(token):
        if token.sentence - mention.sentence_index > 1:
            break
        if actors.entities[mention.entity].actor_type == "person":
            return [Participant(mention.entity, mention.index, 0.45)]
    return []
