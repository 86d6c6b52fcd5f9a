"""Shortest ways round real borders over square grids: a plain, independent measure for tests.

A coarse grid over all places a way of some length can reach finds the side to go by; finer grids
beside the way found and straight pulls along it make it short. Every length is pyproj's, every
line is a geodesic followed closely and compared with the area by shapely. What comes out is a way
one can take, so it is never shorter than the shortest.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pyproj
import shapely
from oracles import GEOD
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

REACH = 5
BORDER_M = 1_000.0
BESIDE = ((8_000.0, 120_000.0), (2_500.0, 25_000.0))  # cell and half width of the finer grids


def follow(start, end, step_m):
    """Follow geodesics (n, 2) to (n, 2), all in the same number of steps; lon, lat (n, k)."""
    azimuth, _, length = (np.asarray(v) for v in GEOD.inv(*start.T, *end.T))
    count = max(2, 1 + math.ceil(length.max() / step_m))
    along = length[:, None] * np.linspace(0, 1, count)
    lon, lat, turn = (np.repeat(v, count) for v in (*start.T, azimuth))
    x, y, _ = GEOD.fwd(lon, lat, turn, along.ravel())
    return np.asarray(x).reshape(along.shape), np.asarray(y).reshape(along.shape)


class Plane:
    """Closed areas in a conformal plane about the middle of a way, and their border's points."""

    def __init__(self, areas, start, goal):
        azimuth, _, length = GEOD.inv(*start, *goal)
        lon, lat, _ = GEOD.fwd(*start, azimuth, length / 2)
        self.project = pyproj.Proj(f"+proj=stere +lat_0={lat} +lon_0={lon} +ellps=WGS84")
        fine = shapely.segmentize(np.array(areas, dtype=object), 0.1)
        laid = shapely.transform(fine, lambda c: self.lay(*c.T))
        self.closed = shapely.union_all(shapely.make_valid(laid))
        shapely.prepare(self.closed)
        border = shapely.segmentize(shapely.boundary(self.closed), BORDER_M)
        self.border = KDTree(shapely.get_coordinates(border))

    def lay(self, lon, lat):
        """Give positions in the plane, metres."""
        return np.column_stack(self.project(lon, lat))

    def lonlat(self, xy):
        """Give longitude and latitude."""
        return np.column_stack(self.project(*xy.T, inverse=True))

    def meets(self, start, end, step_m):
        """Tell which geodesics between lon/lat (n, 2) meet a closed area."""
        if len(start) == 0:
            return np.zeros(0, bool)
        lon, lat = follow(start, end, step_m)
        lines = self.lay(lon.ravel(), lat.ravel()).reshape(*lon.shape, 2)
        return shapely.intersects(self.closed, shapely.linestrings(lines))


def find_way(areas, start, goal, *, bound, cell_m=30_000.0):
    """Find a short way round areas, among all not longer than `bound` times the straight line.

    Gives its length in metres and its vertices, lon/lat (n, 2).
    """
    plane = Plane(areas, start, goal)
    ends = np.array([start, goal], float)
    straight = GEOD.inv(*start, *goal)[2]
    way = _search(plane, _ellipse(plane, ends, bound * straight, cell_m), ends, cell_m)
    assert GEOD.line_length(*way.T) <= bound * straight, "the way may lie beyond the grid"
    for cell, half in BESIDE:
        way = _search(plane, _beside(plane, way, cell, half), ends, cell)
    return GEOD.line_length(*way.T), way


def _lattice(west, south, east, north, cell):
    """Number the columns and rows of a grid."""
    columns = np.arange(math.floor(west / cell), math.ceil(east / cell) + 1)
    rows = np.arange(math.floor(south / cell), math.ceil(north / cell) + 1)
    return np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)


def _ellipse(plane, ends, longest, cell):
    """List the grid's places that lie on some way not longer than `longest`."""
    radius = 2 * 6.4e6 * math.tan(min(longest / 2 / 6.3e6, 2.4) / 2)
    nodes = _lattice(-radius, -radius, radius, radius, cell)
    nodes = nodes[np.hypot(*nodes.T) * cell <= radius]
    lonlat = plane.lonlat(nodes * cell)
    sums = sum(
        np.asarray(GEOD.inv(*lonlat.T, *(np.full(len(nodes), v) for v in end))[2]) for end in ends
    )
    return nodes[sums <= longest]


