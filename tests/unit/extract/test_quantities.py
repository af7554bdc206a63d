"""Counts and measures, with unit, what is counted and how sure."""

import pytest

from pipelines.extract.facts import Quantity
from tests.unit.extract.reading import facts_without_reading


def _only(text: str) -> Quantity:
    found = facts_without_reading(text).quantities
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "counted", "qualifier"),
    [
        ("Norway sent about 30 peacekeeping troops to Sudan.", 30, None, "peacekeeping troops", "approximately"),
        ("More than 120,000 refugees crossed the river.", 120_000, None, "refugees", "at_least"),
        ("The road is 400 kilometers long.", 400, "km", None, "exact"),
        ("Turnout was 63.5 percent.", 63.5, "percent", None, "exact"),
        ("They shipped up to 2 million tonnes of wheat.", 2_000_000, "t", "wheat", "at_most"),
    ],
)
def test_value_unit_and_what_is_counted(
    sentence: str, value: float, unit: str | None, counted: str | None, qualifier: str
) -> None:
    found = _only(sentence)
    assert found.value is not None
    assert (float(found.value), found.unit, found.counted, found.qualifier) == (value, unit, counted, qualifier)


def test_money_and_dates_are_no_quantities() -> None:
    assert facts_without_reading("Japan lent Kenya $74 million on 4 March 2009.").quantities == []


def test_a_range_has_two_ends() -> None:
    found = _only("Egypt sent 5 to 7 ships.")
    assert (found.value, found.value_low, found.value_high) == (None, 5, 7)
