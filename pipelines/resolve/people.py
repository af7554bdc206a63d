"""Which persons of different documents are one: by full name, then surnames by state, title and time.

A person is known by first and last word of the name. Differing middle names keep people apart. Who is named by surname
alone joins a person only where state, title or a known office say which; otherwise each document has its own.
"""

from __future__ import annotations

import datetime

import polars as pl

from pipelines.resolve.person_parts import IS_TITLED, LINE, ROW, person, terms

# A surname alone means the office's holder of the day also where others bear it, if most reports by full name mean the holder.
_HOLDER_SHARE = 0.6
# Reports go on calling an office's holder by name for some time before and after the term.
_NEAR_TERM = datetime.timedelta(days=400)


def person_keys(people: pl.DataFrame, reports: pl.DataFrame) -> pl.Series:
    """Key of each person, in the order of the rows.

    Takes `person_parts` and `reports_by_name`. The key depends on the set of rows alone, never on their order.
    """
    if people.is_empty():
        return pl.Series("key", [], dtype=pl.String)
    rows = people.with_row_index(ROW)
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
        ROW, keep="first", maintain_order=True
    )
    own = pl.concat_str(
        pl.lit("?"),
        "surname",
        pl.col("country").fill_null(""),
        pl.when(IS_TITLED).then("title").otherwise("document"),
        separator="|",
    )
    return (
        rows.join(found, on=ROW, how="left", maintain_order="left")
        .select(key=pl.coalesce("key", "found", own))
        .to_series()
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
    who = full.select("surname", "key", person=person()).unique()
    by_key = (
        reports.with_row_index("_set")
        .with_columns(person=pl.col("people").str.split(LINE))
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
    held = terms().rename({"country": "office_country", "title": "office_title"})
    near = pl.col("day").is_between(pl.col("since") - _NEAR_TERM, pl.col("until"))
    same_country = pl.col("country") == pl.col("office_country")
    same_title = pl.col("title") == pl.col("office_title")
    agrees = same_country.fill_null(False) | same_title.fill_null(False)
    untold = (
        pl.col("country").is_null()
        & pl.col("title").is_null()
        & pl.col("day").is_between(pl.col("since"), pl.col("until"))
        & (pl.col("share") >= _HOLDER_SHARE)
    )
    fitting = (
        alone.select(ROW, "surname", "country", "title", "day")
        .join(held, on="surname")
        .join(share, on=["surname", "office_key"], how="left")
        .filter(near.fill_null(False) & same_country.fill_null(True) & (agrees | untold.fill_null(False)))
        .with_columns(exact=same_title.fill_null(False))
        .filter(pl.col("exact") == pl.col("exact").max().over(ROW))
    )
    return _unambiguous(fitting.select(ROW, key="office_key"))


def _by_bearer(alone: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Row -> key for surnames that one person of the corpus bears, of that state or title."""
    same_country = pl.col("countries").list.contains(pl.col("country")).fill_null(False)
    same_title = pl.col("titles").list.contains(pl.col("title")).fill_null(False)
    other_country = pl.col("country").is_not_null() & (pl.col("countries").list.len() > 0) & ~same_country
    fitting = (
        alone.select(ROW, "surname", "country", "title")
        .join(bearers, on="surname")
        .with_columns(score=same_country.cast(pl.Int8) + same_title.cast(pl.Int8))
        .filter((pl.col("score") > 0) & ~other_country)
        .filter(pl.col("score") == pl.col("score").max().over(ROW))
    )
    return _unambiguous(fitting.select(ROW, "key"))


def _unambiguous(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows that one key alone answers."""
    return pairs.unique().filter(pl.len().over(ROW) == 1).select(ROW, found=pl.col("key")).sort(ROW)
