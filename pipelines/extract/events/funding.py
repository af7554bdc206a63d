"""Giver and receiver of an act of aid or lending, where the clause leaves them to the sum of money that it names."""

from __future__ import annotations

from pipelines.extract.facts import Figure, Participant
from pipelines.language.parse import Parse, Token

_FLOWS = frozenset({"aid", "loan", "debt"})
_OWN_CLAUSE = frozenset({"relcl", "ccomp", "advcl", "parataxis"})


class Funding:
    """The figures of a document by the token that heads each, those that somebody gives or lends."""

    def __init__(self, parse: Parse, figures: list[Figure]) -> None:
        self._figures: dict[int, Figure] = {}
        for figure in figures:
            if figure.figure_kind in _FLOWS and (figure.donor is not None or figure.recipient is not None):
                for token in parse.tokens_in(figure.start_char, figure.end_char):
                    self._figures[token.index] = figure

    def complete(
        self, verb: Token, sources: list[Participant], recipients: list[Participant]
    ) -> tuple[list[Participant], list[Participant]]:
        """Both sides, a missing one filled from the first sum in the verb's own clause that knows it."""
        if not self._figures or (sources and recipients):
            return sources, recipients
        for figure in self._of_clause(verb):
            if not recipients and figure.recipient is not None:
                if figure.recipient not in {p.entity for p in sources}:
                    recipients = [Participant(figure.recipient, None, 0.6)]
            if not sources and figure.donor is not None:
                if figure.donor not in {p.entity for p in recipients}:
                    sources = [Participant(figure.donor, None, 0.6)]
        return sources, recipients

    def _of_clause(self, verb: Token) -> list[Figure]:
        found: list[Figure] = []
        queue = list(verb.children)
        while queue:
            token = queue.pop(0)
            figure = self._figures.get(token.index)
            if figure is not None and all(figure is not f for f in found):
                found.append(figure)
            if token.dep not in _OWN_CLAUSE:
                queue += token.children
        return found
