"""Holds the lease of a URL in a process of its own: `python -m tests.crash.lease_holder URL SECONDS`.

Prints `waiting` where another holds it, `held` when it does; then waits for a line on stdin, and prints whether it may still publish.
"""

import sys

from pipelines.warehouse import lease


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    lease.SECONDS = float(sys.argv[2])
    with lease.held(sys.argv[1], lambda _: _say("waiting")):
        _say("held")
        sys.stdin.readline()
        try:
            lease.check(sys.argv[1])
            _say("may publish")
        except lease.LeaseLost:
            _say("lost")
