"""The labelled sets of reports as `schema.REPORTS` and as labelled pairs.

`sets.psv`: invented sets, with their texts; `desk.psv`: labels of sets whose texts are kept elsewhere, without them. One line a
figure: what a right reading of the text gives, and last the flow (a letter within the set) and its role in it.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.resolve.flows.decision import CLASSES
from pipelines.resolve.flows.figure_terms import amounts, range_rates
from pipelines.resolve.flows.purposes import stems
from pipelines.resolve.flows.schema import REPORTS
from pipelines.resolve.usd import rate_on

HERE = Path(__file__).parent
_SCALE = {"m": 10**6, "bn": 10**9}
_STATUS = {
    "R": "requested", "P": "pledged", "C": "committed", "D": "disbursed", "U": None, "S": "suspended",
    "X": "cancelled", "B": "repaid",
}  # fmt: skip
_QUALIFIERS = {"": "exact", "~": "approximately", ">": "at_least"}
# Reports, and the columns of figures that `amounts` reads: an amount of a line is the whole one, whatever its years.
_LINES = pl.Schema(
    {
        **REPORTS, "qualifier": pl.String(), "amount_low": REPORTS["amount"], "amount_high": REPORTS["amount"],
        "rate_times": pl.Int64(), "period_start": pl.Date(), "period_end": pl.Date(), "_is_rate": pl.Boolean(),
    }
)  # fmt: skip
_AMOUNT = re.compile(r"(?P<hedge>[~>]?)(?P<number>[\d.]+)(?P<scale>m|bn) (?P<currency>[A-Z]{3})")
_LABEL = re.compile(r"(?P<flow>[A-Z]) (?P<role>[a-z]+?)(?:_of_(?P<whole>[A-Z]))?")


def read(*names: str) -> list[dict[str, str]]:
    """Lines of the files of this folder, in order."""
    found: list[dict[str, str]] = []
    for name in names:
        with (HERE / name).open(encoding="utf8", newline="") as file:
            found += csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE)
    return found


def reports(lines: list[dict[str, str]]) -> pl.DataFrame:
    """Lines as reports; figure_id is the line's number in the list, donor and recipient are the set's own.

    What a figure's words mean (how far "about" and "more than" reach) is `figure_terms.amounts`, as in the warehouse.
    """
    rows = pl.DataFrame([_report(n, line) for n, line in enumerate(lines)], schema=_LINES, orient="row")
    meant = range_rates(rows).with_columns(**amounts()).with_columns(words=stems(pl.col("purpose")), is_rate="_is_rate")
    return meant.select(REPORTS.names()).cast(REPORTS)


def _report(n: int, line: dict[str, str]) -> dict[str, object]:
    stated = _AMOUNT.fullmatch(line["amount"])
    assert stated, line
    published = date.fromisoformat(line["day"])
    amount = Decimal(stated["number"]) * _SCALE[stated["scale"]]
    rate = 1.0 if stated["currency"] == "USD" else rate_on(stated["currency"], published).usd  # type: ignore[union-attr]
    first, last, day = _period(line["period"])
    flags = line["flags"].split(",")
    donor, recipient = line["ends"].split(">")
    return {
        "figure_id": str(n), "anchor": str(n), "document_id": f"{line['set']}-{line['doc']}", "start_char": n, "published_on": published,
        "publisher": line["paper"], "donor": f"{line['set']} {donor}", "recipient": f"{line['set']} {recipient}",
        "donor_kind": "state", "finance": line["finance"], "status": _STATUS[line["stage"]], "amount": amount,
        "currency": stated["currency"], "amount_usd": Decimal(round(float(amount) * rate)), "qualifier": _QUALIFIERS[stated["hedge"]],
        "year_start": first, "year_end": last, "day": day, "purpose": line["purpose"] or None,
        "purpose_code": line["sector"] or None, "is_cumulative": "cum" in flags,
        "is_total": "total" in flags, "_is_rate": any(f.startswith("rate") for f in flags), "is_sequel": "seq" in flags, "is_instalment": "inst" in flags,
        "is_correction": "corr" in flags, "is_change": "corr" in flags and line["stage"] in "RPC", "confidence": 1.0,
        "part_of": next((str(n + int(f.removeprefix("link") or -1)) for f in flags if f.startswith("link")), None),
    }  # fmt: skip


def _period(text: str) -> tuple[int | None, int | None, date | None]:
    if not text:
        return None, None, None
    first, _, last = text.partition("..")
    day = date.fromisoformat(first) if len(first) == 10 and not last else None
    return int(first[:4]), int((last or first)[:4]), day


def labels(lines: list[dict[str, str]], small: np.ndarray, large: np.ndarray) -> np.ndarray:
    """Class (index into CLASSES) of each pair of line numbers; -1 where the two lines are not of one set."""
    return np.array([_label(lines[a], lines[b]) for a, b in zip(small, large, strict=True)], dtype=np.int64)


def _label(small: dict[str, str], large: dict[str, str]) -> int:
    if small["set"] != large["set"]:
        return -1
    a, b = _LABEL.fullmatch(small["label"]), _LABEL.fullmatch(large["label"])
    assert a, small
    assert b, large
    if a["flow"] != b["flow"]:
        return CLASSES.index("part" if b["role"] == "total" or a["whole"] == b["flow"] else "different")
    if small["amount"] == large["amount"] or not {a["role"], b["role"]} & {"part", "cumulative"}:
        return CLASSES.index("same")
    if a["role"] == b["role"] == "part":
        return CLASSES.index("different")
    return CLASSES.index("part")
