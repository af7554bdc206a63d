"""The two ends of a flow as states and bodies: an agency, ministry, army or official stands for its state, an organ for its union.

The agency is kept beside the state. States that no document names, but for which a named agency acts, become actors too.
Who gives of what kind is `reference/givers.csv`; of whom it does not name, the type of actor decides.
"""

from __future__ import annotations

import polars as pl

from pipelines.codes import DonorKind
from pipelines.extract.frames import FACT_SCHEMAS
from pipelines.reference.countries import states
from pipelines.reference.givers import givers
from pipelines.reference.seats import seats
from pipelines.reference.word_lists import word_list
from pipelines.resolve.identities import ACTORS_SCHEMA, resolve_identities

# What acts for the state that it belongs to. A person does where texts give him an office.
_OF_STATE = ("government_body", "armed_forces", "population")
# A paper that tells of a gift is no giver, whatever the reader took it for.
_NEVER = "media"
# Who speaks or pays for a state (a president, its taxpayers) is no agency of it.
_NO_AGENCY = ("person", "population")
# Who is at home where a state gives to him: what else has a land may stand for people elsewhere (a charity, a rebel group).
_AT_HOME = ("company", "person", "political_party", "media")
_CENTRAL_BANK = r"\bcentral bank\b"
# What `resolve_identities` takes: entities as facts hold them, and the day of their document.
_ENTITIES = pl.Schema({**FACT_SCHEMAS["entities"], "published_on": pl.Date()})


