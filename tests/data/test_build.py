"""The build of the tables: pinned sources, a manifest of everything, the same result again."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
sys.path.insert(0, str(ROOT / "tools"))

pytest.importorskip("yaml")
if not DATA.is_dir():
    pytest.skip("only in a checkout, which has tools/ and data/", allow_module_level=True)

from data_build import sources  # noqa: E402

from geo_events.atlas.bundle import Bundle  # noqa: E402

MANIFEST = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST["tables"]))
def test_every_file_has_the_checksum_of_the_manifest(name: str) -> None:
    """Size and sha256 are those of the committed file."""
    content = (DATA / name).read_bytes()
    entry = MANIFEST["tables"][name]
    assert len(content) == entry["bytes"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_every_file_is_in_the_manifest() -> None:
    """Nothing ships unverified."""
    files = {path.name for path in DATA.iterdir() if path.name != "manifest.json"}
    assert files == set(MANIFEST["tables"])


def test_the_tables_stay_small() -> None:
    """Zipped as in the wheel, the tables take at most 25 MB."""
    import zlib

    total = sum(len(zlib.compress((DATA / name).read_bytes(), 6)) for name in MANIFEST["tables"])
    assert total <= 25e6


def test_every_source_is_pinned_with_checksum_and_licence() -> None:
    """The manifest lists each package with version, sha256 and the licence of its data."""
    assert MANIFEST["sources"]
    for source in MANIFEST["sources"]:
        assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
        assert source["version"]
        assert source["licence"]


def test_the_attributions_that_licences_ask_for_are_shipped() -> None:
    """GeoNames' and the MIT notices stand in ATTRIBUTION.md."""
    text = (DATA / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for words in (
        "Contains GeoNames data",
        "CC BY 4.0",
        "modified",
        "Made with Natural Earth",
        "OurAirports",
        "airportsdata, MIT",
        "World Port Index",
        "CIA World Factbook",
        "countrynames, MIT",
        "Permission is hereby granted",
    ):
        assert words in text


def test_no_source_with_a_share_alike_or_copyleft_licence() -> None:
    """ODbL and GPL data may not be embedded."""
    for source in MANIFEST["sources"]:
        assert not re.search(r"odbl|gpl|sa\b|share", source["licence"], re.IGNORECASE)


def test_pickles_cannot_run_code() -> None:
    """A pickle that names any class or function is refused."""
    with pytest.raises(pickle.UnpicklingError, match="refused"):
        sources.unpickle_plain(pickle.dumps(Path("x")))
    assert sources.unpickle_plain(pickle.dumps({"a": [1, (2.0, "b")]})) == {"a": [1, (2.0, "b")]}


def test_a_changed_archive_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with another sha256 than the pinned one is an error."""
    monkeypatch.setenv("GEO_EVENTS_SOURCES", str(tmp_path))
    source = sources.SOURCES[0]
    (tmp_path / source.file).write_bytes(b"something else")
    with pytest.raises(ValueError, match=source.sha256):
        sources.fetch_source(source.package)


def test_hand_made_files_say_where_they_come_from() -> None:
    """Each seed file is described in seeds/README.md."""
    text = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "seeds").glob("*.*"):
        if path.name != "README.md":
            assert f"`{path.name}`" in text


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_rebuilding_gives_the_committed_tables() -> None:
    """The pinned sources and the seeds give the same tables, row for row."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_data.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


MADE_BUILD = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/.."]
import build_data
def make(folder):
    for number in range(12):
        (folder / f"{number}.cols").write_bytes(sys.argv[3].encode() * 200_000)
build_data.PARTS["polygons"] = make
print("ready", flush=True)
build_data.build_folder(["polygons"], Path(sys.argv[2]))
"""


def start_made_build(folder: Path, mark: str) -> subprocess.Popen[str]:
    """Start a build of made tables, all full of one mark; it waits for nobody."""
    command = [sys.executable, "-c", MADE_BUILD, str(ROOT / "tools"), str(folder), mark]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill_builds(folder: Path, count: int) -> None:
    """Kill builds at random moments: each time one whole build must be there, and no other."""
    with start_made_build(folder, "0") as process:
        began = time.monotonic()
    whole = time.monotonic() - began
    assert process.returncode == 0
    chance = random.Random(4)  # noqa: S311 - moments, no secrets
    for number in range(1, count + 1):
        with start_made_build(folder, str(number % 10)) as process:
            time.sleep(chance.uniform(0, 1.1) * whole)
            process.kill()
        bundle = Bundle(folder)
        marks = {bundle.path(name).read_bytes()[:1] for name in bundle.files}
        assert len(marks) == 1
        assert len(bundle.files) == 12


def test_a_killed_build_leaves_the_old_tables_or_the_new(tmp_path: Path) -> None:
    """After kill -9 the folder holds one build whole: never some files of each."""
    kill_builds(tmp_path / "data", 4)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_killed_builds_leave_whole_tables(tmp_path: Path) -> None:
    """200 kills at random moments of builds: 0 partial, 0 corrupt."""
    kill_builds(tmp_path / "data", 200)


def test_building_one_part_keeps_the_others(tmp_path: Path) -> None:
    """What is not built again is carried over, and stands in the new manifest."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "other.cols").write_bytes(b"kept")
    with start_made_build(folder, "7") as process:
        pass
    assert process.returncode == 0
    assert Bundle(folder).path("other.cols").read_bytes() == b"kept"
    assert len(Bundle(folder).files) == 13
