"""A run that dies, or finds the disk full, at its n-th step of writing: `python -m tests.crash.dying_run`.

Arguments: RAW WAREHOUSE N HOW, with HOW one of
- `kill-before`, `kill-after`: SIGKILL to itself just before or after the n-th flush, rename, link or removal,
- `full`: that step and all after it raise "No space left on device", as they do on a full disk,
- `count`: nothing happens; prints how many steps there were.
"""

from __future__ import annotations

import errno
import os
import pathlib
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from typing import Any


class Steps:
    """Counts what changes the disk for good, and strikes at the n-th."""

    def __init__(self, strike_at: int, how: str) -> None:
        self.strike_at, self.how, self.done = strike_at, how, 0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted."""

        def counted(*arguments: Any, **named: Any) -> Any:
            self.done += 1
            if self.how == "full" and self.done >= self.strike_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]) if arguments else "")
            if self.how == "kill-before" and self.done == self.strike_at:
                os.kill(os.getpid(), signal.SIGKILL)
            result = function(*arguments, **named)
            if self.how == "kill-after" and self.done == self.strike_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counted


def main(raw: str, warehouse: str, number: str, how: str) -> int:
    """Run, and die where asked."""
    warnings.simplefilter("ignore")
    import dagster as dg

    from pipelines.defs.launch import RunFailed, run_pipeline
    from pipelines.settings import Settings

    steps = Steps(int(number), how)
    os.fsync = steps.around(os.fsync)
    shutil.rmtree = steps.around(shutil.rmtree)  # type: ignore[assignment]
    for name in ("rename", "replace", "symlink_to", "mkdir"):
        setattr(pathlib.Path, name, steps.around(getattr(pathlib.Path, name)))
    settings = Settings(raw=pathlib.Path(raw), warehouse=pathlib.Path(warehouse), engine="serial")
    with dg.DagsterInstance.ephemeral() as instance:
        try:
            run_pipeline(settings, instance=instance)
        except RunFailed as failure:
            sys.stderr.write(f"{failure}\n")
            return 1
    sys.stdout.write(f"{steps.done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
