"""Every writer under every fault: the old file stays, byte for byte, and nothing is left over."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo_events.errors import GeoEventsError
from geo_events.files.geojson import write_geojson
from geo_events.files.geopackage import write_gpkg
from geo_events.files.kml import write_kml
from geo_events.files.tables import write_csv, write_parquet
from geo_events.output import save

WRITERS = {
    "a.geojson": write_geojson,
    "a.csv": write_csv,
    "a.parquet": write_parquet,
    "a.gpkg": lambda frame, path: write_gpkg({"a": frame}, path),
    "a.kml": lambda frame, path: write_kml({"a": frame}, path),
}
OLD = b"the old file"


class Stopper:
    """A cell that interrupts, as Ctrl-C in the middle of the work would."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def __str__(self) -> str:
        raise self.error


def frame_with(cell: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"cell": pd.Series([cell], dtype=object)}, geometry=[shapely.Point(1, 2)], crs=4326
    )


@pytest.fixture(params=WRITERS)
def old(request, tmp_path):
    """A file that is there already, for each writer."""
    path = tmp_path / request.param
    path.write_bytes(OLD)
    return path


def assert_untouched(path) -> None:
    assert path.read_bytes() == OLD
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_an_interrupted_writer_leaves_the_old_file(old, error) -> None:
    """Ctrl-C, or an error in the middle: the old file is whole and no temporary file is left."""
    with pytest.raises(error):
        WRITERS[old.name](frame_with(Stopper(error)), old)
    assert_untouched(old)


def test_a_full_disk_leaves_the_old_file(old) -> None:
    """A file system that takes no more bytes: an error, and the old file is whole."""
    code = (
        "import os, resource, signal, sys\n"
        "import geopandas as gpd, shapely\n"
        "from geo_events.files.geojson import write_geojson\n"
        "from geo_events.files.geopackage import write_gpkg\n"
        "from geo_events.files.kml import write_kml\n"
        "from geo_events.files.tables import write_csv, write_parquet\n"
        "path = sys.argv[1]\n"
        "frame = gpd.GeoDataFrame({'cell': [os.urandom(50).hex() for _ in range(999)]},"
        " geometry=[shapely.Point(1, 2)] * 999, crs=4326)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try:\n"
        "    if path.endswith('gpkg'): write_gpkg({'a': frame}, path)\n"
        "    elif path.endswith('kml'): write_kml({'a': frame}, path)\n"
        "    elif path.endswith('csv'): write_csv(frame, path)\n"
        "    elif path.endswith('parquet'): write_parquet(frame, path)\n"
        "    else: write_geojson(frame, path)\n"
        "except Exception: sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(old)], check=False, timeout=60)
    assert done.returncode == 7
    assert_untouched(old)


def test_the_limit_used_above_exists() -> None:
    """The made-up full disk rests on a limit of the system that is there."""
    assert resource.RLIMIT_FSIZE is not None
    assert signal.SIGXFSZ


def test_a_folder_in_the_place_of_the_file_is_told(old, tmp_path) -> None:
    """A target that is a folder is refused, and stays."""
    folder = tmp_path / f"folder{old.suffix}"
    folder.mkdir()
    with pytest.raises(GeoEventsError, match="is a folder"):
        WRITERS[old.name](frame_with("x"), folder)
    assert folder.is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody without permission")
@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_without_permission_is_told(name) -> None:
    """Somebody who may not write there gets an error that says so; the old file stays."""
    writer, frame = WRITERS[name], frame_with("x")
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others altogether
    old = folder / name
    old.write_bytes(OLD)
    folder.chmod(0o555)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgid(65534)
            os.setuid(65534)
            writer(frame, old)
        except GeoEventsError as error:
            code = 7 if "no permission" in str(error) else 8
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert_untouched(old)
    shutil.rmtree(folder)


@pytest.mark.parametrize("suffix", [".html", ".geojson", ".gpkg", ".kml", ".parquet", ".csv"])
def test_save_leaves_the_old_file_where_it_cannot_be_written(suffix, tmp_path) -> None:
    """`save` of what fails in the middle, for every suffix: the old file, and nothing else."""
    file = tmp_path / f"a{suffix}"
    file.write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        save(frame_with(Stopper(KeyboardInterrupt)), file)
    assert_untouched(file)


@pytest.mark.parametrize("suffix", [".html", ".geojson", ".gpkg", ".kml", ".parquet", ".csv"])
def test_save_into_a_folder_that_is_not_there_is_told(suffix, tmp_path) -> None:
    """The message names the folder."""
    with pytest.raises(GeoEventsError, match="no folder"):
        save(frame_with("x"), tmp_path / "none" / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_success_replaces_the_old_file(old) -> None:
    """Without a fault the new file takes the old one's place, and nothing else is left."""
    WRITERS[old.name](frame_with("x"), old)
    assert old.read_bytes() != OLD
    assert [entry.name for entry in old.parent.iterdir()] == [old.name]
