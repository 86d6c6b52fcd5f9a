"""Exact shares agree with closed forms at the poles and with sampled lines everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracles import GEOD

from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.geodesy.sampling import sample_area
from geo_events.geodesy.shadows import make_shadow, measure_shadow_shares

RAQQA = (39.0167, 35.95)
SEA = shapely.Polygon(
    np.array(
        [
            [47, 51, 53.5, 51, 50.5, 53, 53.5, 54, 51.5, 49, 49, 50, 48.5, 47.5],
            [45, 47, 46.5, 44.5, 44, 42, 38, 36.7, 36.6, 37.6, 39, 40.3, 42, 43],
        ]
    ).T
)
WALLS = {
    "south": shapely.box(44, 25, 60, 39.5),
    "with a hole": shapely.box(42, 34, 46, 44) - shapely.box(43, 36, 45, 40),
    "islands": shapely.MultiPolygon(
        [
            shapely.box(x, y, x + 0.4, y + 0.5)
            for x, y in [(42, 36), (43, 38), (45, 36.5), (46, 39), (44, 40.2)]
        ]
    ),
    "in the sea": shapely.box(50, 39, 52, 45),
    "behind": shapely.box(56, 30, 60, 50),
    "other side": shapely.box(20, 30, 30, 45),
}


def _zone(south, north):
    """Area between two parallels per degree of longitude (GeographicLib's polygon area)."""
    steps = np.linspace(0, 1, 1001)
    lon = np.concatenate([steps, steps[::-1]])
    lat = np.concatenate([np.full(1001, south), np.full(1001, north)])
    return abs(GEOD.polygon_area_perimeter(lon, lat)[0])


def _sampled(area, target, territory, *, n=2**13, seed=0, points=90):
    """Share by Sobol points and finely drawn geodesics: another road altogether."""
    lon, lat = sample_area(area, n, seed=seed)
    return _crosses(lon, lat, target, territory, points).mean()


def _crosses(lon, lat, target, territory, points=90):
    """Tell which finely drawn geodesics to the target meet a territory."""
    count = len(lon)
    here = np.full(count, target[0]), np.full(count, target[1])
    azimuth, _, length = GEOD.inv(*here, lon, lat)
    share = np.linspace(0, 1, points)
    reach = (np.asarray(length)[:, None] * share).ravel()
    wide = [np.repeat(column, points) for column in (*here, azimuth)]
    x, y, _ = GEOD.fwd(*wide, reach)
    x = np.unwrap(np.asarray(x).reshape(count, points), period=360, axis=1)
    lines = shapely.linestrings(np.stack([x, np.asarray(y).reshape(count, points)], axis=-1))
    shapely.prepare(territory)
    met = shapely.intersects(territory, lines)
    for shift in (-360, 360):
        moved = shapely.transform(territory, lambda xy, by=shift: xy + [by, 0])  # noqa: RUF005
        met |= shapely.intersects(moved, lines)
    return met


def _strip(west, south, east, north):
    """Make a box, cut at 180 degrees where it reaches across."""
    if west >= 180:
        west, east = west - 360, east - 360
    if east <= 180:
        return shapely.box(west, south, east, north)
    return shapely.union(
        shapely.box(west, south, 180, north), shapely.box(-180, south, east - 360, north)
    )


@pytest.mark.parametrize("shift", [0, 40, 165, 179.5])
def test_wall_between_pole_and_area(shift):
    """Lines to the pole are meridians: a wall over a third of the width hides a third."""
    area, wall = _strip(shift, 0, shift + 30, 40), _strip(shift + 10, 50, shift + 20, 60)
    share = measure_shadow_shares(area, 0.0, 90.0, [wall])
    np.testing.assert_allclose(share, [1 / 3], atol=1e-6)


@pytest.mark.parametrize("shift", [-180, 7, 165])
def test_territory_inside_the_area(shift):
    """Of an area south of the pole, what lies in or beyond a territory counts, by true area."""
    area, inner = _strip(shift, 0, shift + 30, 40), _strip(shift, 10, shift + 15, 20)
    share = measure_shadow_shares(area, 77.0, 90.0, [inner])
    np.testing.assert_allclose(share, [_zone(0, 20) / _zone(0, 40) / 2], atol=1e-6)


def test_several_territories_at_once():
    """Shares come in the order of the territories; empty and far ones are 0."""
    area = shapely.box(0, 0, 30, 40)
    walls = [shapely.box(0, 50, 3, 60), shapely.Polygon(), shapely.box(-90, 0, -60, 80), area]
    shares = measure_shadow_shares(area, 0.0, 90.0, walls)
    np.testing.assert_allclose(shares, [0.1, 0, 0, 1], atol=1e-6)


@pytest.mark.parametrize("target", [(15.0, 40.0), (0.0, 0.0), (15.0, 20.0), (30.0, 13.0)])
def test_target_in_or_on_the_area(target):
    """A target inside the area, on its edge or its corner is as good as any other."""
    area, wall = shapely.box(0, 0, 30, 40), shapely.box(2, 22, 12, 31)
    share = measure_shadow_shares(area, *target, [wall])[0]
    assert share == pytest.approx(_sampled(area, target, wall), abs=2e-3)


@pytest.mark.parametrize("target", [(0.0, -90.0), (33.0, -89.0), (-120.0, -85.0)])
def test_area_round_the_antipode(target):
    """Seen from near the south pole, a quarter of the horizon hides about a quarter of the cap."""
    cap, wall = shapely.box(-180, 60, 180, 90), shapely.box(0, -10, 90, 0)
    share = measure_shadow_shares(cap, *target, [wall])[0]
    if target[1] == -90:
        assert share == pytest.approx(0.25, abs=1e-6)
    assert share == pytest.approx(_sampled(cap, target, wall, points=200), abs=2e-3)


def test_antipode_away_from_the_poles():
    """An area round the antipode of an ordinary place is measured too."""
    area = _strip(190 - 360, 20, 210 - 360, 40)
    wall = shapely.box(60, -30, 100, 60)
    share = measure_shadow_shares(area, 20.0, -30.0, [wall])[0]
    assert share == pytest.approx(_sampled(area, (20.0, -30.0), wall, points=300), abs=3e-3)


@pytest.mark.parametrize("name", WALLS)
def test_shares_agree_with_sampled_lines(name):
    """The exact share is what thousands of finely drawn geodesics find."""
    share = measure_shadow_shares(SEA, *RAQQA, [WALLS[name]])[0]
    assert share == pytest.approx(_sampled(SEA, RAQQA, WALLS[name]), abs=1.5e-3)


def test_target_in_the_territory_gives_one():
    """Every line to a place inside a territory crosses it; the border belongs to it."""
    home = shapely.box(30, 30, RAQQA[0], 40)
    assert measure_shadow_shares(SEA, *RAQQA, [home]).tolist() == [1.0]
    assert measure_shadow_shares(SEA, 35.0, 35.0, [home]).tolist() == [1.0]


def test_target_in_a_hole_of_the_territory_gives_one():
    """Whoever comes to an enclave crosses the country round it."""
    ring = shapely.box(30, 30, 45, 42) - shapely.box(38, 35, 40, 37)
    np.testing.assert_allclose(measure_shadow_shares(SEA, *RAQQA, [ring]), [1.0], atol=1e-9)


@pytest.mark.parametrize("name", WALLS)
def test_shadow_holds_the_starts_that_cross(name):
    """A start lies in the shadow exactly if its finely drawn geodesic crosses the territory."""
    shadow = make_shadow(SEA, *RAQQA, WALLS[name])
    lon, lat = sample_area(SEA, 2048, seed=5)
    crosses = _crosses(lon, lat, RAQQA, WALLS[name])
    clear = shapely.distance(shapely.boundary(shadow), shapely.points(lon, lat)) > 0.02
    clear |= shadow.is_empty
    inside = shapely.contains_xy(shadow, lon, lat)
    np.testing.assert_array_equal(inside[clear], crosses[clear])
    assert clear.mean() > 0.9


@pytest.mark.parametrize("name", WALLS)
def test_shadow_has_the_size_of_the_share(name):
    """The shadow's area on the ellipsoid over the whole is the exact share."""
    shadow = make_shadow(SEA, *RAQQA, WALLS[name])
    share = measure_shadow_shares(SEA, *RAQQA, [WALLS[name]])[0]

    def size(geometry):
        return abs(GEOD.geometry_area_perimeter(shapely.segmentize(geometry, 0.05))[0])

    fine = shapely.orient_polygons(shadow)
    assert size(fine) / size(shapely.orient_polygons(SEA)) == pytest.approx(share, abs=1e-4)


def test_shadow_across_180():
    """A shadow on both sides of 180 degrees comes in two parts that meet there."""
    area, wall = _strip(170, 0, 195, 40), _strip(175, 50, 190, 60)
    shadow = make_shadow(area, 0.0, 90.0, wall)
    assert shadow.is_valid
    west, east = (
        shapely.union_all([p for p in shadow.geoms if (p.centroid.x < 0) is side])
        for side in (True, False)
    )
    assert west.bounds == pytest.approx((-180, 0, -170, 40), abs=1e-3)
    assert east.bounds == pytest.approx((175, 0, 180, 40), abs=1e-3)


def test_shadow_of_the_territory_with_the_target_is_the_area():
    """Where every line crosses, the whole area is shadow."""
    assert make_shadow(SEA, *RAQQA, shapely.box(30, 30, 40, 40)).equals(SEA)


@pytest.mark.parametrize("area", [shapely.Polygon(), shapely.Point(1, 1), None])
def test_area_without_extent_is_refused(area):
    """A point, an empty polygon or nothing is no area to share."""
    with pytest.raises(InvalidInputError):
        measure_shadow_shares(area, 0.0, 0.0, [SEA])


@pytest.mark.parametrize("target", [(math.nan, 0.0), (0.0, 95.0), (1e9, 0.0)])
def test_impossible_target_is_refused(target):
    """A target that is no place on Earth is an error."""
    with pytest.raises(InvalidCoordinateError):
        measure_shadow_shares(SEA, *target, [SEA])


@settings(max_examples=30, deadline=None, derandomize=True)
@example((-180.0, 0.0), (-1.0, -2.225073858507203e-309), (0.0, 0.0))
@given(
    st.tuples(
        st.one_of(st.sampled_from([-180.0, 0.0, 180.0]), st.floats(-180, 180)),
        st.one_of(st.sampled_from([-90.0, 0.0, 90.0]), st.floats(-90, 90)),
    ),
    st.tuples(st.floats(-170, 150), st.floats(-80, 60)),
    st.tuples(st.floats(-180, 160), st.floats(-90, 70)),
)
def test_any_share_agrees_with_sampled_lines(target, corner, wall_corner):
    """Wherever target, area and territory lie, the share is what sampled lines find."""
    (lon, lat), (west, south), (wall_west, wall_south) = target, corner, wall_corner
    area = shapely.box(west, south, west + 20, south + 20)
    wall = shapely.box(wall_west, wall_south, wall_west + 20, wall_south + 20)
    share = measure_shadow_shares(area, lon, lat, [wall])[0]
    assert 0 <= share <= 1
    sampled = _sampled(area, (lon, lat), wall, n=512, points=150)
    assert share == pytest.approx(sampled, abs=0.03)
