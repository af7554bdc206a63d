"""Fixtures that several folders of tests use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import small_warehouse


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small warehouse, published once; tests read it only."""
    return small_warehouse.build(tmp_path_factory.mktemp("warehouse") / "w")
