"""The build of the tables: pinned sources, a manifest of everything, the same result again."""

from __future__ import annotations

import hashlib
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
sys.path.insert(0, str(ROOT / "tools"))

pytest.importorskip("yaml")
if not DATA.is_dir():
    pytest.skip("only in a checkout, which has tools/ and data/", allow_module_level=True)

from data_build import sources  # noqa: E402

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
