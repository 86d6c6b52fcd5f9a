"""Range rings lie at their radius, at poles and across ±180° too."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import GEOD, boundary_points, sphere_points

from geo_events.errors import InvalidMeasureError
from geo_events.geodesy.rings import make_ring

CENTRES = [(0, 0), (30, 60), (10, 90), (180, -80), (-180, 0), (0, 45), (77, -90), (0, 89.9)]


def _distances(lon, lat, centre):
    return GEOD.inv(np.full(len(lon), centre[0]), np.full(len(lon), centre[1]), lon, lat)[2]


@pytest.mark.parametrize("radius_m", [1e3, 1e6, 9e6, 1.5e7, 1.98e7])
@pytest.mark.parametrize("centre", CENTRES)
def test_ring_lies_at_its_radius(centre, radius_m):
    """Straight lon/lat edges of a ring lie at the radius within 1 m."""
    ring = make_ring(*centre, radius_m)
    assert ring.is_valid
    off = _distances(*boundary_points(ring), centre) - radius_m
    assert np.abs(off).max() <= 1.0


@pytest.mark.parametrize("radius_m", [1e6, 1e7, 1.6e7])
@pytest.mark.parametrize("centre", CENTRES)
def test_inside_is_what_lies_within_the_radius(centre, radius_m):
    """A point is in the ring exactly if its distance is below the radius."""
    lon, lat = sphere_points(20_000)
    away = np.asarray(_distances(lon, lat, centre)) - radius_m
    clear = np.abs(away) > 2
    inside = shapely.contains_xy(make_ring(*centre, radius_m), lon, lat)
    np.testing.assert_array_equal(inside[clear], (away < 0)[clear])


@pytest.mark.parametrize("radius_m", [-5.0, 0.0, math.nan, math.inf, 2.1e7])
def test_impossible_radius_is_refused(radius_m):
    """A radius that is negative, zero, no number or round the Earth is an error."""
    with pytest.raises(InvalidMeasureError, match="radius"):
        make_ring(0.0, 0.0, radius_m)


@settings(max_examples=60, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(50, 1.99e7))
def test_any_ring_lies_at_its_radius(lon, lat, radius_m):
    """Whatever the centre and radius, a ring is valid and lies at its radius."""
    ring = make_ring(lon, lat, radius_m, tolerance_m=3.0)
    assert ring.is_valid
    off = _distances(*boundary_points(ring, most=500), (lon, lat)) - radius_m
    assert np.abs(off).max() <= 3.0
