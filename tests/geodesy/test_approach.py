"""Closest approach: Boost's cases in space, brute force in time, nothing missed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import GEOD, distance_to_track

from geo_events.errors import InvalidCoordinateError, InvalidInputError, InvalidMeasureError
from geo_events.geodesy.approach import (
    find_near_stretches,
    find_near_times,
    make_mover,
    measure_separation_moving,
    measure_separation_static,
)
from geo_events.geodesy.movers import Mover

CASES = Path(__file__).parents[1] / "cases" / "geodesy" / "boost_cross_track.csv"
BOOST = np.loadtxt(CASES, delimiter=",")


def _points(lon, lat):
    return np.asarray(lon, float), np.asarray(lat, float)


def _position(mover, time):
    """Place of a mover at times, by pyproj."""
    lon, lat, when = (np.asarray(v, float) for v in (mover.lon, mover.lat, mover.time_s))
    leg = np.clip(np.searchsorted(when, time, side="right") - 1, 0, len(lon) - 2)
    azimuth, _, length = (np.asarray(v) for v in GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:]))
    share = (time - when[leg]) / np.diff(when)[leg]
    return GEOD.fwd(lon[leg], lat[leg], azimuth[leg], share * length[leg])[:2]


def _brute_force(here, there, step):
    """Closest approach of two movers by looking every `step` seconds, then every 10 ms."""
    low = max(here.time_s[0], there.time_s[0])
    high = min(here.time_s[-1], there.time_s[-1])
    for width in (step, 0.01):
        time = np.append(np.arange(low, high, width), high)
        apart = np.asarray(GEOD.inv(*_position(here, time), *_position(there, time))[2])
        best = int(apart.argmin())
        low, high = max(low, time[best] - 2 * step), min(high, time[best] + 2 * step)
    return apart[best], time[best]


def _random_mover(rng):
    count = int(rng.integers(2, 5))
    return make_mover(
        rng.uniform(44, 60, count),
        rng.uniform(27, 38, count),
        rng.uniform(40, 250),
        rng.uniform(0, 3000),
    )


def test_boost_cross_track_cases():
    """All 44 cross-track cases of Boost.Geometry agree within a tenth of a millimetre."""
    tracks = [(row[[0, 2]], row[[1, 3]]) for row in BOOST]
    points = [(row[[4]], row[[5]]) for row in BOOST]
    assert len(BOOST) == 44
    for found in (
        measure_separation_static(tracks, points),
        measure_separation_static(points, tracks),
    ):
        np.testing.assert_allclose(found.distance_m, BOOST[:, 6], atol=1e-4)


def test_tracks_that_cross_have_no_distance():
    """The separation of crossing tracks is 0, at a point that lies on both."""
    here, there = ([0, 20], [0, 30]), ([0, 15, 30], [20, 5, 20])
    found = measure_separation_static([here], [there])
    assert found.distance_m[0] == 0
    for lon, lat, track in (
        (found.lon_a, found.lat_a, here),
        (found.lon_b, found.lat_b, here),
        (found.lon_a, found.lat_a, there),
        (found.lon_b, found.lat_b, there),
    ):
        assert distance_to_track(lon, lat, *track)[0] < 1e-3


@pytest.mark.parametrize("seed", range(6))
def test_static_separation_is_that_of_dense_points(seed):
    """The separation of tracks is the least distance of dense points of one to the other."""
    rng = np.random.default_rng(seed)
    here = _points(rng.uniform(0, 20, 3), rng.uniform(0, 20, 3))
    there = _points(rng.uniform(22, 40, 4), rng.uniform(0, 40, 4))
    found = measure_separation_static([here], [there])
    dense = []
    for k in range(3):
        azimuth, _, length = GEOD.inv(there[0][k], there[1][k], there[0][k + 1], there[1][k + 1])
        along = np.linspace(0, length, 1500)
        dense.append(
            GEOD.fwd(*(np.full(1500, v) for v in (there[0][k], there[1][k], azimuth)), along)[:2]
        )
    lon, lat = np.concatenate(dense, axis=1)
    least = distance_to_track(lon, lat, *here).min()
    assert least - 20 <= found.distance_m[0] <= least + 1e-6
    ends = GEOD.inv(found.lon_a[0], found.lat_a[0], found.lon_b[0], found.lat_b[0])[2]
    assert ends == pytest.approx(found.distance_m[0], abs=1e-4)


def test_many_pairs_are_those_of_single_calls():
    """Pairs do not depend on each other."""
    rng = np.random.default_rng(1)
    tracks = [_points(rng.uniform(0, 20, k), rng.uniform(0, 20, k)) for k in (2, 3, 1, 5)]
    others = [_points(rng.uniform(0, 30, k), rng.uniform(0, 20, k)) for k in (4, 1, 2, 2)]
    together = measure_separation_static(tracks, others).distance_m
    alone = [
        measure_separation_static([a], [b]).distance_m[0]
        for a, b in zip(tracks, others, strict=True)
    ]
    np.testing.assert_array_equal(together, alone)


def test_near_stretch_ends_at_the_distance():
    """At the ends of a stretch the other track is as far away as asked; within it is nearer."""
    here, there = ([0, 20], [0, 3]), ([8, 9, 10, 14], [9, 1.5, 9, -4])
    near = find_near_stretches([here], [there], 100_000.0)
    azimuth, _, length = GEOD.inv(0, 0, 20, 3)
    assert len(near.pair) >= 1
    for along in np.concatenate([near.begin, near.end]):
        if 0 < along < length - 1:
            lon, lat, _ = GEOD.fwd(0, 0, azimuth, along)
            assert distance_to_track([lon], [lat], *there)[0] == pytest.approx(1e5, abs=0.01)
    steps = np.linspace(0, length, 2000)
    lon, lat, _ = GEOD.fwd(*(np.full(2000, v) for v in (0.0, 0.0, azimuth)), steps)
    inside = ((steps[:, None] >= near.begin) & (steps[:, None] <= near.end)).any(axis=1)
    np.testing.assert_array_equal(inside, distance_to_track(lon, lat, *there) <= 1e5)


def test_movers_agree_with_brute_force():
    """Forty random pairs: within 1 m and 0.1 s of brute force, and never above it."""
    rng = np.random.default_rng(3)
    here, there = ([_random_mover(rng) for _ in range(40)] for _ in range(2))
    found = measure_separation_moving(here, there)
    for k in range(40):
        low = max(here[k].time_s[0], there[k].time_s[0])
        if low > min(here[k].time_s[-1], there[k].time_s[-1]):
            assert np.isnan(found.distance_m[k])
            continue
        distance, time = _brute_force(here[k], there[k], 2.0)
        assert distance - 1 <= found.distance_m[k] <= distance + 1e-3
        assert found.time_s[k] == pytest.approx(time, abs=0.1)


@pytest.mark.slow
def test_movers_agree_with_brute_force_at_50_ms():
    """Two hundred random pairs against a look every 0.05 s."""
    rng = np.random.default_rng(30)
    here, there = ([_random_mover(rng) for _ in range(200)] for _ in range(2))
    found = measure_separation_moving(here, there)
    for k in np.nonzero(np.isfinite(found.distance_m))[0]:
        distance, time = _brute_force(here[k], there[k], 0.05)
        assert found.distance_m[k] == pytest.approx(distance, abs=1)
        assert found.time_s[k] == pytest.approx(time, abs=0.1)


def test_movers_that_meet_have_no_distance():
    """Two movers on one line towards each other meet in the middle, at half time."""
    here, there = make_mover([0, 2], [0, 0], 100.0), make_mover([2, 0], [0, 0], 100.0)
    found = measure_separation_moving([here], [there])
    assert found.distance_m[0] < 0.01
    assert found.time_s[0] == pytest.approx(1113.195, abs=0.01)


def test_movers_side_by_side_are_found_at_their_first_moment():
    """Two movers that keep their distance are nearest at the start, not nowhere."""
    here, there = make_mover([0, 2], [0, 0], 100.0), make_mover([0.5, 2.5], [0, 0], 100.0)
    found = measure_separation_moving([here], [there])
    assert found.distance_m[0] == pytest.approx(55_659.745, abs=0.05)


def test_movers_at_other_times_have_no_approach():
    """Movers that are never under way together have NaN throughout and no near times."""
    here, there = make_mover([0, 1], [0, 0], 100.0), make_mover([0, 1], [0, 0], 100.0, 1e6)
    found = measure_separation_moving([here], [there])
    assert np.isnan([found.distance_m[0], found.time_s[0], found.lon_a[0]]).all()
    assert len(find_near_times([here], [there], 1e6).pair) == 0


def test_near_times_end_at_the_distance():
    """Inside the times found the movers are within 20 nautical miles, outside they are not."""
    rng = np.random.default_rng(3)
    here, there = ([_random_mover(rng) for _ in range(40)] for _ in range(2))
    near = find_near_times(here, there, 37_040.0)
    assert len(near.pair) >= 2
    for k in range(40):
        low = max(here[k].time_s[0], there[k].time_s[0])
        high = min(here[k].time_s[-1], there[k].time_s[-1])
        time = np.arange(low, high, 5.0)
        if len(time) == 0:
            continue
        apart = np.asarray(GEOD.inv(*_position(here[k], time), *_position(there[k], time))[2])
        mine = near.pair == k
        inside = ((time[:, None] >= near.begin[mine]) & (time[:, None] <= near.end[mine])).any(1)
        clear = np.abs(apart - 37_040.0) > 1
        np.testing.assert_array_equal(inside[clear], (apart <= 37_040.0)[clear])


def test_standing_still_is_moving_too():
    """A mover that waits at a place is passed by another at the right time."""
    waiting = Mover(np.array([1.0, 1.0]), np.array([0.5, 0.5]), np.array([0.0, 5000.0]))
    passing = make_mover([0, 2], [0, 0], 100.0)
    found = measure_separation_moving([waiting], [passing])
    assert found.distance_m[0] == pytest.approx(55_287.16, abs=0.05)
    assert found.time_s[0] == pytest.approx(1113.195, abs=0.1)


@pytest.mark.parametrize("within", [-1.0, np.nan, np.inf, 1e8])
def test_impossible_nearness_is_refused(within):
    """A negative, missing or endless distance is an error."""
    with pytest.raises(InvalidMeasureError, match="within"):
        find_near_stretches([([0, 1], [0, 1])], [([0], [0])], within)


@pytest.mark.parametrize("speed", [0.0, -3.0, np.nan, np.inf])
def test_impossible_speed_is_refused(speed):
    """A speed must be above 0."""
    with pytest.raises(InvalidMeasureError, match="speed"):
        make_mover([0, 1], [0, 1], speed)


def test_bad_tracks_are_refused():
    """Unequal numbers, no vertices, latitude 95 and times that go back are errors."""
    with pytest.raises(InvalidInputError, match="as many"):
        measure_separation_static([([0], [0])], [])
    with pytest.raises(InvalidInputError, match="no vertices"):
        measure_separation_static([([], [])], [([0], [0])])
    with pytest.raises(InvalidCoordinateError):
        measure_separation_static([([0], [95])], [([0], [0])])
    with pytest.raises(InvalidInputError, match="go back"):
        Mover(np.array([0.0, 1.0]), np.zeros(2), np.array([5.0, 1.0]))


def test_no_pairs_give_no_rows():
    """Empty input gives empty answers."""
    assert len(measure_separation_static([], []).distance_m) == 0
    assert len(measure_separation_moving([], []).distance_m) == 0
    assert len(find_near_times([], [], 5.0).pair) == 0
    assert len(find_near_stretches([], [], 5.0).pair) == 0


PLACES = st.tuples(
    st.one_of(st.sampled_from([-180.0, 0.0, 180.0]), st.floats(-180, 180)),
    st.one_of(st.sampled_from([-90.0, 0.0, 90.0]), st.floats(-90, 90)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=3), st.lists(PLACES, min_size=1, max_size=3))
def test_any_separation_is_at_most_that_of_vertices(here, there):
    """No separation is NaN, and none is larger than that of any two vertices."""
    sides = [tuple(np.array(axis) for axis in zip(*track, strict=True)) for track in (here, there)]
    found = measure_separation_static([sides[0]], [sides[1]])
    least = min(GEOD.inv(*a, *b)[2] for a in here for b in there)
    assert 0 <= found.distance_m[0] <= least + 1e-4
