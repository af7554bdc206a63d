"""Takes out of an environment what the main job never opens: other packages' tests, C sources, source maps, debugging symbols.

    python deploy/slim.py [SITE_PACKAGES]

`make install` runs it after it has installed the locked packages. Files are replaced or removed, never changed in place: uv links
them to its cache. Where `strip` (binutils) is not installed, symbols stay. Nothing that is loaded changes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

SOURCES = {".c", ".cc", ".cpp", ".h", ".hpp", ".pyx", ".a", ".map"}
# Wheels whose modules carry their symbols: half of their size. Those that were patched after linking (`*.libs`) are left.
WITH_SYMBOLS = (
    "spacy", "thinc", "blis", "cymem", "preshed", "murmurhash", "srsly", "uvloop", "zstandard", "_polars_runtime_32",
    "dataframely",
)  # fmt: skip


def slim(site: Path) -> int:
    """Slim a site-packages folder; returns the bytes it lost."""
    before = _size(site)
    for folder in [p for p in site.rglob("tests") if p.is_dir()]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in [p for p in site.rglob("*") if p.suffix in SOURCES and p.is_file()]:
        file.unlink()
    if strip := shutil.which("strip"):
        for package in WITH_SYMBOLS:
            for file in sorted((site / package).rglob("*.so")):
                _strip(strip, file)
    return before - _size(site)


def _strip(strip: str, file: Path) -> None:
    """Replace a module by one without symbols; it stays as it is where strip refuses it."""
    aside = file.with_suffix(".stripped")
    done = subprocess.run([strip, "--strip-unneeded", "-o", str(aside), str(file)], capture_output=True, check=False)  # noqa: S603 - binutils, our own files
    if done.returncode == 0:
        aside.replace(file)
    else:
        aside.unlink(missing_ok=True)


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


if __name__ == "__main__":
    place = Path(sys.argv[1] if len(sys.argv) > 1 else sysconfig.get_path("purelib"))
    sys.stdout.write(f"{slim(place) / 1e6:.0f} MB less in {place}\n")
