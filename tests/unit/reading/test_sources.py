"""Folders below raw as sources: which paths are of them, asked one by one and of whole columns, and which files are listed."""

from pathlib import Path

import polars as pl
import pytest
from upath import UPath

from pipelines.reading.files import RawFile, list_files
from pipelines.reading.sources import EVERYTHING, Sources, source_path

PATHS = ["loose.txt", "wires/a.txt", "wires/agency/b.txt", "wiresale/c.txt", "archive/2001/d.txt"]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Norway gave Chad a road.")
    return tmp_path


@pytest.mark.parametrize(
    ("sources", "held"),
    [
        (EVERYTHING, PATHS),
        (Sources(("wires",)), ["wires/a.txt", "wires/agency/b.txt"]),
        (Sources(("wires",), ("wires/agency",)), ["wires/a.txt"]),
        (Sources(("wires/agency", "archive")), ["wires/agency/b.txt", "archive/2001/d.txt"]),
        (Sources(but=("wires", "archive")), ["loose.txt", "wiresale/c.txt"]),
        (Sources(("nowhere",)), []),
    ],
)
def test_a_source_is_what_lies_below_its_folder(raw: Path, sources: Sources, held: list[str]) -> None:
    assert [path for path in PATHS if sources.has(path)] == held
    assert pl.DataFrame({"source_path": PATHS}).filter(sources.of_rows())["source_path"].to_list() == held
    assert [f.source_path for f in list_files(raw, sources)] == sorted(held)


def test_objects_of_a_store_are_listed_by_source() -> None:
    raw = UPath("memory://sources-of-news")
    for path in PATHS:
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_text("Norway gave Chad a road.")
    found = [f.source_path for f in list_files(raw, Sources(("wires",), ("wires/agency",)))]
    assert found == ["wires/a.txt"]


def test_a_folder_that_is_not_looked_at_may_be_shut(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.reading import files

    listed: list[bytes] = []
    real = files._entries

    def noted(folder: bytes) -> object:
        listed.append(folder.removeprefix(bytes(raw)).lstrip(b"/"))
        return real(folder)

    monkeypatch.setattr(files, "_entries", noted)
    found = list(list_files(raw, Sources(("wires/agency",))))
    assert [type(f) for f in found] == [RawFile]
    assert listed == [b"", b"wires", b"wires/agency"]


@pytest.mark.parametrize("wrong", ["", "/etc", "../other", "wires/../..", "  "])
def test_what_is_no_folder_below_raw_is_told(wrong: str) -> None:
    with pytest.raises(ValueError, match="no folder below the raw folder"):
        source_path(wrong)


def test_a_source_is_told_in_one_form() -> None:
    assert source_path(" wires//agency/ ") == source_path("./wires/agency") == "wires/agency"
