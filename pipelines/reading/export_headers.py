"""Headers of articles in the exports of databases: title, day, paper, author and where the body begins and ends.

One function an arrangement, each from the text of one article to `Exported`. Splitting is in `exports`, Factiva in `factiva`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.reading.dates import day_in, to_date
from pipelines.reading.enumerations import entries
from pipelines.reading.export_labels import OTHERS, label_of

COPYRIGHT = re.compile(r"\(?(?:copyright|\(c\)|©|all rights reserved).{0,200}", re.IGNORECASE)
_EDITION = re.compile(r"\b(?:edition|final)\b|^\d{1,2}:\d\d|\b(?:GMT|EST|EDT)\b", re.IGNORECASE)
# Lines of the cover that Nexis Uni puts before the first article: who asked for what when, and the list of titles.
_COVER = re.compile(
    r"[ \t]*(?:Page \d{1,5} of \d{1,5}|User Name|Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type|-None-|Send to)\b",
    re.IGNORECASE,
)
_AGENT = re.compile(r"(?:supplied|provided|distributed) by\b", re.IGNORECASE)
_BODY_LINE = re.compile(r"[ \t]*Body:?[ \t]*$", re.IGNORECASE)
# "Lund, Rita. Morning Sound; Suva [Suva]. 14 May 2013: 3.", as ProQuest prints below a title.
_CITED = re.compile(
    r"(?:(?P<author>[^;]{3,120}?)\. )?(?P<paper>[^;.]{2,80}); [^;]{2,80}\. (?P<day>\d{1,2} [A-Z][a-z]{2} \d{4}): ?[^ ]{1,10}\."
)
# A line that tells something, and is no part of a footer.
TELLS = re.compile(
    r"^(?!\W{0,3}(?:copyright|\(c\)|©))[^\S\n]*(?:\S+[^\S\n]+){7,}\S*[.!?][\"'”’)]*$", re.MULTILINE | re.IGNORECASE
)
# Headings of Nexis Uni that stand alone above a note on an article, behind its body.
_NOTES = frozenset(["Classification", "Graphic", "Notes", "Correction"])
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4}")


@dataclass(slots=True)
class Exported:
    """An article of an export. `cut` is what its header and footer hold, each with the reason why it is no body."""

    body: str = ""
    title: str | None = None
    published_on: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    identifier: str | None = None
    cut: list[tuple[str, str]] = field(default_factory=list)


def take(article: Exported, name: str, value: str) -> None:
    """Put a field's value into the article where it has none."""
    if name == "publication":  # "The Lake Post ; Tampere [Tampere]12 Apr 2011: A.4."
        take(article, "publisher", value.split(";")[0].split("[")[0].strip(" ."))
        if day := _DAY.search(value):
            take(article, "published_on", day[0])
    elif name in ("title", "published_on", "publisher", "author", "language", "url", "identifier") and value:
        if name == "author":
            value = re.sub(r"^by:?\s+", "", value, flags=re.IGNORECASE)
        if name == "publisher":
            if printed := re.search(
                r"\b\d{1,2}/\d{1,2}/\d{4}\b", value
            ):  # "Rift Weekly. 04/05/2009, p3", of EBSCO in Ipswich, Massachusetts
                take(article, "published_on", str(to_date(printed[0], day_first=False) or ""))
            if found := day_in(value):  # "Lake Post. (Mar. 2, 2015): News: p3", of Gale
                take(article, "published_on", found)
                value = value[: value.index(found)].rstrip(" .,;(") or value
            value = re.split(r"[,.]? +\(?\d|; ", value)[0]
        if getattr(article, name) is None and not (name == "author" and value.lower() == "anonymous"):
            setattr(article, name, value)


