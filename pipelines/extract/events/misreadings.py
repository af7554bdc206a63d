"""Words of an act that mean something else: opinions, figures of speech, contests of words, private matters."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.events.wording import is_of_class
from pipelines.extract.facts import Participant
from pipelines.extract.syntax import agent_of, clause_of, is_passive, object_of, subject_of
from pipelines.language.parse import Token
from pipelines.reference.plover import Trigger, object_classes, triggers
from pipelines.reference.roles import actor_nouns, role_nouns

_PRESENT = frozenset({"VBZ", "VBP"})
_OF_PERSONS = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ence", "ance", "ism", "cline", "crease", "ncy", "ure")
_SUFFERING = frozenset({"face", "suffer", "pay", "regret", "meet"})
_ATTITUDES = frozenset({"SUPPORT", "REJECT", "ACCUSE", "AGREE", "REQUEST"})
_UNHARMED = frozenset({"LAW", "WORK_OF_ART", "EVENT", "LANGUAGE", "MONEY", "PERCENT", "DATE", "TIME"})


def _is_called_so(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody is only taken for something: "dismissed as a gadfly"."""
    return trigger.lemma == "dismiss" and any(c.dep == "prep" and c.lower == "as" for c in verb.children)


def _is_opposite(verb: Token, trigger: Trigger) -> bool:
    """Whether it tells what somebody stands for: "is inherently opposed to"."""
    return (
        trigger.lemma == "oppose"
        and verb.tag == "VBN"
        and agent_of(verb) is None
        and any(c.dep == "prep" and c.lower == "to" for c in verb.children)
    )


