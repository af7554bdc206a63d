"""Learns the table of small and capital letters that `pipelines.language.capitals` reads.

    python training/train_word_cases.py CORPUS.jsonl.gz [CORPUS ...] [--evaluate]

CORPUS holds rows of `text` in ordinary print. Counts in which form a word stands within sentences (the first word of one
says nothing), and beside which neighbours it stands otherwise. Writes words and forms only, those seen in several texts, no
text. `--evaluate` learns from nine tenths of the texts, puts the last tenth in capitals, restores it, and says how many of
the words come back as they were.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from pipelines.language import capitals
from pipelines.language.capitals import BEFORE_NAME, LOWER, TABLE, WORD, form_of

LEAST_TEXTS, LEAST_OF_PAIR, LEAST_SHARE = 3, 4, 0.75
# Share of letters that are capital in ordinary print: of 36 texts of the corpora without capitals 31 have fewer, of 24,000 others few.
LEAST_CAPITALS = 0.0125
Counts = dict[str, Counter[str]]


def is_ordinary(text: str) -> bool:
    """Whether letters are mostly small, capitals are there as names need them, and no stretch is all in capitals.

    Asks the text alone, never the table that is learnt from it: a second training on the same texts learns the same.
    """
    letters, small = sum(map(str.isalpha, text)), sum(map(str.islower, text))
    has_capitals = letters - small > LEAST_CAPITALS * letters
    return small > 0.6 * len(text) and has_capitals and capitals.STRETCH.search(text) is None


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """Texts of the corpora in ordinary print."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                if is_ordinary(text):
                    yield text


def words_within(text: str) -> Iterator[list[tuple[str, bool]]]:
    """Words of each paragraph in ordinary print, and whether each says something of its form (not the first of a sentence)."""
    for paragraph in text.split("\n"):
        found = list(WORD.finditer(paragraph))
        capital = sum(m.group()[0].isupper() for m in found)
        if len(found) > 8 and capital < 0.4 * len(found):  # no heading
            yield [
                (m.group(), capitals._SENTENCE_END.search(paragraph[max(0, m.start() - 4) : m.start()]) is None)
                for m in found
            ]


def count(found: Iterable[str]) -> tuple[Counts, Counts, Counts, Counter[str]]:
    """Forms of words, of words before another, of words behind another; and in how many texts a word stands."""
    own: Counts = defaultdict(Counter)
    before: Counts = defaultdict(Counter)
    behind: Counts = defaultdict(Counter)
    spread: Counter[str] = Counter()
    for text in found:
        seen: set[str] = set()
        for words in words_within(text):
            lowered = [w.lower() for w, _ in words]
            seen.update(lowered)
            for n, (word, says) in enumerate(words):
                if not says or (len(word) == 1 and word not in "aI"):
                    continue
                form = form_of(word)
                own[lowered[n]][form] += 1
                if n + 1 < len(words):
                    before[f"{lowered[n]}>{lowered[n + 1]}"][form] += 1
                    if form_of(words[n + 1][0]) != LOWER:
                        before[lowered[n] + BEFORE_NAME][form] += 1
                behind[f"{lowered[n - 1]}<{lowered[n]}"][form] += 1
        spread.update(seen)
    return own, before, behind, spread


def learn(found: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """(word -> form, pair -> form where it differs from the word's)."""
    own, before, behind, spread = count(found)
    forms = {w: c.most_common(1)[0][0] for w, c in own.items() if spread[w] >= LEAST_TEXTS}
    pairs: dict[str, str] = {}
    for counts, place in ((before, 0), (behind, 1)):
        for pair, c in counts.items():
            word = pair.replace(">", "<").split("<")[place]
            form, n = c.most_common(1)[0]
            if n >= LEAST_OF_PAIR and n >= LEAST_SHARE * c.total() and forms.get(word, form) != form:
                pairs[pair] = form
    return forms, pairs


def save(forms: dict[str, str], pairs: dict[str, str]) -> None:
    table = {
        "words": np.array("\n".join(sorted(forms))),
        "word_forms": np.array("".join(forms[w] for w in sorted(forms))),
        "pairs": np.array("\n".join(sorted(pairs))),
        "pair_forms": np.array("".join(pairs[p] for p in sorted(pairs))),
    }
    encoded = {k: np.frombuffer(str(v).encode(), dtype=np.uint8) for k, v in table.items()}
    np.savez_compressed(TABLE, **encoded)  # type: ignore[arg-type]


def evaluate(held_out: list[str]) -> None:
    """Share of words that come back in their form: of all, and of those that are not small."""
    right = total = names_right = names = claimed = 0
    for text in held_out:
        for paragraph in text.split("\n"):
            if len(paragraph) < 60:
                continue
            back = capitals.restore(paragraph.upper()) if len(paragraph.upper()) == len(paragraph) else paragraph
            for a, b in zip(WORD.findall(paragraph), WORD.findall(back), strict=False):
                same = form_of(a) == form_of(b)
                right, total = right + same, total + 1
                names, names_right = names + (form_of(a) != LOWER), names_right + (same and form_of(a) != LOWER)
                claimed += form_of(b) != LOWER
    sys.stdout.write(
        f"{total} words: {right / total:.4f} right; with capitals: recall {names_right / names:.4f},"
        f" precision {names_right / claimed:.4f}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    options = parser.parse_args()
    if options.evaluate:
        held_out = [t for n, t in enumerate(texts(options.corpora)) if n % 10 == 0]
        save(*learn(t for n, t in enumerate(texts(options.corpora)) if n % 10))
        evaluate(held_out[:1500])
    save(*learn(texts(options.corpora)))


if __name__ == "__main__":
    main()
