"""Numbers, in a student's encoder, of the word pieces that a release's tokenizer keeps: one tokenizer reads for both.

    python -m training.reader.student_pieces RELEASE/tokenizer.json STUDENT/tokenizer.json KEPT.npy

MPNet's and BERT's uncased vocabularies hold the same pieces under other numbers, and marks under other names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

_MARKS = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]", "<unk>": "[UNK]", "<mask>": "[MASK]"}


def counterparts(ours: dict[str, int], theirs: dict[str, int]) -> np.ndarray:
    """Of each piece of `ours` in order of its number the number in `theirs`. Raises ValueError for pieces that they lack."""
    names = [_MARKS.get(piece, piece) for piece in sorted(ours, key=lambda p: ours[p])]
    missing = [name for name in names if name not in theirs]
    if missing:
        raise ValueError(
            f"{len(missing)} pieces are not in the student's vocabulary ({' '.join(missing[:5])} …): take a student of an uncased "
            "English WordPiece vocabulary, such as all-MiniLM-L6-v2."
        )
    return np.array([theirs[name] for name in names])


def main() -> None:
    ours, theirs = (json.loads(Path(p).read_text(encoding="utf8"))["model"]["vocab"] for p in sys.argv[1:3])
    np.save(sys.argv[3], counterparts(ours, theirs))


if __name__ == "__main__":
    main()
