"""The crossing kernel in numpy: where many geodesics cross the borders of an edge index.

Each track is cut into pieces of at most 100 km. The grid gives candidate edges, two half-open
sign tests decide, two Newton steps put the crossing on the true geodesic and the true edge.
`kernel_numba` does the same in compiled loops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.grid import REACH, find_crossed, make_anchors, spread_ranges
from geo_events.geodesy.stepper import (
    GeodesicLines,
    measure_along,
    step_along,
    step_with_slope,
)

if TYPE_CHECKING:
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["BorderCrossings", "cross_borders", "cross_from_anchors"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SLACK = 1e-6
_FLAT = 1e-6
_NEWTON_STEPS = 2
_STRIDE = 0.02  # radians; a grazing edge must not throw a step far away
_MARGIN = 4e-7  # single precision cannot tell sides within 2.5 m


class BorderCrossings(NamedTuple):
    """Crossings of borders, sorted by track and place.

    Attributes
    ----------
    track : ndarray of int64
        Number of the line.
    place : ndarray
        Sorting key along all tracks: number of the piece and share of its chord.
    along_m : ndarray
        Metres from the start of the track.
    edge : ndarray of int64
        The edge crossed.
    to_left : ndarray of bool
        Whether the track goes to the left side of the edge.
    """

    track: Ints
    place: Floats
    along_m: Floats
    edge: Ints
    to_left: npt.NDArray[np.bool_]


def cross_borders(index: EdgeIndex, lines: GeodesicLines) -> BorderCrossings:
    """Find all crossings of lines with the borders of an index.

    Parameters
    ----------
    index : EdgeIndex
    lines : GeodesicLines
        n lines; a few thousand at a time are fastest, as the arrays then stay in the cache.

    Returns
    -------
    BorderCrossings
    """
    arc = lines.end - lines.begin
    pieces = lines.pieces
    owner = np.repeat(np.arange(len(pieces)), pieces + 1)
    first = np.cumsum(pieces + 1) - (pieces + 1)
    step = np.arange(len(owner)) - first[owner]
    width = arc / pieces
    sigma = lines.begin[owner] + step * width[owner]
    points = step_along(lines.take(owner), sigma)
    begins = np.nonzero(step < pieces[owner])[0]
    a, b = points[:, begins], points[:, begins + 1]
    piece, item = _list_candidates(index, a, b)
    piece, edge, to_left, share = _test(index, a, b, piece, index.grid.items[item])
    place = piece + share
    order = np.argsort(place, kind="stable")
    piece, edge, to_left, share = piece[order], edge[order], to_left[order], share[order]
    place = place[order]
    fresh = _first_mentions(place, edge)
    piece, edge, to_left, share = piece[fresh], edge[fresh], to_left[fresh], share[fresh]
    at = begins[piece]
    track = owner[at]
    along_m = _refine(index.edges[edge], lines.take(track), sigma[at] + share * width[track])
    return BorderCrossings(track, place[fresh], along_m, edge, to_left)


def cross_from_anchors(index: EdgeIndex, starts: Floats) -> tuple[Ints, BorderCrossings]:
    """Find the grid cell of each start and the borders between its anchor and the start.

    Parameters
    ----------
    index : EdgeIndex
    starts : ndarray, shape (3, n)
        Vectors from the Earth's centre.

    Returns
    -------
    cell : ndarray of int, shape (n,)
        Cells as `cell_units` numbers them.
    crossings : BorderCrossings
        Borders from anchor to start, in that order; `along_m` is 0.
    """
    size = index.grid.size
    axis, face, first, second = _project(starts, starts)
    column = _to_cells(starts, axis, first, size).astype(np.int64)
    row = _to_cells(starts, axis, second, size).astype(np.int64)
    by_rows = (2 * face * size + row) * size + column
    start = index.grid.start
    track, item = spread_ranges(
        start[by_rows].astype(np.int64), start[by_rows + 1].astype(np.int64)
    )
    cell = by_rows - face * size * size
    edge = index.grid.items[item].astype(np.int64)
    anchors = make_anchors(cell[track], size)
    met, to_left, share = find_crossed(anchors, starts[:, track].T, index.edges[edge])
    place = track[met].astype(np.float64) + np.clip(share, 0.0, 1 - 1e-9)
    order = np.argsort(place, kind="stable")
    met, to_left = met[order], to_left[order]
    return cell, BorderCrossings(track[met], place[order], np.zeros(len(met)), edge[met], to_left)


def _project(a: Floats, b: Floats) -> tuple[Ints, Ints, Ints, Ints]:
    """Choose the cube face of the middle between two points: axis, face, and the other axes."""
    middle = a + b
    axis = np.argmax(np.abs(middle), axis=0)
    below = np.take_along_axis(middle, axis[None], axis=0)[0] < 0
    return axis, 2 * axis + below, (axis + 1) % 3, (axis + 2) % 3


def _to_cells(points: Floats, axis: Ints, other: Ints, size: int) -> Floats:
    """Gnomonic coordinate of points on the face of an axis, in cells."""
    flat, at = points.ravel(), np.arange(points.shape[1])
    count = points.shape[1]
    ratio = flat[other * count + at] / flat[axis * count + at]
    cells: Floats = np.clip((ratio + REACH) * (size / (2 * REACH)), 0, size - 1e-9)
    return cells


def _list_candidates(index: EdgeIndex, a: Floats, b: Floats) -> tuple[Ints, Ints]:
    """List the items of all cells that each piece runs through."""
    size, start = index.grid.size, index.grid.start
    axis, face, first, second = _project(a, b)
    u0, u1 = _to_cells(a, axis, first, size), _to_cells(b, axis, first, size)
    v0, v1 = _to_cells(a, axis, second, size), _to_cells(b, axis, second, size)
    by_columns = np.abs(v1 - v0) > np.abs(u1 - u0)
    # "over" runs across few rows, "along" along each of them
    over0, over1 = np.where(by_columns, u0, v0), np.where(by_columns, u1, v1)
    along0, along1 = np.where(by_columns, v0, u0), np.where(by_columns, v1, u1)
    turned = over0 > over1
    over0, over1 = np.where(turned, over1, over0), np.where(turned, over0, over1)
    along0, along1 = np.where(turned, along1, along0), np.where(turned, along0, along1)
    base = (2 * face + by_columns) * size
    piece, row = spread_ranges(
        (over0 - _SLACK).astype(np.int64), (over1 + _SLACK).astype(np.int64) + 1
    )
    row = np.minimum(row, size - 1)
    rise = over1 - over0
    flat = rise < _FLAT
    slope = np.where(flat, 0.0, (along1 - along0) / np.where(flat, 1.0, rise))
    p_over, p_along, p_slope = over0[piece], along0[piece], slope[piece]
    enter = p_along + p_slope * np.maximum(row - p_over, 0.0)
    leave = p_along + p_slope * (np.minimum(row + 1.0, over1[piece]) - p_over)
    leave = np.where(flat[piece], along1[piece], leave)
    line = (base[piece] + row) * size
    low = np.maximum(np.minimum(enter, leave) - _SLACK, 0).astype(np.int64)
    high = np.minimum(np.maximum(enter, leave) + _SLACK, size - 1).astype(np.int64)
    first_item, last_item = start[line + low], start[line + high + 1]
    some = np.nonzero(last_item > first_item)[0]
    strip, item = spread_ranges(first_item[some].astype(np.int64), last_item[some].astype(np.int64))
    return piece[some[strip]], item


def _test(
    index: EdgeIndex, a: Floats, b: Floats, piece: Ints, edge: npt.NDArray[np.int32]
) -> tuple[Ints, Ints, npt.NDArray[np.bool_], Floats]:
    """Test candidates: first roughly, against the plane of each piece, then exactly."""
    normal = np.stack(
        [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
    )
    rough = (normal / np.sqrt((normal * normal).sum(axis=0) + 1e-300)).astype(np.float32)
    ends = index.ends.take(edge, axis=0)
    nx, ny, nz = rough[0][piece], rough[1][piece], rough[2][piece]
    one = nx * ends[:, 0] + ny * ends[:, 1] + nz * ends[:, 2]
    two = nx * ends[:, 3] + ny * ends[:, 4] + nz * ends[:, 5]
    near = np.nonzero((np.minimum(one, two) <= _MARGIN) & (np.maximum(one, two) >= -_MARGIN))[0]
    piece, edge = piece[near], edge[near]
    rows = index.edges.take(edge, axis=0)
    nx, ny, nz = normal[0][piece], normal[1][piece], normal[2][piece]
    before = nx * rows[:, 0] + ny * rows[:, 1] + nz * rows[:, 2] >= 0
    after = nx * rows[:, 3] + ny * rows[:, 4] + nz * rows[:, 5] >= 0
    met = np.nonzero(before != after)[0]
    piece, crossed, plane = piece[met], edge[met].astype(np.int64), rows[met, 6:9].T
    pa, pb = a[:, piece], b[:, piece]
    side0 = plane[0] * pa[0] + plane[1] * pa[1] + plane[2] * pa[2]
    side1 = plane[0] * pb[0] + plane[1] * pb[1] + plane[2] * pb[2]
    met = np.nonzero((side0 >= 0) != (side1 >= 0))[0]
    side0, side1 = side0[met], side1[met]
    share = np.minimum(side0 / (side0 - side1), 1 - 1e-12)
    return piece[met], crossed[met], side1 >= 0, share


def _first_mentions(place: Floats, edge: Ints) -> npt.NDArray[np.bool_]:
    """Keep one of the mentions of a crossing that several cells brought up.

    Mentions of one crossing have the very same place; at a vertex two edges may share a place,
    so that the mentions of both are mixed.
    """
    fresh = np.ones(len(place), bool)
    back = 1
    while back < len(place):
        same = place[back:] == place[:-back]
        if not same.any():
            break
        fresh[back:] &= ~(same & (edge[back:] == edge[:-back]))
        back += 1
    return fresh


def _refine(edges: Floats, lines: GeodesicLines, sigma: Floats) -> Floats:
    """Put crossings on the true geodesic and the true edge; metres from the start."""
    for _ in range(_NEWTON_STEPS):
        sigma = sigma - _newton_step(edges, lines, sigma)
    sigma = np.clip(sigma, lines.begin, lines.end)
    return np.clip(measure_along(lines, sigma), 0.0, lines.length_m)


def _newton_step(edges: Floats, lines: GeodesicLines, sigma: Floats) -> Floats:
    """How far sigma is from where the line meets the edge, which is a parabola over its plane."""
    x, ahead = step_with_slope(lines, sigma)
    p, along, normal = edges[:, 0:3].T, (edges[:, 3:6] - edges[:, 0:3]).T, edges[:, 6:9].T
    bulge = 4 * edges[:, 9]
    length2 = (along * along).sum(axis=0)
    share = np.clip((along * (x - p)).sum(axis=0) / length2, 0, 1)
    height = (normal * x).sum(axis=0) - bulge * share * (1 - share)
    slope = (normal * ahead).sum(axis=0)
    slope -= bulge * (1 - 2 * share) * (along * ahead).sum(axis=0) / length2
    stride = np.where(slope == 0, 0.0, height / np.where(slope == 0, 1.0, slope))
    return np.clip(stride, -_STRIDE, _STRIDE)
