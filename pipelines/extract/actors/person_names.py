"""The persons of one document by what they may be called: surname, given name, a name in the middle, several words together."""

from __future__ import annotations

from pipelines.extract.facts import Entity
from pipelines.reference.folding import fold
from pipelines.reference.offices import other_names

# Words of a full name that nobody is called by alone.
_PARTICLES = frozenset(["de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "las", "los", "van", "von", "der", "den", "ten", "ter", "bin", "ibn",
                        "bint", "ben", "al", "el", "abu", "y", "e", "of", "and"])  # fmt: skip
# The Arabic article as it is spelt before a name.
_ARTICLES = ("al-", "el-", "ul-", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-", "es-")


class PersonNames:
    """Index of persons by their names as they are compared: "Erdogan" is "Erdoğan". Several may share one."""

    def __init__(self) -> None:
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_given: dict[str, list[Entity]] = {}
        self._by_middle: dict[str, list[Entity]] = {}
        self._by_first_word: dict[str, list[tuple[str, Entity]]] = {}

    def by_surname(self, word: str) -> list[Entity]:
        """Bearers of a surname of one word or more, the earliest first; the Arabic article before it does not count."""
        return self._by_surname.get(_without_article(fold(word.rstrip(".,"))), [])

    def by_given(self, word: str) -> list[Entity]:
        """Persons whose name begins with a word."""
        return self._by_given.get(fold(word), [])

    def by_middle(self, word: str) -> list[Entity]:
        """Persons in the middle of whose name a word stands that is no particle."""
        return self._by_middle.get(fold(word), [])

    def beginning_with(self, word: str) -> list[tuple[str, Entity]]:
        """Names of several words, whole or without the first, that begin with a word, the longest first."""
        return self._by_first_word.get(fold(word), [])

    def add(self, entity: Entity) -> None:
        """Enter a person under each part of the name; again where the name has grown."""
        words = fold(entity.name).split()
        names = {_surname(words), words[-1], _without_article(_surname(words))}
        if len(words) > 2:  # "bin Salman", "de la Madrid", "Garcia Marquez": the text goes on with more than one word
            names |= {" ".join(words[1:]), " ".join(words[-2:])}
        if words[-1] in ("jr", "sr", "ii", "iii") and len(words) > 1:
            names.add(words[-2].rstrip(","))
        names |= {fold(alias) for alias in other_names(entity.name)}
        for name in sorted(names):
            bearers = self._by_surname.setdefault(name, [])
            if entity not in bearers:
                bearers.append(entity)
        if len(words) > 1 and "-" in words[-1] and entity.name.split()[-1].partition("-")[2].islower():
            names.add(words[0])  # "Ban Ki-moon", "Ma Ying-jeou": the family's name comes first
            self._by_surname.setdefault(words[0], []).append(entity)
        if len(words) > 1:
            given = self._by_given.setdefault(words[0], [])
            if entity not in given:
                given.append(entity)
        for name in (" ".join(words), *names):
            if " " in name:
                known = self._by_first_word.setdefault(name.split()[0], [])
                known.append((name, entity))
                known.sort(key=lambda k: -len(k[0]))
        for word in words[1:-1]:
            middle = self._by_middle.setdefault(word, [])
            if word not in _PARTICLES and entity not in middle:
                middle.append(entity)


def _without_article(word: str) -> str:
    """A surname without the Arabic article before it: "sisi" of "el-sisi"."""
    article = next((a for a in _ARTICLES if word.startswith(a) and len(word) > len(a) + 1), "")
    return word.removeprefix(article)


def _surname(words: list[str]) -> str:
    return words[-1].rstrip(",")
