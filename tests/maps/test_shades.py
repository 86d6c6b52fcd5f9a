"""The quick shade for drawing agrees with the exact shadow, and knows its limits."""

from __future__ import annotations

import pytest
import shapely
from shapely import box

from geo_events.geodesy.shadows import make_shadow
from geo_events.maps.shades import find_common_shade

ORIGIN = box(48.0, 37.0, 53.0, 46.0)
WALL = shapely.Polygon([(44, 36), (48, 34), (48.5, 39), (45, 39.5)])


@pytest.mark.parametrize(("lon", "lat"), [(39.0, 35.9), (37.0, 33.0), (41.0, 30.0), (20.0, 45.0)])
def test_shade_of_a_point_is_the_exact_shadow(lon, lat):
    """For a target hardly larger than a point the shade is the shadow on the ellipsoid, to 1 %."""
    target = box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001)
    exact = make_shadow(ORIGIN, lon, lat, WALL)
    shade = find_common_shade(ORIGIN, target, WALL)
    assert shapely.area(shapely.symmetric_difference(shade, exact)) <= 0.01 * ORIGIN.area


def test_shade_of_an_area_is_smaller_than_of_its_corners():
    """Lines to every corner cross from no more of the origin than lines to one corner."""
    whole = find_common_shade(ORIGIN, box(36, 33, 42, 37), WALL)
    corner = make_shadow(ORIGIN, 36, 33, WALL)
    assert 0 < whole.area < corner.area
    assert shapely.area(shapely.difference(whole, corner)) <= 0.01 * ORIGIN.area


def test_nothing_is_behind_a_wall_on_the_other_side():
    """A wall that no line meets throws no shade on the origin."""
    assert find_common_shade(ORIGIN, box(36, 33, 42, 37), box(30, 20, 31, 21)).is_empty


def test_all_is_behind_a_wall_round_the_target():
    """From everywhere lines cross a territory that holds the whole target."""
    shade = find_common_shade(ORIGIN, box(40, 35, 41, 36), box(38, 33, 43, 38))
    assert shade.equals(ORIGIN)


def test_shapes_too_far_apart_have_no_shade():
    """Where the plane does not reach nothing is drawn, rather than something wrong."""
    assert find_common_shade(box(150, -40, 160, -30), box(-60, 40, -50, 50), WALL).is_empty
