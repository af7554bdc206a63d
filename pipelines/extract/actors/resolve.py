"""Whom the candidates of a document stand for, by the network: probabilities over options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.extract.actors.candidates import OWN_SUBJECT, Candidate, add_links, candidates
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.features import FeatureMaker, Floats
from pipelines.extract.actors.lemmas import LemmaTable
from pipelines.extract.actors.network import Network, softmax
from pipelines.extract.actors.options import Options
from pipelines.extract.actors.pointers import Pointers
from pipelines.extract.quotation_marks import quotation_spans
from pipelines.extract.speech import SpeechFinder
from pipelines.language.parse import Parse, Token

_FEWEST_WORDS = 3


@dataclass(slots=True)
class Resolved:
    """Candidates of a document, their options, and the probability of each: (n, k), the last column is nobody's."""

    found: list[Candidate]
    options: Options
    probabilities: Floats


def prepare(actors: DocumentActors, lemmas: LemmaTable, nouns: frozenset[str]) -> FeatureMaker | None:
    """Candidates, options and arrays of a document whose names are found; None where there is no candidate."""
    parse = actors.parse
    named = actors.named_tokens()
    found = candidates(parse, named | actors.in_sums, nouns)
    if not found:
        return None
    speakers = speakers_of(parse)
    add_links(parse, found, speakers, named, actors.not_owners)
    options = Options(actors, found)
    return FeatureMaker(actors, found, options, lemmas, set(speakers))


def resolve(actors: DocumentActors, network: Network, pointers: Pointers) -> Resolved | None:
    """Probabilities of whom each candidate stands for; None where there is no candidate."""
    maker = prepare(actors, network.lemmas, network.nouns)
    if maker is None:
        return None
    first = network.first.scores(maker.first_pass())
    answers = answers_of(first)
    second = network.second.scores(maker.second_pass(answers))
    second = pointers.on_options(maker, second, answers)
    return Resolved(maker.found, maker.options, apart(maker, softmax(second)))


def apart(maker: FeatureMaker, probabilities: Floats) -> Floats:
    """The same probabilities where an object pronoun is not who its own clause's subject is ("he criticised him")."""
    found = probabilities.copy()
    for i, candidate in enumerate(maker.found):
        if not candidate.is_pronoun or candidate.head.lower.endswith(("self", "selves")):
            continue
        for link, token in candidate.links:
            if link == OWN_SUBJECT:
                there = maker.shown(token, found)
                if there is not None:
                    found[i, :-1] *= 1 - np.minimum(there[:-1], 1)
                    found[i] /= max(float(found[i].sum()), 1e-9)
    return found


def answers_of(scores: Floats) -> Floats:
    """Probabilities (n, k) of a pass as the next one takes them: nobody's share is left out."""
    found = softmax(scores)
    found[:, -1] = 0
    return found


def speakers_of(parse: Parse) -> dict[int, Token]:
    """The head word of who says the direct quotation that a token stands in, by token."""
    finder = SpeechFinder(parse)
    found: dict[int, Token] = {}
    last: tuple[int, Token] | None = None
    for start, end in quotation_spans(parse.text):
        inner = parse.tokens_in(start, end)
        if len(inner) < _FEWEST_WORDS:
            continue
        subject, _ = finder.speaker(inner, start, end)
        if subject is None and last is not None and "\n\n" not in parse.text[last[0] : start].strip():
            subject = last[1] if start - last[0] < 400 else None
        if subject is None:
            continue
        last = (end, subject)
        found.update((t.index, subject) for t in inner)
    return found


def best_two(row: Floats) -> tuple[int, int]:
    """The likeliest option of a candidate that is somebody, and the next; -1 where there is none."""
    order = np.argsort(-row[:-1], kind="stable")[:2].tolist()
    best, second = (*order, -1, -1)[:2]
    return best, second
