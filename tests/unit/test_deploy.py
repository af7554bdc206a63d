"""What the guide to a server names is there: settings, commands, files; and the wrapper takes the services' settings."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from pipelines.defs import dead_runs
from pipelines.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
# Read by Dagster's own configuration, not by Settings.
OF_DAGSTER = {"NEWSLEDGER_DAGSTER_POSTGRES"}
LINE = re.compile(r"^#?(NEWSLEDGER_[A-Z_]+)=(.*)$", re.MULTILINE)


def _documented() -> dict[str, str]:
    return dict(LINE.findall((DEPLOY / "newsledger.env").read_text(encoding="utf8")))


def test_the_settings_documented_are_those_that_exist() -> None:
    exist = {f"NEWSLEDGER_{name.upper()}" for name in Settings.model_fields}
    assert len(exist) > 15
    assert set(_documented()) - OF_DAGSTER == exist


def test_the_defaults_documented_are_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("NEWSLEDGER_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    plain = Settings()
    text = (DEPLOY / "newsledger.env").read_text(encoding="utf8")
    commented = {n: v for n, v in LINE.findall("\n".join(x for x in text.splitlines() if x.startswith("#"))) if v}
    shown = set(commented) - OF_DAGSTER
    assert len(shown) > 8
    for name in shown:
        monkeypatch.setenv(name, commented[name])
        field = name.removeprefix("NEWSLEDGER_").lower()
        assert getattr(Settings(), field) == getattr(plain, field), name


@pytest.mark.parametrize("page", [ROOT / "README.md", DEPLOY / "README.md"], ids=["README", "deploy"])
def test_settings_named_on_a_page_exist(page: Path) -> None:
    named = set(re.findall(r"NEWSLEDGER_[A-Z_]+", page.read_text(encoding="utf8")))
    known = {f"NEWSLEDGER_{name.upper()}" for name in Settings.model_fields} | OF_DAGSTER
    assert named
    assert named - known - {"NEWSLEDGER_TEST_RUNS", "NEWSLEDGER_DEBUG"} == set()


def test_nothing_is_installed_by_our_name_from_an_index() -> None:
    pages = [*DEPLOY.iterdir(), ROOT / "README.md", *(ROOT / "pipelines").rglob("*.py")]
    assert len(pages) > 100
    told = [p.name for p in pages if p.is_file() and re.search(r"pip install ['\"]?newsledger", p.read_text("utf8"))]
    assert told == []


def test_files_that_the_guide_installs_are_there() -> None:
    guide = (DEPLOY / "README.md").read_text(encoding="utf8")
    named = set(re.findall(r"deploy/[\w.-]+", guide))
    made = set(re.findall(r"cp \S+ (deploy/[\w.-]+)", guide))  # by the guide itself, from a file that is there
    assert len(named) > 5
    for name in named - made - {"deploy/README.md"}:
        assert list(ROOT.glob(name)), name


def test_the_units_differ_in_what_they_start_and_may_take_alone() -> None:
    daemon, webserver = (
        {x for x in (DEPLOY / f"newsledger-{n}.service").read_text("utf8").splitlines() if not x.startswith("#")}
        for n in ("daemon", "webserver")
    )
    own = {line.partition("=")[0] for line in daemon ^ webserver}
    assert own == {"Description", "ExecStart", "ExecStartPre", "TimeoutStartSec", "MemoryHigh", "MemoryMax", "TasksMax"}
    clears = [line for line in daemon - webserver if line.startswith("ExecStartPre")]
    assert clears == [f"ExecStartPre=/srv/newsledger/app/.venv/bin/python -m {dead_runs.__name__}"]
    assert {"NoNewPrivileges=true", "SystemCallFilter=@system-service", "ProtectSystem=strict"} <= daemon


@pytest.fixture
def server(tmp_path: Path) -> dict[str, str]:
    """An app whose command tells its environment, and settings beside it."""
    command = tmp_path / "app" / ".venv" / "bin" / "newsledger"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "$NEWSLEDGER_WAREHOUSE|$NEWSLEDGER_SCHEDULE|$NEWSLEDGER_LOG|$*"\n')
    command.chmod(0o755)
    settings = tmp_path / "newsledger.env"
    settings.write_text(
        "# a comment\nNEWSLEDGER_WAREHOUSE=/data/ware house\nNEWSLEDGER_LOG=json\n#NEWSLEDGER_RAW=/no\n"
        "NEWSLEDGER_SCHEDULE=0 3 * * $(date)"
    )
    return os.environ | {
        "NEWSLEDGER_APP": str(tmp_path / "app"), "NEWSLEDGER_SETTINGS": str(settings), "NEWSLEDGER_USER": "root",
    }  # fmt: skip


def _called(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(DEPLOY / "newsledger"), *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_the_wrapper_takes_the_services_settings_as_they_stand(server: dict[str, str]) -> None:
    done = _called(server, "sql", "select 1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "/data/ware house|0 3 * * $(date)|none|sql select 1\n"


def test_the_wrapper_says_what_is_missing(server: dict[str, str]) -> None:
    done = _called(server | {"NEWSLEDGER_SETTINGS": "/nowhere.env"}, "status")
    assert done.returncode == 1
    assert "/nowhere.env cannot be read" in done.stderr
    done = _called(server | {"NEWSLEDGER_APP": "/nowhere"}, "status")
    assert done.returncode == 1
    assert "make -C /nowhere install" in done.stderr


def test_an_environment_is_made_of_the_python_that_there_is(tmp_path: Path) -> None:
    """A server with Python 3.13 alone, where the pinned one cannot be fetched, is set up all the same."""
    for name in ("Makefile", ".python-version", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    pinned = (ROOT / ".python-version").read_text("utf8").strip()
    uv, python = tmp_path / "uv", tmp_path / "python"
    # A uv that has no Python of the pinned version, and one whose environments hold a Python that does nothing.
    uv.write_text(
        f'#!/bin/sh\necho "$*" >>{tmp_path}/calls\n[ "$1 $2" = "venv -q" ] || exit 0\n[ "$4" != "{pinned}" ] || exit 2\n'
        f"mkdir -p .venv/bin && cp {python} .venv/bin/python\n"
    )
    python.write_text("#!/bin/sh\n")
    for script in (uv, python):
        script.chmod(0o755)
    done = subprocess.run(
        ["make", "-C", str(tmp_path), "install", f"UV={uv}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    asked = [line for line in (tmp_path / "calls").read_text().splitlines() if line.startswith("venv")]
    assert asked == [f"venv -q --python {pinned} .venv", "venv -q --python >=3.12 .venv"]
    assert (tmp_path / ".venv" / ".installed").exists()
