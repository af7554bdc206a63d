"""Headers of articles in the exports of Factiva: with a tag of two letters before each field, or a field a line without, in any of its languages."""

from __future__ import annotations

import re

from pipelines.reading.dates import to_date
from pipelines.reading.export_headers import COPYRIGHT, Exported, body_of, day_within, keep, labelled, take

_TAGS = {"HD": "title", "BY": "author", "PD": "published_on", "SN": "publisher", "LA": "language", "AN": "identifier"}
_TAG = re.compile(
    r"(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CLM|CX|GC|DLN|NT)(?:[ \t]+(.*)|[ \t]*)$"
)


def factiva_tagged(text: str) -> Exported:
    """An article of Factiva with two letters before each field: HD, PD, SN …; LP and TD are the body."""
    article = Exported()
    fields: dict[str, list[str]] = {}
    rest: list[str] = []
    current: list[str] = rest
    for line in text.split("\n"):
        if tag := _TAG.match(line):
            current = fields.setdefault(tag[1], [])
            current.append(tag[2] or "")
        else:
            current.append(line.strip())
    for tag_name, name in _TAGS.items():
        take(article, name, " ".join(" ".join(fields.get(tag_name, [])).split()).removeprefix("Document "))
    article.body = body_of([*fields.get("LP", []), "", *fields.get("TD", [])])
    header = [f"{t} {' '.join(v)}" for t, v in fields.items() if t not in ("LP", "TD")]
    keep(article, header, rest)
    return article


# "Tom Reed in Vientiane", as correspondents' lines are signed.
_NAME_AND_PLACE = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2}(?:,? and [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,2})? in [A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+){0,2}"
)
# The line that closes an article: "Document MSOUND0020130514e95e0002a", in any of the languages of the pages.
CLOSING = r"(?:Document[oe]?|Dokument) (?P<accession>[A-Z0-9]{2,10}\d{8}[a-z0-9]{6,16})"
# The number of an article's words in the languages of Factiva's pages.
WORD_COUNT = r"\d[\d,. \u00a0]{0,8} (?:words|W[öo]rter|mots|palabras|palavras|parole|woorden)"
_WORD_COUNT = re.compile(WORD_COUNT)
_HOUSE = ("Inc.", "Ltd.", "Ltd", "Limited", "Company", "Co.", "LLC", "plc", "Corp.", "Corporation")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: ?[AP]M)?")
# An article's language as the pages name it, in English, German, French, Spanish, Portuguese, Italian and Dutch.
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english englisch anglais inglés inglês inglese engels", "fr": "french französisch français francés francês francese frans",
        "de": "german deutsch allemand alemán alemão tedesco duits", "es": "spanish spanisch espagnol español espanhol spagnolo spaans",
        "pt": "portuguese portugiesisch portugais portugués português portoghese portugees", "nl": "dutch niederländisch néerlandais neerlandés olandese nederlands",
        "it": "italian italienisch italien italiano italiaans", "ru": "russian russisch russe ruso russo", "ar": "arabic arabisch arabe árabe arabo",
        "ja": "japanese japanisch japonais japonés japonês giapponese japans", "tr": "turkish türkisch turc turco turks", "zh": "chinese chinesisch chinois chino chinês cinese chinees",
    }.items()
    for name in names.split()
}  # fmt: skip
_SIGNED = re.compile(r"(?:by|von|par|por|di|door)\s+", re.IGNORECASE)


def _is_byline(word: str, rest: str) -> bool:
    """Whether words behind "by" or its like are who wrote: "Von der Leyen warns of gas shortage" is a headline."""
    return word.strip().lower() == "by" or _is_name(rest)


def factiva_plain(text: str) -> Exported:
    """An article of Factiva without tags: title, author, "71 words", day, paper, code, language, rights, then the body."""
    article = Exported()
    lines = [line.strip() for line in text.split("\n")]
    pivot = next((n for n, line in enumerate(lines) if _WORD_COUNT.fullmatch(line)), None)
    if pivot is None:
        return labelled(text)
    above = [line for line in lines[:pivot] if line]
    if len(above) > 1 and (signed := _SIGNED.match(above[-1])) and _is_byline(signed[0], above[-1][signed.end() :]):
        article.author = above.pop()[signed.end() :]
    elif len(above) > 1 and _is_name(above[-1]):
        article.author = above.pop()
    article.title = above[-1] if above else None
    begin = pivot + 1
    for n in range(pivot + 1, min(len(lines), pivot + 14)):
        line = lines[n]
        if COPYRIGHT.match(line):
            begin = n + 1
            break
        if not line:
            if article.publisher:
                begin = n
                break
            continue
        if article.published_on is None and (to_date(line) or day_within(line)):
            article.published_on = line
        elif language := _LANGUAGES.get(line.split()[0].lower()) if line.count(" ") < 3 and article.publisher else None:
            article.language, begin = language, n + 1
        elif article.publisher is None and not _CLOCK.fullmatch(line) and article.published_on:
            article.publisher = line
    end = next((n for n in range(begin, len(lines)) if _closes(lines, n, len(lines))), len(lines))
    last = next((n for n in range(end - 1, begin, -1) if lines[n]), begin)
    is_house = article.publisher and lines[last].startswith(article.publisher) and lines[last].endswith(_HOUSE)
    if is_house and lines[last].count(" ") <= (article.publisher or "").count(" ") + 3:
        end = last  # "Morning Sound Company, Inc."
    article.body = body_of(lines[begin:end])
    keep(article, lines[:begin], lines[end:])
    return article


def _is_name(line: str) -> bool:
    if _NAME_AND_PLACE.fullmatch(line):
        return True
    words = line.split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() for w in words) and not any(c.isdigit() for c in line)


def _closes(lines: list[str], n: int, end: int) -> bool:
    """Whether from line `n` on there are but rights notices up to `end`."""
    rest = [line.strip() for line in lines[n:end] if line.strip()]
    return bool(lines[n].strip()) and all(COPYRIGHT.match(line) for line in rest)
