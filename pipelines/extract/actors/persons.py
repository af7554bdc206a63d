"""Persons: the name without its title, the title as role, and the state or organisation that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.language.parse import Parse, Token
from pipelines.reference import countries
from pipelines.reference.roles import title_words, titles

_LONGEST_CHAIN = 9
_MODIFIERS = frozenset("former ex then acting deputy vice interim outgoing incoming new late senior top chief first assistant".split())
_HONORIFICS = frozenset("mr. mr mrs. mrs ms. ms miss dr. dr sir lord lady prof. rev. jr. sr. ii iii".split())
# Titles that one state's usage tells, where nothing nearer does.
_TITLES_OF: dict[str, str] = {
    "senator": "USA", "representative": "USA", "attorney general": "USA", "secretary of state": "USA",
    "majority leader": "USA", "press secretary": "USA", "treasury secretary": "USA", "commerce secretary": "USA",
    "agriculture secretary": "USA", "home secretary": "GBR", "foreign secretary": "GBR",
    "chancellor of the exchequer": "GBR", "governor": "USA", "defense secretary": "USA", "vice president": "USA",
    "national security adviser": "USA", "assistant secretary": "USA", "undersecretary": "USA",
}  # fmt: skip


@dataclass(slots=True)
class PersonName:
    """A person as named once. Tokens first:last (half-open) are the name alone."""

    first: int
    last: int
    name: str
    role: str | None = None
    belongs: str | None = None
    country: str | None = None
    chain_first: int = 0


def state_of_title(title: str) -> str | None:
    """State whose usage a title is, where it is one state's."""
    return _TITLES_OF.get(title)


def read_person(parse: Parse, first: int, last: int) -> PersonName | None:
    """Strip titles and possessives off a PERSON span and read the title chain before it.

    Returns None where no name is left ("the Prime Minister").
    """
    tokens = parse.tokens
    while first < last and (tokens[first].lower in _HONORIFICS or tokens[first].pos in ("DET", "PUNCT", "NUM")):
        first += 1
    while last > first and tokens[last - 1].lower in ("'s", "’s", "'", "’", ",", ".", "-", "--"):
        last -= 1
    # A title inside the span belongs to the chain: the longest title at its start goes.
    words = tuple(t.lower for t in tokens[first:last])
    cut = 0
    for n in range(min(6, len(words)), 0, -1):
        if words[:n] in titles():
            cut = n
            break
    if not cut and len(words) > 1 and countries.lookup(tokens[first].text) and words[1] in title_words():
        cut = 1
        while cut < len(words) and words[cut] in title_words():
            cut += 1
    first += cut
    while first < last and tokens[first].lower in _HONORIFICS:
        first += 1
    if first >= last or not any(t.text[0].isupper() for t in tokens[first:last]):
        return None
    name = parse.text[tokens[first].start : tokens[last - 1].end].replace("\n", " ")
    if len(name) < 2 or any(c.isdigit() for c in name) or tokens[last - 1].lower in title_words():
        return None
    person = PersonName(first, last, " ".join(name.split()), chain_first=first)
    _read_chain(parse, person)
    return person


def _read_chain(parse: Parse, person: PersonName) -> None:
    """Role and country from the words before a name: "Kazakh Prime Minister", "then-U.S. Defense Secretary"."""
    tokens = parse.tokens
    sentence = tokens[person.first].sentence
    i = person.first - 1
    lowest = max(0, person.first - _LONGEST_CHAIN)
    chain: list[Token] = []
    while i >= lowest and tokens[i].sentence == sentence:
        token = tokens[i]
        is_name = token.text[0].isupper() and token.pos in ("PROPN", "NOUN", "ADJ")
        joins = token.lower in ("of", "and", "for", "'s", "’s", "-", "the") and chain and i > lowest
        if not (is_name or token.lower in title_words() or token.lower in _MODIFIERS or joins or token.lower.startswith("then-")):
            break
        chain.insert(0, token)
        i -= 1
    while chain and chain[0].lower in ("of", "and", "for", "'s", "’s", "-", "the"):
        chain.pop(0)
    if not chain:
        return
    words = [t.lower.removeprefix("then-").removeprefix("ex-") for t in chain]
    for n in range(min(6, len(words)), 0, -1):
        known = titles().get(tuple(words[-n:]))
        if known is None:
            continue
        title, belongs = known
        if belongs == "plain":
            before = len(words) - n
            person.chain_first = chain[before].index
            return
        start = len(words) - n
        # "Trade and Industry Minister": capitalised words that say of what.
        while start > 0 and (
            chain[start - 1].text[0].isupper() or (words[start - 1] in ("and", "of") and start > 1 and chain[start - 2].text[0].isupper())
        ) and not countries.lookup(chain[start - 1].text):
            start -= 1
        person.role = " ".join(
            parse.text[chain[start].start : chain[-1].end].removeprefix("then-").removeprefix("ex-").split()
        )
        person.belongs = belongs
        person.chain_first = chain[0].index
        for token in chain[:start][::-1] + chain[start:]:
            word = countries.lookup(token.text) or (
                countries.lookup(token.text.split("-")[-1]) if "-" in token.text else None
            )
            if word:
                person.country = word.iso3
                break
        if person.country is None:
            person.country = state_of_title(title)
        return