class Ends:
    """Who stands for whom, of all actors; `added` are the actors that had to be made for it.

    Takes actors (`ACTORS_SCHEMA`), the ids of persons whom texts give an office, and states (ISO 3166-1 alpha-3) that
    are ends though no document speaks of them as actors. `names` (actor_id, name) are the names of all of them.
    """

    def __init__(self, actors: pl.DataFrame, officials: pl.Series, named: frozenset[str] = frozenset()) -> None:
        names = pl.DataFrame(
            [(g.name, g.kind, g.acts_for) for g in givers().values()],
            schema={"name": pl.String, "_kind": pl.String, "_for": pl.String},
            orient="row",
        )
        # "Donors" and "Nordic countries" are no state: they are several who give together, none of them named.
        of_no_land = (pl.col("actor_type") == "population") & pl.col("country").is_null()
        is_official = (pl.col("actor_type").is_in(_OF_STATE) & ~of_no_land) | (
            (pl.col("actor_type") == "person") & pl.col("actor_id").is_in(officials.implode())
        )
        # Where an actor belongs as texts or lists tell; bodies of several states have a seat and no land.
        is_told = (pl.col("country_basis") != "inferred").fill_null(True) & (pl.col("actor_type") != "igo")
        land = pl.when(is_told).then("country")
        known = actors.select("actor_id", "name", "actor_type", "country", land=land).join(names, on="name", how="left")
        # "Central bank", of whichever land, and names of banks that do not say so.
        lower = pl.col("name").str.to_lowercase().str.strip_prefix("the ")
        is_central_bank = lower.is_in(
            sorted(word_list("actor_words.csv", "names of central banks"))
        ) | lower.str.contains(_CENTRAL_BANK)
        known = known.with_columns(
            _country=pl.when(is_official).then("country"),
            kind=pl.when(is_official | (pl.col("actor_type") == "country"))
            .then(pl.lit("state"))
            .when(pl.col("_kind").is_not_null())
            .then("_kind")
            .when(pl.col("actor_type") == "igo")
            .then(pl.lit("igo"))
            .when(of_no_land)
            .then(pl.lit(DonorKind.GROUP.value))
            .when(pl.col("actor_type") != _NEVER)
            .then(pl.lit("private")),
        )
        self._principals = _principals(known, named)
        self.added = self._principals.join(actors, on="actor_id", how="anti").select(ACTORS_SCHEMA.names())
        by_country = self._principals.filter(pl.col("actor_type") == "country").select(
            _country="country", _state="actor_id"
        )
        by_name = self._principals.filter(pl.col("actor_type") != "country").select(_for="name", _body="actor_id")
        self._map = (
            known.join(by_country, on="_country", how="left")
            .join(by_name, on="_for", how="left")
            .select(
                "actor_id",
                "actor_type",
                "kind",
                "land",
                is_central_bank=is_central_bank,
                principal=pl.coalesce("_state", "_body", "actor_id"),
            )
        )
        self.names = pl.concat(
            [frame.select("actor_id", "name") for frame in (actors, self.added)], how="vertical_relaxed"
        )
        self.states: dict[str, str] = dict(by_country.iter_rows())
        self.bodies: dict[str, str] = dict(by_name.iter_rows())

    def of(self, figures: pl.DataFrame) -> pl.DataFrame:
        """Add donor, recipient, agency, donor_kind, `is_at_home`, `is_supply_of_money` and `to_several` to figures (payer_id, payee_id, status).

        What stays in one land (a supporter's gift to a candidate, a bank's loan to a firm, a state's to its firms) `is_at_home`. Who is in office
        stands for his state where a state or body gives, not where others give to him. A repayment is turned round: a repaid loan's donor is the lender, whoever is paid back. People who give to the
        state whose they are said to be ("Cyclone donors") are not that state: the giver is not known.
        """
        is_back = pl.col("status") == "repaid"
        figures = figures.with_columns(
            _giver=pl.when(is_back).then("payee_id").otherwise("payer_id"),
            _taker=pl.when(is_back).then("payer_id").otherwise("payee_id"),
        )
        can_give = pl.col("kind").is_not_null()
        given = self._map.filter(can_give).select(
            _giver="actor_id",
            donor="principal",
            donor_kind="kind",
            _type="actor_type",
            _land="land",
            is_of_central_bank="is_central_bank",
        )
        takers = self._map.select(
            _taker="actor_id", recipient="principal", _taker_type="actor_type", _taker_land="land", _taker_kind="kind"
        )
        found = figures.join(given, on="_giver", how="left", maintain_order="left").join(
            takers, on="_taker", how="left", maintain_order="left"
        )
        is_public = pl.col("donor_kind").is_in(["state", "igo"]).fill_null(False)
        to_himself = ~is_public & (pl.col("_taker_type") == "person").fill_null(False)
        is_at_home = (pl.col("_land") == pl.col("_taker_land")) & (~is_public | pl.col("_taker_type").is_in(_AT_HOME))
        found = found.with_columns(
            recipient=pl.when(to_himself).then("_taker").otherwise("recipient"),
            is_at_home=is_at_home.fill_null(False),
            to_several=(pl.col("_taker_kind") == DonorKind.GROUP.value).fill_null(pl.col("recipient").is_null()),
            is_supply_of_money=pl.col("is_of_central_bank")
            & (pl.col("_taker_land") == pl.col("_land")).fill_null(True)
            & ~pl.col("_taker_type").is_in(["ngo", "population"]).fill_null(False)
            & ~pl.col("_taker_kind").is_in(["state", "igo"]).fill_null(False),
        )
        own_people = ((pl.col("_type") == "population") & (pl.col("donor") == pl.col("recipient"))).fill_null(False)
        return found.with_columns(pl.when(~own_people).then(name) for name in ("donor", "donor_kind")).with_columns(
            agency=pl.when((pl.col("_giver") != pl.col("donor")) & ~pl.col("_type").is_in(_NO_AGENCY)).then("_giver")
        )


def _principals(known: pl.DataFrame, named: frozenset[str]) -> pl.DataFrame:
    """The states and bodies that others act for, as actors under the ids that they have or would have."""
    countries = sorted({*known["_country"].drop_nulls(), *named})
    bodies = sorted({*known["_for"].drop_nulls(), *(seat.body for seat in seats().values())})
    entities = [
        {"name": states()[c].name, "actor_type": "country", "country": c, "country_basis": "told"}
        for c in countries
        if c in states()
    ] + [{"name": b, "actor_type": "igo"} for b in bodies]
    frame = pl.DataFrame(
        [
            {"document_id": "", "entity_index": n, "mention_count": 0, "aliases": [], **e}
            for n, e in enumerate(entities)
        ],
        schema=_ENTITIES,
        orient="row",
    )
    return resolve_identities(frame)[0] if entities else ACTORS_SCHEMA.to_frame()