def _is_part(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody had a part in what was done, and nobody was helped: "helped shepherd the bill"."""
    return (
        trigger.lemma in ("help", "assist")
        and verb.child("dobj", "dative") is None
        and verb.child("xcomp", "ccomp") is not None
    )


def _is_campaign(verb: Token, trigger: Trigger) -> bool:
    """Whether a rally is one of candidates, and no protest."""
    what = verb.child("dobj") if trigger.type == "PROTEST" else None
    return what is not None and what.lemma == "rally" and any(is_of_class("campaigns", t) for t in what.subtree())


def _is_reason(verb: Token, trigger: Trigger) -> bool:
    """Whether a critic or admirer gives it as his reason: "blasted Chad for ignoring"; deeds are told by that, words are not."""
    if trigger.type not in _OF_PERSONS or verb.dep != "pcomp" or verb.head.lower != "for":
        return False
    above = verb.head.head
    return above.pos == "VERB" and any(t.type in ("ACCUSE", "SUPPORT") for t in triggers("verb").get(above.lemma, ()))


def _is_result(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing is only brought into a state: "slammed the door shut", "blasted it open"."""
    return trigger.type in ("ACCUSE", "ASSAULT") and any(
        c.lower in ("shut", "open", "apart", "loose") for c in verb.children
    )


def _is_leaving(verb: Token, trigger: Trigger) -> bool:
    """Whether what is left is no place: "left a body in the car", "all they have left"."""
    if trigger.type != "RETREAT" or trigger.lemma != "leave":
        return False
    what = verb.child("dobj")
    if what is None:
        return verb.dep == "relcl"
    return what.pos == "NOUN" and not is_of_class("places", what)


def _is_attitude(verb: Token, trigger: Trigger) -> bool:
    """Whether a share of people is of an opinion: "most Chadians support", "60 percent oppose"."""
    doer = subject_of(verb)
    if trigger.type not in _ATTITUDES or doer is None:
        return False
    told = (doer, *(c for c in doer.children if c.dep in ("amod", "nummod", "det")))
    return any(is_of_class("shares", t) for t in told) or (
        verb.tag in _PRESENT and any(t.lower in ("many", "few", "some") for t in told)
    )


def is_mood(token: Token, trigger: Trigger, sources: list[Participant], actors: DocumentActors) -> bool:
    """Whether it is said of a whole people, in the present: "Chadians demand peace"."""
    if trigger.type not in _ATTITUDES or token.tag not in _PRESENT:
        return False
    return bool(sources) and all(actors.entities[p.entity].actor_type == "population" for p in sources)


def _is_inward(verb: Token, trigger: Trigger) -> bool:
    """Whether what is refused is a feeling, an idea or what is said, and nobody's offer: "could not resist his instinct"."""
    if trigger.type != "REJECT":
        return False
    what = object_of(verb)
    if what is None:
        return False
    if is_of_class("thoughts", what) and (
        verb.child("neg") is not None or what.child("acl", "relcl", "ccomp") is not None
    ):
        return True
    return is_of_class("feelings", what) or (verb.lemma != "refuse" and is_of_class("talk", what))


def _is_of_his_own(verb: Token, trigger: Trigger) -> bool:
    """Whether somebody stands up for his own act: "defended its record"."""
    what = verb.child("dobj") if trigger.type == "SUPPORT" and trigger.lemma in ("defend", "praise", "hail") else None
    return what is not None and what.pos == "NOUN" and any(c.dep == "poss" and c.tag == "PRP$" for c in what.children)


def _is_on_the_road(verb: Token, trigger: Trigger) -> bool:
    """Whether it is a way that is hit: "hit the campaign trail"."""
    what = verb.child("dobj") if trigger.lemma == "hit" else None
    return what is not None and is_of_class("ways", what)


def _is_lament(verb: Token, trigger: Trigger) -> bool:
    """Whether it is only lamented that something is so."""
    return trigger.lemma == "lament" and verb.child("ccomp") is not None


def _is_candidacy(verb: Token, trigger: Trigger) -> bool:
    """Whether an office is sought: "is seeking re-election"."""
    if trigger.lemma != "seek":
        return False
    sought = verb.children_by("dobj")
    return any(t.lemma.lower() in ("election", "re-election", "reelection", "nomination", "term") for t in sought)


def _is_remark(verb: Token, trigger: Trigger) -> bool:
    """Whether nobody is warned: "warned against haste", "warned that it was late"; what will be done is a threat."""
    if trigger.type != "THREATEN" or trigger.lemma not in ("warn", "caution") or is_passive(verb):
        return False
    if verb.child("dobj", "dative") is not None:
        return False
    clause = verb.child("ccomp")
    if clause is None:  # "warned of retaliation", not "warned of a flood", nor "against haste"
        inner = [p for c in verb.children if c.lower == "of" and (p := c.child("pobj")) is not None]
        return not any(is_of_class("reactions", t) for t in inner)
    own = clause.child("nsubj", "nsubjpass")
    # "Warned that it is ready to hit back", "that the response would be harsh", not "that a law would cost jobs".
    return own is None or not (own.tag == "PRP" or is_of_class("reactions", own) or clause.lemma in _SUFFERING)


def _is_appeal(verb: Token, trigger: Trigger) -> bool:
    """Whether hearers are only asked to see or think of something: "I ask you to look at what we reached"."""
    if trigger.type != "REQUEST":
        return False
    what = verb.child("xcomp", "ccomp")
    if what is not None and what.tag == "VB" and is_of_class("seeing", what):
        return True
    inner = [p for c in verb.children if c.lower == "for" and (p := c.child("pobj")) is not None]
    return any(is_of_class("answers", t) for t in inner)


def _is_resolve(verb: Token, trigger: Trigger) -> bool:
    """Whether what is vowed is only not to have something done to oneself: "vowed not to be distracted"."""
    what = verb.child("xcomp") if trigger.type == "AGREE" else None
    return what is not None and is_passive(what)


def _is_of_words(verb: Token, trigger: Trigger) -> bool:
    """Whether what is given is said: "offered his own definition", "giving the proper credit"."""
    if trigger.type not in ("AGREE", "AID"):
        return False
    what = verb.child("dobj")
    return what is not None and is_of_class("spoken", what) and verb.child("xcomp") is None


def _is_of_things(verb: Token, trigger: Trigger) -> bool:
    """Whether a thing or a deed does what persons do by speaking: "the decline threatens to", "trumpeting war offers"."""
    if not (trigger.type in _OF_PERSONS or trigger.type == "AID") or is_passive(verb) or "inverted" in trigger.needs:
        return False
    doer = verb.child("nsubj", "csubj")
    if doer is None:
        return False
    if doer.pos == "VERB" or doer.dep == "csubj":
        return True
    doer.lemma.lower()
    if is_of_class("things", doer):
        return True
    if trigger.type == "THREATEN" and doer.pos == "NOUN" and doer.dep == "nsubj" and not _speaks(doer):
        return True
    if trigger.type == "THREATEN" and doer.lower in ("that", "which"):
        what = subject_of(verb)
        return what is not None and what.lemma.lower() in object_classes()["arms"]
    return (
        doer.pos == "NOUN"
        and doer.text.islower()
        and doer.lemma.lower().endswith(_ABSTRACT)
        and not (_speaks(doer) or doer.entity)
        and not any(c.dep == "amod" and c.entity == "NORP" for c in doer.children)
    )


def _speaks(noun: Token) -> bool:
    """Whether a noun is somebody, or a paper or body that speaks for him."""
    lemma = noun.lemma.lower()
    if lemma in actor_nouns() or lemma in role_nouns() or is_of_class("voices", noun):
        return True
    return any(c.dep in ("compound", "nmod") and c.entity in ("ORG", "NORP") for c in noun.children)


def _is_kept(verb: Token, trigger: Trigger) -> bool:
    """Whether it is a word or request that is honoured, and nobody: "honored the request"."""
    what = verb.child("dobj") if trigger.type == "SUPPORT" and trigger.lemma in ("honor", "honour") else None
    return what is not None and is_of_class("kept", what)


def _is_private_journey(verb: Token, trigger: Trigger) -> bool:
    """Whether those who travel are people and no officials: "refugees are returning to Chad"."""
    if trigger.type != "CONSULT" or trigger.mode != "visit":
        return False
    if any(c.dep == "advmod" and c.lower == "far" for c in verb.children):
        return True  # "went too far"
    doer = subject_of(verb)
    return doer is not None and actor_nouns().get(doer.lemma.lower()) == "people"


def _is_total(verb: Token, trigger: Trigger) -> bool:
    """Whether it sums up what happened over a time: "900 have been killed since 1978"."""
    if trigger.type not in ("ASSAULT", "COERCE") or not is_passive(verb):
        return False
    perfect = agent_of(verb) is None and any(c.dep == "aux" and c.lemma == "have" for c in verb.children)
    return perfect and any(
        c.lower == "since" and (inner := c.child("pobj")) is not None and inner.entity == "DATE" for c in verb.children
    )


def _is_noun(verb: Token, trigger: Trigger) -> bool:
    """Whether a participle stands for those it is said of: "the dead and wounded"."""
    if verb.tag == "VBN" and verb.dep in ("pobj", "dobj"):
        return True
    return verb.dep == "conj" and not verb.children and verb.head.pos in ("ADJ", "NOUN")


def _is_unharmed(token: Token, trigger: Trigger) -> bool:
    """Whether it is no body, place or thing of somebody's: "would kill Roe v. Wade", "shot down a missile"."""
    target = object_of(token) if token.pos == "VERB" and trigger.type == "ASSAULT" else None
    if target is None:
        return False
    if trigger.lemma == "shoot" and target.lemma.lower() in object_classes()["arms"] | {"projectile", "balloon"}:
        return True
    return target.pos == "PROPN" and target.entity in _UNHARMED


def _is_contest(token: Token, trigger: Trigger) -> bool:
    """Whether a battle is fought with words, votes or laws: "a battle over duties", "fights for the bill"."""
    if trigger.type != "ASSAULT":
        return False
    if any(c.dep in ("compound", "amod") and is_of_class("of contests", c) for c in token.children):
        return token.pos == "NOUN"
    beside = [c for c in token.children if c.dep == "prep" and c.lower in ("over", "for", "about")]
    inner = [p for c in beside if (p := c.child("pobj")) is not None]
    return any(is_of_class("contested", t) or is_of_class("contested", m) for t in inner for m in (t, *t.children))


def _is_service(token: Token, trigger: Trigger) -> bool:
    """Whether a tour is a soldier's service: "served a tour in Chad"."""
    return trigger.lemma == "tour" and token.pos == "NOUN" and token.head.lemma in ("serve", "do", "complete", "finish")


def _is_by_ballot(token: Token, trigger: Trigger) -> bool:
    """Whether voters decide, which is neither expulsion nor refusal: "ousted in the elections", "opposed him in the primary"."""
    return (trigger.mode == "expel" or trigger.lemma == "oppose") and any(
        is_of_class("ballots", t) for t in clause_of(token).subtree() if t.dep == "pobj"
    )


# Asked of any trigger, and of verbs alone.
OF_ALL = (_is_unharmed, _is_contest, _is_service, _is_by_ballot)
OF_VERBS = (
    _is_called_so, _is_opposite, _is_part, _is_campaign, _is_reason, _is_result, _is_leaving, _is_attitude, _is_inward,
    _is_of_his_own, _is_candidacy, _is_on_the_road, _is_lament, _is_remark, _is_appeal, _is_resolve, _is_of_words, _is_of_things, _is_kept, _is_private_journey, _is_total, _is_noun
)  # fmt: skip
