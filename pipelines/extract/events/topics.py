"""Stretches of a text that tell of no politics: sport, where "shot" and "beat" mean other things, and links set into a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extract.events.wording import words_of
from pipelines.language.parse import Parse, Token

# So many words of sport beside each other in a sentence, or one where the whole text has one in so many words.
_TOGETHER = 2
_TOKENS_A_WORD = 100
_DIFFERENT = 4
# "John Smith John Paul SmithHeadline of another page | Another MORE (D-Ohio)": the last name again, grown together with
# the first headline, and the end of the list.
_GROWN_TOGETHER = re.compile(r"\b[A-Z][\w’'-]*[a-z][A-Z][\w’'-]*")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
_END_OF_LIST = " MORE"
_NAME, _LIST = 90, 500


class Topics:
    """Counts the words of sport in a text once, finds the links in it, and says of sentences and words whether they count."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        told = [t.lower for t in parse.tokens if t.lower in words_of("sport") or t.lemma.lower() in words_of("sport")]
        self._is_named = len(set(told)) > 1
        self._is_report = len(set(told)) >= _DIFFERENT and len(told) * _TOKENS_A_WORD >= len(parse.tokens)
        self._links = list(_links(parse.text))

    def is_of_sport(self, sentence: int) -> bool:
        """Whether a sentence tells of a game or contest of sport."""
        if self._is_report:
            return True
        words = {w for t in self._parse.sentence_tokens(sentence) for w in (t.lower, t.lemma.lower())}
        plain = len({w.rstrip("s") for w in words & words_of("sport")})
        beside = len(words & words_of("sport beside"))
        return plain >= _TOGETHER or (plain > 0 and self._is_named and beside >= _TOGETHER)

    def is_of_a_link(self, token: Token) -> bool:
        """Whether a word stands in a headline of another page."""
        return any(start <= token.start < end for start, end in self._links)


def _links(text: str) -> Iterator[tuple[int, int]]:
    if _END_OF_LIST not in text:
        return
    for match in _GROWN_TOGETHER.finditer(text):
        end = text.find(_END_OF_LIST, match.end(), match.end() + _LIST)
        before = text[max(0, match.start() - _NAME) : match.start()].split()
        if end > 0 and any(match[0][: seam.start()] in before for seam in _SEAM.finditer(match[0])):
            yield match.start(), end + len(_END_OF_LIST)
