"""Rotating the world by k times 10 degrees rotates the answers; one track is answered as many."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.affinity import translate

from geo_events.corridors.crossings import find_crossings
from geo_events.geodesy.tracks import split_antimeridian

ROWS = 28  # of each of the 36 rotations: a thousand cases in all
BOXES = [(-30, -20, 10, 25), (5, 10, 50, 60), (60, -70, 100, -10), (-120, -85, -40, 85)]


def turn(lon, by):
    """Longitudes turned and wrapped."""
    return (lon + by + 180) % 360 - 180


def areas(by):
    """The same four boxes, turned, and cut where they meet ±180°."""
    shapes = [split_antimeridian(translate(shapely.box(*box), by)) for box in BOXES]
    return gpd.GeoDataFrame({"name": list("abcd")}, geometry=shapes, crs=4326)


@pytest.mark.parametrize("step", range(36))
def test_rotating_the_world_rotates_the_crossings(step):
    """Names, order, kilometres and depths stay; only the longitudes turn."""
    rng = np.random.default_rng(step)
    tracks = np.column_stack([rng.uniform(-179, 179, ROWS), rng.uniform(-89, 89, ROWS)] * 2)
    tracks[:, 2] = turn(tracks[:, 0], rng.uniform(-150, 150, ROWS))
    tracks[:, 3] = rng.uniform(-89, 89, ROWS)
    by = 10.0 * step
    turned = tracks.copy()
    turned[:, ::2] = turn(tracks[:, ::2], by)
    here = find_crossings(tracks, territories=areas(0))
    there = find_crossings(turned, territories=areas(by))
    assert there["name"].tolist() == here["name"].tolist()
    assert there["track"].tolist() == here["track"].tolist()
    for column in ("enter_km", "leave_km"):
        np.testing.assert_allclose(there[column], here[column], atol=1e-5)
    np.testing.assert_allclose(there["depth_km"], here["depth_km"], atol=0.1)
    apart = turn(there["enter_lon"].to_numpy(), -by) - here["enter_lon"].to_numpy()
    assert np.abs((apart + 180) % 360 - 180).max(initial=0) < 1e-4


def test_one_track_is_answered_as_many_are():
    """The table of many tracks is the tables of each, one below the other."""
    rng = np.random.default_rng(0)
    tracks = np.column_stack([rng.uniform(-60, 60, 12) for _ in range(4)])
    many = find_crossings(tracks)
    single = pd.concat([find_crossings(tracks[k : k + 1]) for k in range(12)], ignore_index=True)
    pd.testing.assert_frame_equal(many.drop(columns="track"), single.drop(columns="track"))
