"""A trace leads from any id to the file and the words, and on to the rows that hang together."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from pipelines.query import trace_view
from pipelines.query.published import QueryProblem
from pipelines.query.trace import trace
from tests import small_warehouse as small


def drawn(warehouse: Path, row_id: str, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=terminal, highlight=False)
    trace_view.show(trace(warehouse, row_id), console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_in_a_file_a_sentence_is_one_line_however_long(warehouse: Path) -> None:
    console = Console(file=io.StringIO(), width=40, highlight=False)
    trace_view.show(trace(warehouse, small.PART), console)
    assert small.MONEY.strip().replace("$12 million", "«$12 million»") in console.file.getvalue()  # type: ignore[attr-defined]


def links(warehouse: Path, row_id: str) -> set[tuple[str, str | None]]:
    return {(link.relation, link.row_id) for link in trace(warehouse, row_id).links}


def test_a_figure_shows_sentence_rule_donor_recipient_and_total(warehouse: Path) -> None:
    text = drawn(warehouse, small.PART)
    assert "of which «$12 million» is for border posts." in text
    assert small.LEAD.strip() in text
    assert small.LAST in text
    assert "wire/border.txt#0" in text
    assert "https://courier.example/1" in text
    assert "0.8" in text
    assert "12,000,000" in text
    assert links(warehouse, small.PART) == {
        ("donor", small.RURITANIA), ("recipient", small.ELBONIA), ("part of", small.TOTAL),
    }  # fmt: skip


def test_each_field_of_a_row_shows_what_it_rests_on(warehouse: Path) -> None:
    lines = [line.split() for line in drawn(warehouse, small.EVENT).splitlines()]
    assert ["event_type", "AID", "0.91", "COOPERATE", ".06", "«give»", "reader", "test"] in lines
    assert ["source", "Ruritania", "0.88", "«Ruritania»", "reader", "test"] in lines
    assert ["factuality", "actual", "0.97", "reader", "test"] in lines
    assert "verb:give" not in drawn(warehouse, small.EVENT)  # a rendering of the same, needless here
    assert ["purpose", "border", "posts", "0.80", "«border", "posts»", "reader", "test"] in [
        line.split() for line in drawn(warehouse, small.PART).splitlines()
    ]


def test_a_row_names_the_release_that_read_it(warehouse: Path, tmp_path: Path) -> None:
    assert ["reader", "2026-12-a", "(205d2ec4b821)"] in [x.split() for x in drawn(warehouse, small.EVENT).splitlines()]
    assert "2026-12-a" not in drawn(warehouse, small.RURITANIA), "an actor is found by names"
    older = tmp_path / "newsledger.duckdb"
    shutil.copy(warehouse / "newsledger.duckdb", older)
    with duckdb.connect(str(older)) as con:
        con.execute("alter table runs drop column reader")
    assert "2026-12-a" not in drawn(tmp_path, small.EVENT), "a warehouse of an earlier version does not tell"


def test_the_ends_of_money_that_is_not_given_pay_and_are_paid(warehouse: Path, tmp_path: Path) -> None:
    shutil.copytree(warehouse, tmp_path / "w", symlinks=True)
    database = (tmp_path / "w" / "newsledger.duckdb").resolve()
    database.chmod(0o644)
    with duckdb.connect(str(database)) as con:
        con.execute(
            "update financial_figures set figure_kind = 'trade', finance_type = null where figure_id = ?", [small.PART]
        )
    assert {("payer", small.RURITANIA), ("payee", small.ELBONIA)} < links(tmp_path / "w", small.PART)


def test_a_total_shows_its_parts(warehouse: Path) -> None:
    assert ("its part", small.PART) in links(warehouse, small.TOTAL)


def test_an_event_shows_who_takes_part_with_their_words(warehouse: Path) -> None:
    found = links(warehouse, small.EVENT)
    assert {("source", small.RURITANIA), ("recipient", small.ELBONIA)} <= found
    assert ("source's words", small.MENTION_GIVER) in found
    assert ("same event", small.STORY) in found
    assert "“Ruritania”" in drawn(warehouse, small.EVENT)


def test_an_actor_shows_aliases_mentions_events_and_money(warehouse: Path) -> None:
    text = drawn(warehouse, small.ELBONIA)
    assert "the Elbonians" in text
    assert "will give «Elbonia» $30 million" in text
    found = links(warehouse, small.ELBONIA)
    assert {("takes part in", small.EVENT), ("receives", small.TOTAL), ("receives", small.PART)} <= found


def test_a_quote_shows_its_speaker_and_a_speaker_the_quote(warehouse: Path) -> None:
    assert ("speaker", small.PETROV) in links(warehouse, small.QUOTE)
    assert ("says", small.QUOTE) in links(warehouse, small.PETROV)
    assert "“«We are grateful,»” said" in drawn(warehouse, small.QUOTE)


@pytest.mark.parametrize(
    ("row_id", "words"),
    [
        (small.QUANTITY, "$«30» million"),
        (small.MENTION_TAKER, "give «Elbonia» $30"),
        (small.DOC, "Border aid"),
        (small.COPY, "copy of"),
        (small.STORY, small.EVENT),
    ],
)
def test_every_kind_of_id_is_known(row_id: str, words: str, warehouse: Path) -> None:
    assert words in drawn(warehouse, row_id)


def test_words_are_underlined_on_a_terminal_without_marks(warehouse: Path) -> None:
    text = drawn(warehouse, small.PART, terminal=True)
    assert "«" not in text
    assert "\x1b[1;4m$12 million" in text


def test_the_beginning_of_an_id_will_do_when_it_is_the_only_one(warehouse: Path) -> None:
    assert trace(warehouse, small.PETROV[:-1]).row_id == small.PETROV
    with pytest.raises(QueryProblem, match=f"Several ids begin with .*{small.RURITANIA}, {small.ELBONIA}"):
        trace(warehouse, small.RURITANIA[:-1])


@pytest.mark.parametrize("asked", ["", "nonsense", "xx_12", "doc_ffffffff", "ev_' or 1=1 --"])
def test_an_unknown_id_is_told(asked: str, warehouse: Path) -> None:
    with pytest.raises(QueryProblem, match=r"is no id|No row of"):
        trace(warehouse, asked)


def test_a_hostile_title_cannot_steer_the_terminal(warehouse: Path) -> None:
    assert "\x1b[31m" not in drawn(warehouse, small.COPY)


def test_a_flow_shows_the_figures_that_speak_of_it(warehouse: Path) -> None:
    assert links(warehouse, small.FLOW_REST) == {("total", small.TOTAL), ("part", small.PART)}
    assert "as the text says" in drawn(warehouse, small.FLOW_REST)
