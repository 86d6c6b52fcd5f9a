"""`find_route`: round closed territory, never inside it."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from geo_events.corridors.crossings import find_crossings
from geo_events.corridors.routes import find_route
from geo_events.errors import FrameError, InvalidInputError, InvalidMeasureError
from geo_events.values import LonLat

GEOD = Geod(ellps="WGS84")


def crossed(route):
    """The names of what a route crosses."""
    lon, lat = route.vertices
    return set(find_crossings(shapely.LineString(list(zip(lon, lat, strict=True))))["name"])


def test_nothing_in_the_way_is_the_straight_line():
    """Without obstacles the route is the geodesic."""
    route = find_route("Moscow", "Ankara", avoid="Spain")
    assert route.via == ()
    assert route.length_km == pytest.approx(route.direct_km)
    assert route.longer_km == pytest.approx(0, abs=1e-6)


def test_round_a_wall_it_touches_its_corners():
    """The shortest way round a box runs over its two nearer corners."""
    route = find_route(LonLat(lon=0, lat=0), LonLat(lon=10, lat=0), avoid=shapely.box(4, -9, 6, 1))
    by_hand = GEOD.line_length([0, 4, 6, 10], [0, 1, 1, 0]) / 1000
    assert route.length_km == pytest.approx(by_hand, rel=0.005)
    assert route.longer_km > 0


def test_helsinki_to_tokyo_without_russia():
    """Since 2022: the straight line crosses Russia, the route does not, and is longer."""
    route = find_route("Helsinki", "Tokyo", avoid="Russia")
    assert "Russia" not in crossed(route)
    assert route.direct_km == pytest.approx(7850, abs=50)
    assert route.longer_km > 1000
    assert [end.name for end in route.avoid] == ["Russia"]


def test_delhi_to_london_without_pakistan_and_afghanistan():
    """Two countries at once."""
    route = find_route("New Delhi", "London, United Kingdom", avoid=["Pakistan", "Afghanistan"])
    assert not {"Pakistan", "Afghanistan"} & crossed(route)


def test_what_cannot_be_avoided_is_refused():
    """An end inside, an area as end, a point to avoid, a bare margin."""
    with pytest.raises(InvalidInputError, match="lies in"):
        find_route("Moscow", "Ankara", avoid="Russia")
    with pytest.raises(InvalidInputError, match="needs points"):
        find_route("Caspian Sea", "Ankara", avoid="Iran")
    with pytest.raises(InvalidInputError, match="point"):
        find_route("Moscow", "Ankara", avoid="Paris")
    with pytest.raises(InvalidMeasureError):
        find_route("Moscow", "Ankara", avoid="Ukraine", margin="20")


def test_own_areas_are_kept_out_of():
    """A frame of closed areas does as well as a polygon, and its names are told."""
    frame = gpd.GeoDataFrame(
        {"name": ["West wall", "East wall"]},
        geometry=[shapely.box(4, -9, 6, 1), shapely.box(7, -1, 8, 9)],
        crs=4326,
    )
    route = find_route(LonLat(lon=0, lat=0), LonLat(lon=10, lat=0), avoid=frame)
    assert [end.name for end in route.avoid] == ["West wall", "East wall"]
    by_hand = GEOD.line_length([0, 4, 6, 7, 8, 10], [0, 1, 1, -1, -1, 0]) / 1000
    assert route.length_km == pytest.approx(by_hand, rel=0.005)


def test_own_areas_that_are_none_are_refused_with_their_row():
    """A point in the frame is told by its label."""
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(5, 0)], index=["row 7"], crs=4326)
    with pytest.raises(FrameError, match="row 7"):
        find_route(LonLat(lon=0, lat=0), LonLat(lon=10, lat=0), avoid=frame)
