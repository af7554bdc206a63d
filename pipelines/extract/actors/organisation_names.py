"""What the words of an organisation's name tell: of what kind it is, and what it may be called for short."""

from __future__ import annotations

import re
from functools import cache

from pipelines.reference import organisations
from pipelines.reference.organisation_words import type_words
from pipelines.reference.word_lists import word_list

_CENTRAL_BANK = re.compile(r"\b(?:central|reserve|national|export-import|exim|state) ?bank\b|\beximbank\b")
_COMPANY_FORM = word_list("actor_words.csv", "forms of companies")
_SCHOOLING = word_list("actor_words.csv", "schools and churches")
_WIRES = word_list("actor_words.csv", "agencies of news")
_OF_FIGHTERS = word_list("actor_words.csv", "names of armed groups")
# Heads of the names of state bodies: their names are completed by the state around them.
BODY_HEADS = word_list("actor_words.csv", "heads of state bodies")
# What a leader's name stands before: "the Obama administration", "the Kissinger Commission".
BODIES_OF_PERSONS = {
    "administration": "government_body", "government": "government_body", "cabinet": "government_body",
    "regime": "government_body", "commission": "government_body", "committee": "government_body",
    "campaign": "other_organization", "foundation": "ngo",
}  # fmt: skip


def has_company_form(name: str) -> bool:
    """Whether a name ends in Inc, Corp, Ltd and the like."""
    return name.lower().rpartition(" ")[2] in _COMPANY_FORM


def is_abbreviation(name: str) -> bool:
    """Whether a name is a word of capitals that can stand for a longer one."""
    letters = name.replace(".", "")
    return 3 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def type_of(name: str) -> str:
    """Actor type of an organisation's name; other_organization where no word tells."""
    lowered = name.lower()
    if _CENTRAL_BANK.search(lowered):
        return "government_body"
    words = set(lowered.replace("united nations", "united-nations").replace(",", " ").split())
    if words & _SCHOOLING:
        return "other_organization"
    if "congress" in words and "world" in words:  # a gathering, not a legislature
        return "other_organization"
    if "agency" in words and words & _WIRES:
        return "media"
    if words & _COMPANY_FORM:
        return "company"
    if words & _OF_FIGHTERS:
        return "armed_group"
    for kind, telling in type_words():
        if words & telling:
            return kind
    return "other_organization"


@cache
def body_words(name: str) -> frozenset[str]:
    """What a body may be called for short: the last word of each of its names, and the one before "of"."""
    known = organisations.by_name().get(name)
    names = (name, *known.aliases) if known else (name,)
    parts = [n.lower().split(" of ")[0].split() for n in names] + [n.lower().split() for n in names]
    return frozenset(words[-1] for words in parts if words)
