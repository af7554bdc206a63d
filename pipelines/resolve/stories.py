"""Story events: reports in different documents that tell of one event."""

from __future__ import annotations

import polars as pl


def story_events(events: pl.LazyFrame, event_actors: pl.LazyFrame) -> pl.LazyFrame:
    """Group reports of one event: same act, same actors on both sides, same single day, same factuality.

    Takes events (event_id, event_type, date_start, date_end, date_precision, factuality) and event_actors (event_id,
    actor_id, role); returns event_id and story_event_id. An event without a day or without one of its sides is
    told apart from nothing, so it has no story. The id comes from the smallest event id of the group: it is
    the same whatever the order of documents.
    """
    sides = event_actors.group_by("event_id").agg(
        pl.col("actor_id").filter(pl.col("role") == "source").unique().sort().str.join(",").alias("_sources"),
        pl.col("actor_id").filter(pl.col("role") == "recipient").unique().sort().str.join(",").alias("_recipients"),
    )
    return (
        events.filter(pl.col("date_precision") == "day")
        .join(sides, on="event_id")
        .filter((pl.col("_sources") != "") & (pl.col("_recipients") != ""))
        .select(
            "event_id",
            (pl.lit("st_") + pl.col("event_id").min().over(
                "event_type", "factuality", "date_start", "date_end", "_sources", "_recipients"
            ).str.slice(3)).alias("story_event_id"),
        )
    )  # fmt: skip
