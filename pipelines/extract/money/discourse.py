"""What a figure takes over from the text around: the same sum told before, its total, its conversion, the flow told of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.facts import Figure
from pipelines.extract.money.context import Context
from pipelines.extract.money.conversions import is_restated
from pipelines.extract.money.flows import FlowReader
from pipelines.extract.money.givers import is_mainly_giver
from pipelines.extract.money.kinds import stage_of
from pipelines.extract.money.parties import GIVING_NOUNS, GIVING_VERBS, Parties
from pipelines.extract.money.periods import Periods
from pipelines.extract.money.purpose import code_by_rule, code_of_phrase, code_of_text
from pipelines.extract.money.topic import Topic
from pipelines.language.parse import Article, Parse

_FLOWS = frozenset({"aid", "loan"})
# A text this short is the description of one flow, as aid databases have them: its whole wording tells the sector.
_DESCRIPTION_CHARS = 3000
_DESCRIPTION_SENTENCES = 16
_PUBLIC = frozenset({"country", "igo", "government_body", "armed_forces", "population", "ngo"})
# Kinds whose two ends a text is expected to name, and those that a description of aid leaves without a word of their own.
_MOVING = frozenset({"aid", "loan", "debt", "investment"})
_WORKS_OF_AID = frozenset({"commitment", "construction", "reconstruction", "rehabilitation"})
_ALLOTTED = re.compile(r"verb (?:allocate|appropriate|earmark)\b")
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
    flows: FlowReader,
    open_ends: Open,
) -> None:
    """Fills what a figure's own sentence leaves open."""
    before = [f.figure_kind for f in figures]
    _pass_on_kind(parse, figures)
    for context, figure, kind in zip(contexts, figures, before, strict=True):
        if kind in ("other", "price") and figure.figure_kind in _FLOWS | {"debt", "budget", "investment"}:
            ends = flows.ends(context, figure.figure_kind)  # not read while it looked like no flow
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
            _inherit(figure, figures[figure.part_of], period=True)
        same = _same_money(figures, i)
        # the same sum told of twice is one flow; where it goes to two receivers, two flows are alike
        if len({figures[j].recipient for j in same} - {None}) <= 1 and not groups & {i, *same}:
            for j in same:
                _inherit(figure, figures[j], period=False)
        if i and _is_conversion(parse, figures[i - 1], figure):
            _copy(figure, figures[i - 1])
    _pass_on_donor(figures, 2 if description else 1, set() if description else unnamed)
    _fill_ends(article, parse, actors, flows, figures, groups, description)
    if article.published_on is not None:
        _fill_by_topic(article, parse, actors, figures, groups, unnamed)
    _name_bodies(figures, open_ends)
    _beneficiaries(figures)
    for context, figure in zip(contexts, figures, strict=True):
        if article.published_on is not None and figure.figure_kind in _FLOWS:
            periods.drop_short(figure)
        if figure.figure_kind == "debt" and figure.purpose_code is None:
            figure.purpose_code = _debt_relief(parse, context)
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
        if figure.purpose_code is None:
            figure.purpose_code = _code(article, parse, context, figure, short)


def _speaks_of_giving(parse: Parse, actors: DocumentActors, figures: list[Figure]) -> bool:
    """Whether a short text can be the description of one flow between states, and not a company's results or a price."""
    if len({e.country for e in actors.entities if e.country}) < 2:
        return False
    if any(f.figure_kind in _FLOWS or f.figure_kind == "debt" for f in figures):
        return True
    return any(
        t.lemma.lower() in (GIVING_VERBS if t.pos == "VERB" else GIVING_NOUNS | _WORKS_OF_AID) for t in parse.tokens
    )


def _debt_relief(parse: Parse, context: Context) -> str | None:
    """The code of debt relief where a debt's own sentence says that it was forgiven, cancelled or put off."""
    sentence = parse.sentences[context.sentence]
    code = code_by_rule(parse.text[sentence.start : sentence.end])
    return code if code is not None and code.startswith("600") else None


def _code(article: Article, parse: Parse, context: Context, figure: Figure, description: bool) -> str | None:
    tokens = parse.tokens
    words = parse.text[
        tokens[min(context.left, len(tokens) - 1)].start : tokens[max(context.left, context.right - 1)].end
    ]
    if description:
        return code_of_text(f"{article.title or ''} {parse.text}")
    if figure.purpose:
        return code_of_phrase(figure.purpose) or code_by_rule(words) or "998"
    return None


def _inherit(figure: Figure, source: Figure, period: bool) -> None:
    if figure.figure_kind in ("other", "budget") and source.figure_kind in _FLOWS and figure.figure_kind == "other":
        figure.figure_kind = source.figure_kind
    if figure.figure_kind not in _FLOWS | {"debt", "investment", "trade"} or (
        source.figure_kind not in _FLOWS and source.figure_kind != figure.figure_kind
    ):
        return
    if figure.donor is None and source.donor != figure.recipient:
        figure.donor = source.donor
    if figure.recipient is None and source.recipient != figure.donor:
        figure.recipient = source.recipient
    if figure.flow_stage == "unspecified":
        figure.flow_stage = source.flow_stage
    if period and figure.period_start is None and figure.period_end is None:
        figure.period_start, figure.period_end = source.period_start, source.period_end


