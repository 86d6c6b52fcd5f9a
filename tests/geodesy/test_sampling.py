"""Sobol points of areas: inside, uniform by area, reproducible; intervals that cover."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import GEOD

from geo_events.errors import InvalidInputError
from geo_events.geodesy.fans import make_fan
from geo_events.geodesy.sampling import estimate_margin, sample_area, sample_pairs

RING = shapely.Polygon(
    [(0, 40), (30, 35), (50, 60), (20, 70), (5, 55)], [[(15, 45), (30, 45), (30, 55), (15, 50)]]
)
ACROSS = shapely.union(shapely.box(170, -20, 180, 30), shapely.box(-180, -20, -160, 30))
CAP = shapely.box(-180, 60, 180, 90)
AREAS = {"ring": RING, "across 180": ACROSS, "cap": CAP, "south": shapely.box(-180, -90, 180, -70)}


def _size(geometry):
    """Area by GeographicLib's polygon formula, edges followed closely."""
    fine = shapely.segmentize(geometry, 0.05)
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(fine))[0])


@pytest.mark.parametrize("name", AREAS)
def test_points_lie_in_the_area(name):
    """Every point drawn lies in the area."""
    lon, lat = sample_area(AREAS[name], 4096, seed=4)
    near = shapely.buffer(AREAS[name], 1e-9)
    assert shapely.contains_xy(near, lon, lat).all()


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("cut", [(-180, -90, 10, 90), (-180, 45, 180, 90), (20, -15, 175, 52)])
def test_points_are_uniform_by_area(name, cut):
    """The share of points in a part is the part's share of the area on the ellipsoid."""
    part = shapely.intersection(AREAS[name], shapely.box(*cut))
    part = shapely.union_all([p for p in shapely.get_parts(part) if p.area > 0])
    truth = _size(part) / _size(AREAS[name]) if part.area > 0 else 0.0
    lon, lat = sample_area(AREAS[name], 2**17, seed=9)
    assert shapely.contains_xy(part, lon, lat).mean() == pytest.approx(truth, abs=2e-4)


def test_mean_converges_faster_than_random():
    """With 4,096 points the error is a small part of what random points would give."""
    disc = shapely.Point(50, 35).buffer(5, quad_segs=64)
    part = shapely.intersection(disc, shapely.Polygon([(40, 30), (60, 38), (60, 20)]))
    truth = _size(part) / _size(disc)
    errors = [
        shapely.contains_xy(part, *sample_area(disc, 4096, seed=seed)).mean() - truth
        for seed in range(24)
    ]
    assert np.sqrt(np.mean(np.square(errors))) < 0.2 * np.sqrt(truth * (1 - truth) / 4096)


def test_same_seed_same_points_other_seed_others():
    """Points depend on the seed only."""
    first, again, other = (sample_area(RING, 128, seed=seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_areas_are_not_taken_for_each_other():
    """Points of areas made and dropped one after another lie in the area asked for."""
    for west in range(40):
        lon, _ = sample_area(shapely.box(west, 0, west + 1, 1), 64, seed=1)
        assert west <= lon.min() < lon.max() <= west + 1


def test_equal_areas_give_equal_points():
    """A copy of an area gives the points the area itself gives, to the last digit."""
    copy = shapely.from_wkb(RING.wkb)
    np.testing.assert_array_equal(sample_area(RING, 256, seed=3), sample_area(copy, 256, seed=3))


def test_weights_say_how_much_each_area_holds():
    """Three quarters of the weight draw three quarters of the points."""
    areas = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 21, 1)]
    lon, _ = sample_area(areas, 4096, seed=1, weights=[1, 3])
    assert (lon > 15).mean() == pytest.approx(0.75, abs=1e-3)


def test_areas_without_weights_count_by_size():
    """Several areas are drawn like their union."""
    lon, _ = sample_area([shapely.box(0, 0, 3, 10), shapely.box(20, 0, 21, 10)], 4096, seed=1)
    assert (lon > 15).mean() == pytest.approx(0.25, abs=1e-3)


