"""One actor for all documents: document-local entities in, actors with stable ids out.

Columnar and pure, over entities counted by their forms (`forms`). An actor's id is a hash of what identifies it (a state's code, a person's or a body's name and state),
so it is the same in every run, whatever else the corpus holds and in whatever order rows come.
"""

from __future__ import annotations

import polars as pl

from pipelines.identifiers import stable_id
from pipelines.reference.countries import states
from pipelines.resolve.bodies import body_keys
from pipelines.resolve.forms import Forms, count, told_country
from pipelines.resolve.people import person_keys

ACTORS_SCHEMA = pl.Schema(
    {
        "actor_id": pl.String(), "name": pl.String(), "actor_type": pl.String(), "country": pl.String(),
        "wikidata_id": pl.String(), "aliases": pl.List(pl.String), "mention_count": pl.Int64(),
        "first_seen_on": pl.Date(), "last_seen_on": pl.Date(), "country_basis": pl.String(),
    }
)  # fmt: skip


def resolve_identities(entities: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tell which entities of all documents are one actor: `resolve` over entities that nobody has counted yet.

    Takes what `forms.count` takes. Returns the actors (see `ACTORS_SCHEMA`, sorted by id) and the map (document_id, entity_index,
    actor_id), in the order of the entities. Both depend on the set of rows alone.
    """
    return resolve(count(entities))


def resolve(counted: Forms) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tell which forms of all documents are one actor. Returns the actors, sorted by id, and the map as `counted.mapped` has its rows."""
    keyed = _with_keys(counted)
    ids = keyed.select("kind", "key").unique(maintain_order=True)
    ids = ids.with_columns(
        actor_id=pl.Series([stable_id("ac", kind, key) for kind, key in ids.iter_rows()], dtype=pl.String)
    )
    keyed = keyed.join(ids, on=["kind", "key"], how="left", maintain_order="left")
    actor = keyed["actor_id"]
    aliases = counted.aliases.with_columns(actor_id=actor.gather(counted.aliases["form"]))
    mapped = counted.mapped.with_columns(actor_id=actor.gather(counted.mapped["form"]))
    return _actors(keyed, aliases), mapped.select("document_id", "entity_index", "actor_id")


def _with_keys(counted: Forms) -> pl.DataFrame:
    """Add `key` to every form, keeping their order: with `kind` it tells who is one."""
    rows = counted.forms.with_row_index("_order")
    placed = rows.with_columns(country=told_country())
    people, bodies = (placed.filter(pl.col("kind") == kind) for kind in ("person", "body"))
    keys = pl.concat(
        [
            rows.filter(pl.col("kind") == "country").select("_order", key="country"),
            people.with_columns(key=person_keys(people, counted.reports)).select("_order", "key"),
            bodies.with_columns(key=body_keys(bodies)).select("_order", "key"),
        ]
    ).sort("_order")
    return rows.with_columns(keys["key"]).drop("_order")


def _actors(keyed: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """One row an actor: what most of its mentions say, every name it goes by."""
    seen = keyed.group_by("actor_id").agg(
        wikidata_id=pl.col("wikidata_id").drop_nulls().min(),
        mention_count=pl.col("mention_count").sum().cast(pl.Int64),
        first_seen_on=pl.col("first_seen_on").min(),
        last_seen_on=pl.col("last_seen_on").max(),
    )
    return (
        seen.join(_names(keyed), on="actor_id")
        .join(_commonest(keyed, "actor_type"), on="actor_id", how="left")
        .join(_states(keyed), on="actor_id", how="left")
        .join(_aliases(keyed, aliases), on="actor_id", how="left")
        .with_columns(aliases=pl.col("aliases").fill_null([]).list.set_difference(pl.concat_list("name")).list.sort())
        .select(ACTORS_SCHEMA.names())
        .cast(ACTORS_SCHEMA)
        .sort("actor_id")
    )


def _commonest(keyed: pl.DataFrame, column: str) -> pl.DataFrame:
    """actor_id -> the value of a column that most mentions have; of equals the first by alphabet."""
    return (
        keyed.filter(pl.col(column).is_not_null())
        .group_by("actor_id", column)
        .agg(_count=pl.col("mention_count").sum())
        .sort(["actor_id", "_count", column], descending=[False, True, False])
        .unique("actor_id", keep="first", maintain_order=True)
        .select("actor_id", column)
    )


def _states(keyed: pl.DataFrame) -> pl.DataFrame:
    """actor_id -> state and how it is known: what most mentions say, of those where it is told or listed before inferred ones.

    A state that is inferred must be so for more than half of the mentions of all documents, those without any among them: what
    one report lets one guess of a movement that acts in many states is not said of it everywhere.
    """
    return (
        keyed.with_columns(
            _guess=(pl.col("country_basis") == "inferred").fill_null(False),
            _all=pl.col("mention_count").sum().over("actor_id"),
        )
        .filter(pl.col("country").is_not_null())
        .group_by("actor_id", "country")
        .agg(
            _guess=pl.col("_guess").min(),
            _count=pl.col("mention_count").sum(),
            _all=pl.col("_all").first(),
            country_basis=pl.col("country_basis").sort_by("_guess", "country_basis").first(),
        )
        .filter(~pl.col("_guess") | (2 * pl.col("_count") > pl.col("_all")))
        .sort(["actor_id", "_guess", "_count", "country"], descending=[False, False, True, False])
        .unique("actor_id", keep="first", maintain_order=True)
        .select("actor_id", "country", "country_basis")
    )


def _names(keyed: pl.DataFrame) -> pl.DataFrame:
    """actor_id -> name: a state's common one; else the one most used, full names and mixed case before others."""
    common = pl.DataFrame(
        {"key": list(states()), "_common": [s.name for s in states().values()], "kind": "country"},
        schema={"key": pl.String, "_common": pl.String, "kind": pl.String},
    )
    full = (pl.col("kind") != "person") | pl.col("name").str.contains(r"\s")
    shouted = (pl.col("name") == pl.col("name").str.to_uppercase()) & (pl.col("name").str.len_chars() > 5)
    chosen = (
        keyed.group_by("actor_id", "kind", "key", "name")
        .agg(_count=pl.col("mention_count").sum())
        .with_columns(_full=full, _shouted=shouted, _length=pl.col("name").str.len_chars())
        .sort(
            ["actor_id", "_full", "_shouted", "_count", "_length", "name"],
            descending=[False, True, False, True, True, False],
        )
        .unique("actor_id", keep="first", maintain_order=True)
        .join(common, on=["kind", "key"], how="left")
    )
    shown = (
        pl.when((pl.col("kind") == "person") & pl.col("_shouted"))
        .then(pl.col("name").str.to_titlecase())
        .otherwise("name")
    )
    return chosen.select("actor_id", name=pl.coalesce("_common", shown))


def _aliases(keyed: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """actor_id -> aliases: every name, alias and abbreviation of its entities."""
    names = pl.concat(
        [
            keyed.select("actor_id", alias="name"),
            keyed.select("actor_id", alias="abbreviation"),
            aliases.select("actor_id", "alias"),
        ]
    )
    return (
        names.filter(pl.col("alias").is_not_null() & (pl.col("alias") != ""))
        .unique()
        .group_by("actor_id")
        .agg(aliases=pl.col("alias").sort())
    )