def _is_conversion(parse: Parse, before: Figure, figure: Figure) -> bool:
    """Whether a figure tells the one before it in another currency: "3 million rubles (about $50,000)"."""
    return before.sentence_index == figure.sentence_index and is_restated(parse, before, figure)


def _copy(figure: Figure, source: Figure) -> None:
    """The same money in another currency is the same flow in every respect."""
    figure.figure_kind, figure.flow_stage, figure.factuality = source.figure_kind, source.flow_stage, source.factuality
    figure.donor, figure.recipient, figure.attributed_to = source.donor, source.recipient, source.attributed_to
    figure.purpose, figure.purpose_code = source.purpose, source.purpose_code
    figure.period_start, figure.period_end = source.period_start, source.period_end


def _same_money(figures: list[Figure], i: int) -> list[int]:
    """Earlier and later figures of the same sum and currency."""
    figure = figures[i]
    if figure.amount is None:
        return []
    return [
        j
        for j, other in enumerate(figures)
        if j != i and other.amount == figure.amount and other.currency == figure.currency
    ]


def _is_weak(figure: Figure) -> bool:
    return "no cue" in figure.rule or "; near " in figure.rule


def _pass_on_kind(parse: Parse, figures: list[Figure]) -> None:
    """A figure without a cue of its own takes the kind of its total, its conversion or the figure before in its sentence."""
    for i, figure in enumerate(figures):
        weak = _is_weak(figure)
        total = None if figure.part_of is None else figures[figure.part_of]
        if (
            weak
            and total is not None
            and total.figure_kind in _FLOWS
            and figure.figure_kind in ("other", "budget", "aid")
        ):
            figure.figure_kind = total.figure_kind
            continue
        if weak and figure.figure_kind in ("other", "budget"):
            told = [figures[j] for j in _same_money(figures, i) if figures[j].figure_kind in _FLOWS]
            if any(not _is_weak(f) for f in told):
                figure.figure_kind = told[0].figure_kind
                continue
        if figure.figure_kind == "budget" and re.search(
            r"noun (?:program|programme|package|plan|initiative)\b", figure.rule
        ):
            # a programme told of among aid figures is the same aid
            around = [
                f
                for f in figures[max(0, i - 2) : i + 3]
                if f is not figure and abs(f.sentence_index - figure.sentence_index) <= 3
            ]
            if any(f.figure_kind == "aid" for f in around):
                figure.figure_kind = "aid"
            continue
        if figure.figure_kind != "other" or "no cue" not in figure.rule:
            continue
        if total is not None and total.figure_kind != "other":
            figure.figure_kind = total.figure_kind
        elif i and figures[i - 1].sentence_index == figure.sentence_index:
            figure.figure_kind = figures[i - 1].figure_kind
        else:
            same = next((figures[j] for j in _same_money(figures, i) if figures[j].figure_kind != "other"), None)
            if same is not None:
                figure.figure_kind = same.figure_kind


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


def _pass_on_donor(figures: list[Figure], reach: int, unnamed: set[int]) -> None:
    """Within a sentence or the next `reach`, aid goes on from the donor named last where nobody else is named.

    `unnamed`: figures that somebody without a name gives.
    """
    last: Figure | None = None
    for i, figure in enumerate(figures):
        if figure.figure_kind not in _FLOWS:
            allotted = (
                last is not None and last.sentence_index == figure.sentence_index and _ALLOTTED.search(figure.rule)
            )
            if allotted and last is not None and figure.donor is None and figure.figure_kind == "budget":
                figure.donor = last.donor
                figure.rule += "; donor: figure before"
            continue
        if figure.donor is None and i in unnamed:
            last = None
            continue
        if last is not None and figure.sentence_index - last.sentence_index <= reach:
            if figure.donor is None and last.donor is not None and last.donor != figure.recipient:
                figure.donor = last.donor
                figure.rule += "; donor: figure before"
        if figure.donor is not None:
            last = figure


def _fill_ends(
    article: Article,
    parse: Parse,
    actors: DocumentActors,
    flows: FlowReader,
    figures: list[Figure],
    groups: set[int],
    description: bool,
) -> None:
    """The missing end is the sentence's other state; in a text that describes one flow, the text's other party.

    `groups` are the figures whose own words name a group of receivers ("developing countries"): those stay without a
    recipient.
    """
    open_ends = [f for f in figures if f.figure_kind in _MOVING and (f.donor is None or f.recipient is None)]
    if not open_ends and not description:
        return
    parties = Parties(parse, actors, flows)
    lone = not any(f.figure_kind in _FLOWS for f in figures)
    for i, figure in enumerate(figures):
        if figure.figure_kind not in _MOVING and not (
            description and lone and figure.figure_kind in ("budget", "other", "price")
        ):
            continue
        giver = actors.entities[figure.donor].country if figure.donor is not None else None
        # whom a company or a person pays is mostly no state, whatever states are named beside them
        public = figure.donor is not None and actors.entities[figure.donor].actor_type in _PUBLIC
        here = parties.by_sentence.get(figure.sentence_index, [])
        if figure.recipient is None and figure.donor is not None and i not in groups:
            others = [c for c in here if c != giver]
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
