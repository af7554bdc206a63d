"""What stands around a figure: its carrier noun ("a $30 mln loan", "$4 billion in aid"), its verb, its clause."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.noun_kinds import noun_kind
from pipelines.language.parse import Parse, Token

_MODIFIER = frozenset({"nummod", "quantmod", "compound", "nmod", "amod", "npadvmod", "dep", "det", "appos"})
# Nouns that only measure: what they measure is behind "of" or "in".
MEASURES = frozenset([
    "worth", "total", "equivalent", "sum", "amount", "value", "tune", "rest", "half", "most", "part", "third",
    "quarter", "tranche", "portion", "balance", "remainder", "share", "bulk", "allotment", "allocation", "increase",
    "cut", "reduction", "instalment", "installment"
])  # fmt: skip
_CARRYING = frozenset([
    "amount", "total", "equal", "worth", "value", "come", "estimate", "reach", "exceed", "price", "cost", "average",
    "be", "stand", "run", "fall", "rise", "drop", "increase", "grow", "decline", "decrease", "jump", "climb",
    "shrink", "widen", "narrow", "soar", "surge", "slip", "double", "slump", "plunge", "tumble", "sink", "triple",
    "expand", "swell", "hit", "peak", "touch", "approach", "surpass"
])  # fmt: skip
# "put revenue at $5 million": what is measured is the object.
_ASSESSING = frozenset({"put", "estimate", "value", "set", "assess", "forecast", "project", "price"})
# "raised its pledge to $88 million".
_CHANGING = frozenset(
    {"raise", "increase", "cut", "reduce", "boost", "lower", "lift", "trim", "double", "bring", "expand"}
)


@dataclass(slots=True)
class Context:
    """A figure's surroundings. `carriers` are the nouns that say what the money is, nearest first.

    `verbs` are the verbs above it, innermost first. `left` and `right` bound its own stretch of the sentence: the tokens
    between the neighbouring figures.
    """

    amount: Amount
    sentence: int
    tokens: list[Token]
    head: Token
    carriers: list[Token] = field(default_factory=list)
    verbs: list[Token] = field(default_factory=list)
    left: int = 0
    right: int = 0


def read_contexts(parse: Parse, amounts: list[tuple[int, Amount]]) -> list[Context]:
    """Contexts of the figures of a document, in order. A figure that no token covers has none and is left out."""
    found: list[Context] = []
    for sentence, amount in amounts:
        tokens = parse.tokens_in(amount.start, amount.end)
        if not tokens:
            continue
        found.append(Context(amount, sentence, tokens, parse.head_of(tokens)))
    for n, context in enumerate(found):
        span = parse.sentences[context.sentence]
        before = found[n - 1] if n and found[n - 1].sentence == context.sentence else None
        after = found[n + 1] if n + 1 < len(found) and found[n + 1].sentence == context.sentence else None
        context.left = before.tokens[-1].index + 1 if before else span.first
        context.right = after.tokens[0].index if after else span.last
        _climb(parse, context)
    return found


def _climb(parse: Parse, context: Context) -> None:
    inside = {t.index for t in context.tokens}
    carriers: list[Token] = []
    # "$4 billion in humanitarian assistance", "$10 million worth of rice", "$5 million loan" read as an apposition
    j = context.tokens[-1].index + 1
    tokens = parse.tokens
    right = context.right
    if j < len(tokens) and tokens[j].text == "(":
        # "10 billion euros ($13 billion) of rescue loans": the words behind the conversion
        last = min(parse.sentences[context.sentence].last, j + 9)
        closing = next((i for i in range(j + 1, last) if tokens[i].text == ")"), None)
        if closing is not None and closing >= context.right:
            j, right = closing + 1, min(parse.sentences[context.sentence].last, closing + 10)
    if j < right and tokens[j].lower in ("worth", "in", "of", "-"):
        k = j + 1
        if k < right and tokens[k].lower == "of":
            k += 1
        phrase = _noun_run(tokens, k, right)
        if phrase is not None and phrase.entity not in ("DATE", "TIME", "GPE") and not phrase.text.isdigit():
            carriers.append(phrase)
    elif j < right and tokens[j].lower == "as":
        # "$5 million as the U.S. contribution to"
        phrase = _noun_run(tokens, j + 1, right)
        if phrase is not None and noun_kind(phrase) is not None:
            carriers.append(phrase)
    token = context.head
    if (
        token.dep in _MODIFIER
        and token.head.index not in inside
        and token.head.pos in ("NOUN", "PROPN")
        and token.head.index > token.index
    ):
        carriers.insert(0, token.head)
        token = token.head
    elif j < right and tokens[j].pos in ("NOUN", "ADJ", "PROPN") and tokens[j].entity not in ("DATE", "TIME"):
        phrase = _noun_run(tokens, j, right)
        if phrase is not None:
            carriers.insert(0, phrase)
    verbs: list[Token] = []
    steps = 0
    while not token.is_root and steps < 14:
        steps += 1
        below, token = token, token.head
        if token.index in inside:
            continue
        if token.pos in ("NOUN", "PROPN") and (
            below.dep == "conj" or (below.dep == "appos" and token.index < context.left)
        ):
            continue  # what stands beside it carries another figure
        if token.pos in ("VERB", "AUX"):
            verbs.append(token)
            if token.lemma in _CARRYING:
                subject = token.child("nsubj", "nsubjpass", "csubj")
                if subject is None and token.dep in ("acl", "relcl") and token.head.pos in ("NOUN", "PROPN"):
                    subject = token.head
                elif subject is None and token.dep in ("advcl", "conj") and token.head.pos == "VERB":
                    subject = token.head.child("nsubj", "nsubjpass")  # "imports have suffered, slumping from"
                gerund = subject is not None and subject.tag == "VBG"
                if subject is not None and (subject.pos in ("NOUN", "PROPN") or gerund) and len(verbs) == 1:
                    carriers.append(subject)
                    carriers += subject.children_by("conj")  # "food and agricultural imports amounted to"
            elif (
                len(verbs) == 1
                and token.lemma in _ASSESSING
                and (measured := token.child("dobj")) is not None
                and measured.index not in inside
                and tokens[context.tokens[0].index - 1].lower == "at"
            ) or (
                len(verbs) == 1
                and token.lemma in _CHANGING
                and (measured := token.child("dobj")) is not None
                and measured.index not in inside
                and any(
                    t.lower in ("to", "from")
                    for t in tokens[max(0, context.tokens[0].index - 4) : context.tokens[0].index]
                )
            ):
                carriers.append(measured)
            elif (
                len(verbs) == 1
                and (subject := token.child("nsubjpass")) is not None
                and subject.pos == "NOUN"
                and subject.index not in inside
            ):
                carriers.append(subject)
        elif token.pos in ("NOUN", "PROPN") and not verbs:
            carriers.append(token)
    if context.head.pos in ("VERB",):
        verbs.insert(0, context.head)
    expanded: list[Token] = []
    for carrier in carriers:
        if carrier.lemma.lower() in MEASURES:
            inner = next((p.child("pobj") for p in carrier.children_by("prep") if p.lower in ("of", "in")), None)
            if inner is not None and inner.index not in inside:
                expanded.append(inner)
        expanded.append(carrier)
    seen: set[int] = set()
    context.carriers = [c for c in expanded if not (c.index in seen or seen.add(c.index) or c.index in inside)]  # type: ignore[func-returns-value]
    context.verbs = verbs


def _noun_run(tokens: list[Token], start: int, end: int) -> Token | None:
    """Last noun of the noun phrase that begins at `start`: "economic and military aid" -> aid."""
    last: Token | None = None
    for i in range(start, min(end, start + 9)):
        token = tokens[i]
        if token.entity in ("DATE", "TIME"):
            if last is not None:
                break  # "in French aid last year"
            continue  # "in new 1987 economic aid"
        if token.pos in ("NOUN", "PROPN"):
            last = token
        elif last is not None and (token.pos in ("DET", "PRON") or token.tag in ("WDT", "WP")):
            break  # "in loans that Brazil owes"
        elif (
            token.pos in ("ADJ", "DET", "PRON", "NUM")
            or (token.lower in ("and", ",", "-", "'s", "&", "”", "“", '"', "new") and last is None)
            or token.text in ("-", "'s")
            or (token.tag in ("VBN", "VBG") and last is None)
            or (token.pos == "VERB" and token.dep in ("compound", "amod", "nmod"))
        ):
            continue
        else:
            break
    return last
