"""Raw files in an object store: listed and read as files of a folder are."""

import gzip
from pathlib import Path

import fsspec
import pytest

from pipelines.reading.files import RawFile, list_files, sha256_of
from pipelines.reading.raw_place import exists, is_remote, raw_place
from pipelines.reading.read import read_file
from pipelines.reading.records import RawRecord
from pipelines.settings import Settings


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    """A prefix of a store of its own, with news under it and a neighbour of like name that is not part of it."""
    files = fsspec.filesystem("memory")
    name = request.node.name
    files.pipe(f"/{name}/a/two.txt.gz", gzip.compress(b"Norway sent 25 observers to Sudan last week."))
    files.pipe(f"/{name}/one.jsonl", b'{"text": "Kenya signed a treaty.", "published_on": "2004-02-25"}\n')
    files.pipe(f"/{name}/.hidden/x.txt", b"no")
    files.pipe(f"/{name}/README.md", b"no")
    files.pipe(f"/{name}2/three.txt", b"no")
    return f"memory://{name}"


def test_objects_are_listed_by_name_and_read_through_all_packings(store: str) -> None:
    raw = raw_place(store)
    found = [f for f in list_files(raw) if isinstance(f, RawFile)]
    assert [f.source_path for f in found] == ["a/two.txt.gz", "one.jsonl"]
    assert all(f.modified_ns > 0 and f.size > 0 for f in found)
    records = [r for f in found for r in read_file(raw, f.source_path) if isinstance(r, RawRecord)]
    assert [("Sudan" in r.content, "Kenya" in r.content) for r in records] == [(True, False), (False, True)]
    assert len(sha256_of(raw / "one.jsonl")) == 64


def test_settings_take_a_url_and_leave_paths_absolute(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_remote(Settings(raw=store).raw)
    assert str(Settings(raw=store).raw).startswith("memory://")
    monkeypatch.chdir(tmp_path)
    assert Settings(raw="news").raw == tmp_path / "news"
    assert Settings(raw=f"file://{tmp_path}/news").raw == tmp_path / "news"


def test_a_store_that_does_not_answer_is_an_error_of_io(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_place(store)
    assert exists(raw)

    def down(*_: object, **__: object) -> None:
        raise RuntimeError("connection refused")

    monkeypatch.setattr(type(raw.fs), "find", down)  # type: ignore[union-attr]
    with pytest.raises(OSError, match="cannot be listed: connection refused"):
        list(list_files(raw))


def test_an_unknown_scheme_is_told() -> None:
    with pytest.raises((ValueError, ImportError)):
        raw_place("gopher3://x/y")


def test_a_store_whose_library_is_missing_names_what_to_install() -> None:
    with pytest.raises(ImportError, match="EXTRAS=s3"):
        raw_place("s3://bucket/news")
