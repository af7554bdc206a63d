"""Text printed all in capitals, as old wires are, or without capitals, given the letters that a parser expects.

The parser and the recogniser of names were trained on ordinary print: in "PERU EXPELLED TWO ENVOYS" every word looks like a
name. A word gets the form that it mostly has in ordinary news, by what stands before or behind it where that decides
("Popular Front", "popular songs"). Lengths never change, so offsets into the restored text are offsets into the text.

The table of forms, `word_cases.npz`, is learnt by training/train_word_cases.py; its data card is in training/README.md.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("word_cases.npz")
LOWER, TITLE, UPPER = "l", "t", "u"
BEFORE_NAME = ">^"  # in the table: the form of a word before one that is not small ("president>^")
# A paragraph is in capitals where it holds this many words and nearly no small letter.
_FEWEST_WORDS = 6
_SMALL_SHARE = 0.04
# A text is without capitals where this share of its letters at most are capital, and of the words that ordinary print has with
# one, this many and this share are small: some wires, transcripts of speech.
_CAPITAL_SHARE = 0.025
_FEWEST_SMALL, _SMALL_NAMES = 4, 0.8
# What a stretch without small letters must be like to look closer.
STRETCH = re.compile(r"[A-Z][^a-z]{30}")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*(?:(?<=\.[^\W\d_])\.)?|[^\W\d_]")
_SENTENCE_END = re.compile(r"""[.?!]["'”’)\]]*\s*$|^\s*["'“‘(\[]*\s*$|:\s*["“]\s*$|--\s*$""")
_BRACKETED = re.compile(r"([^()\[\]]{1,80})[(\[]\s*([A-Z]{2,7})\s*[)\]]")
_ENDINGS = frozenset(["s", "t", "ll", "re", "ve", "d", "m"])
_ORDINAL = frozenset(["st", "nd", "rd", "th", "s"])
_VOWEL = re.compile(r"[AEIOUYÀ-ÿ]", re.IGNORECASE)


def may_be_restored(text: str) -> bool:
    """Whether a text may hold a paragraph all in capitals, or is without them; a quick look."""
    return STRETCH.search(text) is not None or _is_without_capitals(text)


def restore(text: str) -> str:
    """The text with its paragraphs in capitals given ordinary letters, of equal length; other paragraphs stay as they are.

    Where the whole text is printed without capitals, names get theirs.
    """
    if not may_be_restored(text):
        return text
    is_small = _is_without_capitals(text)
    parts: list[str] = []
    end = 0
    short_forms = frozenset(short for name, short in _BRACKETED.findall(text) if _is_short_for(short, name))
    for paragraph in _PARAGRAPH.finditer(text):
        parts.append(text[end : paragraph.start()])
        words = paragraph.group()
        parts.append(_restored(words, short_forms, is_small) if is_small or _is_in_capitals(words) else words)
        end = paragraph.end()
    parts.append(text[end:])
    return "".join(parts)


def _is_without_capitals(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    if sum(map(str.isupper, text)) > _CAPITAL_SHARE * letters:
        return False
    forms, _ = _table()
    names = [m for m in WORD.finditer(text) if len(m.group()) > 3 and forms.get(m.group().lower()) == TITLE]
    small = sum(m.group().islower() for m in names)
    printed = sum(_SENTENCE_END.search(text[max(0, m.start() - 4) : m.start()]) is None for m in names)
    return small >= _FEWEST_SMALL and small >= _SMALL_NAMES * printed


def _is_in_capitals(paragraph: str) -> bool:
    small = sum(map(str.islower, paragraph))
    capital = sum(map(str.isupper, paragraph))
    return small <= _SMALL_SHARE * capital and len(WORD.findall(paragraph)) >= _FEWEST_WORDS


def _is_short_for(short: str, name: str) -> bool:
    """Whether the letters of a bracketed word begin the words before it: "Marti National Liberation Front [FMLN]"."""
    initials = {m.group()[0] for m in WORD.finditer(name)}
    return sum(letter not in initials for letter in short) <= len(short) // 4


def _restored(paragraph: str, short_forms: frozenset[str], is_small: bool) -> str:
    forms, pairs = _table()
    found = [m for m in WORD.finditer(paragraph) if m.group().isupper() or len(m.group()) > 1]
    words = [m.group().lower() for m in found]
    parts: list[str] = []
    end = 0
    known: list[str | None] = [forms.get(word) for word in words]
    for n, match in enumerate(found):
        own, word, start = match.group(), words[n], match.start()
        parts.append(paragraph[end:start])
        mark = paragraph[start - 1] if start else ""
        is_joined = n > 0 and end == start - 1 and mark in "-'’"
        is_ending = (is_joined and mark != "-" and word in _ENDINGS) or (mark.isdigit() and word in _ORDINAL)
        form: str | None = LOWER if is_ending else None
        if is_small and not own.islower():  # the few capitals that are printed tell more than the table
            parts.append(own)
            end = match.end()
            continue
        if form is None and own in short_forms:
            form = UPPER
        if form is None:
            behind = words[n + 1] if n + 1 < len(words) else ""
            is_before_name = bool(behind) and known[n + 1] != LOWER
            form = (
                pairs.get(f"{word}>{behind}")
                or (pairs.get(f"{words[n - 1]}<{word}") if n else None)
                or (pairs.get(word + BEFORE_NAME) if is_before_name else None)
                or known[n]
                or _guess(word, forms)
            )
        if form == LOWER and not is_joined and _SENTENCE_END.search(paragraph[max(0, start - 4) : start]):
            form = TITLE
        parts.append(_in_form(own, form))
        end = match.end()
    parts.append(paragraph[end:])
    return "".join(parts)


def _guess(word: str, forms: dict[str, str]) -> str:
    """The form of a word that the table does not hold: a name as a rule; a short form where it has no vowel."""
    if len(word) == 1 or "." in word:
        return UPPER
    if word.endswith("s") and forms.get(word[:-1]) == LOWER:
        return LOWER
    return TITLE if _VOWEL.search(word) else UPPER


def _in_form(word: str, form: str) -> str:
    found = word.upper() if form == UPPER else word.lower() if form == LOWER else word[0].upper() + word[1:].lower()
    return found if len(found) == len(word) else word


def form_of(word: str) -> str:
    """Which form a word stands in: small, with a capital (any mixture counts), all capitals."""
    if word.islower():
        return LOWER
    return UPPER if word.isupper() and (len(word) > 1) else TITLE


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Usual form of a word, and forms of words beside others ("popular>front", "foreign<ministry") that differ from it."""
    with np.load(TABLE) as table:
        told = {name: table[name].tobytes().decode("utf8") for name in table.files}
    return (
        dict(zip(told["words"].split("\n"), told["word_forms"], strict=True)),
        dict(zip(told["pairs"].split("\n"), told["pair_forms"], strict=True)),
    )
