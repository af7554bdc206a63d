"""What comes to nothing by words a clause away."""

from __future__ import annotations

import pytest

from tests.unit.extract.reading import facts_of


@pytest.mark.parametrize(
    "text",
    [
        "Denmark's plan to lend Chad $6 million fell through on Monday.",
        "A deal under which Peru lent Cuba $9 million collapsed in May.",
        "Denmark shelved a $6 million loan to Chad on Monday.",
        "A report that Denmark gave Chad $6 million was a hoax, the ministry said.",
    ],
)
def test_sums_and_acts_that_come_to_nothing(text: str) -> None:
    facts = facts_of(text)
    assert [f.factuality for f in facts.figures] == ["negated"]
    assert {e.factuality for e in facts.events if e.event_type == "AID"} == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "A report that Denmark gave Chad $6 million was not false, the ministry said.",
        "Denmark gave Chad $6 million on Monday, and a plan for roads fell through.",
    ],
)
def test_sums_that_stand(text: str) -> None:
    assert [f.factuality for f in facts_of(text).figures] == ["actual"]


def test_a_debt_given_up_and_what_a_clause_tells_of_a_thing_given_up_stand() -> None:
    [figure] = facts_of("Russia has scrapped $20 billion of debt owed by Mali.").figures
    assert figure.factuality == "actual"
    [figure] = facts_of("Kenya abandoned a railway for which it had received $20 million in loans from China.").figures
    assert figure.factuality == "actual"
