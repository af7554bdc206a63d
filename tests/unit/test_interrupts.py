"""Ctrl-C ends a command with one line; what the folders of a run may be; what a lock tells."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.interrupts import LINE
from pipelines.settings import Settings, WrongFolder, check_folders
from pipelines.warehouse.lock import run_lock, running

_WORK = """
import subprocess, sys, time
from pipelines.interrupts import ended_by_ctrl_c
with ended_by_ctrl_c():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(5)"])
    print("at work", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_that_was_asked_for_is_one_line(sent: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _WORK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    started = time.monotonic()
    process.send_signal(sent)
    assert process.wait(timeout=30) == code
    assert time.monotonic() - started < 10
    assert process.stderr is not None
    assert process.stderr.readline() == f"{LINE}\n"


def test_one_that_is_stopped_and_continued_goes_on() -> None:
    """By Ctrl-Z and `fg`, or with its machine."""
    work = _WORK.replace("time.sleep(60)", "sys.stdin.readline()")
    process = subprocess.Popen(
        [sys.executable, "-c", work], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    for _ in range(5):
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        process.send_signal(signal.SIGCONT)
        time.sleep(0.1)
    _, told = process.communicate("done\n", timeout=30)
    assert (process.returncode, told) == (0, "")


def test_a_run_that_goes_on_is_told(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    with run_lock(tmp_path, on_wait=lambda _: None):
        told = subprocess.run(
            [sys.executable, "-c", f"from pathlib import Path; from pipelines.warehouse.lock import running; print(running(Path({str(tmp_path)!r})))"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert told.stdout.startswith("process ")
    assert running(tmp_path) is None


def test_folders_that_a_run_cannot_work_with(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("Bhutan met Nepal.")
    check_folders(Settings(raw=raw, warehouse=tmp_path / "warehouse"))
    with pytest.raises(WrongFolder, match="is a file"):
        check_folders(Settings(raw=raw / "a.txt", warehouse=tmp_path / "warehouse"))
    with pytest.raises(WrongFolder, match="lies in the raw folder"):
        check_folders(Settings(raw=raw, warehouse=raw / "below" / "warehouse"))
    with pytest.raises(WrongFolder, match="lies in the raw folder"):
        check_folders(Settings(raw=raw, warehouse=raw))
    for place in (raw / "a.txt", raw / "a.txt" / "below"):
        with pytest.raises(WrongFolder, match=r"name another place|lies in the raw folder"):
            check_folders(Settings(raw=raw, warehouse=place))
    (tmp_path / "file").touch()
    with pytest.raises(WrongFolder, match=r"cannot be made .* name another place"):
        check_folders(Settings(raw=raw, warehouse=tmp_path / "file" / "warehouse"))
    with pytest.raises(FileNotFoundError):
        check_folders(Settings(raw=tmp_path / "none", warehouse=tmp_path / "warehouse"))


def test_a_raw_folder_in_the_warehouse_is_none_of_its_own(tmp_path: Path) -> None:
    version = tmp_path / "versions" / "000001" / "tables"
    version.mkdir(parents=True)
    (tmp_path / "incoming").mkdir()
    (tmp_path / "current").symlink_to("versions/000001")
    (tmp_path / "tables").symlink_to("current/tables")
    check_folders(Settings(raw=tmp_path / "incoming", warehouse=tmp_path))
    for place in (tmp_path / "versions", version, tmp_path / "tables"):
        with pytest.raises(WrongFolder, match="keeps for itself"):
            check_folders(Settings(raw=place, warehouse=tmp_path))


_CLOSED = """
import os, sys
from pathlib import Path
from pipelines.settings import Settings, WrongFolder, check_folders
for raw, warehouse in (sys.argv[1:3], sys.argv[3:5], sys.argv[5:7]):
    try:
        check_folders(Settings(raw=raw, warehouse=Path(warehouse)))
        print("all right")
    except WrongFolder as error:
        print(error)
"""


def test_folders_that_are_closed_are_told_before_anything_is_loaded(tmp_path: Path) -> None:
    """By a process that is not let off permissions, as root is."""
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if without and shutil.which("setpriv") is None:
        pytest.skip("root is let off permissions, and setpriv is not there")
    for name in ("raw", "closed", "above/raw", "warehouse", "read_only/state"):
        (tmp_path / name).mkdir(parents=True)
    places = {"closed": 0o000, "above": 0o000, "read_only/state": 0o555}
    for name, mode in places.items():
        (tmp_path / name).chmod(mode)
    asked = [("closed", "warehouse"), ("above/raw", "warehouse"), ("raw", "read_only")]
    arguments = [str(tmp_path / name) for pair in asked for name in pair]
    try:
        found = subprocess.run(
            [*without, sys.executable, "-c", _CLOSED, *arguments], capture_output=True, text=True, check=True
        )
    finally:
        for name in places:
            (tmp_path / name).chmod(0o755)
    closed, above, read_only = found.stdout.splitlines()
    assert f"The raw folder {tmp_path / 'closed'} cannot be read (Permission denied)" in closed
    assert f"The raw folder {tmp_path / 'above/raw'} cannot be read (Permission denied)" in above
    assert f"cannot write to {tmp_path / 'read_only/state'}: look at its permissions" in read_only