def _beside(plane, way, cell, half):
    """List the grid's places beside a way."""
    stations = [
        plane.lay(*(v[0] for v in follow(a[None], b[None], cell))) for a, b in pairwise(way)
    ]
    region = shapely.buffer(shapely.LineString(np.concatenate(stations)), half)
    tiles = [_lattice(*part.bounds, cell) for part in _tiles(region, 20 * cell)]
    nodes = np.unique(np.concatenate(tiles), axis=0)
    shapely.prepare(region)
    return nodes[shapely.contains_xy(region, *(nodes * cell).T)]


def _tiles(region, size):
    """Cut a region in tiles that are not empty."""
    corners = _lattice(*region.bounds, size) * size
    boxes = shapely.box(*corners.T, *(corners + size).T)
    shapely.prepare(region)
    return boxes[shapely.intersects(region, boxes)]


def _search(plane, nodes, ends, cell):
    """Find the shortest way over the grid, then pull it straight; lon/lat (n, 2)."""
    nodes = nodes[~shapely.contains_xy(plane.closed, *(nodes * cell).T)]
    xy = np.vstack([nodes * cell, plane.lay(*ends.T)])
    lonlat = np.vstack([plane.lonlat(nodes * cell), ends])
    apart = plane.border.query(xy)[0]
    here, there = _moves(nodes)
    for k in (len(nodes), len(nodes) + 1):
        near = np.nonzero(np.hypot(*(xy[:-2] - xy[k]).T) <= REACH * cell)[0]
        here, there = np.append(here, np.full(len(near), k)), np.append(there, near)
    chord = np.hypot(*(xy[here] - xy[there]).T)
    doubtful = np.nonzero(apart[here] + apart[there] <= chord + 3 * BORDER_M)[0]
    blocked = np.zeros(len(here), bool)
    for rows in np.array_split(doubtful, 1 + len(doubtful) // 200_000):
        blocked[rows] = plane.meets(lonlat[here[rows]], lonlat[there[rows]], 40_000.0)
    way = _shortest(lonlat, here[~blocked], there[~blocked])
    assert len(way), "no way over the grid"
    return _pulled(plane, lonlat[way], apart[way] <= 4 * cell)


def _moves(nodes):
    """Join each place of a grid with those that a move of up to 5 columns and rows leads to."""
    low = nodes.min(axis=0) - REACH
    wide, high = nodes.max(axis=0) - low + REACH + 1
    number = np.full((wide, high), -1)
    number[tuple((nodes - low).T)] = np.arange(len(nodes))
    steps = range(-REACH, REACH + 1)
    moves = [(a, b) for a in steps for b in steps if (a, b) > (0, 0) and math.gcd(a, b) == 1]
    here, there = [], []
    for move in moves:
        other = number[tuple((nodes - low + move).T)]
        here.append(np.nonzero(other >= 0)[0])
        there.append(other[other >= 0])
    return np.concatenate(here), np.concatenate(there)


def _shortest(lonlat, here, there):
    """Find the shortest way from the last but one to the last vertex of a graph; its vertices."""
    length = np.asarray(GEOD.inv(*lonlat[here].T, *lonlat[there].T)[2])
    size = len(lonlat)
    graph = csr_array((np.maximum(length, 1e-6), (here, there)), shape=(size, size))
    before = dijkstra(graph, directed=False, indices=size - 2, return_predecessors=True)[1]
    if before[size - 1] < 0:
        return []
    way = [size - 1]
    while way[-1] != size - 2:
        way.append(before[way[-1]])
    return way[::-1]


def _pulled(plane, way, near):
    """Join by straight lines what sees each other among a way's ends and places near borders."""
    some = np.unique(np.concatenate([[0], np.nonzero(near)[0], [len(way) - 1]]))
    first, second = np.triu_indices(len(some), 1)
    pairs = np.column_stack([some[first], some[second]])
    length = np.asarray(GEOD.inv(*way[pairs[:, 0]].T, *way[pairs[:, 1]].T)[2])
    pairs = pairs[np.argsort(length)]
    clear = [
        rows[~plane.meets(way[rows[:, 0]], way[rows[:, 1]], 20_000.0)]
        for rows in np.array_split(pairs, 1 + len(pairs) // 2_000)
    ]
    steps = np.arange(len(way) - 1)
    links = np.concatenate([*clear, np.column_stack([steps, steps + 1])])
    last = len(way) - 1
    order = np.concatenate([np.arange(1, last), [0, last]])
    place = np.argsort(order)
    links = np.unique(np.sort(place[links], axis=1), axis=0)
    return way[order][_shortest(way[order], *links.T)]
