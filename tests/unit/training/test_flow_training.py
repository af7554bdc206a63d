"""What the decision on flows learns from: sets made by pattern, and that a held-out set is never learnt from."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from pipelines.resolve.flows.decision import CLASSES
from training.flows import dataset, one_flow, patterns, several_flows, train
from training.flows.world import Line, World


def _sets(lines: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line["set"]].append(line)
    return found


def test_each_pattern_is_made_as_often_and_the_same_at_every_call() -> None:
    lines = list(patterns.lines())
    assert lines == list(patterns.lines())
    sets = _sets(lines)
    assert len(sets) == len(patterns.PATTERNS) * patterns.EACH
    assert min(len(of) for of in sets.values()) >= 2
    sums = defaultdict(set)
    for name, of in sets.items():
        sums[name.rstrip("0123456789")].add(of[0]["amount"])
    assert len(sums) == len(patterns.PATTERNS)
    assert min(len(s) for s in sums.values()) > 2  # a pattern is no one sum


def test_all_made_lines_are_reports_with_a_label_of_each_pair() -> None:
    lines = list(patterns.lines())
    reports = dataset.reports(lines)
    assert reports.height == len(lines)
    assert reports["usd"].is_not_null().all()
    assert (reports["low"] <= reports["high"]).all()
    counts: Counter[str] = Counter()
    at = 0
    sets = _sets(lines)
    assert sets
    for of in sets.values():
        pairs = [(at + a, at + b) for a in range(len(of)) for b in range(len(of)) if a < b]
        small, large = (np.array(side) for side in zip(*pairs, strict=True))
        found = dataset.labels(lines, small, large)
        assert (found >= 0).all()
        counts.update(CLASSES[k] for k in found)
        at += len(of)
    assert counts.keys() == set(CLASSES)
    assert min(counts.values()) > 50


@pytest.mark.parametrize("pattern", [p for p in patterns.PATTERNS if p.__module__ == one_flow.__name__])
def test_each_flow_of_a_way_of_telling_has_one_report_that_counts(pattern: object) -> None:
    for seed in range(5):
        world = World("w", seed)
        pattern(world)  # type: ignore[operator]
        labels = [line["label"] for line in world.lines]
        counted = [label for label in labels if label.endswith("counted")]
        assert "A counted" in counted
        assert len(counted) == len(set(counted))
        others = {label[0] for label in labels} - {label[0] for label in counted}
        assert {f"{flow} part_of_A" for flow in others} <= set(labels)


def _labels_of(pattern: object, seeds: int = 6) -> list[list[str]]:
    found = []
    for seed in range(seeds):
        world = World("w", seed)
        pattern(world)  # type: ignore[operator]
        found.append([line["label"] for line in world.lines])
    return found


def test_flows_that_look_like_one_are_several_or_a_whole_and_its_parts() -> None:
    several = [p for p in patterns.PATTERNS if p.__module__ == several_flows.__name__]
    assert len(several) > 20
    for pattern in several:
        told = _labels_of(pattern)
        assert told
        for labels in told:
            flows = {label[0] for label in labels}
            assert len(flows) > 1 or {"A total", "A cumulative"} & set(labels), pattern.__name__


def test_a_year_is_drawn_and_a_report_differs_in_paper_unless_given() -> None:
    world = World("w", 1)
    world.report(0, 5, "D", "A counted", paper="Post")
    world.report(400, 7.5, "P", "B counted", hedge="~", currency="EUR", purpose=None, flags="seq")
    first, second = world.lines
    assert (first["paper"], second["paper"]) == ("Post", "paper 1")
    assert (second["amount"], second["purpose"], second["sector"], second["flags"]) == ("~7.5m EUR", "", "", "seq")
    assert first["day"] == str(world.start)
    assert first["day"] < second["day"]
    assert world.purpose[1][:2] != world.other[1][:2]
    assert {World("w", n).maybe_year() == "" for n in range(20)} == {True, False}


def _fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[Line]) -> dict[str, object]:
    monkeypatch.setattr(train.dataset, "read", lambda *_: [dict(line) for line in lines])
    monkeypatch.setattr(train, "WEIGHTS", tmp_path / "weights.json")
    train.main()
    found: dict[str, object] = json.loads((tmp_path / "weights.json").read_text(encoding="utf8"))
    return found


def test_a_held_out_set_is_scored_and_not_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = (one_flow.retold, one_flow.promise_and_payment, several_flows.again_after_a_year, several_flows.other_finance)
    monkeypatch.setattr(patterns, "PATTERNS", few)
    written: list[Line] = []
    for n in range(20):
        world = World(str(n), 0)
        few[n % len(few)](world)
        written += [line | {"set": str(n)} for line in world.lines]
    assert train.held_out("15")
    assert not train.held_out("14")
    assert not train.held_out("retold5")
    before = _fitted(tmp_path, monkeypatch, written)
    assert "held out" in capsys.readouterr().out
    assert before["classes"] == list(CLASSES)
    wrong_held = [line | {"label": "A same"} if line["set"] in ("5", "10", "15") else line for line in written]
    wrong_learnt = [line | {"label": "A same"} if line["set"] in ("6", "11", "14") else line for line in written]
    assert _fitted(tmp_path, monkeypatch, wrong_held) == before
    assert _fitted(tmp_path, monkeypatch, wrong_learnt) != before
