"""What a page or wire adds around an article: menus, share lines, credits, legal notices.

Told by signals that hold for any site; lists of known publishers' chrome and paragraphs that a publisher repeats
come beside them. A body line must never be taken for chrome: each signal needs a short line or a place where
body does not stand.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from pipelines.reference import rows

_SHORT_WORDS = 25
# An invitation to do something with the page. Only in short paragraphs: long ones tell of such things.
_LINK_LIKE = re.compile(
    r"\b(?:click|tap) (?:here|on the|below|to)\b|\bsign up (?:for|to|here|now)\b|\bsubscribe (?:to|now|here|today)\b"
    r"|\bfollow (?:us|me|\S{1,20}) on (?:twitter|facebook|instagram|x|youtube|linkedin)\b|\bdownload (?:our|the) (?:free )?app\b"
    r"|\b(?:our|the|daily|weekly|free) (?:e-?mail )?newsletters?\b.{0,60}\b(?:inbox|sign|get|receive)\b"
    r"|\bread (?:more|next|also|the full story|the rest)\b ?(?:[:>»]|at|on|here|$)|\bshare (?:this|on|via)\b ?(?:article|story|post|page|facebook|twitter|$)"
    r"|\ball rights reserved\b|\bterms of (?:service|use)\b|\bprivacy policy\b|\bcookie (?:policy|settings)\b"
    r"|\b(?:story|article) continues (?:below|after)\b|\bcontinue reading\b|\benlarge this image\b|\btoggle caption\b"
    r"|\bthis (?:material|article|story) may not be (?:published|reproduced|redistributed)\b"
    r"|\b(?:log|sign) in to (?:comment|your account)\b|\bview (?:all )?comments\b|\bskip to (?:main )?content\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:advertisements?|related(?: (?:stories|articles|coverage|topics|content|posts))?|most (?:read|popular|viewed)|trending"
    r"|breaking news|latest news|top stories|accessibility links|share|print|e-?mail|comments?|photo|photos|video|watch|listen"
    r"|file photo|image copyright|image caption|media caption|close|menu|search|home|news|subscribe|newsletters?|more from \S.{0,40}"
    r"|end of (?:story|report|text)|reuters?|recommended|editor'?s picks?|tags?|topics|see also|read more|loading\W*)[:.]?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:[A-Z][\w./'’\- ]{0,80} )?(?:contributed to this (?:report|story|article)|(?:additional )?reporting (?:by|for)|writing by|edited by"
    r"|editing by|compiled by|written by|with (?:reporting|reports|material|files) (?:by|from)|translated by|produced by)\b.{0,200}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b).{0,200}", re.IGNORECASE)
_LEGAL = re.compile(
    r"\byou(?:r)?\b.{0,300}\b(?:could face|liable|at your own risk|our (?:content|website|site|services?)|contacting us|consent to|agree to our"
    r"|privacy|cookies|unsubscribe|terms)\b|\b(?:our (?:content|website|site)|cookies)\b.{0,200}\byou(?:r)?\b",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE = re.compile(
    r"(?:by|from)\s+(?P<author>[A-Z][\w.'’\-]+(?:[ ,]+(?:and |[A-Z])[\w.'’\-]*){0,8})(?:\s*[|/].{0,40})?\.?", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,2}$")
_NAME_WORD = re.compile(r"[A-Z][\w.'’\-]*|and|of|de|la|van|von|al|bin|der|,|the|in", re.UNICODE)

REPEATED_IN = 5  # distinct articles of one publisher
_LONGEST_REPEATED = 700


def ends_like_a_sentence(paragraph: str) -> bool:
    return bool(_SENTENCE_END.search(paragraph))


def byline_author(paragraph: str) -> str | None:
    """Author of a byline paragraph ("By Jane Doe, Staff Writer"), else None."""
    if len(paragraph) > 90 or ends_like_a_sentence(paragraph.rstrip(".")):
        return None
    match = _BYLINE.fullmatch(paragraph)
    if not match or not paragraph[:2].lower() == "by":
        return None
    words = match["author"].split()
    return match["author"].strip(" ,.") if all(_NAME_WORD.fullmatch(w.strip(",")) for w in words) else None


def is_chrome_line(paragraph: str) -> bool:
    """Whether a paragraph is chrome wherever it stands."""
    if _ALONE.fullmatch(paragraph):
        return True
    words = paragraph.count(" ") + 1
    if words > _SHORT_WORDS or '"' in paragraph or "“" in paragraph:
        return False
    return bool(_LINK_LIKE.search(paragraph))


def ends_body(paragraph: str) -> bool:
    """Whether a paragraph is a credit or rights line, after which no body comes."""
    inner = paragraph.strip("()[] ")
    if len(paragraph) > 260:
        return False
    in_brackets = paragraph.startswith(("(", "[")) and paragraph.rstrip(". ").endswith((")", "]"))
    if _RIGHTS.match(inner):
        return True
    credit = _CREDIT.match(inner)
    return bool(credit) and (in_brackets or len(paragraph) < 160)


def is_notice_to_reader(paragraph: str) -> bool:
    """Whether a paragraph addresses the reader about the site: for the end of a text alone."""
    return bool(_LEGAL.search(paragraph)) and '"' not in paragraph and "“" not in paragraph


@cache
def _known() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("publisher_chrome.csv"):
        found.setdefault(row["publisher"].lower(), []).append((row["match"], row["text"]))
    return {publisher: tuple(entries) for publisher, entries in found.items()}


def is_known_chrome(paragraph: str, publisher: str | None) -> bool:
    """Whether the list of publishers' chrome has the paragraph, for its publisher (by the start of the name)."""
    if not publisher:
        return False
    for name, entries in _known().items():
        if publisher.lower().startswith(name):
            for match, text in entries:
                if (
                    (match == "is" and paragraph == text)
                    or (match == "starts" and paragraph.startswith(text))
                    or (match == "contains" and text in paragraph and len(paragraph) < 200)
                ):
                    return True
    return False


def paragraph_key(paragraph: str) -> str:
    """Hash of a paragraph, white space and case folded: what repetition is counted by."""
    folded = " ".join(paragraph.lower().split())
    return hashlib.blake2b(folded.encode("utf8", "replace"), digest_size=8).hexdigest()


def repetition_keys(paragraphs: list[str]) -> tuple[str, list[str]]:
    """What a document adds to the count: a key for its article, and the keys of the paragraphs that may be chrome.

    The article's key is that of its longest paragraph: copies of one article are one witness, not many.
    """
    if not paragraphs:
        return "", []
    article = paragraph_key(max(paragraphs, key=len))
    keys = {paragraph_key(p) for p in paragraphs if len(p) <= _LONGEST_REPEATED}
    return article, sorted(keys - {article})
