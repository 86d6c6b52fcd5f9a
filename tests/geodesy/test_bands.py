"""Bands have their true width everywhere on Earth."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import boundary_points, distance_to_track, sphere_points

from geo_events.errors import InvalidCoordinateError, InvalidInputError, InvalidMeasureError
from geo_events.geodesy.bands import make_band

TRACKS = {
    "across Iran": ([51, 35], [33, 36]),
    "15,000 km": ([-5, 76.344], [10, -20]),
    "across 180": ([170, -170], [50, 60]),
    "over the pole": ([0, 180], [80, 80]),
    "past the pole": ([10, -170.5], [60, 80]),
    "ends at the pole": ([25, 25], [35, 90]),
    "crosses itself": ([0, 10, 0, 10], [0, 10, 20, 0]),
    "round the pole": ([0, 120, -120, 0], [80, 80, 80, 80]),
    "round the south pole": ([0, 120, -120, 0], [-85, -85, -85, -85]),
    "along 180": ([180, -180], [-10, 40]),
    "there and back": ([0, 20, 0], [40, 45, 40]),
    "sharp turn": ([0, 20, 1], [40, 45, 42]),
    "equator round": ([0, 90, 180, -90], [0, 0, 0, 0]),
}


@pytest.mark.parametrize("half_width_m", [10_000.0, 100_000.0, 500_000.0])
@pytest.mark.parametrize("name", TRACKS)
def test_boundary_lies_at_half_width(name, half_width_m):
    """Straight lon/lat edges of a band lie half a width from the track within 1 m."""
    lon, lat = TRACKS[name]
    band = make_band(lon, lat, half_width_m)
    off = distance_to_track(*boundary_points(band), lon, lat) - half_width_m
    assert band.is_valid
    assert np.abs(off).max() <= 1.0


@pytest.mark.parametrize("name", TRACKS)
def test_inside_is_what_lies_within_half_width(name):
    """A point is in the band exactly if it lies within half a width of the track."""
    lon, lat = TRACKS[name]
    band = make_band(lon, lat, 500_000.0)
    points = sphere_points(5_000)
    away = distance_to_track(*points, lon, lat) - 500_000.0
    clear = np.abs(away) > 2.0
    inside = shapely.contains_xy(band, *points)
    np.testing.assert_array_equal(inside[clear], (away < 0)[clear])


def test_area_of_a_long_band_is_known():
    """A band along the equator has the area of the zone between two parallels and its ends."""
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    band = make_band([0, 90], [0, 0], 100_000.0)
    disc = make_band([0, 0], [0, 0], 100_000.0)
    north = Geodesic.WGS84.Direct(0, 0, 0, 100_000.0)["lat2"]
    zone = 4 * abs(
        geod.polygon_area_perimeter([0, 90, *np.linspace(90, 0, 9001)], [0, 0, *[north] * 9001])[0]
    )
    zone /= 2
    found = abs(geod.geometry_area_perimeter(band)[0])
    assert found == pytest.approx(zone + abs(geod.geometry_area_perimeter(disc)[0]), rel=2e-5)


def test_coarser_tolerance_is_kept_with_fewer_vertices():
    """A larger tolerance gives fewer vertices and stays within itself."""
    lon, lat = [51, 10], [33, 60]
    fine, coarse = (make_band(lon, lat, 200_000.0, tolerance_m=t) for t in (1.0, 100.0))
    off = distance_to_track(*boundary_points(coarse), lon, lat) - 200_000.0
    assert np.abs(off).max() <= 100.0
    assert shapely.get_num_coordinates(coarse) < shapely.get_num_coordinates(fine) / 6


def test_point_gives_a_disc():
    """A track of no length gives the disc about its point."""
    disc = make_band([20, 20], [10, 10], 1000.0)
    lon, lat = boundary_points(disc)
    far = [Geodesic.WGS84.Inverse(10, 20, y, x)["s12"] for x, y in zip(lon, lat, strict=True)]
    np.testing.assert_allclose(far, 1000.0, atol=1.0)


@pytest.mark.parametrize("width", [-1.0, 0.0, math.nan, math.inf, 7e6, 3e7])
def test_impossible_width_is_refused(width):
    """A width that is negative, zero, no number or larger than the Earth is an error."""
    with pytest.raises(InvalidMeasureError, match="half-width"):
        make_band([0, 10], [0, 0], width)


def test_band_over_all_the_earth_is_refused():
    """A band that would leave out nearly nothing of the Earth is an error."""
    with pytest.raises(InvalidMeasureError, match="nearly the whole Earth"):
        make_band([0, 120, -120, 0, 0, 0], [0, 0, 0, 0, 89, -89], 5e6)


def test_single_vertex_is_refused():
    """A track of one vertex is an error that says so."""
    with pytest.raises(InvalidInputError, match="two vertices"):
        make_band([1.0], [2.0], 10.0)


def test_impossible_latitude_is_refused():
    """A latitude of 95 never becomes a band."""
    with pytest.raises(InvalidCoordinateError):
        make_band([0, 1], [95, 0], 10.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from([-180.0, 0.0, 180.0]), st.floats(-180, 180)),
            st.one_of(st.sampled_from([-90.0, 0.0, 90.0]), st.floats(-90, 90)),
        ),
        min_size=2,
        max_size=4,
    ),
    st.floats(500, 500_000),
)
def test_any_band_has_its_width(vertices, half_width_m):
    """Whatever the track, its band is valid, within ±180° and of its true width."""
    lon, lat = (np.array(axis) for axis in zip(*vertices, strict=True))
    band = make_band(lon, lat, half_width_m, tolerance_m=5.0)
    assert band.is_valid
    west, south, east, north = band.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    sides = zip(lon[:-1], lat[:-1], lon[1:], lat[1:], strict=True)
    longest = max(Geodesic.WGS84.Inverse(b, a, d, c)["s12"] for a, b, c, d in sides)
    if longest < 15_000_000:
        off = distance_to_track(*boundary_points(band, most=300), lon, lat) - half_width_m
        assert np.abs(off).max() <= 5.0
