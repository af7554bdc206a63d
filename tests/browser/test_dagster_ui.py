"""The Dagster UI in a real browser, over a warehouse that a run has made: graph, partitions, a check, metadata."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

# One group: each process that has some of these tests starts a run, a daemon and a browser of its own.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("ui")]

RAW = Path(__file__).resolve().parents[2] / "raw"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the samples, to add to."""
    return shutil.copytree(RAW, tmp_path_factory.mktemp("raw") / "raw")


@pytest.fixture(scope="module")
def address(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a UI over a fresh warehouse made from the samples."""
    warehouse = tmp_path_factory.mktemp("ui") / "warehouse"
    environment = os.environ | {
        "NEWSLEDGER_RAW": str(raw), "NEWSLEDGER_WAREHOUSE": str(warehouse),
        "NEWSLEDGER_SENSOR_SECONDS": "3600",  # runs are launched by hand here, from the page
    }  # fmt: skip
    command = [sys.executable, "-m", "pipelines.cli"]
    subprocess.run([*command, "run"], env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ui = subprocess.Popen([*command, "ui", "--port", str(port)], env=environment, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{url}/server_info", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail("the UI did not answer within a minute")
        yield url
    finally:
        ui.send_signal(signal.SIGTERM)
        ui.wait(30)


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    assert CHROMIUM, "chromium is not installed: `apt-get install chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 1600, "height": 1000}, base_url=address)
        browser.close()


def _keep(page: Page, name: str) -> None:
    """Screenshots go to the folder that NEWSLEDGER_SCREENSHOTS names, for somebody to look at."""
    folder = os.environ.get("NEWSLEDGER_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(1500)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_the_graph_shows_the_flow_from_ingest_to_the_marts(page: Page) -> None:
    page.goto("/asset-groups")
    for name in ("ingest", "annotate", "extract", "resolve", "publish", "marts"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible(timeout=30_000)
    _keep(page, "graph")


def test_a_mart_is_drawn_with_what_it_reads(page: Page) -> None:
    page.goto("/assets/marts/aid_share_by_purpose?view=lineage")
    for name in ("aid_share_by_purpose", "aid_flows", "actors"):
        expect(page.get_by_text(name).first).to_be_visible(timeout=30_000)
    _keep(page, "lineage")


def test_an_asset_shows_its_rows_and_a_preview(page: Page) -> None:
    page.goto("/assets/tables/aid_flows?view=overview")
    expect(page.get_by_text("Row count").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("preview").first).to_be_visible(timeout=30_000)
    _keep(page, "metadata")


def test_the_contract_check_passed(page: Page) -> None:
    page.goto("/assets/tables/events?view=checks")
    expect(page.get_by_text("contract").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Succeeded").first).to_be_visible(timeout=30_000)
    _keep(page, "check")


def test_batches_are_partitions(page: Page, address: str) -> None:
    page.goto("/assets/documents?view=partitions")
    expect(page.get_by_text("00001-", exact=False).first).to_be_visible(timeout=30_000)
    _keep(page, "partitions")


def test_the_run_is_listed_as_a_success(page: Page) -> None:
    page.goto("/runs")
    expect(page.get_by_text("refresh").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Success").first).to_be_visible(timeout=30_000)
    _keep(page, "runs")


def test_schedule_and_sensors_are_on(page: Page) -> None:
    page.goto("/automation")
    for name in ("nightly", "raw_folder", "after_ingest"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible(timeout=30_000)
    _keep(page, "automation")


def test_a_run_launched_from_the_page_succeeds_and_shows_a_planted_bad_input(page: Page, raw: Path) -> None:
    (raw / "planted.jsonl").write_text('{"id": 1, "text": "cut o\n{"title": "nothing else"}\n', encoding="utf8")
    page.goto("/locations/pipelines.definitions/jobs/ingest")
    page.get_by_role("button", name="Materialize all").click(timeout=30_000)
    page.get_by_text("View", exact=True).first.click(timeout=30_000)  # of the note that says "Launched run"
    expect(page).to_have_url(re.compile(r"/runs/[0-9a-f-]{36}"), timeout=30_000)
    expect(page.get_by_text("Success", exact=True).first).to_be_visible(timeout=180_000)
    _keep(page, "launched-run")
    # What it quarantined is told on the asset's page, with the reason.
    page.goto("/assets/raw_files?view=overview")
    for words in ("quarantined", "planted.jsonl", "bad_json"):
        expect(page.get_by_text(words).first).to_be_visible(timeout=30_000)
    page.get_by_text("bad_json").first.scroll_into_view_if_needed()
    _keep(page, "planted-bad-input")


def test_the_run_that_follows_publishes_and_its_checks_can_be_opened(page: Page, address: str) -> None:
    page.goto("/assets/newsledger_duckdb?view=checks")
    page.get_by_text("evidence_is_in_the_text").first.click(timeout=30_000)
    expect(page.get_by_text("Which rows have offsets that do not cut their own words").first).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("Passed", exact=True).first).to_be_visible(timeout=180_000)
    _keep(page, "opened-check")


def test_metadata_is_plotted_and_columns_are_described(page: Page) -> None:
    page.goto("/assets/facts/events?view=overview")
    page.get_by_text("Plots", exact=True).first.click(timeout=30_000)
    for name in ("rows a document", "seconds a document"):
        expect(page.get_by_text(name, exact=True).first).to_be_visible(timeout=30_000)
    _keep(page, "plots")
    page.goto("/assets/marts/aid_share_by_purpose?view=overview")
    expect(page.get_by_text("Who gives.").first).to_be_visible(timeout=30_000)  # of the column donor
    _keep(page, "columns")
