"""GeoJSON as RFC 7946 has it: what goes in, what the bytes say."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.geojson import encode_geojson, write_geojson


def frame_of(*geometries, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(geometries), crs=4326)


def decode(frame) -> dict:
    """Parse with NaN and Infinity forbidden."""

    def refuse(constant: str):
        raise AssertionError(constant)

    return json.loads(encode_geojson(frame), parse_constant=refuse)


def test_a_line_over_180_is_cut() -> None:
    """RFC 7946, 3.1.9: a line over the antimeridian becomes two parts that meet it."""
    line = shapely.LineString([(170, 0), (190, 10)])
    geometry = decode(frame_of(line))["features"][0]["geometry"]
    assert geometry == {
        "type": "MultiLineString",
        "coordinates": [[[170, 0], [180, 5]], [[-180, 5], [-170, 10]]],
    }


def test_outer_rings_are_counter_clockwise() -> None:
    """RFC 7946, 3.1.6: exterior rings run counter-clockwise, holes clockwise."""
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)]  # counter-clockwise, so wrong for a hole
    square = shapely.Polygon([(0, 0), (0, 3), (3, 3), (3, 0)], [hole])
    rings = decode(frame_of(square))["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(rings[0]).is_ccw
    assert not shapely.LinearRing(rings[1]).is_ccw


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, None, pd.NaT, pd.NA, np.float32("nan")])
def test_what_is_missing_or_not_finite_is_null(value) -> None:
    """JSON has no NaN and no infinity: such cells are null."""
    frame = frame_of(shapely.Point(1, 2), cell=pd.Series([value], dtype=object))
    assert decode(frame)["features"][0]["properties"] == {"cell": None}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3),
        (np.array([True])[0], True),
        (("a", 1), ["a", 1]),
        ({"b", "a"}, ["a", "b"]),
        (dt.date(2015, 10, 7), "2015-10-07"),
        (pd.Timestamp("2015-10-07T01:02Z"), "2015-10-07T01:02:00+00:00"),
        (shapely.Point(1, 2), "POINT (1 2)"),
        ("الرقة", "الرقة"),
        ("half \ud800 pair", "half ? pair"),
    ],
)
def test_cells_become_plain_json(value, expected) -> None:
    """Numbers, times, lists and texts keep their meaning in JSON."""
    frame = frame_of(shapely.Point(1, 2), cell=pd.Series([value], dtype=object))
    assert decode(frame)["features"][0]["properties"]["cell"] == expected


def test_labels_become_ids_and_attributes_metadata() -> None:
    """A row's label is the feature's id; the frame's plain attributes are kept."""
    frame = frame_of(shapely.Point(1, 2)).set_axis(["track 7"])
    frame.attrs = {"view": "de_facto", "object": object()}
    document = decode(frame)
    assert document["features"][0]["id"] == "track 7"
    assert document["metadata"] == {"view": "de_facto"}


def test_layers_are_told_apart() -> None:
    """Several frames in one file: each feature names its layer."""
    layers = {"a": frame_of(shapely.Point(1, 2)), "b": frame_of(shapely.Point(3, 4))}
    layered = json.loads(encode_geojson(layers))["features"]
    assert [feature["properties"]["layer"] for feature in layered] == ["a", "b"]


def test_ids_of_several_layers_are_apart() -> None:
    """RFC 7946, 3.2: an id identifies one feature of the file."""
    frame = frame_of(shapely.Point(1, 2))
    features = json.loads(encode_geojson({"a": frame, "b": frame}))["features"]
    assert [feature["id"] for feature in features] == ["a.0", "b.0"]


def test_an_empty_frame_is_an_empty_collection() -> None:
    """No rows: a valid collection without features."""
    document = decode(frame_of())
    assert (document["type"], document["features"]) == ("FeatureCollection", [])


