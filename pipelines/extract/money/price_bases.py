"""Years of prices and money told again in them: "in 2003 dollars", "($18 million in today's dollars)" are no sums of their own."""

from __future__ import annotations

import re

from pipelines.extract.money.amounts import Amount

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# What stands before the year of a price base.
_BASE = re.compile(
    r"\b(?:in|since|until|during|of|at|into|to|as|expressed in|measured in|using)\s+(?:(?:constant|real|current|fixed|inflation-adjusted|approximate|about|the)\s+){0,2}$"
    r"|\b(?:constant|real|current|fixed|inflation-adjusted|deflated)[\s-]+$|[(\[=]\s*$",
    re.IGNORECASE,
)
_IN_ITS_PRICES = re.compile(
    r"\s{0,2}(?:in|at) (?:(?:constant|real|current|today['’]?s|present-day|current-day|inflation-adjusted|modern) ?(?:(?:1[89]|20)\d\d )?"
    r"(?:[a-z.]{1,10} )?(?:dollars?|pounds?|euros?|money|terms|prices|currency|values?)|(?:(?:1[89]|20)\d\d) (?:[A-Za-z.]{1,10} )?(?:dollars|pounds|euros|money|prices|terms))"
    r"|\s{0,2}(?:when )?adjusted for inflation|\s{0,2}(?:today|nowadays|in today['’]s)\b",
    re.IGNORECASE,
)
_IN_PRICES_OF_NOW = re.compile(r"\s{0,2}(?:in|at) (?:today['’]?s|current|present-day|current-day)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\s*(?:\(|,? ?(?:or|worth|equal to|equivalent to|the equivalent of|about|some|roughly|nearly|around|over|more than|which is|—|–|--) ?){1,3}\s*$",
    re.IGNORECASE,
)


def without_price_bases(text: str, amounts: list[Amount], start: int) -> list[Amount]:
    """Amounts of a sentence that begins at `start`, without the years of price bases and without what tells a sum again in other prices."""
    found: list[Amount] = []
    for amount in amounts:
        if (
            _is_base(text, amount, start)
            or _is_caption(text, amount, start)
            or (found and _is_again(text, found[-1], amount))
        ):
            continue
        found.append(amount)
    return found


def _is_base(text: str, amount: Amount, start: int) -> bool:
    words = text[amount.start : amount.end].split()
    is_year = (
        amount.scale is None
        and _YEAR.fullmatch(words[0]) is not None
        and amount.unit is not None
        and not amount.unit.sign
    )
    is_year = is_year or (len(words) == 2 and _YEAR.fullmatch(words[0]) is not None and words[1].isupper())
    return is_year and _BASE.search(text[max(start, amount.start - 40) : amount.start]) is not None


_COUNTED_IN = re.compile(
    r"\b(?:table|chart|graph|map|figures?|amounts?|data|values?|shows?|shown|expressed|measured|all)\b[^.;]{0,80}\bin\s$|\(\s?(?:in\s)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s?(?:[.):;]|$)")


def _is_caption(text: str, amount: Amount, start: int) -> bool:
    """Whether "millions of dollars" is what a table counts in, and no sum."""
    if amount.amount is not None or amount.qualifier != "approximately" or not _ENDS.match(text, amount.end):
        return False
    return _COUNTED_IN.search(text[max(start, amount.start - 110) : amount.start]) is not None


def _is_again(text: str, before: Amount, amount: Amount) -> bool:
    """Whether an amount is the one before it in other prices: same currency, told as such."""
    if before.unit is None or amount.unit is None or before.unit.codes[0] != amount.unit.codes[0]:
        return False
    between = text[before.end : amount.start]
    opens = "(" in between[-30:] or _AGAIN.search(between) is not None
    # Behind a comma alone it may be the next of a list, unless it is in the prices of now.
    opens = opens or (between.rstrip().endswith(",") and _IN_PRICES_OF_NOW.match(text, amount.end) is not None)
    return len(between) < 60 and opens and _IN_ITS_PRICES.match(text, amount.end) is not None
