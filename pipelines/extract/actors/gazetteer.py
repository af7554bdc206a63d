"""Known names in a text: states by name, demonym, capital and seat, regions, known organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.language.parse import Parse, Token
from pipelines.reference import countries, name_contexts, organisations, regions
from pipelines.reference.countries import StateWord
from pipelines.reference.former_states import is_over
from pipelines.reference.organisations import Organisation
from pipelines.reference.regions import Region
from pipelines.reference.word_lists import word_list

_LONGEST = 8
_WORDS_IN_CAPITALS = name_contexts.words("name alone in capitals")
_NEED_THE = name_contexts.words("name without the article")
_AFTER_HOUSE = word_list("actor_words.csv", "behind House")
# "Latin American", "Native American": another sense, or a region's.
_NOT_OF_STATE = name_contexts.beside("before the name")
_NOT_BEFORE = name_contexts.beside("behind the name")
# "Social Democrats", "Free Democrats": a party of its own, not the one that is called by the last word alone.
_OF_OTHER_PARTY = name_contexts.words("before a party")
_PREFIXES = {"sino": "CHN", "anglo": "GBR", "franco": "FRA", "russo": "RUS", "indo": "IND", "greco": "GRC"}
_LEANINGS = name_contexts.words("before a hyphen")
# "Russian-backed": the state has a hand in it and is not its owner.
_NOT_OWNED = name_contexts.words("behind a hyphen")
_CASELESS_MISREAD = name_contexts.words("name in small letters")
_SMALL_INITIALS = frozenset({"al", "contras", "dpa", "the"})


@dataclass(frozen=True, slots=True)
class KnownName:
    """A match: tokens first:last (half-open, document-wide) and what they are.

    `owns` is False where the words say who backs or opposes something ("pro-Russian"), not whose it is.
    """

    first: int
    last: int
    state: StateWord | None = None
    organisation: Organisation | None = None
    region: Region | None = None
    owns: bool = True


@cache
def _reach() -> dict[str, int]:
    """First word of a known name, lower-cased, to the most words that a name beginning so can have."""
    found: dict[str, int] = {}
    for name in (*countries.words(), *organisations.by_name(), *regions.by_name()):
        words = countries.fold(name).replace("-", " - ").replace("'s", " 's").replace("/", " / ").split()
        stops = sum(word.endswith(".") for word in words)  # which the parser may take for words of their own
        for first in {words[0], words[0].rstrip(".")}:
            found[first] = max(found.get(first, 0), len(words) + stops)
    return found


_CAPITALS = re.compile("[A-ZÀ-ÖØ-Þ]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def is_in_capitals(tokens: list[Token]) -> bool:
    """Whether a sentence is written in capitals throughout, so that case tells nothing."""
    words = in_capitals = 0
    most_others = 0.3 * len(tokens)
    for token in tokens:
        text = token.text
        if text.isalpha():
            words += 1
            if text.isupper():
                in_capitals += 1
            elif words - in_capitals > most_others:  # whatever follows
                return False
    return words > 3 and in_capitals > 0.7 * words


def is_all_capitals(parse: Parse) -> bool:
    """Whether a whole text is in capitals, its short sentences too."""
    start = parse.text[:4000]
    capitals = _length(_CAPITALS, start)
    return capitals > 40 and capitals > 0.8 * _length(_LETTERS, start)


def is_caseless(parse: Parse) -> bool:
    """Whether a text has (nearly) no capitals at all."""
    start = parse.text[:4000]
    return len(start) > 40 and _length(_CAPITALS, start) * 300 < len(start)


def _length(runs: re.Pattern[str], text: str) -> int:
    """Characters of a text in runs of a kind."""
    return sum(map(len, runs.findall(text)))


def known_names(
    parse: Parse, tokens: list[Token], caseless: bool = False, in_capitals: bool = False, year: int | None = None
) -> list[KnownName]:
    """Known names among the tokens of a sentence, in text order, none inside another.

    `year` is that of the text: what began later is not meant ("IS" of 1990 is not Islamic State).
    """
    found: list[KnownName] = []
    reach = _reach()
    text = parse.text
    i = 0
    while i < len(tokens):
        token = tokens[i]
        hyphenated = "-" in token.text
        if not (token.text[0].isupper() or caseless or token.lower in _SMALL_INITIALS):
            if hyphenated:
                found += _hyphenated(token)
            i += 1
            continue
        key = token.lower if token.text.isascii() else countries.fold(token.lower)
        longest = reach.get(key, 0) or (reach.get(key.split("-")[0], 0) if hyphenated else 0)
        if longest and i + 1 < len(tokens) and tokens[i + 1].text == "-":  # "Côte-d'Ivoire": a hyphen is a token too
            longest *= 2
        if longest and token.lower == "the":  # names are known without it
            following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
            if following.isalpha():
                longest = min(longest, 1 + reach.get(following, 0))
        match = None
        for n in range(min(longest, _LONGEST, len(tokens) - i), 0, -1):
            last = tokens[i + n - 1]
            if in_capitals and n == 1 and token.lower in _WORDS_IN_CAPITALS:
                break
            if last.text == ".":  # the sentence's, and no part of "Congo."
                continue
            words = text[token.start : last.end]
            match = _lookup(" ".join(words.split()) if "\n" in words else words, caseless)
            if match and match.organisation and not match.organisation.existed(year):
                match = None
            if match and match.state and is_over(match.state.iso3, year) and " and " in words:
                match = None  # "Serbia and Montenegro" are two since 2006
            if match and not _fits(match, tokens, i, n, in_capitals):
                match = None
            if match and token.lower == "the" and _goes_on(text, tokens, i + 1, i + n):
                match = None  # "the West" of "the West Bank", "the Commonwealth" of "the Commonwealth of Australia"
            if match:
                owns = match.state is None or _owns(tokens, i, n)
                match = KnownName(token.index, last.index + 1, match.state, match.organisation, match.region, owns)
                break
        if match is None:
            if hyphenated:
                found += _hyphenated(token)
            i += 1
        else:
            found.append(match)
            i += match.last - match.first
    return found


def _goes_on(text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Whether one of the words first:last of a match begins a known name that ends behind it."""
    for i in range(first, last):
        longest = min(_reach().get(tokens[i].lower, 0), _LONGEST, len(tokens) - i)
        if any(_lookup(text[tokens[i].start : tokens[i + n - 1].end], False) for n in range(last - i + 1, longest + 1)):
            return True
    return False


