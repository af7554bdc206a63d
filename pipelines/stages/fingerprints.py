"""Fingerprints: short hashes of the code, data and model that a stage's result depends on."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def digest(*parts: object) -> str:
    """12 hex digits over the parts."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=6).hexdigest()


@cache
def code_version(*places: str) -> str:
    """Version of the code and reference data under the given places of the package, by their content.

    Taken from the files and not from a number that somebody must remember to raise: a changed rule
    or list re-runs its stage, always; a changed comment does so too, which for rules is cheap.
    """
    found = hashlib.blake2b(digest_size=6)
    for place in places:
        path = PACKAGE / place
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if file.suffix in {".py", ".csv", ".npz", ".json"}:
                found.update(file.relative_to(PACKAGE).as_posix().encode())
                found.update(file.read_bytes())
    return found.hexdigest()
