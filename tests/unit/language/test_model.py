"""Parses: offsets into the text, trees, and the way into Parquet and back."""

import time
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.annotations import to_parse
from pipelines.language.model import LONGEST_PARAGRAPH, LONGEST_RUN, annotate, paragraphs
from pipelines.language.storage import ANNOTATION_SCHEMA

TEXT = "Norway sent doctors to Chad.\n\nThe doctors arrived on Friday, the ministry said."


def test_a_parse_survives_parquet(tmp_path: Path) -> None:
    row = next(iter(annotate([("doc_1", TEXT)])))
    pl.DataFrame([row], schema=ANNOTATION_SCHEMA).write_parquet(tmp_path / "a.parquet")
    stored = pl.read_parquet(tmp_path / "a.parquet").row(0, named=True)
    one, two = to_parse(TEXT, row), to_parse(TEXT, stored)
    assert [(t.text, t.head.index, t.dep) for t in one.tokens] == [(t.text, t.head.index, t.dep) for t in two.tokens]


def test_tokens_and_sentences_lie_where_they_say() -> None:
    parse = to_parse(TEXT, next(iter(annotate([("doc_1", TEXT)]))))
    assert len(parse.tokens) > 10
    assert all(TEXT[t.start : t.end] == t.text for t in parse.tokens)
    assert [TEXT[s.start : s.end] for s in parse.sentences] == TEXT.split("\n\n")
    assert parse.root(0).text == "sent"
    assert parse.token_at(TEXT.index("Chad")) is not None


def test_documents_come_back_in_order_with_empty_ones() -> None:
    rows = list(annotate([("a", "One ship."), ("b", ""), ("c", "Two ships.\n\nThree.")]))
    assert [r["document_id"] for r in rows] == ["a", "b", "c"]
    assert rows[1]["token"] == []


@given(st.text(alphabet="ab \n", max_size=200))
def test_paragraphs_cover_every_letter_once(text: str) -> None:
    covered = "".join(text[a:b] for a, b in paragraphs(text))
    assert covered.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_an_endless_paragraph_is_cut() -> None:
    assert max(b - a for a, b in paragraphs("word " * 20_000)) <= LONGEST_PARAGRAPH


def test_what_has_no_white_space_is_cut_so_that_its_tokens_take_no_square_of_time() -> None:
    text = f"The ministers met. {'(' * 20_000} They met again."
    pieces = [text[a:b] for a, b in paragraphs(text)]
    assert "".join(pieces) == text
    assert max(len(run) for piece in pieces for run in piece.split()) == LONGEST_RUN
    started = time.process_time()
    tokens = next(iter(annotate([("a", text)])))["token"]
    assert tokens.count("(") == 20_000
    assert time.process_time() - started < 60  # it was 200 s, and four times that for twice as many
