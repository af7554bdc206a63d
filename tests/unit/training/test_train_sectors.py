"""Purposes that were written to be learnt: read, checked, and learnt from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.extract.money.purpose_model import Told
from training import train_sectors

PURPOSES = Path("training/labels/purposes.tsv")


def test_each_purpose_of_ours_stands_in_its_sentence_once() -> None:
    found = list(train_sectors.purposes([PURPOSES]))
    assert len(found) > 1000
    assert len({(e.told.purpose, e.told.sentence) for e in found}) == len(found)


@pytest.mark.parametrize(
    "line",
    [
        "311\tirrigation pumps\tJapan lent $3 million for pumps.",
        "999\tpumps\tJapan lent $3 million for pumps.",
        "311 pumps",
    ],
)
def test_a_row_that_cannot_be_learnt_is_told_by_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "purposes.tsv"
    file.write_text(f"# sector, purpose, sentence\n\n{line}\n", encoding="utf8")
    with pytest.raises(ValueError, match="line 3"):
        list(train_sectors.purposes([file]))


def test_words_of_purposes_are_learnt(tmp_path: Path) -> None:
    file = tmp_path / "purposes.tsv"
    rows = [
        ("311", "cattle vaccines"),
        ("311", "vaccines for cattle"),
        ("120", "nurses for clinics"),
        ("120", "clinics and nurses"),
        ("210", "roads and bridges"),
        ("210", "bridges for roads"),
    ]
    file.write_text("".join(f"{c}\t{p}\tThe money is for {p}.\n" for c, p in rows), encoding="utf8")
    examples = train_sectors.with_and_without(list(train_sectors.purposes([file])))
    assert len(examples) == 12
    found = train_sectors.as_model(train_sectors.fit(examples)).sector(
        Told("the cattle of herders", "It is for the cattle of herders.")
    )
    assert found is not None
    assert found[0] == "311"
