"""Who gives and who receives in a text as a whole: for figures whose own sentence leaves an end open."""

from __future__ import annotations

from collections import Counter

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.money.givers import GIVERS, giver_rank
from pipelines.extract.money.payers import Payers
from pipelines.language.parse import Parse

GIVING_VERBS = frozenset([
    "give", "provide", "grant", "lend", "loan", "donate", "offer", "pledge", "extend", "contribute", "fund",
    "finance", "build", "rehabilitate", "construct", "send", "deliver", "sponsor", "help", "assist", "forgive",
    "cancel", "support"
])  # fmt: skip
GIVING_NOUNS = frozenset([
    "aid", "assistance", "grant", "loan", "donation", "credit", "funding", "government", "bank", "embassy",
    "ambassador", "gift", "contribution"
])  # fmt: skip


class Parties:
    """The main giver and receiver of a document, as country codes; None where the text does not favour one."""

    def __init__(self, parse: Parse, actors: DocumentActors, payers: Payers) -> None:
        givers: Counter[str] = Counter()
        self.mentioned: Counter[str] = Counter()
        self.by_sentence: dict[int, list[str]] = {}
        for mention in actors.mentions:
            country = actors.entities[mention.entity].country
            if country:
                self.mentioned[country] += 1
                states = self.by_sentence.setdefault(mention.sentence_index, [])
                if country not in states:
                    states.append(country)
        for token in parse.tokens:
            if token.pos == "VERB" and token.lemma.lower() in GIVING_VERBS:
                subject = token.child("nsubj", "agent")
                if subject is not None and subject.dep == "agent":
                    subject = subject.child("pobj")
                if subject is not None and not subject.children_by("conj"):
                    self._count(givers, actors, payers.payer(subject), 2)
            elif token.pos in ("NOUN", "PROPN") and token.lemma.lower() in GIVING_NOUNS:
                for child in token.children_by("compound", "amod", "poss"):
                    if child.index < token.index:
                        self._count(givers, actors, payers.payer(child), 1)
        self.giver: str | None = None
        if givers:
            best = max(givers.values())
            top = [s for s in givers if givers[s] == best]
            self.giver = min(top, key=giver_rank)
        if self.giver is None or giver_rank(self.giver) == len(GIVERS):
            told = [s for s in self.mentioned if giver_rank(s) < len(GIVERS)]
            if told and len(self.mentioned) > 1:
                self.giver = min(told, key=lambda s: (-self.mentioned[s], giver_rank(s)))
        self.receiver = self._receiver()

    def _count(self, givers: Counter[str], actors: DocumentActors, entity: int | None, weight: int) -> None:
        country = actors.entities[entity].country if entity is not None else None
        if country:
            givers[country] += weight

    def _receiver(self) -> str | None:
        others = [(n, s) for s, n in self.mentioned.items() if s != self.giver]
        if not others:
            return None
        best = max(n for n, _ in others)
        return next(s for n, s in others if n == best)
