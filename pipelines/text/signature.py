"""MinHash signature of a text: from which near-duplicates are found without looking at the texts again.

Broder, "On the resemblance and containment of documents" (1997); shingles of five words, `rensa` for the hashing.
"""

from __future__ import annotations

import re

import numpy as np
from rensa import RMinHash

PERMUTATIONS = 128
SHINGLE = 5
_SEED = 20240225
_WORD = re.compile(r"\w+")


def signature(text: str) -> tuple[bytes, int]:
    """(the signature as PERMUTATIONS little-endian 32-bit numbers, the number of different shingles)."""
    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    hashed.update(sorted(shingles))
    return np.asarray(hashed.digest(), dtype="<u4").tobytes(), len(shingles)
