"""Made-up articles, short enough that a run over hundreds of them takes seconds, each with facts of its own."""

from __future__ import annotations

import json
import random
from pathlib import Path

_STATES = ("France", "Kenya", "Japan", "Brazil", "Norway", "Chad", "Peru", "Poland", "Egypt", "Nepal")
_ACTS = (
    "{a} gave {b} {n} million euros in food aid on Monday, officials said.",
    "{a} signed a trade agreement with {b} last week.",
    "Troops of {a} attacked a village in {b}, killing {n} people.",
    "{a} will lend {b} ${n} million to build roads, its finance ministry said.",
    "The foreign minister of {a} met his counterpart from {b} in March {y}.",
    "“We condemn {b},” the president of {a} said.",
)


def article(number: int) -> dict[str, object]:
    """One article, the same for the same number."""
    dice = random.Random(number)
    sentences = []
    for act in dice.sample(_ACTS, 3):
        a, b = dice.sample(_STATES, 2)
        sentences.append(act.format(a=a, b=b, n=dice.randint(2, 900), y=dice.randint(1990, 2020)))
    day = f"{dice.randint(1990, 2020)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    return {"id": f"a{number}", "title": f"Report {number}", "published_on": day, "text": " ".join(sentences)}


def write(file: Path, numbers: range) -> None:
    """Write articles as JSONL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(article(n)) + "\n" for n in numbers), encoding="utf8")
