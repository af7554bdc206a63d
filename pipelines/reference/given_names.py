"""Whether a given name is a woman's or a man's (US census)."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows


@cache
def _genders() -> dict[str, str]:
    return {row["name"].lower(): row["gender"] for row in rows("given_names.csv")}


def is_given_name(word: str) -> bool:
    """Whether a word is on the list of given names, which are those of the United States and a few others."""
    return word.lower() in _genders()


def share_female(name: str) -> float:
    """How likely the bearer of a full name is a woman: by the given name, else by its last letter; 0.5 where nothing tells."""
    given = name.lower().split()[0]
    known = _genders().get(given)
    if known is not None:
        return 1.0 if known == "f" else 0.0
    return 0.7 if given.endswith("a") and " " in name else 0.4
