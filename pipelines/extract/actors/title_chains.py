"""The title before a person's name: role and whom its bearer belongs to, from "Kazakh Prime Minister", "then-U.S. Defense Secretary"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.language.parse import Parse, Token
from pipelines.reference import countries
from pipelines.reference.roles import title_words, titles

_LONGEST_CHAIN = 10
MODIFIERS = frozenset([
    "former", "ex", "then", "acting", "deputy", "vice", "interim", "outgoing", "incoming", "new", "late", "senior",
    "top", "chief", "first", "assistant", "special", "visiting", "veteran", "hardline", "caretaker", "designate",
    "ousted", "exiled", "longtime", "retired", "junior", "permanent", "leading", "prominent", "ranking",
    "associate", "honorary"
])  # fmt: skip
# Of what somebody is minister, secretary, chief.
PORTFOLIOS = frozenset([
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
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
# Titles that one state's usage tells, where nothing nearer does.
_TITLES_OF: dict[str, str] = {
    "senator": "USA", "representative": "USA", "attorney general": "USA", "secretary of state": "USA",
    "majority leader": "USA", "treasury secretary": "USA", "commerce secretary": "USA", "agriculture secretary": "USA",
    "home secretary": "GBR", "foreign secretary": "GBR", "chancellor of the exchequer": "GBR",
    "defense secretary": "USA", "assistant secretary of state": "USA", "national security adviser": "USA",
}  # fmt: skip
_SPELT_OF = {"defence secretary": "GBR", "secretary general": None, "gov.": "USA"}
_NAMES_LIKE_TITLES = frozenset({"sultan", "emir", "amir"})
_SON_OF = frozenset({"bin", "ibn"})
_BEFORE_NAMES = frozenset({"prince", "princess", "sheikh", "shaikh", "imam", "mr", "dr"})
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


def is_name_like_title(tokens: list[Token], i: int) -> bool:
    """Whether a word that is a ruler's title is a name at token `i`: "Crown Prince Sultan", "Sultan bin Abdulaziz", not "Sultan Qaboos"."""
    if tokens[i].lower not in _NAMES_LIKE_TITLES or not tokens[i].text[0].isupper():
        return False
    behind = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].sentence == tokens[i].sentence else None
    if behind is not None and behind.lower in _SON_OF:
        return True
    before = tokens[i - 1] if i and tokens[i - 1].sentence == tokens[i].sentence else None
    is_titled = before is not None and before.lower.rstrip(".") in _BEFORE_NAMES and before.text[0].isupper()
    return is_titled and not (behind is not None and behind.pos == "PROPN" and behind.text[0].isupper())


def is_point_of_title(tokens: list[Token], i: int) -> bool:
    """Whether token `i` is the full stop of "MR." or "AMB.", which the tokenizer takes off where the word is in capitals."""
    return (
        i > 0
        and tokens[i].text == "."
        and tokens[i - 1].end == tokens[i].start
        and tokens[i - 1].text.isupper()
        and (tokens[i - 1].lower,) in titles()
    )


def is_portfolio(words: list[str]) -> bool:
    """Whether lower-case words name what a department or minister is for ("agriculture", "justice", "police")."""
    return any(w in PORTFOLIOS for w in words)


def read_chain(parse: Parse, person: PersonName, marks: dict[int, KnownName], taken: set[int]) -> None:
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
        or words[start - 1] in PORTFOLIOS
        or (words[start - 1] in _JOINERS and start > 1 and not _is_state(chain[start - 2], marks))
    ):  # fmt: skip
        start -= 1
    while start < len(chain) and (words[start] in _JOINERS or words[start] in MODIFIERS) and start < len(words) - n:
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
        if is_point_of_title(tokens, i):
            i -= 1
            continue
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
                or before.lower in PORTFOLIOS
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
            or lowered in MODIFIERS
            or lowered in PORTFOLIOS
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
