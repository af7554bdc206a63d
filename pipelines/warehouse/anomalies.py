"""Is this publication like those before? Warnings, never failures: news has its own ups and downs.

Compares the last row of the `runs` table with the rows before it.
"""

from __future__ import annotations

import polars as pl

DESCRIPTIONS = {
    "volume_is_usual": "Documents added, against the median of the last runs that added some; documents that went, against those before.",
    "yield_is_usual": "Events, figures and quotes a document among those added, against all documents before.",
    "quarantine_is_usual": "Share of the new input that was quarantined.",
}
# Enough runs, documents and rows for a comparison to mean something.
_RUNS, _LAST, _DOCUMENTS, _ROWS = 5, 20, 20, 10
_VOLUME, _YIELD, _QUARANTINE, _LOSS = 10.0, 2.0, 0.2, 0.05
_YIELDS = ("events_total", "financial_figures_total", "quotes_total")


def find(runs: pl.DataFrame) -> dict[str, str]:
    """What is unusual about the last run: name of a check -> what was seen and what to look at."""
    if runs.height < 2:
        return {}
    this, before = runs.row(-1, named=True), runs.head(-1)
    last = before.row(-1, named=True)
    found: dict[str, str] = {}
    added = this["documents_added"]
    volumes = before.filter(pl.col("documents_added") > 0)["documents_added"].tail(_LAST)
    usual = volumes.median()
    if added > 0 and len(volumes) >= _RUNS and isinstance(usual, float):
        if not usual / _VOLUME <= added <= usual * _VOLUME:
            found["volume_is_usual"] = (
                f"{added:,} documents came, {usual:,.0f} is usual. Look whether a source stopped, or came twice."
            )
    if -added >= _DOCUMENTS and -added > _LOSS * last["documents_total"]:
        found["volume_is_usual"] = (
            f"{-added:,} of {last['documents_total']:,} documents went with {this['files_removed']:,} removed files. "
            "Look whether a folder of raw files is missing; `newsledger rollback` returns to the version before."
        )
    if added >= _DOCUMENTS and last["documents_total"] >= _DOCUMENTS:
        for column in _YIELDS:
            if this[column] is None or last[column] is None:
                continue
            now = (this[column] - last[column]) / added
            earlier = last[column] / last["documents_total"]
            if last[column] >= _ROWS and not earlier / _YIELD <= now <= earlier * _YIELD:
                name = column.removesuffix("_total").replace("_", " ")
                text = f"{now:.2f} {name} a document, {earlier:.2f} is usual. Look at some of the new documents."
                found["yield_is_usual"] = f"{found.get('yield_is_usual', '')} {text}".strip()
    refused = this["quarantined"] - last["quarantined"]
    if refused >= _ROWS and refused / (refused + max(added, 0)) > _QUARANTINE:
        found["quarantine_is_usual"] = (
            f"{refused:,} of {refused + max(added, 0):,} new inputs were quarantined. `newsledger status` says why."
        )
    return found
