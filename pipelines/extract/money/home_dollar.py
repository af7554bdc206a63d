"""Which dollar a document counts in where it writes "$" or "dlrs" alone: the U.S. one, or its own state's.

Every state with a dollar of its own that anything speaks for is asked for: dollars named in full, states named, exchanges
at which companies are listed, dateline, headline, publisher. What each is worth is learnt (`learnt`).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipelines.extract.money.learnt import chance
from pipelines.language.parse import Article
from pipelines.reference import regions
from pipelines.reference.countries import lookup, states
from pipelines.reference.currency_units import codes_by_sign, codes_by_word, currencies
from pipelines.reference.places import country_of

DECISION = "home_dollar"
LIKELY = 0.4  # chosen with the weights, on documents that these had not seen
# Publishers whose bare "$" is their own dollar, by words of the name or address.
_PUBLISHER_STATE = (
    (".com.au", "AUS"), ("abc australia", "AUS"), ("australian broadcasting", "AUS"), ("canadian press", "CAN"),
    ("canadian broadcasting", "CAN"), ("ctv news", "CAN"), (".net.au", "AUS"), (".org.au", "AUS"), ("sydney morning herald", "AUS"), ("the australian", "AUS"),
    (".ca", "CAN"), ("globe and mail", "CAN"), ("toronto star", "CAN"), ("national post", "CAN"), ("cbc", "CAN"),
    (".co.nz", "NZL"), ("new zealand herald", "NZL"), (".com.sg", "SGP"), ("straits times", "SGP"),
)  # fmt: skip
# How wires mark where a company is listed: "<NVA.A.TO>", "<IBM>", "(RY.TO)", "(ASX: BHP)". Its dollars are that state's.
_LISTED = re.compile(
    r"<[A-Z]{1,8}(?:\.[A-Z])?(?:\.(?P<code>[A-Z]{1,2}))?>"
    r"|\([A-Z]{2,5}(?:\.[A-Z])?\.(?P<behind>TO|N|O|OQ|AX|HK|SI|NZ|V|M)\)"
    r"|\((?P<exchange>NYSE|NASDAQ|Nasdaq|AMEX|TSXV?|ASX|HKEX|SEHK|SGX|NZX):\s?[A-Z0-9.]{1,6}\)"
)
_STATE_AT = {
    "": "USA", "N": "USA", "O": "USA", "OQ": "USA", "NYSE": "USA", "NASDAQ": "USA", "Nasdaq": "USA", "AMEX": "USA",
    "TO": "CAN", "M": "CAN", "V": "CAN", "TSX": "CAN", "TSXV": "CAN", "S": "AUS", "AX": "AUS", "ASX": "AUS",
    "HK": "HKG", "HKEX": "HKG", "SEHK": "HKG", "SI": "SGP", "SGX": "SGP", "NZ": "NZL", "WE": "NZL", "NZX": "NZL",
}  # fmt: skip
_LARGE = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD"})
_UNLISTED = re.compile(r"<[A-Z][\w&.' -]{3,60}>")
_U_S_DOLLAR = re.compile(r"\bU\.?S\.?\s?(?:dollars?|dlrs?)\b|US\$|\$US|\bAmerican dollars?\b|\bUSD\b", re.IGNORECASE)


@cache
def _dollars() -> dict[str, str]:
    """State -> its own dollar, of all states that ever had one but the United States."""
    found: dict[str, str] = {}
    for code in codes_by_word()["dollar"]:
        if code != "USD":
            found |= {c.state: code for c in currencies()[code].circulation}
    return found


@cache
def _named_dollar(code: str) -> re.Pattern[str]:
    """A dollar as its state's: "Canadian dlrs", "C$", "A$5 mln"."""
    issuers = [states()[c.state] for c in currencies()[code].circulation if c.state in states()]
    names = {n for s in issuers for n in (s.name, *s.adjectives, *s.aliases)}
    if code == "HKD":
        names |= {"H.K.", "HK"}
    if code == "NZD":
        names |= {"N.Z.", "NZ"}
    signs = {s for s, codes in codes_by_sign().items() if codes[0] == code and "$" in s} | {code}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"\b(?i:{words})\s(?i:dollars?|dlrs?|cents)\b|(?<![A-Za-z])(?:{'|'.join(map(re.escape, sorted(signs)))})(?![a-z])"
    )


def home_dollar(article: Article, text: str, named: list[str]) -> str:
    """The dollar that a bare "$" means in a text: its own where that is likely, else the U.S. one.

    `named`: states (alpha-3) that the text names, once for each time.
    """
    # "$US" is how Australian papers write the U.S. dollar, so that a bare sign is their own
    best, most = "AUD" if "$US" in text else "USD", LIKELY
    for code, evidence in candidates(article, text, named).items():
        if (p := chance(DECISION, evidence)) >= most:
            best, most = code, p
    return best


