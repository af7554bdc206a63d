"""Which organisations, groups and peoples of different documents are one.

Ministries and other state bodies are compared by their words without the state's own ("Kazakh Defense Ministry" is the
"Ministry of Defense of Kazakhstan"); all others by name. A name without state joins the one state that the name is known with.
"""

from __future__ import annotations

import functools

import polars as pl

from pipelines.reference.countries import states
from pipelines.resolve.actor_names import folded

_STATE_BODIES = ("government_body", "armed_forces")
# Without a state these names say nothing of whose body it is.
_NEEDS_STATE = (*_STATE_BODIES, "political_party", "population", "armed_group")
_EMPTY_WORDS = ("of", "and", "for", "the", "in", "de", "republic")
_SPELLINGS = {
    "defence": "defense", "ministry": "ministry", "dept": "department", "organisation": "organization",
    "programme": "program", "centre": "center", "labour": "labor",
}  # fmt: skip


@functools.cache
def _state_words() -> tuple[dict[str, str], pl.DataFrame]:
    """Names of states of several words -> one word, and words that name a state (word, iso3)."""
    pairs: list[tuple[str, str]] = []
    for state in states().values():
        for value in (state.name, *state.adjectives, *state.people, *state.aliases):
            pairs.append((state.iso3, value))
    frame = (
        pl.DataFrame(pairs, schema=["iso3", "value"], orient="row")
        .with_columns(folded(pl.col("value")))
        .unique()
        .sort("value", "iso3")
    )
    several = frame.filter(pl.col("value").str.contains(" "))["value"].unique(maintain_order=True).to_list()
    # Longer names first: "south korean" before "korean".
    joined = {v: v.replace(" ", "_") for v in sorted(several, key=lambda v: (-len(v), v))}
    words = frame.select("iso3", word=pl.col("value").str.replace_all(" ", "_")).unique(maintain_order=True)
    return joined, words


def body_keys(bodies: pl.DataFrame) -> pl.Series:
    """Key of each organisation, in the order of the rows: name and state.

    Takes entities with name, actor_type, country, abbreviation. The key depends on the set of rows alone.
    """
    if bodies.is_empty():
        return pl.Series("key", [], dtype=pl.String)
    rows = bodies.select("name", "actor_type", "country", "abbreviation").with_row_index("_row")
    rows = rows.join(_plain_names(rows), on=["name", "actor_type", "country"], how="left", nulls_equal=True)
    rows = rows.join(_long_forms(rows), on="plain", how="left").with_columns(
        plain=pl.coalesce("long_plain", "plain"), country=pl.coalesce("country", "long_country")
    )
    home = _only_state(rows)
    free = ~pl.col("actor_type").is_in(_NEEDS_STATE)
    return (
        rows.join(home, on="plain", how="left")
        .with_columns(country=pl.when(pl.col("country").is_null() & free).then("home").otherwise("country"))
        .sort("_row")
        .select(key=pl.col("plain") + "|" + pl.col("country").fill_null(""))
        .to_series()
    )


def _plain_names(rows: pl.DataFrame) -> pl.DataFrame:
    """(name, actor_type, country) -> plain: the words by which the body is compared."""
    joined, state_words = _state_words()
    names = rows.select("name", "actor_type", "country").unique(maintain_order=True).with_row_index("_name")
    names = names.with_columns(_folded=folded(pl.col("name")))
    of_states = names.filter(pl.col("actor_type").is_in(_STATE_BODIES) & pl.col("country").is_not_null())
    words = (
        of_states.select(
            "_name",
            "country",
            word=pl.col("_folded").str.replace_many(list(joined), list(joined.values()), leftmost=True).str.split(" "),
        )
        .explode("word")
        .filter(~pl.col("word").is_in(_EMPTY_WORDS))
        .join(state_words, left_on=["country", "word"], right_on=["iso3", "word"], how="anti")
        .with_columns(pl.col("word").replace(_SPELLINGS))
        .group_by("_name")
        .agg(_words=pl.col("word").unique().sort().str.join(" "))
    )
    return names.join(words, on="_name", how="left").select(
        "name",
        "actor_type",
        "country",
        plain=pl.when(pl.col("_words").is_null() | (pl.col("_words") == "")).then("_folded").otherwise("_words"),
    )


def _long_forms(rows: pl.DataFrame) -> pl.DataFrame:
    """plain of an abbreviation -> long_plain, long_country, where all documents that spell it out agree."""
    spelled_out = rows.filter(pl.col("abbreviation").is_not_null()).select(
        long_plain="plain", long_country="country", plain=folded(pl.col("abbreviation"))
    )
    return (
        spelled_out.filter(pl.col("plain") != pl.col("long_plain"))
        .group_by("plain")
        .agg(
            pl.col("long_plain").unique().sort(),
            pl.col("long_country").drop_nulls().unique().sort(),
        )
        .filter((pl.col("long_plain").list.len() == 1) & (pl.col("long_country").list.len() <= 1))
        .with_columns(pl.col("long_plain").list.first(), pl.col("long_country").list.first())
    )


def _only_state(rows: pl.DataFrame) -> pl.DataFrame:
    """plain -> home: the state of a name, where one alone is told."""
    return (
        rows.filter(pl.col("country").is_not_null())
        .group_by("plain")
        .agg(home=pl.col("country").unique().sort())
        .filter(pl.col("home").list.len() == 1)
        .with_columns(pl.col("home").list.first())
    )
