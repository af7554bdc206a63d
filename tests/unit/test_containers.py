"""What the container files name is there: paths, extras, settings, modules, ports; one image serves all services."""

from __future__ import annotations

import importlib
import importlib.util
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster._core.instance.config import dagster_instance_config
from dagster._core.workspace.config_schema import process_workspace_config

from pipelines.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OURS = ("code", "webserver", "daemon")
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf8"))
    return found


def _instructions(name: str) -> list[str]:
    """Arguments of every instruction of this name in the container file, lines that are continued joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf8").replace("\\\n", " ")
    return [line.split(maxsplit=1)[1] for line in text.splitlines() if line.startswith(f"{name} ")]


def _environment(service: str) -> dict[str, str]:
    found: dict[str, str] = _compose()["services"][service]["environment"]
    return found


def _defaults() -> dict[str, str]:
    """Variables that compose.yaml takes from .env, with their defaults."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf8")
    assert len(VARIABLE.findall(text)) > 10
    return {name: value if kind == "-" else "" for name, kind, value in VARIABLE.findall(text)}


def test_what_the_image_copies_exists_and_is_sent_to_the_build() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf8").splitlines()
    assert ignored[1] == "*"
    sent = {line[1:] for line in ignored if line.startswith("!")}
    copied = [x.split()[:-1] for x in _instructions("COPY") if not x.startswith("--from")]
    paths = [path for paths in copied for path in paths]
    assert {"pipelines", "sql", "requirements.lock", "deploy/dagster-postgres.yaml"} <= set(paths)
    for path in paths:
        assert (ROOT / path).exists(), path
        assert path.partition("/")[0] in sent, path
    assert sent.isdisjoint({"tests", "training", "warehouse", "raw", ".git", ".venv"})
    assert any(fnmatch("deploy/.env", line) for line in ignored)


def test_what_a_wheel_takes_in_is_there_when_the_image_makes_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], *project["project"]["license-files"], "README.md"}
    copied = {word for x in _instructions("COPY") for word in x.split()[:-1]}
    assert needed - copied == set()
    assert len(needed) >= 6


def test_extras_are_those_of_the_project() -> None:
    extras = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["optional-dependencies"]
    )
    text = (DEPLOY / "Containerfile").read_text(encoding="utf8")
    told = re.search(r"with commas between them: ([a-z0-9, ]+)\.", text)
    assert told is not None
    assert set(told[1].split(", ")) == extras
    assert "EXTRAS=postgres" in _instructions("ARG")
    assert _defaults()["EXTRAS"] == "postgres"


def test_the_image_runs_as_somebody_and_names_no_registry() -> None:
    arguments = dict(x.split("=") for x in _instructions("ARG"))
    assert _instructions("USER") == ["${UID}:${GID}"]
    assert arguments["UID"] == arguments["GID"] == "10001"
    assert _defaults()["FILES_UID"] == _defaults()["FILES_GID"] == "10001"
    assert _instructions("FROM") == ["${BASE} AS build", "${BASE}"]
    assert _defaults()["BASE"] == arguments["BASE"]
    images = [arguments["BASE"], _defaults()["IMAGE"], _defaults()["POSTGRES_IMAGE"]]
    assert all("/" not in image for image in images)


def test_variables_of_compose_are_those_told_with_their_defaults() -> None:
    told = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "compose.env").read_text(encoding="utf8"), re.MULTILINE))
    assert told == _defaults()


def test_one_image_serves_all_and_gives_up_what_it_does_not_need() -> None:
    services = _compose()["services"]
    assert {"postgres", *OURS} == set(services)
    for name in OURS:
        service = services[name]
        assert service["image"] == services["code"]["image"]
        assert (service["read_only"], service["init"], service["cap_drop"]) == (True, True, ["ALL"])
    for name, service in services.items():
        assert service["restart"] == "always", name
        assert service["mem_limit"], name
        assert service["healthcheck"]["test"][0] == "CMD", name
    assert [n for n in OURS if "build" in services[n]] == ["code"]
    build = services["code"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    assert set(build["args"]) <= {x.partition("=")[0] for x in _instructions("ARG")}


def test_settings_of_the_services_exist_and_agree_with_the_image() -> None:
    known = {f"NEWSLEDGER_{name.upper()}" for name in Settings.model_fields} | {"NEWSLEDGER_DAGSTER_POSTGRES"}
    assert known
    image = dict(pair.split("=", 1) for x in _instructions("ENV") for pair in x.split() if "=" in pair)
    for name in OURS:
        environment = _environment(name)
        assert {x for x in environment if x.startswith("NEWSLEDGER_")} <= known
        assert environment["DAGSTER_HOME"] == environment["NEWSLEDGER_DAGSTER_HOME"]
        copied = {x.split()[-1] for x in _instructions("COPY")}
        assert f"{environment['DAGSTER_HOME']}/dagster.yaml" in copied
    code = _environment("code")
    mounted = {x.rpartition("}:")[2].split(":")[0] for x in _compose()["services"]["code"]["volumes"] if "$" in x}
    assert mounted == {code["NEWSLEDGER_RAW"], code["NEWSLEDGER_WAREHOUSE"]}
    assert mounted == {image["NEWSLEDGER_RAW"], image["NEWSLEDGER_WAREHOUSE"]}


def test_what_runs_print_is_kept_where_the_webserver_looks() -> None:
    services = _compose()["services"]
    storage = f"dagster:{_environment('code')['DAGSTER_HOME']}/storage"
    assert all(storage in services[name]["volumes"] for name in OURS)


def test_webserver_and_daemon_find_the_code_location() -> None:
    services = _compose()["services"]
    command = services["code"]["command"]
    assert importlib.util.find_spec(command[command.index("--module-name") + 1]) is not None
    workspace = yaml.safe_load((DEPLOY / "workspace.yaml").read_text(encoding="utf8"))
    assert process_workspace_config(workspace).success
    (place,) = (entry["grpc_server"] for entry in workspace["load_from"])
    assert place["host"] in services
    assert str(place["port"]) == command[command.index("--port") + 1]
    assert services["code"]["healthcheck"]["test"][-1] == str(place["port"])
    copied = {x.split()[-1].rstrip("/") for x in _instructions("COPY") if "deploy/workspace.yaml" in x}
    for name in ("webserver", "daemon"):
        named = Path(services[name]["command"][-1])
        assert named.name == "workspace.yaml"
        assert {str(named.parent)} == copied
    published = services["webserver"]["ports"][0].rpartition(":")[2]
    assert published in services["webserver"]["command"]
    assert services["webserver"]["ports"][0].startswith("127.0.0.1:")


@pytest.mark.parametrize("name", ["dagster.yaml", "dagster-postgres.yaml"])
def test_dagster_takes_its_configuration(name: str, tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text((DEPLOY / name).read_text(encoding="utf8"), encoding="utf8")
    config, _ = dagster_instance_config(str(tmp_path))
    assert config["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert ("storage" in config) == (name == "dagster-postgres.yaml")


def test_configurations_differ_in_where_records_and_runs_lie_alone() -> None:
    plain, postgres = (
        yaml.safe_load((DEPLOY / n).read_text("utf8")) for n in ("dagster.yaml", "dagster-postgres.yaml")
    )
    assert postgres.pop("storage")["postgres"]["postgres_url"] == {"env": "NEWSLEDGER_DAGSTER_POSTGRES"}
    launcher = postgres.pop("run_launcher")
    assert hasattr(importlib.import_module(launcher["module"]), launcher["class"])
    assert postgres.pop("run_queue")["max_user_code_failure_retries"] > 0
    assert plain == postgres
