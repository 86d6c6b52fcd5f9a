"""The bundle: found, verified, and never believed when damaged."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from geo_events.atlas.bundle import Bundle, find_data_folder, manifest_checksum, open_bundle
from geo_events.atlas.status import bundle_status, verify_bundle
from geo_events.errors import DataCorruptError, DataMissingError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the smaller tables, with a manifest of just these."""
    source = open_bundle()
    names = ["chokepoints.parquet", "chokepoints.arcs.parquet", "territories.parquet"]
    manifest = {k: v for k, v in source.manifest.items() if k != "checksum"}
    manifest["tables"] = {name: source.manifest["tables"][name] for name in names}
    manifest["checksum"] = manifest_checksum(manifest)
    for name in names:
        shutil.copy(source.path(name), tmp_path / name)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def _use_all(folder: Path) -> None:
    bundle = Bundle(folder)
    bundle.table("territories.parquet")
    bundle.polygons("chokepoints")


def test_the_whole_bundle_verifies() -> None:
    """Every shipped table has the checksum of the manifest."""
    verify_bundle()


def test_status_names_every_table_with_size_and_rows() -> None:
    """The status lists all files of the manifest."""
    rows = {row["table"]: row for row in bundle_status()}
    assert set(rows) == set(open_bundle().files)
    assert rows["territories.parquet"]["rows"] > 500


def test_the_environment_names_the_folder(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GEO_EVENTS_DATA wins over the tables that are shipped."""
    monkeypatch.setenv("GEO_EVENTS_DATA", str(copy))
    assert find_data_folder() == copy
    assert len(open_bundle().files) == 3


def test_a_named_folder_without_tables_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong GEO_EVENTS_DATA is an error, not a silent fall-back."""
    monkeypatch.setenv("GEO_EVENTS_DATA", str(tmp_path))
    with pytest.raises(DataMissingError, match="GEO_EVENTS_DATA"):
        open_bundle()


def test_a_missing_table_is_told(copy: Path) -> None:
    """A file that the manifest names must be there."""
    (copy / "territories.parquet").unlink()
    with pytest.raises(DataMissingError, match=r"territories\.parquet"):
        Bundle(copy).table("territories.parquet")


def test_a_table_the_manifest_does_not_name_is_not_opened(copy: Path) -> None:
    """Nothing unverified is read."""
    (copy / "extra.parquet").write_bytes(b"x")
    with pytest.raises(DataMissingError, match=r"no table 'extra\.parquet'"):
        Bundle(copy).path("extra.parquet")


def test_files_cut_at_a_hundred_places_are_told(copy: Path) -> None:
    """A truncated file is a clear error wherever it ends."""
    draw = random.Random(7)  # noqa: S311 - places, no secrets
    files = sorted(copy.iterdir())
    for number in range(100):
        path = files[number % len(files)]
        whole = path.read_bytes()
        path.write_bytes(whole[: draw.randrange(len(whole))])
        with pytest.raises(DataCorruptError, match="damaged"):
            _use_all(copy)
        path.write_bytes(whole)
    _use_all(copy)


def test_a_byte_flipped_at_five_hundred_places_is_told(copy: Path) -> None:
    """One changed byte is a clear error, in the manifest as in every table."""
    draw = random.Random(8)  # noqa: S311 - places, no secrets
    files = sorted(copy.iterdir())
    for number in range(500):
        path = files[number % len(files)]
        whole = path.read_bytes()
        place = draw.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        with pytest.raises(DataCorruptError, match="damaged"):
            _use_all(copy)
        path.write_bytes(whole)
    _use_all(copy)


def test_the_error_gives_both_checksums(copy: Path) -> None:
    """The message names the file, what was expected and what was found."""
    path = copy / "territories.parquet"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(DataCorruptError) as caught:
        Bundle(copy).table("territories.parquet")
    expected = json.loads((copy / "manifest.json").read_text())["tables"][path.name]["sha256"]
    assert caught.value.expected == f"sha256 {expected}"
    assert caught.value.found != caught.value.expected
    assert caught.value.path == str(path)
