"""One actor for one actor: the entities of all documents matched to identities, columnar.

What identifies an actor is a key made of its own words (a state's code, an organisation's name and state, a person's
name and state), hashed to the actor id: it does not depend on the order of documents nor on how many there are.
"""

from __future__ import annotations

import hashlib

import polars as pl

ACTOR_COLUMNS = (
    "actor_id", "name", "actor_type", "country", "wikidata_id", "aliases", "mention_count", "first_seen_on",
    "last_seen_on",
)  # fmt: skip

# Given names whose short form newspapers use for the same person.
_SHORT_NAMES = {
    "bill": "william", "bob": "robert", "jim": "james", "joe": "joseph", "mike": "michael", "tony": "anthony",
    "tom": "thomas", "dick": "richard", "rick": "richard", "ron": "ronald", "ed": "edward", "ted": "edward", "chris": "christopher",
    "dan": "daniel", "dave": "david", "ken": "kenneth", "steve": "stephen", "steven": "stephen", "chuck": "charles",
    "jack": "john", "harry": "henry", "larry": "lawrence", "jerry": "gerald", "ben": "benjamin", "sam": "samuel",
    "alex": "alexander", "andy": "andrew", "nick": "nicholas", "pat": "patrick", "jimmy": "james", "bobby": "robert",
    "sergei": "sergey", "dmitri": "dmitry", "mohammed": "mohammad", "muhammad": "mohammad", "mohamed": "mohammad",
}  # fmt: skip


