"""What is counted of a document so that paragraphs which a publisher repeats can be told: keys of source, article, paragraph."""

from __future__ import annotations

import hashlib

REPEATED_IN = 5  # distinct articles of one publisher
_LONGEST_REPEATED = 700


def source_of(publisher: str | None, source_path: str) -> str:
    """Whose repetition counts together: the publisher's, or where none is told that of a folder."""
    return publisher or source_path.rpartition("/")[0]


def paragraph_key(paragraph: str) -> str:
    """Hash of a paragraph, white space and case folded: what repetition is counted by."""
    folded = " ".join(paragraph.lower().split())
    return hashlib.blake2b(folded.encode("utf8", "replace"), digest_size=8).hexdigest()


def repetition_keys(paragraphs: list[str]) -> tuple[str, list[str]]:
    """What a document adds to the count: a key for its article, and the keys of the paragraphs that may be chrome.

    The article's key is that of its two longest paragraphs, of which one at least is its own: copies of one
    article are one witness, not many.
    """
    if not paragraphs:
        return "", []
    article = paragraph_key(" ".join(sorted(paragraphs, key=len)[-2:]))
    return article, sorted({paragraph_key(p) for p in paragraphs if len(p) <= _LONGEST_REPEATED})
