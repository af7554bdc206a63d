"""The gate falls where a figure falls by more than noise, and where it is not measured any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.measure import gate
from tests.measure.gate import Figure, Verdict


@pytest.mark.parametrize(
    ("found", "holds"), [(0.72, True), (0.70, True), (0.69, True), (0.679, False), (0.0, False), (None, False)]
)
def test_a_fall_beyond_noise_fails(found: float | None, holds: bool) -> None:
    assert Verdict("docs: events", Figure(0.70, 0.02), found).holds is holds


def test_noise_shrinks_with_what_is_counted_but_not_to_nothing() -> None:
    assert gate.noise_of(0.5, 100) == pytest.approx(0.05)
    assert gate.noise_of(0.5, 1_000_000) == gate.LEAST_NOISE
    assert gate.noise_of(1.0, 5) > 0.1
    assert gate.noise_of(1.0, 5000) == gate.LEAST_NOISE


def test_what_is_accepted_is_read_back_and_passes(tmp_path: Path) -> None:
    found = {"money": {"span + amount": Figure(0.98076, 0.0123)}, "docs": {"dates": Figure(1 / 3, 0.1)}}
    gate.write_gates(found, tmp_path / "gates.toml")
    gates = gate.read_gates(tmp_path / "gates.toml")
    verdicts = [v for name in found for v in gate.judged(name, gates[name], found[name])]
    assert len(verdicts) == 2
    assert all(v.holds for v in verdicts)


def test_a_measure_that_is_gone_fails() -> None:
    verdicts = gate.judged("docs", {"dates": Figure(0.5, 0.1)}, {})
    assert [v.holds for v in verdicts] == [False]
    assert "not measured" in verdicts[0].line()


def _release(folder: Path, name: str) -> Path:
    (folder / "releases" / name).mkdir(parents=True)
    (folder / "releases" / name / "manifest.json").write_text("{}")
    return folder / "releases"


def test_folds_are_averaged_and_their_spread_is_the_noise(tmp_path: Path) -> None:
    file = tmp_path / "folds.csv"
    lines = ["date,release,fold,measure,figure,n"]
    lines += [f"2024-03-05,old,{i},event,0.1,10" for i in range(3)]
    lines += [f"2024-03-06,a,{i},event,{v},10" for i, v in enumerate((0.3, 0.4, 0.5))]
    file.write_text("\n".join(lines) + "\n")
    found = gate.of_folds(file, _release(tmp_path, "a"))
    assert found["event"].value == pytest.approx(0.4)
    assert found["event"].noise == pytest.approx(0.1 / 3**0.5)


def test_a_release_without_its_folds_is_told(tmp_path: Path) -> None:
    releases = _release(tmp_path, "b")
    with pytest.raises(ValueError, match="training writes it"):
        gate.of_folds(tmp_path / "folds.csv", releases)
    (tmp_path / "folds.csv").write_text("date,release,fold,measure,figure,n\n2024-03-05,a,0,event,0.1,10\n")
    with pytest.raises(ValueError, match="no shipped release"):
        gate.of_folds(tmp_path / "folds.csv", releases)
    assert gate.of_folds(tmp_path / "folds.csv", tmp_path / "none") == {}


def test_the_noise_of_one_fold_is_that_of_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "folds.csv"
    head = "date,release,fold,measure,figure,n\n"
    file.write_text(f"{head}2024-03-05,a,0,few,0.5,19\n2024-03-05,a,0,many,0.5,1900\n")
    found = gate.of_folds(file, _release(tmp_path, "a"))
    assert 0.1 < found["few"].noise < 0.12
    assert found["many"].noise < 0.02
