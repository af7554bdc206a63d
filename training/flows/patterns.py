"""Sets of reports made by pattern: what is known of how one flow is told, with the chances of news (years left out, sums rounded).

The written sets hold each way of telling once or twice, too seldom to be learnt from; here each comes ten times with other sums,
days, purposes and kinds. Only ever learnt from: what the decision is worth is measured on written sets.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

Line = dict[str, str]
EACH = 10
_PURPOSES = [
    ("schools", "110"), ("clinics", "120"), ("wells", "140"), ("courts", "150"), ("police training", "152"),
    ("roads", "210"), ("a power plant", "230"), ("farms", "311"), ("forests", "312"), ("rice", "520"),
    ("flood victims", "720"), ("rebuilding", "730"), ("a port", "210"), ("vaccines", "120"), ("teachers", "110"),
]  # fmt: skip
# Purposes of one sector each.
_WITHIN = [
    [("a metro line", "21030"), ("a highway", "21020"), ("an airport", "21050"), ("a port", "21040")],
    [("primary schools", "11220"), ("a university", "11420"), ("training of teachers", "11130")],
    [("malaria", "12262"), ("hospital beds", "12230"), ("tuberculosis", "12263")],
    [("wind farms", "23240"), ("a coal plant", "23320"), ("a dam on the river", "23220")],
    [("courts", "15130"), ("elections", "15151"), ("tax offices", "15114")],
]  # fmt: skip
_GIFT, _LENT = ("grant", "other", "other", "in_kind"), ("loan", "concessional_loan")


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
        self.finance = self.draw.choice(_GIFT)
        self.purpose = self.draw.choice(_PURPOSES)
        self.other = self.draw.choice([p for p in _PURPOSES if p[1][:2] != self.purpose[1][:2]])
        self.third = self.draw.choice(
            [p for p in _PURPOSES if p[1][:2] not in (self.purpose[1][:2], self.other[1][:2])]
        )
        self.lines: list[Line] = []

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def told(self, days: int, millions: float, stage: str, label: str, **more: str | tuple[str, str] | None) -> None:
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


def retold(w: World) -> None:
    w.told(0, w.sum, "D", "A counted", period=w.maybe_year())
    for _ in range(w.draw.choice([1, 2])):
        w.told(w.draw.randrange(60), w.sum, w.draw.choice("DDDU"), "A same", purpose=w.maybe_purpose())


def retold_without_purpose(w: World) -> None:
    w.told(0, w.sum, "D", "A counted", purpose=None, period=w.maybe_year())
    w.told(w.draw.randrange(40), w.sum, "D", "A same", purpose=None)


def again_after_a_year(w: World) -> None:
    w.told(0, w.sum, "D", "A counted")
    w.told(w.draw.randrange(370, 900), w.sum, "D", "B counted")


def other_finance(w: World) -> None:
    one, other = w.draw.sample(["grant", "loan", "debt_relief", "guarantee"], 2)
    w.told(0, w.sum, "D", "A counted", finance=one, purpose=w.maybe_purpose(), period=w.maybe_year())
    w.told(w.draw.randrange(200), w.sum, "D", "B counted", finance=other, purpose=w.maybe_purpose())


def repaid(w: World) -> None:
    w.told(0, w.sum, "D", "A counted", finance="loan", purpose=w.maybe_purpose())
    w.told(w.draw.randrange(20, 2000), w.sum, "B", "A same", finance="loan", purpose=None, period=w.maybe_year())


def undone(w: World) -> None:
    w.told(0, w.sum, w.draw.choice("PPC"), "A counted", purpose=w.maybe_purpose())
    w.told(w.draw.randrange(20, 500), w.sum, w.draw.choice("SX"), "A same", purpose=w.maybe_purpose())


def cut_and_given(w: World) -> None:
    w.told(0, w.sum, w.draw.choice("SX"), "A counted", purpose=None, period=w.maybe_year())
    w.told(
        w.draw.randrange(-100, 100),
        round(w.sum * w.draw.choice([0.3, 0.6, 1.4, 2]), 1),
        "D",
        "B counted",
        purpose=w.maybe_purpose(),
        period=w.maybe_year(),
    )


def promise_and_payment(w: World) -> None:
    w.told(0, w.sum * 10, w.draw.choice("PC"), "A counted", purpose=w.maybe_purpose())
    w.told(w.draw.randrange(20, 800), w.sum * w.draw.choice([1, 2, 3, 5]), "D", "A part", purpose=w.maybe_purpose())


def running_payments(w: World) -> None:
    w.told(0, w.sum * 10, "P", "A counted", purpose=w.maybe_purpose())
    w.told(200, w.sum * 2, "D", "A cumulative", purpose=None, flags="cum")
    w.told(500, w.sum * 5, "D", "A cumulative", purpose=None, flags="cum")


def since_long(w: World) -> None:
    first = w.year - w.draw.randrange(5, 25)
    w.told(
        0,
        w.sum * w.draw.choice([10, 30, 3]),
        "D",
        "A cumulative",
        purpose=None,
        flags="cum",
        period=f"{first}..{w.year}" if w.chance(0.6) else "",
    )
    w.told(
        w.draw.randrange(-60, 60),
        w.sum,
        "D",
        "B counted",
        purpose=w.maybe_purpose() if w.chance(0.4) else None,
        period=str(w.year),
    )


def whole_and_parts(w: World) -> None:
    one, other = w.sum * w.draw.choice([2, 3]), w.sum
    rest = w.draw.choice([0, 0, w.sum, w.sum * 2])
    flags = "total" if w.chance(0.4) else ""
    w.told(300, one + other + rest, "D", "A total", purpose=None, period=str(w.year), flags=flags)
    w.told(0, one, "D", "B counted", period=str(w.year))
    w.told(90, other, "D", "C counted", purpose=w.other, period=str(w.year))


def total_of_purposes(w: World) -> None:
    doc = {"doc": "one", "paper": "one"} if w.chance(0.6) else {}
    period = w.maybe_year()
    w.told(0, w.sum * 2, "D", "B counted", period=period, **doc)
    w.told(0 if doc else 9, w.sum * 3.3, "D", "C counted", purpose=w.other, period=period, **doc)
    both = f"{w.purpose[0]} and {w.other[0]}", w.draw.choice([w.purpose[1], w.other[1], "430"])
    purpose = both if w.chance(0.7) else None
    w.told(
        w.draw.randrange(-3, 30), round(w.sum * 5.3, 2), "D", "A total", purpose=purpose, period=period, flags="total"
    )


def promise_in_other_money(w: World) -> None:
    day = str(w.start) if w.chance(0.5) else ""
    w.told(0, w.sum, "P", "A counted", currency="EUR", period=day)
    for days in (w.draw.randrange(60, 300), w.draw.randrange(300, 600)):
        w.told(days, w.sum, w.draw.choice("PC"), "A same", currency="EUR", purpose=w.maybe_purpose())


def sum_by_chance(w: World) -> None:
    period = w.maybe_year()
    last = "one" if w.chance(0.5) else "two"  # sums that only fit are linked nowhere (`extract.money.parts`)
    w.told(0, w.sum, "D", "A counted", doc="one", paper="one", period=period)
    w.told(0, w.sum * 2, "D", "B counted", doc="one", paper="one", purpose=w.other, period=period)
    w.told(0, w.sum * 3, "D", "C counted", doc=last, paper="one", purpose=w.third, period=period)


def programme_and_year(w: World) -> None:
    years = w.draw.randrange(3, 6)
    w.told(
        0,
        w.sum * years,
        w.draw.choice("PCCD"),
        "A counted",
        purpose=w.maybe_purpose(),
        period=f"{w.year}..{w.year + years - 1}",
    )
    later = w.draw.randrange(years)
    w.told(
        later * 365 + 100, w.sum, w.draw.choice("DDP"), "A part", purpose=w.maybe_purpose(), period=str(w.year + later)
    )


def rate(w: World) -> None:
    years = w.draw.randrange(2, 6)
    w.told(
        0,
        w.sum * years,
        "P",
        "A counted",
        purpose=w.maybe_purpose(),
        flags="rate",
        period=f"{w.year}..{w.year + years - 1}" if w.chance(0.6) else "",
    )
    w.told(
        w.draw.randrange(20),
        w.sum * years,
        w.draw.choice("PC"),
        "A same",
        purpose=w.maybe_purpose(),
        period=f"{w.year}..{w.year + years}" if w.chance(0.6) else "",
    )


def further(w: World) -> None:
    purpose = w.maybe_purpose()
    w.told(0, w.sum, "D", "A counted", purpose=purpose)
    w.told(
        w.draw.randrange(15, 300),
        w.sum * w.draw.choice([1, 1, 1, 2, 0.5]),
        "D",
        "B counted",
        purpose=purpose,
        flags="seq",
    )


def same_sum_again(w: World) -> None:
    purpose = w.maybe_purpose() if w.chance(0.5) else None
    w.told(0, w.sum, "D", "A counted", purpose=purpose, period=w.maybe_year() if w.chance(0.5) else "")
    w.told(w.draw.randrange(7, 90), w.sum, "D", "B counted", purpose=purpose, flags="seq")


def two_in_one_report(w: World) -> None:
    doc, stage, purpose, period = (
        {"doc": "one", "paper": "one"},
        w.draw.choice("DDPC"),
        w.maybe_purpose(),
        w.maybe_year(),
    )
    w.told(0, w.sum, stage, "A counted", purpose=purpose, period=period, **doc)
    w.told(0, w.sum * w.draw.choice([1.4, 1.6, 2, 3]), stage, "B counted", purpose=purpose, period=period, **doc)


def other_purpose(w: World) -> None:
    period = w.maybe_year()
    w.told(0, w.sum, "D", "A counted", period=period)
    w.told(
        w.draw.randrange(200),
        w.sum * w.draw.choice([1, 1, 1, 2, 3]),
        w.draw.choice("DDPC"),
        "B counted",
        purpose=w.other,
        period=period,
    )


def disputed(w: World) -> None:
    stage, period = w.draw.choice("DDC"), w.maybe_year()
    w.told(0, w.sum, stage, "A counted", period=period)
    w.told(
        w.draw.randrange(25),
        round(w.sum * w.draw.choice([1.15, 1.25, 1.4, 1.5]), 2),
        stage,
        "A contested",
        period=period,
    )


def corrected(w: World) -> None:
    wrong = round(w.sum * w.draw.choice([0.2, 0.5, 0.9, 1.3, 3, 10, 0.001, 1000]), 4)
    period = w.maybe_year()
    w.told(0, wrong, "D", "A superseded", paper="one", period=period)
    w.told(w.draw.randrange(0, 4), w.sum, "D", "A counted", paper="one", flags="corr", period=period)


def year_by_year(w: World) -> None:
    doc = {"doc": "one", "paper": "one"} if w.chance(0.5) else {}
    purpose = w.maybe_purpose()
    w.told(0, w.sum, "D", "A counted", purpose=purpose, period=str(w.year), **doc)
    w.told(
        0 if doc else 365,
        round(w.sum * w.draw.choice([1, 0.8, 1.2, 1.5]), 2),
        w.draw.choice("DDP"),
        "B counted",
        purpose=purpose,
        period=str(w.year + 1),
        **doc,
    )


def rounded(w: World) -> None:
    stage = w.draw.choice("DPC")
    w.told(0, round(w.sum * w.draw.choice([1.02, 0.97, 0.96, 1.04]), 2), stage, "A counted", period=w.maybe_year())
    w.told(w.draw.randrange(40), w.sum, stage, "A same", hedge=w.draw.choice(["~", "~", ""]), purpose=w.maybe_purpose())


def converted(w: World) -> None:
    stage, currency = w.draw.choice("DPC"), w.draw.choice(["EUR", "GBP"])
    from pipelines.resolve.usd import rate_on

    found = rate_on(currency, w.start)
    assert found
    w.told(0, w.sum, stage, "A counted", currency=currency, purpose=w.maybe_purpose(), period=w.maybe_year())
    w.told(
        w.draw.randrange(60),
        float(f"{w.sum * found.usd * w.draw.choice([0.93, 1, 1.07]):.2g}"),
        stage,
        "A same",
        purpose=w.maybe_purpose(),
    )


def tranches(w: World) -> None:
    w.told(0, w.sum * 10, "C", "A counted", finance="loan", purpose=None)
    w.told(w.draw.randrange(20, 90), w.sum * 3, "D", "A part", finance="loan", purpose=None, flags="seq")
    w.told(
        w.draw.randrange(100, 400),
        w.sum * w.draw.choice([2, 3]),
        "D",
        "A part",
        finance="loan",
        purpose=None,
        flags="seq",
    )


def appeal(w: World) -> None:
    w.told(0, w.sum * 10, "R", "A counted", purpose=w.maybe_purpose())
    w.told(
        w.draw.randrange(10, 200),
        w.sum * w.draw.choice([1, 3, 4]),
        w.draw.choice("DP"),
        "B counted",
        purpose=w.maybe_purpose(),
    )


def granted_request(w: World) -> None:
    w.told(0, w.sum, "R", "A counted", purpose=w.maybe_purpose())
    w.told(w.draw.randrange(10, 200), w.sum, w.draw.choice("DCP"), "A same", purpose=w.maybe_purpose())


def whole_of_another_year(w: World) -> None:
    w.told(0, w.sum * 10, "D", "A counted", purpose=None, period=str(w.year), flags=w.draw.choice(["", "total"]))
    w.told(w.draw.randrange(100, 500), w.sum, "D", "B counted", period=str(w.year + 1))


def small_then_larger_promise(w: World) -> None:
    w.told(0, w.sum, "D", "A counted", period=w.maybe_year())
    w.told(w.draw.randrange(20, 300), w.sum * w.draw.choice([3, 5, 8]), "P", "B counted")


def linked(w: World) -> None:
    doc, period = {"doc": "one", "paper": "one"}, w.maybe_year()
    stage = w.draw.choice("DPC")
    whole = w.draw.choice([None, None, None, w.purpose, w.other])
    w.told(0, w.sum * 5, w.draw.choice([stage, "U"]), "A counted", purpose=whole, period=period, **doc)
    share = w.draw.choice([1, 2, 3.7, 4.2])
    w.told(0, w.sum * share, stage, "B part_of_A", purpose=w.other, period=period, flags="link", **doc)


def promise_retold(w: World) -> None:
    stage = w.draw.choice("PPC")
    w.told(0, w.sum, stage, "A counted", purpose=w.maybe_purpose(), period=w.maybe_year())
    w.told(
        w.draw.randrange(100, 900),
        w.sum,
        stage,
        "A same",
        purpose=w.maybe_purpose(),
        period=w.maybe_year(-30) if w.chance(0.3) else "",
    )


def promise_kept(w: World) -> None:
    w.told(0, w.sum, "P", "A counted")
    w.told(w.draw.randrange(60, 900), w.sum, w.draw.choice("DC"), "A same", purpose=w.maybe_purpose())


def named_days(w: World) -> None:
    purpose = w.maybe_purpose()
    w.told(0, w.sum, "D", "A counted", purpose=purpose, period=str(w.start))
    w.told(3, w.sum, "D", "A same", purpose=purpose)
    later = w.start + timedelta(days=w.draw.randrange(20, 200))
    w.told((later - w.start).days, w.sum, "D", "B counted", purpose=purpose, period=str(later))


def told_later_with_its_year(w: World) -> None:
    w.start = w.start.replace(month=w.draw.randrange(1, 4))
    w.told(0, w.sum, "D", "A counted", purpose=w.maybe_purpose())
    w.told(w.draw.randrange(90, 270), w.sum, "D", "A same", purpose=w.maybe_purpose(), period=str(w.start.year))


def two_loans(w: World) -> None:
    w.told(0, w.sum, "C", "A counted", finance=w.draw.choice(_LENT))
    w.told(
        w.draw.randrange(100),
        w.sum * w.draw.choice([1, 0.6, 1.5, 2]),
        "C",
        "B counted",
        finance=w.draw.choice(_LENT),
        purpose=w.other,
        flags=w.draw.choice(["", "seq"]),
    )


def sector_of_the_text(w: World) -> None:
    """A sum without a word on its purpose has the sector of the text around it."""
    around = "", w.draw.choice(["720", "430", "510", w.other[1]])
    stage, period = w.draw.choice("DDPC"), w.maybe_year()
    w.told(0, w.sum, stage, "A counted", purpose=around, period=period)
    w.told(w.draw.randrange(30), w.sum, stage, "A same", period=period)
    w.told(
        w.draw.randrange(30), w.sum * w.draw.choice([0.3, 1.6, 2]), stage, "B counted", purpose=w.other, period=period
    )


def within_a_sector(w: World) -> None:
    """Two purposes of one sector, by their exact codes."""
    one, other = w.draw.sample(_WITHIN[w.draw.randrange(len(_WITHIN))], 2)
    stage, period = w.draw.choice("DPC"), w.maybe_year()
    finance = w.draw.choice((*_GIFT, *_LENT))
    w.told(0, w.sum, stage, "A counted", purpose=one, period=period, finance=finance)
    w.told(w.draw.randrange(9), w.sum, stage, "A same", purpose=(f"to pay for {one[0]}", one[1]), finance=finance)
    w.told(w.draw.randrange(60), w.sum, stage, "B counted", purpose=other, period=period, finance=finance)


def goods_arrive(w: World) -> None:
    """Goods are told of when they are given and when they arrive on a named day; later ones are others."""
    w.told(0, w.sum, w.draw.choice("DDP"), "A counted", finance="in_kind", purpose=w.purpose)
    days = w.draw.randrange(4, 55)
    w.told(days, w.sum, "D", "A same", finance="in_kind", period=str(w.start + timedelta(days=days)))
    later = w.draw.randrange(130, 400)
    w.told(later, w.sum, "D", "B counted", finance="in_kind", period=str(w.start + timedelta(days=later)))


def brings_to(w: World) -> None:
    """A further sum, and beside it what it makes with an earlier one."""
    more = round(w.sum * w.draw.choice([0.4, 0.7, 1.5]), 2)
    days = w.draw.randrange(5, 200)
    doc = {"doc": "two", "paper": w.draw.choice(["paper 0", "two"])}
    purpose = w.draw.choice([w.purpose, w.other, None])
    w.told(0, w.sum, "D", "B counted")
    w.told(days, more, "D", "C counted", purpose=purpose, flags="seq", **doc)
    flags = w.draw.choice(["", "", "total"])
    w.told(days, round(w.sum + more, 2), "D", "A total", purpose=purpose, flags=flags, **doc)


def asked_again(w: World) -> None:
    """One appeal told twice; what it brought is another flow, another appeal is another."""
    w.told(0, w.sum * 10, "R", "A counted", purpose=w.maybe_purpose())
    days, doc = w.draw.randrange(1, 200), {"doc": "two", "paper": "two"}
    purpose = w.draw.choice([w.purpose, (f"victims of {w.purpose[0]}", w.purpose[1]), None])
    w.told(days, w.sum * 10, "R", "A same", purpose=purpose, period=w.maybe_year(), **doc)
    w.told(days, w.sum * 3, "D", "B counted", purpose=purpose, **doc)


def about_then_exact(w: World) -> None:
    """Promised as about so much, paid exactly."""
    w.told(0, w.sum, w.draw.choice("PPC"), "A counted", hedge="~", purpose=w.purpose, period=w.maybe_year())
    paid = round(w.sum * w.draw.choice([0.94, 0.97, 1.03, 1.05]), 2)
    w.told(w.draw.randrange(40, 320), paid, "D", "A same", purpose=w.maybe_purpose(), period=w.maybe_year())


def promised_then_signed(w: World) -> None:
    """A loan or gift that is promised on one named day and signed on another."""
    finance = w.draw.choice((*_GIFT, *_LENT))
    later = w.start + timedelta(days=w.draw.randrange(7, 200))
    w.told(0, w.sum, w.draw.choice("PC"), "A counted", finance=finance, period=str(w.start))
    w.told((later - w.start).days, w.sum, "C", "A same", finance=finance, period=str(later))
    w.told(w.draw.randrange(60), w.sum, "C", "B counted", finance=finance, purpose=w.other, period=w.maybe_year())


def years_before_a_promise(w: World) -> None:
    """What was paid last year, beside a new promise or the total of a later year."""
    doc = {"doc": "one", "paper": "one"} if w.chance(0.5) else {}
    w.told(0, w.sum, "D", "A counted", purpose=None, period=str(w.year - 1), **doc)
    w.told(
        w.draw.randrange(3),
        w.sum * w.draw.choice([2, 5, 8]),
        w.draw.choice("PPC"),
        "B counted",
        purpose=w.maybe_purpose(),
        **doc,
    )


def whole_of_a_later_year(w: World) -> None:
    """A promise without a year, and all that was given in a year long after."""
    w.told(0, w.sum, w.draw.choice("PC"), "A counted", purpose=w.maybe_purpose())
    years = w.draw.randrange(3, 9)
    flags = w.draw.choice(["", "total"])
    w.told(
        years * 365,
        w.sum * w.draw.choice([3, 4, 8]),
        "D",
        "B counted",
        purpose=None,
        period=str(w.year + years),
        flags=flags,
    )


PATTERNS: tuple[Callable[[World], None], ...] = (
    retold, retold_without_purpose, total_of_purposes, promise_in_other_money, again_after_a_year, other_finance, repaid, undone, cut_and_given,
    promise_and_payment, running_payments, since_long, whole_and_parts, sum_by_chance, programme_and_year, rate,
    further, same_sum_again, two_in_one_report, other_purpose, disputed, corrected, year_by_year, rounded, converted, tranches, appeal,
    granted_request, whole_of_another_year, small_then_larger_promise, linked, promise_retold, promise_kept,
    named_days, told_later_with_its_year, two_loans, sector_of_the_text, within_a_sector, goods_arrive, brings_to, asked_again,
    about_then_exact, promised_then_signed, years_before_a_promise, whole_of_a_later_year,
)  # fmt: skip


def lines() -> Iterator[Line]:
    """All made sets, the same at every call."""
    for pattern in PATTERNS:
        for seed in range(EACH):
            world = World(pattern.__name__, seed)
            pattern(world)
            yield from world.lines
