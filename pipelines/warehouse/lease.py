"""One run at a time for a URL that is published at: a lease, where no operating system frees a lock when its holder dies.

`<url>/run.lease` names the holder, who puts it anew every few seconds. Whoever waits watches it: where it has not changed for
`SECONDS`, its holder is held for dead and the lease is taken, each step by a put that only holds where nothing has changed since it
was read. So no two clocks are compared. A holder that was held for dead and is not learns it before it publishes (`check`).
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pipelines import logs
from pipelines.errors import Explained
from pipelines.warehouse.object_store import Changed, Kept, ObjectStore

NAME = "run.lease"
SECONDS = 60.0
_held: dict[str, Lease] = {}


class LeaseLost(Explained):
    """Another run has taken the lease: this one may not publish."""


class Lease:
    """The lease of a URL while this process holds it: renewed by a thread, until `release`."""

    def __init__(self, store: ObjectStore, kept: Kept) -> None:
        self._store, self._kept = store, kept
        self._renewed, self._lost, self._over = time.monotonic(), False, threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()

    def _renew(self) -> None:
        while not self._over.wait(SECONDS / 4):
            content = self._kept.content | {"beat": self._kept.content["beat"] + 1}
            try:
                self._kept = self._store.put(NAME, content, self._kept)
                self._renewed = time.monotonic()
            except Changed:
                self._lost = True
                return
            except Exception as error:  # the network: tried again until the lease has run out
                logs.logger().warning("lease not renewed", url=self._store.url, error=str(error))

    def check(self) -> None:
        """Raises LeaseLost where another may hold it by now."""
        if self._lost or time.monotonic() - self._renewed > SECONDS:
            raise LeaseLost(
                f"This run did not renew its lease at {self._store.url} for {SECONDS:.0f} s (was it stopped, or the store out of reach?) and "
                "another may have taken it: nothing was published there. Run again."
            )

    def release(self) -> None:
        """Let the next run have it at once. Never fails: a lease that the store does not take back runs out by itself."""
        self._over.set()
        self._thread.join()
        try:
            self._store.put(NAME, {"holder": None, "beat": 0}, self._kept)
        except Changed:
            return  # another run has it
        except Exception as error:
            logs.logger().warning("lease not given back", url=self._store.url, error=str(error))


@contextmanager
def held(url: str | None, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the lease of a URL; without one there is nothing to hold. Waits for another run, after telling `on_wait` whose it is.

    Within a process that holds it already it is held on.
    """
    if url is None or url in _held:
        yield
        return
    store = ObjectStore(url)
    _held[url] = lease = Lease(store, _taken(store, on_wait))
    try:
        yield
    finally:
        del _held[url]
        lease.release()


def check(url: str) -> None:
    """Raises LeaseLost where this process held the lease of the URL and may have lost it."""
    if url in _held:
        _held[url].check()


def _taken(store: ObjectStore, on_wait: Callable[[str], None]) -> Kept:
    mine = {"holder": f"process {os.getpid()} on {socket.gethostname()}", "beat": 0}
    seen, since, announced = "", time.monotonic(), False
    while True:
        found = store.read(NAME)
        if found is not None and found.tag != seen:
            seen, since = found.tag, time.monotonic()
        if found is None or found.content["holder"] is None or time.monotonic() - since > SECONDS:
            with suppress(Changed):
                return store.put(NAME, mine, found)
            continue
        if not announced:
            on_wait(str(found.content["holder"]))
            announced = True
        time.sleep(min(1.0, SECONDS / 10))