@lru_cache(maxsize=1 << 16)
def _lookup(words: str, caseless: bool) -> KnownName | None:
    organisation = organisations.lookup(words)
    if organisation:
        return KnownName(0, 0, organisation=organisation)
    region = regions.lookup(words)
    if region:
        return KnownName(0, 0, region=region)
    state = countries.lookup(words)
    if state is None and caseless and len(words) > 3 and words not in _CASELESS_MISREAD:
        state = countries.words().get(words)
        if state and state.kind in ("capital", "seat"):
            state = None
        if state is None and (" " in words or len(words) > 5):
            organisation = organisations.by_name().get(words)
            if organisation:
                return KnownName(0, 0, organisation=organisation)
    return KnownName(0, 0, state=state) if state else None


def _fits(match: KnownName, tokens: list[Token], i: int, n: int, in_capitals: bool) -> bool:
    """Whether the words around a match leave it that sense."""
    token = tokens[i]
    before = tokens[i - 1].lower if i else ""
    after = tokens[i + n].lower if i + n < len(tokens) else ""
    if n == 1 and token.lower in _NEED_THE and before not in ("the", "u.s."):
        return token.lower == "house" and after in _AFTER_HOUSE and not in_capitals
    if n == 1 and token.lower == "house" and after and tokens[i + n].text[0].isupper() and after not in _AFTER_HOUSE:
        return in_capitals is False and after in ("gop",)
    if n == 1 and token.pos in ("VERB", "AUX", "PRON") and not token.text.isupper():
        return False
    if n == 1 and (before in _NOT_OF_STATE.get(token.lower, ()) or after in _NOT_BEFORE.get(token.lower, ())):
        return False
    if n == 2 and token.lower == "the" and after in _NOT_BEFORE.get(tokens[i + 1].lower, ()):
        return False
    if n == 1 and match.organisation and match.organisation.actor_type == "political_party" and i:
        # A name of several words is not a part of it: "Social Democrats", "Sweden Democrats".
        if tokens[i - 1].text.istitle() and before.rstrip("s") in _OF_OTHER_PARTY:
            return False
    if match.state and match.state.kind == "capital" and before == "new" and tokens[i - 1].text == "New":  # New Bern
        return False
    if n == 1 and match.state and before == "-" and i > 1 and tokens[i - 2].lower in _NOT_OF_STATE.get(token.lower, ()):
        return False
    return True


def _owns(tokens: list[Token], i: int, n: int) -> bool:
    """Not in "pro-Russian", nor in "Russian-backed"."""
    if i > 1 and tokens[i - 1].text == "-" and tokens[i - 2].lower in _LEANINGS:
        return False
    after = i + n
    return not (after + 1 < len(tokens) and tokens[after].text == "-" and tokens[after + 1].lower in _NOT_OWNED)


def _hyphenated(token: Token) -> list[KnownName]:
    """States in "U.S.-led", "U.S.-Uzbek", "Sino-Soviet", "pro-Moscow": one token, each state a match."""
    if not token.text[0].isalpha() or "--" in token.text:
        return []
    found = []
    parts = token.text.split("-")
    owns = parts[0].lower() not in _LEANINGS and parts[-1].lower() not in _NOT_OWNED
    for part in parts:
        prefixed = _PREFIXES.get(part.lower())
        word = StateWord(prefixed, "adjective") if prefixed else countries.lookup(part)
        organisation = None if word else organisations.lookup(part) if len(part) > 1 and part[0].isupper() else None
        if word or organisation:
            found.append(KnownName(token.index, token.index + 1, word, organisation, None, owns))
    return found
