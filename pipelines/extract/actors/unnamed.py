"""Groups that a text neither names nor says whose they are: "tobacco companies", "trade union members", "the press".

They are actors only where they take part in something, and so are made when a side of an event asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.extract.facts import Participant
from pipelines.extract.syntax import agent_of
from pipelines.language.parse import Token
from pipelines.reference.roles import actor_nouns, role_nouns

if TYPE_CHECKING:
    from pipelines.extract.actors.document_actors import DocumentActors

_TYPES = {"people": "population", "officials": "population", "armed": "armed_group", "party": "political_party"}
_SOMEBODY = frozenset({"people", "officials", "armed"})
_FIRMS = frozenset({"company", "firm"})
_MEDIA = frozenset({"press", "media"})
# Nouns that tell no group apart by themselves: "killed 12 people".
_ANYBODY = frozenset(
    ["people", "man", "woman", "person", "child", "boy", "girl", "family", "side", "member", "team", "party", "group"]
)
# Words before a noun that do not say which people they are.
_NOT_TELLING = frozenset([
    "other", "such", "many", "several", "more", "most", "same", "certain", "various", "own", "last", "different",
    "alleged", "suspected", "unidentified", "unknown", "numerous", "some", "few", "young", "old", "new", "former"
])  # fmt: skip
_EXAMPLES = frozenset(["including", "like"])
_BELONGING = frozenset(["employ", "hire", "lead", "command", "control", "recruit"])
_PARTS = frozenset({"amod", "compound", "nmod"})
_WORDS = 4


def is_somebody(head: Token) -> bool:
    """Whether a common noun is somebody: people, officials, armed men, the press."""
    if head.pos != "NOUN":
        return False
    lemma = head.lemma.lower()
    return actor_nouns().get(lemma) in _SOMEBODY or lemma in role_nouns() or lemma in _MEDIA


def group_at(actors: DocumentActors, head: Token) -> list[Participant]:
    """The group that a common noun in the plural (or "the press") stands for, by the words that tell it apart."""
    if not is_somebody(head):
        return []
    if named := _members(actors, head):
        return named
    lemma = head.lemma.lower()
    if head.tag != "NNS" and lemma not in _MEDIA:
        return []
    first = _first_word(head)
    if first is head and lemma in _ANYBODY:
        return []
    tokens = actors.parse.tokens[first.index : head.index + 1]
    name = " ".join(actors.parse.text[first.start : head.end].split())
    if first.pos != "PROPN" and first.entity == "" and first.text.istitle():
        name = name[0].lower() + name[1:]
    kind = (
        "company"
        if lemma in _FIRMS
        else "media"
        if lemma in _MEDIA
        else _TYPES.get(actor_nouns().get(lemma, "people"), "population")
    )
    entity = actors.unnamed_group(name, kind)
    mention = actors.mention_at(head)
    if mention is None or mention.entity != entity:
        mention = actors.add_mention(entity, tokens, "nominal", confidence=0.6)
    return [Participant(entity, mention.index, 0.6)]


def _members(actors: DocumentActors, head: Token) -> list[Participant]:
    """Named members of a group, or whose it is: "firms, including Honeywell", "workers employed by UNICEF"."""
    for child in head.children_by("prep"):
        if child.lower in _EXAMPLES or (child.lower == "as" and child.child("amod") is not None):
            inner = child.child("pobj")
            return actors.participants(inner) if inner is not None else []
    for child in head.children_by("acl"):
        if child.lemma.lower() in _BELONGING and (boss := agent_of(child)) is not None:
            return actors.participants(boss)
    return []


def _first_word(head: Token) -> Token:
    """The first of the words right before a noun that say which people they are."""
    first = head
    for token in sorted((c for c in head.subtree() if c.index < head.index), key=lambda t: -t.index):
        if token.index != first.index - 1 or head.index - token.index >= _WORDS:
            break
        joins = token.text == "-" or token.dep in _PARTS or (token.dep == "npadvmod" and first.text == "-")
        if not joins or token.lower in _NOT_TELLING or token.pos == "NUM" or token.tag in ("JJS", "JJR"):
            break
        first = token
    return first if first.text != "-" else head
