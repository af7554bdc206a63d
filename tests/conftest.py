"""Fixtures that several folders of tests use."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import small_warehouse

# A busy machine is slow, not wrong.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


# A test ends what it started in its `finally`, which a signal that ends Python at once would skip.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small warehouse, published once; tests read it only."""
    return small_warehouse.build(tmp_path_factory.mktemp("warehouse") / "w")
