"""One made set of reports: draws what its pattern leaves open, and collects the lines."""

from __future__ import annotations

import random
from datetime import date, timedelta

Line = dict[str, str]


_PURPOSES = [
    ("schools", "110"), ("clinics", "120"), ("wells", "140"), ("courts", "150"), ("police training", "152"),
    ("roads", "210"), ("a power plant", "230"), ("farms", "311"), ("forests", "312"), ("rice", "520"),
    ("flood victims", "720"), ("rebuilding", "730"), ("a port", "210"), ("vaccines", "120"), ("teachers", "110"),
]  # fmt: skip


# Kinds of finance of gifts, the likelier ones more than once, and of loans.
GIFT, LENT = ("grant", "other", "other", "in_kind"), ("loan", "concessional_loan")


class World:
    """One set in the making: draws what its pattern leaves open, and collects lines."""

    def __init__(self, name: str, seed: int) -> None:
        self.draw = random.Random(f"{name}{seed}")
        self.name = f"{name}{seed}"
        self.start = date(2000, 1, 1) + timedelta(days=self.draw.randrange(8000))
        self.year = self.start.year
        self.sum = round(
            self.draw.choice([1, 2, 3, 5, 7, 8, 12, 20, 30, 45, 75, 120, 250, 600])
            * self.draw.choice([1, 1, 1, 1.1, 2.3]),
            1,
        )
        self.finance = self.draw.choice(GIFT)
        self.purpose = self.draw.choice(_PURPOSES)
        self.other = self.draw.choice([p for p in _PURPOSES if p[1][:2] != self.purpose[1][:2]])
        self.third = self.draw.choice(
            [p for p in _PURPOSES if p[1][:2] not in (self.purpose[1][:2], self.other[1][:2])]
        )
        self.lines: list[Line] = []

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def report(self, days: int, millions: float, stage: str, label: str, **more: str | tuple[str, str] | None) -> None:
        """Add a report, so many days after the start; `paper` and `doc` differ from line to line unless given."""
        purpose = more.get("purpose", self.purpose) or ("", "")
        n = len(self.lines)
        self.lines.append(
            {
                "set": self.name, "doc": str(more.get("doc", n)), "day": str(self.start + timedelta(days=days)),
                "paper": str(more.get("paper", f"paper {n}")), "text": "", "ends": "A>B",
                "amount": f"{more.get('hedge', '')}{millions:g}m {more.get('currency', 'USD')}",
                "finance": str(more.get("finance", self.finance)), "stage": stage, "purpose": purpose[0],
                "sector": purpose[1], "period": str(more.get("period", "")), "flags": str(more.get("flags", "")),
                "label": label,
            }
        )  # fmt: skip

    def maybe_year(self, days: int = 0) -> str:
        """The year of a day, told or not."""
        return str((self.start + timedelta(days=days)).year) if self.chance(0.5) else ""

    def maybe_purpose(self) -> tuple[str, str] | None:
        return self.purpose if self.chance(0.7) else None
