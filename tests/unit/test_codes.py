"""Closed lists of values have one home, and everybody's lists are of it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import polars as pl
import pytest

from pipelines import codes
from pipelines.reader import labels
from pipelines.tables import WAREHOUSE_TABLES

LISTS = [c for c in vars(codes).values() if isinstance(c, type) and issubclass(c, StrEnum) and c is not StrEnum]
TERMS = Path(__file__).parents[2] / "docs" / "terms.md"


@pytest.mark.parametrize("code_list", LISTS, ids=lambda c: c.__name__)
def test_every_value_is_explained_among_the_terms(code_list: type[StrEnum]) -> None:
    explained = set(re.findall(r"[\w-]+", TERMS.read_text(encoding="utf8")))
    values = {word for value in code_list for word in re.findall(r"[\w-]+", value)}
    assert values
    assert values <= explained


def test_every_enumeration_of_a_table_is_one_of_the_lists() -> None:
    known = {tuple(c) for c in LISTS}
    found = {
        (table, column): tuple(dtype.categories)
        for table, schema in WAREHOUSE_TABLES.items()
        for column, dtype in schema.create_empty().schema.items()
        if isinstance(dtype, pl.Enum)
    }
    assert len(found) > 10
    own = {place: values for place, values in found.items() if values not in known and place[0] != "raw_files"}
    assert own == {}


def test_the_reader_says_what_the_lists_hold() -> None:
    said = {
        codes.EventType: labels.TYPES, codes.EventMode: labels.MODES, codes.Factuality: labels.FACTUALITIES,
        codes.FigureKind: labels.KINDS, codes.FlowStage: labels.STAGES,
    }  # fmt: skip
    assert {c.__name__: set(c) - set(values) for c, values in said.items() if set(c) - set(values)} == {}
    assert {c.__name__: set(values) - set(c) for c, values in said.items() if set(values) - set(c)} == {}


def test_what_the_reader_can_say_are_codes() -> None:
    said = {
        codes.EventType: labels.TYPES, codes.EventMode: labels.MODES, codes.Factuality: labels.FACTUALITIES,
        codes.FigureKind: labels.KINDS, codes.FlowStage: labels.STAGES,
    }  # fmt: skip
    for code_list, outputs in said.items():
        assert outputs
        assert set(outputs) <= set(code_list), code_list
