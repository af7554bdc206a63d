"""Text files of articles that are parted by drawn lines, as scripts and corpora write them, and exports of NewsBank.

"=====" around a title and a day, "*** Courier *** 2015-03-02 ***" above each text, "**** *source_courier *date_20150302" of
textometry; also stories under the stamps of a terminal. Drawn lines inside one article part nothing: a section is an article only where a header stands behind its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.reading.dates import day_in, to_date
from pipelines.reading.digests import MESSAGE, after_header, of_digest
from pipelines.reading.export_headers import Exported, labelled
from pipelines.reading.export_labels import label_of

_FEWEST = 2
_HEADER_LINES = 6
_LONGEST_HEADER = 160
_SENTENCE = re.compile(r"[.!?:][\"'”’)]*$")
# A drawn line, with or without words in it.
_BANNER = re.compile(r"^[ \t]*([*=#~_+-])\1{2,}[ \t]*(.*?)[ \t]*(?:\1{2,})?[ \t]*$")
_FIELD = re.compile(r"\*([A-Za-z]{2,20})_(\S+)")  # of textometry: *source_courier
_FIELDS = {
    "source": "publisher", "journal": "publisher", "paper": "publisher", "newspaper": "publisher", "pub": "publisher", "date": "published_on",
    "day": "published_on", "author": "author", "auteur": "author", "title": "title", "id": "identifier",
}  # fmt: skip


def fenced(text: str) -> list[Exported] | None:
    """Articles behind drawn lines, each with a header that tells a day; None where fewer than two are."""
    lines = text.split("\n")
    found = []
    cover: list[str] = []
    for banner, section in _sections(lines):
        article = _article(banner, section)
        if article is not None:
            found.append(article)
        elif found and any(line.strip() for line in section):
            # a line drawn inside an article: what follows goes on with it
            found[-1].body = f"{found[-1].body}\n\n{chr(10).join(section).strip()}"
        elif any(line.strip() for line in section):
            cover += section
    if len(found) < _FEWEST or sum(len(line.split()) for line in cover) > sum(len(a.body.split()) for a in found):
        return None
    if words := "\n".join(line.strip() for line in cover if line.strip()):
        found[0].cut.insert(0, ("cover of the export", words))
    return found


def _sections(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """(words in the drawn line, lines below it) for every drawn line; a line drawn below a header closes only that."""
    banner, section = "", list[str]()
    for line in lines:
        drawn = _BANNER.match(line)
        if drawn is None or (len(line.strip()) < 5 and not drawn[2]):
            section.append(line)
            continue
        filled = [x for x in section if x.strip()]
        if not banner and not drawn[2] and 0 < len(filled) <= _HEADER_LINES and _header_of(filled) == len(filled):
            section.append("")  # "=====" below the title as well
            continue
        yield banner, section
        banner, section = drawn[2], []
    yield banner, section


def _header_of(filled: list[str]) -> int:
    """How many of the first lines of a section are its header: short ones without a full stop, one of them with a day."""
    n = 0
    dated = False
    for line in filled[:_HEADER_LINES]:
        label = label_of(line)
        if label is None and (
            len(line) > _LONGEST_HEADER or (_SENTENCE.search(line.strip()) and not to_date(line.strip()))
        ):
            break
        dated = dated or bool(day_in(label[1] if label else line))
        n += 1
    return n if dated else 0


def _article(banner: str, section: list[str]) -> Exported | None:
    """The article of a section, or None where no header tells its day."""
    filled = [line.strip() for line in section if line.strip()]
    if fields := _FIELD.findall(banner):
        article = Exported(body="\n".join(section).strip())
        for name, value in fields:
            if field := _FIELDS.get(name.lower()):
                setattr(article, field, value.replace("_", " ").strip())
        article.cut.append(("header of the export", banner))
        return article if article.body else None
    if filled and MESSAGE.match(filled[0]):  # of the digest of a mailing list
        at = after_header(section, 0)
        message = _article(banner, [*(of_digest(line.strip()) for line in section[:at]), *section[at:]])
        if message is not None:
            message.cut[:] = [("header of the export", "\n".join(line for line in section[:at] if line.strip()))]
        return message
    size = _header_of(filled)
    day = day_in(banner)
    if not size and day:  # labels, or a title, may stand below a banner that tells the day
        size = next((n for n, line in enumerate(filled) if not label_of(line)), 0)
    if not (size or day) or len(filled) <= size:
        return None
    header, at = filled[:size], 0
    for n, line in enumerate(section):
        if line.strip() and at < size:
            at += 1
            last = n + 1
    body = section[last:] if size else section
    article = (
        labelled("\n".join([*header, "", *body]))
        if any(map(label_of, header))
        else Exported(body="\n".join(body).strip())
    )
    plain = [line for line in header if not label_of(line)]
    pieces = [p.strip(" *=#~-|,") for p in re.split(r"\s*(?:\*{2,}|\||—|–| - |;)\s*", banner)]
    for piece in [p for p in pieces if p]:
        tell(article, piece, is_title=False)
    for n, line in enumerate(plain):
        tell(article, line, is_title=n == 0 and not day_in(line))
    article.published_on = article.published_on or day
    if not article.cut:
        article.cut.append(("header of the export", "\n".join([*filter(None, [banner]), *header])))
    return article if article.body and (article.title or article.publisher) else None


def tell(article: Exported, line: str, is_title: bool) -> None:
    """Put a line of a header where it belongs: a day and what stands beside it, a title, a paper."""
    day = day_in(line)
    if day:
        article.published_on = article.published_on or day
        rest = line.replace(day, "").strip(" ,.;:|()-–—")
        if rest and not any(c.isdigit() for c in rest):
            article.publisher = article.publisher or rest
    elif is_title:
        article.title = article.title or line
    elif re.match(r"by\s", line, re.IGNORECASE):
        article.author = article.author or line[3:]
    elif article.publisher is None:
        article.publisher = line
    elif article.title is None:
        article.title = line


_RECORD_NUMBER = re.compile(r"^Record Number:[ \t]*\S+[ \t]*$", re.MULTILINE)
_PAPER = re.compile(r"^(?P<paper>.{3,60}?)(?: \((?P<place>[^()]{2,40})\))? - (?P<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4})$")


def newsbank(text: str) -> list[Exported] | None:
    """Articles of NewsBank: title, "Paper (Place) - Day", labels, body, "Record Number: …", rights; None where no such line is."""
    lines = text.split("\n")
    papers = [n for n, line in enumerate(lines) if _PAPER.match(line.strip())]
    if not papers or not _RECORD_NUMBER.search(text):
        return None
    starts = [max((m for m in range(n) if lines[m].strip()), default=n) for n in papers]
    found = []
    for start, paper, end in zip(starts, papers, [*starts[1:], len(lines)], strict=True):
        match = _PAPER.match(lines[paper].strip())
        assert match is not None
        article = labelled("\n".join(lines[paper + 1 : end]))
        article.title, article.publisher, article.published_on = lines[start].strip(), match["paper"], match["day"]
        article.cut.insert(0, ("header of the export", "\n".join(lines[start : paper + 1])))
        found.append(article)
    return found


# "02-Mar-2015 14:02:11 RTRS - Title", as a terminal of Reuters puts above each story.
_STAMPED = re.compile(
    r"^(?P<day>\d{1,2}[- ][A-Z][a-z]{2}[- ]\d{4}|\d{4}-\d\d-\d\d)[ ,]+\d{1,2}:\d\d(?::\d\d)?(?: [A-Z]{2,4})? +(?P<agency>[A-Z]{2,6}) +[-–] +(?P<title>\S.{8,200})$",
    re.MULTILINE,
)


def stamped(text: str) -> list[Exported] | None:
    """Stories that each begin with a line of day, clock, agency and title; None where the text begins otherwise."""
    marks = list(_STAMPED.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return None
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [
        Exported(
            body=text[m.end() : end].strip(), title=m["title"].strip(), published_on=m["day"], publisher=m["agency"],
            cut=[("header of the export", m[0])],
        )
        for m, end in zip(marks, ends, strict=True)
    ]  # fmt: skip
