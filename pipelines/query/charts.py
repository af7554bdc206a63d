"""Columns and bars of a page as plain numbers: where each mark stands in a drawing of a given size. The page draws them as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 860, 200
LEFT, BOTTOM, TOP = 64, 22, 8
# Labels below columns are about this wide: of more columns only some are named.
_LABEL_WIDTH = 56


@dataclass(frozen=True)
class Mark:
    """One piece of a column: pixels from the top left, the series that it belongs to, and what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    series: int
    says: str


@dataclass(frozen=True)
class Label:
    """Words at a place; of an axis or below a column."""

    x: float
    y: float
    text: str


@dataclass
class Chart:
    """Stacked columns over a scale from nought. `series` are the names, in the order of their colours."""

    series: list[str]
    marks: list[Mark] = field(default_factory=list)
    below: list[Label] = field(default_factory=list)
    scale: list[Label] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def columns(values: Mapping[str, Mapping[str, float]], series: Sequence[str]) -> Chart | None:
    """Column -> series -> value (nought and more), stacked, in the order given; None where there is nothing to draw."""
    highest = max((sum(parts.values()) for parts in values.values()), default=0.0)
    if highest <= 0:
        return None
    chart = Chart(list(series))
    top, step = _scale(highest)
    span = HEIGHT - TOP - BOTTOM
    for n in range(round(top / step) + 1):
        chart.scale.append(Label(LEFT - 6, HEIGHT - BOTTOM - n * step / top * span, short(n * step)))
    room = (WIDTH - LEFT) / len(values)
    every = math.ceil(_LABEL_WIDTH / room)
    for n, (name, parts) in enumerate(values.items()):
        x, y = LEFT + n * room, float(HEIGHT - BOTTOM)
        for at, one in enumerate(series):
            height = parts.get(one, 0.0) / top * span
            if height > 0:
                y -= height
                says = f"{name}, {one}: {short(parts[one])}"
                chart.marks.append(Mark(round(x + room * 0.1, 1), round(y, 1), round(room * 0.8, 1), round(height, 1), at, says))  # fmt: skip
        if n % every == 0:
            chart.below.append(Label(round(x + room / 2, 1), HEIGHT - 6, name))
    return chart


def _scale(highest: float) -> tuple[float, float]:
    """Top of an axis and the step of its marks: 1, 2 or 5 times a power of ten, two to five steps."""
    power: float = 10.0 ** math.floor(math.log10(highest))
    step = next(s * power for s in (0.2, 0.5, 1.0, 2.0) if highest <= 5 * s * power)
    return math.ceil(highest / step - 1e-9) * step, step


def short(value: float) -> str:
    """A number as a reader says it: 1,200 -> 1.2 k, 92,000,000 -> 92 m, 25,600,000,000 -> 25.6 bn."""
    for size, unit in ((1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size * 0.9995:
            return f"{value / size:.3g}{unit}" if abs(value) < 999.5 * size else f"{value / size:,.0f}{unit}"
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"
