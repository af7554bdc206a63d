"""What a figure takes over from the text around: the same sum told before, its total, its conversion, the flow told of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure
from pipelines.extract.money.context import Context
from pipelines.extract.money.flows import ends_of
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.extract.money.handing_on import (
    copy_flow,
    inherit,
    is_conversion,
    pass_on_donor,
    pass_on_kind,
    same_sums,
)
from pipelines.extract.money.parties import GIVING_NOUNS, GIVING_VERBS, Parties
from pipelines.extract.money.payers import Payers
from pipelines.extract.money.period_shifts import as_fiscal
from pipelines.extract.money.periods import Periods
from pipelines.extract.money.sectors import Sectors
from pipelines.extract.money.stages import is_future, stage_of
from pipelines.extract.money.topic import Topic
from pipelines.language.parse import Article, Parse, Token

_FLOWS = frozenset({"aid", "loan"})
# A text this short is the description of one flow, as aid databases have them: its whole wording tells the sector.
_DESCRIPTION_CHARS = 3000
_DESCRIPTION_SENTENCES = 16
_PUBLIC = frozenset({"country", "igo", "government_body", "armed_forces", "population", "ngo"})
# Kinds whose two ends a text is expected to name, and those that a description of aid leaves without a word of their own.
_MOVING = frozenset({"aid", "loan", "debt", "investment"})
_WORKS_OF_AID = frozenset({"commitment", "construction", "reconstruction", "rehabilitation"})
# What is told by the piece, the ton or the week is no flow, however little else a text tells.
# What is done about a state's debt.
_DEALT_WITH = frozenset([
    "forgive", "cancel", "write", "waive", "pardon", "reschedule", "rescheduling", "restructure", "relieve", "relief",
    "cancellation", "forgiveness", "repay", "pay"
])  # fmt: skip
_RATES = re.compile(r"price for (?:one|each)|rate in time|quotation|per share|table of results|a market's")
_LOOSE = frozenset({"other", "budget", "price"})


@dataclass(frozen=True, slots=True)
class Open:
    """What was read of ends that no state or organisation answers to, by figure.

    `weak` and `weak_givers`: recipients and donors of no known state; `groups`: figures for a group without a name,
    `unnamed`: figures from one.
    """

    weak: dict[int, int]
    weak_givers: dict[int, int]
    groups: set[int]
    unnamed: set[int]


def complete(
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    contexts: list[Context],
    figures: list[Figure],
    periods: Periods,
    payers: Payers,
    open_ends: Open,
) -> None:
    """Fills what a figure's own sentence leaves open."""
    before = [f.figure_kind for f in figures]
    alike = same_sums(figures)
    pass_on_kind(parse.text, figures, alike)
    for context, figure, kind in zip(contexts, figures, before, strict=True):
        if kind in ("other", "price") and figure.figure_kind in _FLOWS | {"debt", "budget", "investment"}:
            ends = ends_of(payers, context, figure.figure_kind)  # not read while it looked like no flow
            figure.donor, figure.recipient = ends.donor, ends.recipient
            found = (("donor", ends.donor_rule), ("recipient", ends.recipient_rule))
            figure.rule += "".join(f"; {end}: {rule}" for end, rule in found if rule)
    # A dated text is a report: it tells of several things, and what one figure leaves open is not another's to fill.
    short = (
        article.published_on is None
        and len(parse.text) <= _DESCRIPTION_CHARS
        and len(parse.sentences) <= _DESCRIPTION_SENTENCES
    )
    description = short and _speaks_of_giving(parse, actors, figures)
    groups, unnamed = open_ends.groups, open_ends.unnamed
    if not description:
        _name_bodies(figures, open_ends)
    for i, figure in enumerate(figures):
        if figure.part_of is not None:
            inherit(figure, figures[figure.part_of], period=True)
        same = alike[i]
        # the same sum told of twice is one flow; where it goes to two receivers, two flows are alike
        if len({figures[j].recipient for j in same} - {None}) <= 1 and not groups & {i, *same}:
            for j in same:
                inherit(figure, figures[j], period=False)
        if i and is_conversion(parse, figures[i - 1], figure):
            copy_flow(figure, figures[i - 1])
    pass_on_donor(figures, 2 if description else 1, set() if description else unnamed)
    by_pronoun = {i for i, c in enumerate(contexts) if any(_is_of_pronoun(v) for v in c.verbs[:2])}
    _fill_ends(article, parse, actors, payers, figures, groups, by_pronoun, description)
    if article.published_on is not None:
        _fill_by_topic(article, parse, actors, figures, groups, unnamed)
    _name_bodies(figures, open_ends)
    _beneficiaries(figures)
    _shares_from_abroad(actors, contexts, figures)
    sectors = Sectors(article, parse, actors, figures, short)
    for context, figure in zip(contexts, figures, strict=True):
        if article.published_on is not None and figure.figure_kind in _FLOWS:
            periods.drop_short(figure)
        if figure.donor is not None and figure.figure_kind in _FLOWS | {"budget"}:
            as_fiscal(parse.text, periods.in_sentence(context.sentence), figure, actors.entities[figure.donor].country)
        if figure.figure_kind == "debt" and figure.purpose_code is None:
            figure.purpose_code = sectors.debt_relief(context)
        if figure.figure_kind not in _FLOWS and not description:
            continue
        if figure.flow_stage == "unspecified" and figure.figure_kind in _FLOWS:
            figure.flow_stage = stage_of(context, parse)
        if figure.period_start is None and figure.period_end is None and description:
            reach = len(parse.sentences)
            start, end = periods.before(context.sentence, reach)
            if start is None and end is None:
                start, end = periods.after(context.sentence, reach)
            figure.period_start, figure.period_end = start, end
        if figure.purpose_code is None and not _RATES.search(figure.rule):
            figure.purpose_code = sectors.code(context, figure)


