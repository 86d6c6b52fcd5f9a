"""`measure_separation` and `make_range_rings`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.rings import make_range_rings
from geo_events.corridors.separation import measure_separation
from geo_events.engines import measure_separations
from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.values import LonLat

GEOD = Geod(ellps="WGS84")
NOON = datetime(2015, 10, 7, 12, tzinfo=UTC)
EQUATOR = shapely.LineString([(0, 0), (2, 0)])


def corridor(lon0, lat0, lon1, lat1, **options):
    """A corridor between two positions."""
    return make_corridor(LonLat(lon=lon0, lat=lat0), LonLat(lon=lon1, lat=lat1), **options)


def test_a_point_north_of_a_line_is_as_far_as_its_meridian():
    """On the equator the nearest point has the same longitude."""
    found = measure_separation(EQUATOR, shapely.Point(1, 1))
    assert found.distance_km == pytest.approx(GEOD.inv(1, 0, 1, 1)[2] / 1000, abs=1e-6)
    assert found.lon_a == pytest.approx(1)
    assert found.method == "static"


def test_lines_that_cross_are_0_apart():
    """At the crossing, which both sides name."""
    found = measure_separation(EQUATOR, shapely.LineString([(1, -1), (1, 1)]), within="20 nmi")
    assert found.distance_km == pytest.approx(0, abs=1e-6)
    assert (found.lon_a, found.lat_a) == pytest.approx((1, 0), abs=1e-6)
    ((begin, end),) = found.near_km
    assert end - begin == pytest.approx(2 * 37.04, abs=0.1)


def test_movers_that_meet_head_on_are_near_for_a_time():
    """Closing at 200 m/s, they are within 20 km for 200 s."""
    a = corridor(0, 0, 2, 0, speed="360 km/h", depart=NOON)
    b = corridor(2, 0, 0, 0, speed="360 km/h", depart=NOON)
    found = measure_separation(a, b, within="20 km")
    assert found.method == "moving"
    assert found.distance_km == pytest.approx(0, abs=1e-3)
    ((begin, end),) = found.near_times
    assert (end - begin).total_seconds() == pytest.approx(200, abs=0.1)
    half_way = GEOD.inv(0, 0, 2, 0)[2] / 200
    assert (found.time - NOON).total_seconds() == pytest.approx(half_way, abs=0.1)


def test_the_same_path_at_another_time_is_no_meeting():
    """Lines touch everywhere; movers an hour apart at 360 km/h are 360 km apart."""
    a = corridor(0, 0, 20, 0, speed="360 km/h", depart=NOON)
    b = corridor(0, 0, 20, 0, speed="360 km/h", depart=NOON + timedelta(hours=1))
    assert measure_separation(a, b).distance_km == pytest.approx(360, abs=0.01)
    assert measure_separation(corridor(0, 0, 20, 0), b).distance_km == pytest.approx(0, abs=1e-6)


def test_movers_never_under_way_together_have_no_distance():
    """Infinite, in words, and no position."""
    a = corridor(0, 0, 1, 0, speed="360 km/h", depart=NOON)
    b = corridor(0, 0, 1, 0, speed="360 km/h", depart=NOON + timedelta(days=1))
    found = measure_separation(a, b)
    assert found.distance_km == np.inf
    assert str(found) == "never under way at the same time"
    assert found.lon_a is None


def test_many_pairs_are_the_single_ones():
    """A frame with one row per pair."""
    a = [EQUATOR, shapely.LineString([(5, 5), (6, 6)])]
    b = [shapely.Point(1, 1), "Raqqa"]
    many = measure_separations(a, b, within="50 nmi")
    single = [measure_separation(x, y).distance_km for x, y in zip(a, b, strict=True)]
    np.testing.assert_allclose(many["distance_km"], single)
    assert many["near_km"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("bad", [shapely.box(0, 0, 1, 1), (1, 2), 5, "Caspian Sea"])
def test_what_is_neither_line_nor_point_is_refused(bad):
    """Areas and bare numbers have no closest approach."""
    with pytest.raises(InvalidInputError):
        measure_separation(bad, EQUATOR)


def test_unequal_sides_and_bare_distances_are_refused():
    """Pairs need two sides of one length; a distance needs its unit."""
    with pytest.raises(InvalidInputError, match="as many"):
        measure_separations([EQUATOR], [])
    with pytest.raises(InvalidMeasureError):
        measure_separation(EQUATOR, EQUATOR, within="20")


def test_rings_have_their_radius():
    """Every vertex of a ring is as far from the centre as it says."""
    rings = make_range_rings("35.95N 39.01E", "300 km", "200 nmi")
    assert rings["radius_km"].tolist() == pytest.approx([300, 370.4])
    for ring in rings.itertuples():
        lon, lat = shapely.get_coordinates(ring.geometry).T
        away = GEOD.inv(np.full_like(lon, 39.01), np.full_like(lat, 35.95), lon, lat)[2]
        assert max(abs(away / 1000 - ring.radius_km)) < 0.002


def test_rings_need_a_point_and_lengths():
    """No radius, an area as centre, a bare number, zero: errors."""
    with pytest.raises(InvalidInputError, match="radii"):
        make_range_rings("Raqqa")
    with pytest.raises(InvalidInputError, match="area"):
        make_range_rings("Caspian Sea", "300 km")
    for radius in ("300", "0 km", "-5 km", "50000 km"):
        with pytest.raises(InvalidMeasureError):
            make_range_rings("35.95N 39.01E", radius)
