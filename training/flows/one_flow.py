"""Ways of telling one flow several times: again, in other money, by parts, corrected, repaid."""

from __future__ import annotations

from datetime import timedelta

from pipelines.resolve.usd import rate_on
from training.flows.world import GIFT, LENT, World


def retold(w: World) -> None:
    w.report(0, w.sum, "D", "A counted", period=w.maybe_year())
    for _ in range(w.draw.choice([1, 2])):
        w.report(w.draw.randrange(60), w.sum, w.draw.choice("DDDU"), "A same", purpose=w.maybe_purpose())


def retold_without_purpose(w: World) -> None:
    w.report(0, w.sum, "D", "A counted", purpose=None, period=w.maybe_year())
    w.report(w.draw.randrange(40), w.sum, "D", "A same", purpose=None)


def repaid(w: World) -> None:
    w.report(0, w.sum, "D", "A counted", finance="loan", purpose=w.maybe_purpose())
    w.report(w.draw.randrange(20, 2000), w.sum, "B", "A same", finance="loan", purpose=None, period=w.maybe_year())


def undone(w: World) -> None:
    w.report(0, w.sum, w.draw.choice("PPC"), "A counted", purpose=w.maybe_purpose())
    w.report(w.draw.randrange(20, 500), w.sum, w.draw.choice("SX"), "A same", purpose=w.maybe_purpose())


def promise_and_payment(w: World) -> None:
    w.report(0, w.sum * 10, w.draw.choice("PC"), "A counted", purpose=w.maybe_purpose())
    w.report(w.draw.randrange(20, 800), w.sum * w.draw.choice([1, 2, 3, 5]), "D", "A part", purpose=w.maybe_purpose())


def running_payments(w: World) -> None:
    w.report(0, w.sum * 10, "P", "A counted", purpose=w.maybe_purpose())
    w.report(200, w.sum * 2, "D", "A cumulative", purpose=None, flags="cum")
    w.report(500, w.sum * 5, "D", "A cumulative", purpose=None, flags="cum")


def promise_in_other_money(w: World) -> None:
    day = str(w.start) if w.chance(0.5) else ""
    w.report(0, w.sum, "P", "A counted", currency="EUR", period=day)
    for days in (w.draw.randrange(60, 300), w.draw.randrange(300, 600)):
        w.report(days, w.sum, w.draw.choice("PC"), "A same", currency="EUR", purpose=w.maybe_purpose())


def programme_and_year(w: World) -> None:
    years = w.draw.randrange(3, 6)
    w.report(
        0,
        w.sum * years,
        w.draw.choice("PCCD"),
        "A counted",
        purpose=w.maybe_purpose(),
        period=f"{w.year}..{w.year + years - 1}",
    )
    later = w.draw.randrange(years)
    w.report(
        later * 365 + 100, w.sum, w.draw.choice("DDP"), "A part", purpose=w.maybe_purpose(), period=str(w.year + later)
    )


def rate(w: World) -> None:
    years = w.draw.randrange(2, 6)
    w.report(
        0,
        w.sum * years,
        "P",
        "A counted",
        purpose=w.maybe_purpose(),
        flags="rate",
        period=f"{w.year}..{w.year + years - 1}" if w.chance(0.6) else "",
    )
    w.report(
        w.draw.randrange(20),
        w.sum * years,
        w.draw.choice("PC"),
        "A same",
        purpose=w.maybe_purpose(),
        period=f"{w.year}..{w.year + years}" if w.chance(0.6) else "",
    )


def disputed(w: World) -> None:
    stage, period = w.draw.choice("DDC"), w.maybe_year()
    w.report(0, w.sum, stage, "A counted", period=period)
    w.report(
        w.draw.randrange(25),
        round(w.sum * w.draw.choice([1.15, 1.25, 1.4, 1.5]), 2),
        stage,
        "A contested",
        period=period,
    )


def corrected(w: World) -> None:
    wrong = round(w.sum * w.draw.choice([0.2, 0.5, 0.9, 1.3, 3, 10, 0.001, 1000]), 4)
    period = w.maybe_year()
    w.report(0, wrong, "D", "A superseded", paper="one", period=period)
    w.report(w.draw.randrange(0, 4), w.sum, "D", "A counted", paper="one", flags="corr", period=period)


def rounded(w: World) -> None:
    stage = w.draw.choice("DPC")
    w.report(0, round(w.sum * w.draw.choice([1.02, 0.97, 0.96, 1.04]), 2), stage, "A counted", period=w.maybe_year())
    w.report(
        w.draw.randrange(40), w.sum, stage, "A same", hedge=w.draw.choice(["~", "~", ""]), purpose=w.maybe_purpose()
    )


def converted(w: World) -> None:
    stage, currency = w.draw.choice("DPC"), w.draw.choice(["EUR", "GBP"])
    found = rate_on(currency, w.start)
    assert found
    w.report(0, w.sum, stage, "A counted", currency=currency, purpose=w.maybe_purpose(), period=w.maybe_year())
    w.report(
        w.draw.randrange(60),
        float(f"{w.sum * found.usd * w.draw.choice([0.93, 1, 1.07]):.2g}"),
        stage,
        "A same",
        purpose=w.maybe_purpose(),
    )


