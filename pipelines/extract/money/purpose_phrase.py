"""The words that say what money is for: "for agricultural research", "to cope with the crisis", "military aid"."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.context import Context
from pipelines.language.parse import Parse, Token

_STOPS = frozenset({".", ";", ":", "--", "—", "(", ")", "”", '"', "[", "]"})
_LONGEST = 16
_EMPTY = frozenset([
    "year", "years", "month", "months", "day", "days", "week", "weeks", "time", "period", "total", "amount",
    "purpose", "purposes", "thing", "first", "second", "fiscal", "example", "instance", "part", "which", "that", "this", "it"
])  # fmt: skip
# What stands behind "for" in other senses: the price of a share, terms of delivery.
_NO_END = frozenset({"money", "most", "payment", "delivery", "cash", "sale", "share", "stake", "rest", "fund", "vote"})
# Modifiers that tell the terms or the size of money, never what it is for.
_TERMS = frozenset([
    "new", "additional", "total", "extra", "more", "further", "term", "short-term", "long-term", "medium-term",
    "outstanding", "existing", "subordinated", "senior", "secured", "unsecured", "syndicated", "revolving", "bank",
    "commercial", "foreign", "bad", "net", "gross", "other", "initial", "final", "first", "second", "third", "last",
    "next", "annual", "yearly", "monthly", "quarterly", "current", "interest-free", "low-interest", "soft",
    "concessional", "concessionary", "standby", "bridging", "bridge", "official", "bilateral", "multilateral",
    "direct", "promissory", "entire", "full", "large", "small", "big", "major", "fresh", "separate", "similar",
    "special", "international", "federal", "national", "taxpayer", "public", "private", "fixed", "floating",
    "early", "recent", "nonaccrual", "non-accrual", "overseas", "external", "domestic", "short", "long", "medium",
    "significant", "massive", "huge", "record", "proposed", "planned", "possible", "potential", "interest",
    "government-guaranteed", "guaranteed", "matching", "single", "joint", "government", "loan", "credit", "debt",
    "non", "performing", "accruing", "poor", "quality", "problem", "troubled", "syndicated", "rescue", "medium-", "long-", "short-", "free", "-", "/"
])  # fmt: skip
_PUT_INTO = frozenset(
    {"invest", "put", "pour", "channel", "pump", "inject", "go", "plough", "plow", "investment", "injection"}
)
# "accounting for 15 percent", "called for", "asked for": no purpose.
_OTHER_FOR = frozenset(
    {"account", "call", "ask", "apply", "look", "wait", "vote", "fine", "known", "blame", "charge", "negotiate"}
)
_RELATIVE = frozenset({"last", "next", "past", "coming", "previous"})
_CLAUSE_ENDS = frozenset([
    "which", "that", "who", "while", "but", "when", "after", "as", "amid", "because", "if", "unless", "instead",
    "although", "though", "since"
])  # fmt: skip
# Modifiers that leave a carrier as it was: "aid plan", "project loans".
_UNTOLD = frozenset({"project", "program", "aid", "loan", "credit", "assistance", "relief", "grant"})
# Receivers told of as a group: who gets money is not what it is for.
_GROUPS = frozenset([
    "country", "nation", "state", "government", "democracy", "republic", "economy", "member", "borrower", "ally",
    "neighbour", "neighbor", "island", "region", "lender", "bank", "creditor", "company", "firm", "party",
    "candidate", "campaign"
])  # fmt: skip
_CARRIERS = frozenset([
    "aid", "assistance", "grant", "loan", "credit", "support", "funding", "relief", "donation", "money", "package",
    "help", "fund", "contribution", "spending", "program", "programme", "initiative", "sale", "investment",
    "export", "import", "purchase", "project", "equipment", "reconstruction", "scheme", "plan", "supply",
    "shipment", "cooperation", "training"
])  # fmt: skip


def purpose_of(context: Context, parse: Parse, actors: DocumentActors) -> str | None:
    """The purpose as the text words it, None where it tells none."""
    tokens = parse.tokens
    end = context.right
    start = context.tokens[-1].index + 1
    span = parse.sentences[context.sentence]
    for carrier in context.carriers[:2]:
        if carrier.index < start and carrier.index >= context.left:
            start = min(start, max(carrier.index + 1, context.tokens[-1].index + 1))
    stretch = tokens[start:end]
    best: tuple[int, str] | None = None
    for n, token in enumerate(stretch[:45]):
        if token.text in (";",) or (token.text == "." and token.dep == "punct"):
            break
        if token.lower in ("for", "towards", "toward") and token.dep in (
            "prep",
            "dep",
            "mark",
            "prt",
            "conj",
            "pcomp",
            "dative",
        ):
            if _inside_name(tokens, token) or token.head.lemma.lower() in _OTHER_FOR:
                continue
            phrase = _phrase(tokens, token.index + 1, end, actors)
            if phrase and (best is None or best[0] > 0):
                best = (0, phrase)
                break
        elif (
            token.lower == "to"
            and n + 1 < len(stretch)
            and stretch[n + 1].tag == "VB"
            and stretch[n + 1].lemma not in ("be", "have")
        ):
            phrase = _clause(tokens, token.index, end, actors) if _belongs(stretch[n + 1], context) else None
            if phrase and best is None:
                best = (1, phrase)
                break
        elif token.lower == "into" and best is None and token.head.lemma.lower() in _PUT_INTO:
            phrase = _phrase(tokens, token.index + 1, end, actors)
            if phrase:
                best = (2, phrase)
    if best is not None:
        return best[1]
    # "British grants for developing the coal industry totalled 52 mln stg"
    for carrier in context.carriers[:3]:
        for preposition in carrier.children_by("prep"):
            if preposition.lower == "for" and carrier.index < context.tokens[0].index:
                if phrase := _phrase(tokens, preposition.index + 1, context.tokens[0].index, actors):
                    return phrase
    named = _carrier_phrase(context, tokens, actors)
    if named:
        return named
    # what stands before: "For road repair, Japan gave $5 million"
    if context.left == span.first and span.last > span.first and tokens[span.first].lower == "for":
        return _phrase(tokens, span.first + 1, context.tokens[0].index, actors)
    for verb in context.verbs[:1]:
        if verb.lemma in ("cost",) and (subject := verb.child("nsubj")) is not None and subject.pos == "NOUN":
            return _trim(tokens[_left_edge(subject) : subject.index + 1])
    return None


def _inside_name(tokens: list[Token], word: Token) -> bool:
    """Whether a "for" is part of a name: "Center for Strategic Studies"."""
    before, after = tokens[word.index - 1], tokens[min(word.index + 1, len(tokens) - 1)]
    return (
        before.pos == "PROPN" and after.text[:1].isupper() and before.text[:1].isupper() and word.text.islower()
        and bool(before.entity) and before.entity == after.entity
    )  # fmt: skip


def _belongs(verb: Token, context: Context) -> bool:
    """Whether a "to" clause hangs on the figure, what carries it or a verb above it."""
    indices = {t.index for t in (*context.tokens, *context.carriers, *context.verbs)}
    head, steps = verb, 0
    while not head.is_root and steps < 3:
        steps += 1
        head = head.head
        if head.index in indices:
            return True
        if head.pos in ("VERB", "AUX") and head.tag != "VB" and head.tag != "VBN":
            return False  # a verb of another clause: "when it tried to block sanctions"
    return False


def _phrase(tokens: list[Token], start: int, end: int, actors: DocumentActors) -> str | None:
    """Noun phrase from `start`, to the next clause; None where it is an actor, a time or a number."""
    kept: list[Token] = []
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
        if token.tag == "VBG" and token.dep == "acl" and kept:
            break
        kept.append(token)
    while kept and (
        kept[-1].pos in ("ADP", "CCONJ", "DET", "PUNCT", "PART", "AUX") and kept[-1].text not in ('"', "”")
    ):
        kept.pop()
    if not kept:
        return None
    nouns = [t for t in kept if t.pos in ("NOUN", "PROPN", "VERB")]
    if not nouns or all(t.lemma.lower() in _EMPTY for t in nouns):
        return None
    if kept[0].entity in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT") and not any(
        t.entity == "" and t.pos == "NOUN" and t.lemma not in _EMPTY for t in kept
    ):
        return None
    head = nouns[-1] if nouns[-1].pos != "VERB" else nouns[0]
    first = next(
        (a for a, b in zip(kept, [*kept[1:], None], strict=True) if a.pos == "NOUN" and (b is None or b.pos != "NOUN")),
        None,
    )
    if first is not None and first.lemma.lower() in _GROUPS:
        return None
    if all(t.lemma.lower() in _CARRIERS | _NO_END for t in nouns) and not any(t.pos == "ADJ" for t in kept):
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
    return _trim(kept)


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


def _clause(tokens: list[Token], start: int, end: int, actors: DocumentActors) -> str | None:
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
    ):
        return None
    while kept and kept[-1].pos in ("ADP", "CCONJ", "DET", "PUNCT"):
        kept.pop()
    return _trim(kept, keep_to=True)


def _carrier_phrase(context: Context, tokens: list[Token], actors: DocumentActors) -> str | None:
    """ "military aid", "arms sales", "economic program": the carrier with what modifies it, actors left out."""
    for carrier in context.carriers[:3]:
        if carrier.lemma.lower() in _EMPTY or carrier.pos != "NOUN":
            continue
        left = carrier.index
        while (
            left > 0
            and tokens[left - 1].sentence == carrier.sentence
            and (
                tokens[left - 1].pos in ("NOUN", "ADJ", "PROPN")
                or tokens[left - 1].text in ("-", "/")
                or (tokens[left - 1].lower in ("and", "or") and tokens[left - 2].pos in ("ADJ", "NOUN"))
                or tokens[left - 1].tag in ("VBG",)
            )
        ):
            if (
                tokens[left - 1].entity in ("MONEY", "DATE", "CARDINAL", "GPE", "NORP")
                or actors.mention_at(tokens[left - 1]) is not None
                or tokens[left - 1] in context.tokens
            ):
                break
            left -= 1
        words = [t for t in tokens[left : carrier.index + 1] if t.lower not in _TERMS]
        while words and words[0].pos in ("CCONJ", "PUNCT"):
            words.pop(0)
        modifiers = [t for t in words[:-1] if t.pos in ("NOUN", "ADJ", "VERB", "PROPN") and t.lower not in _UNTOLD]
        if not modifiers:
            continue
        if carrier.lemma.lower() in _CARRIERS:
            return _trim(words)
    return None


def _left_edge(token: Token) -> int:
    return min([token.index] + [c.index for c in token.children if c.index < token.index])


def _trim(kept: list[Token], keep_to: bool = False) -> str | None:
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
