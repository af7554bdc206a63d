"""Scores the frozen labelled sets through the product and fails where a figure has fallen by more than noise.

    python -m tests.measure.gate [SET ...] [--shared DIR] [--accept]

`gates.toml` holds, for each set and measure, the figure that was accepted last and its tolerance; --accept writes what was
found in their place (a person decides that, and the change shows in the review). Sets are those of `score_record`. The set
`folds` is no run: it is what training wrote of its cross-validation, in `training/reader/folds.csv` (date, release, fold,
measure, figure, n), whose release has to be the one that is shipped. Exits with 1 and a table where the gate holds.

Noise: one standard error of the figure on its set, sqrt(p (1 - p) / n) with p smoothed, and a hundredth at least. Both versions are scored on
the same texts, so that chance parts them by less than that. For several folds it is the standard error of their mean.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import project_folder
from tests.measure import score_record

GATES = Path(__file__).with_name("gates.toml")
FOLDS = project_folder() / "training" / "reader" / "folds.csv"
RELEASES = project_folder() / "pipelines" / "reader" / "releases"
LEAST_NOISE = 0.01
# Purposes alone are 2,000 texts that the set `aid` has its share of.
SETS = ("folds", *(name for name in score_record.SETS if name != "purpose"))
_HEAD = """# The figures that `make gate` holds: accepted last, and by how much each may fall (tests/measure/gate.py says what noise is).
# Written by `make gate-accept`; a line that went down needs its reason in the commit.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its figure in 0..1 (F1 where it has one, else accuracy) and how much of that is chance."""

    value: float
    noise: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A measure held against its gate; `found` is None where it was not measured any more."""

    name: str
    least: Figure
    found: float | None

    @property
    def holds(self) -> bool:
        return self.found is not None and self.found >= self.least.value - self.least.noise

    def line(self) -> str:
        """A line of the table."""
        found = "not measured" if self.found is None else f"{self.found:.3f}"
        mark = "ok" if self.holds else "FELL"
        return (
            f"{mark:5} {self.name:60} {found:>12}  accepted {self.least.value:.3f}, may fall by {self.least.noise:.3f}"
        )


def noise_of(value: float, n: float) -> float:
    """One standard error of a share of n, LEAST_NOISE at least; all of few right says less than all of many (Laplace)."""
    share = (value * n + 1) / (n + 2)
    return max(math.sqrt(share * (1 - share) / max(n, 1.0)), LEAST_NOISE)


def measured(name: str, shared: Path) -> dict[str, Figure]:
    """Measure -> figure of one labelled set, by a run of the product."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for measure, row in score_record.score(name, shared, Path(folder)).items():
            value = float(row["f1"] if "f1" in row else row["accuracy"])
            found[measure] = Figure(value, noise_of(value, float(row.get("gold", row.get("n", 0)) or 0)))
    return found


def of_folds(file: Path = FOLDS, releases: Path = RELEASES, is_held: bool = True) -> dict[str, Figure]:
    """Measure -> mean over the folds of what training wrote; empty where no reader is shipped.

    Raises ValueError where the file tells of another release than the one that is shipped, or is missing and was not always.
    """
    shipped = sorted(p.name for p in releases.iterdir() if (p / "manifest.json").is_file()) if releases.is_dir() else []
    if not shipped or not (file.is_file() or is_held):
        return {}
    if not file.is_file():
        raise ValueError(f"{file} is missing: training writes it with a release; without it nothing holds the reader.")
    with file.open(encoding="utf8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["release"] in shipped]
    if not rows:
        raise ValueError(
            f"{file} tells of no shipped release ({', '.join(shipped)}): cross-validate and write it anew."
        )
    values: dict[str, list[float]] = defaultdict(list)
    counts: dict[str, float] = defaultdict(float)
    for row in rows:
        values[row["measure"]].append(float(row["figure"]))
        counts[row["measure"]] += float(row["n"])
    found = {}
    for measure, each in values.items():
        mean = sum(each) / len(each)
        spread = math.sqrt(sum((v - mean) ** 2 for v in each) / max(len(each) - 1, 1))
        noise = spread / math.sqrt(len(each)) if len(each) > 1 else noise_of(mean, counts[measure])
        found[measure] = Figure(mean, max(noise, LEAST_NOISE))
    return found


def read_gates(file: Path = GATES) -> dict[str, dict[str, Figure]]:
    """Set -> measure -> what was accepted."""
    told = tomllib.loads(file.read_text(encoding="utf8")) if file.is_file() else {}
    return {
        name: {measure: Figure(float(g["accepted"]), float(g["tolerance"])) for measure, g in gates.items()}
        for name, gates in told.items()
    }


def write_gates(gates: dict[str, dict[str, Figure]], file: Path = GATES) -> None:
    """Write what is accepted, sets and measures in order."""
    lines = [_HEAD]
    for name in sorted(gates):
        lines.append(f"[{name}]")
        for measure, figure in sorted(gates[name].items()):
            # Tolerances are rounded up, so that the figure itself always passes.
            tolerance = math.ceil(figure.noise * 1000) / 1000
            lines.append(f'"{measure}" = {{ accepted = {figure.value:.4f}, tolerance = {tolerance:.3f} }}')
        lines.append("")
    file.write_text("\n".join(lines), encoding="utf8")


def judged(name: str, gates: dict[str, Figure], found: dict[str, Figure]) -> list[Verdict]:
    """Every gate of a set with what was found; a measure without a gate is no matter."""
    return [
        Verdict(f"{name}: {measure}", least, found[measure].value if measure in found else None)
        for measure, least in sorted(gates.items())
    ]


def main() -> int:
    """Measure, then judge or accept; 1 where a gate does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; without, all that are held")
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--accept", action="store_true", help="write what is found as what is accepted")
    options = parser.parse_args()
    if not (options.shared / "gold" / "score.py").is_file():
        sys.exit(f"No labelled sets at {options.shared}: name the folder that holds gold/ with --shared.")
    gates, verdicts = read_gates(), []
    for name in options.sets or [s for s in SETS if options.accept or s in gates]:
        found = of_folds(is_held="folds" in gates) if name == "folds" else measured(name, options.shared)
        if options.accept:
            gates[name] = found
            write_gates(gates)  # after each set: what took minutes is kept
        verdicts += judged(name, gates.get(name, {}), found)
        for verdict in verdicts[-len(gates.get(name, {})) :] if gates.get(name) else []:
            sys.stdout.write(verdict.line() + "\n")
            sys.stdout.flush()
    if options.accept:
        return 0
    if not verdicts:
        sys.exit(
            f"{GATES.name} holds nothing for {', '.join(options.sets) or 'any set'}: `make gate-accept` writes it."
        )
    fell = [v for v in verdicts if not v.holds]
    sys.stdout.write(f"{len(verdicts) - len(fell)} of {len(verdicts)} measures hold.\n")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
