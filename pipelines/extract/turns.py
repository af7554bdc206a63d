"""Turns of a talk written down: paragraphs of interviews, briefings and hearings that begin with who speaks ("MR. GIBBS: …", "Q …", "Kofi Darko: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.reference.word_lists import word_list

# A name, with an office behind a comma or in brackets: no sentence, in which small words would stand.
_WORD = r"(?:[^\W\d_a-zà-öø-ÿ][\w.'’-]{0,24}|of|the|de|del|la|al|bin|van|von|da|dos)"
_LABEL = re.compile(
    rf"^(?P<named>{_WORD}(?: {_WORD}){{0,5}}(?:,? ?[(\[][^)\]\n]{{2,50}}[)\]]|, [^\n:“”\"!?;.]{{2,50}})?) ?:[ \t\xa0]+(?=\S)|^(?P<asked>Q)\.?[ \t\xa0]+(?=[A-Z“\"'(-])",
    re.MULTILINE,
)
_FEWEST = 2  # turns of a talk
_SHARE = 0.3  # of the lines of a talk that begin with who speaks; the rest goes on with what one says
_ENDS = (".", "!", "?", "…", ":", "-", "—", '"', "”", "’", "'", ")", "]")
_QUOTED = frozenset("\"“„«»‘'`‚")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one paragraph, at start:end; `label` is where the words stand that say who: before its own colon, or that of the turn it goes on with."""

    start: int
    end: int
    label: tuple[int, int]


def turns_of(text: str, is_person: Callable[[int, int], bool]) -> list[Turn]:
    """Turns in text order; none where the text is no talk. `is_person` says whether the words at start:end name a person.

    A label is a person, or a word for who asks, answers or leads ("QUESTION", "Moderator"); at least _SHARE of the lines from first to last have one.
    Paragraphs without a label between two turns go on with the first of them.
    """
    parts = word_list("speech_words.csv", "parts in a talk")
    labels: list[tuple[re.Match[str], str]] = []
    others: list[tuple[re.Match[str], str]] = []
    for match in _LABEL.finditer(text):
        name = "named" if match["named"] else "asked"
        is_known = name == "asked" or match[name].split()[-1].lower().strip(".)]") in parts
        (labels if is_known or is_person(*match.span(name)) else others).append((match, name))
    if len(labels) < _FEWEST:
        return []
    lines = sum(bool(line.strip()) for line in text[labels[0][0].start() : labels[-1][0].start()].split("\n")) + 1
    if len(labels) < _SHARE * lines:
        return []
    # A list of officers ("President: Kofi Darko") says nothing: of the turns of a talk, half end as sentences do.
    first_lines = [text[m.end() : _end_of_line(text, m.end())].rstrip() for m, _ in labels]
    if sum(line.endswith(_ENDS) for line in first_lines) * 2 < len(first_lines):
        return []
    labels = sorted(labels + _of_the_talk(others, labels), key=lambda label: label[0].start())
    found: list[Turn] = []
    for n, (match, name) in enumerate(labels):
        until = labels[n + 1][0].start() if n + 1 < len(labels) else _end_of_line(text, match.end())
        at = match.end()
        while at < until:
            end = min(_end_of_line(text, at), until)
            if text[at:end].strip() and text[at] not in _QUOTED:
                found.append(Turn(at, end, match.span(name)))
            at = end + 1
    return found


def _of_the_talk(
    others: list[tuple[re.Match[str], str]], labels: list[tuple[re.Match[str], str]]
) -> list[tuple[re.Match[str], str]]:
    """Labels that name no person and no part, and yet say who speaks ("DER SPIEGEL:", "Second delegate:"): so that what is said under them
    is not the words of the one before.

    They lie between the first and the last known one, and come back, or are in capitals as all known ones are. "Note:" within a turn is neither.
    """
    first, last = labels[0][0].start(), labels[-1][0].end()
    times = Counter(match[name] for match, name in others)
    in_capitals = all(match[name].isupper() for match, name in labels)
    return [
        (match, name)
        for match, name in others
        if first < match.start() < last
        and match[name].lower() not in word_list("speech_words.csv", "labels of remarks")
        and (times[match[name]] > 1 or (in_capitals and match[name].isupper() and len(match[name]) > 1))
    ]


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
