"""The one seam to object stores (s3://, gs://, az://): whole objects in and out, and a put that only holds where nothing has changed.

By obstore, which is in the extras [s3] and [gcs]. Credentials and endpoint come from the environment, as the stores' own tools have
them (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, GOOGLE_APPLICATION_CREDENTIALS …). A store has no rename: what must appear in one step is one
small object, put last.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.errors import Explained

SCHEMES = ("s3", "s3a", "gs", "az", "abfs", "abfss")
_BLOCK = 8 << 20


class StoreProblem(Explained):
    """A URL that cannot be used, or a library that is not there; the text says what to do."""


class Changed(Exception):
    """Somebody else put the object since it was read."""


@dataclass(frozen=True)
class Kept:
    """A small object as it was read: its content as JSON, and the tag that a put may ask for."""

    content: dict[str, Any]
    tag: str


class ObjectStore:
    """A prefix of a store. Raises StoreProblem where it cannot be opened; obstore's errors, which name the object, otherwise."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        if url.partition("://")[0] not in SCHEMES:
            raise StoreProblem(
                f"{url} is no URL of an object store: give one of {', '.join(f'{s}://' for s in SCHEMES)}."
            )
        try:
            import obstore
            from obstore.store import from_url
        except ImportError as error:
            raise StoreProblem(f"{url} needs obstore: `make -B install EXTRAS=s3` (or gcs) adds it.") from error
        self._obstore: Any = obstore
        # An endpoint of one's own network may do without TLS; the name of it says so.
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        self._store: Any = from_url(self.url, client_options={"allow_http": plain})

    def read(self, name: str) -> Kept | None:
        """A small JSON object, None where there is none."""
        try:
            found = self._obstore.get(self._store, name)
        except FileNotFoundError:
            return None
        return Kept(json.loads(bytes(found.bytes())), found.meta["e_tag"])

    def put(self, name: str, content: dict[str, Any], instead_of: Kept | None) -> Kept:
        """Put a small JSON object in the place of what was read, or where nothing was. Raises Changed where that is no longer so."""
        mode: Any = "create" if instead_of is None else {"e_tag": instead_of.tag}
        data = json.dumps(content, sort_keys=True, indent=1).encode()
        try:
            result = self._obstore.put(self._store, name, data, mode=mode)
        except (self._obstore.exceptions.AlreadyExistsError, self._obstore.exceptions.PreconditionError) as error:
            raise Changed(f"{self.url}/{name} was put by another since it was read.") from error
        return Kept(content, result["e_tag"])

    def upload(self, file: Path, name: str) -> None:
        """A file, in parts where it is large. It is there whole or not at all."""
        self._obstore.put(self._store, name, file)

    def download(self, name: str, file: Path) -> str:
        """An object into a file; returns the SHA-256 of what was written. Raises FileNotFoundError where it is not there."""
        seen = hashlib.sha256()
        with file.open("wb") as out:
            for block in self._obstore.get(self._store, name).stream(min_chunk_size=_BLOCK):
                seen.update(block)
                out.write(block)
        return seen.hexdigest()

    def names(self, prefix: str) -> list[tuple[str, datetime]]:
        """(name, last change) of the objects below a prefix."""
        found = [one for page in self._obstore.list(self._store, prefix) for one in page]
        return sorted((str(one["path"]), one["last_modified"]) for one in found)

    def delete(self, names: Iterable[str]) -> None:
        """Objects that may be there or not."""
        listed = list(names)
        if listed:
            self._obstore.delete(self._store, listed)
