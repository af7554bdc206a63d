"""Forms of a warehouse's entities, counted once: those of batches that stand as they were lie in `state/identities`.

Each folder there, a segment, holds the forms of some batches. `identities.json` names the segments that count, with the digests of their
batches, and is put last: a run that dies leaves what was there. New batches make a new segment; small ones are merged into larger ones
up to a size, which are not written again. A segment of which a batch has changed or gone is dropped, and its other batches are counted anew.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.resolve import forms
from pipelines.resolve.forms import Forms
from pipelines.warehouse import files

FOLDER, NOTED = "identities", "identities.json"
# Batches that are counted at once, which bounds memory; and those of the largest segment that is still merged.
AT_ONCE, LARGEST = 64, 512
_TABLES = ("forms", "aliases", "reports", "mapped")
# Batches -> their entities, as `forms.count` takes them.
Entities = Callable[[Sequence[str]], pl.DataFrame]


@dataclass(frozen=True)
class _Segment:
    """`batches`: name -> digest."""

    name: str
    batches: dict[str, str]

    def read(self, folder: Path) -> Forms:
        return Forms(*(pl.read_parquet(folder / self.name / f"{table}.parquet") for table in _TABLES))


def known_forms(warehouse: Path, batches: Mapping[str, str], entities: Entities, version: str) -> Forms:
    """The forms of batches (name -> digest of all that decides their entities), of which only those are read that were not before.

    `version`: of the code that counts.
    """
    folder = warehouse / "state" / FOLDER
    noted = files.read_json(folder / NOTED) or {}
    segments = [_Segment(**one) for one in noted.get("segments", ())] if noted.get("version") == version else []
    standing = [one for one in segments if one.batches.items() <= batches.items()]
    counted = {batch for one in standing for batch in one.batches}
    new = [batch for batch in batches if batch not in counted]
    parts = [one.read(folder) for one in standing]
    now = list(standing)
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        now.append(_Segment(secrets.token_hex(8), {batch: batches[batch] for batch in some}))
        parts.append(forms.count(entities(some)))
        while len(now) > 1 and _merge(len(now[-2].batches), len(now[-1].batches)):
            now[-2:] = [_Segment(secrets.token_hex(8), now[-2].batches | now[-1].batches)]
            parts[-2:] = [forms.merged(parts[-2:])]
    if now != segments:
        _keep(folder, version, dict(zip((one.name for one in now), zip(now, parts, strict=True), strict=True)))
    return forms.joined(parts)


def _merge(before: int, last: int) -> bool:
    return before <= 2 * last and before + last <= LARGEST


def _keep(folder: Path, version: str, now: Mapping[str, tuple[_Segment, Forms]]) -> None:
    """Write segments that are not there yet, note all, and remove those that do not count any more."""
    for name, (_, counted) in now.items():
        if not (folder / name).is_dir():
            aside = folder / f".{name}{files.PARTIAL}"
            shutil.rmtree(aside, ignore_errors=True)
            for table in _TABLES:
                files.write_parquet(getattr(counted, table), aside / f"{table}.parquet")
            files.replace_folder(aside, folder / name)
    segments = [{"name": one.name, "batches": one.batches} for one, _ in now.values()]
    files.write_json({"version": version, "segments": segments}, folder / NOTED)
    for other in folder.iterdir():
        if other.is_dir() and other.name not in now:
            shutil.rmtree(other)
