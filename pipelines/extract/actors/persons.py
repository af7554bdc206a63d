"""Persons as named once: the name without its title, the title as role, and whom the title says they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.language.parse import Parse, Token
from pipelines.reference import countries
from pipelines.reference.roles import actor_nouns, title_words, titles

_LONGEST_CHAIN = 10
_MODIFIERS = frozenset([
    "former", "ex", "then", "acting", "deputy", "vice", "interim", "outgoing", "incoming", "new", "late", "senior",
    "top", "chief", "first", "assistant", "special", "visiting", "veteran", "hardline", "caretaker", "designate",
    "ousted", "exiled", "longtime", "retired", "junior", "permanent", "leading", "prominent", "ranking",
    "associate", "honorary"
])  # fmt: skip
_GENDERS = {"mrs": "f", "ms": "f", "miss": "f", "queen": "f", "princess": "f", "mr": "m", "king": "m", "prince": "m"}
_HONORIFICS = frozenset(
    ["mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "dr.", "dr", "sir", "lord", "lady", "prof.", "rev.", "rev"]
)
# Of what somebody is minister, secretary, chief.
_PORTFOLIOS = frozenset([
    "foreign", "defense", "defence", "finance", "interior", "trade", "industry", "economy", "economic", "economics",
    "energy", "oil", "agriculture", "justice", "health", "education", "information", "transport", "labor", "labour",
    "planning", "development", "environment", "security", "national", "internal", "external", "affairs", "commerce",
    "housing", "culture", "tourism", "water", "mines", "technology", "science", "communications", "public", "works",
    "social", "state", "federal", "union", "central", "bank", "party", "government", "ministry", "department",
    "opposition", "rebel", "military", "naval", "army", "air", "police", "political", "executive", "general",
    "trade", "committee", "commission", "parliamentary", "congressional", "presidential", "democratic",
    "republican", "house", "senate", "minority", "majority", "unification", "cabinet", "petroleum", "fisheries",
    "immigration", "treasury", "budget", "relations", "policy", "press", "crown", "intelligence", "peace", "human",
    "rights", "nuclear", "regional", "provincial", "fire", "homeland", "veterans", "urban", "war"
])  # fmt: skip
_JOINERS = frozenset({"of", "and", "for", "&", "the", "-", "on"})
# Words that begin a sentence or clause, tagged as names for their capital.
_OPENERS = frozenset([
    "under", "in", "at", "on", "with", "by", "from", "after", "when", "but", "as", "while", "like", "if",
    "although", "though", "since", "because", "before"
])  # fmt: skip
# What a hyphen ties to any name: "Trump-era", "Kim-led".
_SUFFIXES = frozenset(["era", "led", "style", "like", "run", "born", "based", "free", "held", "type", "made", "owned"])
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_TRAILING = frozenset({"'s", "’s", "'", "’", ",", ".", "-", "--", ":", ";", ")", '"'})
_NOT_IN_NAME = re.compile(r"[\d<>@#%$=+*_/\[\]{}|\\]|https?:|--")
# Titles that one state's usage tells, where nothing nearer does.
_TITLES_OF: dict[str, str] = {
    "senator": "USA", "representative": "USA", "attorney general": "USA", "secretary of state": "USA",
    "majority leader": "USA", "treasury secretary": "USA", "commerce secretary": "USA", "agriculture secretary": "USA",
    "home secretary": "GBR", "foreign secretary": "GBR", "chancellor of the exchequer": "GBR",
    "defense secretary": "USA", "assistant secretary of state": "USA", "national security adviser": "USA",
}  # fmt: skip
_SPELT_OF = {"defence secretary": "GBR", "secretary general": None, "gov.": "USA"}
_SHORT_TITLES_OF = frozenset({"representative"})  # only as "Rep."


@dataclass(slots=True)
class PersonName:
    """A person as named once. Tokens first:last (half-open) are the name alone; `chain_first` begins the title.

    `belongs` is whom the title's bearers belong to: state, igo, other. `in_body` is the index of the token of an
    organisation named in the title, if any.
    """

    first: int
    last: int
    name: str
    role: str | None = None
    belongs: str | None = None
    country: str | None = None
    chain_first: int = 0
    has_honorific: bool = False
    in_body: int | None = None
    certain: bool = True
    gender: str | None = None  # f or m, where "Mrs" or "Mr" tells it


def state_of_title(role: str | None) -> str | None:
    """State whose usage a title is, where it is one state's ("Sen.", "Defence Secretary")."""
    if not role:
        return None
    plain = role.lower()
    words = plain.split()
    for i in range(len(words)):
        rest = " ".join(words[i:])
        if rest in _SPELT_OF:
            return _SPELT_OF[rest]
        if rest in _TITLES_OF:
            return None if rest in _SHORT_TITLES_OF else _TITLES_OF[rest]
        known = titles().get(tuple(words[i:]))
        if known and known[0] in _TITLES_OF and not (known[0] in _SHORT_TITLES_OF and not plain.endswith(".")):
            return _TITLES_OF[known[0]]
    return None


def is_portfolio(words: list[str]) -> bool:
    """Whether lower-case words name what a department or minister is for ("agriculture", "justice", "police")."""
    return any(w in _PORTFOLIOS for w in words)


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
    if tokens[last - 1].lower in title_words() and not is_hyphenated and not _is_surname(tokens, first, last):
        return None
    before = tokens[first - 1].lower if first and tokens[first - 1].sentence == tokens[first].sentence else ""
    person = PersonName(first, last, name, chain_first=first, has_honorific=honorific)
    person.gender = _GENDERS.get((honorific_word or before).rstrip("."))
    _read_chain(parse, person, marks, taken)
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
        and given not in _PORTFOLIOS
        and given not in _MODIFIERS
        and countries.lookup(tokens[first].text) is None
    )


