"""Ways round closed areas: never inside, and about the shortest there is."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import GEOD, unit_vectors
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo_events.errors import InvalidCoordinateError, InvalidInputError, InvalidMeasureError
from geo_events.geodesy.routes import find_shortest_path


class Grid:
    """A fine grid in a gnomonic plane, joined by straight lines that stay out of areas."""

    reach = 5

    def __init__(self, centre, areas, extent, count):
        lam, _phi = np.radians(centre)
        east = np.array([-np.sin(lam), np.cos(lam), 0])
        up = unit_vectors([centre[0]], [centre[1]])[0]
        self.frame = np.stack([east, np.cross(up, east), up])
        side = np.linspace(-extent, extent, count)
        self.xy = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        fine = [shapely.segmentize(area, 0.1) for area in areas]
        self.closed = shapely.union_all(
            [shapely.make_valid(shapely.transform(a, lambda c: self.lay(*c.T))) for a in fine]
        )
        shapely.prepare(self.closed)
        self.count = count

    def lay(self, lon, lat):
        """Give the plane's positions."""
        local = unit_vectors(lon, lat) @ self.frame.T
        return local[:, :2] / local[:, 2:]

    def lonlat(self, xy):
        """Give longitude and latitude."""
        x, y, z = (np.column_stack([xy, np.ones(len(xy))]) @ self.frame).T
        return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))

    def shortest(self, start, goal):
        """Length of the shortest way over the grid, from and to its nearest points."""
        steps = range(-self.reach, self.reach + 1)
        moves = [(a, b) for a in steps for b in steps if (a, b) > (0, 0) and math.gcd(a, b) == 1]
        row, column = np.divmod(np.arange(self.count**2), self.count)
        here, there = [], []
        for down, right in moves:
            ok = (row + down < self.count) & (column + right >= 0) & (column + right < self.count)
            here.append(np.nonzero(ok)[0])
            there.append(here[-1] + down * self.count + right)
        ends = self.lay(*np.array([start, goal]).T)
        for k, end in enumerate(ends):
            near = np.argsort(np.hypot(*(self.xy - end).T))[:400]
            here.append(np.full(400, self.count**2 + k))
            there.append(near)
        xy = np.vstack([self.xy, ends])
        here, there = np.concatenate(here), np.concatenate(there)
        clear = ~shapely.intersects(
            self.closed, shapely.linestrings(np.stack([xy[here], xy[there]], axis=1))
        )
        here, there = here[clear], there[clear]
        lon, lat = self.lonlat(xy)
        length = np.asarray(GEOD.inv(lon[here], lat[here], lon[there], lat[there])[2])
        size = len(xy)
        graph = csr_array((length, (here, there)), shape=(size, size))
        return dijkstra(graph, directed=False, indices=size - 2)[size - 1]


def _length(lon, lat):
    return GEOD.line_length(lon, lat)


def _deepest(lon, lat, area):
    """How long a finely drawn way runs inside an area, in degrees."""
    inside = 0.0
    for k in range(len(lon) - 1):
        azimuth, _, length = GEOD.inv(lon[k], lat[k], lon[k + 1], lat[k + 1])
        along = np.linspace(0, length, 2 + int(length / 2000))
        count = len(along)
        x, y, _ = GEOD.fwd(*(np.full(count, v) for v in (lon[k], lat[k], azimuth)), along)
        x = np.unwrap(np.asarray(x), period=360)
        line = shapely.LineString(np.column_stack([x, y]))
        for shift in (-360, 0, 360):
            moved = shapely.transform(area, lambda c, by=shift: c + np.array([by, 0]))
            inside += shapely.intersection(line, moved).length
    return inside


