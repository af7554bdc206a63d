"""Articles in Markdown below fields between two lines of dashes (YAML) or plus signs (TOML), as programs for sites of plain files keep theirs."""

from __future__ import annotations

import re

from pipelines.reading.export_headers import Exported, take
from pipelines.reading.export_labels import label_of

# Dashes and "name: value", or plus signs and "name = value" (TOML).
_FRONT = re.compile(r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<fields>(?:[^\n]*\n){1,80}?)(?P=mark)[ \t]*\n", re.MULTILINE)
_TOML = re.compile(r"^(\w[\w-]{0,39})[ \t]*=[ \t]*", re.MULTILINE)
# The same above each of several articles in one file: its fields are names and values, lists or lines that go on.
_FRONTS = re.compile(
    r"^---[ \t]*\n(?P<fields>(?:\w[\w -]{0,39}:[^\n]*\n|[ \t][^\n]*\n|- [^\n]*\n){1,80}?)---[ \t]*\n", re.MULTILINE
)
_MARKDOWN = (
    (re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,300})\]\([^()\n]{0,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^\n*_]{1,300}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"^#{1,6} +", re.MULTILINE), ""),
)


def front_matter(text: str) -> list[Exported] | None:
    """Articles in Markdown, each below fields between two drawn lines; None where the first has no title among them."""
    if _FRONT.match(text) is None:
        return None
    fronts = [m for m in _FRONTS.finditer(text) if re.search(r"^title:", m["fields"], re.MULTILINE | re.IGNORECASE)]
    starts = sorted({0, *(m.start() for m in fronts)})
    found = [_article(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    articles = [article for article in found if article is not None]
    return articles if articles and len(articles) == len(found) else None


def _article(text: str) -> Exported | None:
    front = _FRONT.match(text)
    told = front["fields"] if front else ""
    if front and front["mark"] == "+++":
        told = _TOML.sub(r"\1: ", told)
    fields = [label for line in told.split("\n") if (label := label_of(line))]
    if front is None or not any(name == "title" for name, _ in fields):
        return None
    body = text[front.end() :].strip()
    for mark, words in _MARKDOWN:
        body = mark.sub(words, body)
    article = Exported(body=body, cut=[("header of the export", front["fields"].strip())])
    for name, value in fields:
        take(article, name, value.strip("\"' "))
    return article
