"""What a person's own entity tells of who it is, whatever else the corpus holds: parts of the name, title, office.

Kept from run to run (`known_forms`), so everything that decides it is here or below: who is one with whom is `people`'s matter.
"""

from __future__ import annotations

import functools

import polars as pl

from pipelines.reference import offices
from pipelines.resolve.actor_names import folded, with_name_parts

ROW, LINE = "_row", "\n"
IS_TITLED = pl.col("country").is_not_null() & pl.col("title").is_not_null()


def person_parts(people: pl.DataFrame) -> pl.DataFrame:
    """Add all that a person's own entity tells of who it is, whatever else the corpus holds.

    Takes entities with document_id, name, country, role and published_on, whose order is kept. Adds `with_name_parts`, `title`,
    `office_key` (of full names that a list of office holders has), and, where the name is a surname alone and they count, `day` and
    `document`.
    """
    rows = with_name_parts(people.with_row_index(ROW)).with_columns(title=_title())
    alone = pl.col("words") < 2
    in_office = pl.col("surname").is_in(terms()["surname"].unique().implode())
    return (
        rows.join(_office_of_full_name(rows), on=ROW, how="left", maintain_order="left")
        .with_columns(
            day=pl.when(alone & in_office).then("published_on"),
            document=pl.when(alone & ~IS_TITLED).then("document_id"),
        )
        .drop(ROW)
    )


def reports_by_name(people: pl.DataFrame) -> pl.DataFrame:
    """surname, people, documents: in how many documents just these (`_person`, a line each) are named in full, of those who have a
    surname that somebody in office has.

    Takes `person_parts` with document_id. Documents are counted by all whom they name: which of them are one, the corpus tells.
    """
    in_office = pl.col("surname").is_in(terms()["surname"].unique().implode())
    return (
        people.filter((pl.col("words") > 1) & in_office)
        .select("document_id", "surname", person=person())
        .unique()
        .group_by("document_id", "surname")
        .agg(people=pl.col("person").sort().str.join(LINE))
        .group_by("surname", "people")
        .agg(documents=pl.len().cast(pl.Int64))
        .sort("surname", "people")
    )


def person() -> pl.Expr:
    """All by which a full name is compared, as one text."""
    return pl.concat_str("base", "middle", pl.col("office_key").fill_null(""), separator="\x1f")


def _title() -> pl.Expr:
    """Last word of a role, by which titles are compared ("U.S. Defense Secretary" -> "secretary")."""
    return folded(pl.col("role")).str.split(" of ").list.first().str.extract(r"(\p{L}+)$")


@functools.cache
def terms() -> pl.DataFrame:
    """Terms of office, one row for each form of a name: office_key, base, middle, surname, country, title, since, until.

    All forms of a name have the key that the list's own form gives, and so do all offices of one person.
    """
    rows = pl.DataFrame(
        [(n, t.person, t.country, t.office, t.since, t.until) for t in offices.terms() for n in (t.person, *t.aliases)],
        schema={
            "name": pl.String, "person": pl.String, "country": pl.String, "role": pl.String, "since": pl.Date,
            "until": pl.Date,
        },
        orient="row",
    )  # fmt: skip
    named = with_name_parts(rows).with_columns(title=_title())
    named = named.with_columns(several=pl.col("person").n_unique().over("base") > 1)
    keys = (
        named.filter(pl.col("name") == pl.col("person"))
        .select(
            "person",
            # The Jordanian and the Saudi King Abdullah have one base: such are told apart by their whole names.
            office_key=pl.when("several").then(folded(pl.col("person"))).otherwise("base"),
        )
        .unique("person", keep="first", maintain_order=True)
    )
    return named.join(keys, on="person", how="left", maintain_order="left").drop("words", "role", "name", "person")


def _office_of_full_name(rows: pl.DataFrame) -> pl.DataFrame:
    """Row -> office_key for full names that a list of office holders has.

    A base that several holders share (the two George Bushes) is told apart by initials, then by who was in office.
    """
    held = terms()
    pairs = (
        rows.filter(pl.col("words") > 1)
        .select(ROW, "base", "middle", "country", "published_on")
        .join(held.rename({"middle": "office_middle", "country": "office_country"}), on="base")
        .filter((~pl.col("several") | (pl.col("country") == pl.col("office_country"))).fill_null(True))
    )
    begins = pl.col("office_middle").str.slice(0, 1) == pl.col("middle").str.slice(0, 1)
    fits = (pl.col("middle") == "") | (pl.col("office_middle") == "") | begins
    same = pl.col("middle") == pl.col("office_middle")
    in_office = pl.col("published_on").is_between(pl.col("since"), pl.col("until")).fill_null(False)
    return (
        pairs.filter(pl.when(pl.col("several")).then(same | ((pl.col("middle") == "") & in_office)).otherwise(fits))
        .sort("since", "office_key")
        .unique(ROW, keep="last", maintain_order=True)
        .select(ROW, "office_key")
    )
