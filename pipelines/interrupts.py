"""Ctrl-C, or the end that a service manager asks for, during a run: one line, exit code 130 or 143, and nothing half done, since a run may be killed at any moment.

Dagster puts handlers of its own for the signal, tells of an interrupted step at length, and starts helpers that the terminal interrupts
too. So the signal is blocked, which child processes inherit, and one thread waits for it and ends the process, its workers first.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LINE = "interrupted: the warehouse is as it was, and what was finished is kept: the next run goes on from there."
_SHOW_CURSOR = "\x1b[?25h"
_LOOK_SECONDS = 0.05  # a command waits for as long at its end
_QUIET = "ignore:resource_tracker:UserWarning"


@contextmanager
def ended_by_ctrl_c() -> Iterator[None]:
    """While it lasts, SIGINT and SIGTERM end this process and its workers with LINE on stderr and exit code 130 or 143. For the main thread."""
    # Python's helper that looks after semaphores is told so when it starts: it would report those of workers that were ended
    sys.warnoptions.append(_QUIET)
    over = threading.Event()
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    terminated = signal.signal(signal.SIGTERM, lambda *_: _end(signal.SIGTERM))  # not blocked: workers are ended by it
    threads = [
        threading.Thread(target=_wait, args=(over,), name="ctrl-c", daemon=True),
        threading.Thread(target=_listen, args=(reading,), name="ctrl-c of libraries", daemon=True),
    ]
    for thread in threads:
        thread.start()
    earlier = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(earlier)
        over.set()
        writing.close()
        for thread in threads:
            thread.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGTERM, terminated)


def _wait(over: threading.Event) -> None:
    """Wait for the signal where every thread blocks it.

    Looked for among those that wait to be taken: Python's `sigtimedwait` tells of one that never came where the process was stopped and continued.
    """
    while not over.wait(_LOOK_SECONDS):
        if signal.SIGINT in signal.sigpending():
            _end()


def _listen(reading: socket.socket) -> None:
    """Wait for it where a thread that a library had started before takes it: Python writes its number to the socket then."""
    with reading:
        while numbers := reading.recv(64):
            if signal.SIGINT in numbers or signal.SIGTERM in numbers:
                _end(signal.SIGINT if signal.SIGINT in numbers else signal.SIGTERM)


def _end(number: int = signal.SIGINT) -> None:
    for child in multiprocessing.active_children():
        child.kill()
    start = f"\r{_SHOW_CURSOR}\x1b[K" if sys.stderr.isatty() else ""
    os.write(2, f"{start}{LINE}\n".encode())
    os._exit(128 + number)
