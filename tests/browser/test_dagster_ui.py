"""The Dagster UI in a real browser, over a warehouse that a run has made: graph, partitions, a check, metadata."""

import os
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

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RAW = Path(__file__).resolve().parents[2] / "raw"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a UI over a fresh warehouse made from the samples."""
    warehouse = tmp_path_factory.mktemp("ui") / "warehouse"
    environment = os.environ | {"NEWSLEDGER_RAW": str(RAW), "NEWSLEDGER_WAREHOUSE": str(warehouse)}
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
    for name in ("aid_share_by_purpose", "financial_figures", "actors"):
        expect(page.get_by_text(name).first).to_be_visible(timeout=30_000)
    _keep(page, "lineage")


def test_an_asset_shows_its_rows_and_a_preview(page: Page) -> None:
    page.goto("/assets/tables/financial_figures?view=overview")
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
