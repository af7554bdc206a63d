"""Labels of fields in the headers of exports: which of them tell what of an article. No article is read here."""

from __future__ import annotations

import re

from pipelines.reading.dates import to_date

# Names of fields, as databases write them in front of a colon, to what they hold; others are known as labels alone.
_FIELDS = {
    "title": "title", "article name": "title", "headline": "title", "document title": "title", "article title": "title",
    "byline": "author", "author": "author", "authors": "author", "by": "author",
    "date": "published_on", "publication date": "published_on", "published": "published_on", "pub date": "published_on", "source-date": "published_on", "date published": "published_on",
    "source": "publisher", "publication": "publisher", "publication title": "publisher", "newspaper": "publisher", "journal": "publisher",
    "publication info": "publication", "language": "language", "language of publication": "language",
    "proquest document id": "identifier", "accession number": "identifier", "acc-no": "identifier", "document id": "identifier", "id": "identifier",
    "url": "url", "link": "url", "document url": "url", "persistent link to this record": "url",
    # of LexisNexis in French, German, Spanish and Dutch
    "auteur": "author", "autor": "author", "langue": "language", "sprache": "language", "idioma": "language", "taal": "language", "titre": "title",
    # of ProQuest and Europresse in French, German and Spanish
    "titre de la publication": "publisher", "date de publication": "published_on", "texte intégral": "body", "résumé": "abstract",
    "publikationstitel": "publisher", "publikationsdatum": "published_on", "erscheinungsdatum": "published_on", "volltext": "body", "zusammenfassung": "abstract", "testo completo": "body",
    "título de publicación": "publisher", "fecha de publicación": "published_on", "texto completo": "body", "resumen": "abstract",
    "id del documento de proquest": "identifier", "id du document proquest": "identifier", "proquest-dokument-id": "identifier",
    "author/byline": "author", "record number": "identifier", "gale document number": "identifier",
    "body": "body", "text": "body", "full text": "body", "content": "body", "abstract": "abstract", "dateline": "dateline",
}  # fmt: skip
OTHERS = frozenset([
    "section", "length", "rubrique", "longueur", "date-chargement", "type-publication", "code-revue", "rubrik", "länge", "laenge", "publikationstyp",
    "zeitungscode", "sección", "longitud", "fecha de carga", "rubriek", "lengte", "readability", "page", "authors/bylines", "load-date", "publication-type", "document-type", "journal-code", "graphic", "subject", "subjects", "subject terms", "type", "highlight",
    "correction", "correction-date", "series", "column", "edition", "distribution", "geographic", "company", "ticker", "industry", "person", "organization",
    "city", "state", "country", "location", "people", "pages", "first page", "last page", "start page", "end page", "entry date", "version number", "region", "sub-region", "topic", "publisher", "copyright", "issn", "isbn", "document type", "database",
    "links", "publication year", "place of publication", "country of publication", "publication subject", "source type", "last updated", "volume", "issue",
    "number of pages", "proquest document link", "word count", "words", "images", "notes", "category", "tags", "keywords", "product", "category code", "document features",
    "company / organization", "geographic terms", "lexile", "full text word count", "publication-date", "notes", "rights", "credit", "memo", "name", "article type", "source citation",
])  # fmt: skip
_LOADED = "update"
# Headings that stand alone in a line above what they name, as ProQuest prints them.
_HEADINGS = {"FULL TEXT": "body", "DETAILS": "details", "ABSTRACT": "abstract"}
_HEADING = re.compile(r"[ \t]*(FULL TEXT|DETAILS|ABSTRACT)(?: \([A-Z]{3,12}\))?[ \t]*$")
_LABEL = re.compile(r"[ \t]*([^\W\d_][\w/&. -]{0,40}?)(?:\(s\))?[ \t]*:(?:[ \t]*(\S.*)|[ \t]*)$")


def label_of(line: str) -> tuple[str, str] | None:
    """(field or label, value) of a line that begins with a known label, else None."""
    if heading := _HEADING.match(line):
        return _HEADINGS[heading[1]], ""
    found = _LABEL.match(line)
    if found is None:
        return None
    name = " ".join(found[1].lower().split())
    if name == _LOADED and to_date(found[2]) is not None:  # of LexisNexis in German; articles have "Update: …" too
        return "load-date", (found[2] or "").strip()
    if name in _FIELDS or name in OTHERS:
        return _FIELDS.get(name, name), (found[2] or "").strip()
    return None
