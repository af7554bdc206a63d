"""Ways of telling of several flows that look like one: further sums, other purposes, totals, years, kinds of money."""

from __future__ import annotations

from datetime import timedelta

from training.flows.world import GIFT, LENT, World

# Purposes of one sector each.
_WITHIN = [
    [("a metro line", "21030"), ("a highway", "21020"), ("an airport", "21050"), ("a port", "21040")],
    [("primary schools", "11220"), ("a university", "11420"), ("training of teachers", "11130")],
    [("malaria", "12262"), ("hospital beds", "12230"), ("tuberculosis", "12263")],
    [("wind farms", "23240"), ("a coal plant", "23320"), ("a dam on the river", "23220")],
    [("courts", "15130"), ("elections", "15151"), ("tax offices", "15114")],
]  # fmt: skip


def again_after_a_year(w: World) -> None:
    w.report(0, w.sum, "D", "A counted")
    w.report(w.draw.randrange(370, 900), w.sum, "D", "B counted")


def two_years_in_one_week(w: World) -> None:
    """The same or about the same sum, told of two years within some days."""
    purpose = w.maybe_purpose() if w.chance(0.6) else None
    other = w.sum if w.chance(0.6) else round(w.sum * w.draw.choice([0.95, 1.04, 1.06]), 2)
    w.report(0, w.sum, "D", "A counted", purpose=purpose, period=str(w.year - 1))
    w.report(w.draw.randrange(15), other, "D", "B counted", purpose=purpose, period=str(w.year))


def other_finance(w: World) -> None:
    one, other = w.draw.sample(["grant", "loan", "debt_relief", "guarantee"], 2)
    w.report(0, w.sum, "D", "A counted", finance=one, purpose=w.maybe_purpose(), period=w.maybe_year())
    w.report(w.draw.randrange(200), w.sum, "D", "B counted", finance=other, purpose=w.maybe_purpose())


def cut_and_given(w: World) -> None:
    w.report(0, w.sum, w.draw.choice("SX"), "A counted", purpose=None, period=w.maybe_year())
    w.report(
        w.draw.randrange(-100, 100),
        round(w.sum * w.draw.choice([0.3, 0.6, 1.4, 2]), 1),
        "D",
        "B counted",
        purpose=w.maybe_purpose(),
        period=w.maybe_year(),
    )