def tranches(w: World) -> None:
    w.report(0, w.sum * 10, "C", "A counted", finance="loan", purpose=None)
    w.report(w.draw.randrange(20, 90), w.sum * 3, "D", "A part", finance="loan", purpose=None, flags="seq")
    w.report(
        w.draw.randrange(100, 400),
        w.sum * w.draw.choice([2, 3]),
        "D",
        "A part",
        finance="loan",
        purpose=None,
        flags="seq",
    )


def instalments(w: World) -> None:
    """A promise, and payments that are told as instalments of it, some of them equal, one told by two papers."""
    finance = w.draw.choice(("loan", "loan", "concessional_loan", "other", "grant"))
    number = w.draw.choice((2, 3, 4))
    one = round(w.sum, 2)
    w.report(0, one * number, "C", "A counted", finance=finance, purpose=w.maybe_purpose(), period=w.maybe_year())
    if w.chance(0.4):
        w.report(
            0, one * number, "C", "A same", doc="0", paper="paper 0", finance=finance, purpose=None, flags="link,inst"
        )
    days = w.draw.randrange(5, 90)
    for n, flow in zip(range(w.draw.choice((1, 2, 2))), "BC", strict=False):
        flags = "inst" if n == 0 else w.draw.choice(("inst", "inst,seq"))
        period = str(w.start + timedelta(days=days)) if w.chance(0.5) else ""
        known_as = finance if w.chance(0.7) else "other"
        w.report(days, one, "D", f"{flow} part_of_A", finance=known_as, purpose=None, flags=flags, period=period)
        if w.chance(0.3):
            w.report(days + 1, one, "D", f"{flow} part_of_A", finance=known_as, purpose=None, flags=flags)
        days += w.draw.randrange(60, 300)


def granted_request(w: World) -> None:
    w.report(0, w.sum, "R", "A counted", purpose=w.maybe_purpose())
    w.report(w.draw.randrange(10, 200), w.sum, w.draw.choice("DCP"), "A same", purpose=w.maybe_purpose())


def promise_retold(w: World) -> None:
    stage = w.draw.choice("PPC")
    w.report(0, w.sum, stage, "A counted", purpose=w.maybe_purpose(), period=w.maybe_year())
    w.report(
        w.draw.randrange(100, 900),
        w.sum,
        stage,
        "A same",
        purpose=w.maybe_purpose(),
        period=w.maybe_year(-30) if w.chance(0.3) else "",
    )


def promise_kept(w: World) -> None:
    w.report(0, w.sum, "P", "A counted")
    w.report(w.draw.randrange(60, 900), w.sum, w.draw.choice("DC"), "A same", purpose=w.maybe_purpose())


def reported_later_with_its_year(w: World) -> None:
    w.start = w.start.replace(month=w.draw.randrange(1, 4))
    w.report(0, w.sum, "D", "A counted", purpose=w.maybe_purpose())
    w.report(w.draw.randrange(90, 270), w.sum, "D", "A same", purpose=w.maybe_purpose(), period=str(w.start.year))


def about_then_exact(w: World) -> None:
    """Promised as about so much, paid exactly."""
    w.report(0, w.sum, w.draw.choice("PPC"), "A counted", hedge="~", purpose=w.purpose, period=w.maybe_year())
    paid = round(w.sum * w.draw.choice([0.94, 0.97, 1.03, 1.05]), 2)
    w.report(w.draw.randrange(40, 320), paid, "D", "A same", purpose=w.maybe_purpose(), period=w.maybe_year())


def promised_then_signed(w: World) -> None:
    """A loan or gift that is promised on one named day and signed on another."""
    finance = w.draw.choice((*GIFT, *LENT))
    later = w.start + timedelta(days=w.draw.randrange(7, 200))
    w.report(0, w.sum, w.draw.choice("PC"), "A counted", finance=finance, period=str(w.start))
    w.report((later - w.start).days, w.sum, "C", "A same", finance=finance, period=str(later))
    w.report(w.draw.randrange(60), w.sum, "C", "B counted", finance=finance, purpose=w.other, period=w.maybe_year())


def asked_for_then_signed(w: World) -> None:
    """A loan or gift that is asked for on one named day, and agreed or asked for again on another."""
    finance = w.draw.choice((*GIFT, *LENT))
    later = w.start + timedelta(days=w.draw.randrange(7, 120))
    w.report(0, w.sum, "R", "A counted", finance=finance, period=str(w.start))
    w.report((later - w.start).days, w.sum, w.draw.choice("RCCP"), "A same", finance=finance, period=str(later))
    w.report(w.draw.randrange(60), w.sum, "C", "B counted", finance=finance, purpose=w.other, period=w.maybe_year())


def promise_changed(w: World) -> None:
    """ "Doubled its pledge to", told by a paper that does not say what it was."""
    stage, period = w.draw.choice("RPPC"), w.maybe_year()
    w.report(0, w.sum, stage, "A superseded", purpose=w.maybe_purpose(), period=period)
    times, days = w.draw.choice([0.4, 0.6, 1.25, 1.5, 2, 2, 3]), w.draw.randrange(2, 300)
    purpose = w.maybe_purpose()
    w.report(days, round(w.sum * times, 2), stage, "A counted", flags="corr", purpose=purpose, period=period)
    if w.chance(0.5):
        w.report(days + 1, round(w.sum * times, 2), stage, "A same", purpose=purpose)
