"""The chart of the benchmark says what the record holds, and README has it."""

from __future__ import annotations

from pathlib import Path

from tests.measure import benchmark_table

_HEAD = "date,version,machine,cores,load,documents,words,part,seconds,processor,floor,floor_seconds,floor_processor,memory_gb,disk_mb\n"
_SESSION = "2026-01-02,abc1234,A processor,2,0.1"


def test_parts_of_the_last_session_stand_beside_their_floors(tmp_path: Path) -> None:
    record = tmp_path / "benchmark.csv"
    record.write_text(
        _HEAD
        + "2025-01-01,old,,2,,900,9000,whole run,99.0,,,,,,\n"
        + f"{_SESSION},100,50000,whole run,40.0,60.0,nlp.pipe,20.0,38.0,1.5,30.0\n"
        + f"{_SESSION},100,50000,step readings,10.0,,encoder,8.0,15.0,,\n"
        + f"{_SESSION},10,5000,one more batch,5.0,6.0,,,,1.0,\n"
    )
    lines = benchmark_table.table(record).splitlines()
    assert "100 documents, 50,000 words" in lines[0]
    rows = [line for line in lines if line.startswith("| ")][1:]
    assert [row.split(" | ")[0] for row in rows] == ["| whole run", "| one more batch", "| readings"]
    assert "| 40.0 | 60.0 | 2.5 | 2.00 × nlp.pipe (processor 1.58 ×) |" in rows[0]
    assert "| 10.0 |  | 10.0 | 1.25 × encoder" in rows[2]
    assert rows[0].count("█") == 4 * rows[2].count("█")


def test_readme_shows_the_record() -> None:
    readme = benchmark_table.README.read_text(encoding="utf8")
    assert benchmark_table.written(readme) == readme
