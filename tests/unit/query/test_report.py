"""The page of a warehouse: what it shows, that nothing of a text can act in it, and that it is one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import html

from pipelines.cli import main
from pipelines.query.charts import HEIGHT, columns, short
from pipelines.query.published import QueryProblem
from pipelines.query.report import read_report, render, write_report
from pipelines.tables import WAREHOUSE_TABLES
from pipelines.warehouse import database
from tests import small_warehouse as small


def _published(folder: Path, changed: Mapping[str, list[dict[str, Any]]]) -> Path:
    tables = folder / "tables"
    tables.mkdir(parents=True)
    for name, schema in WAREHOUSE_TABLES.items():
        empty = schema.create_empty()
        pl.DataFrame(changed.get(name, []), schema=empty.schema, orient="row").write_parquet(tables / f"{name}.parquet")
    database.build(folder / "newsledger.duckdb", tables)
    return folder


def test_each_flow_stands_with_its_reports_and_their_words(warehouse: Path, tmp_path: Path) -> None:
    page = html.fromstring(write_report(warehouse, tmp_path / "out").read_text(encoding="utf8"))
    flow = page.get_element_by_id(small.FLOW_PART)
    assert flow.xpath("string(h3)") == "Ruritania → Elbonia, 2024, other, border posts"
    assert flow.xpath("string(p[1])").startswith("12 m USD")
    assert [mark.text for mark in flow.iter("mark")] == ["$12 million", "$30 million"]  # what counts stands first
    assert "which $12 million is for border posts." in flow.xpath("string()")
    assert flow.xpath("string(.//span[@class='counted']/..)").startswith("counted: as the text says")


def test_charts_and_tables_count_what_the_marts_count(warehouse: Path) -> None:
    found = read_report(warehouse)
    assert [(p["donor"], p["recipient"], float(p["amount_usd"]), p["flows"]) for p in found.pairs] == [
        ("Ruritania", "Elbonia", 30_000_000.0, 2)
    ]
    assert found.aid_by_year is not None
    assert [mark.says for mark in found.aid_by_year.marks] == ["2024, aid: 30 m"]
    assert [(d["source_country"], d["target_country"], d["events"]) for d in found.dyads] == [("RUR", "ELB", 1)]
    assert [(e["source"], e["words"], e["target"]) for e in found.events] == [("Ruritania", "give", "Elbonia")]
    assert found.about["documents"] == 2
    assert found.about["sure_figures"] == 2


def test_nothing_of_a_text_acts_and_nothing_is_fetched(tmp_path: Path) -> None:
    rows = small.table_rows()
    rows["documents"][0] |= {"title": "<script>alert(1)</script>\x1b[31m\u202e", "url": "javascript:alert(2)"}
    page = render(read_report(_published(tmp_path / "w", rows)))
    tree = html.fromstring(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not tree.xpath("//script | //img | //link | //iframe | //@src | //@onclick")
    assert "\x1b" not in page
    assert "\u202e" not in page
    links = tree.xpath("//a/@href")
    assert links
    assert all(link.startswith("#") for link in links)
    assert "default-src 'none'" in page


def test_an_empty_warehouse_has_a_page_too(tmp_path: Path) -> None:
    page = render(read_report(_published(tmp_path / "w", {})))
    assert "No flow of aid or loans was told." in page
    assert "<svg" not in page


def test_the_same_version_gives_the_same_page(warehouse: Path, tmp_path: Path) -> None:
    one = write_report(warehouse, tmp_path / "a").read_bytes()
    assert write_report(warehouse, tmp_path / "b").read_bytes() == one


def test_the_command_names_its_file(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", "--warehouse", str(warehouse), "--out", str(tmp_path / "r")])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "r" / "index.html")
    assert (tmp_path / "r" / "index.html").is_file()


def test_without_a_warehouse_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(QueryProblem, match="newsledger run"):
        write_report(tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_columns_are_stacked_within_the_drawing() -> None:
    chart = columns({"2001": {"a": 3.0, "b": 1.0}, "2002": {}, "2003": {"b": 2.0}}, ("a", "b"))
    assert chart is not None
    assert [m.says for m in chart.marks] == ["2001, a: 3", "2001, b: 1", "2003, b: 2"]
    low, high = chart.marks[0], chart.marks[1]
    assert high.y + high.height == pytest.approx(low.y, abs=0.11)
    assert low.height == pytest.approx(3 * high.height, rel=0.01)
    assert all(m.y >= 0 and m.y + m.height <= HEIGHT for m in chart.marks)
    assert [label.text for label in chart.scale] == ["0", "1", "2", "3", "4"]
    assert columns({"2001": {}}, ("a",)) is None


@pytest.mark.parametrize(("value", "told"), [
    (0, "0"), (7.5, "7.5"), (999, "999"), (1_200, "1.2 k"), (92e6, "92 m"), (999.6e6, "1 bn"), (25.6e9, "25.6 bn"), (16.5e12, "16.5 tn"), (4e15, "4,000 tn"),
])  # fmt: skip
def test_numbers_are_said_shortly(value: float, told: str) -> None:
    assert short(value) == told
    assert not re.search(r"e\+", told)
