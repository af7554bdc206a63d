"""Persons as named once: the name without its title, the title as role, and whom the title says they belong to."""

from __future__ import annotations

import re

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.actors.title_chains import MODIFIERS, PORTFOLIOS, PersonName, is_name_like_title, read_chain
from pipelines.language.parse import Parse, Token
from pipelines.reference import countries
from pipelines.reference.roles import actor_nouns, title_words, titles

_GENDERS = {"mrs": "f", "ms": "f", "miss": "f", "queen": "f", "princess": "f", "mr": "m", "king": "m", "prince": "m"}
_HONORIFICS = frozenset(
    ["mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "dr.", "dr", "sir", "lord", "lady", "prof.", "rev.", "rev"]
)
# Words of Arabic names that stand before a part of them.
ARTICLED = frozenset(["al", "el", "ul", "bin", "ibn", "bint", "ould"])
# What a hyphen ties to any name: "Trump-era", "Kim-led".
_SUFFIXES = frozenset(["era", "led", "style", "like", "run", "born", "based", "free", "held", "type", "made", "owned"])
_TRAILING = frozenset({"'s", "’s", "'", "’", ",", ".", "-", "--", ":", ";", ")", '"'})
_NOT_IN_NAME = re.compile(r"[\d<>@#%$=+*_/\[\]{}|\\]|https?:|--")


def read_person(parse: Parse, first: int, last: int, marks: dict[int, KnownName], taken: set[int]) -> PersonName | None:
    """Strip titles and possessives off a PERSON span and read the title chain before it.

    `marks` are known names by token, `taken` the tokens of other persons' names. Returns None where no name is left
    ("the Prime Minister").
    """
    tokens = parse.tokens
    honorific = False
    honorific_word = ""
    while first < last and (tokens[first].lower in _HONORIFICS or tokens[first].pos in ("DET", "PUNCT", "NUM")):
        if tokens[first].lower in _HONORIFICS:
            honorific, honorific_word = True, tokens[first].lower
        first += 1
    while last > first and tokens[last - 1].lower in _TRAILING:
        last -= 1
    if last - first <= 2:
        last = _whole_end(tokens, last, marks)
    is_hyphenated = _has_second_syllable(tokens, first, last)
    if is_hyphenated:
        last += 2
    while last - first > 2 and tokens[first].tag == "VBG":  # "Echoing Kofi Annan"
        first += 1
    mark = marks.get(first)
    if mark and mark.organisation and mark.first == first and mark.last < last:  # "NPR Corey Flintoff"
        first = mark.last
    first = _after_title(tokens, first, last, marks)
    while first < last and tokens[first].lower in _HONORIFICS:
        honorific = True
        first += 1
    if first >= last or not any(t.text[0].isupper() for t in tokens[first:last]):
        return None
    name = " ".join(parse.text[tokens[first].start : tokens[last - 1].end].split())
    if len(name) < 2 or _NOT_IN_NAME.search(name):
        return None
    is_son_of = last - first > 2 and tokens[last - 2].lower in ARTICLED  # "Bandar bin Sultan"
    is_title = tokens[last - 1].lower in title_words() and not (
        is_hyphenated or is_son_of or is_name_like_title(tokens, last - 1)
    )
    if is_title and not _is_surname(tokens, first, last):
        return None
    before = tokens[first - 1].lower if first and tokens[first - 1].sentence == tokens[first].sentence else ""
    person = PersonName(first, last, name, chain_first=first, has_honorific=honorific)
    person.gender = _GENDERS.get((honorific_word or before).rstrip("."))
    read_chain(parse, person, marks, taken)
    return person


def _whole_end(tokens: list[Token], last: int, marks: dict[int, KnownName]) -> int:
    """End of a name whose surnames the model left out: "Theresa [May]", "José Luis [Rodríguez Zapatero]"."""
    if last >= len(tokens) or tokens[last - 1].dep != "compound":
        return last
    end = tokens[last - 1].head.index + 1
    rest = tokens[last:end]
    if not 1 <= len(rest) <= 3 or not all(
        t.pos == "PROPN"
        and t.entity in ("", "PERSON", "ORG")
        and t.text.istitle()
        and t.lower not in actor_nouns()
        and t.lower not in title_words()
        and t.index not in marks
        for t in rest
    ):
        return last
    return end


def _has_second_syllable(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the model cut a Korean or Chinese name at its hyphen: "Moon Jae[-in]", "Chiang Kai[-shek]"."""
    if last - first != 2 or last + 1 >= len(tokens) or tokens[last].text != "-":
        return False
    second = tokens[last + 1]
    is_one_word = tokens[last].start == tokens[last - 1].end and second.start == tokens[last].end
    are_short = all(len(t.text) <= 6 and t.text.istitle() for t in tokens[first:last])
    return (
        is_one_word and are_short and second.text.islower() and len(second.text) <= 5 and second.lower not in _SUFFIXES
    )


def _is_surname(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a title's word ends a name as surname: "Tom King", "John Major", not "Deputy King"."""
    given = tokens[first].lower
    return (
        last - first == 2
        and all(t.pos == "PROPN" and t.text.istitle() for t in tokens[first:last])
        and tokens[last - 1].dep not in ("compound", "amod", "nmod")
        and given not in title_words()
        and given not in PORTFOLIOS
        and given not in MODIFIERS
        and countries.lookup(tokens[first].text) is None
    )


def _after_title(tokens: list[Token], first: int, last: int, marks: dict[int, KnownName]) -> int:
    """Where the name begins behind a demonym and title that the model took into it ("Kazakh Prime Minister X")."""
    i = first
    while i < last - 1 and not is_name_like_title(tokens, i):
        mark = marks.get(i)
        if mark and mark.state and mark.first == i and mark.last < last and tokens[mark.last].lower in title_words():
            i = mark.last
            continue
        lowered = [t.lower for t in tokens[i : min(last, i + 6)]]
        n = next((n for n in range(len(lowered), 0, -1) if tuple(lowered[:n]) in titles()), 0)
        if not n and lowered[0] in PORTFOLIOS and any(w in title_words() for w in lowered[1:4]):
            n = 1
        if not n or (i + n >= last and tokens[last - 1].lower not in title_words()):
            break
        i += n
    return i
