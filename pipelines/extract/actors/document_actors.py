"""The actors of one document and the lookups that the other extractors ask of them.

Made by `find_actors`; read by events, money and quotes. An actor is named by the index of its `Entity`.
"""

from __future__ import annotations

from pipelines.extract.facts import Entity, Mention, Participant
from pipelines.language.parse import Parse, Token


class DocumentActors:
    """Entities and mentions of a document, indexed by token."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._mention_of_token: dict[int, int] = {}  # token index -> mention index
        self._states: dict[str, int] = {}  # ISO 3166-1 alpha-3 -> entity index

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
        """Append a mention over contiguous tokens; tokens of an earlier mention keep the earlier one."""
        start, end = tokens[0].start, tokens[-1].end
        mention = Mention(
            len(self.mentions), entity, tokens[0].sentence, start, end, self.parse.text[start:end],
            mention_type, role, confidence,
        )  # fmt: skip
        self.mentions.append(mention)
        for token in tokens:
            self._mention_of_token.setdefault(token.index, mention.index)
        return mention

    def mention_at(self, token: Token) -> Mention | None:
        """The mention whose words include this token."""
        i = self._mention_of_token.get(token.index)
        return None if i is None else self.mentions[i]

    def entity_at(self, token: Token) -> Entity | None:
        """The entity whose mention includes this token."""
        mention = self.mention_at(token)
        return None if mention is None else self.entities[mention.entity]

    def state(self, iso3: str) -> int:
        """Index of the country entity with this code, added (without a mention) where the text has none."""
        raise LookupError(iso3)  # replaced by the reference data of countries

    def participants(self, token: Token, conjuncts: bool = True) -> list[Participant]:
        """Actors that the noun phrase headed by `token` stands for, in text order.

        Looks, in this order, at: a mention on the head; apposition; the nearest named owner for an unnamed
        participant ("Russian troops", "troops of Russia", "the Uzbek leadership" -> the state); groups
        ("the two countries", "both sides") expanded; a pronoun or nominal where the evidence is good. With
        `conjuncts`, each coordinated phrase adds its own. Empty where nothing in the document answers.
        """
        return []

    def governing_state(self, token: Token) -> str | None:
        """Country code of the first participant of `token`'s phrase, if any."""
        for participant in self.participants(token, conjuncts=False):
            return self.entities[participant.entity].country
        return None
