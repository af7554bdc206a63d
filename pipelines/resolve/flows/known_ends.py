"""What reports of one sum tell each other about its ends: the end that one leaves out, the state behind a body, the union behind "Brussels".

Two reports speak of one sum here where it is the same in its currency and they were published about the same time.
"""

from __future__ import annotations

import polars as pl

# Days within which two reports of one sum speak of one flow though they tell other ends.
ABOUT_THE_TIME = "60d"


def with_known_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Complete the ends of reports (`schema.REPORTS` and `seat_of`: the union that the giver's name may mean as well)."""
    return _with_missing_ends(_through_bodies(_of_unions(rows)))


def _from_other_reports(wanted: pl.DataFrame, known: pl.DataFrame, same: list[str], found: list[str]) -> pl.DataFrame:
    """anchor and the columns `found` of the nearest known report of the same sum; only where there is one."""
    return (
        wanted.filter(pl.col("published_on").is_not_null())
        .select("anchor", *same, "published_on")
        .sort("published_on")
        .join_asof(
            known.filter(pl.col("published_on").is_not_null())
            .select(*same, "published_on", *found)
            .sort("published_on"),
            on="published_on",
            by=same,
            strategy="nearest",
            tolerance=ABOUT_THE_TIME,
            check_sortedness=False,
        )
        .select("anchor", *found)
        .drop_nulls(found[0])
    )


def _of_unions(rows: pl.DataFrame) -> pl.DataFrame:
    """ "Brussels gave": the union's money where another report of the sum says that the union gave it."""
    same = ["recipient", "currency", "amount", "donor"]
    seats = rows.filter(pl.col("seat_of").is_not_null()).with_columns(donor="seat_of")
    found = _from_other_reports(seats, rows.with_columns(_union="donor", _kind="donor_kind"), same, ["_union", "_kind"])
    return (
        rows.join(found, on="anchor", how="left", maintain_order="left")
        .with_columns(pl.coalesce("_union", "donor").alias("donor"), donor_kind=pl.coalesce("_kind", "donor_kind"))
        .drop("_union", "_kind")
    )


def _through_bodies(rows: pl.DataFrame) -> pl.DataFrame:
    """A body that gets the money, where another report of the sum says whom it reaches through that body."""
    same = ["donor", "currency", "amount", "recipient"]
    through = rows.filter(pl.col("channel").is_not_null()).with_columns(_state="recipient", recipient="channel")
    found = _from_other_reports(rows.filter(pl.col("channel").is_null()), through, same, ["_state"])
    return (
        rows.join(found, on="anchor", how="left", maintain_order="left")
        .with_columns(
            channel=pl.when(pl.col("_state").is_not_null()).then("recipient").otherwise("channel"),
            recipient=pl.coalesce("_state", "recipient"),
        )
        .drop("_state")
    )


def _with_missing_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Give a report that tells only one end the other, where just one other end is told for the same sum about that time."""
    for missing, known in (("donor", "recipient"), ("recipient", "donor")):
        same = [known, "currency", "amount"]
        full = (
            rows.filter(pl.all_horizontal(pl.col(missing, "published_on").is_not_null()))
            .filter(pl.col(missing).n_unique().over(same) == 1)
            .with_columns(_end=missing, _kind="donor_kind")
        )
        found = _from_other_reports(rows.filter(pl.col(missing).is_null()), full, same, ["_end", "_kind"])
        rows = (
            rows.join(found, on="anchor", how="left", maintain_order="left")
            .with_columns(pl.coalesce(missing, "_end").alias(missing), donor_kind=pl.coalesce("donor_kind", "_kind"))
            .drop("_end", "_kind")
        )
    return rows
