"""Which figure is a stated part of which: as the reader links them, and by words of a share ("$5 million of the $20 million").

Sums that merely fit are linked nowhere: three grants, the last of which happens to be the sum of the others, are three grants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipelines.extract.cuts import Cuts
from pipelines.extract.evidence import READER
from pipelines.extract.facts import FieldEvidence, Figure
from pipelines.language.parse import Parse
from pipelines.reader.readings import Link

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
_OF_LAST = re.compile(
    r"\s(?:of|from|out of) (?:the|this|that|these|those) (?:total |new )?(loan|grant|credit|aid|assistance|package|fund|debt|budget|sum|total)s?\b",
    re.IGNORECASE,
)
_SHARE_START = re.compile(
    r"\W{0,3}(?:(?:more|less) than |about |nearly |almost |over |some |roughly |only |just )?(?:(?:a |one[- ]|two[- ]|three[- ])?(?:half|quarters?|thirds?|fifths?|most|part|much|the rest|the remainder|the remaining|the balance|the bulk|\d{1,3}(?:\.\d)? ?(?:percent|per cent|pct|%))|of (?:that|this|which|the total|it|the money|the sum|the amount|those funds|these funds)|the rest|the remaining)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\bpart of\s(?:a|an|the|its|their|china's|this)?\s?(?:\w{1,14}[\s-]){0,4}$", re.IGNORECASE)
# A figure that another is compared with is no share of it.
_COMPARED = re.compile(
    r"\b(?:from|against|compared (?:with|to)|versus|than|year[\s-]earlier|previously|budgeted|originally)\s(?:a |an |the )?"
    r"(?:\w{1,12}\s){0,2}$",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:the rest|the remainder|the remaining|the balance)\b", re.IGNORECASE)


# DAC sectors in which a total stands for money that goes to many: general budget support, other social and multisector aid,
# food aid, emergency response, and what is not told.
_GENERAL = frozenset({"160", "430", "510", "520", "530", "720", "998"})
# Evidence of a share that is larger than what it is told to be of: both are flagged (sql/marts/parts_beyond_total.sql).
REFUSED = "part_of_refused"
# Confidence of a part and a total that cannot both be right.
_DOUBTED = 0.3
# How far back, in sentences, "the loan" can have been told of.
_TOLD_BEFORE = 6


def link_total(
    text: str, links: Iterable[Link], figures: list[Figure], own: int, at: dict[int, int], cuts: Cuts
) -> None:
    """Sets `part_of` of a figure by what the reader says: the surest total that can be one. `at`: word -> figure there.

    What goes to another sector than the total does has to be told the more surely: three grants are no grant with two parts.

    A sum that another is compared with ("raised to $88 million from $80 million") is none of its parts.
    """
    chances: dict[int, float] = {}
    for link in links:
        if link.word in at:
            chances[at[link.word]] = chances.get(at[link.word], 0.0) + link.probability
    for total in sorted(chances, key=lambda t: (-chances[t], t)):
        if chances[total] < cuts.total:
            return
        if chances[total] < cuts.total_elsewhere and _is_for_another(figures[own], figures[total]):
            continue
        is_beside = total == own - 1 and figures[total].sentence_index == figures[own].sentence_index
        if _can_be_part(figures, own, total) and not (is_beside and _is_compared(text, figures[own])):
            whole = figures[total]
            figures[own].part_of = total
            figures[own].evidence.append(
                FieldEvidence("part_of", whole.text, READER, round(chances[total], 3), whole.start_char, whole.end_char)
            )
            return


def _is_for_another(part: Figure, total: Figure) -> bool:
    """Whether both sectors are known and differ; one that holds all others is no other."""
    sectors = [(f.purpose_code or "")[:3] for f in (part, total)]
    return all(sectors) and sectors[0] != sectors[1] and sectors[1] not in _GENERAL


def link_parts(parse: Parse, figures: list[Figure]) -> None:
    """Sets `part_of` of figures that the text tells as shares of another. A part is never larger than its total."""
    text = parse.text
    for i, figure in enumerate(figures):
        if figure.part_of is None and i:
            _by_words(text, parse, figures, i)
    for i, figure in enumerate(figures):
        if figure.part_of is None and (noun := _OF_LAST.match(text, figure.end_char)) is not None:
            _of_last(figures, i, noun[1].lower())
    for i, total in enumerate(figures):
        before = text[max(0, total.start_char - 60) : total.start_char]
        if _PART_OF.search(before):
            _by_part_of(figures, i, total)


def _most(figure: Figure) -> Decimal | None:
    return figure.amount if figure.amount is not None else figure.amount_high


def _can_be_part(figures: list[Figure], part: int, total: int) -> bool:
    """Whether a sum can be a share of another: of its currency, not larger, and the other no share of this one."""
    mine, whole = _most(figures[part]), _most(figures[total])
    if mine is None or whole is None or mine > whole or figures[part].currency != figures[total].currency:
        return False
    at: int | None = total
    while at is not None and at != part:
        at = figures[at].part_of
    return at is None


def _link(figures: list[Figure], part: int, total: int, is_certain: bool = False) -> bool:
    """Links a part to its total by words, if it can be one. `is_certain`: they leave no doubt that it is meant as one."""
    p, t = figures[part], figures[total]
    if p.part_of is not None:
        return False
    if not _can_be_part(figures, part, total) or _most(p) == _most(t):  # an equal sum is the same one told again
        mine, whole = _most(p), _most(t)
        if is_certain and p.currency == t.currency and mine is not None and whole is not None and mine > whole:
            p.evidence.append(
                FieldEvidence(REFUSED, t.text, "words of a share, of a smaller sum", None, t.start_char, t.end_char)
            )
            p.confidence, t.confidence = min(p.confidence, _DOUBTED), min(t.confidence, _DOUBTED)
        return False
    p.part_of = total
    p.evidence.append(FieldEvidence("part_of", t.text, "words between the sums", None, t.start_char, t.end_char))
    return True


def _by_words(text: str, parse: Parse, figures: list[Figure], i: int) -> None:
    figure, previous = figures[i], figures[i - 1]
    if previous.sentence_index == figure.sentence_index:
        between = text[previous.end_char : figure.start_char]
        if len(between) <= 90 and _OF_THE.fullmatch(between) and not _JOINED.search(between):
            _link(figures, i - 1, i, is_certain=True)
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


def _of_last(figures: list[Figure], i: int, noun: str) -> None:
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
