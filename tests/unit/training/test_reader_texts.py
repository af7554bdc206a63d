"""Before a network learns: texts out of the corpora by their ids, and the word pieces that are kept."""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from training.reader import texts, vocabulary


def _corpus(path: Path, rows: list[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_texts_are_cut_as_they_were_labelled_and_what_no_corpus_has_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a:1", "title": "T", "published_on": "2010-01-02", "source": "Post", "text": "  Chad paid Mali. More.", "url": "u"},
        {"id": "a:2", "text": "Not asked for."},
    ]  # fmt: skip
    _corpus(tmp_path / "corpus" / "a.jsonl.gz", rows)
    _corpus(tmp_path / "corpus" / "b.jsonl.gz", [{"id": "b:1", "text": "Ships came."}])
    index = tmp_path / "documents.tsv"
    index.write_text("a:1\t15\t0\nb:1\t100\nc:1\t9\n")
    monkeypatch.setattr(sys, "argv", ["texts", str(tmp_path), str(index), str(tmp_path / "out.jsonl")])
    texts.main()
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert found[0] == {
        "id": "a:1",
        "title": "T",
        "published_on": "2010-01-02",
        "source": "Post",
        "text": "Chad paid Mali.",
    }
    assert [row["id"] for row in found] == ["a:1", "b:1"]
    assert capsys.readouterr().out == "in no corpus: c:1\n"


_PIECES = ["[UNK]", "[PAD]", "lent", "le", "##nt", "ships", "sh", "##ips", "came", "a", "##a", "zebra"]


def _tokenizer(folder: Path) -> Path:
    made = Tokenizer(WordPiece({p: n for n, p in enumerate(_PIECES)}, unk_token="[UNK]"))  # type: ignore[call-arg,unused-ignore]
    made.pre_tokenizer = Whitespace()  # type: ignore[misc,assignment,unused-ignore]
    made.add_special_tokens(["[PAD]", "[UNK]"])
    made.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"


def _names(kept: set[int]) -> set[str]:
    return {_PIECES[i] for i in kept}


def test_the_commonest_pieces_are_kept_and_words_of_acts_however_rare(tmp_path: Path) -> None:
    file = _tokenizer(tmp_path)
    words = Counter({"ships": 50, "came": 40, "zebra": 1})
    always = {"[UNK]", "[PAD]", "a", "##a"}
    assert _names(vocabulary.kept_pieces(file, words, len(always) + 1)) == always | {"ships"}
    with_lent = vocabulary.kept_pieces(file, words, len(always) + 2, ["lent", "unheard"])
    assert _names(with_lent) == always | {"lent", "ships"}


def test_a_cut_tokenizer_numbers_anew_and_falls_into_shorter_pieces(tmp_path: Path) -> None:
    file = _tokenizer(tmp_path)
    keep = {_PIECES.index(p) for p in ("[UNK]", "[PAD]", "le", "##nt", "came")}
    found, old = vocabulary.pruned(json.loads(file.read_text(encoding="utf8")), keep)
    assert [_PIECES[i] for i in old] == ["[UNK]", "[PAD]", "le", "##nt", "came"]
    cut = Tokenizer.from_str(json.dumps(found))
    assert cut.encode("lent came", add_special_tokens=False).tokens == ["le", "##nt", "came"]
    assert cut.encode("came", add_special_tokens=False).ids == [list(old).index(_PIECES.index("came"))]


def test_words_of_triggers_are_those_of_documents_that_are_learnt_from(tmp_path: Path) -> None:
    for name, fold, quote in (("a", 1, "Lent"), ("b", 0, "sailed"), ("c", None, "was fined")):
        label = {"fold": fold, "events": [{"quote": quote}, {"quote": None}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(label), encoding="utf8")
    assert vocabulary.words_of_triggers([tmp_path], 0) == {"lent", "was", "fined"}


def test_the_command_writes_the_tokenizer_and_the_numbers_of_its_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _tokenizer(tmp_path)
    corpus = _corpus(tmp_path / "a.jsonl.gz", [{"text": "ships came came a"}])
    words = tmp_path / "act_words.csv"
    words.write_text("word\nlent\n", encoding="utf8")
    asked = [
        "vocabulary", str(file), str(corpus), "--most", "7", "--lists", str(words), "--out", str(tmp_path / "cut.json"), "--kept", str(tmp_path / "kept.npy"),
    ]  # fmt: skip
    monkeypatch.setattr(sys, "argv", asked)
    vocabulary.main()
    assert [_PIECES[i] for i in np.load(tmp_path / "kept.npy")] == [
        "[UNK]",
        "[PAD]",
        "lent",
        "ships",
        "came",
        "a",
        "##a",
    ][:7]
    assert "7 pieces; text grows by 0.00%" in capsys.readouterr().out