def test_missing_and_empty_geometries_are_null() -> None:
    """RFC 7946, 3.2: a feature without a place has a null geometry."""
    features = decode(frame_of(None, shapely.Point()))["features"]
    assert [feature["geometry"] for feature in features] == [None, None]


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        ((np.nan, 0), "not finite"),
        ((0, np.inf), "not finite"),
        ((0, 95), "swapped"),
        ((1e9, 0), "longitude"),
    ],
)
def test_bad_coordinates_are_refused_with_their_row(point, reason) -> None:
    """No coordinate that is none is ever written; the row's label is told."""
    bad = frame_of(shapely.Point(0, 0), shapely.Point(*point)).set_axis(["good", "bad"])
    with pytest.raises(FrameError, match=reason) as caught:
        encode_geojson(bad)
    assert [label for label, _ in caught.value.faults] == ["bad"]


def test_another_crs_is_refused() -> None:
    """Metres are not written as degrees."""
    with pytest.raises(FrameError, match=r"to_crs\(4326\)"):
        encode_geojson(gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs=3857))


def test_two_columns_of_one_name_are_refused() -> None:
    """A property cannot have two values."""
    frame = frame_of(shapely.Point(1, 2), a=[1], b=[2]).rename(columns={"b": "a"})
    with pytest.raises(FrameError, match="twice"):
        encode_geojson(frame)


def test_the_input_is_not_changed() -> None:
    """Writing leaves the frame as it was."""
    frame = frame_of(shapely.LineString([(170, 0), (190, 10)]), a=[1])
    before = frame.copy(deep=True)
    encode_geojson(frame)
    assert frame.equals(before)


def test_the_same_frame_gives_the_same_bytes_whatever_the_hash_seed(tmp_path) -> None:
    """Two processes with other hash seeds write the same bytes, sets included."""
    code = (
        "import geopandas as gpd, shapely, sys\n"
        "from geo_events.files.geojson import write_geojson\n"
        "frame = gpd.GeoDataFrame({'names': [{'Raqqa', 'ar-Raqqah', 'Rakka'}]},"
        " geometry=[shapely.Point(39.01, 35.95).buffer(1)])\n"
        "write_geojson(frame, sys.argv[1])\n"
    )
    written = []
    for seed in ("1", "77"):
        file = tmp_path / f"{seed}.geojson"
        subprocess.run(
            [sys.executable, "-c", code, str(file)],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": ":".join(sys.path)},
            check=True,
            timeout=60,
        )
        written.append(file.read_bytes())
    assert len(set(written)) == 1


def test_what_is_written_is_read_back(tmp_path) -> None:
    """Another reader (GDAL) finds the same places and cells."""
    frame = frame_of(shapely.Point(39.01, 35.95), shapely.Point(-1, 2), name=["Raqqa", "x"])
    back = gpd.read_file(write_geojson(frame, tmp_path / "a.geojson"))
    assert back["name"].tolist() == ["Raqqa", "x"]
    assert back.geometry.to_wkt().tolist() == ["POINT (39.01 35.95)", "POINT (-1 2)"]


def test_a_missing_folder_is_told(tmp_path) -> None:
    """Nothing is written where there is no folder."""
    with pytest.raises(InvalidInputError, match="no folder"):
        write_geojson(frame_of(), tmp_path / "none" / "a.geojson")


lon = st.floats(-540, 540) | st.sampled_from([-540.0, -180.0, 0.0, 180.0, 540.0])
lat = st.floats(-90, 90) | st.sampled_from([-90.0, 0.0, 90.0])


@given(st.lists(st.tuples(lon, lat), min_size=2, max_size=8))
def test_no_written_longitude_is_beyond_180(points) -> None:
    """Whatever the track, what is written is finite and within ±180 and ±90 degrees."""
    line = shapely.LineString(points)
    geometry = decode(frame_of(line))["features"][0]["geometry"]
    if geometry is not None:
        numbers = shapely.get_coordinates(shapely.from_geojson(json.dumps(geometry)))
        assert np.isfinite(numbers).all()
        assert (np.abs(numbers) <= [180, 90]).all()
