"""What a longer route changes: reach by ellipses, ways round by corners."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import GEOD

from geo_events.errors import InvalidCoordinateError, InvalidMeasureError
from geo_events.geodesy.detours import (
    Allowance,
    measure_can_avoid,
    measure_can_cross,
    measure_way_round,
    measure_way_through,
)

WALL = shapely.box(4, -2, 6, 2)


def _length(*points):
    """Length of a track by pyproj."""
    return GEOD.line_length(*zip(*points, strict=True))


def test_way_round_a_wall_goes_by_its_corners():
    """The way round a box is the straight lines by the two corners of its nearer side."""
    lat = np.array([0.5, -1.0, 1.9])
    way = measure_way_round(np.zeros(3), lat, (10.0, 0.0), WALL)
    for found, start in zip(way, lat, strict=True):
        side = 2 if start > 0 else -2
        truth = _length((0, start), (4, side), (6, side), (10, 0))
        assert found == pytest.approx(truth, rel=1.5e-3)
        assert found <= truth * (1 + 1e-6)


def test_way_round_nothing_is_straight():
    """Where the straight line misses the territory, that is the way."""
    way = measure_way_round([0.0, 5.0], [5.0, 5.0], (10.0, 5.0), WALL)
    assert way.tolist() == pytest.approx([_length((0, 5), (10, 5)), _length((5, 5), (10, 5))])


def test_way_round_across_180_and_the_pole():
    """A wall on 180 degrees, or beside the pole, is gone round like any other."""
    wall = shapely.union(shapely.box(178, -2, 180, 2), shapely.box(-180, -2, -178, 2))
    way = measure_way_round([172.0], [0.5], (-172.0, 0.0), wall)[0]
    assert way == pytest.approx(_length((172, 0.5), (178, 2), (182, 2), (188, 0)), rel=2e-3)
    cap = shapely.box(-180, 80, 180, 90)
    way = measure_way_round([0.0], [70.0], (170.0, 70.0), cap)[0]
    along = GEOD.line_length(np.linspace(0, 170, 500), np.full(500, 80.0))
    assert along < way < along + 2.3e6


def test_way_through_is_the_least_sum_of_distances():
    """The way through is the least sum over a finely drawn border."""
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(-10, 0, 40), rng.uniform(-5, 5, 40)
    territory = shapely.box(1, 3, 8, 6) | shapely.box(2, -9, 3, -6)
    border = shapely.get_coordinates(shapely.segmentize(territory, 0.01))
    x, y = border.T
    target = (12.0, 1.0)
    onward = np.asarray(GEOD.inv(x, y, np.full(len(x), 12.0), np.full(len(x), 1.0))[2])
    truth = [
        (np.asarray(GEOD.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2]) + onward).min()
        for a, b in zip(lon, lat, strict=True)
    ]
    straight = np.asarray(GEOD.inv(lon, lat, np.full(40, 12.0), np.full(40, 1.0))[2])
    found = measure_way_through(lon, lat, target, territory)
    np.testing.assert_allclose(found, np.maximum(truth, straight), rtol=3e-4)


def test_ends_inside_the_territory():
    """From inside a territory the straight line crosses it, and nothing avoids it."""
    allowed = Allowance(detour=1.0)
    assert measure_can_cross([5.0], [0.0], (10.0, 0.0), WALL, allowed).tolist() == [True]
    assert measure_can_avoid([5.0], [0.0], (10.0, 0.0), WALL, allowed).tolist() == [False]
    assert measure_can_avoid([0.0], [0.0], (5.0, 0.0), WALL, allowed).tolist() == [False]
    assert np.isinf(measure_way_round([0.0], [0.0], (5.0, 0.0), WALL)).all()


def test_enclosed_target_cannot_be_reached():
    """A target in a hole of the territory is shut in, whatever the allowance."""
    ring = shapely.box(0, 0, 10, 10) - shapely.box(4, 4, 6, 6)
    assert np.isinf(measure_way_round([20.0], [5.0], (5.0, 5.0), ring)).all()


def test_longest_length_counts_for_both():
    """A route longer than allowed is no route, even if it is straight."""
    short = Allowance(max_length_m=1_000_000.0)
    for measure in (measure_can_cross, measure_can_avoid):
        assert measure([0.0], [0.0], (10.0, 0.0), WALL, short).tolist() == [False]
    long = Allowance(max_length_m=1_300_000.0)
    for measure in (measure_can_cross, measure_can_avoid):
        assert measure([0.0], [0.0], (10.0, 0.0), WALL, long).tolist() == [True]


def test_empty_territory_is_never_crossed_and_always_avoided():
    """Nothing cannot be crossed."""
    allowed = Allowance(detour=0.1)
    nothing = shapely.Polygon()
    assert measure_can_cross([0.0], [0.0], (1.0, 0.0), nothing, allowed).tolist() == [False]
    assert measure_can_avoid([0.0], [0.0], (1.0, 0.0), nothing, allowed).tolist() == [True]


@pytest.mark.parametrize("kind", [{}, {"detour": -0.1}, {"max_length_m": np.nan}])
def test_impossible_allowances_are_refused(kind):
    """An allowance is a share or a length of at least 0."""
    with pytest.raises(InvalidMeasureError, match="allowance"):
        Allowance(**kind)


def test_impossible_origin_is_refused():
    """A latitude of 95 is no origin."""
    with pytest.raises(InvalidCoordinateError):
        measure_can_cross([0.0], [95.0], (1.0, 0.0), WALL, Allowance(detour=0.1))


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.floats(-180, 180), st.floats(-80, 80)),
    st.tuples(st.floats(-180, 180), st.floats(-80, 80)),
    st.tuples(st.floats(-180, 170), st.floats(-80, 70)),
)
def test_ways_are_never_shorter_than_straight(origin, target, corner):
    """Neither way is shorter than the straight line; one of both is the straight line."""
    wall = shapely.box(corner[0], corner[1], corner[0] + 10, corner[1] + 10)
    ends = [origin[0]], [origin[1]], target, wall
    straight = GEOD.inv(*origin, *target)[2]
    through, way = measure_way_through(*ends)[0], measure_way_round(*ends)[0]
    assert min(through, way) >= straight - 1e-3
    if straight < 1.9e7:
        assert min(through, way) <= straight * 1.01 + 20_000
