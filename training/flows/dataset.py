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
from pipelines.resolve.flows.purposes import stems
from pipelines.resolve.flows.schema import REPORTS
from pipelines.resolve.usd import rate_on

HERE = Path(__file__).parent
_SCALE = {"m": 10**6, "bn": 10**9}
_STATUS = {
    "R": "requested", "P": "pledged", "C": "committed", "D": "disbursed", "U": None, "S": "suspended",
    "X": "cancelled", "B": "repaid",
}  # fmt: skip
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
    """Lines as reports; figure_id is the line's number in the list, donor and recipient are the set's own."""
    rows = pl.DataFrame([_report(n, line) for n, line in enumerate(lines)], schema=REPORTS, orient="row")
    return rows.with_columns(words=stems(pl.col("purpose")))


def _report(n: int, line: dict[str, str]) -> dict[str, object]:
    told = _AMOUNT.fullmatch(line["amount"])
    assert told, line
    published = date.fromisoformat(line["day"])
    amount = Decimal(told["number"]) * _SCALE[told["scale"]]
    rate = 1.0 if told["currency"] == "USD" else rate_on(told["currency"], published).usd  # type: ignore[union-attr]
    usd = float(amount) * rate
    first, last, day = _period(line["period"])
    flags = line["flags"].split(",")
    approximate = told["hedge"] != ""
    donor, recipient = line["ends"].split(">")
    return {
        "figure_id": str(n), "document_id": f"{line['set']}-{line['doc']}", "start_char": n, "published_on": published,
        "publisher": line["paper"], "donor": f"{line['set']} {donor}", "recipient": f"{line['set']} {recipient}",
        "donor_kind": "state", "finance": line["finance"], "status": _STATUS[line["stage"]], "amount": amount,
        "currency": told["currency"], "usd": usd, "low": usd * (0.92 if approximate else 1),
        "high": usd * (1.08 if approximate else 1), "told": float(amount),
        "told_low": float(amount) * (0.92 if approximate else 1), "told_high": float(amount) * (1.08 if approximate else 1),
        "room": 1.08 if approximate else 1.0, "amount_usd": Decimal(round(usd)), "is_approximate": approximate,
        "amount_usd_constant": None, "year_start": first, "year_end": last, "day": day, "purpose": line["purpose"] or None,
        "purpose_code": line["sector"] or None, "words": [], "is_cumulative": "cum" in flags,
        "is_total": "total" in flags, "is_rate": any(f.startswith("rate") for f in flags), "is_sequel": "seq" in flags,
        "is_correction": "corr" in flags, "takes_back": None, "confidence": 1.0,
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