def labelled(text: str) -> Exported:
    """An article whose every field has a label; what stands behind "Full text:" or the last field of the header is body."""
    article = Exported()
    lines = text.split("\n")
    labels = _with_values_below(lines, [label_of(line) for line in lines])
    opens = next((n for n, label in enumerate(labels) if label and label[0] == "body"), None)
    if opens is None:
        opens = next((n for n, label in enumerate(labels) if label and label[0] == "abstract"), None)
        behind = _behind_labels(lines, labels)
        if opens is not None and opens < behind and any(_is_text(line) for line in lines[behind:]):
            opens = None  # the text stands below the labels, the abstract among them
    if opens is not None:
        first, begin = [(labels[opens] or ("", ""))[1]], opens + 1
    else:
        first, begin = [], _behind_labels(lines, labels)
    details = (n for n in range(begin, len(lines)) if labels[n] == ("details", "") and _labels_follow(lines, labels, n))
    end = next(details, _footer(lines, begin, len(lines)))
    header = lines[: begin if opens is None else opens]
    for n, label in enumerate(labels):
        if label and not begin <= n < end:
            take(article, *label)
    unlabelled = [" ".join(x.split()) for x, label in zip(header, labels, strict=False) if x.strip() and not label]
    article.title = article.title or (unlabelled[0] if unlabelled else None)
    if cited := next((m for line in unlabelled if (m := _CITED.fullmatch(line))), None):
        take(article, "author", cited["author"] or "")
        take(article, "publisher", cited["paper"])
        take(article, "published_on", cited["day"])
    article.body = body_of([*first, *lines[begin:end]])
    dateline = next((label[1] for label in labels if label and label[0] == "dateline"), "")
    article.body = f"{dateline} -- {article.body}" if dateline and article.body else article.body
    keep(article, header, lines[end:])
    return article


def _with_values_below(lines: list[str], labels: list[tuple[str, str] | None]) -> list[tuple[str, str] | None]:
    """Labels with the line below as their value where most stand alone in theirs, as EBSCO prints them; that line is part of the label.

    Among labels with values beside them one that stands alone is empty, and what follows it is text.
    """
    present = [label for label in labels if label]
    if 2 * sum(not label[1] for label in present) <= len(present):
        return labels
    found = list(labels)
    for n in range(len(lines) - 1):
        label, below = found[n], lines[n + 1].strip()
        if label and not label[1] and label[0] not in ("body", "abstract", "details") and below and not labels[n + 1]:
            found[n], found[n + 1] = (label[0], below), ("", "")
    return found


def _labels_follow(lines: list[str], labels: list[tuple[str, str] | None], at: int) -> bool:
    """Whether the next line with words behind a heading is a label or nothing: else the heading is the article's own."""
    following = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), None)
    return following is None or bool(labels[following])


def _behind_labels(lines: list[str], labels: list[tuple[str, str] | None]) -> int:
    """The line behind the labels at the top: they may be apart by blank lines, as long as another follows."""
    last = 0
    for n, label in enumerate(labels):
        if label:
            last = n + 1
        elif lines[n].strip() and last:
            break
    return last


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not label_of(line) and not COPYRIGHT.match(line.strip())


def _footer(lines: list[str], begin: int, end: int) -> int:
    """The line from which on there is but a footer: labels with their values and rights notices, to the end.

    Labels in the middle of an article ("Location: the old port") end no body, since body follows them. A note under a heading stands
    above other labels: what is last in a text is body.
    """
    n = end
    is_footer = False  # whether something below is one
    while True:
        while n > begin and not lines[n - 1].strip():
            n -= 1
        if n <= begin:
            return begin
        start = n  # of the block of lines that ends before n
        while start > begin and lines[start - 1].strip():
            start -= 1
        block = [line.strip() for line in lines[start:n]]
        above = next((m for m in range(start - 1, begin - 1, -1) if lines[m].strip()), begin)
        if 1 in entries([lines[above].strip(), block[0]]):  # "(c) Togo repays Japan" below "(b) …"
            return n
        rights = all(COPYRIGHT.match(line) or label_of(line) for line in block)
        is_note = lines[above].strip() in _NOTES and (above == begin or not lines[above - 1].strip())
        if is_note and (is_footer or label_of(block[0]) or rights):
            n, is_footer = above, True
            continue
        if not (label_of(block[0]) or (len(block) == 1 and block[0] in _NOTES) or rights):
            while n > start and (label := label_of(lines[n - 1])) and label[0] in OTHERS:
                n -= 1
            return n
        n, is_footer = start, True


