"""Whether a capital is where something happens, or the state that sits there."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.language.parse import Token
from pipelines.reference.word_lists import word_list

PLACE_PREPOSITIONS = frozenset([
    "in", "at", "near", "into", "outside", "around", "through", "across", "over", "above", "inside", "via", "off",
    "throughout"
])  # fmt: skip
_MOTION_PREPOSITIONS = frozenset(["to", "from", "toward", "towards", "for"])
# Nouns that tie states, not places: "relations with Washington", "ties to Moscow", "aid from Tehran".
_STATE_TIES = word_list("actor_words.csv", "nouns that tie states")
_STATE_VERBS = word_list("actor_words.csv", "verbs of states")
_TOWN_NOUNS = word_list("actor_words.csv", "nouns of towns")
_VISITED = word_list("actor_words.csv", "verbs upon towns")


def stands_as_place(actors: DocumentActors, tokens: list[Token]) -> bool:
    """Whether a capital is where something happens, and not the state that acts."""
    parse = actors.parse
    head = parse.head_of(tokens)
    after = tokens[-1].index + 1
    following = parse.tokens[after] if after < len(parse.tokens) else None
    if following is not None and following.lower in ("-", "d.c.") and following.sentence == head.sentence:
        return following.lower == "d.c." or parse.tokens[min(after + 1, len(parse.tokens) - 1)].lower == "based"
    if following is not None and following.lower == "state" and following.sentence == head.sentence:
        return True
    if following is not None and following.text == "," and after + 1 < len(parse.tokens):
        second = parse.tokens[after + 1]
        mention = actors.mention_at(second)
        if second.text[0].isdigit() or (
            mention is not None and mention.mention_type == "name" and second.dep == "appos"
        ):
            return True
    while head.dep in ("appos", "conj") and head.head is not head:
        if head.dep == "appos" and head.head.lemma.lower() in ("capital", "city", "port", "town"):
            return True
        head = head.head
    if head.dep == "compound":
        return head.head.text[0].isupper()
    if head.dep == "pobj":
        preposition, ruler = head.head, head.head.head
        if preposition.lower in PLACE_PREPOSITIONS:
            return True
        if preposition.lower in _MOTION_PREPOSITIONS:
            return ruler.lemma.lower() not in _STATE_TIES and not (
                preposition.lower == "from" and ruler.lemma.lower() in _STATE_VERBS
            )
        return preposition.lower == "of" and ruler.lemma.lower() in _TOWN_NOUNS
    if head.dep == "poss":
        return head.head.lemma.lower() in _TOWN_NOUNS
    if head.dep == "dobj":
        return head.head.lemma.lower() in _VISITED
    return head.dep in ("npadvmod", "nmod", "dep", "ROOT", "attr") and not (
        head.dep == "nmod" and head.head.text[0].islower()
    )
