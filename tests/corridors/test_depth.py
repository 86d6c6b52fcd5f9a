"""How deep stays go: the greatest distance from the border, against looks at close steps."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from pyproj import Geod

from geo_events.corridors.areas import read_areas
from geo_events.corridors.crossings import find_crossings
from geo_events.corridors.depth import load_border
from geo_events.corridors.world import load_world, make_area_layer

GEOD = Geod(ellps="WGS84")


def own(*shapes):
    """Areas of one's own."""
    return GeoDataFrame({"name": ["a"] * len(shapes)}, geometry=list(shapes), crs=4326)


def test_distance_to_a_parallel_and_a_meridian():
    """On the equator a degree east is 111,319.49 m; north of it a degree is 110,574.39 m."""
    border = load_border(make_area_layer(read_areas(own(shapely.box(0, 0, 10, 10)))))
    found = border.distance_m(np.array([11.0, 5.0, 5.0]), np.array([1e-9, -1.0, 0.0]))
    assert found == pytest.approx([111_319.49, 110_574.39, 0], abs=0.5)


def test_distances_agree_with_brute_force():
    """The distance is that of the nearest of all points every 400 m of the border."""
    star = shapely.Polygon([(0, 0), (4, 3), (9, 1), (6, 5), (9, 9), (4, 7), (-1, 9), (2, 5)])
    xy = shapely.get_coordinates(shapely.segmentize(star.boundary, 0.004))
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(-4, 12, 40), rng.uniform(-3, 12, 40)
    found = load_border(make_area_layer(read_areas(own(star)))).distance_m(lon, lat)
    for k in range(40):
        start = np.full((len(xy), 2), (lon[k], lat[k]))
        expected = GEOD.inv(*start.T, *xy.T)[2].min()
        assert found[k] == pytest.approx(expected, abs=230)


def test_no_place_of_a_stay_is_deeper_than_its_depth():
    """Looks every 500 m along world tracks find nothing deeper, nor all much shallower."""
    border = load_border(load_world("de_facto"))
    rng = np.random.default_rng(11)
    tracks = np.column_stack([rng.uniform(-10, 60, 12), rng.uniform(10, 60, 12)] * 2)
    tracks[:, 2:] += rng.uniform(-8, 8, (12, 2))
    found = find_crossings(tracks)
    for stay in found.itertuples():
        azimuth = GEOD.inv(*tracks[stay.track])[0]
        along = np.arange(stay.enter_km * 1000, stay.leave_km * 1000, 500.0)
        start = np.full((len(along), 2), tracks[stay.track, :2])
        lon, lat, _ = GEOD.fwd(start[:, 0], start[:, 1], np.full(len(along), azimuth), along)
        looked = border.distance_m(lon, lat)
        near = looked <= 20_000  # where that measure takes every border in reach
        tolerance = max(0.02, stay.depth_km * 1e-3)
        assert looked[near].max(initial=0) / 1000 <= stay.depth_km + tolerance
        if near.all():
            assert stay.depth_km <= looked.max(initial=0) / 1000 + 0.5 + tolerance


def test_the_tip_of_a_cape_counts():
    """A track past a needle of land is as near as its tip, though its sides lie behind."""
    needle = shapely.Polygon([(0, 0), (10, 0), (10, 10), (5.003, 10), (5, 5), (4.997, 10), (0, 10)])
    found = find_crossings([[5, 4.5, 5, 4.5]], territories=own(needle))
    expected = GEOD.inv(5, 4.5, 5, 5)[2] / 1000
    assert abs(found["depth_km"].iloc[0] - expected) < 0.02
