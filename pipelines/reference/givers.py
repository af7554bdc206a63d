"""Who gives and lends: states, intergovernmental bodies and foundations that report to the OECD, and bodies whose money is another's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.codes import DonorKind
from pipelines.reference import rows


@dataclass(frozen=True, slots=True)
class Giver:
    """A giver by the name of our registers. `acts_for` names the body that its money is counted with; `dac_code` is the OECD's."""

    name: str
    kind: DonorKind
    acts_for: str | None
    dac_code: int | None


@cache
def givers() -> dict[str, Giver]:
    """Name -> giver. Any other state may give too; its ministries and agencies stand for it without an entry."""
    return {
        row["name"]: Giver(
            row["name"],
            DonorKind(row["kind"]),
            row["acts_for"] or None,
            int(row["dac_code"]) if row["dac_code"] else None,
        )
        for row in rows("givers.csv")
    }
