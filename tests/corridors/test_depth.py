"""How deep stays go: the greatest distance from the border, against the guaranteed search."""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import Geod

from geo_events.corridors.crossings import find_crossings
from geo_events.corridors.world import load_world
from geo_events.geodesy.depths import make_border_tree, measure_border_distance

GEOD = Geod(ellps="WGS84")


def test_no_place_of_a_stay_is_deeper_than_its_depth():
    """Looks every 500 m along world tracks find nothing deeper, nor all much shallower."""
    layer = load_world("de_facto")
    left, right = np.append(layer.of_unit, np.int32(-1))[layer.index.sides].T
    border = make_border_tree(layer.index.edges[left != right])
    rng = np.random.default_rng(11)
    tracks = np.column_stack([rng.uniform(-10, 60, 12), rng.uniform(10, 60, 12)] * 2)
    tracks[:, 2:] += rng.uniform(-8, 8, (12, 2))
    found = find_crossings(tracks)
    for stay in found.itertuples():
        azimuth = GEOD.inv(*tracks[stay.track])[0]
        along = np.arange(stay.enter_km * 1000, stay.leave_km * 1000, 500.0)
        start = np.full((len(along), 2), tracks[stay.track, :2])
        lon, lat, _ = GEOD.fwd(start[:, 0], start[:, 1], np.full(len(along), azimuth), along)
        looked = measure_border_distance(border, lon, lat)
        near = looked <= 20_000  # where that measure takes every border in reach
        tolerance = max(0.02, stay.depth_km * 1e-3)
        assert looked[near].max(initial=0) / 1000 <= stay.depth_km + tolerance
        if near.all():
            assert stay.depth_km <= looked.max(initial=0) / 1000 + 0.5 + tolerance


def test_the_tip_of_a_cape_counts():
    """A track past a needle of land is as near as its tip, though its sides lie behind."""
    needle = shapely.Polygon([(0, 0), (10, 0), (10, 10), (5.003, 10), (5, 5), (4.997, 10), (0, 10)])
    own = GeoDataFrame({"name": ["a"]}, geometry=[needle], crs=4326)
    found = find_crossings([[5, 4.5, 5, 4.5]], territories=own)
    expected = GEOD.inv(5, 4.5, 5, 5)[2] / 1000
    assert abs(found["depth_km"].iloc[0] - expected) < 0.02
