"""Which figure is a stated part of which: "$5 million of the $20 million", "more than half -- $49 million", sums."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

from pipelines.extract.evidence import put
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.language.parse import Parse

_OF_THE = re.compile(
    r"\s{0,3}(?:\([^()]{0,40}\)\s{0,2})?(?:\w{1,14}\s){0,3}?(?:out )?of\s(?:the|a|that|its|their|this|an?)?\s?(?:\w{1,14}\s){0,2}?(?:more than|about|nearly|approximately|over|some|total|estimated)?\s{0,2}$",
    re.IGNORECASE,
)
# "profits by $10 million and sales of $1 billion": what is joined is no share.
_JOINED = re.compile(r"\b(?:and|or|but|on|against|with|while|from)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:,|\(|--|—|–|;|\s)\s{0,2}(?:including|of which|out of which|among (?:them|it)|comprising|consisting of|which includes?|includes?|(?:one|two|three)[\s-](?:third|half|quarter|fifth)s? of (?:which|it|that))\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s{0,2}(?:,|\(|--|—|–|;)\s{0,2}with\b", re.IGNORECASE)
# "600,000 dollars of the loan": a part of what was told of by that noun.
_OF_TOLD = re.compile(
    r"\s(?:of|from|out of) (?:the|this|that|these|those) (?:total |new )?(loan|grant|credit|aid|assistance|package|fund|debt|budget|sum|total)s?\b",
    re.IGNORECASE,
)
_SHARE_START = re.compile(
    r"\W{0,3}(?:(?:more|less) than |about |nearly |almost |over |some |roughly |only |just )?(?:(?:a |one[- ]|two[- ]|three[- ])?(?:half|quarters?|thirds?|fifths?|most|part|much|the rest|the remainder|the remaining|the balance|the bulk|\d{1,3}(?:\.\d)? ?(?:percent|per cent|pct|%))|of (?:that|this|which|the total|it|the money|the sum|the amount|those funds|these funds)|the rest|the remaining)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\bpart of\s(?:a|an|the|its|their|china's|this)?\s?(?:\w{1,14}[\s-]){0,4}$", re.IGNORECASE)
# A figure that another is compared with, and one that tells a difference: neither is a share of the other.
_COMPARED = re.compile(
    r"\b(?:from|against|compared (?:with|to)|versus|than|year[\s-]earlier|previously|budgeted|originally)\s(?:a |an |the )?"
    r"(?:\w{1,12}\s){0,2}$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\s(?:\w{1,12}\s)?(?:reduction|increase|rise|fall|drop|decline|decrease|cut|difference|gap|loss|profit)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:the rest|the remainder|the remaining|the balance)\b", re.IGNORECASE)


# Evidence of a share that is larger than what it is told to be of: both are flagged (sql/marts/parts_beyond_total.sql).
REFUSED = "part_of_refused"
# Confidence of a part and a total that cannot both be right.
_DOUBTED = 0.3
# How far back, in sentences, "the loan" can have been told of.
_TOLD_BEFORE = 6
# Kinds that are told of by total and parts, over several sentences.
_KINDS_OF_TOTALS = frozenset({"aid", "loan", "budget", "debt", "investment"})


def link_parts(parse: Parse, figures: list[Figure]) -> None:
    """Sets `part_of` of figures that the text tells as shares of another. A part is never larger than its total."""
    text = parse.text
    for i, figure in enumerate(figures):
        if figure.part_of is None and i:
            _by_words(text, parse, figures, i)
    for i, figure in enumerate(figures):
        if figure.part_of is None and (told := _OF_TOLD.match(text, figure.end_char)) is not None:
            _of_told(figures, i, told[1].lower())
    for i, total in enumerate(figures):
        before = text[max(0, total.start_char - 60) : total.start_char]
        if _PART_OF.search(before):
            _by_part_of(figures, i, total)
    _by_sum(text, figures)


def _link(figures: list[Figure], part: int, total: int, told: bool = False) -> bool:
    """Links a part to its total, if it can be one. `told`: the words leave no doubt that it is meant as one."""
    p, t = figures[part], figures[total]
    if part == total or p.part_of is not None or p.amount is None or p.currency != t.currency:
        return False
    whole = t.amount if t.amount is not None else t.amount_high
    if whole is not None and p.amount > whole and told:
        p.evidence.append(
            FieldEvidence(REFUSED, t.text, "words of a share, of a smaller sum", None, t.start_char, t.end_char)
        )
        p.confidence, t.confidence = min(p.confidence, _DOUBTED), min(t.confidence, _DOUBTED)
    if whole is None or p.amount >= whole:
        return False
    seen, at = {part}, t.part_of
    while at is not None:
        if at in seen:
            return False
        seen.add(at)
        at = figures[at].part_of
    p.part_of = total
    p.evidence.append(FieldEvidence("part_of", t.text, "words between the sums", None, t.start_char, t.end_char))
    return True


def share_ends(figures: list[Figure]) -> None:
    """A part is of its total's money: what its own words leave open (ends, stage, period) is the total's."""
    for figure in figures:
        if figure.part_of is None:
            continue
        total = figures[figure.part_of]
        if figure.figure_kind == "other":
            figure.figure_kind, figure.flow_stage = total.figure_kind, total.flow_stage
            if total.figure_kind != "other":
                _from_total(figure, "figure_kind", total.figure_kind, total)
                _from_total(figure, "flow_stage", total.flow_stage, total)
        if (
            figure.figure_kind == total.figure_kind
            and figure.flow_stage == "unspecified"
            and total.flow_stage != "unspecified"
        ):
            figure.flow_stage = total.flow_stage
            _from_total(figure, "flow_stage", total.flow_stage, total)
        if (
            figure.donor is None
            and figure.recipient is None
            and (total.donor is not None or total.recipient is not None)
        ):
            figure.donor, figure.recipient = total.donor, total.recipient
            for end, entity in (("payer", total.donor), ("payee", total.recipient)):
                if entity is not None:
                    name = next((e.value for e in total.evidence if e.field == end), None)
                    _from_total(figure, end, name, total)
        if figure.period_start is None and figure.period_end is None and total.period_start is not None:
            figure.period_start, figure.period_end = total.period_start, total.period_end
            _from_total(figure, "period", f"{total.period_start}/{total.period_end}", total)


def _from_total(figure: Figure, field: str, value: str | None, total: Figure) -> None:
    put(figure.evidence, FieldEvidence(field, value, "its total", None, total.start_char, total.end_char))


def _by_words(text: str, parse: Parse, figures: list[Figure], i: int) -> None:
    figure, previous = figures[i], figures[i - 1]
    if previous.sentence_index == figure.sentence_index:
        between = text[previous.end_char : figure.start_char]
        if len(between) <= 90 and _OF_THE.fullmatch(between) and not _JOINED.search(between):
            _link(figures, i - 1, i, told=True)
            return
        is_within = _WITHIN.search(between) or _WITH.match(between)
        if len(between) <= 160 and is_within and "." not in between:
            if _link(figures, i, i - 1):
                return
        # further members of a list that began with "including"
        if (
            previous.part_of is not None
            and not _is_compared(text, figure)
            and figures[previous.part_of].sentence_index == figure.sentence_index
            and re.search(r",|\band\b", between)
            and len(between) < 120
        ):
            if _link(figures, i, previous.part_of):
                return
        sentence_start = parse.sentences[figure.sentence_index].start
        lead = text[sentence_start : min(previous.start_char, sentence_start + 40)]
        if (
            previous.start_char - sentence_start < 40
            and re.search(r"\b(?:of|out of)\s(?:the|a|its|this|that)\s(?:\w{1,14}\s){0,3}$", lead, re.IGNORECASE)
            and lead.strip().lower().startswith(("of", "out of"))
        ):
            _link(figures, i, i - 1)
            return
    sentence = parse.sentences[figure.sentence_index]
    opening = text[sentence.start : min(figure.start_char, sentence.start + 90)]
    share = _SHARE_START.match(opening)
    if (
        share
        and figure.start_char - sentence.start < 90
        and (i == 0 or figures[i - 1].sentence_index < figure.sentence_index)
    ):
        for j in range(i - 1, -1, -1):
            if figure.sentence_index - figures[j].sentence_index > 2:
                break
            whole = figures[j].part_of
            total = whole if whole is not None and _REST.match(share.group().strip()) else j
            if _link(figures, i, total):
                return


def _of_told(figures: list[Figure], i: int, noun: str) -> None:
    """ "$2 million of the loan will go to": the loan told of last, if it is larger."""
    kinds = {"credit": "loan", "grant": "aid", "assistance": "aid", "package": "aid"}
    for j in range(i - 1, -1, -1):
        if figures[i].sentence_index - figures[j].sentence_index > _TOLD_BEFORE:
            return
        is_one = noun in ("sum", "total") or figures[j].figure_kind == kinds.get(noun, noun)
        if is_one and figures[j].part_of is None and _link(figures, i, j):
            return


def _by_part_of(figures: list[Figure], i: int, total: Figure) -> None:
    """ "The loan is part of a $26 million project": the figures before it, in its sentence or else the one before."""
    here = [j for j in range(i) if figures[j].sentence_index == total.sentence_index]
    if not here and i:
        last = figures[i - 1].sentence_index
        if total.sentence_index - last <= 2:
            here = [j for j in range(i) if figures[j].sentence_index == last]
    for j in here:
        _link(figures, j, i)


def _is_compared(text: str, figure: Figure) -> bool:
    return _COMPARED.search(text, max(0, figure.start_char - 40), figure.start_char) is not None


def _digits(amount: Decimal) -> int:
    """How many digits an amount is told to: 75.7 million has three."""
    return len(str(int(amount)).rstrip("0"))


def _is_alike(total: Figure, parts: list[Figure]) -> bool:
    """Whether a sum can be meant: prices, pay and results of several sentences add up by chance."""
    told = {f.figure_kind for f in (total, *parts) if f.figure_kind != "other"}
    if told & _KINDS_OF_TOTALS or _digits(total.amount or Decimal(0)) >= 4:
        return True
    near = all(abs(p.sentence_index - total.sentence_index) <= 1 for p in parts)
    return len(told) <= 1 and near


def _in_a_row(parts: tuple[int, ...], total: int) -> bool:
    return parts[-1] - parts[0] == len(parts) - 1 + (parts[0] < total < parts[-1])


def _by_sum(text: str, figures: list[Figure]) -> None:
    """Figures that add up to another near them, to the last digit told, are its parts: up to four that stand in a row,
    or two with others between them where so many digits agree that it can't be by chance."""
    apart = {
        i
        for i, f in enumerate(figures)
        if _is_compared(text, f) or _DIFFERENCE.match(text, f.end_char, f.end_char + 30)
    }
    for t, total in enumerate(figures):
        if total.amount is None or total.amount <= 0 or t in apart:
            continue
        near = [
            j for j in range(max(0, t - 4), min(len(figures), t + 6))
            if j != t and j not in apart and figures[j].amount is not None and figures[j].currency == total.currency and figures[j].part_of in (None, t)
            and 0 < (figures[j].amount or 0) < total.amount and abs(figures[j].sentence_index - total.sentence_index) <= 4
        ]  # fmt: skip
        for size in (2, 3, 4):
            match = next(
                (
                    c
                    for c in combinations(near, size)
                    if sum((figures[j].amount or 0) for j in c) == total.amount
                    and len({figures[j].amount for j in c}) > 1
                    and _is_alike(total, [figures[j] for j in c])
                    and (_in_a_row(c, t) or (size == 2 and _digits(total.amount) >= 3))
                ),
                None,
            )
            if match:
                for j in match:
                    _link(figures, j, t)
                break
