"""Engines: what is asked for and is not there is told with what to do."""

from __future__ import annotations

import sys

import pytest

from pipelines.stages import engines, ray_engine
from pipelines.stages.engine import Need


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setattr(ray_engine, "SMALLEST_PARALLEL_BYTES", 0)
    with (
        engines.engine("ray", 1) as ray,
        pytest.raises(ray_engine.RayMissing, match=r"(?s)\[ray\].*NEWSLEDGER_ENGINE=local"),
    ):
        list(ray.map(str, [1], 10**9, Need()))


def test_little_text_is_worked_on_here_by_every_engine() -> None:
    for kind in ("serial", "local", "ray"):
        with engines.engine(kind, 2) as one:
            assert list(one.map(str, [1, 2], 10, Need())) == [(1, "1"), (2, "2")]
            assert one.about()["engine"] == kind
