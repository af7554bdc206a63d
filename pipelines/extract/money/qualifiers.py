"""How exactly an amount is told ("more than", "about"), and for one of what it is the price."""

from __future__ import annotations

import re

from pipelines.extract.money.amounts import Amount

_MARKS = r"(?:(?:a|the|an|its|their|just|that|only|well|far|in)\s{1,2}){0,2}$"
_LEFT = [
    ("at_most", re.compile(r"\b(?:no|not)\s(?:more|greater|higher)\sthan\s" + _MARKS, re.I)),
    ("at_least", re.compile(r"\b(?:no|not)\s(?:less|fewer|lower)\sthan\s" + _MARKS, re.I)),
    ("at_least", re.compile(r"\b(?:more than|over|at least|in excess of|exceed(?:s|ed|ing)?|above|upwards? of|north of|a minimum of|minimum|greater than|higher than|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|beyond|better than|excess of)\s" + _MARKS, re.I)),
    ("at_most", re.compile(r"\b(?:up to|less than|under|below|at most|as much as|as high as|as many as|a maximum of|maximum of|maximum|ceiling of|capped at|fewer than|lower than|limit of|cap of|could reach|not exceeding|within)\s" + _MARKS, re.I)),
    ("approximately", re.compile(r"(?:\b(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|estimated(?: at)?|close to|circa|an estimated|on the order of|in the region of|in the neighbou?rhood of|just short of|something like|reported|near|or so|reportedly|virtually)\s|~\s?)" + _MARKS, re.I)),
]  # fmt: skip
# "sued over its $5 million swindle", "about the $3 million theft": what it is about, not how much.
_CONCERNING = re.compile(
    r"\b(?:(?:lower|higher|greater|less|more|larger|smaller|better) than|over|under|about|around|beyond|within|above|near)\s(?:its|their|his|her|the|that|this|those)\s$",
    re.I,
)
_RIGHT = [
    ("at_least", re.compile(r"\s{0,2}(?:or more|or above|and up|and above|or higher|plus\b|-plus|\+)", re.I)),
    ("at_most", re.compile(r"\s{0,2}(?:or less|or under|or fewer|at most)", re.I)),
    ("approximately", re.compile(r"\s{0,2}(?:or so|-odd|odd\b|or thereabouts|give or take)", re.I)),
]
_PER = re.compile(
    r"\s{0,2}(?:U\.?S\.?\s)?(?:(?:in )?cash )?(?:(?:a|an|per|each|for each|for every|for a|every|/)\s{0,1}|-a-|/)"
    r"(barrels?|bbl|share|tonnes?|ton|metric ton|ounce|oz|pound|lb|bushel|gallon|lit(?:re|er)|kg|kilo(?:gram)?|head|person|copy|ticket|unit|mmbtu|mwh|kwh|square\s\w{1,6}|acre|hectare|dozen|bottle|piece|seat|night|bale|carat|troy ounce|word|page|hour|day|week|month|head)\b",
    re.I,
)


def qualify(text: str, amount: Amount, start: int, end: int) -> None:
    """Sets the qualifier from the words beside the figure, and the unit of a price."""
    before = text[max(start, amount.start - 45) : amount.start]
    after = text[amount.end : min(end, amount.end + 32)]
    if amount.qualifier == "exact":
        for value, pattern in _LEFT:
            if pattern.search(before) and not _CONCERNING.search(before):
                amount.qualifier = value
                break
        else:
            for value, pattern in _RIGHT:
                if pattern.match(after):
                    amount.qualifier = value
                    break
    per = _PER.match(after)
    if per:
        amount.per = per[1].lower()
