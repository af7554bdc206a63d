"""Known organisations: intergovernmental ones, news agencies, armed groups, parties, ministries, lenders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation. `country` is None where it belongs to no single state; `since` the year it began, where entered."""

    name: str
    actor_type: str
    country: str | None
    abbreviations: tuple[str, ...]
    aliases: tuple[str, ...]
    since: int | None = None

    def existed(self, year: int | None) -> bool:
        """Whether a text of that year can mean it; an unknown year excludes nothing."""
        return self.since is None or year is None or year >= self.since


@cache
def organisations() -> tuple[Organisation, ...]:
    """All known organisations, in the order of the list."""
    return tuple(
        Organisation(
            row["name"],
            row["actor_type"],
            row["country"] or None,
            tuple(split(row["abbreviations"])),
            tuple(split(row["aliases"])),
            int(row["since"]) if row["since"] else None,
        )
        for row in rows("organisations.csv")
    )


@cache
def by_name() -> dict[str, Organisation]:
    """Names, aliases and abbreviations to their organisation; abbreviations and short names keep their case.

    Names of several words are also there in lower case, for texts in capitals.
    """
    found: dict[str, Organisation] = {}
    for organisation in organisations():
        for name in (organisation.name, *organisation.aliases, *organisation.abbreviations):
            found.setdefault(name.removeprefix("The ").removeprefix("the "), organisation)
    for name, organisation in list(found.items()):
        if " " in name or len(name) > 5:
            found.setdefault(name.lower(), organisation)
    return found


def lookup(text: str) -> Organisation | None:
    """The organisation of this name, abbreviation or alias."""
    name = text.strip().removeprefix("the ").removeprefix("The ").removeprefix("THE ")
    return by_name().get(name) or (by_name().get(name.lower()) if name[:1].isupper() else None)