def _after_title(tokens: list[Token], first: int, last: int, marks: dict[int, KnownName]) -> int:
    """Where the name begins behind a demonym and title that the model took into it ("Kazakh Prime Minister X")."""
    i = first
    while i < last - 1:
        mark = marks.get(i)
        if mark and mark.state and mark.first == i and mark.last < last and tokens[mark.last].lower in title_words():
            i = mark.last
            continue
        lowered = [t.lower for t in tokens[i : min(last, i + 6)]]
        n = next((n for n in range(len(lowered), 0, -1) if tuple(lowered[:n]) in titles()), 0)
        if not n and lowered[0] in _PORTFOLIOS and any(w in title_words() for w in lowered[1:4]):
            n = 1
        if not n or (i + n >= last and tokens[last - 1].lower not in title_words()):
            break
        i += n
    return i


def _read_chain(parse: Parse, person: PersonName, marks: dict[int, KnownName], taken: set[int]) -> None:
    """Role and owner from the words before a name: "Kazakh Prime Minister", "then-U.S. Defense Secretary"."""
    chain = _chain(parse.tokens, person.first, marks, taken)
    words = [t.lower.removeprefix("then-").removeprefix("ex-") for t in chain]
    known = None
    for n in range(min(6, len(words)), 0, -1):
        known = titles().get(tuple(words[-n:]))
        if known:
            break
    if known is None:
        return
    if known[1] == "plain":
        person.has_honorific = True
        person.chain_first = chain[len(words) - n].index
        return
    start = len(words) - n
    while start > 0 and not _is_state(chain[start - 1], marks) and (
        chain[start - 1].text[0].isupper()
        or words[start - 1] in _PORTFOLIOS
        or (words[start - 1] in _JOINERS and start > 1 and not _is_state(chain[start - 2], marks))
    ):  # fmt: skip
        start -= 1
    while start < len(chain) and (words[start] in _JOINERS or words[start] in _MODIFIERS) and start < len(words) - n:
        start += 1
    role = parse.text[chain[start].start : chain[-1].end]
    person.role = " ".join(re.sub(r"^(?:then|ex|former)-", "", role, flags=re.IGNORECASE).split())
    person.belongs = known[1]
    person.chain_first = chain[0].index
    for token in reversed(chain):
        mark = marks.get(token.index)
        if mark is None:
            part = token.text.split("-")[-1]
            word = countries.lookup(part) if "-" in token.text else None
            if word:
                person.country = word.iso3
        elif mark.state and mark.owns and mark.state.kind != "capital":
            person.country = mark.state.iso3
        elif mark.organisation and person.in_body is None:
            person.in_body = token.index
            person.country = person.country or mark.organisation.country
            if mark.organisation.actor_type == "igo":
                person.belongs = "igo"
        if person.country:
            break
    if person.country is None and person.belongs != "igo":
        person.country = state_of_title(person.role)


def _is_shouted(token: Token, marks: dict[int, KnownName]) -> bool:
    """A word in capitals of more than an abbreviation's length: not to be taken for a name by its case."""
    return len(token.text) > 5 and token.text.isupper() and token.index not in marks


def _is_state(token: Token, marks: dict[int, KnownName]) -> bool:
    mark = marks.get(token.index)
    return bool(mark and mark.state) or token.lower in _POSSESSIVE


def _chain(tokens: list[Token], first: int, marks: dict[int, KnownName], taken: set[int]) -> list[Token]:
    """Tokens before a name that can be its title, in text order."""
    chain: list[Token] = []
    sentence = tokens[first].sentence
    i = first - 1
    while i >= max(0, first - _LONGEST_CHAIN):
        token = tokens[i]
        lowered = token.lower
        if token.sentence != sentence or i in taken:
            break
        if lowered in _POSSESSIVE:
            # "Uzbekistan's foreign minister X": the owner ends the chain.
            if chain and i and i - 1 in marks:
                mark = marks[i - 1]
                chain[:0] = [*tokens[mark.first : mark.last], token]
            break
        if lowered in _JOINERS:
            if not chain or i == 0:
                break
            before = tokens[i - 1]
            joins = (
                before.lower in title_words()
                or before.lower in _PORTFOLIOS
                or (
                    lowered in ("of", "the", "for", "-")
                    and (before.text[0].isupper() or before.lower == "of" or before.lower in ("then", "ex"))
                )
            )
            if not joins or i - 1 in taken or (lowered in ("and", "&") and i - 1 in marks and marks[i - 1].state):
                break
        elif not (
            (token.text[0].isupper() and token.pos in ("PROPN", "NOUN", "ADJ", "X") and not _is_shouted(token, marks))
            or lowered in title_words()
            or lowered in _MODIFIERS
            or lowered in _PORTFOLIOS
            or lowered.startswith(("then-", "ex-"))
        ):
            break
        chain.insert(0, token)
        i -= 1
    while chain and (
        chain[0].lower in _JOINERS or (chain[0].lower in _OPENERS and (len(chain) < 2 or chain[1].lower != "secretary"))
    ):
        chain.pop(0)
    return chain
