"""Reports of the World News Connection (FBIS in English after 1996) in one text, each below fields from "Document ID:" to "Source-Date:"."""

from __future__ import annotations

import re

from pipelines.reading.dates import to_date
from pipelines.reading.export_headers import Exported, body_of, keep, labelled, take
from pipelines.reading.export_labels import label_of

_BEGINS = re.compile(r"^[ \t]*Document ID:[ \t]*\S*(?:FBIS|WNC)\S*[ \t]*$", re.MULTILINE)
# "AFP20040302000011 Accra Harbour Courier in English 02 Mar 04": number, paper, language and day of what was monitored.
_SOURCE = re.compile(
    r"(?P<number>[A-Z]{2,5}\d{8,16}) (?P<paper>\S.{2,100}?) in (?P<language>[A-Z]\w{2,20})(?: \d{4} GMT)? (?P<day>\d{1,2} [A-Z][a-z]{2} \d{2,4})"
)
_KIND = re.compile(r"\[?FBIS (?:Transcribed|Translated) (?:Text|Excerpt)\]?", re.IGNORECASE)
_ABOUT = re.compile(r"\[Description of Source:")
_FEWEST = 4


def monitored(text: str) -> list[Exported] | None:
    """The reports, in order; None where the text does not begin with the fields of one."""
    marks = list(_BEGINS.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return None
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [_report(text[m.start() : end].split("\n")) for m, end in zip(marks, ends, strict=True)]


def _report(lines: list[str]) -> Exported:
    """Fields, title, line of the source, kind of text, body, and what the service says of the source."""
    size = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    if sum(label_of(line) is not None for line in lines[:size]) < _FEWEST:
        return labelled("\n".join(lines))
    article = Exported()
    kind = next((n for n in range(size, len(lines)) if _KIND.fullmatch(lines[n].strip())), None)
    source = next((n for n in range(size, kind or len(lines)) if _SOURCE.match(lines[n].strip())), None)
    begin = (kind if kind is not None else source if source is not None else size - 1) + 1
    title_ends = source if source is not None else begin - 1
    title = [line.strip() for line in lines[size:title_ends] if line.strip()]
    article.title = " ".join(title) or None
    if source is not None and (told := _SOURCE.match(lines[source].strip())):
        article.publisher = told["paper"]
        take(article, "published_on", told["day"])
    for line in lines[:size]:
        if (label := label_of(line)) and label[0] == "published_on":  # the month first, as the service writes it
            take(article, label[0], str(to_date(label[1], day_first=False) or ""))
        elif label:
            take(article, *label)
    end = next((n for n in range(begin, len(lines)) if _ABOUT.match(lines[n].strip())), len(lines))
    article.body = body_of(lines[begin:end])
    keep(article, lines[:begin], lines[end:])
    return article
