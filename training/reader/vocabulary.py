"""The word pieces that news needs: a WordPiece vocabulary cut to what a corpus uses, so that the release stays small.

    python -m training.reader.vocabulary TOKENIZER CORPUS.jsonl.gz … --most 11000 --out tokenizer.json --kept kept.npy

A word whose piece is dropped falls into shorter ones; all single characters are kept, so that no word is lost. What tells of acts
and sums is kept whole however rare it is ("lent", "ceasefire", "abducted"): the published encoder knows what it means, its parts do
not: words of labelled triggers, of documents that are learnt from, and of the lists that decide.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

_WORD = re.compile(r"\w+|[^\w\s]")
# Of each corpus no more than this, so that none decides alone.
_MOST_CHARACTERS = 12_000_000
_AS_OFTEN = 1000


def words_of(paths: list[Path]) -> Counter[str]:
    """How often each word stands in the texts of JSON Lines files."""
    found: Counter[str] = Counter()
    for path in paths:
        taken = 0
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                found.update(_WORD.findall(text))
                taken += len(text)
                if taken > _MOST_CHARACTERS:
                    break
    return found


def _tokenizer(path: Path) -> Tokenizer:
    found = Tokenizer.from_file(str(path))
    found.no_padding()
    found.no_truncation()
    return found


def words_of_triggers(labels: list[Path], fold: int) -> set[str]:
    """Words, in small letters, that tell labelled events, in folders of `training.reader.notation`; not those of a fold."""
    found: set[str] = set()
    for path in (p for folder in labels for p in sorted(folder.glob("*.json"))):
        label = json.loads(path.read_text(encoding="utf8"))
        if label["fold"] != fold:
            found.update(w for e in label["events"] for w in _WORD.findall((e["quote"] or "").lower()))
    return found


def kept_pieces(tokenizer: Path, words: Counter[str], most: int, whole: Iterable[str] = ()) -> set[int]:
    """Numbers of special pieces, single characters, pieces that are one of the words `whole`, and the most used others, `most` in all."""
    known = _tokenizer(tokenizer)
    counts: Counter[int] = Counter()
    for word, n in words.items():
        for piece in known.encode(word, add_special_tokens=False).ids:
            counts[piece] += n
    vocabulary = known.get_vocab()
    kept = {
        i
        for t, i in vocabulary.items()
        if (re.fullmatch(r"(##)?.", t) and counts[i] > 0) or (re.fullmatch(r"(##)?[!-~]", t))
    }
    kept |= {
        vocabulary[t]
        for t in ("<s>", "</s>", "<pad>", "<unk>", "[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]", "<mask>")
        if t in vocabulary
    }
    kept |= {vocabulary[w] for w in whole if w in vocabulary}
    for piece, _ in counts.most_common():
        if len(kept) >= most:
            break
        kept.add(piece)
    return kept


def pruned(tokenizer: dict[str, Any], keep: set[int]) -> tuple[dict[str, Any], np.ndarray]:
    """A WordPiece tokenizer (its JSON) with some of its pieces, renumbered, and the old number of each new one."""
    vocabulary = {t: i for t, i in tokenizer["model"]["vocab"].items() if i in keep}
    old = np.array(sorted(vocabulary.values()))
    number = {int(o): n for n, o in enumerate(old)}
    tokenizer["model"]["vocab"] = {t: number[i] for t, i in sorted(vocabulary.items(), key=lambda v: v[1])}
    tokenizer["added_tokens"] = [t | {"id": number[t["id"]]} for t in tokenizer["added_tokens"] if t["id"] in number]
    tokenizer["post_processor"] = tokenizer["padding"] = tokenizer["truncation"] = None
    return tokenizer, old


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("tokenizer", type=Path)
    ask.add_argument("corpora", type=Path, nargs="+")
    ask.add_argument(
        "--names", type=Path, nargs="*", default=[], help="tables whose words are kept whole (states, capitals)"
    )
    ask.add_argument(
        "--labels", type=Path, nargs="*", default=[], help="folders of labels whose triggers are kept whole"
    )
    ask.add_argument("--fold", type=int, default=-1, help="fold of the labels that is held out")
    ask.add_argument("--lists", type=Path, nargs="*", default=[], help="lists of words that are kept whole")
    ask.add_argument("--most", type=int, default=11_000)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--kept", type=Path, required=True)
    given = ask.parse_args()
    words = words_of(given.corpora)
    for path in given.names:
        words.update({w: _AS_OFTEN for w in set(_WORD.findall(path.read_text(encoding="utf8"))) if w[0].isupper()})
    whole = words_of_triggers(given.labels, given.fold)
    for path in given.lists:
        whole.update(_WORD.findall(path.read_text(encoding="utf8").lower()))
    keep = kept_pieces(given.tokenizer, words, given.most, whole)
    found, old = pruned(json.loads(given.tokenizer.read_text(encoding="utf8")), keep)
    given.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf8")
    np.save(given.kept, old)
    before, after = _tokenizer(given.tokenizer), _tokenizer(given.out)
    sample = list(words.items())
    sizes = [sum(n * len(t.encode(w, add_special_tokens=False).ids) for w, n in sample) for t in (before, after)]
    print(f"{len(old)} pieces; text grows by {sizes[1] / sizes[0] - 1:.2%}")


if __name__ == "__main__":
    main()
