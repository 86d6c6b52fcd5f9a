"""Distances to borders, by hand and by brute force."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from earths import make_stars

from geo_events.errors import InvalidInputError
from geo_events.geodesy.depths import (
    make_border_tree,
    measure_border_distance,
    measure_miss,
    measure_stay_depth,
)
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.ellipsoid import direct, inverse


def _border(*polygons):
    return make_border_tree(build_edge_index(np.array(polygons, dtype=object)).edges)


def test_distance_to_a_parallel_and_a_meridian():
    """On the equator a degree east is 111,319.49 m; north of it a degree is 110,574.39 m."""
    border = _border(shapely.box(0, 0, 10, 10))
    found = measure_border_distance(border, [11, 5, 5], [1e-9, -1, 0])
    assert found == pytest.approx([111_319.49, 110_574.39, 0], abs=0.5)


def test_distances_agree_with_brute_force():
    """The distance is that of the nearest of all points every 400 m of the border."""
    star = make_stars(1, 4)[0]
    xy = shapely.get_coordinates(shapely.segmentize(star.boundary, 0.004))
    rng = np.random.default_rng(3)
    west, south, east, north = star.bounds
    lon, lat = rng.uniform(west - 3, east + 3, 40), rng.uniform(south - 3, north + 3, 40)
    found = measure_border_distance(_border(star), lon, lat)
    for k in range(40):
        expected = inverse(lon[k], lat[k], xy[:, 0], xy[:, 1])[2].min()
        assert found[k] == pytest.approx(expected, abs=230)


def test_depth_and_miss_agree_with_fine_steps():
    """Greatest and least distance along a track are those at steps of 200 m."""
    star = make_stars(1, 4)[0]
    border = _border(star)
    point = star.representative_point()
    one = np.ones(6)
    lon, lat, azimuth = one * point.x, one * point.y, np.arange(6) * 60.0
    stretch = (one * 20_000, one * 900_000)
    deep = measure_stay_depth(border, lon, lat, azimuth, stretch)
    near = measure_miss(border, lon, lat, azimuth, stretch)
    for k in range(6):
        at = direct(lon[k], lat[k], azimuth[k], np.arange(20_000, 900_001, 200))
        along = measure_border_distance(border, at[0], at[1])
        assert deep[k] == pytest.approx(along.max(), abs=120)
        assert near[k] == pytest.approx(along.min(), abs=120)


def test_far_areas_are_measured_too():
    """An area 80 degrees along the equator is 8,905.559 km away."""
    border = _border(shapely.box(80, -1, 180, 1))
    assert measure_border_distance(border, [0], [0])[0] == pytest.approx(8_905_559, abs=20)


def test_an_empty_border_is_refused():
    """What has no border has no distance to it."""
    with pytest.raises(InvalidInputError, match="at least one edge"):
        make_border_tree(np.empty((0, 10)))
    border = _border(shapely.box(0, 0, 1, 1))
    assert len(measure_border_distance(border, [], [])) == 0
