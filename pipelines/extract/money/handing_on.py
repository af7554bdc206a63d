"""What figures lend each other: kind, ends, stage and time of the same money, of a total and its parts, of a conversion."""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.extract.facts import Figure
from pipelines.extract.money.conversions import is_restated
from pipelines.language.parse import Parse

# A sum told more often than this in one text is a price or a limit, not one flow told again and again.
_OFTENEST = 20
# Sentences within which a round sum told again is the same.
_CLOSE = 3
_COMPARED = re.compile(
    r"(?:\b(?:compared (?:with|to)|against|versus|vs\.?|up from|down from)|\w from)\s(?:a |an |only |just |about |some |nearly ){0,2}$",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:the|that|this|these|those)\s$", re.IGNORECASE)
_FLOWS = frozenset({"aid", "loan"})
_ALLOTTED = re.compile(r"verb (?:allocate|appropriate|earmark)\b")


def inherit(figure: Figure, source: Figure, period: bool) -> None:
    """Fills what a figure leaves open with what the same money, or its total, tells; its time if `period`."""
    if period and figure.figure_kind == "other" and source.figure_kind in _FLOWS and _is_weak(figure):
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


def is_conversion(parse: Parse, before: Figure, figure: Figure) -> bool:
    """Whether a figure tells the one before it in another currency: "3 million rubles (about $50,000)"."""
    return before.sentence_index == figure.sentence_index and is_restated(parse, before, figure)


def copy_flow(figure: Figure, source: Figure) -> None:
    """The same money in another currency is the same flow in every respect."""
    figure.figure_kind, figure.flow_stage, figure.factuality = source.figure_kind, source.flow_stage, source.factuality
    figure.donor, figure.recipient, figure.attributed_to = source.donor, source.recipient, source.attributed_to
    figure.purpose, figure.purpose_code = source.purpose, source.purpose_code
    figure.period_start, figure.period_end = source.period_start, source.period_end


def same_sums(figures: list[Figure]) -> list[list[int]]:
    """For each figure the others of the same sum and currency; none where a sum is told too often to be one flow."""
    told: dict[tuple[Decimal, str | None], list[int]] = {}
    for i, figure in enumerate(figures):
        if figure.amount is not None:
            told.setdefault((figure.amount, figure.currency), []).append(i)
    alike: list[list[int]] = [[] for _ in figures]
    for group in told.values():
        if 1 < len(group) <= _OFTENEST:
            for i in group:
                alike[i] = [j for j in group if j != i]
    return alike


def _is_telling(text: str, figure: Figure, other: Figure) -> bool:
    """Whether two equal sums are the same money: round ones only close together, or where "the" points back."""
    if _POINTING.search(text, max(0, figure.start_char - 8), figure.start_char):
        return True
    digits = len(str(int(figure.amount or 0)).rstrip("0"))
    return digits >= 2 or abs(figure.sentence_index - other.sentence_index) <= _CLOSE


def _is_weak(figure: Figure) -> bool:
    return "no cue" in figure.rule or "; near " in figure.rule


def pass_on_kind(text: str, figures: list[Figure], alike: list[list[int]]) -> None:
    """A figure without a cue of its own takes the kind of its total, its conversion or the figure before in its sentence."""
    _balances(figures)
    for i, figure in enumerate(figures):
        weak = _is_weak(figure)
        before = figures[i - 1] if i and figures[i - 1].sentence_index == figure.sentence_index else None
        if weak and before is not None and _is_compared(text, figure):
            figure.figure_kind = before.figure_kind  # "totalled $5 million compared with $4 million"
            continue
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
            told = [
                figures[j]
                for j in alike[i]
                if figures[j].figure_kind in _FLOWS and _is_telling(text, figure, figures[j])
            ]
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
            same = next(
                (
                    figures[j]
                    for j in alike[i]
                    if figures[j].figure_kind != "other" and _is_telling(text, figure, figures[j])
                ),
                None,
            )
            if same is not None:
                figure.figure_kind = same.figure_kind


def _balances(figures: list[Figure]) -> None:
    """A deficit or surplus told without saying of what is the trade balance where the text tells of that one."""
    for noun in ("deficit", "surplus"):
        told = [f for f in figures if f" {noun}" in f.rule]
        if any(f.figure_kind == "trade" for f in told):
            for figure in told:
                figure.figure_kind = "trade"


def _is_compared(text: str, figure: Figure) -> bool:
    return _COMPARED.search(text, max(0, figure.start_char - 40), figure.start_char) is not None


def pass_on_donor(figures: list[Figure], reach: int, unnamed: set[int]) -> None:
    """Within a sentence or the next `reach`, aid goes on from the donor named last where nobody else is named.

    `unnamed`: figures that somebody without a name gives.
    """
    last: Figure | None = None
    receivers = {f.recipient for f in figures if f.figure_kind in _FLOWS}
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
            if figure.donor is None and last.donor not in (None, figure.recipient) and last.donor not in receivers:
                figure.donor = last.donor
                figure.rule += "; donor: figure before"
        if figure.donor is not None:
            last = figure
