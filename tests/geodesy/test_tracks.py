"""Tracks: length, drawing, cut at ±180°."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import latitudes, legs, longitudes

from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.geodesy.ellipsoid import A_M, direct, inverse, to_ecef
from geo_events.geodesy.tracks import densify_track, measure_track, split_antimeridian

SHARED = Path(__file__).parents[2] / ".." / "shared" / "testdata" / "antimeridian"

# What that package answers differently on purpose: rings that lie in both hemispheres or in one,
# read by their winding alone (both-poles, issues-124, issues-164), a pole forced by an option
# (force-north-pole, overlap), and a hole that its example drops (issues-171).
NOT_APPLICABLE = {
    "both-poles",
    "force-north-pole",
    "issues-124",
    "issues-164",
    "issues-171",
    "overlap",
}


def _fixtures(kind):
    for path in sorted((SHARED / "output" / kind).glob("*.json")):
        if (SHARED / "input" / path.name).exists() and path.stem not in NOT_APPLICABLE:
            yield path.stem


def _read(path):
    text = path.read_text()
    if text.startswith(".."):  # the fixture is a link to another one
        text = (path.parent / text.strip()).read_text()
    return shapely.geometry.shape(json.loads(text))


@pytest.mark.skipif(not SHARED.exists(), reason="needs the antimeridian cases in ../shared")
@pytest.mark.parametrize(
    ("kind", "edges", "share"), [("flat", "straight", 1e-7), ("spherical", "geodesic", 2e-3)]
)
def test_cuts_agree_with_the_antimeridian_package(kind, edges, share):
    """Its cases: the same area where edges are straight; nearly, as its Earth is a sphere."""
    names = list(_fixtures(kind))
    assert len(names) > 20
    for name in names:
        found = split_antimeridian(_read(SHARED / "input" / f"{name}.json"), edges=edges)
        expected = _read(SHARED / "output" / kind / f"{name}.json")
        apart = shapely.symmetric_difference(
            shapely.make_valid(found), shapely.make_valid(expected)
        )
        assert apart.area <= share * max(expected.area, 1), name
        if expected.geom_type.endswith("LineString"):
            assert shapely.equals_exact(found, expected, 1e-6 if kind == "flat" else 0.05)


def test_length_of_a_degree_of_the_equator():
    """A degree of the equator of WGS 84 is 111,319.491 m long."""
    assert measure_track([0, 1, 1], [0, 0, 0]) == pytest.approx([0, 111_319.491, 111_319.491])
    assert measure_track([], []).tolist() == []


@settings(max_examples=60, deadline=None)
@given(legs())
def test_straight_pieces_stay_close_to_the_geodesic(leg):
    """Every point of the drawn line is within the tolerance of the true geodesic."""
    lon0, lat0, lon1, lat1 = leg
    lon, lat = densify_track([lon0, lon1], [lat0, lat1], tolerance_m=2_000)
    assert np.abs(np.diff(lon)).max(initial=0) <= 180
    azimuth, _, length = inverse(lon0, lat0, lon1, lat1)
    along = np.linspace(0, float(length), 400)
    track = to_ecef(*direct(lon0, lat0, float(azimuth), along)[:2])
    share = np.linspace(0, 1, 7)[:, None]
    drawn = to_ecef(
        (lon[:-1] * (1 - share) + lon[1:] * share).ravel(),
        (lat[:-1] * (1 - share) + lat[1:] * share).ravel(),
    )[::5]
    near_m = np.linalg.norm(drawn[:, None] - track, axis=2).min(axis=1) * A_M
    assert near_m.max() < np.hypot(2_001, float(length) / 399 / 2) + 1


def test_vertices_and_length_are_kept():
    """All given vertices are on the line, and its length is that of the track."""
    lon, lat = densify_track([170, -170, -150], [10, 20, -5], step_m=100_000)
    assert lon[0] == 170
    assert lon[-1] == 210
    assert measure_track((lon + 180) % 360 - 180, lat)[-1] == pytest.approx(
        measure_track([170, -170, -150], [10, 20, -5])[-1]
    )


def test_a_pole_appears_on_both_meridians():
    """A vertex at the pole is drawn on the meridian it is reached on and the one it is left on."""
    lon, lat = densify_track([20, 0, 80], [80, 90, 80])
    assert set(lon[lat == 90]) == {20.0, 80.0}


def test_a_track_of_no_length_keeps_both_ends():
    """A line needs two vertices, also where they are one place."""
    lon, _ = densify_track([5, 5], [6, 6])
    assert len(lon) == 2


def test_rings_round_a_pole_are_closed_along_it():
    """A ring round the Earth in the north holds the north pole, in either winding."""
    ring = [(0, 60), (90, 60), (180, 60), (270, 60), (360, 60)]
    for vertices in (ring, ring[::-1]):
        cap = split_antimeridian(shapely.Polygon(vertices))
        assert cap.area == pytest.approx(360 * 30)
        assert cap.bounds == (-180, 60, 180, 90)


def test_lines_keep_their_order_and_what_needs_no_cut_is_untouched():
    """Parts follow the direction of travel; an uncut geometry comes back as it is."""
    line = split_antimeridian(shapely.LineString([(-170, 0), (-190, 0), (-170, 10)]))
    assert [part.coords[0][0] for part in line.geoms] == [-170, 180, -180]
    square = shapely.box(0, 0, 1, 1)
    assert split_antimeridian(square) is square


def test_bad_input_is_refused():
    """Tolerances above zero, finite coordinates."""
    with pytest.raises(InvalidInputError, match="above 0"):
        densify_track([0, 1], [0, 1], tolerance_m=0)
    with pytest.raises(InvalidCoordinateError, match="row 1"):
        measure_track([0, np.nan], [0, 1])
    with np.errstate(invalid="ignore"):
        line = shapely.from_wkt("LINESTRING (0 0, nan 1)")
    with pytest.raises(InvalidInputError, match="finite"):
        split_antimeridian(line)


@given(longitudes, latitudes, st.floats(0.5, 85), st.integers(3, 12))
def test_cutting_keeps_the_area(lon, lat, width, corners):
    """However far a polygon runs over ±180°, its parts lie within and have its area."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    outline = np.c_[lon + width * np.cos(angle), np.clip(lat + 20 * np.sin(angle), -90, 90)]
    polygon = shapely.Polygon(outline)
    parts = split_antimeridian(polygon)
    west, _, east, _ = parts.bounds if not parts.is_empty else (0, 0, 0, 0)
    assert -180 <= west <= east <= 180
    assert parts.area == pytest.approx(polygon.area, abs=1e-6)
