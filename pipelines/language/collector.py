"""Keeps the cyclic garbage collector off while one document is worked on.

A parse is hundreds of thousands of small objects that all live as long as the document: looking through them for garbage
again and again while they are being made was a fifth of extraction's time. Between documents the collector runs as ever,
and frees the trees, which are cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Pauses the collector; leaves it off where it was off before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
