"""What a denial denies: money that was paid leaves the promise."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.resolve.flows.denials import SOON, denied


def _rows(denied_as: str | None, days: int = 10) -> pl.DataFrame:
    told = [
        ("promise", "pledged", "actual", 1),
        ("payment", "disbursed", "actual", 2),
        ("denial", denied_as, "negated", 2 + days),
    ]
    start = date(2014, 3, 1).toordinal()
    return pl.DataFrame(
        [
            {
                "document_id": name, "donor": "NOR", "recipient": "MWI", "currency": "USD", "amount": 40, "status": status,
                "factuality": factuality, "is_withdrawn": False, "published_on": date.fromordinal(start + day),
            }
            for name, status, factuality, day in told
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("denied_as", "found"),
    [
        (None, [False, True, False]),
        ("requested", [False, True, False]),
        ("disbursed", [False, True, False]),
        ("pledged", [True, True, False]),
    ],
)
def test_who_denies_a_gift_denies_no_promise(denied_as: str | None, found: list[bool]) -> None:
    assert denied(_rows(denied_as)).to_list() == found


def test_a_late_denial_speaks_of_something_else() -> None:
    assert not denied(_rows("pledged", SOON + 9)).any()
