"""Money of one document: amounts, who pays whom, for what, and which total a part belongs to."""

from __future__ import annotations

import re

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.attribution import attribution_of
from pipelines.extract.facts import Figure, TimeExpression
from pipelines.extract.money.context import Context, read_contexts
from pipelines.extract.money.conversions import state_usd
from pipelines.extract.money.discourse import Open, complete
from pipelines.extract.money.ends import Ends
from pipelines.extract.money.flows import ends_of
from pipelines.extract.money.kinds import kind_of
from pipelines.extract.money.parts import link_parts
from pipelines.extract.money.payers import Payers
from pipelines.extract.money.period_shifts import year_earlier
from pipelines.extract.money.periods import Periods
from pipelines.extract.money.purpose import code_of_phrase, purpose_names
from pipelines.extract.money.purpose_phrase import purpose_of
from pipelines.extract.money.results import Cell, Results
from pipelines.extract.money.scan import scan_amounts
from pipelines.extract.money.stages import factuality_of, stage_of
from pipelines.language.parse import Article, Parse

_FLOWS = frozenset({"aid", "loan"})
# A result or a debt is of something, not for something, unless the words say so.
_PURPOSELESS = frozenset({"price", "other", "debt", "penalty"})
_FOR = re.compile(r"\b(?:for|to|toward|towards|on)\s(?:\w{1,14}\s){0,3}$", re.IGNORECASE)


def find_figures(article: Article, parse: Parse, actors: DocumentActors, times: list[TimeExpression]) -> list[Figure]:
    """Every amount of money of a document, in text order. Pure; nothing is raised on odd text."""
    contexts = read_contexts(parse, scan_amounts(article, parse))
    if not contexts:
        return []
    payers, periods, results = Payers(parse, actors), Periods(article, parse, times), Results(article, parse)
    weak: dict[int, int] = {}
    weak_givers: dict[int, int] = {}
    groups: set[int] = set()
    unnamed: set[int] = set()
    figures: list[Figure] = []
    for context in contexts:
        if (cell := results.cell(context.amount.start)) is not None:
            figure, ends = _in_table(context, parse, cell), Ends()
        else:
            figure, ends = _figure(context, parse, actors, payers, periods)
        year_earlier(parse, context, figure, figures[-1] if figures else None)
        if ends.group or (ends.crowd and article.published_on is not None):
            groups.add(len(figures))
        if ends.given_by_group:
            unnamed.add(len(figures))
        if ends.weak is not None:
            weak[len(figures)] = ends.weak
        if ends.weak_donor is not None:
            weak_givers[len(figures)] = ends.weak_donor
        figures.append(figure)
    state_usd(parse, figures)
    link_parts(parse, figures)
    complete(article, parse, actors, contexts, figures, periods, payers, Open(weak, weak_givers, groups, unnamed))
    for figure in figures:
        if figure.purpose_code:
            figure.purpose_name = purpose_names().get(figure.purpose_code)
    return figures


def _figure(
    context: Context, parse: Parse, actors: DocumentActors, payers: Payers, periods: Periods
) -> tuple[Figure, Ends]:
    """A figure by its own sentence, and what was read of its ends."""
    amount = context.amount
    kind, why = kind_of(context, parse, actors)
    ends = ends_of(payers, context, kind)
    if kind == "other" and why == "no cue" and (moved := _between_states(context, payers, actors)) is not None:
        kind, why, ends = "aid", "sent from state to state", moved
    if kind == "aid" and "verb" in why and _is_business(actors, ends):
        kind, why = "investment", f"{why}, to a company"
    figure = Figure(
        context.sentence, amount.start, amount.end, parse.text[amount.start : amount.end], amount.amount, amount.low,
        amount.high, amount.currency, qualifier=amount.qualifier, figure_kind=kind, donor=ends.donor,
        recipient=ends.recipient,
    )  # fmt: skip
    figure.flow_stage = stage_of(context, parse) if kind in _FLOWS else "unspecified"
    figure.factuality = factuality_of(context, kind)
    figure.attributed_to = attribution_of(context.head, actors)
    figure.period_start, figure.period_end = periods.of(
        context, kind, figure.flow_stage == "disbursed" or kind in ("price", "other")
    )
    purpose = purpose_of(context, parse, actors) if amount.per is None else None
    figure.purpose = purpose if kind not in _PURPOSELESS or _is_for(parse, amount.end, context, purpose) else None
    if kind == "debt" and figure.purpose and not figure.purpose.startswith("to "):
        figure.purpose = None  # what a bond is for is done with it
    if figure.purpose and kind in _FLOWS:
        figure.purpose_code = code_of_phrase(figure.purpose)
    found_by = (("donor", ends.donor_rule), ("recipient", ends.recipient_rule))
    figure.rule = "; ".join([amount.rule, why, *(f"{end}: {rule}" for end, rule in found_by if rule)])
    figure.confidence = _confidence(figure, why)
    return figure, ends


def _in_table(context: Context, parse: Parse, cell: Cell) -> Figure:
    """A figure in a table of company results."""
    amount = context.amount
    return Figure(
        context.sentence, amount.start, amount.end, parse.text[amount.start : amount.end], amount.amount, amount.low,
        amount.high, amount.currency, qualifier=amount.qualifier, figure_kind=cell.kind, period_start=cell.start,
        period_end=cell.end, confidence=0.8 if amount.currency else 0.5, rule=f"{amount.rule}; table of results",
    )  # fmt: skip


def _between_states(context: Context, payers: Payers, actors: DocumentActors) -> Ends | None:
    """Ends of money that one state sends to another: "so that he can send $3 billion to Iraq"."""
    if not any(v.lemma.lower() in ("send", "hand", "transfer", "receive", "get") for v in context.verbs[:1]):
        return None
    ends = ends_of(payers, context, "aid")
    if ends.donor is None or ends.recipient is None:
        return None
    types = {actors.entities[e].actor_type for e in (ends.donor, ends.recipient)}
    return ends if types <= {"country", "igo"} else None


def _is_business(actors: DocumentActors, ends: Ends) -> bool:
    """Whether what is pledged or given goes to a company."""
    taker = ends.recipient if ends.recipient is not None else ends.weak
    return taker is not None and actors.entities[taker].actor_type == "company"


def _is_for(parse: Parse, end: int, context: Context, purpose: str | None) -> bool:
    """Whether the words behind a figure say that it is for the purpose: "for X", "to do X"."""
    if not purpose:
        return False
    behind = " ".join(parse.text[end : parse.sentences[context.sentence].end].split())
    at = behind.find(purpose)
    return at >= 0 and (purpose.startswith("to ") or _FOR.search(behind[:at]) is not None)


def _confidence(figure: Figure, why: str) -> float:
    sure = 0.9 if figure.currency else 0.5
    if figure.figure_kind == "other":
        sure -= 0.2
    elif why.startswith("near"):
        sure -= 0.15
    if figure.figure_kind in _FLOWS and (figure.donor is None or figure.recipient is None):
        sure -= 0.15
    return round(max(sure, 0.2), 2)
