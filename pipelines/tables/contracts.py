"""Holds a table against its contract and tells which rules are broken, by how many rows, with examples."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from pipelines.tables import WAREHOUSE_TABLES


@dataclass(frozen=True)
class ContractResult:
    """Failed rows by rule, and some of the rows."""

    table: str
    failed: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, object]] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.failed

    def as_markdown(self) -> str:
        """A table of rule and failed rows, then examples; one line where all is well."""
        if self.passed:
            return "every rule holds"
        lines = ["|rule|failed rows|", "|---|---|", *(f"|{rule}|{n}|" for rule, n in self.failed.items())]
        return "\n".join(lines + [f"\n    {example}" for example in self.examples])


def check_contract(table: str, frame: pl.LazyFrame) -> ContractResult:
    """Check every rule of the table's schema. Missing or wrongly typed columns count as a failed rule too."""
    schema = WAREHOUSE_TABLES[table]
    want, have = schema.create_empty().schema, frame.collect_schema()
    wrong = {
        f"column {name} is {dtype}": 1 for name, dtype in want.items() if _physical(have.get(name)) != _physical(dtype)
    }
    if wrong:
        return ContractResult(table, wrong)
    _, failure = schema.filter(frame.cast(want).collect(), cast=False)
    counts = failure.counts()
    if not counts:
        return ContractResult(table)
    return ContractResult(table, dict(counts), failure.invalid().head(3).to_dicts())


def _physical(dtype: pl.DataType | type[pl.DataType] | None) -> str:
    """Enumerations come back from Parquet as enumerations or as text: both will do."""
    name = str(dtype)
    return "String" if name.startswith(("Enum", "Categorical")) else name
