"""What sureness is fitted with: held-out chances, reliability, and which mentions of a labelled document are right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pipelines.extract.actors.find import find_actors
from pipelines.extract.sureness import MENTION_FEATURES
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from training import calibration
from training.resolver.documents import Labelled, LabelledActor, LabelledMention
from training.resolver.sureness import Judged, calibrate, judged

_RANDOM = np.random.default_rng(5)
_X = _RANDOM.standard_normal((600, 2))
_Y = (_RANDOM.random(600) < 1 / (1 + np.exp(-(1.5 * _X[:, 0] - 0.5)))).astype(float)


def test_a_fit_finds_what_made_the_rows() -> None:
    one, other, intercept = calibration.fitted(_X, _Y)
    assert one == pytest.approx(1.5, abs=0.35)
    assert abs(other) < 0.25
    assert intercept == pytest.approx(-0.5, abs=0.25)


def test_chances_of_a_fold_do_not_know_its_answers() -> None:
    fold = np.arange(600) % 3
    chances = calibration.held_out_chances(_X, _Y, fold)
    turned = np.where(fold == 1, 1 - _Y, _Y)
    again = calibration.held_out_chances(_X, turned, fold)
    assert np.array_equal(chances[fold == 1], again[fold == 1])
    assert not np.allclose(chances[fold == 0], again[fold == 0])


def test_reliability_is_counted_by_tenths() -> None:
    said, right = np.array([0.05, 0.91, 0.95, 1.0]), np.array([0.0, 1.0, 1.0, 0.0])
    assert calibration.reliability(said, right) == [(0.0, 1, 0.05, 0.0), (0.9, 3, pytest.approx(2.86 / 3), 2 / 3)]
    assert calibration.gap(said, right) == pytest.approx((0.05 + abs(2.86 - 2)) / 4)
    assert "from 0.9  rows     3  said 0.953  right 0.667" in calibration.table(said, right)


def test_weights_of_other_rows_stay(tmp_path: Path) -> None:
    file = tmp_path / "sureness.json"
    calibration.write(file, {"events": {"intercept": 1.0}, "figures": {"intercept": 2.0}})
    calibration.write(file, {"events": calibration.named(("sides",), np.array([0.25, 3.0]))})
    assert json.loads(file.read_text()) == {"events": {"sides": 0.25, "intercept": 3.0}, "figures": {"intercept": 2.0}}


def _labelled(text: str, labels: dict[str, tuple[str, ...]]) -> Labelled:
    mentions = [LabelledMention(text.index(w), text.index(w) + len(w), who) for w, who in labels.items()]
    listed = [
        LabelledActor("Kenya", "country", "KEN"), LabelledActor("Chad", "country", "TCD"), LabelledActor("John Otieno", "person", "KEN"),
        LabelledActor("Kenyan army", "armed_forces", "KEN"),
    ]  # fmt: skip
    article = Article("doc", text, published_on=date(2010, 5, 1))
    return Labelled("doc", 0, article, parse_text(text), {a.name: a for a in listed}, [], mentions, is_full=True)


def _right(text: str, labels: dict[str, tuple[str, ...]]) -> dict[str, bool]:
    labelled = _labelled(text, labels)
    actors = find_actors(labelled.article, labelled.parse)
    rows = list(judged(labelled, actors))
    assert len(rows) == len(actors.mentions)
    return {m.text: row.is_right for m, row in zip(actors.mentions, rows, strict=True)}


def test_a_mention_is_right_where_its_label_names_the_actor() -> None:
    text = "Kenya thanked Chad. John Otieno visited Chad's capital."
    said = _right(text, {"Kenya": ("Kenya",), "Chad": ("Kenya",), "John Otieno": ("John Otieno",)})
    assert said["Kenya"]
    assert said["John Otieno"]
    assert not said["Chad"]  # the first is labelled otherwise, the second not at all


def test_a_state_stands_for_its_forces_and_for_no_person() -> None:
    assert _right("Kenya attacked Chad.", {"Kenya": ("Kenyan army",), "Chad": ("Chad",)}) == {
        "Kenya": True,
        "Chad": True,
    }
    assert not _right("Kenya attacked Chad.", {"Kenya": ("John Otieno",), "Chad": ("Chad",)})["Kenya"]


def test_calibrating_writes_weights_by_which_right_rows_are_surer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for n in range(400):
        is_name, x = n % 2 == 0, n % 5 / 4
        features = [float(is_name), 0.0, 0.0, 0.0 if is_name else 4 * x - 2, *([0.0] * (len(MENTION_FEATURES) - 4))]
        is_right = is_name or x > 0.5
        rows.append(Judged(f"doc{n % 40}", "name" if is_name else "nominal", tuple(features), 0.5, is_right))
    calibrate(rows, tmp_path / "sureness.json")
    weights = json.loads((tmp_path / "sureness.json").read_text())["mentions"]
    assert weights["name"] > 1
    assert weights["answer"] > 0.5
    said = capsys.readouterr().out
    assert "400 mentions of 40 documents, right 0.700" in said
    assert said.index("as told by rule and network") < said.index("calibrated")
