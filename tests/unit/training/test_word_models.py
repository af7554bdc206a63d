"""What is learnt of words: 5-digit purposes, and in which letters a word is written."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from pipelines.extract.money.purpose_model import Model
from pipelines.language import capitals
from training import train_purpose_detail, train_word_cases
from training.train_sectors import as_model

_TEXTS = [
    *(f"Repair of rural road number {n} and its bridges" for n in ("one", "two", "three", "four")),
    *(f"New rail line with {n} stations and track" for n in ("nine", "ten", "eleven", "twelve")),
    *(f"Airport of the {n} province with a runway" for n in ("north", "south", "east", "west")),
    "A single vessel for the harbour",
    "Roads and rail of all kinds",
]
_CODES = ["21020"] * 4 + ["21030"] * 4 + ["21050"] * 4 + ["21040", "210"]


def _model() -> Model:
    return as_model(train_purpose_detail.fit(_TEXTS, _CODES))


def test_words_decide_between_purposes_of_a_sector() -> None:
    road, rail = (
        _model().likeliest("repair of a bridge on the rural road", "210"),
        _model().likeliest("track for the rail line", "210"),
    )
    assert road is not None
    assert rail is not None
    assert (road[0], rail[0]) == ("21020", "21030")
    assert road[1] > 0.5


def test_what_one_text_has_is_neither_learnt_as_code_nor_kept_as_word() -> None:
    fitted = train_purpose_detail.fit(_TEXTS, _CODES)
    assert fitted["classes"] == ["21020", "21030", "21050"]
    of_texts = {"rural", "rail"}
    assert of_texts <= set(fitted["vocabulary"])
    assert not {"vessel", "nine", "eleven"} & set(fitted["vocabulary"])
    assert fitted["weights"].shape[1] == len(fitted["idf"]) == len(fitted["vocabulary"])


def test_the_code_list_teaches_too_and_with_less_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_purpose_detail, "code_list", lambda: (["Quokkas"], ["21030"]))
    model = _model()
    found = model.likeliest("quokkas", "210")
    assert found is not None
    assert found[0] == "21030"


def test_the_model_is_written_the_same_from_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled = tmp_path / "rows.jsonl"
    lines = [json.dumps({"text": t, "purpose_code": c}) for t, c in zip(_TEXTS, _CODES, strict=True)]
    labelled.write_text("\n".join(lines) + "\n\n", encoding="utf8")
    monkeypatch.setattr(sys, "argv", ["train", str(labelled)])
    written = []
    for name in ("one.npz", "two.npz"):
        monkeypatch.setattr(train_purpose_detail, "TARGET", tmp_path / name)
        train_purpose_detail.main()
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    with np.load(tmp_path / "one.npz") as kept:
        assert kept["classes"].tobytes().decode().split("\n") == ["21020", "21030", "21050"]


_PRESS = (
    "On Monday the minister for farms said that Turkey would send a turkey and some rice to the towns beside the river. "
    "Later he told NATO that a roast turkey was ready, and that Turkey and Chad had signed."
)


def test_a_word_has_the_form_that_it_has_most_and_neighbours_tell_the_other() -> None:
    forms, pairs = train_word_cases.learn([_PRESS] * 4)
    assert forms["nato"] == capitals.form_of("NATO")
    assert forms["minister"] == capitals.LOWER
    assert forms["monday"] == capitals.form_of("Monday")
    turkey = forms["turkey"]
    other = pairs["turkey>and"] if turkey == capitals.LOWER else pairs["roast<turkey"]
    assert other != turkey


def test_the_first_word_of_a_sentence_and_words_of_few_texts_say_nothing() -> None:
    forms, _ = train_word_cases.learn([_PRESS] * 2)
    assert forms == {}
    forms, _ = train_word_cases.learn([_PRESS] * 4)
    assert "later" not in forms
    assert list(train_word_cases.words_within("PRIME MINISTER OF CHAD MEETS ENVOYS OF KENYA IN ROME TODAY")) == []


def test_what_is_learnt_does_not_rest_on_the_table_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(capitals, "TABLE", tmp_path / "there_is_none.npz")
    capitals._table.cache_clear()
    try:
        assert train_word_cases.is_ordinary(_PRESS)
        assert not train_word_cases.is_ordinary(_PRESS.lower())
        assert not train_word_cases.is_ordinary(f"{_PRESS} {_PRESS[:200].upper()}")
    finally:
        capitals._table.cache_clear()


def test_the_table_restores_print_in_capitals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "press.jsonl.gz"
    with gzip.open(corpus, "wt", encoding="utf8") as lines:
        for _ in range(20):
            lines.write(json.dumps({"text": _PRESS}) + "\n")
        lines.write(json.dumps({"text": _PRESS.upper()}) + "\n")  # says nothing of letters
    assert len(list(train_word_cases.texts([corpus]))) == 20
    for module in (train_word_cases, capitals):
        monkeypatch.setattr(module, "TABLE", tmp_path / "word_cases.npz")
    capitals._table.cache_clear()
    try:
        monkeypatch.setattr(sys, "argv", ["train", str(corpus), "--evaluate"])
        train_word_cases.main()
        assert "the minister for farms said that Turkey" in capitals.restore(_PRESS.upper())
        said = capsys.readouterr().out
        assert float(said.split(" words: ")[1].split(" right")[0]) > 0.9
    finally:
        capitals._table.cache_clear()
