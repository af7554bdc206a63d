"""SQL models come after what they read, whatever their names and folders."""

from __future__ import annotations

import pytest

from pipelines.warehouse import sql_models
from pipelines.warehouse.sql_models import ModelsInCircle, SqlModel


def _model(name: str, query: str) -> SqlModel:
    return SqlModel(name, query, "What?", {})


def test_a_model_comes_after_what_it_reads() -> None:
    found = sql_models.in_order(
        [
            _model("a", "with b as (select 1 as x) select b.x from b inner join c on c.x = b.x"),
            _model("c", "select x from (select * from d) as inner_d -- from a"),
            _model("d", "select 1 as x from documents"),
        ]
    )
    assert [m.name for m in found] == ["d", "c", "a"]


def test_a_circle_is_named() -> None:
    with pytest.raises(ModelsInCircle, match="in a circle"):
        sql_models.in_order([_model("a", "select * from b"), _model("b", "select * from a")])


def test_tables_are_found_through_other_models() -> None:
    marts = sql_models.models("marts")
    assert marts
    for mart in marts:
        assert sql_models.tables_of(mart), mart.name
