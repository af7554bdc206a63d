"""Finds time expressions and resolves them against the day of publication.

`patterns` name what an expression is; `resolve` says which days that is. Relative expressions of a text without a
publication date keep a value with X where the calendar is unknown, and no days.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipelines.extract.facts import TimeExpression
from pipelines.extract.time.patterns import BY_NAME, CALLS, CASED, LEAD, LOWERED, NEEDED, RANK, TRIGGERS
from pipelines.extract.time.resolution import Resolver
from pipelines.language.parse import Article, Parse, Token


def find_time_expressions(article: Article, parse: Parse) -> list[TimeExpression]:
    """Time expressions of a document in text order, none inside another."""
    text = article.text
    spans: list[tuple[int, int, int, str, re.Match[str]]] = []
    lowered = _lowered(text)
    for sentence in parse.sentences:
        calls = _calls(parse.tokens[sentence.first : sentence.last])
        if not calls:
            continue
        within = lowered[sentence.start : sentence.end]
        for name in calls:
            needed = NEEDED.get(name)
            if needed is not None and not _has_one(within, needed):
                continue
            for match in _matches(name, text, lowered, sentence.start, sentence.end):
                start = match.start()
                lead = LEAD.match(match[0])
                if lead:
                    start += lead.end()
                spans.append((start, match.end(), RANK[name], name, match))
    spans.sort(key=lambda s: (s[0], -(s[1] - s[0]), s[2]))
    resolver = Resolver(article, parse)
    sentence_starts = [s.start for s in parse.sentences]
    found: list[TimeExpression] = []
    end = -1
    for start, stop, _, name, match in spans:
        if start < end or not parse.sentences:
            continue
        token = parse.token_at(start)
        if token is None:
            continue
        period = resolver.resolve(name, match, token)
        if period is None:
            continue
        shown = text[start:stop]
        if shown.endswith(("'s", "’s")):
            stop -= 2
        number = max(bisect_right(sentence_starts, start) - 1, 0)
        found.append(TimeExpression(number, start, stop, text[start:stop], period.value, period.start, period.end))
        end = stop
    return _hours_on_their_days(found, text)


def _lowered(text: str) -> str:
    """A text in lower case, every character where it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _has_one(text: str, pieces: tuple[str, ...]) -> bool:
    return any(piece in text for piece in pieces)


def _matches(name: str, text: str, lowered: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches of a pattern in text[start:end], searched for in lower case where capitals do not matter."""
    pattern = BY_NAME[name]
    if name in CASED:
        yield from pattern.finditer(text, start, end)
        return
    for found in LOWERED[name].finditer(lowered, start, end):
        match = pattern.match(text, found.start(), end)
        if match is not None:
            yield match


def _calls(tokens: list[Token]) -> list[str]:
    """Names of the patterns that the words of a sentence call for, in the order of the table."""
    groups: set[str] = set()
    for token in tokens:
        word = token.lower
        found = TRIGGERS.get(word)
        if found:
            groups.update(found)
        elif word.isalpha():
            continue
        elif word[0].isdigit() or word[0] in "'’":
            if any(c.isdigit() for c in word):
                groups.add("number")
                if "m" in word or "M" in word:
                    groups.add("clock")
                if "-" in word:
                    groups.add("unit")
        elif word[0] in "qh" and word[1:2].isdigit():  # "Q3'15"
            groups.add("short_quarter")
        elif word[:2] == "fy" and word[2:3].isdigit():  # "FY15"
            groups.add("number")
        elif "-" in word:
            for part in word.split("-"):
                groups.update(TRIGGERS.get(part, ()))
    if not groups:
        return []
    names = {name for group in groups for name in CALLS[group]}
    return sorted(names, key=RANK.__getitem__)


_WHEN = re.compile(
    r"(?:,| on| at| about| around| local time| just| shortly| before| after| late| early| \(\d{4} GMT\)| of| in the| the| from| by){0,6} ?",
    re.IGNORECASE,
)


def _hours_on_their_days(found: list[TimeExpression], text: str) -> list[TimeExpression]:
    """Hours ("shortly before midnight", "10 p.m.") put on the day that stands beside them; they are on the day of publication else."""
    out = list(found)
    for i, time in enumerate(found):
        if "T" not in (time.value or "") or ":" not in (time.value or "") or time.date_start is None:
            continue
        for j in (i + 1, i - 1, i - 2):
            if not 0 <= j < len(found) or found[j].sentence_index != time.sentence_index:
                continue
            day = found[j]
            left, right = (time, day) if j > i else (day, time)
            between = text[left.end_char : right.start_char]
            beside = _WHEN.fullmatch(between) is not None
            if (
                beside
                and ":" not in (day.value or "")
                and day.date_start is not None
                and day.date_start == day.date_end
            ):
                hour = (time.value or "").partition("T")[2]
                out[i] = replace(
                    time, value=f"{day.date_start.isoformat()}T{hour}", date_start=day.date_start, date_end=day.date_end
                )
                break
    return out
