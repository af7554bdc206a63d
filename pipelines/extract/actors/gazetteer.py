"""Known names in a sentence: states, their people, capitals and seats, and known organisations, longest match first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.language.parse import Parse, Token
from pipelines.reference import countries, organisations
from pipelines.reference.countries import StateWord
from pipelines.reference.organisations import Organisation

_LONGEST = 8
# Abbreviations that are words in a text of capitals.
_WORDS_IN_CAPITALS = frozenset("is who us eta sana spa mena au ec ap icc ida cis pmi adb ira ada fars guardian contras".split())
_LED = frozenset("led backed based born held occupied made trained style controlled sponsored supplied brokered built run".split())
_PREFIXES = {"sino": "CHN", "anglo": "GBR", "franco": "FRA", "russo": "RUS", "indo": "IND", "greco": "GRC", "afro": None}


@dataclass(frozen=True, slots=True)
class KnownName:
    """A match: tokens first:last (half-open, document-wide) and what they are."""

    first: int
    last: int
    state: StateWord | None = None
    organisation: Organisation | None = None


@cache
def _reach() -> dict[str, int]:
    """First word of a known name, lower-cased, to the most words that a name beginning so can have."""
    found: dict[str, int] = {}
    for name in (*countries.words(), *organisations.by_name()):
        words = name.lower().replace("-", " - ").replace("'s", " 's").replace("/", " / ").split()
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def known_names(parse: Parse, tokens: list[Token]) -> list[KnownName]:
    """Known names among the tokens of a sentence, in text order, none inside another."""
    in_capitals = sum(t.text.isupper() for t in tokens if t.text.isalpha()) > 0.7 * max(
        1, sum(t.text.isalpha() for t in tokens)
    )
    found: list[KnownName] = []
    reach = _reach()
    i = 0
    while i < len(tokens):
        token = tokens[i]
        first = token.text[0]
        if not first.isupper():
            i += 1
            continue
        longest = reach.get(token.lower, 0) or reach.get(token.lower.split("-")[0], 0)
        match = None
        for n in range(min(longest, _LONGEST, len(tokens) - i), 0, -1):
            last = tokens[i + n - 1]
            text = parse.text[token.start : last.end]
            if in_capitals and n == 1 and token.lower in _WORDS_IN_CAPITALS:
                break
            organisation = organisations.lookup(text)
            state = None if organisation else countries.lookup(text)
            if state and n == 1 and token.pos in ("VERB", "AUX", "PRON") and not token.text.isupper():
                state = None
            if organisation or state:
                match = KnownName(token.index, last.index + 1, state, organisation)
                break
        if match is None:
            found += _hyphenated(token)
            i += 1
        else:
            found.append(match)
            i += match.last - match.first
    return found


def _hyphenated(token: Token) -> list[KnownName]:
    """States in "U.S.-led", "U.S.-Uzbek", "Sino-Soviet", "American-Israeli": one token, each state a match."""
    if "-" not in token.text or not token.text[0].isalpha():
        return []
    found = []
    for part in token.text.split("-"):
        prefixed = _PREFIXES.get(part.lower())
        word = StateWord(prefixed, "adjective") if prefixed else countries.lookup(part)
        organisation = None if word else organisations.lookup(part) if len(part) > 1 and part[0].isupper() else None
        if word or organisation:
            found.append(KnownName(token.index, token.index + 1, word, organisation))
    return found