def _speaks_of_giving(parse: Parse, actors: DocumentActors, figures: list[Figure]) -> bool:
    """Whether a short text can be the description of one flow between states, and not a company's results or a price."""
    if len({e.country for e in actors.entities if e.country}) < 2:
        return False
    if any(f.figure_kind in _FLOWS for f in figures):
        return True
    if any(f.figure_kind == "debt" for f in figures) and any(t.lemma.lower() in _DEALT_WITH for t in parse.tokens):
        return True
    return any(
        t.lemma.lower() in (GIVING_VERBS if t.pos == "VERB" else GIVING_NOUNS | _WORKS_OF_AID) for t in parse.tokens
    )


def _fill_by_topic(
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    figures: list[Figure],
    groups: set[int],
    unnamed: set[int],
) -> None:
    """What the report as a whole leaves no doubt of."""
    if not any((f.donor is None or f.recipient is None) and f.figure_kind in _FLOWS | {"debt"} for f in figures):
        return
    topic = Topic(article, parse, actors, figures)
    for i, figure in enumerate(figures):
        if i not in unnamed:
            topic.fill_lender(figure)
            topic.fill_giver(figure)
            topic.fill_sentence_giver(figure)
        if i not in groups:
            topic.fill_receiver(figure)


def _fill_ends(
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    payers: Payers,
    figures: list[Figure],
    groups: set[int],
    by_pronoun: set[int],
    description: bool,
) -> None:
    """The missing end is the sentence's other state; in a text that describes one flow, the text's other party.

    `groups` are the figures whose own words name a group of receivers ("developing countries"): those stay without a
    recipient. `by_pronoun` are those that a pronoun gives.
    """
    open_ends = [f for f in figures if f.figure_kind in _MOVING and (f.donor is None or f.recipient is None)]
    if not open_ends and not description:
        return
    parties = Parties(parse, actors, payers)
    lone = not any(f.figure_kind in _FLOWS for f in figures)
    for i, figure in enumerate(figures):
        if figure.figure_kind not in _MOVING and not (
            description and lone and figure.figure_kind in _LOOSE and not _RATES.search(figure.rule)
        ):
            continue
        giver = actors.entities[figure.donor].country if figure.donor is not None else None
        # whom a company or a person pays is mostly no state, whatever states are named beside them
        public = figure.donor is not None and actors.entities[figure.donor].actor_type in _PUBLIC
        here = parties.by_sentence.get(figure.sentence_index, [])
        if figure.recipient is None and figure.donor is not None and i not in groups:
            others = [c for c in here if c != giver]
            if not others and i in by_pronoun and article.published_on is not None and figure.figure_kind == "aid":
                # "Japan will help Chad. It will give $5 million": whom the sentence before names beside the giver
                told = parties.by_sentence.get(figure.sentence_index - 1, [])
                others = [c for c in told if c != giver] if giver in told and len(told) == 2 else []
            if article.published_on is not None:
                others = [c for c in others if not is_mainly_giver(c)] if len(others) == 1 else others
            if len(others) == 1 and figure.figure_kind in _FLOWS and public:
                _take(figure, actors.state(others[0]), "the sentence's other state")
        if description and parties.giver:
            if figure.donor is None and figure.figure_kind in _FLOWS | _LOOSE | {"debt"}:
                candidate = actors.state(parties.giver)
                if candidate != figure.recipient:
                    figure.donor = candidate
                    figure.rule += "; donor: the text's giver"
            if (
                figure.recipient is None
                and i not in groups
                and parties.receiver
                and figure.figure_kind in _FLOWS | _LOOSE
            ):
                candidate = actors.state(parties.receiver)
                if candidate != figure.donor:
                    _take(figure, candidate, "the text's receiver")


