"""Whom pronouns stand for, where the text before tells well enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipelines.extract.actors.participants import lowered, unique
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import REPORTING, clause_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

Read = Callable[[Token], list[Participant]]

_SENTENCES_FOR_PRONOUN = 2
_TOKENS_FOR_PRONOUN = 250
_PERSON = frozenset({"person"})
_HE = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_IT = frozenset(["it", "its", "itself"])
# A pronoun goes on where the one before it pointed.
_PRONOUN_SETS = {word: words for words in (_HE, _THEY, _IT) for word in words}
_PLURAL_TYPES = frozenset({"population", "armed_group", "political_party", "armed_forces"})
_COLLECTIVE_TYPES = frozenset(
    {"country", "igo", "government_body", "company", "armed_group", "armed_forces", "ngo", "political_party",
     "other_organization"}
)  # fmt: skip


def of_pronoun(actors: DocumentActors, token: Token, read: Read) -> list[Participant]:
    """Who a pronoun stands for: the nearest subject before it that fits, in its sentence or the two before.

    `read` tells whom a noun phrase stands for. A mention of each is added to the document's.
    """
    word = token.lower
    wanted = _fitting(word)
    if wanted is None:
        return []
    thing = token.head
    if token.tag == "PRP$" and thing.dep == "conj":
        owner = thing.head.child("poss")
        if word in _THEY and thing.head.tag == "NNS" and owner is None:  # "officials and their relatives"
            return _as_pronoun(actors, token, word, read(thing.head))
        if owner is not None and owner.tag != "PRP$":  # "Iran's presence in Syria and its support for"
            beside = [p for p in read(owner) if actors.entities[p.entity].actor_type in wanted]
            if beside and word not in _THEY:
                return _as_pronoun(actors, token, word, beside[:1])
    doers = _of_own_clause(token, read)
    if token.dep == "nsubj" and token.head.dep == "relcl" and token.head.head.pos == "PROPN":
        # "Kim, whom he criticised": somebody else did.
        doers |= {p.entity for p in read(token.head.head)}
    if (speaker := actors.speaker_at(token)) is not None:  # nobody calls himself "he"
        doers.add(speaker)
    return _as_pronoun(actors, token, word, _in_own_sentence(token, word, wanted, actors, doers, read))


def _in_own_sentence(
    token: Token, word: str, wanted: frozenset[str], actors: DocumentActors, but: set[int], read: Read
) -> list[Participant]:
    """Whom a pronoun stands for: somebody of its own sentence, else of those before."""
    speaks = token.dep == "nsubj" and token.head.lemma in REPORTING
    above = {a.index for a in token.ancestors()} if speaks else set()
    for subject in _subjects_before(token, token.sentence, actors):
        fronted = subject.head.dep == "advcl" and subject.head.head is token.head  # "before Putin left, he said"
        if speaks and subject.head.index not in above and not fronted:
            break  # "Putin lied, he said"
        if subject.tag == "PRP":
            if subject.lower in _PRONOUN_SETS[word] and subject is not _own_subject(token):
                # "It said it would": both are one.
                return [p for p in actors.participants(subject, conjuncts=False) if p.entity not in but]
            continue
        if found := _meant(actors, subject, word, wanted, but, read):
            return found
    if word == "their" and (body := _body_acting(token, actors, but, read)):
        return body
    if word in _IT and (thing := _object_above(token, actors, but, read)):
        return thing
    if word in _THEY and token.dep in ("dobj", "pobj", "dative"):
        if found := _nearest_people(actors, token, but, sentences=0):
            return found
    if word in _HE and (token.tag == "PRP$" or token.dep != "nsubj"):
        if found := _nearest_person(actors, token, but, sentences=0):
            return found
    if word in _IT and (token.tag == "PRP$" or but):
        if found := _nearest_collective(actors, token, but, sentences=0):
            return found
    if speaks:
        if found := _last_speaker(actors, token, word, wanted, read):
            return found
    if found := _in_sentences_before(token, word, wanted, actors, but, read):
        return found
    if word in _HE:
        return _nearest_person(actors, token, but, sentences=1)
    if word in _IT and token.tag == "PRP$":
        return _nearest_collective(actors, token, but, sentences=1)
    return _nearest_people(actors, token, but, sentences=1) if word in _THEY and token.dep != "nsubj" else []


def _body_acting(token: Token, actors: DocumentActors, but: set[int], read: Read) -> list[Participant]:
    """A body that is taken for its members: "if the committee finds it necessary, we support their decision"."""
    for subject in _subjects_before(token, token.sentence, actors):
        if subject.tag == "PRP":
            if subject.lower in _THEY:
                return []
            continue
        found = [p for p in read(subject) if p.entity not in but]
        between = actors.parse.tokens[subject.index + 1 : token.index]
        if any(t.tag in ("NNS", "NNPS") for t in between):
            return []
        if len(found) == 1 and actors.entities[found[0].entity].actor_type in _COLLECTIVE_TYPES - {"country"}:
            return found
    return []


def _object_above(token: Token, actors: DocumentActors, but: set[int], read: Read) -> list[Participant]:
    """What is acted on in the clause above: "put Huawei on a list of the ministry, restricting its exports"."""
    above = [a for a in token.ancestors() if a.pos == "VERB"]
    inside = {a.index for a in token.ancestors()}
    for clause in (c for a in above for c in (*a.children_by("conj"), a)):
        thing = clause.child("dobj")
        if thing is None or thing.index >= token.index or thing.index in inside:
            continue
        found = [p for p in read(thing) if p.entity not in but]
        if len(found) == 1 and actors.entities[found[0].entity].actor_type in _COLLECTIVE_TYPES:
            return found
    return []


def _in_sentences_before(
    token: Token, word: str, wanted: frozenset[str], actors: DocumentActors, but: set[int], read: Read
) -> list[Participant]:
    """The likeliest subject of the sentences before; where a pronoun is, it goes on behind it, past who else acts there."""
    lowest = max(0, token.sentence - _SENTENCES_FOR_PRONOUN)
    sentence = token.sentence - 1
    while sentence >= lowest:
        subjects = actors.subjects_in(sentence)
        chained = next((t for t in subjects if t.tag == "PRP"), None)
        if chained is not None and subjects[0] is chained and chained.lower in _PRONOUN_SETS[word]:
            lowest = max(0, sentence - _SENTENCES_FOR_PRONOUN, token.sentence - 3 * _SENTENCES_FOR_PRONOUN)
            subjects = _subjects_before(chained, sentence, actors)
        for subject in subjects:
            if subject.tag == "PRP" or token.index - subject.index >= _TOKENS_FOR_PRONOUN:
                continue
            if found := _meant(actors, subject, word, wanted, but, read):
                return found
        sentence -= 1
    return []


def _meant(
    actors: DocumentActors, subject: Token, word: str, wanted: frozenset[str], but: set[int], read: Read
) -> list[Participant]:
    """Who of those that a subject stands for a pronoun may take up."""
    found = [p for p in _as_antecedent(actors, subject, word, wanted, read) if p.entity not in but]
    if not found and word in _THEY:
        found = [p for p in _company(actors, subject, wanted, read) if p.entity not in but]
    return found


def _subjects_before(token: Token, sentence: int, actors: DocumentActors) -> list[Token]:
    """Subjects of a sentence before a pronoun, likeliest first.

    In the pronoun's own sentence those of the clauses that its clause hangs on, then the nearest; in one before, the
    subject of the main clause, then those of the clauses below it ("Netanyahu said that Obama agreed. He").
    """
    all_of_it = actors.subjects_in(sentence)
    if sentence != token.sentence:
        return all_of_it
    above = {a.index for a in token.ancestors()}
    before = [t for t in all_of_it if t.index < token.index]
    for clause in token.ancestors():  # "the president, who goes on to blame his team"
        own = clause.child("nsubj", "nsubjpass")
        if clause.dep == "relcl" and own is not None and own.tag in ("WP", "WDT") and clause.head.index < token.index:
            if (
                clause.head.pos in ("NOUN", "PROPN")
                and own is not token
                and not _is_a_states(token, clause.head, actors)
            ):
                before.append(clause.head)
                above.add(clause.head.head.index)
    return sorted(before, key=lambda t: (t.head.index not in above, -t.index))


def _is_a_states(token: Token, noun: Token, actors: DocumentActors) -> bool:
    """Whether "it" would only find the state of a body: "a Colombian group that ... its attacks"."""
    if token.lower not in _IT or actor_nouns().get(noun.lemma.lower()) == "government":
        return False
    return all(actors.entities[p.entity].actor_type == "country" for p in actors.participants(noun, conjuncts=False))


def _own_subject(token: Token) -> Token | None:
    """The subject of the clause in which a pronoun is object: somebody else ("he met him")."""
    if token.dep not in ("dobj", "dative", "pobj") or token.lower.endswith(("self", "selves")):
        return None
    return clause_of(token).child("nsubj", "nsubjpass")


def _of_own_clause(token: Token, read: Read) -> set[int]:
    """Who does something to whom an object pronoun stands for: never the same ("Russia has provided it with arms")."""
    if token.dep not in ("dobj", "dative", "pobj") or token.lower.endswith(("self", "selves")):
        return set()
    verb = clause_of(token)
    doer = subject_of(verb) if verb.pos in ("VERB", "AUX") else None
    if doer is None or doer.index >= token.index:
        return set()
    return {p.entity for p in read(doer)}


def _last_speaker(
    actors: DocumentActors, token: Token, word: str, wanted: frozenset[str], read: Read
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
            return _as_antecedent(actors, before, word, wanted, read)
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


def _nearest_collective(actors: DocumentActors, token: Token, but: set[int], sentences: int) -> list[Participant]:
    """The state or body named last in the sentence: "sanctions on Russia for its annexation of"."""
    for mention in actors.mentions_before(token):
        if token.sentence - mention.sentence_index > sentences:
            break
        if mention.entity in but:
            continue
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
    actors: DocumentActors, subject: Token, word: str, wanted: frozenset[str], read: Read
) -> list[Participant]:
    """What a subject noun stands for, where number and kind fit the pronoun."""
    entity = actors.entity_at(subject)
    # "British Information Services"; "Pence" as the tagger takes it
    mention = actors.mention_at(subject)
    is_body = (
        entity is not None
        and mention is not None
        and mention.mention_type != "nominal"
        and (entity.actor_type in _COLLECTIVE_TYPES or entity.actor_type == "person")
    )
    several = (subject.tag in ("NNS", "NNPS") and not is_body) or subject.child("conj") is not None
    if (word in _THEY) != several:
        return []
    found = unique([p for each in subject.conjuncts() for p in read(each)])
    if word in _HE:
        named = [p for p in found if actors.entities[p.entity].actor_type == "person"]
        if named:
            return named[:1]
        # "Iran's foreign minister ... he": the nearest named owner stands for him.
        return lowered(found[:1], 0.5) if subject.lemma.lower() in role_nouns() else []
    if word in _IT:
        kind = actor_nouns().get(subject.lemma.lower())
        if len(found) != 1 or kind == "officials":
            return []
        if kind == "government":  # "the Trump administration said it would"
            return found
    return [p for p in found if actors.entities[p.entity].actor_type in wanted]


def _company(actors: DocumentActors, subject: Token, wanted: frozenset[str], read: Read) -> list[Participant]:
    """ "He spoke to the president, and they agreed": who acts with whom, where both are of one kind."""
    here = [p for p in read(subject) if actors.entities[p.entity].actor_type in wanted]
    if len(here) != 1 or subject.tag in ("NNS", "NNPS"):
        return []
    verb = subject.head
    others = [verb.child("dobj"), *(c.child("pobj") for c in verb.children if c.lower in ("with", "to"))]
    kind = actors.entities[here[0].entity].actor_type
    there = [
        p
        for other in others
        if other is not None and other.tag != "PRP"
        for p in read(other)
        if actors.entities[p.entity].actor_type == kind and p.entity != here[0].entity
    ]
    return [*here, *there] if there else []


def _nearest_person(actors: DocumentActors, token: Token, but: set[int], sentences: int) -> list[Participant]:
    """The person named last, in this sentence or so many before."""
    for mention in actors.mentions_before(token):
        if token.sentence - mention.sentence_index > sentences:
            break
        if actors.entities[mention.entity].actor_type == "person" and mention.entity not in but:
            return [Participant(mention.entity, mention.index, 0.45)]
    return []


def _nearest_people(actors: DocumentActors, token: Token, but: set[int], sentences: int) -> list[Participant]:
    """The people or group named last, in this sentence or so many before: "met the Japanese and agreed with them"."""
    for mention in actors.mentions_before(token):
        if token.sentence - mention.sentence_index > sentences:
            break
        if mention.entity in but:
            continue
        head = actors.parse.head_of(actors.mention_tokens(mention))
        if head.dep not in ("dobj", "pobj", "dative", "nsubj", "nsubjpass", "conj"):
            continue
        entity = actors.entities[mention.entity]
        are_people = head.tag in ("NNS", "NNPS") and mention.mention_type != "name"
        if entity.actor_type in ("population", "armed_group") or are_people:
            return [Participant(mention.entity, mention.index, 0.4)]
    return []
