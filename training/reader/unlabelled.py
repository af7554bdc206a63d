"""Documents that nobody labelled, as arrays for a student: windows, and the places where a reader saw something.

    python -m training.reader.unlabelled WAREHOUSE RELEASE TOKENIZER OUT.npz

WAREHOUSE was made by `newsledger run` over the texts; RELEASE reads them to tell which words may be triggers, amounts and
mentions, from which links go. No target is known: what a student shall say of them, its teacher says (`teacher`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.extract.marks import marks_of
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article, Parse
from pipelines.reader.interface import load_reader
from pipelines.reader.labels import AMOUNT, MENTION, RELATIONS, TYPES
from pipelines.reader.readings import Reading
from pipelines.reader.windows import Pieces, windows_of
from pipelines.reader.words import word_codes
from training.reader.arrays import Writer
from training.reader.prepare import UNKNOWN, add_words
from training.reader.stored_documents import stored_documents
from training.reader.window_sizes import configured

LEAST = 0.1  # chance of an event from which a word is asked for its links: below the product's own threshold


def anchors_of(parse: Parse, reading: Reading) -> list[dict[str, Any]]:
    """The words that a reading asks for links, with nothing known of them."""

    def anchor(word: int, kind: int) -> dict[str, Any]:
        unknown = dict.fromkeys(("mode", "kind", "stage", "sector", "factuality"), UNKNOWN)
        return {"token": parse.tokens[word], "type": kind, "weight": 1.0, "links": {}, **unknown}

    found = [anchor(t.word, 1 + TYPES.index(t.type.label)) for t in reading.triggers if t.probability >= LEAST]
    found += [anchor(a.word, AMOUNT) for a in reading.amounts]
    return found + [anchor(m.word, MENTION) for m in reading.mentions]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("warehouse", type=Path)
    ask.add_argument("release")
    ask.add_argument("tokenizer", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    reader = load_reader(given.release)
    if reader is None:
        ask.error("RELEASE must be a release of the reader.")
    pieces, writer = Pieces(given.tokenizer), Writer(RELATIONS)
    for row, annotated in stored_documents(given.warehouse):
        article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
        parse = to_parse(article.text, annotated)
        marks = marks_of(article, parse)
        [reading] = reader.read([(article, parse, marks)])
        codes, count = word_codes(parse, marks.amounts, marks.times), len(parse.tokens)
        none, no_weight = np.zeros(count, dtype=np.int16), np.zeros(count, dtype=np.float32)
        unknown, anchors = np.full(count, UNKNOWN, dtype=np.int16), anchors_of(parse, reading)
        for window in windows_of(parse, pieces, configured()):
            add_words(writer, parse, codes, row["document_id"], window, none, no_weight, unknown, anchors, UNKNOWN)
    writer.save(given.out)


if __name__ == "__main__":
    main()
