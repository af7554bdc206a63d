"""Writes the table of how right rows are into README.md, from the figures that the gate holds.

    python -m tests.measure.score_table

The block between `<!-- scores -->` and `<!-- /scores -->` is made from gates.toml alone; a test holds it against that, so that the
first screen never says more than was measured last.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pipelines.settings import project_folder
from tests.measure import gate
from tests.measure.gate import Figure

README = project_folder() / "README.md"
BLOCK = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
# Set, beginning of the measure's name, and what it is called for users.
SHOWN = (
    ("folds", "", "held-out documents: {}"),
    ("docs", "event type in sentence", "an event: the act, in its sentence"),
    ("docs", "event dyad", "{}"),
    ("docs", "event date", "the date of an event"),
    ("docs", "event factuality", "whether it happened, is planned, possible or denied"),
    ("docs", "figure amount + donor", "a figure: amount, donor, recipient and kind together"),
    ("docs", "figure amount", "the amount and currency of a figure"),
    ("docs", "figure kind", "the kind of a figure"),
    ("money", "money", "amounts in single sentences"),
    ("quotes", "quote", "{}"),
    ("quotes", "direct quote", "{}"),
    ("timex", "", "time expressions: {}"),
)
TEXTS = {
    "folds": "123 labelled documents that none of the models asked has learnt from (fold 0; thresholds were chosen on them)",
    "docs": "12 whole articles that no model has learnt from",
    "money": "695 sentences",
    "quotes": "84 articles",
    "timex": "156 documents",
}


def table(gates: dict[str, dict[str, Figure]]) -> str:
    """The block's Markdown, without the marks."""
    lines = ["| what | right | measured on |", "|---|---|---|"]
    told = set()
    for name, start, words in SHOWN:
        for measure, figure in sorted(gates.get(name, {}).items()):
            if (
                measure.startswith(start)
                and (name, measure) not in told
                and (start != "figure amount" or measure == start)
            ):
                told.add((name, measure))
                lines.append(f"| {words.format(measure)} | {figure.value:.2f} ± {figure.noise:.2f} | {TEXTS[name]} |")
    return "\n".join(lines) + "\n"


def written(readme: str, gates: dict[str, dict[str, Figure]]) -> str:
    """The page with its block made anew. Raises ValueError where it has none."""
    if not BLOCK.search(readme):
        raise ValueError("README.md has no block <!-- scores --> … <!-- /scores -->.")
    return BLOCK.sub(lambda m: m[1] + table(gates) + m[2], readme)


def main(page: Path = README) -> None:
    """Write the page."""
    page.write_text(written(page.read_text(encoding="utf8"), gate.read_gates()), encoding="utf8")
    sys.stdout.write(table(gate.read_gates()))


if __name__ == "__main__":
    main()
