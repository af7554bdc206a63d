"""The DAC sector of a figure: by its purpose, by what a vague purpose refers to, by the words about it."""

from __future__ import annotations

import re

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure
from pipelines.extract.money.context import Context
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.extract.money.purpose import code_by_rule, code_of_phrase, code_of_text
from pipelines.language.parse import Article, Parse

# A purpose that only points back: "for the project", "to cope with the crisis".
_PROJECT = re.compile(
    r"(?:to \w+ )?(?:the |this |that )?(?:project|program|programme|scheme|plan|effort|initiative|work)s?",
    re.IGNORECASE,
)
_OF_PROJECT = re.compile(r"noun (?:project|program|programme|scheme|plan|cost)\b")
_CRISIS = re.compile(
    r"\b(?:crisis|disaster|emergency|situation|catastrophe|tragedy|influx|calamity|devastation|aftermath|damage)\b",
    re.IGNORECASE,
)
# Sectors that a crisis can be of.
_OF_CRISES = frozenset({"120", "130", "510", "520", "600", "720", "730", "930"})
_REFUGEES = "930"
_RELIEF = "720"
_BANKING = "240"
_UNSPECIFIED = "998"
# How far back what is pointed to was told of, in sentences.
_REACH = 4


class Sectors:
    """Codes of the figures of one document."""

    def __init__(
        self, article: Article, parse: Parse, actors: DocumentActors, figures: list[Figure], description: bool
    ) -> None:
        self._article = article
        self._parse = parse
        self._actors = actors
        self._figures = figures
        self._description = description

    def code(self, context: Context, figure: Figure) -> str | None:
        """The code of aid or a loan, None where the text tells no purpose."""
        if self._description:
            return code_of_text(f"{self._article.title or ''} {self._parse.text}")
        if not figure.purpose:
            return None
        return (
            code_of_phrase(figure.purpose)
            or self._of_project(figure)
            or self._of_crisis(figure)
            or self._by_words(context)
            or _UNSPECIFIED
        )

    def debt_relief(self, context: Context) -> str | None:
        """The code of debt relief where a debt's own sentence says that it was forgiven, cancelled or put off."""
        code = code_by_rule(self._sentence(context.sentence))
        return code if code is not None and code.startswith("600") else None

    def _by_words(self, context: Context) -> str | None:
        """The sector that the words about a figure tell; banks named there are mostly those who lend."""
        code = code_by_rule(self._words(context))
        return None if code is None or code.startswith(_BANKING) else code

    def _words(self, context: Context) -> str:
        """The figure's own stretch of its sentence."""
        tokens = self._parse.tokens
        start = tokens[min(context.left, len(tokens) - 1)].start
        return self._parse.text[start : tokens[max(context.left, context.right - 1)].end]

    def _sentence(self, index: int) -> str:
        sentence = self._parse.sentences[index]
        return self._parse.text[sentence.start : sentence.end]

    def _of_project(self, figure: Figure) -> str | None:
        """ "for the project": what the project told of last is for."""
        if not figure.purpose or not _PROJECT.fullmatch(figure.purpose):
            return None
        told = [
            f
            for f in self._figures
            if f is not figure
            and f.purpose
            and _OF_PROJECT.search(f.rule)
            and 0 <= figure.sentence_index - f.sentence_index <= _REACH
        ]
        return code_by_rule(told[-1].purpose or "") if told else None

    def _of_crisis(self, figure: Figure) -> str | None:
        """ "to cope with the crisis": the crisis that was told of last.

        What a state spends on refugees that it takes in is of a sector of its own; what others get for them is relief.
        """
        if not figure.purpose or not _CRISIS.search(figure.purpose):
            return None
        at = figure.sentence_index
        texts = [self._sentence(i) for i in range(at, max(-1, at - 1 - _REACH), -1)] + [self._article.title or ""]
        codes = (code_by_rule(text) for text in texts)
        code = next((c for c in codes if c is not None and c[:3] in _OF_CRISES), None)
        if code == _REFUGEES and not self._is_spent_at_home(figure):
            return _RELIEF
        return code

    def _is_spent_at_home(self, figure: Figure) -> bool:
        donor = None if figure.donor is None else self._actors.entities[figure.donor]
        return donor is not None and is_mainly_giver(donor.country) and figure.recipient in (None, figure.donor)
