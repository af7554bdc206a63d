"""Writes the chart of what a run costs into README.md, from the last session of each size in `tests/measure/benchmark.csv`.

    python -m tests.measure.benchmark_table

The block between `<!-- benchmark -->` and `<!-- /benchmark -->` is made from the record alone.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import polars as pl

from pipelines.settings import project_folder

README = project_folder() / "README.md"
RECORD = Path(__file__).with_name("benchmark.csv")
BLOCK = re.compile(r"(<!-- benchmark -->\n).*?(<!-- /benchmark -->)", re.DOTALL)
_WIDTH = 24
_PARTS = ("whole run", "nothing new", "one more batch", "rule change", "reader change")


def table(record: Path = RECORD) -> str:
    """The block's Markdown, without the marks: parts of the largest size of the last session that ran whole."""
    rows = pl.read_csv(record, infer_schema_length=None)
    of_runs = rows.filter((pl.col("part") == "whole run") & pl.col("floor").is_not_null())
    if of_runs.is_empty():
        return "Not measured yet.\n"
    last = of_runs.row(of_runs.height - 1, named=True)
    session = rows.filter((pl.col("date") == last["date"]) & (pl.col("version") == last["version"]))
    found = {r["part"]: r for r in session.iter_rows(named=True) if r["documents"] == last["documents"]}
    found |= {r["part"]: r for r in session.iter_rows(named=True) if r["part"] == "one more batch"}
    shown = [found[part] for part in _PARTS if part in found] + [
        r for part, r in found.items() if part.startswith("step ")
    ]
    longest = max(r["seconds"] for r in shown)
    lines = [
        f"{last['date']}, {last['version']}, {last['machine']}, {last['cores']} cores (load {last['load']} from elsewhere): "
        f"{last['documents']:,} documents, {last['words']:,} words; {last['memory_gb']} GB of memory at most, "
        f"{last['disk_mb']:,.0f} MB on disk.",
        "",
        "| part | seconds by the clock | of processors | documents a second | beside its floor | |",
        "|---|---|---|---|---|---|",
    ]
    for r in shown:
        rate = (
            f"{r['documents'] / r['seconds']:,.1f}"
            if r["documents"] and r["seconds"] and r["part"] != "nothing new"
            else ""
        )
        floor = f"{r['seconds'] / r['floor_seconds']:.2f} × {r['floor']}" if r["floor_seconds"] else ""
        if r["processor"] and r["floor_processor"]:
            floor += f" (processor {r['processor'] / r['floor_processor']:.2f} ×)"
        processor = f"{r['processor']:,.1f}" if r["processor"] else ""
        bar = "█" * max(1, round(_WIDTH * r["seconds"] / longest))
        lines.append(
            f"| {r['part'].removeprefix('step ')} | {r['seconds']:,.1f} | {processor} | {rate} | {floor} | {bar} |"
        )
    return "\n".join(lines) + "\n"


def written(readme: str, record: Path = RECORD) -> str:
    """The page with its block made anew. Raises ValueError where it has none."""
    if not BLOCK.search(readme):
        raise ValueError("README.md has no block <!-- benchmark --> … <!-- /benchmark -->.")
    return BLOCK.sub(lambda m: m[1] + table(record) + m[2], readme)


def main(page: Path = README) -> None:
    """Write the page."""
    page.write_text(written(page.read_text(encoding="utf8")), encoding="utf8")
    sys.stdout.write(table())


if __name__ == "__main__":
    main()
