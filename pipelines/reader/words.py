"""What the reader sees of a word beside its letters: part of speech, place in the parse, shape, and whether it is money or a time.

Small numbers, one row a token; looked up in embedding tables of the release. Needs the parse, the spans of the amounts of
money and of the time expressions; names and actors are not looked at, so that a changed name list never re-runs the encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from pipelines.language.parse import Parse, Token

_POS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SPACE", "SYM", "VERB", "X",
)  # fmt: skip
_DEP = (
    "", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta",
    "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj",
    "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
_ENTITY = (
    "", "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL", "ORG",
    "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
_POS_OF = {name: i for i, name in enumerate(_POS)}
_DEP_OF = {name: i for i, name in enumerate(_DEP)}
_ENTITY_OF = {name: i for i, name in enumerate(_ENTITY)}
# Sizes of the embedding tables, in the order of the columns of `word_codes`.
SIZES = (len(_POS), len(_DEP), len(_ENTITY), 6, 4)

PLAIN, AMOUNT, TIME, BOTH = range(4)
_MOST_STEPS = 4
_MOST_PATHS_KNOWN = 65_536  # whose numbers a worker keeps
PATHS = 2048
# Of distances in words within a sentence, the bucket of each; the last is that of all greater ones. Words before have 8 more.
_BUCKETS = np.array([0, 1, 2, 3, 4, 4, *[5] * 4, *[6] * 10, 7])
# Of words of other sentences it counts how many sentences away they are: number of the distance by that, before and after.
_BEFORE = np.array([16, 16, 17, 18, 19, 19, 19, 20])
_AFTER = np.array([21, 21, 22, 23])
DISTANCES = 24


def word_codes(parse: Parse, amounts: Iterable[tuple[int, int]], times: Iterable[tuple[int, int]]) -> np.ndarray:
    """Codes of every token: shape (tokens, 5), int16; columns part of speech, dependency, entity, shape, mark.

    `amounts` and `times` are character spans.
    """
    codes = np.zeros((len(parse.tokens), len(SIZES)), dtype=np.int16)
    for i, token in enumerate(parse.tokens):
        codes[i, 0] = _POS_OF.get(token.pos, 0)
        codes[i, 1] = _DEP_OF.get(token.dep, 0)
        codes[i, 2] = _ENTITY_OF.get(token.entity, 0)
        codes[i, 3] = _shape(token.text)
    for mark, spans in ((AMOUNT, amounts), (TIME, times)):
        for start, end in spans:
            for token in parse.tokens_in(start, end):
                codes[token.index, 4] |= mark
    return codes


def _shape(text: str) -> int:
    if text.isdigit():
        return 1
    if any(c.isdigit() for c in text):
        return 2
    if not any(c.isalpha() for c in text):
        return 3
    if text.isupper():
        return 4 if len(text) > 1 else 5
    return 5 if text[0].isupper() else 0


def paths_from(anchor: Token, words: Sequence[Token]) -> np.ndarray:
    """Codes of the ways from an anchor through the dependency tree to words: shape (words, 2), uint16.

    Column 0 is the hashed path (labels up, labels down; 0 for another sentence, 1 for a way that is longer than
    four steps either side), column 1 the distance with its direction, in buckets: in words, of other sentences in sentences.
    """
    up: dict[int, tuple[str, ...]] = {anchor.index: ()}
    labels: tuple[str, ...] = ()
    token = anchor
    while len(labels) < _MOST_STEPS and token.head is not token:
        labels = (*labels, token.dep)
        token = token.head
        up.setdefault(token.index, labels)
    found = np.zeros((len(words), 2), dtype=np.uint16)
    away = np.array([word.index for word in words]) - anchor.index
    inside = _BUCKETS[np.minimum(np.abs(away), len(_BUCKETS) - 1)] + 8 * (away < 0)
    ahead = np.array([word.sentence for word in words]) - anchor.sentence
    before = _BEFORE[np.clip(-ahead, 0, len(_BEFORE) - 1)]
    after = _AFTER[np.clip(ahead, 0, len(_AFTER) - 1)]
    found[:, 1] = np.where(ahead == 0, inside, np.where(ahead < 0, before, after))
    for k, word in enumerate(words):
        if word.sentence == anchor.sentence:
            found[k, 0] = _path(word, up)
    return found


def _path(word: Token, up: dict[int, tuple[str, ...]]) -> int:
    down: list[str] = []
    token = word
    while token.index not in up:
        if len(down) == _MOST_STEPS or token.head is token:
            return 1
        down.append(token.dep)
        token = token.head
    return _code((*up[token.index], "^", *reversed(down)))


@lru_cache(_MOST_PATHS_KNOWN)
def _code(labels: tuple[str, ...]) -> int:
    """Number of a path. FNV-1a over its labels: the same on every machine, unlike `hash`."""
    code = 2166136261
    for label in labels:
        for byte in label.encode() + b"/":
            code = ((code ^ byte) * 16777619) & 0xFFFFFFFF
    return 2 + code % (PATHS - 2)
