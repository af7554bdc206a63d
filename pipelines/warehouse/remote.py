"""Published versions in an object store: each a prefix of its own, and one small object that says which is current.

    <url>/current.json                       the pointer: name of the version, and of those that are kept
    <url>/versions/<name>/version.json       the manifest: what `versions.publish` wrote, with the SHA-256 of every file
    <url>/versions/<name>/tables/…, newsledger.duckdb

A version's objects are put under a name that nobody else uses; then the pointer is put on the condition that it is as it was
read. So a reader finds the version before or the new one, whole, whenever the writer dies; of two writers at once one wins, and the
other is told. Readers take the pointer, then files below the version's prefix: Parquet by any library that reads from the store, or all
of it by `fetch`.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines import logs
from pipelines.errors import Explained
from pipelines.warehouse import lease, versions
from pipelines.warehouse.object_store import Changed, ObjectStore, StoreProblem
from pipelines.warehouse.versions import ABOUT, Version

POINTER = "current.json"
# What a dead writer left goes after this long: a living one has put its pointer by then.
LEFT_FOR = timedelta(days=1)


class Overtaken(Explained):
    """Another writer published at the same URL at the same moment; what was put is not current."""


def publish(version: Version, url: str, keep: int) -> str:
    """Make a version of this machine the current one at a URL; returns its name there. Nothing is put where it is current already.

    `keep` versions stay, and those that were current a moment ago. Raises Overtaken, StoreProblem, and what obstore raises where the
    store cannot be reached: the version that is current there stays so.
    """
    store = ObjectStore(url)
    before = store.read(POINTER)
    told = version.about()
    if before is not None and before.content["sha256"] == told["sha256"]:
        return str(before.content["name"])
    number = (before.content["number"] if before else 0) + 1
    name = f"{number:06d}-{secrets.token_hex(4)}"
    for file in told["sha256"]:
        store.upload(version.path / file, _object(name, file))
    store.upload(version.path / ABOUT, _object(name, ABOUT))
    now = time.time()
    published = [*(before.content["published"] if before else []), {"name": name, "at": now}]
    kept = [
        one
        for n, one in enumerate(published)
        if n >= len(published) - keep or now - published[n + 1]["at"] < versions.READER_SECONDS
    ]
    pointer = {
        "name": name,
        "number": number,
        "inputs": told.get("inputs"),
        "sha256": told["sha256"],
        "published": kept,
    }
    lease.check(url)
    try:
        store.put(POINTER, pointer, before)
    except Changed as error:
        after = store.read(POINTER)
        if after is not None and after.content["name"] == name:
            return name  # it was put, and the answer to it lost on the way
        store.delete(_object(name, file) for file in (*told["sha256"], ABOUT))
        raise Overtaken(
            f"Another writer published at {url} while this one did: theirs is current, this version {version.number} is not. "
            "Two warehouses should not publish at one URL; if this one should, run again."
        ) from error
    _drop_old(store, {one["name"] for one in published}, {one["name"] for one in kept})
    logs.logger().info("version published at a URL", version=version.number, name=name, url=url)
    return name


def make_up(warehouse: Path, url: str, keep: int) -> None:
    """Publish at a URL what is current here, where readers there see another version: a run or a rollback ended between the two.

    Asked at the start of each run, whatever that finds to do. Raises what `publish` raises.
    """
    version = versions.current(warehouse)
    if version is not None:
        publish(version, url, keep)


def fetch(url: str, warehouse: Path, keep: int = 2) -> Version:
    """Bring the version that is current at a URL into a warehouse folder, and make it current there; every file is held against its SHA-256.

    Where the folder has it already, nothing is read but the pointer. Raises StoreProblem where nothing is published or a file is
    not what the manifest says.
    """
    store = ObjectStore(url)
    pointer = store.read(POINTER)
    if pointer is None:
        raise StoreProblem(f"Nothing is published at {url}: NEWSLEDGER_PUBLISH_TO={url} makes a run do so.")
    here = versions.current(warehouse)
    if here is not None and here.about().get("sha256") == pointer.content["sha256"]:
        return here
    name, folder = pointer.content["name"], versions.start_build(warehouse)
    for file, wanted in pointer.content["sha256"].items():
        if store.download(_object(name, file), folder / file) != wanted:
            raise StoreProblem(
                f"{url}/{_object(name, file)} is not what was published (its SHA-256 is another): fetch again."
            )
    manifest = store.read(_object(name, ABOUT))
    if manifest is None:
        raise StoreProblem(f"{url}/{_object(name, ABOUT)} is missing: publish again.")
    return versions.publish(warehouse, _without_own(manifest.content) | {"fetched_from": f"{url}#{name}"}, keep)


def _without_own(about: dict[str, Any]) -> dict[str, Any]:
    """What `versions.publish` does not make itself."""
    return {key: value for key, value in about.items() if key not in ("version", "published_at", "sha256")}


def _object(name: str, file: str) -> str:
    return f"versions/{name}/{file}"


def _drop_old(store: ObjectStore, published: set[str], kept: set[str]) -> None:
    """Remove versions that were published and are no longer kept, and what dead writers left: objects that no pointer names and that
    nobody has added to for a day. Younger ones may be those of a writer at work."""
    young = datetime.now(UTC) - LEFT_FOR
    by_version: dict[str, list[tuple[str, datetime]]] = {}
    for path, changed in store.names("versions/"):
        by_version.setdefault(path.split("/")[1], []).append((path, changed))
    for name, objects in by_version.items():
        if name in published - kept or (name not in kept and max(changed for _, changed in objects) < young):
            store.delete(path for path, _ in objects)
