"""What the parts of a run are held against: the libraries alone, on the same texts, models and number of processes.

- `parser`: spaCy's `nlp.pipe` over the paragraphs of the documents, nothing kept.
- `encoder`: the reader's 8-bit encoder over the windows of the documents, nothing made of its vectors.
- `tables`: DuckDB's `create table as` from the same Parquet files, no types, checks, comments or views.

Loading a model is not counted. Each function returns (seconds, processor seconds of all processes); seconds are those of the shards over the number of processes.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from pipelines.settings import Settings
from pipelines.stages import batch_folders
from pipelines.warehouse import ledger
from pipelines.warehouse.database import LOCKED, text_literal

Spent = tuple[float, float]


def _parse(part: tuple[Path, Path]) -> Spent:
    import spacy

    from pipelines.language.model import PARAGRAPH_BATCH, model_folder, paragraphs

    nlp = _once("spacy", lambda: spacy.load(model_folder()))
    parsed = pl.read_parquet(part[1], columns=["document_id"])
    texts = pl.read_parquet(part[0], columns=["document_id", "text"]).join(parsed, on="document_id", how="semi")["text"]
    pieces = [text[start:end] for text in texts for start, end in paragraphs(text)]
    return _spent(lambda: sum(len(doc) for doc in nlp.pipe(pieces, batch_size=PARAGRAPH_BATCH)))


def _encode(reader: str, part: tuple[Path, Path]) -> Spent:
    from pipelines.language.annotations import to_parse
    from pipelines.reader.interface import load_reader
    from pipelines.reader.read import MOST_WORDS, EncoderReader
    from pipelines.reader.windows import windows_of

    reading = load_reader(reader)
    assert isinstance(reading, EncoderReader), "the floor of a reader is its encoder: NEWSLEDGER_READER=none has none"
    pieces, encoder = reading._pieces, reading._encoder
    texts = dict(pl.read_parquet(part[0], columns=["document_id", "text"]).iter_rows())
    windows = [
        window.pieces
        for row in pl.read_parquet(part[1]).iter_rows(named=True)
        for window in windows_of(to_parse(texts[row["document_id"]], row), pieces, reading._sizes)
        if window.first < MOST_WORDS
    ]
    return _spent(lambda: [encoder.run(window) for window in windows])


def parser(warehouse: Path, settings: Settings) -> Spent:
    """Bare `nlp.pipe` over what was parsed."""
    return _over(_parse, warehouse, settings)


def encoder(warehouse: Path, settings: Settings) -> Spent:
    """The bare encoder over what was read."""
    return _over(partial(_encode, settings.reader), warehouse, settings)


def tables(files: Path, database: Path) -> Spent:
    """Bare `create table as` from `<files>/<table>.parquet` into a new database."""

    def make() -> None:
        with duckdb.connect(str(database), config=LOCKED) as con:
            for file in sorted(files.glob("*.parquet")):
                con.execute(f"create table {file.stem} as select * from read_parquet({text_literal(str(file))})")

    return _spent(make)


def _over(function: Callable[[tuple[Path, Path]], Spent], warehouse: Path, settings: Settings) -> Spent:
    """A function over all shards, in as many processes as a run has."""
    live = ledger.live_batches(ledger.read(warehouse))
    shards = [
        (part, folders.annotations.path / part.name)
        for folders in batch_folders.folders_of(warehouse, live, settings.reader).values()
        for part in folders.documents.parts()
    ]
    with ProcessPoolExecutor(settings.workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        spent = list(pool.map(function, shards))
    return sum(wall for wall, _ in spent) / settings.workers, sum(cpu for _, cpu in spent)


_loaded: dict[str, object] = {}


def _once[Model](name: str, load: Callable[[], Model]) -> Model:
    if name not in _loaded:
        _loaded[name] = load()
    return _loaded[name]  # type: ignore[return-value]


def _spent(work: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu
