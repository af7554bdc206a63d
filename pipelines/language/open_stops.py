"""Full stops that end no sentence: those of "(approx. $4 million)", "7 Mio. euros", "Rs. 20 crore".

Marked before the parser runs, which then keeps the sentence whole.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipelines.reference import rows, split

_WORDS = {row["goes_on_before"]: frozenset(split(row["words"])) for row in rows("abbreviations.csv")}
# Abbreviations after which a sentence goes on, whatever follows; those behind which only a small letter, a currency's sign or its code
# shows that; and those before a number.
_ALWAYS, _BEFORE_SMALL, _BEFORE_NUMBERS, _CODES = (
    _WORDS[before] for before in ("anything", "small letters and sums", "numbers", "sum")
)


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
