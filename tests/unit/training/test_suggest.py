"""What to label next: where the reader doubts, many kinds of doubt, no two alike, nothing that is labelled."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from pipelines.extract.cuts import CUTS
from pipelines.reader.interface import READING_SCHEMA, to_row
from pipelines.reader.readings import AmountReading, Choice, Link, Reading, TriggerReading
from pipelines.text.signature import signature
from tests import small_warehouse as small
from training.reader.suggest import Candidate, choose, doubt, doubts_of, main

_SURE = Choice("actual", 0.99, "planned", 0.01)


def _trigger(kind: str, p: float, second: float = 0.0, source: float = 0.99, recipient: float = 0.99) -> TriggerReading:
    links = (Link("source", 1, source), Link("recipient", 3, recipient))
    return TriggerReading(2, p, Choice(kind, 1 - second, "COERCE", second), _SURE, _SURE, links)


def _amount(kind: str, p: float, payer: float) -> AmountReading:
    stage = Choice("committed", 1.0, "pledged", 0.0)
    return AmountReading(
        4, Choice(kind, p, "other", 1 - p), stage, _SURE, (Link("payer", 1, payer), Link("payee", 3, 0.99))
    )


def _candidate(
    name: str, doubts: dict[str, float], words: int = 100, publisher: str = "a", text: str = ""
) -> Candidate:
    told = text or " ".join(f"{name}{n}" for n in range(40))
    return Candidate(name, name, publisher, words, signature(told)[0], doubts)


def test_doubt_is_largest_in_the_middle() -> None:
    assert doubt(0.5) == 1
    assert doubt(0.0) == doubt(1.0) == 0


def test_what_is_settled_gives_no_doubt_to_speak_of() -> None:
    settled = Reading((_trigger("ASSAULT", 0.999),), (_amount("trade", 1.0, 0.99),))
    assert sum(doubts_of(settled, {}).values()) < 0.1
    assert doubts_of(Reading((_trigger("ASSAULT", 0.05),)), {}) == {}


def test_each_kind_of_doubt_is_told_apart() -> None:
    assert doubts_of(Reading((_trigger("ASSAULT", 0.5),)), {})["event ASSAULT"] == pytest.approx(1)
    type_ = doubts_of(Reading((_trigger("ASSAULT", 1.0, second=0.5),)), {})
    assert type_["type ASSAULT"] == pytest.approx(1)
    sides = doubts_of(Reading((_trigger("ASSAULT", 1.0, recipient=CUTS.recipient),)), {})
    assert sides["sides ASSAULT"] > 0.5
    assert "type ASSAULT" not in sides
    money = doubts_of(Reading((), (_amount("aid", 0.5, CUTS.payer),)), {})
    assert money["money kind"] == pytest.approx(2)
    assert money["money ends"] > 0.7
    assert "money ends" not in doubts_of(Reading((), (_amount("price", 0.5, CUTS.payer),)), {})


def test_rare_types_weigh_more() -> None:
    reading = Reading((_trigger("RETREAT", 0.5),))
    assert doubts_of(reading, {"RETREAT": 3.0})["event RETREAT"] == 3 * doubts_of(reading, {})["event RETREAT"]


def test_much_doubt_in_few_words_comes_first_and_kinds_take_turns() -> None:
    found = choose(
        [
            _candidate("a", {"sides CONSULT": 4.0}),
            _candidate("b", {"sides CONSULT": 3.9}),
            _candidate("c", {"money ends": 2.0}, publisher="b"),
            _candidate("long", {"sides CONSULT": 4.0}, words=900),
        ],
        3,
    )
    assert [one.document_id for one, _ in found] == ["a", "c", "b"]
    assert [added for _, added in found] == sorted((added for _, added in found), reverse=True)


def test_no_two_are_alike_and_none_is_like_what_is_labelled() -> None:
    text = " ".join(f"word{n}" for n in range(60))
    one, copy = _candidate("a", {"x": 2.0}, text=text), _candidate("b", {"x": 1.9}, text=text + " more")
    other = _candidate("c", {"x": 0.1})
    assert [c.document_id for c, _ in choose([copy, other, one], 3)] == ["a", "c"]
    assert [c.document_id for c, _ in choose([copy, other], 3, known=[one.minhash])] == ["c"]


def test_the_order_of_the_documents_does_not_matter() -> None:
    some = [_candidate(f"d{n}", {f"k{n % 5}": 1 + n % 7 / 3}, words=80 + n, publisher=f"p{n % 3}") for n in range(40)]
    first = choose(some, 15)
    assert len(first) == 15
    assert choose(list(reversed(some)), 15) == first


def _with_readings(tmp_path: Path) -> Path:
    warehouse = small.build(tmp_path / "w")
    batch = warehouse / "batches" / "b1"
    for stage, frame in {
        "documents-1": pl.DataFrame({"document_id": [small.DOC], "minhash": [signature(small.TEXT)[0]]}),
        "readings-1": pl.DataFrame([to_row(small.DOC, Reading((_trigger("AID", 0.5),)))], schema=READING_SCHEMA),
    }.items():
        (batch / stage).mkdir(parents=True)
        frame.write_parquet(batch / stage / "part-000.parquet")
        (batch / stage / "stage.json").write_text(json.dumps({}), encoding="utf8")
    return warehouse


def test_the_command_lists_documents_and_why(tmp_path: Path) -> None:
    warehouse, out = _with_readings(tmp_path), tmp_path / "out.tsv"
    assert main([str(warehouse), str(out), "--least", "1", "--known"]) == 0
    header, line = (row.split("\t") for row in out.read_text(encoding="utf8").splitlines())
    told = dict(zip(header, line, strict=True))
    assert (told["document_id"], told["external_id"]) == (small.DOC, "wire/border.txt")
    assert told["why"].startswith("event AID 1.0")


def test_labelled_documents_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse, known = _with_readings(tmp_path), tmp_path / "documents.tsv"
    known.write_text("wire/border.txt\t120\n", encoding="utf8")
    assert main([str(warehouse), str(tmp_path / "out.tsv"), "--least", "1", "--known", str(known)]) == 0
    assert "0 of 0 documents" in capsys.readouterr().out


def test_a_warehouse_without_readings_says_so(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no readings"):
        main([str(warehouse), str(tmp_path / "out.tsv")])
