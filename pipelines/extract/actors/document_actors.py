"""The actors of one document and the lookups that the other extractors ask of them.

Made by `find_actors`; read by events, money and quotes. An actor is named by the index of its `Entity`.
"""

from __future__ import annotations

from collections import Counter

from pipelines.extract.facts import Entity, Mention, Participant
from pipelines.language.parse import Article, Parse, Token
from pipelines.reference.countries import states
from pipelines.reference.roles import actor_nouns, role_nouns

_GROUPS = frozenset("country nation side government leader president neighbor neighbour minister ally party".split())
_EACH_OTHER = frozenset("two both".split())
_PARTITIVE = frozenset(
    "group number member most some many majority dozen hundred thousand all one two three four five series head representative"
    " delegation leader team couple coalition part half rest force".split()
)
_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PLURAL = frozenset("they them their theirs themselves".split())
_NEUTER = frozenset("it its itself".split())
_HOME_CLASSES = frozenset({"government", "forces", "people"})
# Classes of nouns whose named owner acts through them.
_OWNED = frozenset({"government", "officials", "forces", "armed", "people", "state", "party", "group"})


class DocumentActors:
    """Entities and mentions of a document, indexed by token."""

    def __init__(self, parse: Parse, article: Article | None = None) -> None:
        self.parse = parse
        self.article = article
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.home: str | None = article.dateline_country if article else None
        self._mentions_of_token: dict[int, list[int]] = {}
        self._places: dict[int, str] = {}
        self._states: dict[str, int] = {}
        self._by_sentence: dict[int, list[int]] = {}
        self._first_token: list[int] = []

    # -- building ----------------------------------------------------------------------------------

    def add_entity(self, name: str, actor_type: str, country: str | None = None) -> Entity:
        """Append an entity and return it."""
        entity = Entity(len(self.entities), name, actor_type, country)
        self.entities.append(entity)
        if actor_type == "country" and country:
            self._states.setdefault(country, entity.index)
        return entity

    def add_mention(
        self,
        entity: int,
        tokens: list[Token],
        mention_type: str,
        role: str | None = None,
        confidence: float = 1.0,
    ) -> Mention:
        """Append a mention over contiguous tokens."""
        start, end = tokens[0].start, tokens[-1].end
        mention = Mention(
            len(self.mentions), entity, tokens[0].sentence, start, end, self.parse.text[start:end],
            mention_type, role, confidence,
        )  # fmt: skip
        self.mentions.append(mention)
        self._first_token.append(tokens[0].index)
        for token in tokens:
            self._mentions_of_token.setdefault(token.index, []).append(mention.index)
        return mention

    def add_place(self, tokens: list[Token], iso3: str) -> None:
        """Note that tokens name a place in a state, without the state being an actor there."""
        for token in tokens:
            self._places[token.index] = iso3

    def state(self, iso3: str) -> int:
        """Index of the country entity with this code, added (without a mention) where the text has none."""
        found = self._states.get(iso3)
        if found is None:
            known = states().get(iso3)
            found = self.add_entity(known.name if known else iso3, "country", iso3).index
        return found

    def finish(self) -> None:
        """Index what was gathered. Called once, after the last mention."""
        for mention in sorted(self.mentions, key=lambda m: (m.start_char, m.index)):
            self._by_sentence.setdefault(mention.sentence_index, []).append(mention.index)
        if self.home is None:
            self.home = self._most_common_state()

    def _most_common_state(self) -> str | None:
        """The state that the document is mostly about, if one clearly is."""
        counts: Counter[str] = Counter()
        for mention in self.mentions:
            entity = self.entities[mention.entity]
            if entity.country and entity.actor_type != "person":
                counts[entity.country] += 1
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < 3:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None

    # -- looking up --------------------------------------------------------------------------------

    def mention_at(self, token: Token) -> Mention | None:
        """The (first) mention whose words include this token."""
        found = self._mentions_of_token.get(token.index)
        return self.mentions[found[0]] if found else None

    def mentions_at(self, token: Token) -> list[Mention]:
        """All mentions whose words include this token: two for "U.S.-Uzbek"."""
        return [self.mentions[i] for i in self._mentions_of_token.get(token.index, ())]

    def entity_at(self, token: Token) -> Entity | None:
        """The entity whose mention includes this token."""
        mention = self.mention_at(token)
        return None if mention is None else self.entities[mention.entity]

    def place_at(self, token: Token) -> str | None:
        """State of the place that a token names: a capital as a place, or a country."""
        if token.index in self._places:
            return self._places[token.index]
        entity = self.entity_at(token)
        return entity.country if entity and entity.actor_type == "country" else None

    def participants(self, token: Token, conjuncts: bool = True) -> list[Participant]:
        """Actors that the noun phrase headed by `token` stands for, in text order.

        Looks, in this order, at: a mention on the head; the nearest named owner of an unnamed participant ("Russian
        troops", "troops of Russia", "the Uzbek leadership" -> the state); groups ("the two countries") expanded;
        an apposition; a bearer of the title; a pronoun, where the evidence is good. With `conjuncts`, each
        coordinated phrase adds its own. Empty where nothing in the document answers.
        """
        found: list[Participant] = []
        seen: set[int] = set()
        for head in token.conjuncts() if conjuncts else [token]:
            for participant in self._of_phrase(head):
                if participant.entity not in seen:
                    seen.add(participant.entity)
                    found.append(participant)
        return found

    def _of_phrase(self, head: Token, depth: int = 0) -> list[Participant]:
        mentions = self.mentions_at(head)
        if mentions:
            return [Participant(m.entity, m.index, m.confidence) for m in mentions]
        if head.pos == "PRON":
            return self._of_pronoun(head)
        if depth > 3 or head.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "DET", "X"):
            return []
        lemma = head.lemma.lower()
        kind = actor_nouns().get(lemma)
        if group := self._of_group(head, lemma):
            return group
        person = self._apposed_person(head)
        if person:
            return person
        if kind in _OWNED or lemma in role_nouns() or head.pos == "PROPN":
            if owner := self._owner(head, depth):
                return owner
        if lemma in _PARTITIVE or head.pos in ("NUM", "DET"):
            for preposition in head.children_by("prep"):
                if preposition.lower == "of" and (inner := preposition.child("pobj")):
                    return self._of_phrase(inner, depth + 1)
        if lemma in role_nouns() and (bearer := self._bearer(head, lemma)):
            return bearer
        if kind in _HOME_CLASSES and self.home and self._is_definite(head, kind):
            return [Participant(self.state(self.home), None, 0.4)]
        return []

    def _owner(self, head: Token, depth: int) -> list[Participant]:
        """Named owner of an unnamed participant: in front ("Russian", "Russia's", "NATO") or behind ("of Russia")."""
        for child in head.children:
            if child.dep in ("amod", "compound", "poss", "nmod", "nn") and child.index < head.index:
                found = [Participant(m.entity, m.index, 0.9) for m in self.mentions_at(child)]
                if not found and child.dep in ("compound", "amod", "nmod"):
                    found = [
                        Participant(m.entity, m.index, 0.85)
                        for inner in child.children
                        for m in self.mentions_at(inner)
                    ]
                if not found and child.dep == "poss":
                    found = self._of_phrase(child, depth + 1)
                if found:
                    return found
        for child in head.children_by("prep"):
            if child.lower in ("of", "from", "in", "for"):
                inner = child.child("pobj")
                if inner is None:
                    continue
                if child.lower == "in" and self.place_at(inner) is None:
                    continue
                found = self._of_phrase(inner, depth + 1)
                if not found and child.lower in ("in", "from") and (iso3 := self.place_at(inner)):
                    found = [Participant(self.state(iso3), None, 0.6)]
                if found:
                    return found
        return []

    def _apposed_person(self, head: Token) -> list[Participant]:
        """ "the foreign minister, Sadyk Safaev": the name beside a nominal."""
        for child in head.children:
            if child.dep in ("appos", "flat") and (mention := self.mention_at(child)) is not None:
                return [Participant(mention.entity, mention.index, 0.9)]
        if head.dep == "appos" and (mention := self.mention_at(head.head)) is not None:
            return [Participant(mention.entity, mention.index, 0.9)]
        return []

    def _of_group(self, head: Token, lemma: str) -> list[Participant]:
        """ "the two countries", "both sides": the last two states named before."""
        if lemma not in _GROUPS or head.tag not in ("NNS", "NNPS"):
            return []
        words = {c.lower for c in head.children}
        if not (words & _EACH_OTHER) or any(self.mention_at(c) for c in head.children):
            return []
        found: list[int] = []
        for mention in self._before(head):
            entity = self.entities[mention.entity]
            state = entity.country if entity.actor_type in ("country", "person", "government_body", "population") else None
            target = self.state(state) if state else (entity.index if entity.actor_type in ("igo", "armed_group") else None)
            if target is not None and target not in found:
                found.append(target)
            if len(found) == 2:
                return [Participant(i, None, 0.6) for i in sorted(found)]
        return []

    def _bearer(self, head: Token, lemma: str) -> list[Participant]:
        """ "the president": the last person named before with that title, where no other person bears it."""
        if not any(c.lower in ("the", "this", "that") for c in head.children):
            return []
        bearers: list[int] = []
        for mention in self._before(head):
            entity = self.entities[mention.entity]
            if entity.actor_type == "person" and entity.role and lemma in entity.role.lower() and entity.index not in bearers:
                bearers.append(entity.index)
        return [Participant(bearers[0], None, 0.6)] if len(bearers) == 1 else []

    def _of_pronoun(self, token: Token) -> list[Participant]:
        """Who a pronoun stands for, where the text before gives one good answer."""
        word = token.lower
        if word in _SINGULAR:
            wanted = ("person",)
        elif word in _PLURAL:
            wanted = ("country", "population", "armed_group", "government_body", "armed_forces", "igo", "political_party")
        elif word in _NEUTER:
            wanted = ("country", "igo", "government_body", "company", "armed_group", "armed_forces", "ngo", "media")
        else:
            return []
        best: tuple[float, Participant] | None = None
        for mention in self._before(token):
            distance = token.sentence - mention.sentence_index
            if distance > 2:
                break
            entity = self.entities[mention.entity]
            if entity.actor_type not in wanted:
                continue
            subject = self._is_subject(mention)
            score = (2.0 if subject else 0.0) - distance
            if word in _NEUTER and not subject:
                continue
            if best is None or score > best[0]:
                best = (score, Participant(entity.index, None, 0.6 if subject else 0.45))
        return [best[1]] if best else []

    def _is_subject(self, mention: Mention) -> bool:
        head = self.parse.head_of(self.parse.tokens_in(mention.start_char, mention.end_char))
        while head.dep in ("conj", "appos", "compound") and not head.is_root:
            head = head.head
        return head.dep in ("nsubj", "nsubjpass")

    def _before(self, token: Token) -> list[Mention]:
        """Mentions before a token in its sentence and the six sentences before, nearest first."""
        found: list[Mention] = []
        for sentence in range(token.sentence, max(-1, token.sentence - 7), -1):
            here = [self.mentions[i] for i in self._by_sentence.get(sentence, ())]
            found += [m for m in reversed(here) if m.start_char < token.start]
        return found

    def _is_definite(self, head: Token, kind: str | None) -> bool:
        """ "The government", "police", "the army": the state at home, where nothing says whose."""
        owned = any(c.dep in ("poss", "amod", "compound", "nmod") or c.dep == "prep" for c in head.children)
        the = any(c.lower == "the" for c in head.children)
        if head.lemma.lower() in ("police", "authority", "parliament", "troop"):
            return not owned
        return the and not owned and kind in ("government", "forces") and head.lemma.lower() in (
            "government", "administration", "army", "military", "junta", "regime", "parliament", "cabinet"
        )

    def governing_state(self, token: Token) -> str | None:
        """Country code of the first participant of `token`'s phrase, if any."""
        for participant in self.participants(token, conjuncts=False):
            return self.entities[participant.entity].country
        return None
