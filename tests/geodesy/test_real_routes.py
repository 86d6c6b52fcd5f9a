"""Ways round real countries: never inside, and about the shortest there is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from grid_ways import Plane, find_way, follow
from oracles import GEOD

from geo_events.errors import DataMissingError
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.routes import find_shortest_path

# Where from, where to, what to avoid, and how much longer than straight the way can be.
ROUTES = {
    "Helsinki": ((24.9384, 60.1699), (139.6917, 35.6895), ["RUS"], 1.5),
    "Delhi": ((77.2090, 28.6139), (-0.1276, 51.5072), ["PAK", "AFG"], 1.2),
}
NAMES = {
    "Helsinki": ("Helsinki", "Tokyo", ["Russia"]),
    "Delhi": ("Delhi", "London", ["Pakistan", "Afghanistan"]),
}
OWN_ERROR = 0.001  # of the grids' ways, see the test of known ways


@pytest.fixture(scope="module")
def polygons():
    from geo_events.atlas.territories import territory_polygon

    try:
        codes = {code for route in ROUTES.values() for code in route[2]}
        return {code: territory_polygon(f"country:{code}", "de_facto") for code in codes}
    except DataMissingError:
        pytest.skip("needs the embedded world (data/)")


def _enters(lon, lat, areas):
    """Tell whether geodesics through vertices, followed by 500 m, enter an area."""
    vertices = np.column_stack([lon, lat])
    plane = Plane(areas, vertices[0], vertices[-1])
    for start, end in pairwise(vertices):
        x, y = (part[0] for part in follow(start[None], end[None], 500.0))
        for area in areas:
            shapely.prepare(area)
            if shapely.contains_xy(area, (x + 180) % 360 - 180, y).any():
                return True
        if shapely.intersects(plane.closed, shapely.LineString(plane.lay(x, y))):
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", ROUTES)
def test_way_round_countries_is_as_short_as_over_a_grid(name, polygons):
    """The way is within 0.5 % of a brute-force way over grids of 30, 8 and 2.5 km."""
    start, goal, codes, bound = ROUTES[name]
    areas = [polygons[code] for code in codes]
    lon, lat = find_shortest_path(*start, *goal, areas)
    length = GEOD.line_length(lon, lat)
    grid, _ = find_way(areas, start, goal, bound=bound)
    assert grid * (1 - OWN_ERROR) <= length <= grid * 1.005


@pytest.mark.parametrize("name", ROUTES)
def test_way_round_countries_stays_out(name, polygons):
    """The way starts and ends where it should, and enters no country that it avoids."""
    start, goal, codes, _ = ROUTES[name]
    areas = [polygons[code] for code in codes]
    lon, lat = find_shortest_path(*start, *goal, areas)
    assert (lon[0], lat[0], lon[-1], lat[-1]) == (*start, *goal)
    assert not _enters(lon, lat, areas)
    index = build_edge_index(np.array(areas, dtype=object))
    assert len(find_stays(index, lon[:-1], lat[:-1], lon[1:], lat[1:]).track) == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_named_route_is_the_same_way(name, polygons):
    """By names comes the way that coordinates and borders give."""
    from geo_events import find_route

    origin, target, avoid = NAMES[name]
    route = find_route(origin, target, avoid=avoid)
    ends = (route.origin.lon, route.origin.lat, route.target.lon, route.target.lat)
    near = GEOD.inv([ends[0], ends[2]], [ends[1], ends[3]], *zip(*ROUTES[name][:2], strict=True))
    assert max(near[2]) < 10_000
    lon, lat = find_shortest_path(*ends, [polygons[code] for code in ROUTES[name][2]])
    via = np.array([(place.lon, place.lat) for place in route.via])
    np.testing.assert_allclose(via[:, 1], lat[1:-1], atol=1e-9)
    np.testing.assert_allclose((via[:, 0] - lon[1:-1] + 180) % 360, 180, atol=1e-9)
    assert route.length_km == pytest.approx(GEOD.line_length(lon, lat) / 1000, rel=1e-9)
    assert route.direct_km == pytest.approx(GEOD.inv(*ends)[2] / 1000, rel=1e-9)


KNOWN = {
    "two walls": (
        ((0, 35), (40, 40)),
        [shapely.box(10, 10, 14, 45), shapely.box(20, 38, 24, 70)],
        [(0, 35), (10, 45), (14, 45), (20, 38), (24, 38), (40, 40)],
    ),
    "strait": (
        ((0, 0), (40, 0)),
        [shapely.box(18, -25, 22, 1), shapely.box(18, 1.1, 22, 40)],
        [(0, 0), (18, 1), (22, 1), (40, 0)],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", KNOWN)
def test_the_grids_themselves_find_known_ways(name):
    """Where the shortest way is known by hand, the grids' is at most 0.1 % longer."""
    (start, goal), areas, corners = KNOWN[name]
    grid, way = find_way(areas, start, goal, bound=1.5)
    truth = GEOD.line_length(*np.transpose(corners))
    assert truth * (1 - 1e-5) <= grid <= truth * (1 + OWN_ERROR)
    assert not _enters(*way.T, areas)
