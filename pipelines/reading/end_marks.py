"""Text files of articles that each end with the mark of a desk ("###", "-30-", "ENDS"), an agency ("(END) Dow Jones Newswires", "Enditem") or a
distributor ("Copyright … Distributed by …"), or begin on a page of their own (form feed).

A mark or a new page alone parts nothing, since reports and printed books have them too: every section must begin as an article does.
"""

from __future__ import annotations

import re

from pipelines.reading.dates import day_in, to_date
from pipelines.reading.dumps import tell
from pipelines.reading.export_headers import Exported

_FEWEST = 2
_END = re.compile(r"^[ \t]*(?:#{3,}|- ?30 ?-|-+ ?0 ?-+|\(?ENDS\)?|-+ ?ENDS ?-+|#[ \t]+#[ \t]+#)[ \t]*$", re.MULTILINE)
# Stars parted by spaces stand inside articles as well: behind them a header must tell a day.
_STARS = re.compile(r"^[ \t]*\*(?:[ \t]+\*){2,}[ \t]*$", re.MULTILINE)
# What agencies put below a report, with its day, or behind its last word.
_OF_AGENCY = re.compile(
    r"^[ \t]*\(END\) (?P<agency>Dow Jones News\w{0,5})(?:[ \t]+(?P<short>\d\d-\d\d-\d\d)[^\n]{0,20})?[ \t]*$(?:\s{1,4}^[ \t]*(?P<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4})[^\n]{0,40}$)?",
    re.MULTILINE | re.IGNORECASE,
)
_OF_REPORT = re.compile(r"(?<=[.!?\"”’)])[ \t]*(?:\n[ \t]*)?(?:Enditem|Item ends|==Kyodo)[ \t]*$", re.MULTILINE)
# Rights as the distributors of other papers' articles reserve them below each.
_OF_DISTRIBUTOR = re.compile(
    r"^[ \t]*(?:©|\([cC]\)|Copyright)[^\n]{0,200}\b(?:Distributed|Provided|Supplied) by [^\n]{3,120}$", re.MULTILINE
)
_HEADER_LINES, _LONGEST_TITLE, _LONGEST_LINE, _FEWEST_WORDS = 4, 160, 80, 25
# What stands below the end mark of a press release, and is no article.
_ANNEX = re.compile(
    r"(?i)(?:about|notes? (?:to|for) (?:the )?editors?|contacts?|(?:media|press) (?:contact|enquir\w+|inquir\w+)|(?:for )?(?:more|further) information|background|editor['’]s note|disclaimer)\b"
)
_SENTENCE = re.compile(r"[.!?:;,][\"'”’)]*$")


def ended(text: str) -> list[Exported] | None:
    """The articles of a text by the marks of their ends or by form feeds; None where they part no articles."""
    for mark, needs_day in (
        (_OF_AGENCY, False),
        (_OF_REPORT, False),
        (_OF_DISTRIBUTOR, True),
        (_END, False),
        (_STARS, True),
    ):
        if mark.search(text):
            flat = text.replace("\x0c", "\n")
            marks = list(mark.finditer(flat))
            pieces = [
                flat[a:b]
                for a, b in zip([0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(flat)], strict=True)
            ]
            sections = [s for s in pieces if s.strip()]
            if _are_articles(sections, needs_day):
                return _articles(sections, marks)
    if "\x0c" in text:
        sections = [s for s in text.split("\x0c") if s.strip()]
        heads = {section.strip().split("\n")[0].strip() for section in sections}
        if len(heads) == len(sections) and _are_articles(sections, needs_day=True):  # else a running head of pages
            return _articles(sections, [])
    return None


def _are_articles(sections: list[str], needs_day: bool) -> bool:
    return len(sections) >= _FEWEST and all(_begins_as_article(section, needs_day) for section in sections)


def _begins_as_article(section: str, needs_day: bool) -> bool:
    """Whether a title stands above words enough, and a day below the title where that is asked."""
    lines = [line.strip() for line in section.split("\n") if line.strip()]
    if len(lines) < 2 or len(lines[0]) > _LONGEST_TITLE or _SENTENCE.search(lines[0]) or lines[0][0].islower():
        return False
    if not needs_day and _ANNEX.match(lines[0]):
        return False
    short = [line for line in lines[:_HEADER_LINES] if len(line) <= _LONGEST_TITLE]
    if needs_day and not any(day_in(line) for line in short):
        return False
    return sum(len(line.split()) for line in lines[1:]) >= _FEWEST_WORDS


def _articles(sections: list[str], marks: list[re.Match[str]]) -> list[Exported]:
    found = []
    for n, section in enumerate(sections):
        mark = marks[n] if n < len(marks) and marks[n][0].strip() else None
        article = Exported(body=section.strip(), cut=[("footer of the export", mark[0].strip())] if mark else [])
        if told := mark.groupdict() if mark else {}:
            month_first = to_date(told["short"], day_first=False) if told.get("short") else None
            article.publisher, article.published_on = (
                told["agency"],
                told.get("day") or (str(month_first) if month_first else None),
            )
        _read_line_of_paper(article)
        found.append(article)
    return found


def _read_line_of_paper(article: Exported) -> None:
    """Take "The Courier, May 4, 2016" below a title out of the text: whose article it is, and of what day."""
    lines = article.body.split("\n")
    filled = [n for n, line in enumerate(lines) if line.strip()][1:_HEADER_LINES]
    for n in filled:
        line = lines[n].strip()
        day = day_in(line)
        paper = line.replace(day, "").strip(" ,;|–—-") if day else ""
        if paper and len(line) <= _LONGEST_LINE and not _SENTENCE.search(paper):
            article.title = lines[0].strip()
            tell(article, line, is_title=False)
            article.cut.insert(0, ("header of the export", "\n".join(x for x in lines[: n + 1] if x.strip())))
            article.body = "\n".join(lines[n + 1 :]).strip()
            return
