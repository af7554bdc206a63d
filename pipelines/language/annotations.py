"""Stored parses: rows of the `annotations` Parquet table turned back into `Parse` objects."""

from __future__ import annotations

import re
from typing import Any

from pipelines.language import collector
from pipelines.language.capitals import may_be_restored
from pipelines.language.parse import EntitySpan, Parse, Sentence, Token

# Past forms that the model's lemmatizer leaves as they are.
_VERBS = {
    "forgave": "forgive", "forbad": "forbid", "retook": "retake", "strove": "strive", "striven": "strive",
    "slew": "slay", "rewrote": "rewrite", "resold": "resell", "remade": "remake", "redrew": "redraw",
    "misunderstood": "misunderstand", "stricken": "strike", "trod": "tread", "trodden": "tread",
}  # fmt: skip


def to_parse(text: str, row: dict[str, Any]) -> Parse:
    """Build the `Parse` of a document from its text and its row of `annotations` (see `model.annotate`).

    The parse's own text is `text` as it was read: in ordinary letters where it is printed in capitals or without them.
    """
    with collector.paused():
        return _parse(text, row)


# "Wag" of "waged", "fin" of "fined": one that ends so doubles its last letter ("wagged"), so the word has an e.
_WITHOUT_E = re.compile("[^aeiou]*[aeiou][bcdgklmnprstvz]")


def _lemmas(row: dict[str, Any]) -> list[str]:
    """Lemmas as the model has them, and some that it has not."""
    found: list[str] = row["lemma"]
    changed: dict[int, str] = {}
    for i, (lemma, pos) in enumerate(zip(found, row["pos"], strict=True)):
        if pos == "VERB":
            if (known := _VERBS.get(lemma)) is not None:
                changed[i] = known
            elif len(lemma) <= 6 and _WITHOUT_E.fullmatch(lemma) and row["token"][i][len(lemma) :] in ("ed", "ing"):
                changed[i] = lemma + "e"
        elif lemma == "fire" and i > 1 and row["token"][i - 1] == "-" and row["token"][i - 2].lower() == "cease":
            changed[i] = "ceasefire"  # which the tokenizer takes apart
    return [changed.get(i, lemma) for i, lemma in enumerate(found)] if changed else found


def _parse(text: str, row: dict[str, Any]) -> Parse:
    tokens = [
        Token(i, start, start + length, token, token.lower(), lemma, pos, tag, dep, entity, sentence)
        for i, (start, length, token, lemma, pos, tag, dep, entity, sentence) in enumerate(
            zip(
                row["start"], row["length"], row["token"], _lemmas(row), row["pos"], row["tag"],
                row["dep"], row["entity"], row["sentence"], strict=True,
            )
        )
    ]  # fmt: skip
    below: dict[int, list[Token]] = {}
    for token, head in zip(tokens, row["head"], strict=True):
        token.head = tokens[head]
        if head != token.index:
            if head in below:
                below[head].append(token)
            else:
                below[head] = [token]
    for head, children in below.items():
        tokens[head].children = children
    sentences: list[Sentence] = []
    first = 0
    for i, token in enumerate(tokens):
        if i + 1 == len(tokens) or tokens[i + 1].sentence != token.sentence:
            sentences.append(Sentence(len(sentences), first, i + 1, tokens[first].start, token.end))
            first = i + 1
    entities = [
        EntitySpan(a, b, label)
        for a, b, label in zip(row["entity_first"], row["entity_last"], row["entity_label"], strict=True)
    ]
    return Parse(_as_read(text, tokens) if may_be_restored(text) else text, tokens, sentences, entities)


def _as_read(text: str, tokens: list[Token]) -> str:
    """The text in the letters that the parser read it in (see `capitals`), of equal length."""
    parts: list[str] = []
    end = 0
    for token in tokens:
        parts += (text[end : token.start], token.text)
        end = token.end
    return "".join(parts) + text[end:]


def parse_text(text: str) -> Parse:
    """Parse one text now: for tests and trials, not for batches."""
    from pipelines.language.model import annotate

    return to_parse(text, next(iter(annotate([("", text)]))))
