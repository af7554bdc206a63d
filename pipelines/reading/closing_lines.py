"""Exports whose articles each end with a line of the database's own: Westlaw and Europresse.

Neither labels the fields of a header: paper, day and title are told by their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.reading.dates import day_in, to_date
from pipelines.reading.export_headers import COPYRIGHT, TELLS, Exported, body_of, keep

_WESTLAW = re.compile(r"^[ \t]*\d{4} WLNR \d{3,12}[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*END OF DOCUMENT[ \t]*$", re.MULTILINE)
_INDEX = re.compile(r"-{2,} ?INDEX REFERENCES ?-{2,}")
# "news·20130514·MS·0001": kind of source, day, code of the paper, number.
_EUROPRESSE = re.compile(r"^[ \t]*[a-z]{3,10}·(?P<day>\d{8})·[A-Z0-9_-]{1,12}·[\w·-]{1,60}[ \t]*$", re.MULTILINE)
# What the database says of rights, in French or English.
_RIGHTS = re.compile(
    r"tous droits réservés|all rights reserved|usage exclusif|exclusive use|CEDROM|Europresse|Cision", re.IGNORECASE
)
_LONGEST_TITLE = 300
_HEAD_LINES = 12  # among which the day stands


def closed_by_database(text: str) -> list[Exported] | None:
    """Articles that each end with such a line, in order; None where the text has none."""
    if _WESTLAW.search(text) and _END.search(text):
        return _parted(text, _END, lambda lines: any(_WESTLAW.match(line) for line in lines), lambda s, _: _westlaw(s))
    if _EUROPRESSE.search(text):
        return _parted(text, _EUROPRESSE, _begins_europresse, _europresse)
    return None


def _parted(
    text: str, mark: re.Pattern[str], begins: Callable[[list[str]], bool], read: Callable[[list[str], str], Exported]
) -> list[Exported]:
    """Articles up to each closing line. What stands behind the last one is an article cut off before its end where it begins as one,
    words of the last where it tells something, else a notice of the database."""
    sections: list[tuple[list[str], str]] = []
    start = 0
    for m in mark.finditer(text):
        sections.append((text[start : m.start()].split("\n"), m[0].strip()))
        start = m.end()
    rest = text[start:].split("\n")
    if is_cut_off := begins(rest):
        sections.append((rest, ""))
    found = [read(lines, closing) for lines, closing in sections]
    if not is_cut_off and (words := body_of(rest)):
        if TELLS.search(words) and not _RIGHTS.search(words):
            found[-1].body += f"\n\n{words}"
        else:
            keep(found[-1], [], rest)
    return found


def _begins_europresse(lines: list[str]) -> bool:
    """Whether lines begin as an article does: a paper, and below it a day."""
    told = [line for line in lines if line.strip()][:_HEAD_LINES]
    return len(told) > 2 and any(day_in(line) for line in told[1:3])


def _westlaw(lines: list[str]) -> Exported:
    """Number, paper, rights, day, section, title, author in capitals, body, then terms of the index."""
    article = Exported()
    number = next((n for n, line in enumerate(lines) if _WESTLAW.match(line)), -1)
    end = next((n for n, line in enumerate(lines) if _INDEX.search(line)), len(lines))
    at = _next(lines, number + 1)
    article.publisher = lines[at].strip() if at < end else None
    at = next((n for n in range(at, min(at + _HEAD_LINES, end)) if to_date(lines[n].strip())), at)
    article.published_on = lines[at].strip() if at < end else None
    at = _next(lines, at + 1)
    if at < end and lines[at].strip().lower().startswith("section:"):
        at = _next(lines, at + 1)
    begin = _titled(article, lines, at, end)
    if begin < end and lines[begin].strip().isupper() and len(lines[begin].split()) <= 12:
        article.author = lines[begin].strip().removeprefix("BY ").title()
        begin = _next(lines, begin + 1)
    article.body = body_of(lines[begin:end])
    keep(article, lines[:begin], lines[end:])
    return article


def _europresse(lines: list[str], closing: str) -> Exported:
    """Paper, day and page, title, author, body, rights; the day stands in the closing line too."""
    stated = _EUROPRESSE.match(closing)
    article = Exported(identifier=closing or None, published_on=stated["day"] if stated else None)
    # The last notice: a paragraph may begin with the word too.
    end = max((n for n, line in enumerate(lines) if COPYRIGHT.match(line.strip())), default=len(lines))
    at = _next(lines, 0)
    article.publisher = lines[at].strip() if at < end else None
    at = _next(lines, at + 1)
    if at < end and (day := day_in(lines[at])):
        article.published_on = article.published_on or day
        at = _next(lines, at + 1)
    begin = _titled(article, lines, at, end)
    if begin < end and len(lines[begin].split()) <= 6 and lines[begin].strip()[-1:] not in '.!?”"':
        article.author = lines[begin].strip()
        begin = _next(lines, begin + 1)
    article.body = body_of(lines[begin:end])
    keep(article, lines[:begin], [*lines[end:], closing])
    return article


def _titled(article: Exported, lines: list[str], at: int, end: int) -> int:
    """The line behind the title, which stands in one block of lines from `at` on."""
    stop = at
    while stop < end and lines[stop].strip():
        stop += 1
    title = " ".join(" ".join(lines[at:stop]).split())
    if not title or len(title) > _LONGEST_TITLE:
        return at
    article.title = title
    return _next(lines, stop)


def _next(lines: list[str], at: int) -> int:
    """The first line with words from `at` on."""
    return next((n for n in range(at, len(lines)) if lines[n].strip()), len(lines))