TRAPS = {
    "wall": ((0, 0), (10, 0), [shapely.box(4, -9, 6, 1)]),
    "two": ((0, 0), (20, 5), [shapely.box(4, -9, 6, 3), shapely.box(10, 1, 12, 20)]),
    "pocket": ((5, 5), (15, 5), [shapely.box(0, 0, 10, 10) - shapely.box(-1, 2, 8, 8)]),
    "star": (
        (-8, 0.5),
        (8, -0.5),
        [
            shapely.Polygon(
                [
                    (6 * math.cos(a) * (1 + k % 2 * -0.6), 6 * math.sin(a) * (1 + k % 2 * -0.6))
                    for k, a in enumerate(np.linspace(0, 2 * math.pi, 14, endpoint=False))
                ]
            )
        ],
    ),
    "high": ((0, 60), (60, 62), [shapely.box(10, 50, 40, 75)]),
    "neighbours": ((0, 30), (20, 32), [shapely.box(5, 20, 10, 36), shapely.box(10, 20, 14, 38)]),
}


@pytest.mark.parametrize("name", TRAPS)
def test_way_is_as_short_as_a_fine_grids(name):
    """The way stays out and is within 0.5 % of the shortest over a fine grid."""
    start, goal, areas = TRAPS[name]
    lon, lat = find_shortest_path(*start, *goal, areas)
    assert (lon[0], lat[0], lon[-1], lat[-1]) == (*start, *goal)
    assert _deepest(lon, lat, shapely.union_all(areas)) == 0
    middle = tuple(np.mean([start, goal], axis=0))
    extent = 0.5 if name == "high" else 0.22
    grid = Grid(middle, areas, extent, 141).shortest(start, goal)
    assert _length(lon, lat) <= grid * 1.0005
    assert _length(lon, lat) >= grid * 0.985


def test_way_round_a_wall_is_known():
    """Round a box it goes by its two near corners."""
    lon, lat = find_shortest_path(0, 0, 10, 0, shapely.box(4, -9, 6, 1))
    truth = _length([0, 4, 6, 10], [0, 1, 1, 0])
    assert truth <= _length(lon, lat) + 1 <= truth * 1.001


def test_way_takes_a_narrow_strait():
    """Between two long walls it goes through the 3 km strait, not round a wall."""
    walls = [shapely.box(4, -20, 6, 0.01), shapely.box(4, 0.04, 6, 20)]
    lon, lat = find_shortest_path(0, 0, 10, 0, walls)
    truth = _length([0, 4, 6, 10], [0, 0.01, 0.01, 0])
    assert _deepest(lon, lat, shapely.union_all(walls)) == 0
    assert truth <= _length(lon, lat) + 1 <= truth * 1.0005


@pytest.mark.parametrize("margin_m", [5_000.0, 100_000.0])
def test_margin_is_kept(margin_m):
    """With a margin the way keeps at least that far away, and not much farther."""
    area = shapely.Polygon([(4, -9), (6, -9), (6, 1), (5, 2), (4, 1)])
    lon, lat = find_shortest_path(0, 0, 10, 0, area, margin_m)
    line = []
    for k in range(len(lon) - 1):
        azimuth, _, length = GEOD.inv(lon[k], lat[k], lon[k + 1], lat[k + 1])
        along = np.linspace(0, length, 300)
        line.append(GEOD.fwd(*(np.full(300, v) for v in (lon[k], lat[k], azimuth)), along)[:2])
    x, y = np.concatenate(line, axis=1)
    border = shapely.get_coordinates(shapely.segmentize(area, 0.02))
    count = len(border)
    apart = [
        np.min(GEOD.inv(np.full(count, a), np.full(count, b), *border.T)[2])
        for a, b in zip(x, y, strict=True)
    ]
    assert margin_m * 0.999 <= min(apart) <= margin_m * 1.1 + 1000


def test_free_way_is_straight():
    """With nothing in between the geodesic itself comes back."""
    lon, lat = find_shortest_path(0, 0, 10, 0, shapely.box(4, 3, 6, 9))
    assert lon.tolist() == [0, 10]
    assert lat.tolist() == [0, 0]
    assert len(find_shortest_path(0, 0, 10, 0, [])[0]) == 2
    assert len(find_shortest_path(0, 0, 10, 0, shapely.Polygon())[0]) == 2


