"""Full stops that end no sentence: those of "(approx. $4 million)", "7 Mio. euros", "Rs. 20 crore".

Marked before the parser runs, which then keeps the sentence whole.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

# Abbreviations after which a sentence goes on, whatever follows; and those behind which only a small letter or a sign shows that.
_ALWAYS = frozenset(
    [
        "approx",
        "incl",
        "excl",
        "cf",
        "vs",
        "viz",
        "ca",
        "e.g",
        "i.e",
        "esp",
        "resp",
        "equiv",
        "max",
        "min",
        "est",
        "avg",
    ]
)
_BEFORE_SMALL = frozenset(
    ["mln", "bln", "mio", "mrd", "mn", "bn", "trn", "tn", "cr", "dept", "govt", "intl", "nos", "pp", "figs"]
)
_BEFORE_NUMBERS = frozenset(
    [
        "rs",
        "no",
        "nos",
        "tk",
        "fr",
        "frs",
        "sfr",
        "nu",
        "kshs",
        "ksh",
        "sh",
        "shs",
        "tsh",
        "ush",
        "rp",
        "kr",
        "nkr",
        "skr",
        "dkr",
        "bs",
        "le",
        "dhs",
        "dh",
        "art",
        "sec",
        "para",
        "p",
        "pp",
        "fig",
        "vol",
    ]
)


# Codes of currencies, as they stand behind "Mio." and "mln.".
_CODES = frozenset(["EUR", "USD", "CHF", "GBP", "Euro", "JPY", "PLN", "RUB", "FCFA", "DM"])


@Language.component("open_stops")
def open_stops(doc: Doc) -> Doc:
    """Mark the token behind such a stop as no beginning of a sentence."""
    for token in doc[:-1]:
        if not token.text.endswith(".") or token.i == 0:
            continue
        word = (doc[token.i - 1].text if token.text == "." else token.text[:-1]).lower()
        following = doc[token.i + 1]
        goes_on = (
            (word in _ALWAYS and (not following.text[0].isupper() or doc[max(0, token.i - 2)].text == "("))
            or (
                word in _BEFORE_SMALL
                and (following.text[0].islower() or following.is_currency or following.text in _CODES)
            )
            or (word in _BEFORE_NUMBERS and (following.like_num or following.text[0].isdigit()))
        )
        if goes_on:
            following.is_sent_start = False
    return doc
