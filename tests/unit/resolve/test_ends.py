"""Who stands at the ends of a flow: givers by the reference list, agencies by their state, and nobody who cannot give."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.reference.countries import states
from pipelines.reference.givers import givers
from pipelines.reference.organisations import lookup
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.identities import ACTORS_SCHEMA

ACTORS = {
    "Germany": ("country", "DEU"),
    "Kreditanstalt fuer Wiederaufbau": ("government_body", "DEU"),
    "International Development Association": ("igo", None),
    "World Bank": ("igo", None),
    "Gavi": ("other_organization", None),  # as a network may take it that has never met it
    "Ford Foundation": ("ngo", "USA"),
    "Elbonian Steel": ("company", "ELB"),
    "Strelsau Courier": ("media", "RUR"),
    "Council of Elders": ("igo", None),
    "Kenya": ("country", "KEN"),
}


def _given(giver: str | None, taker: str = "Kenya", status: str = "disbursed") -> dict[str, str | None]:
    rows = [
        {"actor_id": name, "name": name, "actor_type": kind, "country": country, "aliases": [], "mention_count": 1}
        for name, (kind, country) in ACTORS.items()
    ]
    ends = Ends(pl.DataFrame(rows, schema=ACTORS_SCHEMA, orient="row"), pl.Series([], dtype=pl.String))
    figures = pl.DataFrame(
        {"payer_id": [giver], "payee_id": [taker], "status": [status]},
        schema={"payer_id": pl.String, "payee_id": pl.String, "status": pl.String},
    )
    found = ends.of(figures).row(0, named=True)
    added = dict(ends.added.select("actor_id", "name").iter_rows())  # principals that no document names under their id
    return {key: added.get(value, value) for key, value in found.items()}


@pytest.mark.parametrize(
    ("giver", "donor", "kind", "agency"),
    [
        ("Germany", "Germany", "state", None),
        ("Kreditanstalt fuer Wiederaufbau", "Germany", "state", "Kreditanstalt fuer Wiederaufbau"),
        ("International Development Association", "World Bank", "igo", "International Development Association"),
        ("Gavi", "Gavi", "igo", None),
        ("Council of Elders", "Council of Elders", "igo", None),
        ("Ford Foundation", "Ford Foundation", "private", None),
        ("Elbonian Steel", "Elbonian Steel", "private", None),
    ],
)
def test_money_is_counted_with_whom_the_giver_acts_for(giver: str, donor: str, kind: str, agency: str | None) -> None:
    found = _given(giver)
    assert (found["donor"], found["donor_kind"], found["agency"]) == (donor, kind, agency)
    assert found["recipient"] == "Kenya"


def test_a_paper_gives_nothing_but_may_be_given_to() -> None:
    told = _given("Strelsau Courier")
    assert (told["donor"], told["donor_kind"], told["recipient"]) == (None, None, "Kenya")
    assert _given("Germany", "Strelsau Courier")["recipient"] == "Strelsau Courier"


def test_who_is_paid_back_is_the_lender() -> None:
    found = _given("Kenya", "Kreditanstalt fuer Wiederaufbau", status="repaid")
    assert (found["donor"], found["recipient"]) == ("Germany", "Kenya")


def test_givers_are_those_of_the_registers() -> None:
    names = {state.name for state in states().values()}
    found = givers()
    assert len(found) > 150
    for giver in found.values():
        if giver.kind == "state":
            assert giver.name in names, giver
            continue
        organisation = lookup(giver.name)
        assert organisation is not None, giver
        assert organisation.name == giver.name, giver
        assert (organisation.actor_type == "igo") == (giver.kind == "igo"), giver
        if giver.acts_for:
            principal = lookup(giver.acts_for)
            assert principal is not None, giver
            assert principal.name == giver.acts_for, giver
    codes = [giver.dac_code for giver in found.values() if giver.dac_code]
    assert len(codes) == len(set(codes))
