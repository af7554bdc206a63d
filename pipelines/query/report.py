"""A page about what the warehouse holds: aid by year and pair with the reports and sentences behind each flow, events, sources.

One HTML file with everything in it: no script, nothing fetched, so it can be mailed, archived and opened in twenty years.
What it counts, marts count; here rows are only chosen and laid out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.query.charts import Chart, columns, short
from pipelines.query.output import shown
from pipelines.query.published import opened, rows
from pipelines.query.terminal import harmless
from pipelines.warehouse import versions
from pipelines.warehouse.files import atomic_write

PAGE = "index.html"
# What a page of one sitting holds; the marts have all of it.
FLOWS, PAIRS, DYADS, EVENTS, YEARS, PUBLISHERS = 60, 30, 30, 60, 60, 25
_MONEY = ("aid", "loan", "guarantee", "relief")
_SENTENCE = """substr(d.text, s.start_char + 1, x.start_char - s.start_char) as before,
    substr(d.text, x.start_char + 1, x.end_char - x.start_char) as words,
    substr(d.text, x.end_char + 1, s.end_char - x.end_char) as after"""


@dataclass
class Flow:
    """A flow of money by the names of its ends, and the reports of it in the order of their days."""

    row: dict[str, Any]
    reports: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Report:
    """All that the page shows. Amounts are nominal US dollars; `*_in_all` say how many rows there are beyond those shown."""

    version: int
    code_version: str
    published_at: str
    about: dict[str, Any]
    aid_by_year: Chart | None
    pairs: list[dict[str, Any]]
    pairs_in_all: int
    flows: list[Flow]
    flows_in_all: int
    events_by_year: Chart | None
    dyads: list[dict[str, Any]]
    events: list[dict[str, Any]]
    sure_events_in_all: int
    publishers: list[dict[str, Any]]
    quarantined: list[dict[str, Any]]


def write_report(warehouse: Path, folder: Path) -> Path:
    """Write the page of the published version into a folder (made where it is not there); returns its path.

    The file is there whole or not at all; the same version gives the same bytes. Raises QueryProblem where nothing was published.
    """
    page = render(read_report(warehouse))
    with atomic_write(folder / PAGE) as temporary:
        temporary.write_text(page, encoding="utf8")
    return folder / PAGE


def read_report(warehouse: Path) -> Report:
    """Look up what the page shows, all from one version. Raises QueryProblem where nothing was published."""
    with opened(warehouse) as con:
        current = versions.current(warehouse)
        run = rows(con, "select finished_at, version from runs order by started_at desc limit 1")
        return Report(
            version=current.number if current else 0,
            code_version=run[0]["version"] if run else version("newsledger"),
            published_at=str(run[0]["finished_at"])[:16] if run else "",
            about=_about(con),
            aid_by_year=_aid_by_year(con),
            pairs=rows(con, _PAIRS, PAIRS),
            pairs_in_all=_count(con, f"(select distinct donor, recipient, finance_group {_OF_PAIRS})"),
            flows=_flows(con),
            flows_in_all=_count(con, "aid_given where is_public"),
            events_by_year=_events_by_year(con),
            dyads=rows(con, _DYADS, DYADS),
            events=_events(con),
            sure_events_in_all=_count(con, "sure_events"),
            publishers=rows(con, _PUBLISHERS, PUBLISHERS),
            quarantined=rows(
                con,
                "select stage, reason, count(*) as rows from quarantine group by all order by rows desc, stage, reason",
            ),
        )


def render(report: Report) -> str:
    """The page as HTML. Every text of a document is escaped; addresses are links only where they are of the web."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"usd": _usd, "shown": _shown, "web": _web}
    return environment.get_template("report.html.j2").render(report=report)


_OF_PAIRS = "from aid_given where is_public and amount_usd > 0"
_PAIRS = f"""
select donor, recipient, finance_group, min(year) as first_year, max(last_year) as last_year, count(*)::int as flows,
    sum(amount_usd) as amount_usd, sum(amount_usd_low) as low, sum(amount_usd_high) as high,
    sum(disbursed_usd) as disbursed_usd
{_OF_PAIRS}
group by donor, recipient, finance_group order by amount_usd desc, donor, recipient limit ?
"""
_DYADS = """
select source_country, target_country, sum(events)::int as events, sum(cooperative)::int as cooperative,
    sum(conflictual)::int as conflictual, sum(events * mean_score) / sum(events) as mean_score, min(month) as first_month,
    max(month) as last_month
from dyad_by_month group by all order by events desc, source_country, target_country limit ?
"""
_PUBLISHERS = """
select coalesce(publisher, 'unknown') as publisher, sum(documents)::int as documents, sum(copies)::int as copies,
    min(published_on) as first_on, max(published_on) as last_on, sum(events)::int as events, sum(figures)::int as figures
from coverage group by all order by documents desc, publisher limit ?
"""


