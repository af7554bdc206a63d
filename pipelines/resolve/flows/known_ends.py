"""What reports tell each other about the ends of sums: the end that one leaves out, the state behind a body, the union behind "Brussels".

Two reports speak of one sum here where it is the same in its currency and they were published about the same time. Whom no
report of a sum names as its receiver its own text often does, of its other sums.
"""

from __future__ import annotations

import polars as pl

# Days within which two reports of one sum speak of one flow though they tell other ends.
ABOUT_THE_TIME = "60d"
# Who gets at least this share of a text's other sums gets one of which no receiver is told, where one of them is of the same giver: that of
# another giver may be the next item's of a digest. Of 18 such sums in the documents that the
# reader has not learnt from it was right in 10 and wrong in 1, 2 had no receiver, and 5 were no aid.
SHARE_OF_RECEIVER = 0.6
# At or above it a sum that a state or body gives to nobody told may be added. Of such sums of real texts that were read or labelled, below it 15
# of 19 were wrong (a state's own budget, a park's, a central bank's market), at or above it none of four.
SURE_WITHOUT_RECEIVER = 0.35
_PUBLIC = ["state", "igo"]


def with_known_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Complete the ends of reports (`schema.REPORTS` and `seat_of`: the union that the giver's name may mean as well)."""
    return _with_receivers_of_text(_with_missing_ends(_through_bodies(_of_unions(rows))))


def without_receiver(rows: pl.DataFrame) -> pl.DataFrame:
    """Of reports whose ends are completed, those that a state or body gives to nobody told and that are too unsure to be added.

    A whole of which parts are told stays: its parts tell who gets it.
    """
    wholes = rows["part_of"].drop_nulls().implode()
    is_open = _is_public() & pl.col("recipient").is_null() & ~pl.col("figure_id").is_in(wholes)
    return rows.filter(is_open & (pl.col("confidence") < SURE_WITHOUT_RECEIVER))


def _is_public() -> pl.Expr:
    return pl.col("donor_kind").is_in(_PUBLIC).fill_null(False)


def _with_receivers_of_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Give what a state or body gives to nobody told the receiver of most other such sums of its text ("another $8 million was for
    roads"). A whole of which a part is told is left: another may get the rest of it."""
    known = rows.filter(_is_public() & pl.col("recipient").is_not_null()).unique(["figure_id", "recipient"])
    counts = known.group_by("document_id", "recipient").agg(count=pl.len(), _givers=pl.col("donor").unique())
    share = pl.col("count") / pl.col("count").sum().over("document_id")
    most = counts.filter(share >= SHARE_OF_RECEIVER).select("document_id", "_givers", _receiver="recipient")
    wholes = rows["part_of"].drop_nulls().implode()
    found = rows.join(most, on="document_id", how="left", maintain_order="left")
    is_open = _is_public() & pl.col("recipient").is_null() & ~pl.col("figure_id").is_in(wholes)
    is_givers = pl.col("_givers").list.contains(pl.col("donor"))
    takes = (is_open & is_givers & (pl.col("_receiver") != pl.col("donor"))).fill_null(False)
    return found.with_columns(
        recipient=pl.when(takes).then("_receiver").otherwise("recipient"), to_several=pl.col("to_several") & ~takes
    ).drop("_receiver", "_givers")


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