def test_pairs_are_independent():
    """Knowing one end says nothing about the other."""
    lon_a, lat_a, lon_b, lat_b = sample_pairs(RING, ACROSS, 2**14, seed=2)
    for one in (lon_a, lat_a):
        for other in (np.mod(lon_b, 360), lat_b):
            assert abs(np.corrcoef(one, other)[0, 1]) < 0.02


@pytest.mark.parametrize(
    "area",
    [shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)]), shapely.Polygon([(0, 0)] * 3), None],
)
def test_what_has_no_area_is_refused(area):
    """An empty polygon, a line or nothing at all is an error, never an empty answer."""
    with pytest.raises(InvalidInputError):
        sample_area(area, 8, seed=0)


@pytest.mark.parametrize("weights", [[1], [1, -1], [0, 0], [np.nan, 1]])
def test_weights_that_do_not_fit_are_refused(weights):
    """Weights must be one non-negative number per area."""
    with pytest.raises(InvalidInputError, match="weights"):
        sample_area([RING, CAP], 8, seed=0, weights=weights)


def test_no_points_are_refused():
    """Zero points are an error."""
    with pytest.raises(InvalidInputError, match="n=0"):
        sample_area(RING, 0, seed=0)


def test_interval_is_students():
    """The margin is the published t interval's: 4.303 · 0.1 / √3 for three means."""
    assert estimate_margin([0.4, 0.5, 0.6], 10**9) == pytest.approx(0.24843, abs=1e-4)
    assert estimate_margin(np.tile([[0.4], [0.5], [0.6]], 2), 10**9).shape == (2,)


def test_interval_of_what_was_never_seen_is_not_empty():
    """Sixteen scrambles without a hit leave room for three in all points."""
    assert estimate_margin([0.0] * 16, 4096) == 3 / 4096


@pytest.mark.parametrize("means", [[], [0.5]])
def test_interval_needs_several_scrambles(means):
    """One scramble has no spread."""
    with pytest.raises(InvalidInputError):
        estimate_margin(means, 4096)


@pytest.mark.slow
def test_intervals_cover_as_often_as_they_say():
    """In 1,000 repeats of 16 scrambles × 256 points, 93 to 97 % of the intervals hold the truth."""
    disc = shapely.Point(50, 35).buffer(5, quad_segs=64)
    part = shapely.intersection(disc, shapely.Polygon([(40, 30), (60, 38), (60, 20)]))
    shapely.prepare(part)
    truth = _size(part) / _size(disc)
    held = 0
    for repeat in range(1000):
        means = [
            shapely.contains_xy(part, *sample_area(disc, 256, seed=16 * repeat + k)).mean()
            for k in range(16)
        ]
        held += abs(np.mean(means) - truth) <= estimate_margin(means, 10**9)
    assert 930 <= held <= 970


def test_fan_is_spread_over_both_ends():
    """Sixteen tracks start in each quarter of the origin and end in each of the target."""
    origin, target = shapely.box(0, 0, 10, 10), shapely.box(50, 20, 60, 30)
    lon0, lat0, lon1, lat1 = make_fan(origin, target, 16)
    for lon, lat, x, y in ((lon0, lat0, 5, 5), (lon1, lat1, 55, 25)):
        counts = np.bincount(2 * (lon > x) + (lat > y), minlength=4)
        assert counts.min() >= 3


def test_fan_of_points_is_one_line():
    """Between two points every track is the same."""
    fan = make_fan(shapely.Point(1, 2), shapely.Point(3, 4), 3)
    np.testing.assert_array_equal(fan, [[1] * 3, [2] * 3, [3] * 3, [4] * 3])


@settings(max_examples=50, deadline=None)
@given(
    st.floats(-180, 170),
    st.floats(-90, 80),
    st.floats(0.01, 10),
    st.floats(0.01, 10),
    st.integers(1, 300),
)
def test_points_of_any_box_lie_in_it(west, south, width, height, n):
    """Whatever the box, all points lie in it and none is NaN."""
    lon, lat = sample_area(shapely.box(west, south, west + width, south + height), n, seed=0)
    assert len(lon) == len(lat) == n
    assert ((lon >= west - 1e-9) & (lon <= west + width + 1e-9)).all()
    assert ((lat >= south - 1e-6) & (lat <= south + height + 1e-6)).all()
