"""Which persons of different documents are one: by full name, then surnames by state, title and time.

A person is known by first and last word of the name. Differing middle names keep people apart. Who is named by surname
alone joins a person only where state, title or a known office say which; otherwise each document has its own.
"""

from __future__ import annotations

import datetime
import functools

import polars as pl

from pipelines.reference import offices
from pipelines.resolve.actor_names import folded, with_name_parts

_ROW, _LINE = "_row", "\n"
_IS_TITLED = pl.col("country").is_not_null() & pl.col("title").is_not_null()
# A surname alone means the office's holder of the day also where others bear it, if most reports by full name mean the holder.
_HOLDER_SHARE = 0.6
# Reports go on calling an office's holder by name for some time before and after the term.
_NEAR_TERM = datetime.timedelta(days=400)


def person_parts(people: pl.DataFrame) -> pl.DataFrame:
    """Add all that a person's own entity tells of who it is, whatever else the corpus holds.

    Takes entities with document_id, name, country, role and published_on, whose order is kept. Adds `with_name_parts`, `title`,
    `office_key` (of full names that a list of office holders has), and, where the name is a surname alone and they count, `day` and
    `document`.
    """
    rows = with_name_parts(people.with_row_index(_ROW)).with_columns(title=_title())
    alone = pl.col("words") < 2
    in_office = pl.col("surname").is_in(_terms()["surname"].unique().implode())
    return (
        rows.join(_office_of_full_name(rows), on=_ROW, how="left", maintain_order="left")
        .with_columns(
            day=pl.when(alone & in_office).then("published_on"),
            document=pl.when(alone & ~_IS_TITLED).then("document_id"),
        )
        .drop(_ROW)
    )


def reports_by_name(people: pl.DataFrame) -> pl.DataFrame:
    """surname, people, documents: in how many documents just these (`_person`, a line each) are named in full, of those who have a
    surname that somebody in office has.

    Takes `person_parts` with document_id. Documents are counted by all whom they name: which of them are one, the corpus tells.
    """
    in_office = pl.col("surname").is_in(_terms()["surname"].unique().implode())
    return (
        people.filter((pl.col("words") > 1) & in_office)
        .select("document_id", "surname", person=_person())
        .unique()
        .group_by("document_id", "surname")
        .agg(people=pl.col("person").sort().str.join(_LINE))
        .group_by("surname", "people")
        .agg(documents=pl.len().cast(pl.Int64))
        .sort("surname", "people")
    )


def person_keys(people: pl.DataFrame, reports: pl.DataFrame) -> pl.Series:
    """Key of each person, in the order of the rows.

    Takes `person_parts` and `reports_by_name`. The key depends on the set of rows alone, never on their order.
    """
    if people.is_empty():
        return pl.Series("key", [], dtype=pl.String)
    rows = people.with_row_index(_ROW)
    clashing = pl.col("middle").filter(pl.col("middle") != "").n_unique().over("base") > 1
    full = (pl.col("words") > 1).alias("full")
    rows = rows.with_columns(
        full,
        key=pl.when(pl.col("office_key").is_not_null())
        .then("office_key")
        .when((pl.col("words") > 1) & clashing & (pl.col("middle") != ""))
        .then(pl.col("base") + " " + pl.col("middle"))
        .when(pl.col("words") > 1)
        .then("base"),
    )
    named, alone = rows.filter("full"), rows.filter(~pl.col("full"))
    found = pl.concat([_by_office(alone, _shares(named, reports)), _by_bearer(alone, _bearers(named))]).unique(
        _ROW, keep="first", maintain_order=True
    )
    own = pl.concat_str(
        pl.lit("?"),
        "surname",
        pl.col("country").fill_null(""),
        pl.when(_IS_TITLED).then("title").otherwise("document"),
        separator="|",
    )
    return (
        rows.join(found, on=_ROW, how="left", maintain_order="left")
        .select(key=pl.coalesce("key", "found", own))
        .to_series()
    )


def _person() -> pl.Expr:
    """All by which a full name is compared, as one text."""
    return pl.concat_str("base", "middle", pl.col("office_key").fill_null(""), separator="\x1f")


def _title() -> pl.Expr:
    """Last word of a role, by which titles are compared ("U.S. Defense Secretary" -> "secretary")."""
    return folded(pl.col("role")).str.split(" of ").list.first().str.extract(r"(\p{L}+)$")


