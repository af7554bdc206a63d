"""Turns of a talk written down: paragraphs of interviews, briefings and hearings that begin with who speaks ("MR. GIBBS: …", "Q …", "Kofi Darko: …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.reference.word_lists import word_list

_LABEL = re.compile(
    r"^(?:(?P<named>[^\W\d_][^\n:“”\"!?;]{0,70}?)\s{0,2}:[ \t\xa0]+|(?P<asked>Q|A)[.:]?[ \t\xa0]+(?=[A-Z“\"'(-]))(?=\S)",
    re.MULTILINE,
)
_MOST_WORDS = 10
_FEWEST = 2  # turns of a talk
_QUOTED = frozenset("\"“„«»‘'`‚")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one paragraph, at start:end; `label` is where the words before the colon stand, None where the turn only goes on."""

    start: int
    end: int
    label: tuple[int, int]


def turns_of(text: str, is_person: Callable[[int, int], bool]) -> list[Turn]:
    """Turns in text order; none where the text is no talk. `is_person` says whether the words at start:end name a person.

    A talk has two speakers, or one who speaks twice; a label is a person, or a word for who asks, answers or leads ("QUESTION", "Moderator").
    Paragraphs without a label between two turns go on with the first of them.
    """
    part = word_list("speech_words.csv", "parts in a talk")
    labels: list[tuple[re.Match[str], str]] = []
    for match in _LABEL.finditer(text):
        name = "named" if match["named"] else "asked"
        words = match[name].split()
        if len(words) <= _MOST_WORDS and (
            name == "asked" or words[-1].lower().strip(".)") in part | {"q", "a"} or is_person(*match.span(name))
        ):
            labels.append((match, name))
    spoken = Counter(match[name].lower() for match, name in labels)
    if len(labels) < _FEWEST or (len(spoken) == 1 and not any(n >= _FEWEST for n in spoken.values())):
        return []
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


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
