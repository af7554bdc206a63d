"""Boards and secretariats that are named without their body: whose they are."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import facts_without_reading

ORGANS = [
    ("The IMF completed its review of Malawi on Monday. The Executive Board praised Malawi.", "Executive Board", "International Monetary Fund"),
    ("The World Bank lent Malawi $40 million. The Board of Executive Directors praised Malawi.", "Board of Executive Directors", "World Bank"),
    ("The World Bank lent Malawi $40 million on Monday. The Bank's Board criticised Malawi's budget.", "Board", "World Bank"),
    ("The World Bank's Board of Executive Directors approved a credit to Malawi. The Board thanked Malawi.", "Board of Executive Directors", "World Bank"),
    ("The IMF Executive Board approved $40 million for Malawi on Monday.", "Executive Board", "International Monetary Fund"),
    ("The IMF warned Ghana. The Board of Governors of the IAEA met in Iran.", "Board of Governors", "International Atomic Energy Agency"),
    ("OPEC ministers met in Vienna. The Secretariat criticised Iraq.", "Secretariat", "Organization of the Petroleum Exporting Countries"),
    ("Ford sold a plant in Mexico. The Board of Directors thanked Mexico.", "Board of Directors", "Ford"),
    ("The Ghana Cocoa Board met Ford on Monday. Ford left. The Board thanked Norway.", "The Board", "Ghana Cocoa Board"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "organ", "body"), ORGANS)
def test_an_organ_is_the_body_that_acts_by_it(text: str, organ: str, body: str) -> None:
    facts = facts_without_reading(text)
    at = text.index(organ) + len(organ) - 1
    assert {facts.entities[m.entity].name for m in facts.mentions if m.start_char <= at < m.end_char} == {body}


def test_an_organ_of_nobody_named_stays_itself() -> None:
    facts = facts_without_reading("Malawi cut its budget on Monday. The Executive Board praised Malawi.")
    assert "Executive Board" in {e.name for e in facts.entities}
