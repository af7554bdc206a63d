"""How names are compared: small letters without accents, points and letters that papers without them print as others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode takes for no letter with a mark: "Yıldırım" is printed as "Yildirim".
LETTERS = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"}
_TABLE = str.maketrans(LETTERS)


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """A name as it is compared: lower case, no accents or points, one space between words."""
    if name.isascii():
        return " ".join(name.lower().replace(".", "").split())
    plain = unicodedata.normalize("NFKD", name.translate(_TABLE))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").split())