def lexis(text: str) -> Exported:
    """An article of LexisNexis or Nexis Uni: paper and day above the title or below it, then labels, the body, labels again."""
    article = Exported()
    lines = text.split("\n")
    labels = [(n, label_of(line)) for n, line in enumerate(lines)]
    first = next((n for n, label in labels if label), len(lines))
    begin = _body_begins(lines, first)
    end = _footer(lines, begin, len(lines))
    for n, label in labels:
        if label and not begin <= n < end:
            take(article, *label)
    covered = max((n + 1 for n, line in enumerate(lines[:first]) if _COVER.match(line)), default=0)
    above = [
        " ".join(line.split()) for line in lines[covered:first] if line.strip() and not COPYRIGHT.match(line.strip())
    ]
    day = next((n for n, line in enumerate(above) if to_date(line) or day_within(line)), None)
    if day is not None:
        article.published_on = day_within(above[day]) or above[day]
        before, after = (
            [line for line in above[:day] if not _AGENT.match(line)],
            [line for line in above[day + 1 :] if not _EDITION.search(line)],
        )
        article.publisher = article.publisher or (before[-1] if before else None)
        article.title = article.title or (" ".join(after) or (before[0] if len(before) > 1 else None))
    elif above:
        article.title = article.title or above[-1]
    article.body = body_of(_unwrapped(lines[begin:end]))
    dateline = next((label[1] for _, label in labels if label and label[0] == "dateline"), "")
    if dateline:
        article.body = f"{dateline} -- {article.body}"
    keep(article, lines[:begin], lines[end:])
    return article


def day_within(line: str) -> str | None:
    """The day in a line of a header that holds little else ("Monday 2 March 2015", "March 2, 2015 Monday 9:12 AM GMT")."""
    found = _DAY.search(line)
    return found[0] if found and len(line) < 90 and to_date(found[0]) else None


def _body_begins(lines: list[str], first: int) -> int:
    """The line behind a header: behind "Body" where it stands alone, else behind the labels that follow each other."""
    alone = next((n for n in range(first, len(lines)) if _BODY_LINE.match(lines[n])), None)
    if alone is not None:
        return alone + 1
    n = last = first
    while n < len(lines):
        label = label_of(lines[n])
        if label is not None and label[0] in ("load-date", "publication-type"):
            break
        if label is not None:
            last = n + 1
        elif lines[n].strip() and (n == 0 or not lines[n - 1].strip()):
            break  # words after a gap, and no label
        elif lines[n].strip():
            last = n + 1  # the value of a label runs on
        n += 1
    return last


def body_of(lines: list[str]) -> str:
    """Lines of a body as its text."""
    return "\n".join(line.rstrip() for line in lines).strip("\n ")


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines of a body with those joined that a column parted: all but indented ones, where none is longer than a column."""
    if max((len(line) for line in lines), default=0) > _COLUMN:
        return lines
    found: list[str] = []
    for n, line in enumerate(lines):
        goes_on = n > 0 and lines[n - 1].strip() and line.strip() and not line.startswith("  ") and not label_of(line)
        if goes_on:
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
    return found


_COLUMN = 110


def keep(article: Exported, header: list[str], footer: list[str]) -> None:
    """Keep with an article the lines around it that are no body."""
    for reason, lines in (("header of the export", header), ("footer of the export", footer)):
        if text := "\n".join(" ".join(line.split()) for line in lines if line.strip()):
            article.cut.append((reason, text))
