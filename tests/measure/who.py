"""How often the words that stand for a side are given the right actor and state, on the labelled documents.

    python -m tests.measure.who JSON_FOLDER... --cache DIR

JSON_FOLDER is written by `training.reader.notation`. This asks the network that ships, which has seen the labels: figures to quote are the
cross-validated ones of `python -m training.resolver --evaluate`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.find import find_actors
from pipelines.extract.facts import Entity
from pipelines.language.parse import Token
from training.resolver.documents import Labelled, LabelledMention, load
from training.resolver.matching import is_same, state_of_actor, state_of_entity

Answer = Callable[[Token], list[Entity]]


@dataclass
class Tally:
    """Counts of side words: `right` and `wrong` by what kind of words they are."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, outcome: str) -> None:
        self.counts[kind, outcome] += 1
        self.counts["all", outcome] += 1

    def table(self) -> str:
        lines = []
        for kind in ("all", "name", "nominal", "pronoun"):
            n = sum(self.counts[kind, o] for o in ("right", "wrong", "none"))
            if n:
                share = {o: self.counts[kind, o] / n for o in ("right", "actor right", "wrong", "none")}
                lines.append(f"{kind:8} n {n:5} " + "  ".join(f"{o} {v:.3f}" for o, v in share.items()))
        hit, missed, extra = (self.counts["all", o] for o in ("hit", "missed", "extra"))
        if hit:
            lines.append(
                f"mentions P {hit / (hit + extra):.3f} R {hit / (hit + missed):.3f} F {2 * hit / (2 * hit + missed + extra):.3f}"
            )
        return "\n".join(lines)


def kind_of(tokens: list[Token], head: Token) -> str:
    """name, nominal or pronoun: by the head of the words that stand for a side."""
    if head.tag in ("PRP", "PRP$", "WP", "WP$", "WDT"):
        return "pronoun"
    return "name" if head.pos == "PROPN" or (len(tokens) == 1 and head.text[0].isupper()) else "nominal"


def measure(labelled: Labelled, answer: Answer, tally: Tally, errors: list[str] | None = None) -> None:
    """Ask `answer` for the head of each labelled side; right where the states are those of the label, and no other."""
    for side in labelled.participants:
        tokens = labelled.parse.tokens_in(side.start, side.end)
        if not tokens:
            continue
        head = labelled.parse.head_of(tokens)
        outcome, states = _ask(labelled, side, head, kind_of(tokens, head), answer, tally)
        if errors is not None and outcome != "right":
            words = " ".join(labelled.parse.text[max(0, side.start - 90) : side.end + 50].split())
            told = labelled.parse.text[side.start : side.end]
            errors.append(
                f"{kind_of(tokens, head)}\t{outcome}\t{told}\t{side.names}\t{states}\t{labelled.ident}\t{words}"
            )


def measure_mentions(labelled: Labelled, actors: DocumentActors, tally: Tally) -> None:
    """On a document of which every mention is labelled: which words are found to stand for actors, and whom they stand for.

    Outcomes "hit", "missed" and "extra" count heads of mentions (places that are no actors are left out); the others are as in
    `measure`.
    """
    gold: dict[int, LabelledMention] = {}
    for mention in labelled.mentions:
        tokens = labelled.parse.tokens_in(mention.start, mention.end)
        if tokens:
            gold.setdefault(labelled.parse.head_of(tokens).index, mention)
    heads = {labelled.parse.head_of(actors.mention_tokens(m)).index for m in actors.mentions}
    answer = asked(actors)
    for token in labelled.parse.tokens:
        label = gold.get(token.index)
        if label is None or not label.names:
            if token.index in heads and not (label is not None and label.is_place):
                tally.counts["all", "extra"] += 1
            continue
        tokens = labelled.parse.tokens_in(label.start, label.end)
        tally.counts["all", "hit" if token.index in heads else "missed"] += 1
        _ask(labelled, label, token, kind_of(tokens, token), answer, tally)


def asked(actors: DocumentActors) -> Answer:
    """What the product answers for a word."""

    def answer(head: Token) -> list[Entity]:
        found = actors.who(head.index)
        return [] if found is None else [actors.entities[i] for i in found.entities]

    return answer


def _ask(
    labelled: Labelled, label: LabelledMention, head: Token, kind: str, answer: Answer, tally: Tally
) -> tuple[str, set[str]]:
    wanted = [labelled.actors[n] for n in label.names]
    found = answer(head)
    states = {state_of_entity(e, labelled.actors.values()) for e in found}
    outcome = "none" if not found else "right" if states == {state_of_actor(a) for a in wanted} else "wrong"
    tally.add(kind, outcome)
    if found and all(any(is_same(a, e) for e in found) for a in wanted) and len(found) == len(wanted):
        tally.counts[kind, "actor right"] += 1
        tally.counts["all", "actor right"] += 1
    return outcome, states


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    args = parser.parse_args()
    documents = load(args.folders, args.cache)
    sides, mentions = Tally(), Tally()
    for d in documents:
        actors = find_actors(d.article, d.parse)
        measure(d, asked(actors), sides)
        if d.is_full:
            measure_mentions(d, actors, mentions)
    print(sides.table(), mentions.table(), sep="\n")
    print("lost in cleaning", sum(d.lost for d in documents))


if __name__ == "__main__":
    main()
