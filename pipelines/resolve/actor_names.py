"""How names of actors are compared across documents, as polars expressions.

Holds folding (case, accents, points) and the parts of a person's name. It decides nothing about who is who.
"""

from __future__ import annotations

import polars as pl

from pipelines.reference import rows
from pipelines.reference.folding import LETTERS

# Short forms that stand for one formal name in nearly all bearers.
_NICKNAMES = {row["short"]: row["formal"] for row in rows("nicknames.csv")}
# Words of a name that come and go with the writer.
_PARTICLES = ("al", "el", "bin", "ibn", "ben", "jr", "sr", "ii", "iii", "iv")
# Family names that stand first; a name of three words that begins so is compared whole.
_FAMILY_FIRST = tuple(row["name"] for row in rows("family_names.csv"))
_FAMILY_FIRST_STATES = ("CHN", "KOR", "PRK", "TWN", "VNM", "SGP", "HKG", "KHM")


def folded(name: pl.Expr) -> pl.Expr:
    """A name as it is compared: lower case, no accents, points or possessive, "the " off, one space between words."""
    return (
        name.str.replace_many(LETTERS)
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_all(r"['’`]s\b", "")
        .str.replace_all(r"[.'’`]", "")
        .str.replace_all(r"[^\p{L}\p{N}&]+", " ")
        .str.strip_chars()
        .str.replace(r"^the ", "")
    )


def with_name_parts(people: pl.DataFrame) -> pl.DataFrame:
    """Add to frames with `name` and `country` the columns by which persons are compared.

    `words` number of words that count; `base` first and last word (a family-first name of three words whole);
    `middle` initials between, "" if none; `surname` the word by which a text goes on calling the person.
    """
    plain = folded(pl.col("name")).str.split(" ")
    core = plain.list.filter(~pl.element().is_in(_PARTICLES))
    family_first = (pl.col("_words").list.len() == 3) & pl.col("_words").list.first().is_in(_FAMILY_FIRST)
    first = pl.col("_words").list.first().replace(_NICKNAMES)
    last = pl.col("_words").list.last()
    count = pl.col("_words").list.len()
    between = pl.col("_words").list.slice(1, pl.when(count > 2).then(count - 2).otherwise(0))
    by_state = pl.col("country").is_in(_FAMILY_FIRST_STATES).fill_null(False) & pl.col("_words").list.first().is_in(
        _FAMILY_FIRST
    )
    return (
        people.with_columns(_words=pl.when(core.list.len() > 0).then(core).otherwise(plain))
        .with_columns(
            words=count.cast(pl.Int32),
            base=pl.when(family_first)
            .then(pl.col("_words").list.join(" "))
            .when(count == 1)
            .then(last)
            .otherwise(first + " " + last),
            middle=pl.when(family_first)
            .then(pl.lit(""))
            .otherwise(between.list.eval(pl.element().str.slice(0, 1)).list.join("")),
            surname=pl.when((count > 1) & (family_first | by_state))
            .then(pl.col("_words").list.first())
            .otherwise(last),
        )
        .drop("_words")
    )
