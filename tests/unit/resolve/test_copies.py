"""Copies are found whatever was edited, cut or added, and reports of one event by others are none."""

from __future__ import annotations

import hashlib
import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve.copies import find_copies
from pipelines.text.signature import signature

WORDS = [f"w{n}" for n in range(4000)]


def story(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def table(texts: dict[str, tuple[str, str | None]]) -> pl.DataFrame:
    rows = [
        (name, day, hashlib.sha256(text.encode()).hexdigest(), *signature(text)) for name, (text, day) in texts.items()
    ]
    schema = ["document_id", "published_on", "text_sha256", "minhash", "shingles"]
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("published_on").cast(pl.String).str.to_date()
    )


def copies(texts: dict[str, tuple[str, str | None]]) -> dict[str, str]:
    found = find_copies(table(texts))
    return dict(zip(found["document_id"], found["duplicate_of"], strict=True))


def test_edited_copies_are_of_the_earliest() -> None:
    words = story(1)
    whole = " ".join(words)
    texts = {
        "z-first": (whole, "2020-01-01"),
        "exact": (whole, "2020-01-03"),
        "headline": ("another headline on top of it " + whole, "2020-01-02"),
        "sentence-out": (" ".join(words[:100] + words[115:]), "2020-01-02"),
        "cut": (" ".join(words[:180]), "2020-01-02"),
        "chrome": (whole + " sign up for our newsletter and follow us", None),
    }
    assert copies(texts) == dict.fromkeys(texts.keys() - {"z-first"}, "z-first")


def test_other_reports_and_updates_are_no_copies() -> None:
    words = story(2)
    shared = words[:60]
    assert copies({"a": (" ".join(words), "2020-01-01"), "b": (" ".join(shared + story(3, 240)), "2020-01-02")}) == {}
    # What takes up a short first report and goes on has facts of its own.
    assert copies({"flash": (" ".join(words[:120]), "2020-01-01"), "update": (" ".join(words), "2020-01-02")}) == {}
    assert copies({"short": ("Shares rose.", "2020-01-01"), "again": ("Shares fell.", "2020-01-02")}) == {}
    assert copies({}) == {}


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_documents_tells_nothing(shuffler: random.Random) -> None:
    texts: dict[str, tuple[str, str | None]] = {}
    for n in range(8):
        words = story(n % 3, 120)
        texts[f"d{n}"] = (" ".join(words[: 120 - 4 * n]), None if n % 2 else "2020-01-01")
    frame = table(texts)
    order = list(range(frame.height))
    shuffler.shuffle(order)
    assert find_copies(frame[order]).equals(find_copies(frame))
