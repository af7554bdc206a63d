"""Copies are found whatever was edited, cut or added, and reports of one event by others are none."""

from __future__ import annotations

import hashlib
import random
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve import known_copies, signature_index
from pipelines.resolve.known_copies import find_copies, find_known_copies
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


def edited(seed: int, cut: int) -> str:
    return " ".join(story(seed, 120)[: 120 - 4 * cut])


class Desk:
    """Documents that come, go and get another day, looked at again after each change; and which signatures were asked for."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self.texts: dict[str, tuple[str, str | None]] = {}
        self.asked: list[str] = []

    def look(self, version: str = "1") -> pl.DataFrame:
        frame = table(self.texts)

        def minhashes(documents: pl.Series) -> pl.DataFrame:
            self.asked += documents.to_list()
            return frame.filter(pl.col("document_id").is_in(documents.implode()))

        return find_known_copies(self.warehouse, frame.drop("minhash"), minhashes, version)


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_whatever_came_before_the_answer_is_that_of_all_at_once(dice: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        # Segments of three texts, and never all texts anew.
        patched.setattr(signature_index, "LARGEST", 3)
        patched.setattr(known_copies, "LARGEST", 3)
        patched.setattr(known_copies, "_MANY", 1.1)
        desk = Desk(Path(name))
        for _ in range(6):
            for _ in range(dice.randint(1, 3)):
                document = f"d{dice.randint(0, 11)}"
                if document in desk.texts and dice.random() < 0.4:
                    del desk.texts[document]
                else:
                    day = dice.choice([None, "2020-01-01", "2020-01-02", "2020-01-03"])
                    desk.texts[document] = (edited(dice.randint(0, 2), dice.randint(0, 6)), day)
            assert desk.look().equals(find_copies(table(desk.texts)))


def test_only_what_is_new_is_looked_at(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.texts = {f"d{n}": (edited(n // 2, n % 2), "2020-01-01") for n in range(40)}
    before = desk.look()
    assert before.height == 20
    assert len(desk.asked) == 40
    noted = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert desk.look().equals(before)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == noted
    desk.texts["late"] = (edited(3, 2), "2020-01-05")
    after = desk.look()
    assert desk.asked[40:] == ["late"]
    assert after.filter(pl.col("document_id") == "late")["duplicate_of"].to_list() == ["d6"]
    # Other code may sign otherwise: all is looked at again, and nothing of before is left.
    assert desk.look("2").equals(after)
    assert len(desk.asked) == 41 + 41
    assert len(list(tmp_path.rglob("*.npy"))) == 3


def test_a_run_that_dies_before_it_notes_what_it_found_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.texts = {f"d{n}": (edited(n // 2, n % 2), "2020-01-01") for n in range(10)}
    desk.look()
    desk.texts |= {"late": (edited(1, 3), None), "later": (edited(9, 0), None)}

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(known_copies.files, "write_json", die)
        desk.look()
    assert desk.look().equals(find_copies(table(desk.texts)))
    assert len(list(tmp_path.rglob("texts-*.parquet"))) == 1
