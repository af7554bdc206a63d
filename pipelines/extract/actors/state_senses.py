"""Which state a word means on the day and in the company of its text: the Soviet Union before 1991, one of the two Congos.

Words that several states bear, and what tells them apart, are `reference/namesakes.csv`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.reference.countries import StateWord, states
from pipelines.reference.former_states import state_on
from pipelines.reference.namesakes import Sense, meant, senses

# Heirs whose capital was that of the state before; Russia's name stood for it too.
_HEIRS = frozenset(["RUS", "SRB", "CZE"])


class StateSenses:
    """Reads the names of states of one document."""

    def __init__(self, text: str, day: date | None) -> None:
        self._text, self._day = text, day
        self._senses: dict[str, Sense] = {}

    def meant(self, match: KnownName, word: str) -> KnownName:
        """The match with the state that its word means here; other matches as they are."""
        state = match.state
        if state is None:
            return match
        iso3 = state.iso3
        if state.kind in ("name", "adjective") and senses(word):
            sense = self._sense(word.lower())
            if (
                sense.iso3 is not None and not sense.is_place
            ):  # for the others the words around it count too: `state_register`
                iso3 = sense.iso3
        elif iso3 in _HEIRS and state.kind in ("name", "adjective", "capital", "seat"):
            named_so = (
                iso3 == "RUS"
                if state.kind in ("name", "adjective")
                else word in states()[iso3].capitals or iso3 == "RUS"
            )
            iso3 = state_on(iso3, self._day) if named_so else iso3
        return match if iso3 == state.iso3 else replace(match, state=StateWord(iso3, state.kind))

    def _sense(self, word: str) -> Sense:
        if word not in self._senses:
            self._senses[word] = meant(word, self._text)
        return self._senses[word]
