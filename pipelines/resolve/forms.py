"""Entities counted by all that decides who they are: what many documents say alike of somebody is one row, a form.

A corpus of a million documents has twelve million entities and far fewer forms. Who is one is resolved over forms, so that time and
memory go with what names there are and not with how often they are said; and forms of documents counted before are joined to those
of new ones without a look at the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.resolve.person_parts import person_parts, reports_by_name

# Entities that are alike in all of these are one form. The last four are of persons.
_ALIKE = [
    "name", "actor_type", "country", "country_basis", "abbreviation", "wikidata_id",
    "title", "office_key", "day", "document",
]  # fmt: skip
# What follows from these.
_FOLLOWS = ["kind", "words", "base", "middle", "surname"]
_OF_PERSONS = {
    "title": pl.String(), "office_key": pl.String(), "day": pl.Date(), "document": pl.String(),
    "words": pl.Int32(), "base": pl.String(), "middle": pl.String(), "surname": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Forms:
    """Counted entities; a form is named by its row number in `forms`.

    `forms`: a form's columns, mention_count, first_seen_on, last_seen_on. `aliases`: form, alias. `reports`: see `reports_by_name`.
    `mapped`: document_id, entity_index and form of every entity.
    """

    forms: pl.DataFrame
    aliases: pl.DataFrame
    reports: pl.DataFrame
    mapped: pl.DataFrame


def told_country() -> pl.Expr:
    """The state by which entities are compared.

    An inferred state is no evidence of who somebody with a name is; bodies of a state, and people without a name ("banks",
    "protesters"), are told apart by nothing else: those of one document must not get the state of another's.
    """
    is_named = pl.col("name") != pl.col("name").str.to_lowercase()
    of_states = pl.col("actor_type").is_in(["government_body", "armed_forces"])
    is_guessed = (pl.col("country_basis") == "inferred") & is_named & ~of_states
    return pl.when(is_guessed).then(None).otherwise("country")


def count(entities: pl.DataFrame) -> Forms:
    """Count the entities of some documents.

    Takes document_id, entity_index, name, actor_type, country, role, aliases, abbreviation, wikidata_id, mention_count,
    country_basis, published_on. `mapped` has the order of the entities.
    """
    rows, people = _described(entities)
    seen = pl.col("published_on")
    forms = rows.group_by(_ALIKE, maintain_order=True).agg(
        pl.col(_FOLLOWS).first(), pl.col("mention_count").sum().cast(pl.Int64), pl.col("_order"),
        first_seen_on=seen.min(), last_seen_on=seen.max(),
    ).with_row_index("form")  # fmt: skip
    of = forms.select("form", "_order").explode("_order").sort("_order")["form"]
    aliases = rows.select("aliases").with_columns(form=of).explode("aliases").select("form", alias="aliases")
    return Forms(
        forms.drop("form", "_order"),
        aliases.drop_nulls().unique(maintain_order=True),
        reports_by_name(people),
        rows.select("document_id", "entity_index").with_columns(form=of),
    )


def joined(parts: Sequence[Forms]) -> Forms:
    """Forms of several sets of documents that have none in common, one after the other."""
    starts, start = [], 0
    for part in parts:
        starts.append(start)
        start += part.forms.height
    if not parts:
        return count(pl.DataFrame(schema=_ENTITIES))

    def moved(name: str) -> pl.DataFrame:
        frames: list[pl.DataFrame] = [getattr(part, name) for part in parts]
        return pl.concat(
            [
                frame.with_columns(form=pl.col("form") + pl.lit(start, pl.UInt32))
                for frame, start in zip(frames, starts, strict=True)
            ]
        )

    return Forms(
        pl.concat([part.forms for part in parts]),
        moved("aliases"),
        pl.concat([part.reports for part in parts]),
        moved("mapped"),
    )


def merged(parts: Sequence[Forms]) -> Forms:
    """`joined`, with what is alike in several parts counted once."""
    all_of = joined(parts)
    forms = (
        all_of.forms.with_row_index("_row")
        .group_by(_ALIKE, maintain_order=True)
        .agg(
            pl.col(_FOLLOWS).first(), pl.col("mention_count").sum(), pl.col("_row"),
            pl.col("first_seen_on").min(), pl.col("last_seen_on").max(),
        )
        .with_row_index("form")
    )  # fmt: skip
    of = forms.select("form", "_row").explode("_row").sort("_row")["form"]
    return Forms(
        forms.drop("form", "_row"),
        all_of.aliases.with_columns(form=of.gather(all_of.aliases["form"])).unique(maintain_order=True),
        all_of.reports.group_by("surname", "people").agg(pl.col("documents").sum()).sort("surname", "people"),
        all_of.mapped.with_columns(form=of.gather(all_of.mapped["form"])),
    )


_ENTITIES = pl.Schema(
    {
        "document_id": pl.String(), "entity_index": pl.Int32(), "name": pl.String(), "actor_type": pl.String(),
        "country": pl.String(), "role": pl.String(), "aliases": pl.List(pl.String()), "abbreviation": pl.String(),
        "wikidata_id": pl.String(), "mention_count": pl.Int32(), "country_basis": pl.String(), "published_on": pl.Date(),
    }
)  # fmt: skip


def _described(entities: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Entities with their kind (country, person, body) and the parts of persons, in their order; and the persons alone."""
    is_state = (pl.col("actor_type") == "country") & pl.col("country").is_not_null()
    kind = pl.when(is_state).then(pl.lit("country")).when(pl.col("actor_type") == "person").then(pl.lit("person"))
    rows = entities.with_row_index("_order").with_columns(kind=kind.otherwise(pl.lit("body")))
    people = rows.filter(pl.col("kind") == "person")
    parts = person_parts(people.with_columns(country=told_country()))
    people = people.with_columns(parts.select(name).to_series().cast(kept) for name, kept in _OF_PERSONS.items())
    others = rows.filter(pl.col("kind") != "person").with_columns(
        pl.lit(None, kept).alias(name) for name, kept in _OF_PERSONS.items()
    )
    return pl.concat([others, people], how="diagonal").sort("_order"), people
