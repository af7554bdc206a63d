"""Leases and pointers of an object store that does not answer, or that an earlier version wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse import lease, remote, versions
from pipelines.warehouse.object_store import Changed, Kept

URL = "s3://bucket/news"


class _Store:
    """An object store in memory. `fault` is raised by every put that is not the first of its name."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.url, self.fault = URL, fault
        self.kept: dict[str, Kept] = {}

    def read(self, name: str) -> Kept | None:
        return self.kept.get(name)

    def put(self, name: str, content: dict[str, Any], instead_of: Kept | None) -> Kept:
        if instead_of is not None and self.fault is not None:
            raise self.fault
        self.kept[name] = Kept(content, f"{len(self.kept)}")
        return self.kept[name]


@pytest.mark.parametrize("fault", [ConnectionError("no route"), Changed("taken"), None])
def test_giving_a_lease_back_never_fails_a_run(fault: Exception | None, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _Store(fault)
    monkeypatch.setattr(lease, "ObjectStore", lambda url: store)
    with lease.held(URL, on_wait=pytest.fail):
        assert store.kept[lease.NAME].content["holder"]
    assert (store.kept[lease.NAME].content["holder"] is None) == (fault is None)
    with lease.held(None, on_wait=pytest.fail):
        pass  # nothing is held where nothing is published


def test_a_pointer_without_the_digest_of_inputs_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _Store()
    monkeypatch.setattr(remote, "ObjectStore", lambda url: store)
    build = versions.start_build(tmp_path)
    (build / versions.DATABASE).write_bytes(b"rows")
    version = versions.publish(tmp_path, {"run_id": "a"}, keep=2)
    told = {"name": "000001-a", "number": 1, "sha256": version.about()["sha256"], "published": []}
    store.put(remote.POINTER, told, None)
    assert remote.publish(version, URL, keep=2) == "000001-a"
    assert remote.fetch(URL, tmp_path) == version
