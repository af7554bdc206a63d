"""Titles that people bear, and nouns that stand for actors without naming them."""

from __future__ import annotations

from functools import cache

from pipelines.reference import rows, split

# Bodies that only states have: whoever speaks for one speaks for its state.
_STATE_BODIES = frozenset(
    {"ministry", "embassy", "consulate", "government", "parliament", "kremlin", "treasury", "senate"}
)


@cache
def titles() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a title, lower-cased, to (the title's plain form, whom its bearer belongs to: state, igo, other, plain)."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in rows("titles.csv"):
        for form in (row["title"], *split(row["variants"])):
            found[tuple(form.split())] = (row["title"], row["belongs_to"])
    return found


@cache
def title_words() -> frozenset[str]:
    """Every word that can be part of a title."""
    return frozenset(word for words in titles() for word in words)


@cache
def role_nouns() -> frozenset[str]:
    """Titles of one word: nouns that can stand for the person who bears them."""
    return frozenset(words[0] for words in titles() if len(words) == 1 and not words[0].endswith("."))


@cache
def actor_nouns() -> dict[str, str]:
    """Lemma of a noun that stands for an actor to its class: government, officials, forces, armed, people, party, group, state."""
    return {row["noun"]: row["class"] for row in rows("actor_nouns.csv")}


@cache
def is_office(role: str | None) -> bool:
    """Whether a role as a text has it is an office of a state: its bearer can act for the state.

    The title is what stands last before "of": a deputy director is a director, no deputy of a parliament.

    >>> is_office("deputy prime minister"), is_office("Foreign Ministry spokesman"), is_office("minister of finance")
    (True, True, True)
    >>> is_office("general manager"), is_office("businessman"), is_office(None)
    (False, False, False)
    """
    words = tuple((role or "").lower().split())
    head = (words[: words.index("of")] if "of" in words else words) or words
    if not _STATE_BODIES.isdisjoint(head):
        return True
    for title in (words, head):
        for first in range(len(title)):  # the longest first
            if (known := titles().get(title[first:])) is not None:
                return known[1] == "state"
    return False
