"""Where the rest of extraction asks for money."""

from __future__ import annotations

from pipelines.extract.money.figures import find_figures

__all__ = ["find_figures"]
