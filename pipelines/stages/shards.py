"""The tasks of the stages: one shard of a batch in, files of the next stage out.

Each function here is picklable, reads one part, writes its own deterministically named parts, aside and
renamed, and returns what it counted. A document that fails is put aside with its reason and the shard goes on.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.extract.document import extract_facts
from pipelines.extract.frames import FACT_SCHEMAS, FactRows
from pipelines.language.annotations import to_parse
from pipelines.language.parse import Article
from pipelines.language.storage import ANNOTATION_SCHEMA
from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.stages.ingest import REJECTED_SCHEMA
from pipelines.stages.limits import TookTooLong, limited, seconds_for
from pipelines.text.clean import clean
from pipelines.text.language import is_foreign, language_of
from pipelines.text.signature import signature
from pipelines.warehouse import files

DOCUMENT_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "content_key": pl.String(),
        "external_id": pl.String(),
        "source_path": pl.String(),
        "record_index": pl.Int64(),
        "publisher": pl.String(),
        "url": pl.String(),
        "title": pl.String(),
        "author": pl.String(),
        "published_on": pl.Date(),
        "published_on_basis": pl.String(),
        "dateline_place": pl.String(),
        "dateline_country": pl.String(),
        "language": pl.String(),
        "text": pl.String(),
        "text_sha256": pl.String(),
        "repairs": pl.List(pl.String()),
        "minhash": pl.Binary(),
        "shingles": pl.Int32(),
    }
)


@dataclass(frozen=True)
class Shard:
    """A task: where to read and where to write. `known_chrome` is for cleaning alone."""

    batch: str
    name: str
    source: Path
    aside: Path
    annotations: Path | None = None
    known_chrome: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def counted(self) -> Path:
        """Written last: where it is, the shard is done."""
        return self.aside / f"counted-{self.source.stem.removeprefix('part-')}.json"


@dataclass(frozen=True)
class Counted:
    """What a task did."""

    documents: int
    rejected: int
    rows: dict[str, int] = field(default_factory=dict)


def counted(function: Callable[[Shard], Counted], shard: Shard) -> Counted:
    """Run a task and leave its counts beside its files, so that an interrupted stage can go on."""
    result = function(shard)
    files.write_json(asdict(result), shard.counted)
    return result


def clean_shard(shard: Shard) -> Counted:
    """Records to clean documents: writes `part-NNN.parquet` and `rejected-NNN.parquet`."""
    documents: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    for row in pl.read_parquet(shard.source).iter_rows(named=True):
        record = RawRecord(**{f: row[f] for f in RawRecord.__dataclass_fields__ if f in row})
        try:
            with limited(seconds_for(len(record.content))):
                found = clean(record, shard.known_chrome)
        except TookTooLong:
            found = _too_long(row, "clean", len(record.content))
        except Exception as error:  # any document may hold what no rule foresaw: it must not stop the run
            found = _failed(row, "clean", error)
        if isinstance(found, Rejected):
            rejected.append(_rejected(row, found))
            continue
        minhash, shingles = signature(found.text)
        documents.append(
            {
                "document_id": row["document_id"],
                "content_key": row["content_key"],
                "external_id": row["external_id"],
                "source_path": row["source_path"],
                "record_index": row["record_index"],
                "publisher": found.publisher,
                "url": found.url,
                "title": found.title,
                "author": found.author,
                "published_on": found.published_on,
                "published_on_basis": found.published_on_basis,
                "dateline_place": found.dateline_place,
                "dateline_country": found.dateline_country,
                "language": language_of(found.text, found.language),
                "text": found.text,
                "text_sha256": hashlib.sha256(found.text.encode()).hexdigest(),
                "repairs": list(found.repairs),
                "minhash": minhash,
                "shingles": shingles,
            }
        )
    _write_rejected(rejected, shard)
    files.write_parquet(pl.DataFrame(documents, schema=DOCUMENT_SCHEMA), shard.aside / shard.source.name)
    return Counted(len(documents), len(rejected))


def annotate_shard(shard: Shard) -> Counted:
    """Clean documents to stored parses; what is in another language than English is not parsed, and so has no facts."""
    from pipelines.language.model import annotate  # loads spaCy: only where there is something to parse

    documents = pl.read_parquet(shard.source)
    documents = documents.filter(~pl.Series([is_foreign(code) for code in documents["language"]], dtype=pl.Boolean))
    pairs = list(zip(documents["document_id"], documents["text"], strict=True))
    rejected: list[dict[str, Any]] = []
    try:
        with limited(seconds_for(sum(len(text) for _, text in pairs))):
            rows = list(annotate(pairs))
    except (Exception, TookTooLong):  # one of them broke the parser: find it, keep the others
        rows = []
        for row in documents.iter_rows(named=True):
            try:
                with limited(seconds_for(len(row["text"]))):
                    rows += annotate([(row["document_id"], row["text"])])
            except TookTooLong:
                rejected.append(_rejected(row, _too_long(row, "annotate", len(row["text"]))))
            except Exception as error:
                rejected.append(_rejected(row, _failed(row, "annotate", error)))
    _write_rejected(rejected, shard)
    files.write_parquet(pl.DataFrame(rows, schema=ANNOTATION_SCHEMA), shard.aside / shard.source.name)
    return Counted(len(rows), len(rejected))


def extract_shard(shard: Shard) -> Counted:
    """Clean documents and their parses to facts: one file a table, `<table>-NNN.parquet`."""
    assert shard.annotations is not None
    articles = {row["document_id"]: row for row in pl.read_parquet(shard.source).iter_rows(named=True)}
    rejected: list[dict[str, Any]] = []
    gathered = FactRows()
    done = 0
    for annotation in pl.read_parquet(shard.annotations).iter_rows(named=True):
        row = articles[annotation["document_id"]]
        try:
            article = Article(**{f: row[f] for f in Article.__dataclass_fields__})
            parse = to_parse(article.text, annotation)
            with limited(seconds_for(len(article.text))):
                facts = extract_facts(article, parse)
            gathered.add(facts, parse)
            done += 1
        except TookTooLong:
            rejected.append(_rejected(row, _too_long(row, "extract", len(row["text"]))))
        except Exception as error:  # as in clean_shard
            rejected.append(_rejected(row, _failed(row, "extract", error)))
    _write_rejected(rejected, shard)
    frames = gathered.frames()
    number = shard.source.stem.removeprefix("part-")
    for table in FACT_SCHEMAS:
        files.write_parquet(frames[table], shard.aside / f"{table}-{number}.parquet")
    return Counted(done, len(rejected), {table: frame.height for table, frame in frames.items()})


def _failed(row: Mapping[str, Any], stage: str, error: Exception) -> Rejected:
    last = traceback.extract_tb(error.__traceback__)[-1]
    detail = (
        f"{type(error).__name__}: {str(error)[:300]} (in {last.name}, {Path(last.filename).name}:{last.lineno}). "
        "This is a fault of newsledger: please report it with the document. The other documents were loaded."
    )
    return Rejected(row["source_path"], row["record_index"], stage, "failed", detail)


def _too_long(row: Mapping[str, Any], stage: str, characters: int) -> Rejected:
    detail = (
        f"{characters:,} characters took more than {seconds_for(characters):,.0f} s of processor time in this stage. Is it an article, "
        "or data in one? The other documents were loaded."
    )
    return Rejected(row["source_path"], row["record_index"], stage, Reason.TOO_SLOW, detail)


def _rejected(row: Mapping[str, Any], found: Rejected) -> dict[str, Any]:
    return {
        "content_key": row["content_key"],
        "source_path": row["source_path"],
        "record_index": row["record_index"],
        "stage": found.stage,
        "reason": str(found.reason),
        "detail": found.detail,
    }


def _write_rejected(rows: list[dict[str, Any]], shard: Shard) -> None:
    number = shard.source.stem.removeprefix("part-")
    files.write_parquet(pl.DataFrame(rows, schema=REJECTED_SCHEMA), shard.aside / f"rejected-{number}.parquet")
