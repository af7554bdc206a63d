"""Currencies by code, sign and unit word, and where each circulated when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.reference import rows, split


@dataclass(frozen=True, slots=True)
class Circulation:
    """Legal tender in a state (ISO 3166-1 alpha-3) between two days, open where None."""

    state: str
    start: date | None
    end: date | None

    def covers(self, day: date | None) -> bool:
        """Whether it circulated on `day`; without a day, whether it still does."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO 4217 code (withdrawn ones too), English name, unit words, signs, circulation."""

    code: str
    name: str
    words: tuple[str, ...]
    signs: tuple[str, ...]
    circulation: tuple[Circulation, ...]

    def circulates(self, state: str, day: date | None) -> bool:
        """Whether it is (or on `day` was) tender in a state."""
        return any(c.state == state and c.covers(day) for c in self.circulation)

    def lived(self, day: date | None) -> bool:
        """Whether it was tender anywhere on `day`; without a day, whether it is now. True where we know no place."""
        return not self.circulation or any(c.covers(day) for c in self.circulation)


@cache
def currencies() -> dict[str, Currency]:
    """All currencies by code, in the order of the file."""
    found = {}
    for row in rows("currency_units.csv"):
        circulation = []
        for cell in split(row["states"]):
            state, start, end = cell.split(":")
            circulation.append(Circulation(state, _day(start), _day(end)))
        found[row["code"]] = Currency(
            row["code"], row["name"], tuple(split(row["words"])), tuple(split(row["signs"])), tuple(circulation)
        )
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# The currency that a word means when nothing near says which: only where usage in English-language news is clear.
DEFAULT_OF_WORD = {
    "dollar": "USD", "dollars": "USD", "dlr": "USD", "dlrs": "USD", "pound": "GBP", "pounds": "GBP", "rupee": "INR",
    "rupees": "INR", "ruble": "RUB", "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "yen": "JPY", "won": "KRW",
    "mark": "DEM", "marks": "DEM", "rand": "ZAR", "rands": "ZAR", "riyal": "SAR", "riyals": "SAR", "krona": "SEK",
    "kronor": "SEK", "lira": "ITL", "lire": "ITL", "euro": "EUR", "euros": "EUR", "real": "BRL", "reais": "BRL",
    "baht": "THB", "cfa franc": "XOF", "cfa francs": "XOF", "naira": "NGN", "cedi": "GHS", "cedis": "GHS",
    "crown": "CZK", "crowns": "CZK", "bolivar": "VES", "bolivars": "VES", "bolivares": "VES", "leu": "RON", "lei": "RON",
    "guilder": "NLG", "guilders": "NLG", "kwacha": "ZMW", "som": "KGS", "soms": "KGS", "sum": "UZS", "sums": "UZS", "manat": "AZN", "austral": "ARA", "australs": "ARA",
}  # fmt: skip


@cache
def codes_by_word() -> dict[str, tuple[str, ...]]:
    """Unit word, lower case, to the codes that it may mean."""
    found: dict[str, list[str]] = {}
    for currency in currencies().values():
        for word in currency.words:
            found.setdefault(word.lower(), []).append(currency.code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def codes_by_sign() -> dict[str, tuple[str, ...]]:
    """Sign as written beside a number to the currencies it may be, in the order of the file ("C$": Canada, Nicaragua).

    A bare "$" is USD here; the text may say otherwise.
    """
    found: dict[str, list[str]] = {}
    for currency in currencies().values():
        for sign in currency.signs:
            found.setdefault(sign, []).append(currency.code)
    return {sign: tuple(codes) for sign, codes in found.items()} | {"¥": ("JPY",)}


@cache
def code_by_sign() -> dict[str, str]:
    """Sign as written beside a number to the likeliest of its currencies."""
    return {sign: codes[0] for sign, codes in codes_by_sign().items()}
