"""The states, peoples and regions of one document: where their names stand for actors and where for places."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.extract.actors.capitals import PLACE_PREPOSITIONS, stands_as_place
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.gazetteer import KnownName
from pipelines.extract.facts import Entity
from pipelines.language.parse import EntitySpan, Token
from pipelines.reference.countries import states
from pipelines.reference.namesakes import Sense, meant, senses
from pipelines.reference.places import country_of
from pipelines.reference.region_abbreviations import state_of
from pipelines.reference.seats import seats
from pipelines.reference.word_lists import word_list

# Parts of towns that bear a state's name.
_NAMED_FOR_STATES = word_list("actor_words.csv", "parts of towns")


class StateRegister:
    """Makes mentions of states, populations and regions of what the gazetteer knows."""

    def __init__(self, actors: DocumentActors) -> None:
        self.actors, self.parse = actors, actors.parse
        self._regions: dict[str, Entity] = {}
        self._populations: dict[str, Entity] = {}
        self._senses: dict[str, Sense] = {}  # of names that a state shares

    def add(self, match: KnownName, tokens: list[Token], marks: dict[int, KnownName]) -> None:
        """A mention of a state by name, demonym, capital or seat; where it is only a place, that."""
        assert match.state is not None
        iso3, kind = match.state.iso3, match.state.kind
        if not match.owns:
            self.actors.not_owners.update(range(match.first, match.last))
        word = self.parse.text[tokens[0].start : tokens[-1].end]
        if kind in ("name", "capital") and (sense := self._other_sense(word, tokens[0])) is not None:
            if sense.iso3 is not None:  # "Georgia" of the United States; "Male" is a word
                self.actors.add_place(tokens, sense.iso3)
        elif match.owns and tokens[-1].head.lemma.lower() == "language" and tokens[-1].dep in ("amod", "compound"):
            return  # what is done to the Russian language is not done to Russia
        elif kind == "name" and tokens[-1].dep == "compound" and tokens[-1].head.lemma.lower() in _NAMED_FOR_STATES:
            return  # "the Costa Rica neighborhood"
        elif kind == "name" and _begins_a_name(tokens[-1]):
            return  # "America Online"
        elif kind == "people" or (kind == "adjective" and _is_people(tokens[-1])):
            self._add_population(tokens, self._state_lived_in(tokens, marks, iso3))
        elif kind in ("name", "capital") and (elsewhere := self._region_behind(tokens, marks)) is not None:
            self.actors.add_place(tokens, elsewhere)  # "London, Ontario"
        elif kind in ("capital", "seat") and (body := self._body_meant(word, tokens, iso3)) is not None:
            self.actors.add_mention(body, tokens, "metonym", probability=0.8)
        elif kind == "capital" and stands_as_place(self.actors, tokens):
            self.actors.add_place(tokens, iso3)
        elif kind in ("capital", "seat"):
            self.actors.add_mention(self.actors.state(iso3), tokens, "metonym", probability=0.8)
        else:
            state = self.actors.state(iso3)
            if kind == "name":
                self.actors.add_mention(state, tokens, "name")
            else:
                self.actors.add_mention(state, tokens, "nominal", probability=0.9 if match.owns else 0.5)

    def _region_behind(self, tokens: list[Token], marks: dict[int, KnownName]) -> str | None:
        """The state of a part of a state behind a comma: "London, Ontario", "Rome, Georgia"."""
        comma, after = tokens[-1].index + 1, tokens[-1].index + 2
        if after >= len(self.parse.tokens) or self.parse.tokens[comma].text != ",":
            return None
        mark, word = marks.get(after), self.parse.tokens[after].text
        # "Athens, Ga.", "London, ON": many of these are words too ("La", "Miss", "IN"), which have no stop and are in small letters
        # but in texts that are all in capitals.
        is_short = self._has_stop(after) or (len(word) == 2 and word.isupper() and not tokens[0].text.isupper())
        if mark is None and is_short and (short := state_of(word)) is not None:
            return short
        if mark is not None and mark.region is not None and mark.region.iso3:
            return mark.region.iso3
        if mark is not None and mark.state is not None and mark.state.kind == "name":
            end = self.parse.tokens[mark.last] if mark.last < len(self.parse.tokens) else None
            name = self.parse.tokens[after].lower
            place = next((sense for sense in senses(name) if sense.is_place), None)
            if place is not None and end is not None and end.text == "," and tokens[0].dep == "pobj":
                self._senses[name] = place
                return place.iso3
        return None

    def _has_stop(self, index: int) -> bool:
        """Whether a word ends with a full stop, as its own last letter or as the mark right behind it."""
        token = self.parse.tokens[index]
        return token.text.endswith(".") or self.parse.text[token.end : token.end + 1] == "."

    def _other_sense(self, name: str, first: Token) -> Sense | None:
        """What a name means that is a state's, where the text or a town before it tells that it is not the state."""
        known, key = senses(name), name.lower().removeprefix("the ")
        if key not in self._senses and known:
            self._senses[key] = meant(name, self.parse.text)
        before = self.parse.tokens[max(0, first.index - 2) : first.index]
        if len(before) == 2 and before[1].text == "," and before[0].pos == "PROPN":
            town = country_of(before[0].text)  # "Augusta, Georgia": from there on it is the American one
            place = next((sense for sense in known if sense.is_place and sense.iso3 == town), None)
            if place is not None:
                self._senses[key] = place
        found = self._senses.get(key)
        return found if found is not None and (found.is_place or found.iso3 is None) else None

    def _body_meant(self, name: str, tokens: list[Token], iso3: str) -> int | None:
        """The body that sits in a capital, where its name is that body's ("Brussels"): in a text that names the body, and the
        state by no word of its own."""
        seat = seats().get(name)
        if seat is None or seat.iso3 != iso3 or stands_as_place(self.actors, tokens):
            return None
        state = states()[iso3]
        if any(word in self.parse.text for word in (state.name, *state.adjectives, *state.people)):
            return None
        return self.actors.body_at(seat)

    def _state_lived_in(self, tokens: list[Token], marks: dict[int, KnownName], iso3: str) -> str | None:
        """ "Bosnian Serbs", "ethnic Albanians in Kosovo", "the Albanians of Serbia": people of that state, by their home.

        "Ethnic" says that it is not the state of their name: where no other is told nearby, none is known.
        """
        before = marks.get(tokens[0].index - 1)
        if before is not None and before.state and before.owns and before.state.kind == "adjective":
            return before.state.iso3
        is_ethnic = tokens[0].index > 0 and self.parse.tokens[tokens[0].index - 1].lower == "ethnic"
        for child in tokens[-1].children_by("prep"):
            inner = child.child("pobj")
            if inner is not None and (child.lower == "of" or (is_ethnic and child.lower in ("in", "from"))):
                home = marks.get(inner.index)
                if home is not None and (home.state or home.region):
                    return home.state.iso3 if home.state else home.region.iso3 if home.region else None
        if not is_ethnic:
            return iso3
        sentence = self.parse.sentences[tokens[0].sentence]
        for token in self.parse.tokens[sentence.first : sentence.last]:
            if token.dep == "pobj" and token.head.lower == "in" and (home := marks.get(token.index)) is not None:
                there = home.state.iso3 if home.state else home.region.iso3 if home.region else None
                if there is not None and there != iso3:
                    return there
        return None

    def _add_population(self, tokens: list[Token], iso3: str | None) -> None:
        name = self.parse.text[tokens[0].start : tokens[-1].end]
        entity = self._populations.get(name.lower())
        if entity is None:
            entity = self.actors.add_entity(name, "population", iso3)
            self._populations[name.lower()] = entity
        self.actors.add_mention(entity.index, tokens, "name")

    def add_region(self, match: KnownName, tokens: list[Token]) -> None:
        """A part of a state is a place; a region of many states an actor, unless something happens in it."""
        assert match.region is not None
        if match.region.is_water:
            return
        if match.region.iso3:
            self.actors.add_place(tokens, match.region.iso3)
            return
        head = self.parse.head_of(tokens)
        if head.dep == "pobj" and head.head.lower in PLACE_PREPOSITIONS:
            return
        if match.region.members:
            for iso3 in match.region.members:
                self.actors.add_mention(self.actors.state(iso3), tokens, "nominal", probability=0.8)
            return
        entity = self._regions.get(match.region.name)
        if entity is None:
            entity = self.actors.add_entity(match.region.name, "other_organization", None)
            self._regions[match.region.name] = entity
        is_name = " ".join(t.lower for t in tokens).removeprefix("the ") == match.region.name.lower()
        self.actors.add_mention(entity.index, tokens, "name" if is_name else "nominal", probability=0.7)

    def add_towns(self, spans: Iterable[EntitySpan], marks: dict[int, KnownName]) -> None:
        """Places of the towns that the model saw and that stand for nobody: "talks in Geneva"; in "Geneva, Ohio" the one there."""
        named = self.actors.named_tokens()
        for span in spans:
            tokens = self.parse.tokens[span.first : span.last]
            if span.label != "GPE" or any(t.index in named or t.index in marks for t in tokens):
                continue
            name = self.parse.text[tokens[0].start : tokens[-1].end]
            iso3 = self._region_behind(tokens, marks) or country_of(" ".join(name.split()))
            if iso3 is not None and name[0].isupper():
                self.actors.add_place(tokens, iso3)


def _begins_a_name(token: Token) -> bool:
    """Whether the word after a state's name makes another name of it, as the model saw: a work, product or place."""
    head = token.head
    return (
        token.dep == "compound"
        and head.index == token.index + 1
        and head.pos == "PROPN"
        and token.entity == head.entity
        and token.entity in ("WORK_OF_ART", "PRODUCT")
    )


def _is_people(token: Token) -> bool:
    """Whether a demonym stands for people ("the Kazakhs", "two Americans") and not before a noun."""
    return token.tag in ("NNPS", "NNS") and token.dep not in ("amod", "compound", "nmod")
