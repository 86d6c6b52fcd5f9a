"""Files of every format that are broken: only errors of ours, and no coordinate that is none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from files.broken import damaged, whole_files, wrong_files
from files.malformed import cases

from geo_events.errors import GeoEventsError
from geo_events.files.areas import read_territories
from geo_events.files.reading import read_frames

WRONG = list(wrong_files())


def assert_finite(path) -> None:
    """Read a file; where it can be read at all, its coordinates are numbers on the globe."""
    try:
        frames = read_frames(path)
    except GeoEventsError:
        return
    for frame in frames.values():
        if isinstance(frame, gpd.GeoDataFrame):
            points = shapely.get_coordinates(np.asarray(frame.geometry.array, dtype=object))
            assert np.isfinite(points).all()
            assert (np.abs(points) <= [540, 90]).all()


def test_the_whole_files_can_be_read(tmp_path) -> None:
    """What the damaged files are made of is sound."""
    for suffix, content in whole_files().items():
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        (frame,) = read_frames(path).values()
        assert frame["n"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("suffix", "content"),
    [(suffix, content) for _, suffix, content in WRONG],
    ids=[f"{suffix}: {name}" for name, suffix, _ in WRONG],
)
@pytest.mark.timeout(30)
def test_a_wrong_file_is_one_clear_error(suffix, content, tmp_path) -> None:
    """Our error, with the file's name in one line; nothing overflows, nothing is opened."""
    path = tmp_path / f"wrong{suffix}"
    path.write_bytes(content)
    with pytest.raises(GeoEventsError, match="wrong") as caught:
        read_frames(path)
    assert len(str(caught.value)) < 1000
    assert "\n" not in str(caught.value).strip()


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".gpkg", ".parquet", ".csv"])
def test_damage_anywhere_is_an_error_or_leaves_sound_coordinates(suffix, tmp_path) -> None:
    """240 damaged files of each format: our error, or a frame of numbers on the globe."""
    path = tmp_path / f"a{suffix}"
    for content in damaged(suffix):
        path.write_bytes(content)
        assert_finite(path)


def test_broken_geojson_has_no_way_round_by_frames(tmp_path) -> None:
    """The broken areas, read as frames: our error, or a frame of numbers on the globe."""
    path = tmp_path / "a.geojson"
    for _, content in cases():
        path.write_bytes(content)
        assert_finite(path)


@pytest.mark.parametrize("suffix", [".kml", ".gpkg", ".parquet"])
def test_broken_files_of_areas_are_errors_too(suffix, tmp_path) -> None:
    """`read_territories` reads by the same ways, and refuses the same files."""
    for _, kind, content in WRONG:
        if kind == suffix:
            path = tmp_path / f"a{suffix}"
            path.write_bytes(content)
            with pytest.raises(GeoEventsError):
                read_territories(path)
