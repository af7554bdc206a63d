"""What stands below and between the paragraphs of an article and is none of it: credits, rights, signatures, other stories' titles."""

from __future__ import annotations

import re

from pipelines.reading.enumerations import entries
from pipelines.text import chrome

_SHORT_NOTICE_WORDS = 25
_LONGEST_TITLE_WORDS = 22
_LONGEST_TEASER = 160
# Among fewer paragraphs, or more that end without a full stop, a line that ends so may be a paragraph.
_FEWEST_FOR_TITLES, _SHARE_IN_SENTENCES, _ROW = 6, 0.8, 2
_ATTRIBUTION = re.compile(r"[—–-]\s?[A-Z]")
# Words of a paragraph that is body wherever it stands.
_FEWEST_TOLD = 8
_FEWEST_QUESTIONS = 3

CREDIT, AFTER_CREDIT, SIGNED, NOTICE, OTHER_STORY = (
    "credit or rights",
    "after the credit",
    "signature",
    "notice to the reader",
    "title of another story",
)


def find_tail(body: list[str], publisher: str | None) -> dict[int, str]:
    """Blocks of the tail, by index, with the reason why each is no body.

    A credit or rights line in the lower half closes a text, unless it goes on in sentences behind it ("Update at 6 p.m.: …").
    Entries of a list are body: "(c)" is one of them there.
    """
    found: dict[int, str] = {}
    half = len(body) // 2
    listed = entries(body)
    for i in range(max(half, 1), len(body)):
        if i in listed or not chrome.ends_body(body[i]):
            continue
        found[i] = CREDIT
        if not any(_tells(b) for b in body[i + 1 :]):
            found |= dict.fromkeys(range(i + 1, len(body)), AFTER_CREDIT)
            break
    own = publisher.lower() if publisher else None
    after_notice = False
    end = len(body)
    while end > 1:
        last = body[end - 1]
        if end - 1 in found:
            pass
        elif end - 1 in listed:
            break
        elif chrome.is_notice_to_reader(last):
            after_notice = True
            found[end - 1] = NOTICE
        elif (
            (after_notice and own and last.lower().startswith(own) and last.count(" ") < _SHORT_NOTICE_WORDS)
            # the publisher speaks of itself, before it speaks to the reader
            or chrome.ends_body(last)
            or chrome.is_signature(last)
            or chrome.is_chrome_line(last)
            or chrome.is_stamp(last)
        ):
            found[end - 1] = SIGNED
        else:
            break
        end -= 1
    kept = [i for i in range(end) if i not in found]
    teasers = _teasers([body[i] for i in kept])
    return found | dict.fromkeys(kept[teasers:], OTHER_STORY)


def _tells(block: str) -> bool:
    """Whether a block behind a credit line is the article going on."""
    return (
        chrome.ends_like_a_sentence(block)
        and block.count(" ") + 1 >= _FEWEST_TOLD
        and not chrome.is_notice_to_reader(block)
        and not chrome.ends_body(block)
        and not chrome.is_signature(block)
        and not chrome.is_chrome_line(block)
    )


def without_credit(block: str) -> str:
    """The last paragraph without a credit that wrapping joined to it: in brackets, an agency's mark, or its name as wires of the 1980s close."""
    last = chrome.without_signature(chrome.without_credit(block)) or block
    return re.sub(r"(?<=[.\"')\d]) +R(?:euter|EUTER)s?$", "", last)


def _teasers(body: list[str]) -> int:
    """Where the links to other stories below an article begin: titles at its end, where the article itself is in sentences.

    One alone may be a paragraph that was cut off, unless it is written as only titles are.
    """
    end = len(body)
    while end > 0 and _is_title(body[end - 1]):
        end -= 1
    questions = next((n for n, b in enumerate(body[end:]) if not b.endswith("?")), len(body) - end)
    end += questions if questions >= _FEWEST_QUESTIONS else 0  # an article that ends in questions
    sentences = sum(chrome.ends_like_a_sentence(b) for b in body[:end])
    # in a text of capitals alone the last lines are signatures as often as titles
    in_sentences = end >= 3 and sentences >= 0.8 * end and not (body[end - 1].endswith(":") or body[end - 1].isupper())
    several = len(body) - end >= 2
    return end if in_sentences and (several or (end < len(body) and _is_in_title_case(body[end]))) else len(body)


def titles_between(body: list[str]) -> set[int]:
    """Which blocks of an article in sentences are titles between its paragraphs: links to other stories, headings.

    Several in a row are a list or a table, and stay; so does what a colon before it announces.
    """
    titles = [_may_be_between(block, following) for block, following in zip(body, [*body[1:], ""], strict=False)]
    sentences = sum(chrome.ends_like_a_sentence(b) for b in body)
    if len(body) < _FEWEST_FOR_TITLES or sentences < _SHARE_IN_SENTENCES * len(body):
        return set()
    found = set()
    for i in range(len(body)):
        around = titles[max(0, i - _ROW) : i] + titles[i + 1 : i + 1 + _ROW]
        announced = i == 0 or body[i - 1].endswith((":", ","))
        if titles[i] and not (announced or all(around[-_ROW:]) or all(around[:_ROW])):
            found.add(i)
    return found


def _may_be_between(block: str, following: str) -> bool:
    """Whether a block may be a title between two paragraphs, and is no speech, embedded post or paragraph that was cut."""
    return (
        2 < block.count(" ") + 1 <= _LONGEST_TITLE_WORDS
        and _is_title(block)
        and block[-1] not in '?,;:-–—"”'
        and "(@" not in block
        and not following[:1].islower()
    )


def _is_title(block: str) -> bool:
    return (
        len(block) <= _LONGEST_TEASER
        and not block[:1].islower()
        and (not chrome.ends_like_a_sentence(block) or block.endswith("?"))
        and not _ATTRIBUTION.match(block)
        and ". " not in block
    )


def _is_in_title_case(block: str) -> bool:
    words = [w for w in re.findall(r"[^\W\d_][\w'’]*", block) if len(w) > 3]
    return len(words) >= 2 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
