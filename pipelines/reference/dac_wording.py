"""Wording that settles the CRS purpose of money within its DAC sector."""

from __future__ import annotations

import re
from functools import cache

from pipelines.reference import rows


@cache
def wording(within: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(code, pattern of the words) of the purposes within a sector, in the order of the list."""
    return tuple(
        (row["code"], re.compile(row["pattern"], re.IGNORECASE))
        for row in rows("dac_wording.csv")
        if row["within"] == within
    )