@functools.cache
def _terms() -> pl.DataFrame:
    """Terms of office, one row for each form of a name: office_key, base, middle, surname, country, title, since, until.

    All forms of a name have the key that the list's own form gives, and so do all offices of one person.
    """
    terms = pl.DataFrame(
        [(n, t.person, t.country, t.office, t.since, t.until) for t in offices.terms() for n in (t.person, *t.aliases)],
        schema={
            "name": pl.String, "person": pl.String, "country": pl.String, "role": pl.String, "since": pl.Date,
            "until": pl.Date,
        },
        orient="row",
    )  # fmt: skip
    named = with_name_parts(terms).with_columns(title=_title())
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
    terms = _terms()
    pairs = (
        rows.filter(pl.col("words") > 1)
        .select(_ROW, "base", "middle", "country", "published_on")
        .join(terms.rename({"middle": "office_middle", "country": "office_country"}), on="base")
        .filter((~pl.col("several") | (pl.col("country") == pl.col("office_country"))).fill_null(True))
    )
    begins = pl.col("office_middle").str.slice(0, 1) == pl.col("middle").str.slice(0, 1)
    fits = (pl.col("middle") == "") | (pl.col("office_middle") == "") | begins
    same = pl.col("middle") == pl.col("office_middle")
    in_office = pl.col("published_on").is_between(pl.col("since"), pl.col("until")).fill_null(False)
    return (
        pairs.filter(pl.when(pl.col("several")).then(same | ((pl.col("middle") == "") & in_office)).otherwise(fits))
        .sort("since", "office_key")
        .unique(_ROW, keep="last", maintain_order=True)
        .select(_ROW, "office_key")
    )


def _bearers(full: pl.DataFrame) -> pl.DataFrame:
    """Persons known by full name: surname, key, their states and titles."""
    return (
        full.group_by("surname", "key")
        .agg(
            countries=pl.col("country").drop_nulls().unique().sort(),
            titles=pl.col("title").drop_nulls().unique().sort(),
        )
        .sort("surname", "key")
    )


def _shares(full: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """surname, office_key, share: of the documents that name somebody of a surname in full, those that name whom a key stands for."""
    who = full.select("surname", "key", person=_person()).unique()
    by_key = (
        reports.with_row_index("_set")
        .with_columns(person=pl.col("people").str.split(_LINE))
        .explode("person")
        .join(who, on=["surname", "person"])
        .unique(["_set", "key"])
        .group_by("surname", "key")
        .agg(documents=pl.col("documents").sum())
    )
    share = pl.col("documents") / pl.col("documents").sum().over("surname")
    return by_key.select("surname", office_key="key", share=share)


def _by_office(alone: pl.DataFrame, share: pl.DataFrame) -> pl.DataFrame:
    """Row -> key for surnames of who was in office on the day.

    State or title must agree and neither may differ; with neither told, most reports by full name must mean the holder.
    """
    terms = _terms().rename({"country": "office_country", "title": "office_title"})
    near = pl.col("day").is_between(pl.col("since") - _NEAR_TERM, pl.col("until"))
    same_country = pl.col("country") == pl.col("office_country")
    same_title = pl.col("title") == pl.col("office_title")
    told = same_country.fill_null(False) | same_title.fill_null(False)
    untold = (
        pl.col("country").is_null()
        & pl.col("title").is_null()
        & pl.col("day").is_between(pl.col("since"), pl.col("until"))
        & (pl.col("share") >= _HOLDER_SHARE)
    )
    fitting = (
        alone.select(_ROW, "surname", "country", "title", "day")
        .join(terms, on="surname")
        .join(share, on=["surname", "office_key"], how="left")
        .filter(near.fill_null(False) & same_country.fill_null(True) & (told | untold.fill_null(False)))
        .with_columns(exact=same_title.fill_null(False))
        .filter(pl.col("exact") == pl.col("exact").max().over(_ROW))
    )
    return _unambiguous(fitting.select(_ROW, key="office_key"))


def _by_bearer(alone: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Row -> key for surnames that one person of the corpus bears, of that state or title."""
    same_country = pl.col("countries").list.contains(pl.col("country")).fill_null(False)
    same_title = pl.col("titles").list.contains(pl.col("title")).fill_null(False)
    other_country = pl.col("country").is_not_null() & (pl.col("countries").list.len() > 0) & ~same_country
    fitting = (
        alone.select(_ROW, "surname", "country", "title")
        .join(bearers, on="surname")
        .with_columns(score=same_country.cast(pl.Int8) + same_title.cast(pl.Int8))
        .filter((pl.col("score") > 0) & ~other_country)
        .filter(pl.col("score") == pl.col("score").max().over(_ROW))
    )
    return _unambiguous(fitting.select(_ROW, "key"))


def _unambiguous(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows that one key alone answers."""
    return pairs.unique().filter(pl.len().over(_ROW) == 1).select(_ROW, found=pl.col("key")).sort(_ROW)
