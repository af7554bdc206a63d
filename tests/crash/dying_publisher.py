"""Publishes a warehouse's version at a URL and dies at its n-th request: `python -m tests.crash.dying_publisher`.

Arguments: WAREHOUSE URL N HOW, with HOW `before` or `after` (SIGKILL to itself just before or after the n-th change of the store) or
`count` (nothing happens; prints how many there were). `race` waits for a line on stdin first, so that two start at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.warehouse import remote, versions
from pipelines.warehouse.object_store import ObjectStore


def main(warehouse: str, url: str, number: str, how: str) -> int:
    """Publish; 3 where another writer was faster."""
    done = 0

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if how == "before" and done == int(number):
                os.kill(os.getpid(), signal.SIGKILL)
            result = function(*arguments, **named)
            if how == "after" and done == int(number):
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counted

    for name in ("put", "upload", "delete"):
        setattr(ObjectStore, name, around(getattr(ObjectStore, name)))
    version = versions.current(Path(warehouse))
    assert version is not None
    if how == "race":
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
    try:
        remote.publish(version, url, keep=2)
    except remote.Overtaken as told:
        sys.stderr.write(f"{told}\n")
        return 3
    sys.stdout.write(f"{done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
