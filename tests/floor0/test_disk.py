"""Writing is all or nothing: the old file or folder stays whole until the new one is whole."""

import errno
import os
import stat
import subprocess
import sys
import time

import pytest

from geo_events import disk
from geo_events.errors import InvalidInputError


def test_known_sum(tmp_path):
    """The sha256 of "abc" is the one of FIPS 180-4's example."""
    path = disk.write_bytes(tmp_path / "abc", b"abc")
    assert disk.sha256_of(path) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    """An error in the middle changes nothing."""
    target = disk.write_text(tmp_path / "a.txt", "old")

    def fill() -> None:
        with disk.open_atomic(target) as part:
            part.write_text("half")
            raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(OSError, match="no space"):
        fill()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_interrupt_leaves_the_old_file(tmp_path):
    """Ctrl-C in a writer changes nothing."""
    target = disk.write_text(tmp_path / "a.txt", "old")

    def fill() -> None:
        with disk.open_atomic(target):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_missing_folder_is_told_before_any_work(tmp_path):
    """The folder is named, and nothing is made."""
    with pytest.raises(InvalidInputError, match="no folder"):
        disk.write_text(tmp_path / "none" / "a.txt", "x")
    assert not [path.name for path in tmp_path.iterdir()]


def test_folder_as_target_is_refused(tmp_path):
    """A folder is no file."""
    with pytest.raises(InvalidInputError, match="it is a folder"):
        disk.write_text(tmp_path, "x")


def test_new_file_can_be_read_by_others_and_an_old_mode_is_kept(tmp_path):
    """A temporary file's narrow mode does not stick."""
    path = disk.write_text(tmp_path / "a", "x")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o640)
    disk.write_text(path, "y")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_folder_is_replaced_whole(tmp_path):
    """The target holds the new files and no old ones."""
    target = tmp_path / "tables"
    target.mkdir()
    (target / "old").write_text("old")
    with disk.staging_folder(target) as stage:
        (stage / "new").write_text("new")
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_failed_build_leaves_the_old_folder(tmp_path):
    """An error while filling changes nothing."""
    target = tmp_path / "tables"
    target.mkdir()
    (target / "old").write_text("old")

    def build() -> None:
        with disk.staging_folder(target) as stage:
            (stage / "new").write_text("new")
            raise ValueError("broken source")

    with pytest.raises(ValueError, match="broken source"):
        build()
    assert [path.name for path in target.iterdir()] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


_BUILDER = """
import sys
from geo_events import disk
number = 0
while True:
    number += 1
    with disk.staging_folder(sys.argv[1]) as stage:
        for name in range(8):
            (stage / str(name)).write_text(str(number))
    print(number, flush=True)
"""


def test_killed_builds_never_leave_a_mixed_folder(tmp_path):
    """After kill -9 at any moment the folder holds eight files of one and the same build."""
    target = tmp_path / "tables"
    for attempt in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", _BUILDER, str(target)], stdout=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            time.sleep(0.003 * attempt)
            process.kill()
        found = {path.read_text() for path in target.iterdir()}
        assert len(found) == 1
        assert len(list(target.iterdir())) == 8


def test_a_running_build_keeps_its_folder(tmp_path):
    """A second build removes what a killed one left, and not what a running one fills."""
    target = tmp_path / "tables"
    (tmp_path / ".tables.killed.part").mkdir()
    with disk.staging_folder(target) as first:
        (first / "one").write_text("1")
        with disk.staging_folder(target) as second:
            (second / "two").write_text("2")
        assert (first / "one").read_text() == "1"
        assert not (tmp_path / ".tables.killed.part").exists()
    assert [path.name for path in target.iterdir()] == ["one"]


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_an_impossible_path_is_one_clear_error(tmp_path, name):
    """What the system says of a path comes as our error."""
    with pytest.raises(InvalidInputError, match="cannot write"):
        disk.check_target(tmp_path / name / "out.csv")
