"""Writes how right rows are into README.md (what one asks first) and docs/scores.md (all of it), from the figures that the gate holds.

    python -m tests.measure.score_table

The block between `<!-- scores -->` and `<!-- /scores -->` of a page is made from gates.toml alone; a test holds it against that, so
that no page says more than was measured last.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from pipelines.settings import project_folder
from tests.measure import gate
from tests.measure.gate import Figure

README, SCORES = project_folder() / "README.md", project_folder() / "docs" / "scores.md"
BLOCK = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
# Set, beginning of the measure's name, and what it is called for users.
FIRST = (
    ("folds", "event type in sentence", "what was done (PLOVER type), in its sentence"),
    ("folds", "event, country level", "an event: type, source's and recipient's state together"),
    ("folds", "event factuality", "whether it happened, is planned, possible or denied"),
    ("folds", "event date", "when"),
    ("folds", "figure amount", "the amount and currency of a figure"),
    ("folds", "figure donor", "who pays"),
    ("folds", "figure recipient", "who is paid"),
    ("folds", "figure amount + donor", "a figure: amount, both ends and kind together"),
    ("quotes", "direct quote, speaker", "who says a quotation"),
    ("timex", "timex span + value", "a time expression and the days it means"),
)
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
    "folds": "123 documents that none of the models asked has learnt from",
    "docs": "12 whole articles that no model has learnt from",
    "money": "695 sentences",
    "quotes": "84 articles",
    "timex": "156 documents",
}
# Documents held out with the fold whose measures have a name before them.
BESIDE = {
    "own: ": "58 more such documents, of which only the sums are labelled",
    "written: ": "54 invented reports on aid, written as an exam",
}


def table(gates: dict[str, dict[str, Figure]], rows: Sequence[tuple[str, str, str]] = SHOWN) -> str:
    """The block's Markdown, without the marks."""
    lines = ["| what | right | measured on |", "|---|---|---|"]
    told = set()
    for name, start, words in rows:
        for measure, figure in sorted(gates.get(name, {}).items()):
            if (
                measure.startswith(start)
                and (name, measure) not in told
                and (start != "figure amount" or measure == start)
            ):
                told.add((name, measure))
                texts = next((t for of, t in BESIDE.items() if name == "folds" and measure.startswith(of)), TEXTS[name])
                lines.append(f"| {words.format(measure)} | {figure.value:.2f} ± {figure.noise:.2f} | {texts} |")
    return "\n".join(lines) + "\n"


PAGES = ((README, FIRST), (SCORES, SHOWN))


def written(page: str, gates: dict[str, dict[str, Figure]], rows: Sequence[tuple[str, str, str]] = SHOWN) -> str:
    """The page with its block made anew. Raises ValueError where it has none."""
    if not BLOCK.search(page):
        raise ValueError("The page has no block <!-- scores --> … <!-- /scores -->.")
    return BLOCK.sub(lambda m: m[1] + table(gates, rows) + m[2], page)


def main() -> None:
    """Write the pages."""
    for page, rows in PAGES:
        page.write_text(written(page.read_text(encoding="utf8"), gate.read_gates(), rows), encoding="utf8")
    sys.stdout.write(table(gate.read_gates()))


if __name__ == "__main__":
    main()