def _is_of_pronoun(verb: Token) -> bool:
    subject = verb.child("nsubj")
    return subject is not None and subject.lower in ("it", "they")


def _name_bodies(figures: list[Figure], open_ends: Open) -> None:
    """Donors and recipients of no known state, where no state answers."""
    for i, entity in open_ends.weak_givers.items():
        figure = figures[i]
        if figure.donor is None and entity != figure.recipient:
            figure.donor = entity
            figure.rule += "; donor: named person"
    for i, entity in open_ends.weak.items():
        figure = figures[i]
        if figure.recipient is None and entity != figure.donor and figure.figure_kind in _MOVING:
            _take(figure, entity, "named body")


def _take(figure: Figure, entity: int, rule: str) -> None:
    figure.recipient = entity
    figure.rule += f"; recipient: {rule}"


def _beneficiaries(figures: list[Figure]) -> None:
    """A project's cost is for whoever the loan told beside it is for."""
    for figure in figures:
        if (
            figure.figure_kind != "budget"
            or figure.recipient is not None
            or not re.search(r"noun (?:project|cost)\b", figure.rule)
        ):
            continue
        near = [
            f
            for f in figures
            if f.figure_kind in _FLOWS
            and f.recipient is not None
            and 0 <= figure.sentence_index - f.sentence_index <= 2
        ]
        if near and near[-1].recipient != figure.donor:
            _take(figure, near[-1].recipient or 0, "the loan's recipient")


def _shares_from_abroad(actors: DocumentActors, contexts: list[Context], figures: list[Figure]) -> None:
    """What a state that gives aid pays of a project in another state is aid; the other's own part stays its budget."""
    for context, figure in zip(contexts, figures, strict=True):
        if figure.figure_kind != "budget" or figure.donor is None or figure.part_of is None:
            continue
        home = figures[figure.part_of].recipient
        giver = actors.entities[figure.donor]
        if home is None or home == figure.donor or giver.actor_type != "country" or not is_mainly_giver(giver.country):
            continue
        figure.figure_kind = "aid"
        if figure.recipient is None:
            _take(figure, home, "the project's recipient")
        figure.flow_stage = "pledged" if any(is_future(v) for v in context.verbs[:1]) else "disbursed"