def since_long(w: World) -> None:
    first = w.year - w.draw.randrange(5, 25)
    w.report(
        0,
        w.sum * w.draw.choice([10, 30, 3]),
        "D",
        "A cumulative",
        purpose=None,
        flags="cum",
        period=f"{first}..{w.year}" if w.chance(0.6) else "",
    )
    w.report(
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
    w.report(300, one + other + rest, "D", "A total", purpose=None, period=str(w.year), flags=flags)
    w.report(0, one, "D", "B counted", period=str(w.year))
    w.report(90, other, "D", "C counted", purpose=w.other, period=str(w.year))


def total_of_purposes(w: World) -> None:
    doc = {"doc": "one", "paper": "one"} if w.chance(0.6) else {}
    period = w.maybe_year()
    w.report(0, w.sum * 2, "D", "B counted", period=period, **doc)
    w.report(0 if doc else 9, w.sum * 3.3, "D", "C counted", purpose=w.other, period=period, **doc)
    both = f"{w.purpose[0]} and {w.other[0]}", w.draw.choice([w.purpose[1], w.other[1], "430"])
    purpose = both if w.chance(0.7) else None
    w.report(
        w.draw.randrange(-3, 30), round(w.sum * 5.3, 2), "D", "A total", purpose=purpose, period=period, flags="total"
    )


def sum_by_chance(w: World) -> None:
    period = w.maybe_year()
    last = "one" if w.chance(0.5) else "two"  # sums that only fit are linked nowhere (`extract.money.parts`)
    w.report(0, w.sum, "D", "A counted", doc="one", paper="one", period=period)
    w.report(0, w.sum * 2, "D", "B counted", doc="one", paper="one", purpose=w.other, period=period)
    w.report(0, w.sum * 3, "D", "C counted", doc=last, paper="one", purpose=w.third, period=period)


def further(w: World) -> None:
    purpose = w.maybe_purpose()
    w.report(0, w.sum, "D", "A counted", purpose=purpose)
    w.report(
        w.draw.randrange(15, 300),
        w.sum * w.draw.choice([1, 1, 1, 2, 0.5]),
        "D",
        "B counted",
        purpose=purpose,
        flags="seq",
    )


def same_sum_again(w: World) -> None:
    purpose = w.maybe_purpose() if w.chance(0.5) else None
    w.report(0, w.sum, "D", "A counted", purpose=purpose, period=w.maybe_year() if w.chance(0.5) else "")
    w.report(w.draw.randrange(7, 90), w.sum, "D", "B counted", purpose=purpose, flags="seq")


def two_in_one_report(w: World) -> None:
    doc, stage, purpose, period = (
        {"doc": "one", "paper": "one"},
        w.draw.choice("DDPC"),
        w.maybe_purpose(),
        w.maybe_year(),
    )
    w.report(0, w.sum, stage, "A counted", purpose=purpose, period=period, **doc)
    w.report(0, w.sum * w.draw.choice([1.4, 1.6, 2, 3]), stage, "B counted", purpose=purpose, period=period, **doc)


def other_purpose(w: World) -> None:
    period = w.maybe_year()
    w.report(0, w.sum, "D", "A counted", period=period)
    w.report(
        w.draw.randrange(200),
        w.sum * w.draw.choice([1, 1, 1, 2, 3]),
        w.draw.choice("DDPC"),
        "B counted",
        purpose=w.other,
        period=period,
    )


def year_by_year(w: World) -> None:
    doc = {"doc": "one", "paper": "one"} if w.chance(0.5) else {}
    purpose = w.maybe_purpose()
    w.report(0, w.sum, "D", "A counted", purpose=purpose, period=str(w.year), **doc)
    w.report(
        0 if doc else 365,
        round(w.sum * w.draw.choice([1, 0.8, 1.2, 1.5]), 2),
        w.draw.choice("DDP"),
        "B counted",
        purpose=purpose,
        period=str(w.year + 1),
        **doc,
    )


def appeal(w: World) -> None:
    w.report(0, w.sum * 10, "R", "A counted", purpose=w.maybe_purpose())
    w.report(
        w.draw.randrange(10, 200),
        w.sum * w.draw.choice([1, 3, 4]),
        w.draw.choice("DP"),
        "B counted",
        purpose=w.maybe_purpose(),
    )


def whole_of_another_year(w: World) -> None:
    w.report(0, w.sum * 10, "D", "A counted", purpose=None, period=str(w.year), flags=w.draw.choice(["", "total"]))
    w.report(w.draw.randrange(100, 500), w.sum, "D", "B counted", period=str(w.year + 1))


def small_then_larger_promise(w: World) -> None:
    w.report(0, w.sum, "D", "A counted", period=w.maybe_year())
    w.report(w.draw.randrange(20, 300), w.sum * w.draw.choice([3, 5, 8]), "P", "B counted")


def linked(w: World) -> None:
    doc, period = {"doc": "one", "paper": "one"}, w.maybe_year()
    stage = w.draw.choice("DPC")
    whole = w.draw.choice([None, None, None, w.purpose, w.other])
    w.report(0, w.sum * 5, w.draw.choice([stage, "U"]), "A counted", purpose=whole, period=period, **doc)
    share = w.draw.choice([1, 2, 3.7, 4.2])
    w.report(0, w.sum * share, stage, "B part_of_A", purpose=w.other, period=period, flags="link", **doc)


def named_days(w: World) -> None:
    purpose = w.maybe_purpose()
    w.report(0, w.sum, "D", "A counted", purpose=purpose, period=str(w.start))
    w.report(3, w.sum, "D", "A same", purpose=purpose)
    later = w.start + timedelta(days=w.draw.randrange(20, 200))
    w.report((later - w.start).days, w.sum, "D", "B counted", purpose=purpose, period=str(later))


def two_loans(w: World) -> None:
    w.report(0, w.sum, "C", "A counted", finance=w.draw.choice(LENT))
    w.report(
        w.draw.randrange(100),
        w.sum * w.draw.choice([1, 0.6, 1.5, 2]),
        "C",
        "B counted",
        finance=w.draw.choice(LENT),
        purpose=w.other,
        flags=w.draw.choice(["", "seq"]),
    )


def sector_of_the_text(w: World) -> None:
    """A sum without a word on its purpose has the sector of the text around it."""
    around = "", w.draw.choice(["720", "430", "510", w.other[1]])
    stage, period = w.draw.choice("DDPC"), w.maybe_year()
    w.report(0, w.sum, stage, "A counted", purpose=around, period=period)
    w.report(w.draw.randrange(30), w.sum, stage, "A same", period=period)
    w.report(
        w.draw.randrange(30), w.sum * w.draw.choice([0.3, 1.6, 2]), stage, "B counted", purpose=w.other, period=period
    )


def within_a_sector(w: World) -> None:
    """Two purposes of one sector, by their exact codes."""
    one, other = w.draw.sample(_WITHIN[w.draw.randrange(len(_WITHIN))], 2)
    stage, period = w.draw.choice("DPC"), w.maybe_year()
    finance = w.draw.choice((*GIFT, *LENT))
    w.report(0, w.sum, stage, "A counted", purpose=one, period=period, finance=finance)
    w.report(w.draw.randrange(9), w.sum, stage, "A same", purpose=(f"to pay for {one[0]}", one[1]), finance=finance)
    w.report(w.draw.randrange(60), w.sum, stage, "B counted", purpose=other, period=period, finance=finance)


def goods_arrive(w: World) -> None:
    """Goods are told of when they are given and when they arrive on a named day; later ones are others."""
    w.report(0, w.sum, w.draw.choice("DDP"), "A counted", finance="in_kind", purpose=w.purpose)
    days = w.draw.randrange(4, 55)
    w.report(days, w.sum, "D", "A same", finance="in_kind", period=str(w.start + timedelta(days=days)))
    later = w.draw.randrange(130, 400)
    w.report(later, w.sum, "D", "B counted", finance="in_kind", period=str(w.start + timedelta(days=later)))


def brings_to(w: World) -> None:
    """A further sum, and beside it what it makes with an earlier one."""
    more = round(w.sum * w.draw.choice([0.4, 0.7, 1.5]), 2)
    days = w.draw.randrange(5, 200)
    doc = {"doc": "two", "paper": w.draw.choice(["paper 0", "two"])}
    purpose = w.draw.choice([w.purpose, w.other, None])
    w.report(0, w.sum, "D", "B counted")
    w.report(days, more, "D", "C counted", purpose=purpose, flags="seq", **doc)
    flags = w.draw.choice(["", "", "total"])
    w.report(days, round(w.sum + more, 2), "D", "A total", purpose=purpose, flags=flags, **doc)


def asked_again(w: World) -> None:
    """One appeal told twice; what it brought is another flow, another appeal is another."""
    w.report(0, w.sum * 10, "R", "A counted", purpose=w.maybe_purpose())
    days, doc = w.draw.randrange(1, 200), {"doc": "two", "paper": "two"}
    purpose = w.draw.choice([w.purpose, (f"victims of {w.purpose[0]}", w.purpose[1]), None])
    w.report(days, w.sum * 10, "R", "A same", purpose=purpose, period=w.maybe_year(), **doc)
    w.report(days, w.sum * 3, "D", "B counted", purpose=purpose, **doc)


def years_before_a_promise(w: World) -> None:
    """What was paid last year, beside a new promise or the total of a later year."""
    doc = {"doc": "one", "paper": "one"} if w.chance(0.5) else {}
    w.report(0, w.sum, "D", "A counted", purpose=None, period=str(w.year - 1), **doc)
    w.report(
        w.draw.randrange(3),
        w.sum * w.draw.choice([2, 5, 8]),
        w.draw.choice("PPC"),
        "B counted",
        purpose=w.maybe_purpose(),
        **doc,
    )


def whole_of_a_later_year(w: World) -> None:
    """A promise without a year, and all that was given in a year long after."""
    w.report(0, w.sum, w.draw.choice("PC"), "A counted", purpose=w.maybe_purpose())
    years = w.draw.randrange(3, 9)
    flags = w.draw.choice(["", "total"])
    w.report(
        years * 365,
        w.sum * w.draw.choice([3, 4, 8]),
        "D",
        "B counted",
        purpose=None,
        period=str(w.year + years),
        flags=flags,
    )


def years_before_a_request(w: World) -> None:
    """What was paid last year, beside what is asked for now."""
    doc = {"doc": "one", "paper": "one"} if w.chance(0.5) else {}
    w.report(0, w.sum, "D", "A counted", purpose=w.maybe_purpose(), period=str(w.year - 1), **doc)
    more = w.sum * w.draw.choice([1, 2, 5])
    w.report(w.draw.randrange(3), more, "R", "B counted", purpose=w.maybe_purpose(), **doc)


def promise_changed_of_another_purpose(w: World) -> None:
    """A changed promise beside one that was not changed, and beside money that was paid long since."""
    stage = w.draw.choice("RPC")
    w.report(0, w.sum, stage, "A counted")
    w.report(
        w.draw.randrange(2, 300), w.sum * w.draw.choice([1.5, 2, 3]), stage, "B counted", purpose=w.other, flags="corr"
    )


def part_of_request(w: World) -> None:
    """ "Asks for $46 million, including $32 million in grants": one appeal, told with what a part of it is for."""
    doc, purpose = {"doc": "one", "paper": "one"}, w.draw.choice([None, w.purpose, w.other])
    w.report(
        0, w.sum * w.draw.choice([1.4, 2, 3, 5]), "R", "A counted", purpose=w.draw.choice([None, w.purpose]), **doc
    )
    w.report(0, w.sum, "R", "B part_of_A", purpose=purpose, flags="link", **doc)
