"""DAC sector and CRS purpose of a text by linear models over its words (weights: pipelines/reference/sector_model.npz, purpose_detail_model.npz).

Trained by training/train_sectors.py and train_purpose_detail.py; their data cards are in training/README.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

_REFERENCE = Path(__file__).parents[2] / "reference"
# The file of the model of sectors that ships. Training sets another one while it scores on documents that this one has learnt from.
SECTORS = _REFERENCE / "sector_model.npz"
_DETAILS = _REFERENCE / "purpose_detail_model.npz"
# Marks a word of the opening, and one of an amount's sentence.
_OPENS, _AROUND = "^", "~"
# What the words of the sentence, of the title and of the sentences beside it count, against those of the purpose.
SHARES = (1.0, 0.4, 0.3, 0.2)
_WORD = re.compile(r"[a-z]{3,30}")
_STOP = frozenset([
    "the", "and", "for", "with", "from", "that", "this", "was", "were", "are", "has", "have", "had", "will",
    "would", "been", "being", "its", "their", "which", "who", "whom", "into", "also", "not", "but", "than", "then",
    "they", "them", "his", "her", "our", "your", "such", "other", "these", "those", "between", "under", "over",
    "about", "after", "before", "during", "through", "more", "most", "some", "any", "all", "each", "project",
    "projects", "million", "billion", "usd", "dollars", "china", "chinese", "government", "agreement", "signed",
    "loan", "grant", "provided", "said", "would", "year", "years"
])  # fmt: skip


_OPENING = re.compile(r".{0,250}?(?:\.\s|$)|.{0,250}", re.DOTALL)


def features(text: str) -> dict[str, int]:
    """Counts of words and word pairs, those of the opening (title or first sentence) once more by themselves.

    Digits, stop words and short words are left out.
    """
    found = _words_and_pairs(text[:6000])
    opening = _words_and_pairs(_OPENING.match(text)[0])  # type: ignore[index]
    found.update({f"{_OPENS}{word}": n for word, n in opening.items()})
    return dict(found)


def _words_and_pairs(text: str) -> Counter[str]:
    words = [w for w in _WORD.findall(text.lower()) if w not in _STOP]
    words = [w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 4 else w for w in words]
    found = Counter(words)
    found.update(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """Where a sum is told: the words of its purpose, if any, its sentence, the title, and the sentences before and after."""

    purpose: str | None
    sentence: str
    title: str = ""
    beside: str = ""


def words_of_money(told: Told) -> tuple[dict[str, int], ...]:
    """Counts of words and pairs of what money is for, and of single words, marked, of its sentence, the title and the sentences
    beside it; in the order of `SHARES`.

    The model of sectors is learnt and asked with these. Where no words say a purpose, the sentence stands for it.
    """
    around = (_words_and_pairs(text) for text in (told.sentence, told.title, told.beside))
    singles = ({f"{_AROUND}{w}": n for w, n in bag.items() if " " not in w} for bag in around)
    return dict(_words_and_pairs(told.purpose or told.sentence)), *singles


def sector_of_code(code: str) -> str:
    """3-digit sector of a CRS code, education, health and energy at their first two digits (110, 120, 230)."""
    sector = code[:3]
    if sector[:2] in ("11", "12", "23"):
        return f"{sector[:2]}0"
    return sector


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Linear classifier: a row of weights a class over the vocabulary."""

    index: dict[str, int]
    idf: Any
    weights: Any
    bias: Any
    classes: list[str]

    def sector(self, told: Told) -> tuple[str, float] | None:
        """Most likely class of money and its probability; None where no word is known.

        For weights over `words_of_money`.
        """
        parts = [self._row(bag) for bag in words_of_money(told)]
        known = [(at, x * share) for part, share in zip(parts, SHARES, strict=True) if part for at, x in [part]]
        if not known:
            return None
        scores = sum(self.weights[:, at] @ x for at, x in known) + self.bias
        shares = np.exp(scores - scores.max())
        found = int(np.argmax(shares))
        return self.classes[found], float(shares[found] / shares.sum())

    def likeliest(self, text: str, sector: str) -> tuple[str, float] | None:
        """Most likely class of a sector and its probability among all classes; None where no word is known.

        For weights of a logistic regression, whose scores are logarithms of odds.
        """
        scores = self._scores(text)
        own = [i for i, code in enumerate(self.classes) if sector_of_code(code) == sector]
        if scores is None or not own:
            return None
        shares = np.exp(scores - scores.max())
        found = max(own, key=lambda i: float(shares[i]))
        return self.classes[found], float(shares[found] / shares.sum())

    def _scores(self, text: str) -> Any:
        row = self._row(features(text))
        return None if row is None else self.weights[:, row[0]] @ row[1] + self.bias

    def _row(self, bag: Mapping[str, int]) -> tuple[Any, Any] | None:
        """Places of the known words and their TF-IDF, of length 1."""
        places = sorted((self.index[w], n) for w, n in bag.items() if w in self.index)
        if not places:
            return None
        at = np.array([p for p, _ in places])
        x = (1 + np.log(np.array([n for _, n in places], dtype=np.float32))) * self.idf[at]
        return at, x / np.linalg.norm(x)


def sector_model() -> Model:
    """The bundled model of sectors, over `words_of_money`: that of the file `SECTORS`."""
    return _read(SECTORS)


def detail_model() -> Model:
    """The bundled model of 5-digit codes."""
    return _read(_DETAILS)


@cache
def _read(path: Path) -> Model:
    with np.load(path, allow_pickle=False) as arrays:
        vocabulary = arrays["vocabulary"].tobytes().decode().split("\n")
        classes = arrays["classes"].tobytes().decode().split("\n")
        return Model(
            {w: i for i, w in enumerate(vocabulary)}, arrays["idf"].astype(np.float32), arrays["weights"].astype(np.float32),
            arrays["bias"].astype(np.float32), classes,
        )  # fmt: skip
