"""What extraction costs beside the parse, on the same corpus articles in one process.

    python -m tests.measure.extraction_cost [--characters 300000] [--shared DIR] [--corpus NAME ...] [--profile FILE]

Takes articles drawn from each corpus, cleaned as the pipeline cleans them, and works shard by shard as the pipeline does:
parses a shard, then extracts it, so that both feel the same load of the machine. Times are of the processor, not of
the clock, and shown as shares of the parse's time: `loading` turns stored parses into trees, `rows` facts into frames.
Phrases and pronouns are read when the first extractor asks for them, which counts them there.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl

from pipelines.extract import document
from pipelines.extract.frames import FactRows
from pipelines.language.annotations import to_parse
from pipelines.language.model import annotate
from pipelines.language.parse import Article
from pipelines.language.storage import ANNOTATION_SCHEMA
from pipelines.reading.records import RawRecord
from pipelines.settings import project_folder
from pipelines.stages.records import SHARD_DOCUMENTS
from pipelines.text.clean import CleanDocument, clean

CORPORA = ("reuters21578", "allsides", "news_please_clusters", "nltk_ieer", "muc34", "congress_record")
EXTRACTORS = ("find_time_expressions", "find_actors", "find_quotes", "find_figures", "find_quantities", "find_events")


def articles_of(path: Path, characters: int, seed: int = 0) -> list[Article]:
    """Articles drawn from a corpus until they hold so many characters, cleaned."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(rows)
    found: list[Article] = []
    for row in rows:
        if sum(len(a.text) for a in found) >= characters:
            break
        told = row.get("published_on")
        day = date.fromisoformat(told) if told else None
        cleaned = clean(
            RawRecord(
                source_path=path.name, record_index=0, external_id=row["id"], title=row.get("title"), published_on=day, published_on_basis="metadata" if day else None, url=None, publisher=row.get("source"),
                author=None, language=None, content=row["text"], content_type="text",
            )
        )  # fmt: skip
        if isinstance(cleaned, CleanDocument):
            told_of = {f: getattr(cleaned, f) for f in Article.__dataclass_fields__ if f != "document_id"}
            found.append(Article(row["id"], **told_of))
    return found


def stored(articles: list[Article]) -> pl.DataFrame:
    """The parses of articles as the warehouse keeps them."""
    return pl.DataFrame(
        list(annotate((a.document_id, a.text) for a in articles)), schema=ANNOTATION_SCHEMA, orient="row"
    )


class Clock:
    """Processor seconds by what they were spent on."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed[**P, R](self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        """The function, its time counted."""

        def inner(*args: P.args, **kwargs: P.kwargs) -> R:
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[name] += time.process_time() - started

        return inner

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Counts each extractor's time by itself while it lasts."""
        patches = [
            patch.object(document, name, self.timed(name.removeprefix("find_"), getattr(document, name)))
            for name in EXTRACTORS
        ]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()


def extracted(articles: list[Article], annotations: pl.DataFrame, clock: Clock) -> dict[str, pl.DataFrame]:
    """Facts of a shard, as `stages.extraction.extract_shard` makes them."""
    rows = FactRows()
    load = clock.timed("loading", to_parse)
    add = clock.timed("rows", rows.add)
    for article, annotation in zip(articles, annotations.iter_rows(named=True), strict=True):
        parse = load(article.text, annotation)
        add(document.extract_facts(article, parse), parse)
    return clock.timed("rows", rows.frames)()


def measure(articles: list[Article], profile: cProfile.Profile | None = None) -> Counter[str]:
    """Seconds of the parse, of each extractor and of all extraction, over articles of one corpus."""
    clock = Clock()
    for first in range(0, len(articles), SHARD_DOCUMENTS):
        shard = articles[first : first + SHARD_DOCUMENTS]
        annotations = clock.timed("parse", stored)(shard)
        with clock.watching():
            if profile is not None:
                profile.enable()
            clock.timed("all", extracted)(shard, annotations, clock)
            if profile is not None:
                profile.disable()
        clock.seconds["tokens"] += sum(map(len, annotations["token"]))
    return clock.seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--characters", type=int, default=300_000, help="of each corpus")
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA))
    parser.add_argument("--profile", type=Path, help="where to leave a profile of extraction (slows it down)")
    options = parser.parse_args()
    profile = cProfile.Profile() if options.profile else None
    corpora: dict[str, list[Article]] = {
        name: articles_of(options.shared / "corpus" / f"{name}.jsonl.gz", options.characters) for name in options.corpus
    }
    # The models and the reference lists are read once a process, whatever it has to do.
    measure([article for articles in corpora.values() for article in articles[:8]])
    names = ("all", "loading", *(n.removeprefix("find_") for n in EXTRACTORS), "rows")
    sys.stdout.write(
        f"{'% of the parse':22} {'tokens':>8} {'parse s':>8}" + "".join(f"{n[:9]:>10}" for n in names) + "\n"
    )
    total: Counter[str] = Counter()
    for corpus, articles in corpora.items():
        seconds = measure(articles, profile)
        total += seconds
        _show(corpus, seconds, names)
    _show("all", total, names)
    if profile is not None:
        profile.dump_stats(options.profile)


def _show(corpus: str, seconds: Counter[Any], names: tuple[str, ...]) -> None:
    shares = "".join(f"{100 * seconds[n] / seconds['parse']:10.1f}" for n in names)
    sys.stdout.write(f"{corpus:22} {seconds['tokens']:8} {seconds['parse']:8.1f}{shares}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
