"""The sentence around a row's words, with one sentence on each side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.query.published import rows


@dataclass(frozen=True)
class Passage:
    """A sentence cut around the words that are the evidence, and the sentences next to it."""

    before: str
    left: str
    words: str
    right: str
    after: str
    sentence_index: int
    start_char: int
    end_char: int


def passage(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Passage | None:
    """The sentence of a row with offsets, and one sentence on each side."""
    start, end, index = row["start_char"], row["end_char"], row["sentence_index"]
    found = rows(
        con,
        """
        select s.sentence_index, s.start_char, s.end_char, d.text
        from documents as d left join sentences as s
            on d.document_id = s.document_id and s.sentence_index between ? - 1 and ? + 1
        where d.document_id = ? order by s.sentence_index
        """,
        index,
        index,
        row["document_id"],
    )
    if not found:
        return None
    text: str = found[0]["text"]
    spans = {f["sentence_index"]: (f["start_char"], f["end_char"]) for f in found}
    first, last = spans.get(index, (start, end))
    # Evidence may run on into the next sentence (a quotation of two): show all of it.
    first, last = min(first, start), max(last, end)
    return Passage(
        before=_cut(text, spans.get(index - 1)),
        left=text[first:start],
        words=text[start:end],
        right=text[end:last],
        after=_cut(text, spans.get(index + 1), last),
        sentence_index=index,
        start_char=start,
        end_char=end,
    )


def _cut(text: str, span: tuple[int, int] | None, at_least: int = 0) -> str:
    return text[max(span[0], at_least) : span[1]].strip() if span else ""
