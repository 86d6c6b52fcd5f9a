"""Outlines of obstacles on the sphere: their corners, what is seen past them, shortest ways round.

A shortest way round an obstacle bends at its convex corners only, and touches it there without
cutting it. So few pairs of corners have to be looked at, and a graph of those gives all ways.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.geodesy.ellipsoid import inverse
from geo_events.geodesy.planes import EARTH_M, Stereographic, to_normal

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Outline",
    "PlaneShape",
    "ground_distance",
    "lay_in_plane",
    "make_outline",
    "search_from",
]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Geometry = Any

_EDGE_DEG = 0.5
_CLOSED_M = 1.0
_AT_ONCE = 2_000_000
_TOUCH = 1e-12
_LOWEST = 0.15  # the cosine of 81°: beyond it the gnomonic plane is too wide
_WIDEST_RAD = math.radians(75)
_SMALLER = 2e-8  # of the Earth's radius: 13 cm


@dataclass(frozen=True, slots=True, eq=False)
class PlaneShape:
    """Obstacles in one stereographic plane, united.

    Parameters
    ----------
    plane : Stereographic
        About their middle.
    shape : shapely geometry
        In the plane.
    scale : float
        Most that the plane stretches any of them.
    """

    plane: Stereographic
    shape: Geometry
    scale: float

    def grown(self, by_m: float) -> PlaneShape:
        """Grow by at least a distance on the ground (shrink by at most it, if negative)."""
        plain = by_m * self.scale if by_m > 0 else by_m
        grown = shapely.buffer(self.shape, plain, quad_segs=8)
        return PlaneShape(self.plane, grown, self.scale)

    def simplified(self, by_m: float) -> PlaneShape:
        """Leave out vertices; the outline moves by at most a distance on the ground."""
        return PlaneShape(self.plane, shapely.simplify(self.shape, by_m), self.scale)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Corners and edges of obstacles as unit vectors.

    Parameters
    ----------
    lon, lat : ndarray, shape (v,)
        Convex corners, degrees.
    corner, before, after : ndarray, shape (v, 3)
        Each corner and its neighbours along the outline.
    start, end : ndarray, shape (e, 3)
        All edges.
    frame : ndarray, shape (3, 3)
        East, north and up at the middle of the obstacles.
    solid : shapely geometry or None
        The obstacles, smaller by centimetres, in the gnomonic plane of the frame, where lines of
        sight are straight; None where they reach over more than 75° from the middle.
    """

    lon: Floats
    lat: Floats
    corner: Floats
    before: Floats
    after: Floats
    start: Floats
    end: Floats
    frame: Floats
    solid: Geometry | None

    def take(self, corners: Ints) -> Outline:
        """Keep some corners, and all edges."""
        return replace(
            self,
            lon=self.lon[corners],
            lat=self.lat[corners],
            corner=self.corner[corners],
            before=self.before[corners],
            after=self.after[corners],
        )

    def touches(self, points: Floats, corners: Ints | slice) -> Bools:
        """Tell which lines from points (n, 3) only touch the outline at corners; (n, v)."""
        corner, before, after = (side[corners] for side in (self.corner, self.before, self.after))
        left = points @ np.cross(corner, before).T
        right = points @ np.cross(corner, after).T
        return np.asarray(
            ((left >= -_TOUCH) & (right >= -_TOUCH)) | ((left <= _TOUCH) & (right <= _TOUCH))
        )

    def sees(self, points: Floats, others: Floats) -> Bools:
        """Tell which arcs between two rows of unit vectors (n, 3) cross no obstacle."""
        near: Bools = np.zeros(len(points), bool)
        seen: Bools = np.ones(len(points), bool)
        if self.solid is not None:
            ends = np.stack([points, others], axis=1) @ self.frame.T
            near = np.asarray(ends[:, 0, 2] > _LOWEST) & np.asarray(ends[:, 1, 2] > _LOWEST)
            flat = ends[near]
            lines = shapely.linestrings(flat[..., :2] / flat[..., 2:])
            seen[near] = np.logical_not(shapely.intersects(self.solid, lines))
        far = np.nonzero(~near)[0]
        step = max(1, _AT_ONCE // max(1, len(self.start)))
        for k in range(0, len(far), step):
            rows = far[k : k + step]
            seen[rows[self._cut(points[rows], others[rows])]] = False
        return seen

    def _cut(self, points: Floats, others: Floats) -> Ints:
        """Find which of some arcs cross an edge, by signs in space; each maybe several times."""
        across, across_edge = np.cross(points, others), np.cross(self.start, self.end)
        one, two = across @ self.start.T, across @ self.end.T
        cut = (one < -_TOUCH) & (two > _TOUCH) | (one > _TOUCH) & (two < -_TOUCH)
        arc, edge = np.nonzero(cut)
        side = np.where(one[arc, edge] < 0, 1.0, -1.0)
        three = side * (across_edge[edge] * points[arc]).sum(axis=1)
        four = side * (across_edge[edge] * others[arc]).sum(axis=1)
        return np.asarray(arc[(three > _TOUCH) & (four < -_TOUCH)])


def lay_in_plane(polygons: Sequence[Geometry]) -> PlaneShape:
    """Lay lon/lat polygons in one plane, joined across ±180° and at poles.

    Parameters
    ----------
    polygons : sequence of shapely Polygon or MultiPolygon
        EPSG:4326; at least one not empty.

    Returns
    -------
    PlaneShape
        Their union, grown by a metre to close the cuts.

    Examples
    --------
    >>> lay_in_plane([shapely.box(0, 0, 1, 1)]).shape.geom_type
    'Polygon'
    """
    whole = [shapely.segmentize(polygon, _EDGE_DEG) for polygon in polygons]
    xy = shapely.get_coordinates(whole)
    normals = to_normal(xy[:, 0], xy[:, 1])
    plane = Stereographic.centred(normals.mean(axis=0) + np.array([0.0, 0.0, 1e-9]))
    farthest = math.acos(max(-0.9999, float((normals @ plane.frame[2]).min())))
    scale = 1 / math.cos(farthest / 2) ** 2
    parts = shapely.get_parts(whole)
    flat = shapely.transform(parts, lambda c: plane.forward(c[:, 0], c[:, 1]))
    shape = shapely.union_all(shapely.buffer(shapely.make_valid(flat), _CLOSED_M, quad_segs=1))
    return PlaneShape(plane, shape, scale)


def make_outline(shape: PlaneShape) -> Outline:
    """List corners and edges of obstacles.

    Parameters
    ----------
    shape : PlaneShape
        Simplified as far as wanted: the work grows with the square of the corners.

    Returns
    -------
    Outline
        Empty arrays for an empty shape.

    Examples
    --------
    >>> len(make_outline(lay_in_plane([shapely.box(0, 0, 1, 1)]).simplified(100.0)).lon)
    4
    """
    solid = [p for p in shapely.get_parts(shape.shape) if p.geom_type == "Polygon" and p.area > 0]
    rows: list[list[Floats]] = []
    oriented = shapely.orient_polygons(np.array(solid, dtype=object))
    for ring in shapely.get_rings(oriented):
        lon, lat = shape.plane.inverse(np.asarray(ring.coords)[:-1])
        corner = to_normal(lon, lat)
        before, after = np.roll(corner, 1, axis=0), np.roll(corner, -1, axis=0)
        rows.append([lon, lat, corner, before, after])
    if not rows:
        none, rows_of_3 = np.empty(0), np.empty((0, 3))
        rows = [[none, none, rows_of_3, rows_of_3, rows_of_3]]
    lon, lat, corner, before, after = (np.concatenate(c) for c in zip(*rows, strict=True))
    convex = (np.cross(before, corner) * after).sum(axis=1) > 0
    return Outline(
        lon=lon[convex],
        lat=lat[convex],
        corner=corner[convex],
        before=before[convex],
        after=after[convex],
        start=corner,
        end=after,
        frame=shape.plane.frame,
        solid=_gnomonic_solid(shape, solid) if solid else None,
    )


def _gnomonic_solid(shape: PlaneShape, solid: list[Geometry]) -> Geometry | None:
    """Lay obstacles in the gnomonic plane, a little smaller so that what touches is clear."""

    def lay(xy: Floats) -> Floats:
        local = to_normal(*shape.plane.inverse(xy)) @ shape.plane.frame.T
        return np.asarray(local[:, :2] / local[:, 2:])

    farthest = shapely.get_coordinates(solid)
    if np.hypot(*(farthest / (2 * EARTH_M)).T).max() > math.tan(_WIDEST_RAD / 2):
        return None
    laid = shapely.buffer(shapely.make_valid(shapely.transform(solid, lay)), -_SMALLER)
    whole = shapely.union_all(laid)
    shapely.prepare(whole)
    return whole


def search_from(outline: Outline, lon: float, lat: float) -> tuple[Floats, Ints]:
    """Find the shortest ways from a point round obstacles to all their corners.

    Parameters
    ----------
    outline : Outline
        The obstacles.
    lon, lat : float
        The point, degrees, outside them.

    Returns
    -------
    length_m : ndarray, shape (v,)
        To each corner; infinite where no way leads.
    previous : ndarray of int, shape (v,)
        The corner before it on the way; -1 for the point itself, or where no way leads.

    Notes
    -----
    Lengths are geodesic; what is seen is judged on the sphere, which is off by at most 66 m
    times the square of the line's length in thousands of kilometres.

    Examples
    --------
    >>> outline = make_outline(lay_in_plane([shapely.box(0, 0, 1, 1)]).simplified(100.0))
    >>> search_from(outline, -1.0, 0.5)[1].tolist().count(-1)
    2
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 (slow to load; most lines need no way round)
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415 (the same)

    count = len(outline.lon)
    point = to_normal([lon], [lat])
    first = np.nonzero(outline.touches(point, slice(None))[0])[0]
    first = first[outline.sees(np.repeat(point, len(first), axis=0), outline.corner[first])]
    here, there = _corner_pairs(outline)
    rows = np.concatenate([np.full(len(first), count), here, there])
    columns = np.concatenate([first, there, here])
    length = inverse(
        np.append(outline.lon, lon)[rows],
        np.append(outline.lat, lat)[rows],
        outline.lon[columns],
        outline.lat[columns],
    )[2]
    graph = csr_array((np.maximum(length, 1e-3), (rows, columns)), shape=(count + 1, count + 1))
    found: Any = dijkstra(graph, indices=count, return_predecessors=True)  # type: ignore[call-overload]  # the stubs know dense graphs only
    reached, previous = found
    before = previous[:count].astype(np.int64)
    before[(before < 0) | (before == count)] = -1
    return np.asarray(reached[:count]), before


@lru_cache(maxsize=32)
def _corner_pairs(outline: Outline) -> tuple[Ints, Ints]:
    """List pairs of corners that see each other along a line that touches both outlines."""
    count = len(outline.lon)
    step = max(1, _AT_ONCE // max(1, count))
    pairs: list[tuple[Ints, Ints]] = []
    for k in range(0, count, step):
        rows = np.arange(k, min(count, k + step))
        there = outline.touches(outline.corner[rows], slice(None))
        back = outline.touches(outline.corner, rows).T
        later = np.arange(count)[None, :] > rows[:, None]
        near = outline.corner[rows] @ outline.corner.T > -0.999
        here, other = np.nonzero(there & back & later & near)
        pairs.append((rows[here], other))
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    couples = np.concatenate([np.column_stack(pair) for pair in pairs])
    seen = outline.sees(outline.corner[couples[:, 0]], outline.corner[couples[:, 1]])
    return couples[seen, 0], couples[seen, 1]


def ground_distance(shape: PlaneShape, lon: float, lat: float) -> float:
    """Measure, roughly and never too much, how far a point is from obstacles.

    Parameters
    ----------
    shape : PlaneShape
        The obstacles.
    lon, lat : float
        Degrees.

    Returns
    -------
    float
        Metres; 0 inside.

    Examples
    --------
    >>> ground_distance(lay_in_plane([shapely.box(0, 0, 1, 1)]), 0.5, 0.5)
    0.0
    """
    xy = shape.plane.forward([lon], [lat])[0]
    if not np.isfinite(xy).all():
        return EARTH_M
    square = float((xy * xy).sum()) / (2 * EARTH_M) ** 2
    apart = float(shapely.distance(shape.shape, shapely.Point(xy)))
    return apart / max(1 + square, shape.scale)