def resolve_identities(entities: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Match entities to actors.

    Takes one row an entity of a document: document_id, entity_index, name, actor_type, country, role, aliases,
    abbreviation, wikidata_id, mention_count, published_on. Returns (actors, entity_actors): actors has
    `ACTOR_COLUMNS`; entity_actors maps document_id and entity_index to actor_id.

    A person named by surname alone joins the one fuller-named person of that surname and state, where there is just
    one; where there are two, or none, it stays an actor of its own.
    """
    folded = _fold(entities)
    keyed = _person_keys(folded.with_columns(_key=_organisation_key()))
    ids = keyed.select("_key").unique().sort("_key")
    ids = ids.with_columns(actor_id=pl.Series([_actor_id(k) for k in ids["_key"]], dtype=pl.String))
    keyed = keyed.join(ids, on="_key", how="left", maintain_order="left")
    return _actors(keyed), keyed.select("document_id", "entity_index", "actor_id")


def _actor_id(key: str) -> str:
    return f"ac_{hashlib.blake2b(key.encode('utf8', 'replace'), digest_size=8).hexdigest()}"


def _fold(entities: pl.DataFrame) -> pl.DataFrame:
    """Names compared without accents, case, points, articles and what is no letter."""
    return entities.with_columns(
        _folded=pl.col("name")
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_all(r"[.’']s\b|[.’']", "")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
        .str.replace(r"^the ", "")
    ).with_columns(_words=pl.col("_folded").str.split(" "))


def _organisation_key() -> pl.Expr:
    state = pl.col("country").fill_null("")
    return (
        pl.when(pl.col("actor_type") == "country")
        .then(pl.lit("country|") + state)
        .when(pl.col("actor_type") == "population")
        .then(pl.lit("population|") + pl.coalesce("country", "_folded"))
        .when(pl.col("actor_type") != "person")
        .then(pl.lit("organisation|") + pl.col("_folded") + "|" + state)
    )


def _person_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Give persons their key: first name, surname and state; incomplete ones joined where only one fits."""
    is_person = pl.col("actor_type") == "person"
    first = pl.col("_words").list.first().replace(_SHORT_NAMES)
    last = pl.when(pl.col("_words").list.last().is_in(["jr", "sr", "ii", "iii"])).then(
        pl.col("_words").list.get(-2, null_on_oob=True)
    ).otherwise(pl.col("_words").list.last())  # fmt: skip
    frame = frame.with_columns(
        _first=pl.when(is_person & (pl.col("_words").list.len() > 1)).then(first),
        _last=pl.when(is_person).then(last),
    )
    full = frame.filter(pl.col("_first").is_not_null())
    # Full names: the state is that which most documents give; one person told with and without a state is one.
    named = (
        full.filter(pl.col("country").is_not_null())
        .group_by("_first", "_last", "country")
        .agg(pl.len())
        .sort("_first", "_last", pl.col("len"), "country", descending=[False, False, True, False])
    )
    states_of = named.group_by("_first", "_last", maintain_order=True).agg(
        _state=pl.col("country").first(), _states=pl.col("country").n_unique()
    )
    people = full.select("_first", "_last").unique().join(states_of, on=["_first", "_last"], how="left")
    by_surname = people.group_by("_last", "_state").agg(
        _only_first=pl.col("_first").min(), _bearers=pl.len()
    )
    anywhere = people.group_by("_last").agg(
        _any_first=pl.col("_first").min(), _any_state=pl.col("_state").min(), _any_bearers=pl.len()
    )
    frame = (
        frame.join(states_of, on=["_first", "_last"], how="left", maintain_order="left")
        .join(
            by_surname,
            left_on=["_last", "country"],
            right_on=["_last", "_state"],
            how="left",
            maintain_order="left",
        )
        .join(anywhere, on="_last", how="left", maintain_order="left")
    )
    # A name that bearers of two states share stays apart by state; one without a state goes to the commoner.
    own = pl.coalesce("country", "_state").fill_null("")
    full_key = pl.lit("person|") + pl.col("_first") + " " + pl.col("_last") + "|" + own
    fits_state = (pl.col("_bearers") == 1) & pl.col("country").is_not_null()
    fits_anyone = pl.col("country").is_null() & pl.col("role").is_not_null() & (pl.col("_any_bearers") == 1)
    surname_key = (
        pl.when(fits_state)
        .then(pl.lit("person|") + pl.col("_only_first") + " " + pl.col("_last") + "|" + pl.col("country"))
        .when(fits_anyone)
        .then(pl.lit("person|") + pl.col("_any_first") + " " + pl.col("_last") + "|" + pl.col("_any_state").fill_null(""))
        .otherwise(pl.lit("person|") + pl.col("_last") + "|" + pl.col("country").fill_null(""))
    )
    return frame.with_columns(
        _key=pl.when(~is_person)
        .then("_key")
        .when(pl.col("_first").is_not_null())
        .then(full_key)
        .otherwise(surname_key)
    )


def _actors(keyed: pl.DataFrame) -> pl.DataFrame:
    """One row an actor: the fullest frequent name, every other name as alias, counts and days over all documents."""
    names = (
        keyed.group_by("actor_id", "name")
        .agg(pl.col("mention_count").sum())
        .with_columns(_words=pl.col("name").str.count_matches(r"\S+").clip(0, 3))
        .sort("actor_id", "_words", "mention_count", "name", descending=[False, True, True, False])
    )
    best = names.group_by("actor_id", maintain_order=True).agg(pl.col("name").first())
    aliases = (
        pl.concat(
            [
                keyed.select("actor_id", alias="name"),
                keyed.select("actor_id", alias="abbreviation"),
                keyed.select("actor_id", alias="aliases").explode("alias"),
            ]
        )
        .drop_nulls()
        .unique()
        .join(best, on="actor_id")
        .filter(pl.col("alias") != pl.col("name"))
        .group_by("actor_id")
        .agg(aliases=pl.col("alias").sort())
    )
    kinds = (
        keyed.group_by("actor_id", "actor_type")
        .agg(pl.col("mention_count").sum())
        .sort("actor_id", "mention_count", "actor_type", descending=[False, True, False])
        .group_by("actor_id", maintain_order=True)
        .agg(pl.col("actor_type").first())
    )
    rest = keyed.group_by("actor_id").agg(
        pl.col("country").drop_nulls().min(),
        pl.col("wikidata_id").drop_nulls().min(),
        pl.col("mention_count").sum().cast(pl.Int64),
        first_seen_on=pl.col("published_on").min(),
        last_seen_on=pl.col("published_on").max(),
    )
    return (
        best.join(kinds, on="actor_id")
        .join(rest, on="actor_id")
        .join(aliases, on="actor_id", how="left")
        .with_columns(pl.col("aliases").fill_null([]))
        .select(ACTOR_COLUMNS)
        .sort("actor_id")
    )
