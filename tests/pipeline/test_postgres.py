"""Dagster's records in PostgreSQL: Debian's server, started here on loopback, under a run and under the daemon's sensor."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from pipelines.settings import Settings, project_folder
from tests.daemon import environment, loaded, running, wait_until, write_story

pytestmark = pytest.mark.slow
PASSWORD = "loopback only"


def _program(name: str) -> str:
    """A program of PostgreSQL: Debian keeps those of the server out of the path."""
    found = shutil.which(name) or next(iter(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))), None)
    assert found, "PostgreSQL is not installed: `apt-get install postgresql`"
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """Port of a fresh server with an empty database `dagster`."""
    # It refuses to run as root; Debian's package brings the user that it runs as.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="newsledger-postgres-"))
    (folder / "password").write_text(PASSWORD, encoding="utf8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    if os.geteuid() == 0:
        shutil.chown(folder, user)
        shutil.chown(folder / "password", user)
    data = str(folder / "data")
    as_user = {"user": user, "extra_groups": [], "cwd": folder}
    subprocess.run(
        [_program("initdb"), "-D", data, "-U", "dagster", "-A", "scram-sha-256", "--pwfile", str(folder / "password")],
        check=True, capture_output=True, **as_user,
    )  # fmt: skip
    settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")
    options = [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([_program("postgres"), "-D", data, *options], stdout=log, stderr=log, **as_user)
    try:
        for _ in range(100):
            try:
                connection = _connect(port, "postgres")
                break
            except psycopg2.OperationalError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.2)
        connection.autocommit = True
        connection.cursor().execute("create database dagster")
        connection.close()
        yield port
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _connect(port: int, database: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host="127.0.0.1", port=port, user="dagster", password=PASSWORD, dbname=database)


def _jobs_that_succeeded(port: int) -> list[str]:
    connection = _connect(port, "dagster")
    try:
        cursor = connection.cursor()
        cursor.execute("select pipeline_name from runs where status = 'SUCCESS' order by id")
        return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


def test_a_run_and_the_daemon_keep_their_records_in_postgresql(server: int, tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    write_story(raw, 1)
    settings = Settings(raw=raw, warehouse=warehouse, engine="serial")
    home = settings.dagster_home
    assert home is not None
    home.mkdir(parents=True)
    shutil.copy(project_folder() / "deploy" / "dagster-postgres.yaml", home / "dagster.yaml")
    address = f"postgresql+psycopg2://dagster:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{server}/dagster"
    variables = environment(settings, NEWSLEDGER_DAGSTER_POSTGRES=address, NEWSLEDGER_SENSOR_SECONDS="2")
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert loaded(warehouse) == ["story-001"]
    assert _jobs_that_succeeded(server) == ["ingest", "refresh"]

    write_story(raw, 2)
    log = tmp_path / "daemon.log"
    with running(variables, log):
        wait_until(lambda: len(loaded(warehouse)) == 2, 600, log)
        wait_until(lambda: len(_jobs_that_succeeded(server)) >= 4, 120, log)
    assert not list(home.rglob("*.db"))  # nothing of it in SQLite
