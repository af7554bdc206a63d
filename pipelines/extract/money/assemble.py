"""Figures of a document: amounts as the text writes them, and what the reader says of each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.cuts import CUTS, Cuts
from pipelines.extract.evidence import READER, of_choice, of_time
from pipelines.extract.facts import FieldEvidence, Figure, TimeExpression
from pipelines.extract.money.amounts import Amount
from pipelines.extract.money.conversions import state_usd
from pipelines.extract.money.part_ends import share_ends
from pipelines.extract.money.parts import link_parts, link_total
from pipelines.extract.money.purpose import code_of_money, purpose_names
from pipelines.extract.money.purpose_model import Told
from pipelines.extract.sureness import figure_sureness
from pipelines.extract.words import Words, in_order, of_relation, open_sides
from pipelines.language.parse import Article, Parse
from pipelines.reader.read import number_word
from pipelines.reader.readings import AmountReading, Choice, Reading
from pipelines.reference.roles import is_office

_AID_OR_LOAN = frozenset({"aid", "loan"})
_LONGEST_PURPOSE = 30  # words


@dataclass(frozen=True)
class _Taken:
    """Where amounts stand: sentences, and words in ascending order."""

    sentences: frozenset[int]
    words: list[int]

    def end(self, first: int, last: int) -> int:
        """The last word of a span that ends before the next amount in it; before `first` where one stands at its start."""
        at = bisect_left(self.words, first)
        return self.words[at] - 1 if at < len(self.words) and self.words[at] <= last else last


def figures_of(
    reading: Reading,
    article: Article,
    parse: Parse,
    amounts: list[tuple[int, Amount]],
    actors: DocumentActors,
    times: list[TimeExpression],
    cuts: Cuts = CUTS,
) -> list[Figure]:
    """Every amount of money (`scan_amounts` of the document), in text order. Pure."""
    words = Words(parse, actors, times, cuts.stands)
    by_word = {a.word: a for a in reading.amounts}
    figures: list[Figure] = []
    at: dict[int, int] = {}  # word of an amount -> figure
    said: list[AmountReading | None] = []
    taken = _Taken(
        frozenset(sentence for sentence, _ in amounts),
        [token.index for _, a in amounts for token in words.parse.tokens_in(a.start, a.end)],
    )
    for sentence, amount in amounts:
        tokens = parse.tokens_in(amount.start, amount.end)
        anchor = number_word(tokens)
        found = by_word.get(anchor.index) if anchor is not None else None
        for token in tokens:
            at.setdefault(token.index, len(figures))
        figures.append(_figure(sentence, amount, found, words, taken, cuts))
        said.append(found)
    for i, found in enumerate(said):
        if found is not None:
            link_total(parse.text, of_relation(found.links, "total"), figures, i, at, cuts)
    link_parts(parse, figures)
    _leave_sectors_to_parts(figures)
    share_ends(figures, actors)
    state_usd(parse, figures)
    for figure in figures:
        figure.confidence = min(figure.confidence, figure_sureness(figure))
    return figures


def _figure(
    sentence: int, amount: Amount, found: AmountReading | None, words: Words, taken: _Taken, cuts: Cuts
) -> Figure:
    figure = Figure(
        sentence, amount.start, amount.end, words.parse.text[amount.start : amount.end], amount.amount, amount.low,
        amount.high, amount.currency, qualifier=amount.qualifier, confidence=1.0,
    )  # fmt: skip
    figure.evidence = [
        FieldEvidence("amount", figure.text, f"amount: {amount.made_by}", None, amount.start, amount.end)
    ]
    if found is None:
        return figure
    found = replace(found, factuality=_factuality(found.factuality, cuts.negated))
    figure.figure_kind, figure.factuality = found.kind.label, found.factuality.label
    if found.kind.label in _AID_OR_LOAN:
        figure.flow_stage = found.stage.label
    payer, payee = _end(found, "payer", words, cuts.payer), _end(found, "payee", words, cuts.payee)
    if found.kind.label in _AID_OR_LOAN:
        payer, payee = _of_state(payer, words), _of_state(payee, words)
    if payer.entity is not None and payer.entity == payee.entity:
        if payer.probability >= payee.probability:
            payee = replace(payee, entity=None)
        else:
            payer = replace(payer, entity=None)
    figure.payer, figure.payee = payer.entity, payee.entity
    period = words.time(of_relation(found.links, "time"), cuts.period)
    if period is not None:
        days = open_sides(period[0], (period[0].date_start, period[0].date_end), words.parse)
        period = period if in_order(*days) else None
    if period is not None:
        figure.period_start, figure.period_end = days
    purpose = _purpose(found, words, taken, cuts)
    if purpose is not None:
        figure.purpose = purpose.value
    sector = _sector(figure, words, cuts) if figure.figure_kind in _AID_OR_LOAN else None
    if sector is not None:
        figure.purpose_code = sector.value
        figure.purpose_name = purpose_names().get(sector.value or "")
    figure.open_payer = None if payer.entity is not None else payer.probability
    figure.open_payee = None if payee.entity is not None else payee.probability
    figure.evidence += _evidence(figure, found)
    figure.evidence += [
        e for e in (payer.evidence("payer", words), payee.evidence("payee", words), purpose, sector) if e
    ]
    said_by = words.one(of_relation(found.links, "attributed"), cuts.attributed)
    if said_by is not None:
        figure.attributed_to, word, p = said_by
        figure.evidence.append(
            words.evidence("attributed_to", words.actors.entities[figure.attributed_to].name, word, p)
        )
    if period is not None:
        figure.evidence.append(of_time("period", period[0], period[1], figure.period_start, figure.period_end))
    return figure


def _factuality(choice: Choice, least_negated: float) -> Choice:
    """The likeliest factuality; of money that moves not surely enough not at all, the next."""
    if choice.label != "negated" or choice.probability >= least_negated or choice.runner_up is None:
        return choice
    return Choice(choice.runner_up, choice.runner_up_probability, choice.label, choice.probability)


def _evidence(figure: Figure, found: AmountReading) -> list[FieldEvidence]:
    """What kind, stage and factuality rest on."""
    start, end = figure.start_char, figure.end_char
    rows = [of_choice("figure_kind", found.kind, start, end)]
    if figure.figure_kind in _AID_OR_LOAN:
        rows.append(of_choice("flow_stage", found.stage, start, end))
    rows.append(of_choice("factuality", found.factuality, start, end))
    return rows


@dataclass(frozen=True, slots=True)
class _End:
    """Who stands at an end of the money, by which word; with nobody the chance that nobody does."""

    entity: int | None
    probability: float
    word: int | None = None

    def evidence(self, field: str, words: Words) -> FieldEvidence | None:
        if self.entity is None or self.word is None:
            return None
        return words.evidence(field, words.actors.entities[self.entity].name, self.word, self.probability)


def _end(found: AmountReading, relation: str, words: Words, cut: float) -> _End:
    """The one actor at an end of the money; nobody where the links lead to nobody surely enough."""
    links = of_relation(found.links, relation)
    total = sum(link.probability for link in links)
    people: dict[int, float] = {}
    surest: dict[int, int] = {}
    for link in links:
        who = words.who(link)
        for p in who.participants if who is not None else ():
            people[p.entity] = people.get(p.entity, 0.0) + link.probability
            surest.setdefault(p.entity, link.word)
    if people:
        best = max(people, key=lambda e: people[e])
        if people[best] >= cut:
            return _End(best, min(people[best], 1.0), surest[best])
    return _End(None, max(1.0 - total, 0.05))


def _of_state(end: _End, words: Words) -> _End:
    """Aid and loans that a person in office announces or asks for are his state's, where the document has it.

    A private person's gift is his own.
    """
    if end.entity is None:
        return end
    person = words.actors.entities[end.entity]
    if person.actor_type != "person" or not is_office(person.role):
        return end
    country = person.country
    state = words.actors.known_state(country) if country else None
    return end if state is None else replace(end, entity=state)


def _purpose(found: AmountReading, words: Words, taken: _Taken, cuts: Cuts) -> FieldEvidence | None:
    """The words between the surest first and last word of a purpose.

    They end before another amount, whose own purpose follows it; in another sentence than the amount's they stand only
    where no amount does: there they are that one's.
    """
    best: tuple[float, int, int] | None = None
    tokens = words.parse.tokens
    own = tokens[found.word].sentence
    for first in of_relation(found.links, "purpose_first"):
        for last in of_relation(found.links, "purpose_last"):
            sentence = tokens[first.word].sentence
            if (
                0 <= last.word - first.word <= _LONGEST_PURPOSE
                and sentence == tokens[last.word].sentence
                and (sentence == own or sentence not in taken.sentences)
                and not first.word <= found.word <= last.word
            ):
                p = (first.probability * last.probability) ** 0.5
                end = taken.end(first.word, last.word)
                while first.word <= end < last.word and tokens[end].pos in ("CCONJ", "PUNCT", "DET"):
                    end -= 1
                if end >= first.word and (best is None or p > best[0]):
                    best = (p, first.word, end)
    if best is None or best[0] < cuts.purpose:
        return None
    p, first_word, last_word = best
    start, end = tokens[first_word].start, tokens[last_word].end
    return FieldEvidence("purpose", words.parse.text[start:end], READER, round(p, 3), start, end)


def _leave_sectors_to_parts(figures: list[Figure]) -> None:
    """A total without words of its own for a purpose has no sector by its sentence where a part of it tells one: those words are the part's."""
    for part in figures:
        if part.part_of is None or part.purpose is None:
            continue
        total = figures[part.part_of]
        if total.purpose is None and total.purpose_code is not None:
            total.purpose_code = total.purpose_name = None
            total.evidence = [e for e in total.evidence if e.field != "purpose_code"]


def _sector(figure: Figure, words: Words, cuts: Cuts) -> FieldEvidence | None:
    """The code of what aid or a loan is for, by a model where it is sure; it has to be surer where no words say a purpose."""
    sentence = words.parse.sentences[figure.sentence_index]
    title = words.actors.article.title if words.actors.article else None
    beside = words.parse.sentences[max(figure.sentence_index - 1, 0) : figure.sentence_index + 2]
    told = Told(
        figure.purpose, words.parse.text[sentence.start : sentence.end], title or "",
        " ".join(words.parse.text[s.start : s.end] for s in beside if s is not sentence),
    )  # fmt: skip
    coded = code_of_money(told, cuts.sector if figure.purpose else cuts.sector_alone)
    if coded is None:
        return None
    span = sentence.start, sentence.end
    return FieldEvidence("purpose_code", coded[0], "model of sectors", round(coded[1], 3), *span)
