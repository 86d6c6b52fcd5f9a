"""A build of the tables that is stopped leaves nothing half-built behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLOW = """
import runpy, sys, time
from pathlib import Path
sys.path[:0] = [{tools!r}, {root!r}]
import data_build.manifest as manifest

def build(folder):
    (folder / "half.parquet").write_bytes(b"half")
    print("ready", flush=True)
    time.sleep(60)

manifest.PARTS = {{"polygons": build}}
sys.argv = ["build_data.py", "--output", {output!r}]
runpy.run_path({maker!r}, run_name="__main__")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_build_leaves_no_folder(number, tmp_path) -> None:
    """Ctrl-C and SIGTERM: the half-built folder is removed, the old tables stay, the code tells."""
    output = tmp_path / "data"
    output.mkdir()
    (output / "old.parquet").write_bytes(b"old")
    code = SLOW.format(
        tools=str(ROOT / "tools"),
        root=str(ROOT),
        output=str(output),
        maker=str(ROOT / "tools" / "build_data.py"),
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 128 + number
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert [path.name for path in output.iterdir()] == ["old.parquet"]
    assert str(output) in said
    assert "part 1 of 1" in said
    assert "Traceback" not in said
