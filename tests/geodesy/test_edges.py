"""The edge index: partitions, seams, files."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from earths import make_boxes, make_stars, rotate
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_events.errors import DataCorruptError, DataMissingError, InvalidInputError
from geo_events.geodesy.edges import (
    build_edge_index,
    load_edge_index,
    open_edge_index,
    save_edge_index,
)
from geo_events.geodesy.ellipsoid import from_ecef
from geo_events.geodesy.grid import make_anchors


def test_a_partition_is_recognised():
    """Units that tile the Earth have a unit on both sides of every border."""
    index = build_edge_index(make_boxes())
    assert index.is_partition
    assert (index.sides >= 0).all()
    assert (index.sides[:, 0] != index.sides[:, 1]).all()


def test_gaps_and_overlaps_are_no_partition():
    """A missing or a doubled unit leaves borders with nothing or too much beside them."""
    boxes = make_boxes()
    assert not build_edge_index(boxes[1:]).is_partition
    assert not build_edge_index(np.append(boxes, boxes[:1])).is_partition


def test_the_whole_earth_has_no_border():
    """One unit over everything: its seam at ±180° and its poles are no borders."""
    index = build_edge_index(np.array([shapely.box(-180, -90, 180, 90)]))
    assert len(index.edges) == 0


def test_seams_inside_one_unit_vanish():
    """A unit cut at ±180° in two parts has no border there, whatever vertices are on it."""
    west = shapely.Polygon([(-180, 10), (-170, 10), (-170, 30), (-180, 30), (-180, 17)])
    both = shapely.MultiPolygon([shapely.box(170, 10, 180, 30), west])
    lon, _ = from_ecef(build_edge_index(np.array([both])).edges[:, 0:3])
    assert np.abs(np.abs(lon) - 180).max() > 5
    assert not ((np.abs(lon) > 179.9999) & (np.abs(np.roll(lon, 1)) > 179.9999)).any()


@pytest.mark.parametrize("polygons", [make_boxes(), rotate(make_boxes(), 50), make_stars(25, 1)])
def test_units_of_anchors_agree_with_shapely(polygons):
    """The stored units of each cell's anchor are those that contain it in the plane."""
    index = build_edge_index(polygons, grid=64)
    cell = np.arange(6 * 64**2)
    lon, lat = from_ecef(make_anchors(cell, 64))
    point, unit = shapely.STRtree(polygons).query(shapely.points(lon, lat), predicate="within")
    expected = set(zip(point.tolist(), unit.tolist(), strict=True))
    if index.is_partition:
        found = set(zip(cell.tolist(), index.cell_units.tolist(), strict=True))
    else:
        owner = np.repeat(cell, np.diff(index.cell_start))
        found = set(zip(owner.tolist(), index.cell_units.tolist(), strict=True))
    assert found == expected


def test_edges_follow_the_parallel():
    """Planes through the Earth's centre stay within 0.25 m of the lon/lat-straight edge."""
    index = build_edge_index(np.array([shapely.box(-120, 40, -60, 80)]))
    assert np.abs(index.edges[:, 9]).max() * 6_378_137 < 0.26


@pytest.mark.parametrize(
    "bad",
    [
        shapely.Point(0, 0),
        shapely.box(170, 0, 190, 10),
        shapely.box(0, 0, 10, 95),
        shapely.LineString([(0, 0), (1, 1)]),
        None,
    ],
)
def test_what_cannot_be_an_area_is_refused(bad):
    """Only polygons within ±180° and ±90° can be units; the message names the area."""
    with pytest.raises(InvalidInputError, match="area 1"):
        build_edge_index(np.array([shapely.box(0, 0, 1, 1), bad], dtype=object))


def test_no_units_and_empty_units():
    """Nothing in, nothing found; an empty polygon is a unit without borders."""
    assert len(build_edge_index(np.array([], dtype=object)).edges) == 0
    index = build_edge_index(np.array([shapely.Polygon(), shapely.box(0, 0, 1, 1)]))
    assert set(index.sides.ravel().tolist()) == {1, -1}


def test_file_gives_the_index_back(tmp_path):
    """What is written is what is opened, array by array."""
    for polygons in (make_boxes(), make_stars(5, 2)):
        index = build_edge_index(polygons)
        save_edge_index(index, tmp_path / "x.edges")
        opened = open_edge_index(tmp_path / "x.edges")
        for field in dataclasses.fields(index):
            one, two = getattr(index, field.name), getattr(opened, field.name)
            parts = zip(one, two, strict=True) if field.name == "grid" else [(one, two)]
            assert all(np.array_equal(a, b) for a, b in parts)


@pytest.mark.parametrize("where", [3, 100, -200])
def test_damage_is_told(tmp_path, where):
    """One changed byte anywhere in the file is found."""
    path = tmp_path / "x.edges"
    save_edge_index(build_edge_index(make_boxes()), path)
    data = bytearray(path.read_bytes())
    data[where] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(DataCorruptError):
        open_edge_index(path)


def test_missing_and_empty_files_are_told(tmp_path):
    """A file that is not there, or holds nothing, is an error of its own."""
    with pytest.raises(DataMissingError):
        open_edge_index(tmp_path / "none.edges")
    (tmp_path / "empty.edges").write_bytes(b"")
    with pytest.raises(DataCorruptError):
        open_edge_index(tmp_path / "empty.edges")


def test_cache_builds_once(tmp_path):
    """The polygons are asked for at the first time only, and again after damage."""
    asked = []

    def load():
        asked.append(1)
        return make_boxes()

    for _ in range(3):
        assert load_edge_index(load, "boxes", tmp_path / "cache").is_partition
    assert len(asked) == 1
    (tmp_path / "cache" / "boxes.edges").write_bytes(b"broken")
    assert load_edge_index(load, "boxes", tmp_path / "cache").is_partition
    assert len(asked) == 2


def test_cache_that_cannot_be_written_serves_from_memory(tmp_path):
    """Where the folder cannot be made, the index is built in memory."""
    (tmp_path / "file").write_text("in the way")
    index = load_edge_index(make_boxes, "boxes", tmp_path / "file" / "cache")
    assert index.n_units == 56
    assert load_edge_index(make_boxes, "boxes", None).n_units == 56


@pytest.mark.parametrize("key", ["", "../x", "a b", ".hidden"])
def test_keys_must_be_file_names(key, tmp_path):
    """A key that would leave the folder is refused."""
    with pytest.raises(InvalidInputError, match="key"):
        load_edge_index(make_boxes, key, tmp_path)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(-1_790_000, 1_790_000), min_size=1, max_size=5, unique=True),
    st.lists(st.integers(-890_000, 890_000), min_size=1, max_size=5, unique=True),
)
def test_any_tiling_of_boxes_is_a_partition(meridians, parallels):
    """Boxes between any lines on the data's grid tile the Earth; each anchor is in its box."""
    lon = sorted([-180.0, 180.0, *(m / 1e4 for m in meridians)])
    lat = sorted([-90.0, 90.0, *(p / 1e4 for p in parallels)])
    boxes = [
        shapely.box(*corner, *opposite)
        for i in range(len(lon) - 1)
        for j in range(len(lat) - 1)
        for corner, opposite in [((lon[i], lat[j]), (lon[i + 1], lat[j + 1]))]
    ]
    index = build_edge_index(np.array(boxes, dtype=object), grid=16)
    at = from_ecef(make_anchors(np.arange(6 * 16**2), 16))
    column = np.searchsorted(lon, at[0]) - 1
    row = np.searchsorted(lat, at[1]) - 1
    assert index.is_partition
    assert (index.cell_units == column * (len(lat) - 1) + row).all()
