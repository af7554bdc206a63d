"""Text files that hold articles as databases export them: LexisNexis, Nexis Uni, Factiva (tagged and plain), ProQuest, EBSCO, Westlaw, Europresse, and
files of articles under lines such as "Title: …" and "Date: …".

Finds where one article ends and the next begins, by the format's own marks; what stands in an article's header is read in
`export_headers`. A text that shows such marks and cannot be split is told of, never read as one article.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.reading.closing_lines import closed_by_database
from pipelines.reading.digests import digests
from pipelines.reading.dumps import fenced, newsbank, stamped
from pipelines.reading.end_marks import ended
from pipelines.reading.export_headers import COPYRIGHT, TELLS, Exported, labelled, lexis
from pipelines.reading.export_labels import label_of
from pipelines.reading.factiva import CLOSING, WORD_COUNT, factiva_plain, factiva_tagged
from pipelines.reading.markdown import front_matter
from pipelines.reading.monitors import monitored


class Unsplit(ValueError):
    """A text that holds several articles and does not show where each begins; the message says what was seen."""


# "3 of 20 DOCUMENTS", "Document 1 of 2", "Dokument 1 von 20": a line of its own, counting up.
_COUNTER = re.compile(
    r"^(?P<indent>[ \t]*)(?P<before>(?:Document|Dokument|Article|Record|Item|Story|Result)[ \t]+)?(?P<number>\d{1,5})[ \t]+(?:of|von|de|sur|out of)[ \t]+"
    r"(?P<total>\d{1,5})(?P<after>[ \t]+(?:DOCUMENTS?|DOKUMENTEN?|ARTICLES?|RECORDS?|RESULTS?|STORIES))?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CENTRED = 10
_RECORD = re.compile(r"^Record:?[ \t]+#?(\d{1,5})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"^[ \t]*([=_*#~-])\1{9,}[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ACCESSION = re.compile(rf"^(?:AN[ \t]+)?{CLOSING}[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(
    r"^[ \t]*(?:LENGTH|LONGUEUR|LÄNGE|LONGITUD|LENGTE):[ \t]*\d[\d,.]{0,8} (?:words|mots|W[öo]rter|palabras|woorden)",
    re.MULTILINE | re.IGNORECASE,
)
_LOADED = re.compile(r"^[ \t]*(?:LOAD-DATE|DATE-CHARGEMENT|FECHA DE CARGA):", re.MULTILINE | re.IGNORECASE)
_FULL_TEXT = re.compile(
    r"^(?:Full text|Texte intégral|Volltext|Texto completo|Testo completo)(?::|[ \t]*$)", re.MULTILINE | re.IGNORECASE
)
_OF_PROQUEST = re.compile(r"^ProQuest document (?:ID|link)|^Report Information from ProQuest", re.MULTILINE)
_WORDS = re.compile(rf"^{WORD_COUNT}[ \t]*$", re.MULTILINE)
_HEAD_LINES = 12
# The foot of a printed page of Factiva, which may stand in the middle of a sentence.
_PAGE_FOOT = re.compile(
    r"(?<![ \t\n])[ \t]*\n[ \t\n]*(?P<foot>Page \d{1,4} of \d{1,4}[ \t]+(?:©|\(c\)) \d{4} Factiva, Inc\.[^\n]{0,40})[ \t\n]*(?P<small>[a-z])?"
)


def split(text: str) -> list[Exported] | None:
    """The articles of an export, in order; None where the text is no export but one article.

    Raises Unsplit where marks of several articles are there and do not part them.
    """
    paged = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\xa0", " ").lstrip("\ufeff")
    if _ACCESSION.search(text):
        feet = [m["foot"] for m in _PAGE_FOOT.finditer(text)]
        text = _PAGE_FOOT.sub(lambda m: "\n" + m["small"] if m["small"] else "\n\n", text)
        sections, rest = _closed_by(_ACCESSION, text)
        return _read(sections, "\n".join([rest, *feet]), _factiva)
    if counted := _counted(text):
        cover, sections = counted
        return _read(sections, "", _either, cover)
    if closed := closed_by_database(text):
        return closed
    if _END.search(text) and (_LENGTH.search(text) or _LOADED.search(text)):
        return _read(*_closed_by(_END, text), _either)
    lengths, loaded = len(_LENGTH.findall(text)), len(_LOADED.findall(text))
    if loaded and loaded >= lengths:
        return _read(_behind_footers(text), "", _either)
    if lengths > 1:
        raise Unsplit(f"{lengths} lines that give an article's length")
    if lengths or _OF_PROQUEST.search(text):
        if (full := len(_FULL_TEXT.findall(text))) > 1:
            raise Unsplit(f"{full} full texts of ProQuest")
        return _read([("", text)], "", _either)
    if len(_RECORD.findall(text)) > 1:
        return _read(_opened_by(_RECORD, text), "", _either)
    return (
        front_matter(text)
        or monitored(text)
        or digests(text)
        or stamped(text)
        or _headed(text)
        or newsbank(text)
        or fenced(text)
        or ended(paged)
    )


def _either(section: str) -> Exported:
    """An article of LexisNexis, or one whose whole header is labelled."""
    return labelled(section) if _FULL_TEXT.search(section) or not _has_length(section) else lexis(section)


def _factiva(section: str) -> Exported:
    tagged = len(set(re.findall(r"^(HD|WC|PD|SN|LP|TD)\b", section, re.MULTILINE))) >= 4
    return factiva_tagged(section) if tagged else factiva_plain(section)


def _has_length(section: str) -> bool:
    return bool(_LENGTH.search(section) or _LOADED.search(section)) or not re.search(
        r"^(?:Title|Headline):", section, re.MULTILINE
    )


def _read(
    sections: list[tuple[str, str]], rest: str, reader: Callable[[str], Exported], cover: str = ""
) -> list[Exported]:
    """Sections (id, text) as articles; `cover` is what stands before the first, `rest` behind the last."""
    found = []
    for identifier, section in sections:
        article = reader(section)
        article.identifier = article.identifier or identifier or None
        found.append(article)
    if cover.strip() and found:
        found[0].cut.insert(0, ("cover of the export", cover.strip()))
    if rest.strip() and found:
        found[-1].cut.append(("footer of the export", rest.strip()))
    return found


def _counted(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """Cover and sections between lines that count the articles; None where there are none.

    Raises Unsplit where they do not count up.
    """
    marks = [
        m for m in _COUNTER.finditer(text) if m["before"] or m["after"] or len(m["indent"].expandtabs(4)) >= _CENTRED
    ]
    if not marks:
        return None
    numbers, totals = [int(m["number"]) for m in marks], {int(m["total"]) for m in marks}
    if len(marks) == 1 and sum(label_of(line) is not None for line in text[marks[0].end() :].split("\n")) < 2:
        return None
    if len(totals) > 1 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        if len(marks) < 3:
            return None  # "Record 5 of 10" may be said in an article
        raise Unsplit(f"{len(marks)} lines that count articles ({marks[0][0].strip()!r}) and do not count up")
    ends = [m.start() for m in marks[1:]] + [len(text)]
    sections = []
    for mark, end in zip(marks, ends, strict=True):
        sections.append(("", _to_rule(text[mark.end() : end])))
    return text[: marks[0].start()], sections


def _to_rule(section: str) -> str:
    """A section without the rule that closes it and what follows (ProQuest's address, the next article's line)."""
    rules = list(_RULE.finditer(section))
    if rules and section[rules[-1].start() - 1 : rules[-1].start()] == "\n" and "_" in rules[-1][0]:
        return section[: rules[-1].start()]
    return section


def _closed_by(mark: re.Pattern[str], text: str) -> tuple[list[tuple[str, str]], str]:
    """Sections that each end with a mark, whose group, if it has one, is the article's id, and what stands behind the last.

    What tells something there stays with the last article; a summary of the search or an address is none of it.
    """
    found, start = [], 0
    for m in mark.finditer(text):
        found.append((m[1] if mark.groups else "", text[start : m.start()]))
        start = m.end()
    if _WORDS.search(text, start) or _LENGTH.search(text, start):
        found.append(("", text[start:]))  # cut off before its end
    elif TELLS.search(text, start):
        found[-1] = (found[-1][0], f"{found[-1][1]}\n\n{text[start:].strip()}")
    else:
        return found, text[start:]
    return found, ""


def _opened_by(mark: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    marks = list(mark.finditer(text))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [(m[1], text[m.end() : end]) for m, end in zip(marks, ends, strict=True)]


def _behind_footers(text: str) -> list[tuple[str, str]]:
    """Sections that each end with a footer: from the day of loading on, as long as lines are labels, blank or rights."""
    lines = text.split("\n")
    found: list[list[str]] = [[]]
    in_footer = False
    for line in lines:
        if _LOADED.match(line):
            in_footer = True
        elif in_footer and line.strip() and not label_of(line) and not COPYRIGHT.match(line.strip()):
            found.append([])
            in_footer = False
        found[-1].append(line)
    return [("", section) for part in found if (section := "\n".join(part)).strip()]


def _headed(text: str) -> list[Exported] | None:
    """Articles that each begin with lines of labels ("Title: …", "Date: …"), one or many; None where the text begins otherwise."""
    lines = text.split("\n")
    starts: list[int] = []
    at = 0
    while at < len(lines):
        size = _header(lines, at)
        after_gap = at == 0 or not lines[at - 1].strip() or _RULE.match(lines[at - 1])
        if size and after_gap:
            starts.append(at)
            at += size
        else:
            at += 1
    first = next((n for n, line in enumerate(lines) if line.strip() and not _RULE.match(line)), 0)
    if not starts or starts[0] > first:
        return None
    ends = [*starts[1:], len(lines)]
    sections = ["\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    return _read([("", _RULE.sub("", s)) for s in sections], "", labelled)


def _header(lines: list[str], at: int) -> int:
    """Lines of a labelled header that begins at a line: two labels at least of which one is title or body, no words between; 0 where none."""
    fields: list[str] = []
    n = at
    while n < len(lines) and n - at < _HEAD_LINES:
        label = label_of(lines[n])
        if label is None:
            if lines[n].strip() or not fields or not (n + 1 < len(lines) and label_of(lines[n + 1])):
                break
        else:
            fields.append(label[0])
        n += 1
    telling = {"title", "published_on", "publisher", "author", "url", "identifier"}.intersection(fields)
    return n - at if "title" in telling and len(telling) >= 2 else 0
