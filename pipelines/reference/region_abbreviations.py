"""Parts of states as they are written short behind a town: "Ga.", "N.H.", "ON"."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows, split


@cache
def _states() -> dict[str, str]:
    return {short: row["iso3"] for row in rows("region_abbreviations.csv") for short in split(row["abbreviations"])}


def state_of(word: str) -> str | None:
    """The state (ISO 3166-1 alpha-3) of a part of it that is written short, with or without full stops. To be asked behind a town alone."""
    return _states().get(word.replace(".", ""))
