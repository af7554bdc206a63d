"""Whether a sentence is of sport, where "shot", "beat" and "rejected" are no politics: by its words and its text's."""

from __future__ import annotations

from pipelines.extract.events.wording import words_of
from pipelines.language.parse import Parse

# So many words of sport beside each other in a sentence, or one where the whole text has one in so many words.
_TOGETHER = 2
_TOKENS_A_WORD = 100
_DIFFERENT = 4


class Topics:
    """Counts the words of sport in a text once, and says of each sentence whether it is of sport."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        told = [t.lower for t in parse.tokens if t.lower in words_of("sport") or t.lemma.lower() in words_of("sport")]
        self._is_named = len(set(told)) > 1
        self._is_report = len(set(told)) >= _DIFFERENT and len(told) * _TOKENS_A_WORD >= len(parse.tokens)

    def is_of_sport(self, sentence: int) -> bool:
        """Whether a sentence tells of a game or contest of sport."""
        if self._is_report:
            return True
        words = {w for t in self._parse.sentence_tokens(sentence) for w in (t.lower, t.lemma.lower())}
        plain = len({w.rstrip("s") for w in words & words_of("sport")})
        return plain >= _TOGETHER or (
            plain > 0 and self._is_named and len(words & words_of("sport beside")) >= _TOGETHER
        )
