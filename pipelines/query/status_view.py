"""Draws the status on a console."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipelines import memory
from pipelines.query.status import Status
from pipelines.query.terminal import harmless

FILES_SHOWN = 5


def show(status: Status, console: Console) -> None:
    """Print what is loaded, what is new, what was quarantined and the last runs, and what to do next."""

    def line(text: str, style: str = "") -> None:
        console.print(Text(harmless(text), style=style), soft_wrap=not console.is_terminal)

    line("Warehouse", "bold")
    line(f"  {status.warehouse}")
    if status.running:
        follows = (
            "what follows is the version published before it" if status.published else "it is the first to publish"
        )
        line(f"  A run is going on ({status.running}): {follows}.")
    elif status.unfinished:
        line(f"  The last run ({status.unfinished}) did not come to its end: the next goes on from what it finished.")
        if memory.kills():
            told = memory.told()
            line(f"  Was it killed? {told[0].upper() + told[1:]}: try --workers 1, or a limit with more memory.")
    if status.published:
        _loaded(status, line)
    elif status.is_lost:
        line(
            "  The published version is not there any more (was its folder under versions/ removed?): `newsledger run` makes it anew."
        )
    elif status.is_other_folder:
        line(
            "  The folder has other files in it and no warehouse: name another with --warehouse, or `newsledger run` makes one there."
        )
    elif not status.running:
        line("  Nothing is loaded yet: `newsledger run` does it.")
    line("Raw files", "bold")
    line(f"  {status.raw}")
    if isinstance(status.raw, Path) and status.raw.is_file():
        line(f"  That is a file: --raw takes the folder that it lies in ({status.raw.parent}).")
    elif not status.raw_exists:
        line("  There is no such folder: make it and put files in, or name another with --raw.")
    elif not status.pending:
        line("  Nothing new: all files are loaded as they are." if status.published else "  The folder has no files.")
    else:
        for word, paths in (
            ("new", status.pending.new), ("changed", status.pending.changed), ("removed", status.pending.removed),
        ):  # fmt: skip
            if paths:
                more = f", … {len(paths) - FILES_SHOWN:,} more" if len(paths) > FILES_SHOWN else ""
                line(f"  {len(paths):,} {word}: {', '.join(paths[:FILES_SHOWN])}{more}")
        line("  `newsledger run` brings the warehouse up to date.")
    if status.published:
        line("Quarantine", "bold")
        if not status.quarantined:
            line("  Nothing was quarantined.")
        for q in status.quarantined:
            line(f"  {q['rows']:,} × {q['stage']}/{q['reason']}: {', '.join(q['examples'])}")
            if q["detail"]:
                line(f"      {q['detail']}", "dim")
    if status.published:
        line("Versions", "bold")
        others = [str(n) for n in status.versions if n != status.version]
        kept = f"; `newsledger rollback --to` can return to {', '.join(others)}" if others else ""
        line(f"  {status.version} is current{kept}")
    if status.checksums:
        line("Checksums (rows-sum; equal tables have equal ones, in whatever order and runs they were loaded)", "bold")
        for table, checksum in status.checksums.items():
            line(f"  {table:<18} {checksum}")
    if status.runs:
        line("Last runs", "bold")
    for run in status.runs:
        line(
            f"  {run['started_at']:%Y-%m-%d %H:%M} {run['status']} in {run['seconds']:.1f} s: "
            f"{run['documents_added']:+,} documents ({run['documents_total']:,} in all), files "
            f"{run['files_new']:,} new, {run['files_changed']:,} changed, {run['files_removed']:,} removed, "
            f"{run['quarantined']:,} in quarantine  [{run['run_id']}]"
        )


def _loaded(status: Status, line: object) -> None:
    assert callable(line)
    d = status.documents
    copies = f", {d['copies']:,} of them copies" if d["copies"] else ""
    span = f", {d['first_on']} to {d['last_on']}" if d["first_on"] else ""
    line(f"  {d['documents']:,} documents{copies}, {d['words']:,} words{span}")
    if d["in_other_languages"]:
        line(f"  {d['in_other_languages']:,} are in other languages than English: loaded, but not extracted from")
    if status.repeats:
        line(f"  {status.repeats:,} more records are the same as one of these in every field: loaded once")
    if status.publishers:
        line("  from " + ", ".join(f"{name} ({n:,})" for name, n in status.publishers))
    line("  " + ", ".join(f"{name} {n:,}" for name, n in status.tables.items() if name != "documents"))
