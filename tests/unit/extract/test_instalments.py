"""Sums told beside a larger or an earlier one: instalments, changed promises, money that was held back, what came of an appeal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest

from pipelines.extract.cuts import CUTS
from pipelines.extract.facts import Facts, FieldEvidence, Figure
from pipelines.extract.money.instalments import read_instalments
from pipelines.extract.money.kind_of_others import take_kind_of_others
from pipelines.extract.money.part_ends import share_ends
from pipelines.extract.money.parts import link_total
from pipelines.extract.money.releases import take_release
from pipelines.extract.money.revisions import read_revisions
from pipelines.extract.money.terms_evidence import TermSpans
from pipelines.language.parse import Parse, Token
from pipelines.reader.readings import Link
from tests.unit.extract.reading import facts_of, parsed


def _told(text: str, *sums: str, **fields: str) -> tuple[Parse, list[Figure], dict[int, Token | None]]:
    """A parse, figures of these sums in it, and the verb above each."""
    parse, figures, verbs = parsed(text), [], {}
    for sum_ in sums:
        start = text.index(sum_)
        number = Decimal(sum_.split()[0].strip("$")) * 10**6
        figure = Figure(0, start, start + len(sum_), sum_, number, None, None, "USD", confidence=1.0)
        figure.figure_kind, figure.flow_stage, figure.factuality = "loan", "committed", "actual"
        for name, value in fields.items():
            setattr(figure, name, value)
        head = parse.head_of(parse.tokens_in(figure.start_char, figure.end_char))
        verbs[id(figure)] = next((t for t in head.ancestors() if t.pos == "VERB"), None)
        figures.append(figure)
    return parse, figures, verbs


def _instalments(text: str, *sums: str, **fields: str) -> list[Figure]:
    parse, figures, verbs = _told(text, *sums, **fields)
    spans: dict[int, TermSpans] = {id(figure): {} for figure in figures}
    read_instalments(parse, figures, verbs, spans)
    return figures


def test_the_sum_before_the_whole_is_the_instalment() -> None:
    text = "The World Bank paid Ghana $40 million on Thursday, the second instalment of a $160 million loan."
    part, whole = _instalments(text, "$40 million", "$160 million")
    assert (part.terms.is_instalment, part.terms.is_sequel, part.flow_stage) == (True, True, "disbursed")
    assert (whole.terms.is_instalment, whole.flow_stage) == (False, "committed")


def test_the_sum_behind_of_is_the_instalment() -> None:
    (part,) = _instalments("Georgia has received the first tranche of $23 million of its loan.", "$23 million")
    assert (part.terms.is_instalment, part.terms.is_sequel, part.flow_stage) == (True, False, "disbursed")


@pytest.mark.parametrize(
    ("text", "is_instalment"),
    [
        ("The bank paid Belarus $40 million on Tuesday, the first instalment of its loan.", True),
        ("Togo has received $40 million, the third tranche of the credit, a minister said.", True),
        ("The fund released $40 million to Peru last week, the second tranche of a standby loan.", True),
        ("Ghana got $40 million, a first payment of Norway's grant.", True),
        ("The lenders transferred $40 million, an instalment of their credit for the port.", True),
        ("The bank lends Ghana $40 million, the first instalment of which is due in May.", False),
        ("The bank approved a $40 million loan and released the first instalment of it.", False),
    ],
)
def test_an_instalment_of_a_whole_that_is_told_without_its_sum(text: str, is_instalment: bool) -> None:
    (part,) = _instalments(text, "$40 million")
    assert part.terms.is_instalment == is_instalment


def test_two_tranches_of_one_sentence_are_two_instalments() -> None:
    text = "The bank paid Ghana a tranche of $40 million in May and released a tranche of $20 million in June."
    first, second = _instalments(text, "$40 million", "$20 million")
    assert (first.terms.is_instalment, second.terms.is_instalment) == (True, True)


def test_an_instalment_that_is_agreed_or_due_was_not_paid() -> None:
    for text, factuality in (
        ("The bank and Georgia agreed on a first tranche of $23 million.", "actual"),
        ("The bank will pay a first tranche of $23 million.", "planned"),
    ):
        (part,) = _instalments(text, "$23 million", factuality=factuality)
        assert (part.terms.is_instalment, part.flow_stage) == (True, "committed"), text


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("It will lend Belarus $900 million in three instalments of $300 million each.", 3),
        ("It will lend Belarus $900 million in 12 equal instalments of $75 million.", 12),
        ("It will lend Belarus $900 million in instalments of $300 million.", None),
    ],
)
def test_how_often_an_equal_instalment_comes(text: str, times: int | None) -> None:
    behind = text[text.index("of $") + 3 :].removesuffix(".").removesuffix(" each")
    whole, part = _instalments(text, "$900 million", behind)
    assert (part.terms.is_instalment, part.terms.rate_times, whole.terms.is_instalment) == (True, times, False)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Finland has lowered its promise of $40 million for forests in Kenya to $25 million.", True),
        ("The bank raised its credit from $40 million to $25 million.", True),
        ("The bank lends Kenya $40 million and has promised Togo $25 million.", False),
        ("Finland has lowered its promise of $40 million to Kenya by $25 million.", False),
    ],
)
def test_a_promise_that_is_changed(text: str, changed: bool) -> None:
    parse, (before, after), verbs = _told(text, "$40 million", "$25 million")
    read_revisions(parse, [before, after], verbs)
    assert (before.terms.is_withdrawn, after.terms.is_correction) == (changed, changed)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Finland raised its contribution to $40 million from $25 million.", True),
        ("Denmark has cut its pledge for wells in Mali to $40 million from about $25 million.", True),
        ("Britain doubled its loan to Ghana to $40 million from only $25 million.", True),
        ("Togo's lenders increased their credit to $40 million, from $25 million.", True),
        ("The bank expanded its loan for ports in Peru to $40 million from $25 million.", True),
        ("Finland raised its contribution to $40 million with $25 million for schools.", False),
        ("Finland raised its contribution to $40 million and lent Togo $25 million.", False),
        ("Finland lends Togo up to $40 million from $25 million of its own.", False),
    ],
)
def test_a_promise_told_before_what_it_was(text: str, changed: bool) -> None:
    parse, (after, before), verbs = _told(text, "$40 million", "$25 million")
    read_revisions(parse, [after, before], verbs)
    assert before.terms.is_withdrawn == changed
    assert after.terms.is_correction or not changed


def test_what_a_promise_is_cut_to_is_not_denied() -> None:
    text = "Finland has reduced its pledge to Tanzania from $40 million to $25 million because of cuts."
    parse, (before, after), verbs = _told(text, "$40 million", "$25 million", factuality="negated")
    read_revisions(parse, [before, after], verbs)
    assert (before.factuality, after.factuality) == ("negated", "actual")
    assert [e.field for e in after.evidence] == ["factuality"]


def test_money_of_two_years_is_no_changed_promise() -> None:
    text = "Finland raised its loans from $40 million to $25 million."
    parse, (before, after), verbs = _told(text, "$40 million", "$25 million", flow_stage="disbursed")
    read_revisions(parse, [before, after], verbs)
    assert not before.terms.is_withdrawn


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Britain paid Malawi the $19 million that it had frozen in July.", True),
        ("Germany released the frozen $19 million on Tuesday.", True),
        ("Germany did not release the $19 million that it had frozen.", False),
        ("Germany has frozen the $19 million that Malawi asked for.", False),
    ],
)
def test_money_that_was_held_back_and_is_given(text: str, given: bool) -> None:
    parse, (figure,), verbs = _told(text, "$19 million", factuality="negated", figure_kind="aid")
    take_release(figure, verbs[id(figure)], parse.tokens_in(figure.start_char, figure.end_char))
    assert (figure.factuality == "actual", figure.flow_stage == "disbursed") == (given, given)
    assert any(e.field == "factuality" for e in figure.evidence) == given


def _names(facts: Facts, entity: int | None) -> str | None:
    return None if entity is None else facts.entities[entity].name


def test_who_asked_for_money_gets_what_came_of_it() -> None:
    facts = facts_of(
        "The United Nations Children's Fund said that it had received $9 million of the $30 million it had asked for to feed children in Yemen."
    )
    part = facts.figures[0]
    assert _names(facts, part.payer) is None
    assert _names(facts, part.payee) in (None, "United Nations Children's Fund")


def test_a_part_does_not_go_on_since_its_total_began() -> None:
    """ "The loan brings the total to $441 million since 1972": the loan is of now."""
    _, (loan, total), _ = _told(
        "Japan lent Togo $24 million, which brings its loans to $441 million.", "$24 million", "$441 million"
    )
    loan.part_of, total.period_start = 1, date(1972, 1, 1)
    share_ends([loan, total], cast("Any", None))
    assert loan.period_start is None
    total.period_end = date(1975, 12, 31)
    share_ends([loan, total], cast("Any", None))
    assert (loan.period_start, loan.period_end) == (date(1972, 1, 1), date(1975, 12, 31))


@pytest.mark.parametrize(
    ("first", "second", "payer"),
    [
        ("Kuwait promised Iraq $2 million and Qatar promised $5 million.", "In all $30 million were promised.", None),
        ("Oman gave Mali $2 million, Qatar $5 million.", "Altogether $30 million came together.", None),
        ("Peru and Chile sent $2 million and Qatar sent $5 million.", "They sent $30 million in total.", None),
        ("The bank lent $2 million, Qatar lent $5 million.", "The total was $30 million.", None),
        ("Spain pledged $2 million; Qatar pledged $5 million.", "The pledges came to $30 million.", None),
        ("Kuwait promised Iraq $2 million and Qatar promised $5 million.", "Qatar promised $30 million in all.", 7),
    ],
)
def test_a_total_after_sums_of_several_givers_is_of_none_of_them(first: str, second: str, payer: int | None) -> None:
    text = f"{first} {second}"
    _, (one, part, total), _ = _told(text, "$2 million", "$5 million", "$30 million")
    total.sentence_index, part.part_of = 1, 2
    one.payer, part.payer, total.payer = 3, 7, 7
    # Who gives it is told where its own sentence names him, else where the sentence before does.
    start = text.rindex("Qatar")
    total.evidence = [FieldEvidence("payer", "Qatar", "reader", 0.8, start, start + 5)]
    share_ends([one, part, total], cast("Any", None))
    assert total.payer == payer


def test_a_sum_that_is_compared_is_no_part() -> None:
    for text, part in (
        ("Japan raised its loans to $88 million from $80 million last year.", None),
        ("Japan lent Togo $88 million, with $80 million for roads.", 0),
    ):
        parse, figures, _ = _told(text, "$88 million", "$80 million")
        word = parse.tokens_in(figures[0].start_char, figures[0].end_char)[0].index
        link_total(parse.text, [Link("total", word, 0.9)], figures, 1, {word: 0}, CUTS)
        assert figures[1].part_of == part, text


def test_several_who_each_give() -> None:
    facts = facts_of("Norway and Sweden each gave Nepal $5 million in aid.")
    (figure,) = facts.figures
    assert figure.terms.is_each
    assert len(figure.terms.joint_donors) == 1
    yearly = facts_of("Norway and Sweden give Nepal $5 million in aid each year.").figures
    assert [f.terms.is_each for f in yearly] == [False]


def test_a_grant_beside_a_loan_is_a_grant() -> None:
    loan, grant = facts_of("The World Bank approved a $90 million loan and a $60 million grant to Kenya.").figures
    assert (loan.terms.finance_type, grant.terms.finance_type, grant.figure_kind) == ("loan", "grant", "aid")


def test_a_promise_of_another_giver_is_not_changed() -> None:
    facts = facts_of(
        "Norway pledged $10 million in aid to Chad and Sweden raised its pledge of aid to Chad to $20 million."
    )
    assert len(facts.figures) == 2
    assert not any(f.terms.is_withdrawn for f in facts.figures)


def test_the_whole_that_is_paid_in_tranches_is_no_instalment() -> None:
    facts = facts_of("The World Bank approved a $90 million loan to Ghana, to be paid in three tranches.")
    assert [f.terms.is_instalment for f in facts.figures] == [False]


@pytest.mark.parametrize(("year", "changed"), [(1987, True), (1986, False)])
def test_a_line_of_one_year_that_is_raised(year: int, changed: bool) -> None:
    parse, [before, after], verbs = _told(
        "The action increases the value of guarantees from $1.8 million to $2.8 million.",
        "$1.8 million",
        "$2.8 million",
    )
    after.period_start, after.period_end = date(1987, 1, 1), date(1987, 12, 31)
    before.period_start, before.period_end = date(year, 1, 1), date(year, 12, 31)
    read_revisions(parse, [before, after], verbs)
    assert before.terms.is_withdrawn == after.terms.is_correction == changed


def test_a_loan_without_a_word_is_what_its_texts_others_are_called() -> None:
    _, figures, _ = _told("$1 million, $2 million, $3 million", "$1 million", "$2 million", "$3 million")
    first, second, third = figures
    for figure in figures:
        figure.payer, figure.payee, figure.terms.finance_type = 0, 1, "loan"
    first.terms.finance_type = "guarantee"
    third.payee = 2
    take_kind_of_others(figures, {id(first): [("finance_type", "guarantee")]})
    assert [f.terms.finance_type for f in figures] == ["guarantee", "guarantee", "loan"]
    # Where one of them is called a loan, they are of two kinds.
    second.terms.finance_type, third.payee = "loan", 1
    worded = {id(first): [("finance_type", "guarantee")], id(second): [("finance_type", "loan")]}
    take_kind_of_others(figures, worded)
    assert [f.terms.finance_type for f in figures] == ["guarantee", "loan", "loan"]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Norway doubled its pledge to Pakistan to $30 million on Friday.", True),
        ("The United Nations raised its appeal for Laos to $30 million.", True),
        ("The World Bank raised a loan to Ghana to $30 million.", False),
        ("Norway raised its exports to Pakistan to $30 million.", False),
        ("Norway raised its pledge to Pakistan by $30 million.", False),
    ],
)
def test_a_promise_that_is_changed_from_what_is_not_told(text: str, changed: bool) -> None:
    parse, figures, verbs = _told(text, "$30 million", flow_stage="pledged")
    read_revisions(parse, figures, verbs)
    assert figures[0].terms.is_correction == changed


def test_from_and_to_side_by_side_need_no_verb_of_their_own() -> None:
    text = "The action reduces the guarantee line authorized for sales of oilseeds to $5 million from $20 million."
    parse, [after, before], verbs = _told(text, "$5 million", "$20 million")
    other = next(t for t in parse.tokens if t.lower == "authorized")
    verbs = {id(after): other, id(before): None}
    read_revisions(parse, [after, before], verbs)
    assert (before.terms.is_withdrawn, after.terms.is_correction) == (True, True)
    parse, [after, before], verbs = _told(
        "The line for wheat to $5 million from $20 million.", "$5 million", "$20 million"
    )
    read_revisions(parse, [after, before], verbs)
    assert not before.terms.is_withdrawn
