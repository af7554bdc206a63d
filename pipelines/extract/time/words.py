"""Words of time: numbers, ordinals and units, and the TIMEX3 values that they make."""

from __future__ import annotations

from pipelines.extract.time.calendar import Period
from pipelines.reference.months import MONTHS

NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "a": 1, "an": 1, "dozen": 12, "half": 0}
ORDINALS = {
    w: n
    for n, w in enumerate(
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    )
}
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "E", "century": "C", "weekend": "WE", "night": "D", "fortnight": "W",
}  # fmt: skip


def month_number(word: str) -> int:
    """Number of a month by its name or short form."""
    return MONTHS[word.lower().rstrip(".")]


def ordinal(word: str) -> int:
    """Number of "third" or "3rd"."""
    return int(word[0]) if word[0].isdecimal() else ORDINALS[word.lower()]


def number_of(word: str) -> float | None:
    """Number of a numeral or number word, None where it is vague ("several")."""
    lowered = word.lower()
    if lowered[0].isdecimal():
        return float(lowered)
    if lowered in ("half a", "a half"):
        return 0.5
    return NUMBERS.get(lowered)


def duration(number: str, unit: str) -> str:
    """TIMEX3 duration of so many units ("three weeks" -> P3W); X where the number is vague."""
    count = number_of(number)
    code = UNITS[unit.lower()]
    if number.lower() == "half":
        return {"Y": "P6M", "TH": "PT30M"}.get(code, f"P0.5{code}")
    shown = "X" if count is None else f"{count:g}"
    if code.startswith("T"):
        return f"PT{shown}{code[1]}"
    if code == "Q":
        return "PXM" if count is None else f"P{count * 3:g}M"
    if unit.lower() == "fortnight":
        shown = "X" if count is None else f"{count * 2:g}"
    return f"P{shown}{code}"


def with_part(found: Period, part: str | None) -> Period:
    """A day with the part of it that is named ("evening" -> TEV)."""
    code = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}.get((part or "").lower())
    return Period(found.value + code, found.start, found.end) if code else found
