"""Text for a terminal: news text is input of unknown origin and must not steer it."""

from __future__ import annotations

import re

# C0 and C1 controls (escape sequences begin with one), bidirectional overrides and isolates.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text with every control character but line feed and tab made visible as a replacement mark."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
