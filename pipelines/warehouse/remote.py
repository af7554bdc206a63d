"""Published versions in an object store: files under their content, a manifest a version, and one small object that says which is current.

    <url>/current.json                  the pointer: name of the version, digest of its content, and the names of those that are kept
    <url>/versions/<name>/version.json  the manifest: what `versions.publish` wrote, with the SHA-256 of every file; `objects`: file -> where
                                        it lies; `tables`: table -> the objects that it lies in
    <url>/objects/<name>/<SHA-256>.<kind>  files that this version put; later ones that have one in common share it, so it is put once

A version's objects are put first; then the pointer is put on the condition that it is as it was read. So a reader finds the version before or
the new one, whole, whenever the writer dies; of two writers at once one wins, and the other is told. Only objects of versions that the pointer
names are taken for put: as long as the pointer stands, nobody drops them. No name is put twice: what a writer drops late, after others took its
lease, is an object that no version of theirs names, even where they put the same content again; and tables that are made anew
(`newsledger run --select tables`) are put anew, in the place of objects that came to harm. Versions of earlier newsledgers, whose objects had no version
in their name or whose files lie beside their manifest, can be fetched.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines import logs
from pipelines.errors import Explained
from pipelines.reading.files import sha256_of
from pipelines.warehouse import files, lease, versions
from pipelines.warehouse.object_store import Changed, Kept, ObjectStore, StoreProblem
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
    about = version.about()
    content = _content(about["sha256"])
    if before is not None and _content_of(before) == content:
        return str(before.content["name"])
    number = (before.content["number"] if before else 0) + 1
    name = f"{number:06d}-{secrets.token_hex(4)}"
    listed = before.content["published"] if before else []
    objects = _put_files(store, version, name, [one["name"] for one in listed])
    store.put(_manifest(name), about | {"objects": objects, "tables": _tables(objects)}, None)
    now = time.time()
    published = [*listed, {"name": name, "at": now}]
    kept = [
        one
        for n, one in enumerate(published)
        if n >= len(published) - keep or now - published[n + 1]["at"] < versions.READER_SECONDS
    ]
    pointer = {"name": name, "number": number, "inputs": about.get("inputs"), "content": content, "published": kept}
    lease.check(url)
    try:
        store.put(POINTER, pointer, before)
    except Changed as error:
        after = store.read(POINTER)
        if after is not None and name in {one["name"] for one in after.content["published"]}:
            return name  # it was put, and the answer to it lost on the way; another may have gone on from it since
        store.delete([_manifest(name), *(place for place in objects.values() if place.startswith(f"objects/{name}/"))])
        raise Overtaken(
            f"Another writer published at {url} while this one did: theirs is current, this version {version.number} is not. "
            "Two warehouses should not publish at one URL; if this one should, run again."
        ) from error
    _drop_old(store, {one["name"] for one in published}, {one["name"] for one in kept})
    logs.logger().info("version published at a URL", version=version.number, name=name, url=url)
    return name


def _put_files(store: ObjectStore, version: Version, name: str, listed: list[str]) -> dict[str, str]:
    """Put those files of a version that no listed version has, or all where its tables were made anew; returns file -> object."""
    about = version.about()
    there: dict[str, str] = {}  # what a file is called by its content -> an object that is that
    if not about.get("made_anew"):
        for manifest in _manifests(store, listed):
            there |= {_by_content(manifest["sha256"], file): place for file, place in _objects(manifest).items()}
    found = {}
    for file in about["sha256"]:
        content = _by_content(about["sha256"], file)
        if content not in there:
            there[content] = f"objects/{name}/{content}"
            store.upload(version.path / file, there[content])
        found[file] = there[content]
    return found


def make_up(warehouse: Path, url: str, keep: int) -> None:
    """Publish at a URL what is current here, where readers there see another version: a run or a rollback ended between the two.

    Asked at the start of each run, whatever that finds to do. Raises what `publish` raises.
    """
    version = versions.current(warehouse)
    if version is not None:
        publish(version, url, keep)


def fetch(url: str, warehouse: Path, keep: int = 2) -> Version:
    """Bring the version that is current at a URL into a warehouse folder, and make it current there; every file is held against its SHA-256.

    Files that a version in the folder has are not read again. Where the version itself is there, nothing is read but the pointer. Raises
    StoreProblem where nothing is published or a file is not what the manifest says.
    """
    store = ObjectStore(url)
    pointer = store.read(POINTER)
    if pointer is None:
        raise StoreProblem(f"Nothing is published at {url}: NEWSLEDGER_PUBLISH_TO={url} makes a run do so.")
    name, wanted = pointer.content["name"], _content_of(pointer)
    here = versions.current(warehouse)
    if here is not None and _content(here.about().get("sha256", {})) == wanted:
        return here
    manifest = store.read(_manifest(name))
    if manifest is None:
        raise StoreProblem(f"{url}/{_manifest(name)} is missing: publish again.")
    sums = manifest.content["sha256"]
    if _content(sums) != wanted:
        raise StoreProblem(f"{url}/{_manifest(name)} is not the manifest that {POINTER} tells of: fetch again.")
    folder, known = versions.start_build(warehouse), versions.known_files(warehouse)
    for file, sha256 in sums.items():
        (folder / file).parent.mkdir(exist_ok=True)
        if sha256 in known and sha256_of(known[sha256]) == sha256:
            files.link_or_copy(known[sha256], folder / file)
            continue
        place = _objects(manifest.content).get(file, f"versions/{name}/{file}")
        if store.download(place, folder / file) != sha256:
            raise StoreProblem(
                f"{url}/{place} is not what was published as {file} (its SHA-256 is another): fetch again, or publish anew."
            )
    return versions.publish(warehouse, _without_own(manifest.content) | {"fetched_from": f"{url}#{name}"}, keep)


def _without_own(about: dict[str, Any]) -> dict[str, Any]:
    """What `versions.publish` does not make itself, and what is of the store alone."""
    own = ("version", "published_at", "sha256", "tables", "objects", "made_anew")
    return {key: value for key, value in about.items() if key not in own}


def _content(sums: dict[str, str]) -> str:
    """Digest of a version's files and what is in them."""
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def _content_of(pointer: Kept) -> str:
    """The same of the version that a pointer names; those of earlier newsledgers list the files themselves."""
    return str(pointer.content["content"]) if "content" in pointer.content else _content(pointer.content["sha256"])


