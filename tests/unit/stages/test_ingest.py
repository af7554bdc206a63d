"""Files against the ledger, records into bounded batches, repetition into learnt chrome."""

import json
import time
from pathlib import Path

import polars as pl
import pytest

from pipelines.progress import silent
from pipelines.reading import files
from pipelines.reading.records import Reason, Rejected
from pipelines.stages import changes, chrome, removals
from pipelines.stages.changes import Ingested
from pipelines.stages.ingest import ingest
from pipelines.stages.records import RECORDS, REPEATED
from pipelines.warehouse import ledger


def _ingest(raw: Path, warehouse: Path, documents: int = 100, accept_removed: bool = False) -> Ingested:
    return ingest(raw, warehouse, documents, 1_000_000, silent, accept_removed=accept_removed)


def _articles(path: Path, number: int) -> None:
    """A file of one article, like no other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": f"one-{number}", "text": f"Harbour {number} was opened by its mayor."}))


def _records(warehouse: Path, batch: str) -> pl.DataFrame:
    return pl.concat(pl.read_parquet(p) for p in sorted((warehouse / "batches" / batch / RECORDS).glob("*.parquet")))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    lines = [json.dumps({"id": n, "text": f"Article number {n} about ports."}) for n in range(10)]
    (folder / "ten.jsonl").write_text("\n".join(lines))
    return folder


def test_batches_are_bounded_and_hold_every_record_once(raw: Path, tmp_path: Path) -> None:
    found = _ingest(raw, tmp_path / "w", documents=4)
    sizes = [_records(tmp_path / "w", b).height for b in found.batches]
    assert sizes == [4, 4, 2]
    ids = pl.concat(_records(tmp_path / "w", b) for b in found.batches)["external_id"].to_list()
    assert ids == [str(n) for n in range(10)]


def test_the_same_content_gives_the_same_batches_and_ids(raw: Path, tmp_path: Path) -> None:
    one, two = _ingest(raw, tmp_path / "a"), _ingest(raw, tmp_path / "b")
    assert one.batches == two.batches
    first, second = (_records(tmp_path / w, one.batches[0]) for w in ("a", "b"))
    assert first["document_id"].to_list() == second["document_id"].to_list()


def test_nothing_is_read_twice(raw: Path, tmp_path: Path) -> None:
    _ingest(raw, tmp_path / "w")
    again = _ingest(raw, tmp_path / "w")
    assert (again.records, again.batches, again.unchanged, again.is_change) == (0, [], 1, False)


def test_a_copy_in_another_folder_is_no_second_reading(raw: Path, tmp_path: Path) -> None:
    (raw / "sub").mkdir()
    (raw / "sub" / "ten.jsonl").write_bytes((raw / "ten.jsonl").read_bytes())
    found = _ingest(raw, tmp_path / "w")
    assert found.records == 10
    assert ledger.read(tmp_path / "w").height == 2


def test_a_record_that_comes_again_is_kept_once_and_its_other_places_noted(raw: Path, tmp_path: Path) -> None:
    lines = (raw / "ten.jsonl").read_text().split("\n")
    (raw / "again.jsonl").write_text("\n".join([lines[3], lines[3], lines[5]]))
    found = _ingest(raw, tmp_path / "w")
    kept = _records(tmp_path / "w", found.batches[0])
    assert (found.records, kept.height, kept["document_id"].n_unique()) == (13, 10, 10)
    again = pl.read_parquet(tmp_path / "w" / "batches" / found.batches[0] / REPEATED)
    places = again.select(
        pl.col("content_key").str.split(":").list.last(), "record_index",
        pl.col("kept_content_key").str.split(":").list.last(), "kept_record_index",
    ).rows()  # fmt: skip
    assert places == [
        ("again.jsonl", 1, "again.jsonl", 0),
        ("ten.jsonl", 3, "again.jsonl", 0),
        ("ten.jsonl", 5, "again.jsonl", 2),
    ]


def test_a_file_of_refusals_alone_fills_batches_too(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.stages.records.MOST_HELD", 4)
    (raw / "ten.jsonl").write_text("[]\n" * 10)
    found = _ingest(raw, tmp_path / "w")
    assert (found.rejected, len(found.batches)) == (10, 3)


def test_a_batch_without_living_files_is_dropped(raw: Path, tmp_path: Path) -> None:
    first = _ingest(raw, tmp_path / "w")
    (raw / "ten.jsonl").unlink()
    _articles(raw / "other.jsonl", 10)
    found = _ingest(raw, tmp_path / "w")
    batches = tmp_path / "w" / "batches"
    assert (found.removed, found.dropped_batches) == (1, [])  # its texts may stand in the new file
    done = batches / found.batches[0] / "facts-0" / "stage.json"
    done.parent.mkdir()
    done.write_text("{}")
    assert {p.name for p in batches.iterdir()} == {*first.batches, *found.batches}
    _ingest(raw, tmp_path / "w")
    assert [p.name for p in batches.iterdir()] == found.batches


def test_an_empty_raw_folder_changes_nothing_until_it_is_accepted(raw: Path, tmp_path: Path) -> None:
    first = _ingest(raw, tmp_path / "w")
    before = ledger.read(tmp_path / "w")
    (raw / "ten.jsonl").unlink()
    with pytest.raises(removals.FilesGone, match=r"1 of the 1 files .*ten\.jsonl.*--accept-removed"):
        _ingest(raw, tmp_path / "w")
    assert ledger.read(tmp_path / "w").equals(before)
    assert [p.name for p in (tmp_path / "w" / "batches").iterdir()] == first.batches
    assert _ingest(raw, tmp_path / "w", accept_removed=True).dropped_batches == first.batches


def test_many_files_gone_at_once_are_believed_only_when_told(raw: Path, tmp_path: Path) -> None:
    for number in range(60):
        _articles(raw / f"year-{number % 2}" / f"{number}.jsonl", number)
    _ingest(raw, tmp_path / "w")
    (raw / "year-0").rename(raw / "renamed")
    assert _ingest(raw, tmp_path / "w").moved == 30
    (raw / "renamed").rename(tmp_path / "not mounted")
    with pytest.raises(removals.FilesGone, match="30 of the 61 files"):
        _ingest(raw, tmp_path / "w")
    for path in list((raw / "year-1").iterdir())[:9]:
        path.unlink()
    (tmp_path / "not mounted").rename(raw / "year-0")
    assert _ingest(raw, tmp_path / "w").removed == 39  # moved ones left their places


def test_another_raw_folder_is_refused_unless_it_holds_the_same_files(raw: Path, tmp_path: Path) -> None:
    _ingest(raw, tmp_path / "w")
    _articles(tmp_path / "trial" / "one.jsonl", 1)
    with pytest.raises(removals.FilesGone, match=f"read from {raw}.*--warehouse"):
        _ingest(tmp_path / "trial", tmp_path / "w")
    raw.rename(tmp_path / "moved")
    found = _ingest(tmp_path / "moved", tmp_path / "w")
    assert (found.unchanged, found.records, found.removed) == (1, 0, 0)
    _articles(raw / "one.jsonl", 1)
    with pytest.raises(removals.FilesGone, match=f"read from {tmp_path / 'moved'}"):
        _ingest(raw, tmp_path / "w")


def test_files_of_a_folder_that_cannot_be_listed_wait(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        _articles(raw / "shut" / "in" / f"{number}.jsonl", number)
    first = _ingest(raw, tmp_path / "w")
    refused = Rejected("shut", None, "read", Reason.UNREADABLE, "The folder cannot be listed.")
    there = [file for file in files.list_files(raw) if not file.source_path.startswith("shut/")]
    with monkeypatch.context() as patched:
        patched.setattr(changes, "list_files", lambda *_: iter([*there, refused]))
        found = _ingest(raw, tmp_path / "w")
    assert (found.removed, found.waiting, found.live_batches) == (0, 3, first.batches)
    assert "shut" in ledger.read(tmp_path / "w")["source_path"].to_list()
    again = _ingest(raw, tmp_path / "w")
    assert (again.records, again.live_batches) == (0, first.batches)


def test_what_a_published_version_rests_on_is_kept_and_a_file_that_comes_back_is_not_read_again(
    raw: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w"
    first = _ingest(raw, warehouse)
    about = warehouse / "versions" / "000001" / "version.json"
    about.parent.mkdir(parents=True)
    about.write_text(json.dumps({"batches": first.batches}))
    (raw / "ten.jsonl").rename(tmp_path / "away.jsonl")
    gone = _ingest(raw, warehouse, accept_removed=True)
    assert (gone.live_batches, gone.dropped_batches) == ([], [])
    (tmp_path / "away.jsonl").rename(raw / "ten.jsonl")
    back = _ingest(raw, warehouse)
    assert (back.records, back.live_batches) == (0, first.batches)

    (raw / "ten.jsonl").rename(tmp_path / "away.jsonl")
    about.unlink()
    assert _ingest(raw, warehouse, accept_removed=True).dropped_batches == first.batches
    (tmp_path / "away.jsonl").rename(raw / "ten.jsonl")
    assert _ingest(raw, warehouse).records == 10


def test_what_a_dead_run_left_is_cleared(raw: Path, tmp_path: Path) -> None:
    half = tmp_path / "w" / "batches" / ".00001.partial"
    half.mkdir(parents=True)
    _ingest(raw, tmp_path / "w")
    assert not half.exists()


def test_a_missing_raw_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--raw"):
        _ingest(tmp_path / "nowhere", tmp_path / "w")


def _press(raw: Path, articles: int, copies: int) -> None:
    notice = "Write to our desk about this article any time."
    rows = [
        {
            "id": f"{n}-{c}",
            "source": "Sample Press",
            "text": f"Port number {n} was opened today by its mayor.\n{notice}",
        }
        for n in range(articles)
        for c in range(copies)
    ]
    (raw / "press.jsonl").write_text("\n".join(json.dumps(r) for r in rows))


def test_a_paragraph_that_a_publisher_repeats_is_learnt(raw: Path, tmp_path: Path) -> None:
    _press(raw, articles=6, copies=1)
    _ingest(raw, tmp_path / "w", documents=4)
    learned = chrome.learn(tmp_path / "w")
    assert learned["source"].unique().to_list() == ["Sample Press"]
    assert learned["paragraph"].n_unique() == 1


def test_copies_of_one_article_teach_nothing(raw: Path, tmp_path: Path) -> None:
    _press(raw, articles=1, copies=8)
    _ingest(raw, tmp_path / "w")
    assert chrome.learn(tmp_path / "w").height == 0


@pytest.mark.slow
def test_many_small_files_cost_a_few_times_what_one_file_of_their_records_does(tmp_path: Path) -> None:
    """Processor time, so that a busy machine decides nothing; and a file costs no more where there are many."""
    texts = [f"Report {n}. The minister of Norway met {n} guests in Oslo." for n in range(6_000)]
    for name, some in (("first", texts[:10]), ("few", texts[:1_500]), ("many", texts)):
        (tmp_path / name).mkdir()
        for n, text in enumerate(some):
            (tmp_path / name / f"{n}.txt").write_text(text)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.jsonl").write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)))

    def seconds(name: str) -> tuple[float, int]:
        started = time.process_time()
        records = _ingest(tmp_path / name, tmp_path / f"{name} warehouse", 500).records
        return time.process_time() - started, records

    seconds("first")  # loads every format
    (few, _), (one, records), (many, read) = seconds("few"), seconds("one"), seconds("many")
    assert (records, read) == (6_000, 6_000)
    assert many < 6 * one
    assert many < 2 * 4 * few
