"""Files that were read and are not there any more: whether to believe that they were removed, and what is kept of them.

A folder that is not mounted, or another one named by mistake, looks like one whose files were all removed. Parses are the expensive part
of a warehouse, so that is refused, and what was read of a removed file is kept as long as a published version rests on it: the file
that comes back is not read again.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from pipelines.errors import Explained
from pipelines.reading.raw_place import RawPlace
from pipelines.reading.sources import EVERYTHING, Sources
from pipelines.warehouse import files, ledger, versions

# So few files, of a folder that holds others, are what somebody removes by hand; of more, not above a share of those known.
FEW, LARGEST_SHARE = 10, 0.2
_EXAMPLES = 3


class FilesGone(Explained):
    """More of the raw files are gone than anybody would take for removed; the text says which and how to say that they are."""


def check(
    warehouse: Path, raw: RawPlace, known: int, gone: Collection[str], found: int, sources: Sources = EVERYTHING
) -> None:
    """Raise FilesGone where the files that are gone look like a wrong or missing folder.

    `known`: how many files the ledger has; `gone`: paths of those that are not there, moved ones left out; `found`: how many files
    are there; all three below `sources`. From the folder that was read before, all but `FEW` or `LARGEST_SHARE` must be there, and not nothing; from another one, all.
    """
    before = files.read_json(_root(warehouse))
    is_another = before is not None and before["raw"] != str(raw)
    is_much = not found or (len(gone) >= FEW and len(gone) > LARGEST_SHARE * known)
    if not gone or not (is_another or is_much):
        return
    examples = ", ".join(sorted(gone)[:_EXAMPLES]) + (", …" if len(gone) > _EXAMPLES else "")
    counts = f"{len(gone):,} of the {known:,} files" + (f" (of {sources})" if sources else "")
    if is_another:
        raise FilesGone(
            f"{counts} of the warehouse {warehouse} are not in {raw} ({examples}): it was read from {before['raw']}. Nothing was changed. "
            "Name another warehouse with --warehouse for other files. If they are to leave this one, run once with --accept-removed."
            + (
                " If the folder has moved, run once over all sources (`newsledger run`): the new place is noted then."
                if sources
                else ""
            )
        )
    raise FilesGone(
        f"{counts} that the warehouse {warehouse} was read from are gone from {raw} ({examples}). Nothing was changed. "
        "Is everything mounted, and are permissions right? If they were removed on purpose, run once with --accept-removed."
    )


def note_root(warehouse: Path, raw: RawPlace) -> None:
    """Remember which raw folder the warehouse is read from."""
    if (files.read_json(_root(warehouse)) or {}).get("raw") != str(raw):
        files.write_json({"raw": str(raw)}, _root(warehouse))


def kept_rows(warehouse: Path) -> pl.DataFrame:
    """Rows of the ledger of removed files, those of which every batch is still there."""
    path = _kept(warehouse)
    if not path.exists():
        return ledger.SCHEMA.to_frame()
    rows = pl.concat([ledger.SCHEMA.to_frame(), pl.read_parquet(path)], how="diagonal")
    there = [p.name for p in (warehouse / "batches").iterdir()]
    return rows.filter(pl.col("batches").list.eval(pl.element().is_in(there)).list.all())


def keep_rows(warehouse: Path, known: pl.DataFrame, live: pl.DataFrame) -> None:
    """Add rows of the ledger `known` that are not in the next one, `live`; forget those whose content is there again or whose batches
    are not."""
    added = known.filter(pl.col("content_key").is_not_null())
    before = kept_rows(warehouse)
    rows = (
        pl.concat([before, added])
        .unique("content_key", keep="last", maintain_order=True)
        .join(live, on="content_key", how="anti", maintain_order="left")
    )
    if not rows.equals(before) or (rows.height == 0 and _kept(warehouse).exists()):
        files.write_parquet(rows, _kept(warehouse))


def batches_of_versions(warehouse: Path) -> set[str]:
    """Batches that published versions on disk were made from: what a return to one of them would need again."""
    return {batch for version in versions.all_versions(warehouse) for batch in version.about().get("batches", ())}


def _root(warehouse: Path) -> Path:
    return warehouse / "state" / "raw.json"


def _kept(warehouse: Path) -> Path:
    return warehouse / "state" / "removed.parquet"