def test_way_across_180():
    """An area cut at 180 degrees is gone round as a whole."""
    area = shapely.union(shapely.box(178, -9, 180, 1), shapely.box(-180, -9, -178, 1))
    lon, lat = find_shortest_path(174, 0, -174, 0, area)
    truth = _length([174, 178, 182, 186], [0, 1, 1, 0])
    assert _deepest(lon, lat, area) == 0
    assert truth <= _length(lon, lat) + 1 <= truth * 1.002


def test_way_near_the_pole():
    """Over a closed pole it goes round the cap, along its edge."""
    cap = shapely.box(-180, 85, 180, 90)
    lon, lat = find_shortest_path(0, 75, 180, 75, cap)
    assert _deepest(lon, lat, cap) == 0
    polar = 111_690.0  # metres per degree of latitude there
    rho, radius = 15 * polar, 5 * polar
    truth = 2 * math.sqrt(rho**2 - radius**2) + radius * (math.pi - 2 * math.acos(radius / rho))
    assert _length(lon, lat) == pytest.approx(truth, rel=0.01)


def test_start_near_a_border_gets_away():
    """A start 30 m outside an area still finds its way."""
    lon, lat = find_shortest_path(3.9997, 0, 10, 0, shapely.box(4, -9, 6, 1))
    assert _deepest(lon, lat, shapely.box(4, -9, 6, 1)) == 0
    assert _length(lon, lat) == pytest.approx(_length([4, 4, 6, 10], [0, 1, 1, 0]), rel=2e-3)


@pytest.mark.parametrize(
    ("start", "margin_m"), [((5.0, 0.0), 0.0), ((4.0, 0.0), 0.0), ((3.5, 0.0), 100_000.0)]
)
def test_start_inside_is_refused(start, margin_m):
    """From inside an area, its border or its margin no way leads out."""
    with pytest.raises(InvalidInputError, match="start of the route"):
        find_shortest_path(*start, 10, 0, shapely.box(4, -9, 6, 1), margin_m)


def test_enclosed_goal_is_refused():
    """A goal in a closed ring cannot be reached, and the error says so."""
    ring = shapely.box(0, 0, 10, 10) - shapely.box(4, 4, 6, 6)
    with pytest.raises(InvalidInputError, match="enclosed"):
        find_shortest_path(20, 5, 5, 5, ring)


def test_bad_input_is_refused():
    """A negative margin, latitude 95 and lines as areas are errors."""
    area = shapely.box(4, -9, 6, 1)
    with pytest.raises(InvalidMeasureError, match="margin"):
        find_shortest_path(0, 0, 10, 0, area, -1.0)
    with pytest.raises(InvalidCoordinateError):
        find_shortest_path(0, 95, 10, 0, area)
    with pytest.raises(InvalidInputError, match="polygon"):
        find_shortest_path(0, 0, 10, 0, shapely.LineString([(0, 0), (1, 1)]))


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.floats(-180, 180), st.floats(-85, 85)),
    st.tuples(st.floats(-180, 180), st.floats(-85, 85)),
    st.tuples(st.floats(-180, 160), st.floats(-85, 65), st.floats(1, 20), st.floats(1, 20)),
)
def test_any_way_stays_out(start, goal, box):
    """Whatever the box, the way stays out of it, or an end lies in it."""
    area = shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[3])
    try:
        lon, lat = find_shortest_path(*start, *goal, area)
    except InvalidInputError:
        assert any(shapely.dwithin(area, shapely.Point(end), 1e-3) for end in (start, goal))
        return
    assert _length(lon, lat) >= GEOD.inv(*start, *goal)[2] - 1e-3
    assert _deepest(lon, lat, area.buffer(-1e-6)) < 1e-3
