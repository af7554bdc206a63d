"""How making flows grows with the warehouse, step by step, and what parting it by donor and recipient could save of it.

    python -m tests.measure.flow_growth WAREHOUSE [--times 1 5]

Takes figures, documents and actors of a published warehouse (`publishing --keep` leaves one), so many times over: each copy has ids, days and amounts of its
own, and the donors and recipients of the first, as in an archive that grows. Prints processor seconds of each step and the most memory that the
process held, and, for a batch of the last 200 documents, the share of reports whose donor and recipient it names: all others could at best be taken over.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from pipelines.reference.roles import is_office
from pipelines.resolve.flows import purposes, reports
from pipelines.resolve.flows.build import grouped_reports
from pipelines.resolve.flows.decision import score
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.flow_rows import flow_rows, with_wholes
from pipelines.resolve.flows.grouping import group
from pipelines.resolve.flows.report_rows import report_rows
from pipelines.resolve.flows.reports import may_be_of_flow
from pipelines.warehouse import versions

BATCH = 200
_DAYS_APART, _OTHER_SUMS = 31, 1.017
_IDS = ("figure_id", "part_of_figure_id", "document_id")


def _copies(frame: pl.DataFrame, times: int) -> pl.DataFrame:
    """Rows so many times over, each time with ids, days and sums of their own."""

    def copied(copy: int) -> pl.DataFrame:
        changed = [pl.col(name) + f"-{copy}" for name in _IDS if name in frame.columns]
        changed += [
            pl.col(name).dt.offset_by(f"{copy * _DAYS_APART}d")
            for name in frame.columns
            if frame.schema[name] == pl.Date
        ]
        for name in (name for name in frame.columns if name.startswith("amount")):
            other = (pl.col(name).cast(pl.Float64) * _OTHER_SUMS**copy).round(0).cast(frame.schema[name])
            changed.append(other.alias(name))
        return frame.with_columns(changed)

    return pl.concat([frame, *(copied(copy) for copy in range(1, times))])


def measure(warehouse: Path, times: int) -> dict[str, object]:
    """Processor seconds of each step of making the flows of a warehouse's figures, so many times over."""
    version = versions.current(warehouse)
    assert version is not None, f"{warehouse} has no published version"
    tables = version.tables

    def table(name: str) -> pl.LazyFrame:
        path = tables / f"{name}.parquet"
        return pl.scan_parquet(path / "*.parquet" if path.is_dir() else path)

    figures = _copies(table("financial_figures").filter(may_be_of_flow()).collect(), times)
    documents = _copies(
        table("documents").select("document_id", "publisher", "published_on", "duplicate_of").collect(), times
    )
    actors = table("actors").collect()
    roles = table("mentions").select("actor_id", "role").drop_nulls().unique().collect()
    officials = roles.filter(roles["role"].map_elements(is_office, return_dtype=pl.Boolean))["actor_id"].unique()
    cost: dict[str, float] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        used = time.process_time()
        yield
        cost[step] = round(time.process_time() - used, 2)

    with timed("read"):
        named = purposes.states_named(figures, actors)
        ends = Ends(actors, officials, frozenset(named["iso3"]))
        cities = pl.DataFrame(schema={"document_id": pl.String, "actor_id": pl.String, "city": pl.String})
        rows, _ = reports.read(figures, documents, ends, named, cities)
    with timed("score"):
        scored = score(rows)
    with timed("group"):
        group(rows.height, scored)
    with timed("all after read"):
        grouped = grouped_reports(rows)
        groups = with_wholes(grouped.summaries, grouped.tree)
        flows = flow_rows(groups)
        report_rows(groups, rows["figure_id"], grouped.scored, grouped.groups)
    newest = documents.sort("published_on", nulls_last=True)["document_id"].tail(BATCH)
    figure_documents = figures.select("figure_id", "document_id")
    of_newest = rows.join(figure_documents, on="figure_id").filter(pl.col("document_id").is_in(newest.implode()))
    pairs = ["donor", "recipient"]
    touched = rows.join(of_newest.select(pairs).unique(), on=pairs, how="semi", nulls_equal=True).height
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "documents": documents.height, "figures": figures.height, "reports": rows.height, "pairs": len(scored.small), "flows": flows.height,
        "processor": cost, "memory_gb": round(memory, 2), "named_by_a_batch": round(touched / max(rows.height, 1), 3),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--times", type=int, nargs="*", default=[1, 5])
    options = parser.parse_args()
    for times in options.times:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
            cost = alone.submit(measure, options.warehouse, times).result()
        sys.stdout.write(json.dumps(cost) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
