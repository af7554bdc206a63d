"""What one document yields is the same in every process, and the collector runs on after it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from pipelines.language import collector

_SAME = """
from tests.unit.extract.reading import facts_of
text = (
    "French President Paul Marchand met Omani Foreign Minister Salim Harthy in Muscat on Monday. He told him that France "
    "would give Oman $20 million. Marchand then helped her, urged him to sign and asked them to attend. They visited him."
)
facts = facts_of(text)
print([(m.start_char, m.mention_type, m.entity) for m in facts.mentions], [(e.trigger, e.event_type) for e in facts.events])
"""


@pytest.mark.slow
def test_facts_do_not_depend_on_how_python_hashes_strings() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _SAME],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "6")
    }
    assert len(told) == 1
    assert "pronoun" in told.pop()


def test_the_collector_is_paused_and_runs_on_even_after_a_failure() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), collector.paused():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
