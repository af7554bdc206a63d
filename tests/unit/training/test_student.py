"""A small reader that learns from a trained one: what it is told, on labelled windows and on those that nobody labelled.

Needs torch but for the first two tests (training/reader/README.md): the others are skipped in the product's environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.reader.labels import AMOUNT, MENTION, RELATIONS, asked_of
from training.reader.student_pieces import counterparts

_BERT = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "aid": 5, "##s": 6, "loan": 7}


def test_pieces_of_one_tokenizer_have_their_numbers_in_another_with_its_own_marks() -> None:
    ours = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "loan": 4, "##s": 5, "<mask>": 6}
    assert counterparts(ours, _BERT).tolist() == [2, 0, 3, 1, 7, 6, 4]
    with pytest.raises(ValueError, match=r"1 pieces .* \(grant"):
        counterparts(ours | {"grant": 7}, _BERT)


def test_each_kind_of_anchor_is_asked_its_own_relations() -> None:
    assert asked_of(MENTION) == {"same", "state"}
    assert {"payer", "total", "time"} <= asked_of(AMOUNT)
    assert not asked_of(AMOUNT) & {"source", "place", "same"}
    assert asked_of(1) == asked_of(MENTION - 1) == {"source", "recipient", "time", "place", "attributed"}


def _run(folder: Path, seed: int) -> Path:
    torch = pytest.importorskip("torch")
    from tests.unit.training.test_reader_training import _SHAPE
    from training.reader.network import Encoder
    from training.reader.train import save
    from training.reader.whole_network import Reader

    torch.manual_seed(seed)
    folder.mkdir()
    save(Reader(Encoder(_SHAPE, 30), 1), folder)
    return folder / "model.pt"


def test_the_teacher_is_nearest_to_itself_and_wants_nothing_more(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tests.unit.training.test_reader_training import _SHARE, _batch
    from training.reader.teacher import Teacher

    teacher, other = Teacher(_run(tmp_path / "a", 1)), Teacher(_run(tmp_path / "b", 2))
    batch, share = _batch(), _SHARE | {"words": 1.0}
    with torch.no_grad():
        other.reader.heads.link.weight.mul_(20)  # far from sure of nothing
    own = teacher.reader.scores(batch, teacher.vectors(batch).requires_grad_())
    loss = teacher.loss(batch, own, share)
    assert float(loss.detach()) < float(teacher.loss(batch, other.reader(batch), share).detach())
    # Soft targets are met where their own scores stand: no step makes the loss smaller.
    for name in ("trigger", "links", "kind", "stage", "factuality", "mode"):
        scores = own[name].detach().requires_grad_()
        teacher.loss(batch, own | {name: scores}, share).backward(inputs=[scores])
        assert scores.grad is not None
        assert float(scores.grad.abs().max()) == pytest.approx(0, abs=1e-4), name
        moved = own | {name: own[name].detach() + torch.randn_like(own[name])}
        assert float(teacher.loss(batch, moved, share).detach()) > float(loss.detach()), name


def test_relations_that_an_anchor_is_not_asked_weigh_nothing(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tests.unit.training.test_reader_training import _batch
    from training.reader.teacher import soft_links

    batch = _batch()
    theirs = torch.randn(len(batch.pair_row), len(RELATIONS))
    said = theirs.clone()
    first = soft_links(batch, said, theirs)
    of_mention = batch.pair_row == 2
    said[of_mention, RELATIONS.index("source")] += 5
    said[~of_mention, RELATIONS.index("same")] += 5
    assert torch.allclose(soft_links(batch, said, theirs), first)
    said[of_mention, RELATIONS.index("same")] += 5
    changed = soft_links(batch, said, theirs)
    assert torch.allclose(changed[:2], first[:2])
    assert float(changed[2]) > float(first[2])


def test_a_student_learns_from_windows_that_nobody_labelled(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from dataclasses import replace

    from tests.unit.training.test_reader_training import _SHAPE, _SHARE, _event, _example
    from training.reader.batch import Batch
    from training.reader.network import Encoder, Shape
    from training.reader.teacher import Teacher
    from training.reader.train import fit
    from training.reader.whole_network import Reader

    teacher = Teacher(_run(tmp_path / "teacher", 4))
    torch.manual_seed(5)
    student = Reader(Encoder(Shape(64, 128, 4, 1, False), 30), 0)
    teacher.begin(student)
    assert _SHAPE.width == 64
    assert torch.equal(student.heads.link.weight, teacher.reader.heads.link.weight)
    found = [_example(4 + n, _event(4 + n, 1, 0), trigger=1) for n in range(4)]
    silent = [replace(e, weight=np.zeros_like(e.weight), anchors=[]) for e in found]
    batch, share = Batch(silent), _SHARE | {"words": 2.0}
    student.eval()
    before = float(teacher.loss(batch, student(batch), share).detach())
    (tmp_path / "student").mkdir()
    config = {
        "seed": 1,
        "rate": 1e-3,
        "head_rate": 3e-3,
        "batch": 40,
        "epochs": 40,
        "packed": 0,
        "dropout": 0.0,
        "taught": 1.0,
    }
    fit(student, silent, config, share, [], tmp_path / "student", teacher)
    student.eval()
    assert float(teacher.loss(batch, student(batch), share).detach()) < before - 0.3


def test_the_mean_of_two_runs() -> None:
    torch = pytest.importorskip("torch")
    from training.reader.average import mean_of

    def run(weight: float, frozen: int = 2) -> dict[str, Any]:
        return {
            "shape": {"width": 2},
            "frozen": frozen,
            "model": {"w": torch.full((2,), weight), "at": torch.arange(2)},
        }

    mean = mean_of([run(1.0), run(3.0)])
    assert mean["model"]["w"].tolist() == [2.0, 2.0]
    assert mean["model"]["at"].tolist() == [0, 1]
    with pytest.raises(ValueError, match="no mean"):
        mean_of([run(1.0), run(1.0, frozen=0)])
