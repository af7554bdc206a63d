"""Limits of time: what one document, or the next record of a file, may cost before it is quarantined.

Counted is processor time, so that a busy or sleeping machine quarantines nothing. The limit works by a signal, which
patterns and Python code heed; a parser of trees or tokens in C heeds it when it returns.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# A third of what is parsed in that time, on one core, of ordinary text.
SECONDS_FOR_ANY = 60.0
CHARACTERS_A_SECOND = 20_000
# From one record of a file to the next: pictures of a gigabyte may lie between two pages of a web archive.
SECONDS_FOR_RECORD = 300.0
# The signal comes again and again: code that swallows everything may swallow the first.
_AGAIN = 1.0
_armed = False


class TookTooLong(BaseException):
    """The limit was reached. No Exception: libraries that catch those would go on with what must end."""


def seconds_for(characters: int) -> float:
    """Processor time that the cleaning, parsing or extraction of a text of this length may take."""
    return SECONDS_FOR_ANY + characters / CHARACTERS_A_SECOND


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TookTooLong in the body once it has used up that much processor time.

    Signals reach the main thread alone: in another one the body runs without limit.
    """
    global _armed
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Left in place afterwards: a signal on its way would end the process where nobody takes it.
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    _armed = True
    try:
        yield
    finally:
        _armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(_number: int, _frame: FrameType | None) -> None:
    if _armed:
        raise TookTooLong
