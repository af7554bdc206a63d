"""Wording that settles the DAC sector or the CRS purpose of money."""

from __future__ import annotations

import re
from functools import cache

from pipelines.reference import rows


@cache
def wording(within: str = "") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(code, pattern of the words) in the order of the list: of sectors, or of the purposes within one."""
    return tuple(
        (row["code"], re.compile(row["pattern"], re.IGNORECASE))
        for row in rows("dac_wording.csv")
        if row["within"] == within
    )
