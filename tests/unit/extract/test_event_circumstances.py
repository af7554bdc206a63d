"""The day of an event, and whether it is told as actual, beside other clauses with days and moods of their own."""

from datetime import date

import pytest

from tests.unit.extract.reading import event, facts_of


@pytest.mark.parametrize(
    ("sentence", "event_type", "day"),
    [
        ("Norway criticized Chad after it lost the vote in 2003.", "ACCUSE", None),
        ("Norway approved aid for Chad that lasts until 30 September 2011.", "AGREE", None),
        ("Norway said on Monday that Kenya had criticized Chad.", "ACCUSE", None),
        ("Norway said on Monday that it will attack Chad.", "ASSAULT", None),
        ("Norway said on Monday that it will support Chad.", "SUPPORT", date(2010, 6, 14)),
        ("On Monday police extradited a banker accused by Norway of fraud.", "ACCUSE", None),
        ("Norway, speaking on Monday in Vienna, accused Chad of fraud.", "ACCUSE", date(2010, 6, 14)),
        ("Norway announced on Monday that it had criticized Chad.", "ACCUSE", date(2010, 6, 14)),
        ("Kenya paid for a plan of last year, when it criticized Chad.", "ACCUSE", date(2009, 1, 1)),
        ("Kenya arrested the envoy of Chad following the attack on Somalia on 4 March 2009.", "ASSAULT", date(2009, 3, 4)),
        ("Norway invaded Chad and occupied its capital on 4 March 2009.", "ASSAULT", date(2009, 3, 4)),
        ("Norway attacked Chad, killing two people on 4 March 2009.", "ASSAULT", date(2009, 3, 4)),
    ],
)  # fmt: skip
def test_a_day_counts_for_the_clauses_that_share_it(sentence: str, event_type: str, day: date | None) -> None:
    found = [e for e in facts_of(sentence).events if e.event_type == event_type]
    assert found
    assert {e.date_start for e in found} == {day}


@pytest.mark.parametrize(
    ("sentence", "event_type", "factuality"),
    [
        ("Norway would later visit Chad, and its king criticized Kenya.", "ACCUSE", "actual"),
        ("Norway did not visit Chad but criticized Kenya.", "ACCUSE", "actual"),
        ("Norway will criticize Chad if the talks fail.", "ACCUSE", "possible"),
        ("Norway said it would attack Chad if necessary.", "ASSAULT", "possible"),
        ("Norway will praise Kenya and criticize Chad.", "ACCUSE", "planned"),
        ("Norway did not praise Kenya or criticize Chad.", "ACCUSE", "negated"),
    ],
)
def test_auxiliaries_reach_the_verbs_that_share_them(sentence: str, event_type: str, factuality: str) -> None:
    assert event(facts_of(sentence), event_type).factuality == factuality


def test_a_killing_has_a_mode_only_where_the_means_are_told() -> None:
    assert event(facts_of("Soldiers of Norway killed nine people in Chad."), "ASSAULT").event_mode is None
    assert event(facts_of("Rebels assassinated the president of Chad."), "ASSAULT").event_mode == "assassinate"


def test_what_somebody_is_to_do_is_planned() -> None:
    assert event(facts_of("Kenya's foreign minister is to visit Chad in July."), "CONSULT").factuality == "planned"


def test_the_weekend_of_a_past_act_is_the_last_one() -> None:
    found = event(facts_of("Kenya attacked Chad at the weekend."), "ASSAULT")  # told on a Wednesday
    assert (found.date_start, found.date_end) == (date(2010, 6, 12), date(2010, 6, 13))


@pytest.mark.parametrize(
    ("sentence", "event_type", "factuality"),
    [
        ("Norway decided to suspend aid to Chad.", "SANCTION", "actual"),
        ("Norway decided to visit Chad.", "CONSULT", "planned"),
        ("Norway not only ignored Chad's request but imposed a levy.", "REJECT", "actual"),
        ("Norway rejected accusations that its troops had attacked Chad.", "ASSAULT", "negated"),
        ("Norway made no concessions to Chad.", "CONCEDE", "negated"),
    ],
)
def test_what_is_decided_denied_or_not_all(sentence: str, event_type: str, factuality: str) -> None:
    assert event(facts_of(sentence), event_type).factuality == factuality
