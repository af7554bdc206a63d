"""States by name, demonym, people, capital and seat of government."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class State:
    """A state. `adjectives` are demonyms ("Kazakh"), `people` its people in the plural ("Kazakhs")."""

    iso3: str
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    aliases: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a word or phrase says of a state: kind is name, adjective, people, capital or seat."""

    iso3: str
    kind: str


@cache
def states() -> dict[str, State]:
    """All states, historic ones too, by ISO 3166-1 alpha-3 (SUN, YUG, DDR, CSK, SCG are withdrawn codes)."""
    found = {}
    for row in rows("countries.csv"):
        adjectives = split(row["adjectives"])
        people = split(row["people"]) or [_plural(a) for a in adjectives]
        found[row["iso3"]] = State(
            row["iso3"], row["name"], tuple(adjectives), tuple(people), tuple(split(row["capital"])),
            tuple(split(row["aliases"])), tuple(split(row["seats"])),
        )  # fmt: skip
    return found


@cache
def wikidata_ids() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to the state's Wikidata item, where the list has it."""
    return {row["iso3"]: row["wikidata_id"] for row in rows("wikidata.csv")}


# What stands for an apostrophe: typographic ones, the modifier letter, the prime, accents that stand alone.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u2032\u00b4\u0060", "'"))


def fold(words: str) -> str:
    """Words in small letters without accents, with plain apostrophes, as lists of names are looked up."""
    letters = unicodedata.normalize("NFKD", words.lower().translate(_APOSTROPHES))
    return letters if letters.isascii() else "".join(c for c in letters if not unicodedata.combining(c))


def _written(name: str) -> list[str]:
    """Ways in which a state's name is written: "Saint", "St." and "St", "and" and "&", the first island of two alone."""
    found = [name]
    if name.startswith(("Saint ", "St. ")):
        rest = name.split(" ", 1)[1]
        found = [f"{first} {rest}" for first in ("Saint", "St.", "St")]
    found += _shortened(name)
    if " and " in name:
        found += [n.replace(" and ", " & ") for n in found]
        found += [
            n.split(" and ")[0] for n in found if " and the " in n or (n.count(" and ") == 1 and len(n.split()) <= 5)
        ]
    return found


# "DPR Korea", "PR of China", "Lao P.D.R.": official names whose words before or behind the state's name are initials.
_OFFICIAL = re.compile(
    r"(?P<words>(?:[A-Z][\w']+ )+Republic) of (?P<the>the )?(?P<state>[A-Z].+)|(?P<first>[A-Z]\w+) (?P<behind>(?:[A-Z][\w']+ )+Republic)"
)
_WORDS_SHORT = {"Republic": "Rep.", "Democratic": "Dem.", "Federal": "Fed.", "Socialist": "Soc."}


def _shortened(name: str) -> list[str]:
    """An official name with its words as initials, with and without stops, and cut short: "Dem. Rep. of the Congo"."""
    found = _OFFICIAL.fullmatch(name)
    if found is None:
        return [f"Rep. of {name[12:]}"] if name.startswith("Republic of ") else []
    words = (found["words"] or found["behind"]).split()
    plain = "".join(w[0] for w in words)
    initials = (plain, "".join(f"{letter}." for letter in plain))
    if found["behind"]:
        return [f"{found['first']} {i}" for i in initials]
    states = {found["state"], f"{found['the'] or ''}{found['state']}"}
    cut = " ".join(_WORDS_SHORT.get(w, w) for w in words)
    return [f"{i} {of}{s}" for i in initials for of in ("", "of ") for s in sorted(states)] + [
        f"{cut} of {s}" for s in sorted(states)
    ]


@cache
def _initialled() -> frozenset[str]:
    """Names of which a part is initials, folded: in other letters they are other words ("Dr Congo")."""
    values = (v for state in states().values() for v in (state.name, *state.aliases))
    return frozenset(fold(w).replace(".", "") for v in values for w in _shortened(v))


def _plural(adjective: str) -> str:
    return adjective if adjective.endswith(("ese", "ss", "ch", "sh", "s")) else f"{adjective}s"


# Abbreviations of states that are words when not in capitals.
_IN_CAPITALS_ALONE = frozenset({"us", "is", "car"})


@cache
def words() -> dict[str, StateWord]:
    """Word or phrase, lower-cased, to what it says; the more direct kind wins where two states share a word."""
    found: dict[str, StateWord] = {}
    for kind in ("name", "aliases", "adjective", "people", "seat", "capital"):
        for state in states().values():
            values = {
                "name": (state.name,), "aliases": state.aliases, "adjective": state.adjectives,
                "people": state.people, "seat": state.seats, "capital": state.capitals,
            }[kind]  # fmt: skip
            for value in (w for v in values for w in (_written(v) if kind in ("name", "aliases") else (v,))):
                found.setdefault(fold(value), StateWord(state.iso3, "name" if kind == "aliases" else kind))
    return found


def lookup(text: str) -> StateWord | None:
    """What a phrase says of a state, if anything. Case counts: a country's name does not begin with a small letter."""
    stripped = text.strip().removeprefix("the ").removeprefix("The ").removeprefix("THE ")
    if not stripped or stripped[0].islower():
        return None
    lowered = fold(stripped)
    if lowered in _IN_CAPITALS_ALONE and not stripped.isupper():
        return None
    if lowered.replace(".", "") in _initialled() and not _has_initials(stripped):
        return None
    return words().get(lowered) or words().get(lowered.replace(".", "")) or words().get(lowered.replace("-", " "))


def _has_initials(name: str) -> bool:
    """Whether a word of a name is initials, or the name is cut short with stops."""
    return "ep. of" in name or any(len(w) > 1 and w.replace(".", "").isupper() for w in name.split())


def iso3(name: str) -> str | None:
    """Code of a state given by its own name, demonym or people (not by a capital)."""
    word = lookup(name)
    return word.iso3 if word and word.kind in ("name", "adjective", "people") else None
