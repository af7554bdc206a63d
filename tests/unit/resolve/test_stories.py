"""Reports of one event share a story; different days, sides, acts or a missing side keep them apart."""

from datetime import date

import polars as pl

from pipelines.resolve.stories import story_events


def _stories(*rows: tuple[str, str, date, tuple[str, ...], tuple[str, ...]]) -> dict[str, str]:
    events = pl.LazyFrame(
        [
            {
                "event_id": i, "event_type": kind, "date_start": day, "date_end": day, "date_precision": "day",
                "factuality": "actual",
            }
            for i, kind, day, _, _ in rows
        ]
    )  # fmt: skip
    sides = [(i, a, "source") for i, _, _, s, _ in rows for a in s] + [
        (i, a, "recipient") for i, _, _, _, r in rows for a in r
    ]
    actors = pl.LazyFrame(sides, schema=["event_id", "actor_id", "role"], orient="row")
    return dict(story_events(events, actors).collect().iter_rows())


DAY = date(2010, 3, 4)


def test_two_reports_of_one_event_share_a_story_whatever_the_order_of_actors() -> None:
    found = _stories(
        ("ev_2", "CONSULT", DAY, ("a", "b"), ("c",)),
        ("ev_1", "CONSULT", DAY, ("b", "a"), ("c",)),
    )
    assert found == {"ev_1": "st_1", "ev_2": "st_1"}


def test_another_day_act_or_side_is_another_story() -> None:
    found = _stories(
        ("ev_1", "CONSULT", DAY, ("a",), ("c",)),
        ("ev_2", "CONSULT", date(2010, 3, 5), ("a",), ("c",)),
        ("ev_3", "ACCUSE", DAY, ("a",), ("c",)),
        ("ev_4", "CONSULT", DAY, ("c",), ("a",)),
    )
    assert len(set(found.values())) == 4


def test_an_event_without_one_of_its_sides_has_no_story() -> None:
    assert _stories(("ev_1", "CONSULT", DAY, ("a",), ())) == {}
