"""Holds a table against its contract and tells which rules are broken, by how many rows, and by which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import dataframely as dy
import polars as pl

from pipelines.tables import WAREHOUSE_TABLES

# Rows of a table, by their place in its file, and the rule that each breaks.
BROKEN_SCHEMA = pl.Schema({"row": pl.UInt32(), "rule": pl.String()})
_KEY_RULE = "primary_key"


@dataclass(frozen=True)
class ContractResult:
    """Failed rows by rule, some of them as examples, and which rows would have to go for the table to hold."""

    table: str
    failed: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, object]] = field(default_factory=list)
    broken: pl.DataFrame = field(default_factory=BROKEN_SCHEMA.to_frame)

    @property
    def passed(self) -> bool:
        return not self.failed

    @property
    def is_about_rows(self) -> bool:
        """Whether the table would hold without some of its rows; a missing column is no row's fault."""
        return not self.broken.is_empty()

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
    read = frame.select(want.names()).collect()
    unknown = _unknown_codes(read, want)
    if not unknown.is_empty():
        counts = dict(unknown.group_by("rule").len().sort("rule").iter_rows())
        return ContractResult(table, counts, read[unknown["row"].head(3)].to_dicts(), unknown)
    _, failure = schema.filter(read.cast(want), cast=False)
    found = failure.counts()
    if not found:
        return ContractResult(table)
    return ContractResult(table, dict(found), failure.invalid().head(3).to_dicts(), _broken(schema, read, failure))


def joined(table: str, parts: Sequence[tuple[ContractResult, int]]) -> ContractResult:
    """What is told of a table by its parts, each with the place of its first row among the table's."""
    failed: Counter[str] = Counter()
    for result, _ in parts:
        failed.update(result.failed)
    broken = [result.broken.with_columns(pl.col("row") + pl.lit(first, pl.UInt32)) for result, first in parts]
    examples = [example for result, _ in parts for example in result.examples]
    return ContractResult(table, dict(failed), examples[:3], pl.concat([BROKEN_SCHEMA.to_frame(), *broken]))


def _unknown_codes(read: pl.DataFrame, want: pl.Schema) -> pl.DataFrame:
    """Rows with a code that its list has not; they could not even be cast to the contract's types."""
    found = [BROKEN_SCHEMA.to_frame()]
    for name, dtype in want.items():
        if isinstance(dtype, pl.Enum) and read[name].dtype == pl.String:
            known = pl.col(name).is_in(dtype.categories.to_list()) | pl.col(name).is_null()
            found.append(
                read.with_row_index("_row")
                .filter(~known)
                .select(row="_row", rule=pl.lit(f"{name}|code"))
                .cast(BROKEN_SCHEMA)
            )
    return pl.concat(found).unique("row", keep="first", maintain_order=True)


def _broken(schema: type[dy.Schema], read: pl.DataFrame, failure: dy.FailureInfo) -> pl.DataFrame:
    """Places of the failing rows, each with the first of its rules; of rows that share a key the first one may stay."""
    plain = [name for name, dtype in schema.create_empty().schema.items() if not dtype.is_nested()]
    of_row = [r for r in failure.counts() if r != _KEY_RULE]
    rule = pl.coalesce(*(pl.when(pl.col(r) == "invalid").then(pl.lit(r)) for r in of_row), pl.lit(None, pl.String))
    details = failure.details().select(*plain, _rule=rule).unique(plain, maintain_order=True)
    rows = read.cast({name: details.schema[name] for name in plain}).with_row_index("_row")
    rows = rows.join(details, on=plain, how="inner", nulls_equal=True, maintain_order="left")
    keys = schema.primary_key()
    if keys:
        first = pl.col("_row") == pl.col("_row").filter(pl.col("_rule").is_null()).min().over(keys)
        rows = rows.filter(pl.col("_rule").is_not_null() | ~first.fill_null(False))
    return rows.select(row="_row", rule=pl.col("_rule").fill_null(_KEY_RULE)).cast(BROKEN_SCHEMA)


def _physical(dtype: pl.DataType | type[pl.DataType] | None) -> str:
    """Enumerations come back from Parquet as enumerations or as text: both will do."""
    name = str(dtype)
    return "String" if name.startswith(("Enum", "Categorical")) else name