def _by_content(sums: dict[str, str], file: str) -> str:
    return f"{sums[file]}{PurePosixPath(file).suffix}"


def _objects(about: dict[str, Any]) -> dict[str, str]:
    """File -> object, of a manifest; of one of an earlier newsledger by the content, and none where the files lie beside it."""
    if "objects" in about:
        return dict(about["objects"])
    return {file: f"objects/{_by_content(about['sha256'], file)}" for file in about["sha256"] if "tables" in about}


def _manifest(name: str) -> str:
    return f"versions/{name}/{ABOUT}"


def _tables(objects: dict[str, str]) -> dict[str, list[str]]:
    """Table -> the objects that it lies in, in the order of its parts."""
    found: dict[str, list[str]] = {}
    for file in sorted(objects):
        place = PurePosixPath(file).parts
        if place[0] == versions.TABLES:
            found.setdefault(PurePosixPath(place[1]).stem, []).append(objects[file])
    return found


def _manifests(store: ObjectStore, names: Iterable[str]) -> list[dict[str, Any]]:
    return [kept.content for name in names if (kept := store.read(_manifest(name))) is not None]


def _objects_of(store: ObjectStore, names: set[str]) -> set[str]:
    """Objects that the manifests of some versions name."""
    return {place for about in _manifests(store, names) for place in _objects(about).values()}


def _drop_old(store: ObjectStore, published: set[str], kept: set[str]) -> None:
    """Remove versions that were published and are no longer kept, objects that only these named, and what dead writers left: what no pointer
    leads to and nobody has put for a day. Younger ones may be those of a writer at work."""
    young = datetime.now(UTC) - LEFT_FOR
    held, dropped = _objects_of(store, kept), _objects_of(store, published - kept)
    by_version: dict[str, list[tuple[str, datetime]]] = {}
    for path, changed in store.names("versions/"):
        by_version.setdefault(path.split("/")[1], []).append((path, changed))
    gone = [
        path for path, changed in store.names("objects/") if path not in held and (path in dropped or changed < young)
    ]
    # Manifests after what they name: a writer that dies here leaves what the next one finds.
    if gone:
        store.delete(gone)
    for name, objects in by_version.items():
        if name in published - kept or (name not in kept and max(changed for _, changed in objects) < young):
            store.delete(path for path, _ in objects)
