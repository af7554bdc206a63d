"""Which state a word means on the day and in the company of its text: the Soviet Union before 1991, one of the two Congos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.extract.actors.gazetteer import KnownName
from pipelines.reference.countries import StateWord, states
from pipelines.reference.former_states import state_on

# Words that tell the two Congos apart: towns, rulers, other names.
_CONGOS = {
    "COD": ("Kinshasa", "Goma", "Kabila", "Mobutu", "Zaire", "Democratic Republic", "Tshisekedi", "Lubumbashi", "Kivu",
            "Katanga", "Kisangani", "Bukavu", "DRC", "Ituri", "Lumumba", "Leopoldville"),
    "COG": ("Brazzaville", "Sassou", "Pointe-Noire", "Lissouba", "Republic of the Congo", "Congo Republic"),
}  # fmt: skip
_BARE = frozenset(["congo", "congolese"])
# Heirs whose capital was that of the state before; Russia's name stood for it too.
_HEIRS = frozenset(["RUS", "SRB", "CZE"])


class StateSenses:
    """Reads the names of states of one document."""

    def __init__(self, text: str, day: date | None) -> None:
        self._text, self._day = text, day
        self._congo: str | None = None

    def meant(self, match: KnownName, word: str) -> KnownName:
        """The match with the state that its word means here; other matches as they are."""
        state = match.state
        if state is None:
            return match
        iso3 = state.iso3
        if iso3 in _CONGOS and word.lower().strip(".") in _BARE:
            iso3 = self._one_congo()
        elif iso3 in _HEIRS and state.kind in ("name", "adjective", "capital", "seat"):
            named_so = (
                iso3 == "RUS"
                if state.kind in ("name", "adjective")
                else word in states()[iso3].capitals or iso3 == "RUS"
            )
            iso3 = state_on(iso3, self._day) if named_so else iso3
        return match if iso3 == state.iso3 else replace(match, state=StateWord(iso3, state.kind))

    def _one_congo(self) -> str:
        """The Congo that a text means which says no more: the one whose other words it has, else the larger."""
        if self._congo is None:
            counts = {iso3: sum(self._text.count(word) for word in words) for iso3, words in _CONGOS.items()}
            counts["COG"] += self._text.count("Republic of Congo") - self._text.count("Democratic Republic of Congo")
            self._congo = "COG" if counts["COG"] > counts["COD"] else "COD"
        return self._congo
