"""The grid that finds border edges near a track: six gnomonic faces of a cube round the Earth.

A plane through the Earth's centre is a straight line on every face, so there is no pole and no
±180° here. Each face reaches a little beyond its cube edge (`REACH`), so that a short piece of
a track lies on one face. Every face is laid out twice, by rows and by columns: a piece walks
along its longer direction, and all cells of one row that it touches are one slice of `items`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "REACH",
    "FacePath",
    "Grid",
    "find_crossed",
    "make_anchors",
    "make_grid",
    "spread_ranges",
    "walk_face",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

REACH = 1.1
_SLACK = 1e-6  # cells: rounding must not put an edge into one cell and the track into the next
_ANCHOR = (0.48713, 0.52339)  # in its cell; off the middle, as meridians and the equator meet it
_LOWEST = 0.3


class Grid(NamedTuple):
    """Which edges touch which cell.

    Attributes
    ----------
    size : int
        Cells along one side of a face.
    start : ndarray of int32, shape (12 * size**2 + 1,)
        Where the items of each cell begin. Cell number: ((2 * face + layout) * size + row) *
        size + column; in layout 0 rows run along the first coordinate, in layout 1 along the
        second.
    items : ndarray of int32
        Edge numbers.
    """

    size: int
    start: npt.NDArray[np.int32]
    items: npt.NDArray[np.int32]


def spread_ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """List all whole numbers of many ranges.

    Parameters
    ----------
    first, last : ndarray of int, shape (n,)
        Ranges, `last` excluded; empty ones are allowed.

    Returns
    -------
    owner : ndarray, shape (m,)
        The range each number belongs to.
    number : ndarray, shape (m,)
    """
    count = np.maximum(last - first, 0)
    owner = np.repeat(np.arange(len(count)), count)
    ends = np.cumsum(count)
    number = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - count), count)
    return owner, number


def find_crossed(start: Floats, end: Floats, edges: Floats) -> tuple[Ints, Bools, Floats]:
    """Find which great-circle pieces cross which edges, pair by pair.

    Both tests are half-open (zero counts as positive), so that a piece through a vertex
    crosses an odd or even number of its edges just as it changes side or not.

    Parameters
    ----------
    start, end : ndarray, shape (n, 3)
        Ends of the pieces, directions from the Earth's centre.
    edges : ndarray, shape (n, 10)
        Rows of `EdgeIndex.edges`.

    Returns
    -------
    pair : ndarray of int, shape (m,)
        Pairs that cross.
    to_left : ndarray of bool, shape (m,)
        Whether the piece goes to the left side of the edge.
    share : ndarray, shape (m,)
        Where on the straight chord of the piece, 0 to 1.
    """
    a, b = start.T, end.T
    nx = a[1] * b[2] - a[2] * b[1]
    ny = a[2] * b[0] - a[0] * b[2]
    nz = a[0] * b[1] - a[1] * b[0]
    e = edges.T
    before = nx * e[0] + ny * e[1] + nz * e[2] >= 0
    after = nx * e[3] + ny * e[4] + nz * e[5] >= 0
    pair = np.nonzero(before != after)[0]
    a, b, e = a[:, pair], b[:, pair], e[:, pair]
    side0 = e[6] * a[0] + e[7] * a[1] + e[8] * a[2]
    side1 = e[6] * b[0] + e[7] * b[1] + e[8] * b[2]
    met = np.nonzero((side0 >= 0) != (side1 >= 0))[0]
    side0, side1 = side0[met], side1[met]
    return pair[met], side1 >= 0, side0 / (side0 - side1)


def make_grid(edges: Floats, size: int) -> Grid:
    """Register every edge in all cells its bounding box touches, on all faces, in both layouts.

    Parameters
    ----------
    edges : ndarray, shape (n, 10)
        Rows of `EdgeIndex.edges`.
    size : int
        Cells along one side of a face.
    """
    cells, numbers = [], []
    for face in range(6):
        axis, sign = face >> 1, 1 - 2 * (face & 1)
        heights = np.minimum(sign * edges[:, axis], sign * edges[:, 3 + axis])
        near = np.nonzero(heights > _LOWEST)[0]
        low, high = _cell_boxes(edges[near], axis, size)
        inside = ((high >= 0) & (low < size)).all(axis=0)
        near, low, high = near[inside], low[:, inside], high[:, inside]
        low, high = np.maximum(low, 0), np.minimum(high, size - 1)
        owner, row = spread_ranges(low[1], high[1] + 1)
        again, column = spread_ranges(low[0][owner], high[0][owner] + 1)
        owner, row = owner[again], row[again]
        cells += [
            ((2 * face) * size + row) * size + column,
            ((2 * face + 1) * size + column) * size + row,
        ]
        numbers += [near[owner]] * 2
    cell = np.concatenate(cells)
    order = np.argsort(cell, kind="stable")
    start = np.zeros(12 * size * size + 1, np.int32)
    np.cumsum(np.bincount(cell, minlength=12 * size * size), out=start[1:])
    return Grid(size, start, np.concatenate(numbers)[order].astype(np.int32))


def _cell_boxes(edges: Floats, axis: int, size: int) -> tuple[Ints, Ints]:
    """Bounding boxes of edges in cells of one face: shape (2, n), both ends included."""
    scale = size / (2 * REACH)
    first, second = (axis + 1) % 3, (axis + 2) % 3
    p = np.stack([edges[:, first], edges[:, second]]) / edges[:, axis]
    q = np.stack([edges[:, 3 + first], edges[:, 3 + second]]) / edges[:, 3 + axis]
    low = (np.minimum(p, q) + REACH) * scale
    high = (np.maximum(p, q) + REACH) * scale
    return np.floor(low - _SLACK).astype(np.int64), np.floor(high + _SLACK).astype(np.int64)


def make_anchors(cell: Ints, size: int) -> Floats:
    """Directions of the anchors of cells of layout 0 (numbered face, row, column), unscaled."""
    face, place = np.divmod(cell, size * size)
    row, column = np.divmod(place, size)
    step = 2 * REACH / size
    axis, sign = face >> 1, 1.0 - 2 * (face & 1)
    out = np.empty((len(cell), 3))
    which = np.arange(len(cell))
    out[which, axis] = sign
    out[which, (axis + 1) % 3] = sign * ((column + _ANCHOR[0]) * step - REACH)
    out[which, (axis + 2) % 3] = sign * ((row + _ANCHOR[1]) * step - REACH)
    return out


class FacePath(NamedTuple):
    """A walk over all cells of a face, row by row there and back, and the borders on its way."""

    cells: Ints
    position: Ints
    entered: npt.NDArray[np.int32]
    left_behind: npt.NDArray[np.int32]


def walk_face(face: int, grid: Grid, edges: Floats, sides: npt.NDArray[np.int32]) -> FacePath:
    """Walk over the anchors of one face and list the borders crossed, in order.

    Parameters
    ----------
    face : int
    grid : Grid
    edges : ndarray, shape (n, 10)
    sides : ndarray of int32, shape (n, 2)
        The unit on the left and on the right of each edge.

    Returns
    -------
    NamedTuple
        `cells` in the order of the walk; for each border crossed: `position` in `cells` of the
        first cell after it, the unit `entered` and the unit `left_behind`.
    """
    size = grid.size
    rows = np.arange(size * size).reshape(size, size)
    rows[1::2] = rows[1::2, ::-1]
    cells = rows.ravel() + face * size * size
    by_rows = cells + face * size * size  # the number of the same cell in Grid.start
    count = grid.start[by_rows + 1] - grid.start[by_rows]
    step = np.nonzero((count[:-1] > 0) | (count[1:] > 0))[0]
    touched = np.concatenate([by_rows[step], by_rows[step + 1]])
    owner, place = spread_ranges(
        grid.start[touched].astype(np.int64), grid.start[touched + 1].astype(np.int64)
    )
    walk, edge = step[owner % max(len(step), 1)], grid.items[place].astype(np.int64)
    met, to_left, share = find_crossed(
        make_anchors(cells[walk], size), make_anchors(cells[walk + 1], size), edges[edge]
    )
    _, once = np.unique(walk[met] * len(edges) + edge[met], return_index=True)  # two cells each
    once = once[np.lexsort((share[once], walk[met[once]]))]
    met, to_left = met[once], to_left[once]
    side = sides[edge[met]]
    entered = np.where(to_left, side[:, 0], side[:, 1])
    return FacePath(cells, walk[met] + 1, entered, np.where(to_left, side[:, 1], side[:, 0]))
