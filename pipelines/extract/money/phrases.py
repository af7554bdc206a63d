"""Stretches of a sentence that say what money is for: where a noun phrase or a "to" clause ends, and when it says nothing."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.language.parse import Token

_STOPS = frozenset({".", ";", ":", "--", "—", "(", ")", "”", '"', "[", "]"})
_LONGEST = 16
# What stands behind "for" in other senses: the price of a share, terms of delivery.
_NO_END = frozenset({"money", "most", "payment", "delivery", "cash", "sale", "share", "stake", "rest", "fund", "vote"})
# What "the project" is was told before, and is a purpose.
_POINTED_TO = frozenset({"project", "program", "programme", "scheme"})
_RELATIVE = frozenset({"last", "next", "past", "coming", "previous"})
_CLAUSE_ENDS = frozenset([
    "which", "that", "who", "while", "but", "when", "after", "as", "amid", "because", "if", "unless", "instead",
    "although", "though", "since"
])  # fmt: skip
# Receivers told of as a group: who gets money is not what it is for.
_GROUPS = frozenset([
    "country", "nation", "state", "government", "democracy", "republic", "economy", "member", "borrower", "ally",
    "neighbour", "neighbor", "island", "region", "lender", "bank", "creditor", "company", "firm", "corporation", "party",
    "candidate", "campaign"
])  # fmt: skip
EMPTY = frozenset([
    "year", "years", "month", "months", "day", "days", "week", "weeks", "time", "period", "total", "amount",
    "purpose", "purposes", "thing", "first", "second", "fiscal", "example", "instance", "part", "which", "that", "this", "it"
])  # fmt: skip
CARRIERS = frozenset([
    "aid", "assistance", "grant", "loan", "credit", "support", "funding", "relief", "donation", "money", "package",
    "help", "fund", "contribution", "spending", "program", "programme", "initiative", "sale", "investment",
    "export", "import", "purchase", "project", "equipment", "reconstruction", "scheme", "plan", "supply",
    "shipment", "cooperation", "training"
])  # fmt: skip


def noun_phrase(tokens: list[Token], start: int, end: int, actors: DocumentActors) -> str | None:
    """Noun phrase from `start`, to the next clause; None where it is an actor, a time or a number."""
    kept: list[Token] = []
    if start < end and tokens[start].lower in ("each", "every"):
        return None  # "$3 for every dollar spent" is a rate
    for i in range(start, min(end, start + _LONGEST)):
        token = tokens[i]
        if token.text in _STOPS and not (
            token.text in ('"', "”") and len(kept) < 8 and kept and kept[0].text in ('"', "“")
        ):
            if token.text == '"' and not kept:
                kept.append(token)
                continue
            break
        if token.text == "," and not _lists_on(tokens, i, end):
            break
        if token.lower in (
            "which",
            "that",
            "who",
            "while",
            "but",
            "as",
            "when",
            "after",
            "before",
            "over",
            "during",
            "since",
            "from",
            "by",
            "under",
            "aimed",
            "at",
            "through",
            "amid",
            "amidst",
            "because",
            "if",
            "unless",
            "instead",
            "rather",
            "due",
            "until",
            "per",
            "using",
            "including",
        ) or (token.lower == "in" and kept and _place_or_time(tokens, i, end, actors)):
            break
        if token.pos == "AUX" or (token.pos == "VERB" and token.tag in ("VBD", "VBZ", "VBP", "MD") and kept):
            break
        if kept and token.entity in ("DATE", "TIME", "MONEY") and (token.pos != "ADJ" or token.lower in _RELATIVE):
            break
        if token.lower in ("for", "to") and kept:
            break
        if kept and ((token.tag == "VBG" and token.dep == "acl") or _begins_clause(token) or _dangles(tokens, i)):
            break
        kept.append(token)
    while kept and (
        kept[-1].pos in ("ADP", "CCONJ", "DET", "PUNCT", "PART", "AUX") and kept[-1].text not in ('"', "”")
    ):
        kept.pop()
    if not kept:
        return None
    nouns = [t for t in kept if t.pos in ("NOUN", "PROPN", "VERB")]
    if not nouns or all(t.lemma.lower() in EMPTY for t in nouns):
        return None
    if kept[0].entity in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT") and not any(
        t.entity == "" and t.pos == "NOUN" and t.lemma not in EMPTY for t in kept
    ):
        return None
    head = nouns[-1] if nouns[-1].pos != "VERB" else nouns[0]
    first = next(
        (a for a, b in zip(kept, [*kept[1:], None], strict=True) if a.pos == "NOUN" and (b is None or b.pos != "NOUN")),
        None,
    )
    if first is not None and first.lemma.lower() in _GROUPS:
        return None
    told_before = len(nouns) == 1 and nouns[0].lemma.lower() in _POINTED_TO and kept[0].lower in ("the", "this", "that")
    if (
        all(t.lemma.lower() in CARRIERS | _NO_END for t in nouns)
        and not any(t.pos == "ADJ" for t in kept)
        and not told_before
    ):
        return None
    if all(actors.mention_at(t) is not None or t.pos in ("DET", "CCONJ", "PUNCT", "ADP", "ADJ", "NUM") for t in kept):
        return None
    named = actors.entity_at(head)
    if named is not None and named.actor_type in ("country", "person", "igo"):
        if not any(t.pos in ("NOUN", "VERB") and actors.mention_at(t) is None for t in kept):
            return None
    if all((t.pos == "NOUN" and actors.participants(t)) or t.pos != "NOUN" for t in kept) and not any(
        t.pos == "VERB" for t in kept
    ):
        if any(t.pos == "NOUN" for t in kept):
            return None
    return trimmed(kept)


def _begins_clause(token: Token) -> bool:
    """ "taxes he would owe": a clause without "that" begins with its subject."""
    return token.pos == "PRON" and token.dep == "nsubj" and token.head.dep == "relcl"


def _dangles(tokens: list[Token], i: int) -> bool:
    """ "a system intended to", "services related to": a participle behind its noun whose complement ends the phrase."""
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return tokens[i].tag == "VBN" and tokens[i].dep == "acl" and after in ("to", "at")


def _lists_on(tokens: list[Token], i: int, end: int) -> bool:
    """Whether a comma goes on a list ("its coal, zinc and lead industries") and does not close the phrase."""
    for j in range(i + 1, min(end, i + 5)):
        if tokens[j].lower in ("and", "or"):
            # "for funeral expenses, and police arrested": the next clause
            return not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens[j + 1 : min(end, j + 5)])
        if tokens[j].pos not in ("NOUN", "ADJ", "PROPN") and tokens[j].text != ",":
            return False
    return False


def _place_or_time(tokens: list[Token], i: int, end: int, actors: DocumentActors) -> bool:
    following = [t for t in tokens[i + 1 : min(end, i + 4)] if t.pos in ("NOUN", "PROPN", "NUM")]
    return bool(following) and (
        following[0].entity in ("GPE", "LOC", "DATE", "TIME") or actors.place_at(following[0]) is not None
    )


def to_clause(tokens: list[Token], start: int, end: int, actors: DocumentActors) -> str | None:
    """ "to" and its verb phrase, to the next clause."""
    kept: list[Token] = []
    for i in range(start, min(end, start + 18)):
        token = tokens[i]
        if token.text in _STOPS or (token.text == "," and not _lists_on(tokens, i, end)):
            break
        if token.lower in _CLAUSE_ENDS and len(kept) > 2:
            break
        if token.lower == "to" and token.pos == "PART" and len(kept) > 3 and kept[-1].pos != "CCONJ":
            break
        if len(kept) > 2 and (_begins_clause(token) or _dangles(tokens, i)):
            break
        if len(kept) > 2 and token.entity in ("DATE", "TIME") and token.pos in ("DET", "ADJ") and token.lower != "new":
            break
        if (token.pos == "AUX" or (token.lower == "in" and _place_or_time(tokens, i, end, actors))) and len(kept) > 2:
            break
        kept.append(token)
    if len(kept) < 3:
        return None
    if kept[1].lemma in ("a", "the") or kept[1].pos not in ("VERB", "AUX"):
        return None
    if kept[1].lemma.lower() in (
        "be",
        "give",
        "provide",
        "reach",
        "make",
        "pay",
        "total",
        "receive",
        "get",
        "spend",
        "bring",
        "raise",
        "mature",
        "expire",
        "fall",
        "total",
        "become",
        "yield",
        "continue",
    ):
        return None
    while kept and kept[-1].pos in ("ADP", "CCONJ", "DET", "PUNCT"):
        kept.pop()
    return trimmed(kept, keep_to=True)


def left_edge(token: Token) -> int:
    """Index of the first word of what modifies a noun."""
    return min([token.index] + [c.index for c in token.children if c.index < token.index])


def trimmed(kept: list[Token], keep_to: bool = False) -> str | None:
    """The words of a stretch, an article in front left out; the text's own spacing folded."""
    while kept and (kept[0].pos == "DET" or kept[0].lower in ("its", "their", "his", "her", "our")) and len(kept) > 1:
        kept = kept[1:]
    if not kept:
        return None
    words: list[str] = []
    last: Token | None = None
    for token in kept:
        glued = last is not None and (token.start == last.end)
        if glued and words:
            words[-1] += token.text
        else:
            words.append(token.text)
        last = token
    return " ".join(words).strip() or None