def candidates(article: Article, text: str, named: list[str]) -> dict[str, dict[str, float]]:
    """Dollar -> what speaks for it and against it, of all that anything speaks for."""
    evidence = _Evidence(article, text, named)
    asked = sorted(evidence.states & _dollars().keys())
    return {
        code: evidence.of(state, code)
        for state in asked
        if currencies()[code := _dollars()[state]].circulates(state, article.published_on)
    }


class _Evidence:
    """What a document says of states and their dollars."""

    def __init__(self, article: Article, text: str, named: list[str]) -> None:
        title, publisher = article.title or "", (article.publisher or "").lower()
        self._text = text
        self._named = Counter(named)
        self._places = _places(text)
        if article.dateline_country is not None:
            self._places[article.dateline_country] += 1
        self._headline = _states_of(title)
        self._publisher = next(
            (
                state
                for words, state in _PUBLISHER_STATE
                if (publisher.endswith(words) if words.startswith(".") else words in publisher)
            ),
            None,
        )
        marks = [m["code"] or m["behind"] or m["exchange"] or "" for m in _LISTED.finditer(f"{title} {text}")]
        self._marks = len(marks)
        self._listed = Counter(_STATE_AT.get(mark, "") for mark in marks)
        self._first = _STATE_AT.get(marks[0]) if marks else None
        self._is_unlisted = _UNLISTED.search(f"{title} {text}") is not None
        self._names_us_dollar = _U_S_DOLLAR.search(text) is not None
        self.states = {*self._named, *self._places, *self._headline, *self._listed, self._publisher or ""}

    def of(self, state: str, code: str) -> dict[str, float]:
        """Evidence for one state's dollar, each from 0 to 1."""
        total, own, us = self._named.total(), self._named[state], self._named["USA"]
        places, own_places, us_places = self._places.total(), self._places[state], self._places["USA"]
        names_it = _named_dollar(code).search(self._text) is not None
        return {
            "dollar named": float(names_it),
            "U.S. dollar named": float(self._names_us_dollar),
            "both dollars named": float(names_it and self._names_us_dollar),
            "share of states named": own / total if total else 0.0,
            "named often": min(own, 6) / 6,
            "United States named": min(us, 4) / 4,
            "other states named": min(total - own - us, 8) / 8,
            "only state named": float(0 < own == total),
            "no other state named": float(total == 0 and "USA" not in self._headline),
            "its places": min(own_places, 3) / 3,
            "U.S. places": min(us_places, 3) / 3,
            "other places": min(places - own_places - us_places, 3) / 3,
            "alone in headline": float(self._headline == {state}),
            "in headline with others": float(state in self._headline and len(self._headline) > 1),
            "another in headline": float(bool(self._headline) and state not in self._headline),
            "publisher": float(self._publisher == state),
            "listed there": self._listed[state] / self._marks if self._marks else 0.0,
            "first listed there": float(self._first == state),
            "first listed in the U.S.": float(self._first == "USA"),
            "unlisted company": float(self._is_unlisted),
            "large economy": float(code in _LARGE),
        }


_PLACE = re.compile(
    r"\b(in|at|near|from|off|of)\s((?:[A-Z][a-z]+)(?:\s[A-Z][a-z]+)?)|((?:[A-Z][a-z]+)(?:\s[A-Z][a-z]+)?)"
)


def _places(text: str) -> Counter[str]:
    """States in which the regions and towns lie that a text names, how often; towns only behind a word that says where."""
    found: Counter[str] = Counter()
    for match in _PLACE.finditer(text):
        words = (match[2] or match[3]).split()
        for name in (" ".join(words), words[0]) if len(words) > 1 else (words[0],):
            region = regions.lookup(name)
            state = region.iso3 if region is not None else None
            if state is None and match[1] in _WHERE and lookup(name) is None:
                state = country_of(name)
            if state is not None:
                found[state] += 1
                break
    return found


_WHERE = frozenset(["in", "at", "near", "from", "off"])


def _states_of(title: str) -> set[str]:
    """States that a headline names, in whatever letters."""
    words = re.findall(r"[A-Za-z.]+", title)
    named = [lookup(" ".join(words[i : i + size]).title()) for i in range(len(words)) for size in (1, 2)]
    found = {word.iso3 for word in named if word is not None}
    if "US" in words or any(word.upper() in ("U.S.", "U.S") for word in words):
        found.add("USA")
    return found
