"""The organisations of one document: which names are one body, its kind and state."""

from __future__ import annotations

import re

from pipelines.extract.actors.body_organs import body_of, ending_in, organ_of
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.actors.organisation_names import BODY_HEADS, has_company_form, is_abbreviation, type_of
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from pipelines.reference import organisations
from pipelines.reference.organisations import Organisation
from pipelines.reference.word_lists import word_list

_SHORT_FORM = re.compile(r"\s{0,2}[(\[]\s?([A-Z][A-Za-z.\-&]{1,11})\s?[)\]]")
_SHORTENED_TYPES = frozenset({"company", "other_organization", "government_body", "media"})
_COMMON_BODIES = word_list("actor_words.csv", "last words of many bodies")
_STATE_BODIES = frozenset({"government_body", "armed_forces"})
_COMPARED = 50  # longer names that a shorter one is compared with, at most
_TICKER = re.compile(r"\s{0,2}<[A-Z]{1,6}(?:\.[A-Z]{1,3})?>")


class OrganisationRegister:
    """Gathers names of organisations and makes them entities."""

    def __init__(self, actors: DocumentActors) -> None:
        self.actors = actors
        self.text = actors.parse.text
        self._by_name: dict[str, Entity] = {}
        self._by_first_word: dict[str, list[tuple[list[str], Entity]]] = {}
        self._by_last_word: dict[str, list[tuple[list[str], Entity]]] = {}
        self._by_initials: dict[str, Entity | None] = {}  # None where several names share them
        self._common: list[Entity] = []  # bodies of the reference list whose like other states have: "the Senate"
        self._boards: set[str] = set()  # what bodies' own names end in that organs are called: "National Safety Board"
        published = actors.article.published_on if actors.article else None
        self._year = published.year if published else None

    def add_known(self, known: Organisation, tokens: list[Token]) -> None:
        """A mention of an organisation of the reference list."""
        entity = self._by_name.get(_key(known.name))
        if entity is None:
            entity = self._new_known(known)
        self._mention(entity, tokens)

    def _new_known(self, known: Organisation) -> Entity:
        entity = self.actors.add_entity(known.name, known.actor_type, known.country)
        entity.country_basis = "register" if known.country else None
        if known.country and known.actor_type in _STATE_BODIES and known.name.lower().split()[-1] in _COMMON_BODIES:
            self._common.append(entity)
        for name in (*known.aliases, *known.abbreviations):
            self._by_name.setdefault(_key(name), entity)
        self._by_name[_key(known.name)] = entity
        entity.abbreviation = known.abbreviations[0] if known.abbreviations else None
        return entity

    def add(self, tokens: list[Token], marks: dict[int, KnownName]) -> None:
        """A mention of an organisation as the model or a body's head word showed it."""
        name = " ".join(self.text[tokens[0].start : tokens[-1].end].split())
        if (body := self._body_of_organ(name, tokens)) is not None:
            self.actors.add_mention(body.index, tokens, "nominal", probability=0.9)
            return
        owner = self._owner_before(name, tokens[0], marks)
        entity = self._of_owner(name, owner) if owner else self._find(name)
        if entity is None:
            known = organisations.lookup(name)
            if known and not known.existed(self._year):
                known = None
            entity = self._new_known(known) if known else self._new(name, tokens, marks)
        after = self.text[tokens[-1].end : tokens[-1].end + 16]
        if (match := _SHORT_FORM.match(after)) and _abbreviates(match[1], name):
            entity.abbreviation = entity.abbreviation or match[1]
            self._by_name.setdefault(_key(match[1]), entity)
        if entity.actor_type == "other_organization" and _TICKER.match(after):
            entity.actor_type = "company"
        if owner and entity.actor_type in _STATE_BODIES:
            entity.country = owner
            self._by_name[f"{owner} {_key(name)}"] = self._by_name[_key(name)] = entity
        self._mention(entity, tokens)

    def _body_of_organ(self, name: str, tokens: list[Token]) -> Entity | None:
        """The body that acts by an organ named without it, or that ends in its word itself ("the Board" of a Safety Board); None for others."""
        organ = organ_of(name)
        if organ is None:
            return None
        first = tokens[0].index
        is_owned = bool(organ[0]) or (first > 1 and self.actors.parse.tokens[first - 1].tag == "POS")
        if organ[1] in self._boards and not is_owned:
            return ending_in(self.actors, tokens[0], organ[1])
        return body_of(self.actors, tokens, name, self._known_or_named)

    def _known_or_named(self, name: str) -> Entity | None:
        """The entity of a body by name, made where the list of bodies has it."""
        found = self._find(name)
        if found is None and (known := organisations.lookup(name)) and known.existed(self._year):
            found = self._new_known(known)
        return found

    def _owner_before(self, name: str, first: Token, marks: dict[int, KnownName]) -> str | None:
        """The state whose body it is by a possessive: "Israel's Finance Ministry"."""
        if first.index < 2 or type_of(name) not in _STATE_BODIES:
            return None
        tokens = self.actors.parse.tokens
        mark = marks.get(first.index - 2)
        if tokens[first.index - 1].tag != "POS" or mark is None or mark.state is None:
            return None
        return mark.state.iso3 if mark.state.kind == "name" else None

    def _of_owner(self, name: str, owner: str) -> Entity | None:
        """The body of this name that is the owner's, or one whose owner is not known."""
        found = self._by_name.get(f"{owner} {_key(name)}")
        if found is None:
            found = self._by_name.get(_key(name))
            if found is not None and found.country not in (None, owner):
                return None
        return found

    def _new(self, name: str, tokens: list[Token], marks: dict[int, KnownName]) -> Entity:
        country = None
        for token in tokens:
            mark = marks.get(token.index)
            if mark and mark.state and mark.state.kind in ("name", "adjective", "people"):
                country = mark.state.iso3
                break
            # "Senate Foreign Relations Committee", but not "World Congress": a name that ends like another is not of it.
            if mark and mark.organisation and mark.organisation.country and mark.last < tokens[-1].index + 1:
                country = mark.organisation.country
                break
        kind = type_of(name)
        if (organ := organ_of(name)) and organ[0]:
            self._boards.add(organ[1])
        entity = self.actors.add_entity(name, kind, country)
        self._by_name[_key(name)] = entity
        words = _key(name).split()
        if kind in _SHORTENED_TYPES and words:
            self._by_first_word.setdefault(words[0], []).append((words, entity))
            self._by_last_word.setdefault(words[-1], []).append((words, entity))
        if initials := _initials(name):
            self._by_initials[initials] = entity if initials not in self._by_initials else None
        return entity

    def _find(self, name: str) -> Entity | None:
        """The entity of an equal name, or of a longer one that this shortens ("Sea-Land" of "Sea-Land Corp")."""
        key = _key(name)
        found = self._by_name.get(key)
        if found is not None:
            return found
        if is_abbreviation(name) and (spelt_out := self._by_initials.get(name.replace(".", ""))):
            # "TSA" in a text that spells out "Transportation Security Administration", in brackets or not.
            spelt_out.abbreviation = spelt_out.abbreviation or name
            self._by_name[key] = spelt_out
            return spelt_out
        words = key.split()
        if not words:
            return None
        if words[-1] in BODY_HEADS:
            # "Defense Ministry" after "Kazakh Defense Ministry"
            longer = self._by_last_word.get(words[-1], ())[:_COMPARED] if len(words) > 1 else ()
            return next((e for w, e in longer if len(w) > len(words) and w[-len(words) :] == words), None)
        if len(words[0]) <= 3:
            return None
        for other, entity in self._by_first_word.get(words[0], ())[:_COMPARED]:
            if (
                len(other) > len(words)
                and other[: len(words)] == words
                and (len(words) > 1 or has_company_form(other[-1]))
            ):
                return entity
        return None

    def _mention(self, entity: Entity, tokens: list[Token]) -> None:
        mention = self.actors.add_mention(entity.index, tokens, "name")
        surface = re.sub(r"^the ", "", " ".join(mention.text.split()), flags=re.IGNORECASE)
        if surface != entity.name and surface not in entity.aliases:
            entity.aliases.append(surface)

    def place_common(self) -> None:
        """ "The Supreme Court" of a text on Colombia that never speaks of the United States is Colombia's."""
        for entity in self._common:
            if entity.country is not None and (home := self.actors.home_not(entity.country)) is not None:
                entity.country = home


def _initials(name: str) -> str | None:
    """First letters of a name of several words, small words left out; None of names in capitals throughout."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w[0].isupper()]
    return "".join(w[0] for w in words) if len(words) > 2 and not name.isupper() else None


def _key(name: str) -> str:
    lowered = name.lower().replace(".", "").replace("’", "'")
    return lowered.removeprefix("the ")


def _abbreviates(short: str, name: str) -> bool:
    """Whether a short form in brackets can stand for a name: its letters begin words of the name, in order."""
    letters = [c for c in short.lower() if c.isalpha()]
    initials = [w[0] for w in re.findall(r"[a-z]+", name.lower())]
    if len(letters) < 2 or not initials or letters[0] not in initials:
        return False
    hits, at = 0, 0
    for letter in letters:
        if letter in initials[at:]:
            at = initials.index(letter, at) + 1
            hits += 1
    return hits >= max(2, len(letters) - 1)
