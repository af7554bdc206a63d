"""English names of months, and years of two digits: one place for metadata, datelines and texts."""

from __future__ import annotations

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
# Years of two digits from here on are of the last century: news tells of what was more than of what will be.
_OF_LAST_CENTURY = 30


def month_of(word: str) -> int:
    """Number of a month by its name, or by a word that begins like one. Raises ValueError where it is none."""
    found = MONTHS.get(word[:3].lower())
    if found is None:
        raise ValueError(f"{word!r} is no month")
    return found


def full_year(words: str) -> int:
    """A year of four digits, or of two: those below 30 are of this century ("'45" is 1945)."""
    return int(words) + (0 if len(words) == 4 else 2000 if int(words) < _OF_LAST_CENTURY else 1900)
