"""Sources: folders below the raw folder that are looked at, and loaded, on their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Sources:
    """Folders below raw that a run looks at: those of `only`, or everything where it is empty, without those of `but`.

    Paths have forward slashes and none at their ends (`wires`, `wires/agency`).
    """

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a file, or all of a folder, is looked at."""
        return (not self.only or _is_below(path, self.only)) and not _is_below(path, self.but)

    def may_hold(self, folder: str) -> bool:
        """Whether something below a folder may be looked at."""
        return self.has(folder) or any(_is_below(only, (folder,)) for only in self.only if self.has(only))

    def of_rows(self, column: str = "source_path") -> pl.Expr:
        """`has` of a column of paths."""
        import polars as pl  # settings name sources too, and a command that only tells of itself need not wait for it

        def below(folders: tuple[str, ...]) -> pl.Expr:
            return pl.any_horizontal(
                pl.lit(value=False), *((path == f) | path.str.starts_with(f"{f}/") for f in folders)
            )

        path = pl.col(column)
        return (below(self.only) if self.only else pl.lit(value=True)) & ~below(self.but)

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.only or self.but)

    def __str__(self) -> str:
        told = ", ".join(self.only) if self.only else "all"
        return told + (f" but {', '.join(self.but)}" if self.but else "")


EVERYTHING = Sources()


def source_path(folder: str) -> str:
    """A source as it is given, in the form that `Sources` has. Raises ValueError, in plain words, where it is no path below raw."""
    path = PurePosixPath(folder.strip())
    if not path.parts or path.is_absolute() or ".." in path.parts:
        raise ValueError(
            f"{folder.strip()!r} is no folder below the raw folder: name it as it lies there (wires, wires/agency)"
        )
    return str(path)


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