def _about(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return rows(
        con,
        """
        select count(*)::int as documents, count(duplicate_of)::int as copies, count(distinct publisher)::int as publishers,
            min(published_on) as first_on, max(published_on) as last_on,
            (select count(*)::int from events) as events, (select count(*)::int from events where is_sure) as sure_events,
            (select count(*)::int from financial_figures) as figures,
            (select count(*)::int from financial_figures where is_sure) as sure_figures,
            (select count(*)::int from aid_flows) as flows,
            (select count(*)::int from aid_flows where is_contested) as contested
        from documents
        """,
    )[0]


def _aid_by_year(con: duckdb.DuckDBPyConnection) -> Chart | None:
    found = rows(
        con,
        """
        select year, finance_group, sum(amount_usd)::double as usd from aid_by_year
        where is_public and amount_usd > 0 and year > (select max(year) from aid_by_year where amount_usd > 0) - ?
        group by all order by year
        """,
        YEARS,
    )
    return columns(_by_year((r["year"], r["finance_group"], r["usd"]) for r in found), _MONEY)


def _events_by_year(con: duckdb.DuckDBPyConnection) -> Chart | None:
    found = rows(
        con,
        """
        select year(month) as year, sum(cooperative)::int as cooperation, sum(conflictual)::int as conflict
        from dyad_by_month where year(month) > (select max(year(month)) from dyad_by_month) - ? group by all order by year
        """,
        YEARS,
    )
    values = [(r["year"], name, float(r[name])) for r in found for name in ("cooperation", "conflict")]
    return columns(_by_year(values), ("cooperation", "conflict"))


def _by_year(values: Iterable[tuple[int, str, float]]) -> dict[str, dict[str, float]]:
    """Year -> series -> value; years of which nothing is told between others stay empty columns."""
    found: dict[int, dict[str, float]] = {}
    for year, series, value in values:
        found.setdefault(year, {})[series] = value
    return {str(year): found.get(year, {}) for year in range(min(found), max(found) + 1)} if found else {}


def _flows(con: duckdb.DuckDBPyConnection) -> list[Flow]:
    shown_flows = rows(
        con, "select * from aid_given where is_public order by amount_usd desc nulls last, flow_id limit ?", FLOWS
    )
    flows = {row["flow_id"]: Flow(row) for row in shown_flows}
    reports = rows(
        con,
        f"""
        select r.flow_id, r.role, r.reason, x.figure_id, x.text, x.flow_stage, x.confidence, x.is_sure, d.publisher,
            d.published_on, d.title, d.url, {_SENTENCE}
        from aid_flow_reports as r
        inner join financial_figures as x on r.figure_id = x.figure_id
        inner join documents as d on x.document_id = d.document_id
        left join sentences as s on x.document_id = s.document_id and x.sentence_index = s.sentence_index
        where r.flow_id in (select unnest(?::varchar[]))
        order by r.role <> 'counted', d.published_on, x.figure_id
        """,
        list(flows),
    )
    for report in reports:
        flows[report["flow_id"]].reports.append(report)
    return list(flows.values())


def _events(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The surest events between two countries, each told once."""
    return rows(
        con,
        f"""
        with sides as (
            select event_id, string_agg(distinct source, ', ' order by source) as source,
                string_agg(distinct target, ', ' order by target) as target
            from event_pairs where source_country <> target_country group by event_id
        )
        select x.event_id, x.event_type, x.factuality, x.best_date, x.best_date_basis, x.confidence, sides.source, sides.target,
            d.publisher, d.published_on, d.title, d.url, {_SENTENCE}
        from sure_events as x
        inner join sides on x.event_id = sides.event_id
        inner join documents as d on x.document_id = d.document_id
        left join sentences as s on x.document_id = s.document_id and x.sentence_index = s.sentence_index
        order by x.confidence desc, x.event_id limit ?
        """,
        EVENTS,
    )


def _count(con: duckdb.DuckDBPyConnection, what: str) -> int:
    return int(rows(con, f"select count(*) as n from {what}")[0]["n"])


def _usd(value: Any) -> str:
    return "" if value is None else short(float(value))


def _shown(value: Any) -> str:
    """A value for people, without characters that steer a terminal or turn the direction of writing."""
    return harmless(f"{value:.2f}" if isinstance(value, float) else shown(value))


def _web(address: str | None) -> str | None:
    """An address of the web, or None: a page must not hand out `javascript:` or files."""
    return address if address and urlsplit(address).scheme in ("http", "https") else None
