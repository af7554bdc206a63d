"""The words that say what money is for: "for agricultural research", "to cope with the crisis", "military aid"."""

from __future__ import annotations

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.context import Context
from pipelines.extract.money.phrases import CARRIERS, EMPTY, left_edge, noun_phrase, to_clause, trimmed
from pipelines.language.parse import Parse, Token

# Modifiers that tell the terms or the size of money, never what it is for.
_TERMS = frozenset([
    "new", "additional", "total", "extra", "more", "further", "term", "short-term", "long-term", "medium-term",
    "outstanding", "existing", "subordinated", "senior", "secured", "unsecured", "syndicated", "revolving", "bank",
    "commercial", "foreign", "bad", "net", "gross", "other", "initial", "final", "first", "second", "third", "last",
    "next", "annual", "yearly", "monthly", "quarterly", "current", "interest-free", "low-interest", "soft",
    "concessional", "concessionary", "standby", "bridging", "bridge", "official", "bilateral", "multilateral",
    "direct", "promissory", "entire", "full", "large", "small", "big", "major", "fresh", "separate", "similar",
    "special", "international", "federal", "national", "taxpayer", "public", "private", "fixed", "floating",
    "early", "recent", "nonaccrual", "non-accrual", "accrual", "overseas", "external", "domestic", "short", "long", "medium",
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
# Modifiers that leave a carrier as it was: "aid plan", "project loans".
_UNTOLD = frozenset({"project", "program", "aid", "loan", "credit", "assistance", "relief", "grant"})


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
            if _inside_name(tokens, token) or token.head.lemma.lower() in _OTHER_FOR or not _hangs_on(token, context):
                continue
            phrase = noun_phrase(tokens, token.index + 1, end, actors)
            if phrase and (best is None or best[0] > 0):
                best = (0, phrase)
                break
        elif (
            token.lower == "to"
            and n + 1 < len(stretch)
            and stretch[n + 1].tag == "VB"
            and stretch[n + 1].lemma not in ("be", "have")
        ):
            phrase = to_clause(tokens, token.index, end, actors) if _belongs(stretch[n + 1], context) else None
            if phrase and best is None:
                best = (1, phrase)
                break
        elif token.lower == "into" and best is None and token.head.lemma.lower() in _PUT_INTO:
            phrase = noun_phrase(tokens, token.index + 1, end, actors)
            if phrase:
                best = (2, phrase)
    if best is not None:
        return best[1]
    # "British grants for developing the coal industry totalled 52 mln stg"
    for carrier in context.carriers[:3]:
        for preposition in carrier.children_by("prep"):
            if preposition.lower == "for" and carrier.index < context.tokens[0].index:
                if phrase := noun_phrase(tokens, preposition.index + 1, context.tokens[0].index, actors):
                    return phrase
    for carrier in context.carriers[:2]:
        # "the contribution to peace-keeping troops in Chad"
        for preposition in carrier.children_by("prep"):
            if preposition.lower in ("to", "towards", "toward") and carrier.lemma.lower() == "contribution":
                if phrase := noun_phrase(tokens, preposition.index + 1, end, actors):
                    return phrase
    named = _carrier_phrase(context, tokens, actors)
    if named:
        return named
    # what stands before: "For road repair, Japan gave $5 million"
    if context.left == span.first and span.last > span.first and tokens[span.first].lower == "for":
        return noun_phrase(tokens, span.first + 1, context.tokens[0].index, actors)
    for verb in context.verbs[:1]:
        if verb.lemma in ("cost",) and (subject := verb.child("nsubj")) is not None and subject.pos == "NOUN":
            return trimmed(tokens[left_edge(subject) : subject.index + 1])
    return None


def _inside_name(tokens: list[Token], word: Token) -> bool:
    """Whether a "for" is part of a name: "Center for Strategic Studies"."""
    before, after = tokens[word.index - 1], tokens[min(word.index + 1, len(tokens) - 1)]
    return (
        before.pos == "PROPN" and after.text[:1].isupper() and before.text[:1].isupper() and word.text.islower()
        and bool(before.entity) and before.entity == after.entity
    )  # fmt: skip


def _hangs_on(preposition: Token, context: Context) -> bool:
    """Whether "for" belongs to the money, and not to another thing or deed: "holds few surprises for the market"."""
    own = {t.index for t in (*context.tokens, *context.carriers, *context.verbs)}
    token = preposition
    for _ in range(5):
        if token.is_root:
            return True
        token = token.head
        if token.index in own:
            return True
        if token.pos in ("VERB", "AUX") and token.dep not in ("acl", "amod", "pcomp"):
            return False
        if token.pos in ("NOUN", "PROPN") and token.dep in ("dobj", "nsubj", "nsubjpass", "attr"):
            return token.lemma.lower() in CARRIERS
    return True


def _belongs(verb: Token, context: Context) -> bool:
    """Whether a "to" clause hangs on the figure, what carries it or a verb above it."""
    indices = {t.index for t in (*context.tokens, *context.carriers, *context.verbs)}
    if verb.head.lemma == "be" and verb.head.child("csubj") is not None:
        return False  # "to expect so much is to forget"
    if verb.dep == "conj" and verb.head.pos == "VERB" and verb.head.index < context.tokens[0].index:
        return False  # "agreed to prolong the lines and to refinance": a deed beside
    if verb.dep in ("acl", "relcl") and verb.head.index not in indices and verb.head.lemma.lower() not in CARRIERS:
        return False  # "a license to practice law"
    head, steps = verb, 0
    while not head.is_root and steps < 3:
        steps += 1
        head = head.head
        if head.index in indices:
            return True
        if head.pos in ("VERB", "AUX") and head.tag != "VB" and head.tag != "VBN":
            return False  # a verb of another clause: "when it tried to block sanctions"
    return False


def _carrier_phrase(context: Context, tokens: list[Token], actors: DocumentActors) -> str | None:
    """ "military aid", "arms sales", "economic program": the carrier with what modifies it, actors left out."""
    for carrier in context.carriers[:3]:
        if carrier.lemma.lower() in EMPTY or carrier.pos != "NOUN":
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
        if carrier.lemma.lower() in CARRIERS:
            return trimmed(words)
    return None
