"""The reader's room: windows, releases, storage, and that a document is read alike whatever else is read with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pipelines.extract.marks import marks_of
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article, Parse
from pipelines.reader.interface import ENCODER, SMALL, NoSuchReader, from_row, load_reader, to_row
from pipelines.reader.readings import Marks, Reading
from pipelines.reader.release import RELEASES, BrokenRelease, Release, packed, quantized, unpacked
from pipelines.reader.windows import NARROW, Pieces, WindowSizes, windows_of
from pipelines.reader.words import DISTANCES, paths_from

TEXT = (
    "Norwegian Foreign Minister Kari Berg met officials of Chad in Oslo on Monday. Norway gave Chad $40 million for schools last year. "
    "The ministry said that rebels had attacked a convoy near the border, and it asked the United Nations for help. "
)
(RELEASE,) = RELEASES.glob("*/manifest.json")


def _document(text: str) -> tuple[Article, Parse, Marks]:
    article, parse = Article("doc_test", text, published_on=date(2010, 6, 16)), parse_text(text)
    return article, parse, marks_of(article, parse)


def _read(*texts: str) -> list[Reading]:
    reader = load_reader(ENCODER)
    assert reader is not None
    return reader.read([_document(text) for text in texts])


@pytest.mark.parametrize("sizes", [NARROW, WindowSizes(384, 128)])
@pytest.mark.parametrize("text", [TEXT, TEXT * 12, "word " * 900, "Ships came.", "", "—" * 400])
def test_every_word_is_read_in_one_window(text: str, sizes: WindowSizes) -> None:
    parse = parse_text(text)
    windows = list(windows_of(parse, Release(RELEASE.parent).pieces(), sizes))
    assert [i for w in windows for i in range(w.first, w.last)] == [t.index for t in parse.tokens]
    for window in windows:
        assert len(window.pieces) == len(window.word_of) <= sizes.longest
        inside = window.word_of[window.word_of >= 0]
        assert set(inside.tolist()) == set(range(window.begin, window.last))
        assert (inside < window.first).sum() <= sizes.context


def test_a_word_keeps_its_pieces_whatever_stands_beside_it() -> None:
    pieces: Pieces = Release(RELEASE.parent).pieces()
    assert pieces.of_word("Kazakhstan") == pieces.of_word("Kazakhstan")
    assert pieces.of_word("\u0000") == (pieces.unknown,)


def test_what_it_says_points_at_words() -> None:
    (reading,) = _read(TEXT)
    parse = parse_text(TEXT)
    sure = {parse.tokens[t.word].text: t.type.label for t in reading.triggers if t.probability > 0.6}
    assert sure["met"] == "CONSULT"
    assert sure["gave"] == "AID"
    assert sure["attacked"] == "ASSAULT"
    (amount,) = reading.amounts
    assert amount.kind.label == "aid"
    payer = max((k for k in amount.links if k.relation == "payer"), key=lambda k: k.probability)
    assert parse.tokens[payer.word].text == "Norway"


def test_a_reading_does_not_depend_on_what_else_is_read() -> None:
    alone = _read(TEXT)
    among = _read("Ships came. " * 40, TEXT, "Peru thanked Chile.")
    assert among[1] == alone[0]
    assert alone[0].triggers


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where /proc tells them")
def test_linear_algebra_takes_one_thread() -> None:
    """More of them wait by spinning: the heads' small products took longer than the encoder."""
    program = (
        "import pipelines, numpy as np; from pathlib import Path; a = np.ones((500, 500), np.float32) @ np.ones((500, 500), np.float32); "
        "print(int(a[0, 0]), len(list(Path('/proc/self/task').iterdir())))"
    )
    env = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    assert found.stdout.split() == ["500", "1"]


def test_the_runtime_reports_to_nobody() -> None:
    program = "import os, pipelines.reader.release; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    env = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    assert found.stdout == "1\n"


def test_storage_there_and_back() -> None:
    (reading,) = _read(TEXT)
    assert from_row(json.loads(json.dumps(to_row("doc_test", reading)))) == reading


def test_a_release_with_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    shutil.copytree(RELEASE.parent, folder)
    heads = folder / "heads.npz"
    content = bytearray(heads.read_bytes())
    content[len(content) // 2] ^= 1
    heads.write_bytes(bytes(content))
    with pytest.raises(BrokenRelease, match=r"heads\.npz"):
        Release(folder).heads()
    heads.unlink()
    with pytest.raises(BrokenRelease, match="missing"):
        Release(folder).heads()


def test_the_small_reader_reads_by_the_same_words_as_the_other() -> None:
    small, large = load_reader(SMALL), load_reader(ENCODER)
    assert small is not None
    assert large is not None
    assert small.fingerprint != large.fingerprint
    [reading] = small.read([_document(TEXT)])
    [amount] = reading.amounts
    assert amount.kind.label == "aid"
    words = {link.relation: parse_text(TEXT).tokens[link.word].text for link in amount.links if link.probability > 0.5}
    assert (words["payer"], words["payee"]) == ("Norway", "Chad")


def test_no_such_reader() -> None:
    with pytest.raises(NoSuchReader, match="NEWSLEDGER_READER"):
        load_reader("no such folder")


def test_packed_weights_come_back_near() -> None:
    rng = np.random.default_rng(5)
    weight = rng.normal(size=(24, 256)).astype(np.float32)
    q, scale = packed(weight)
    back = unpacked({"w.q": q, "w.s": scale}, "w")
    assert back.shape == weight.shape
    assert np.abs(back - weight).mean() < 0.12
    inner, outer = quantized(back)
    assert inner.shape == (256, 24)
    assert np.abs(inner.T * outer[:, None] - back).max() < outer.max()


def test_words_of_other_sentences_are_told_by_how_many_sentences_lie_between() -> None:
    parse = parse_text("Ships came. Ships came. Ships came. France sent ships. Ships came. Ships came. Ships came.")
    anchor = next(t for t in parse.tokens if t.text == "sent")
    found = {
        t.index: code for t, code in zip(parse.tokens, paths_from(anchor, parse.tokens)[:, 1].tolist(), strict=True)
    }
    by_sentence = [{found[t.index] for t in parse.tokens if t.sentence == n} for n in range(7)]
    assert [len(codes) for codes in by_sentence[:3] + by_sentence[4:]] == [1] * 6
    assert len(set.union(*by_sentence[:3], *by_sentence[4:])) == 6
    assert not by_sentence[3] & set.union(*by_sentence[:3], *by_sentence[4:])
    assert max(found.values()) < DISTANCES
