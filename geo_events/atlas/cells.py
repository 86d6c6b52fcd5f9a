"""Which polygon holds a point, for millions of points: a grid of cells over border lines.

Cells that no line passes have their answer stored. In the others a point looks straight up: the
first border line above it, in its cell or in the next ones above, says which polygon lies just
below that line, and that is the answer. Only the few lines of a cell are looked at, and no
polygon is ever tested whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo_events.atlas.codec import STEPS_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CellIndex", "build_cell_index", "directed_edges", "find_holders"]

_CELL = 2500
"""Cell size in steps of 1e-4 degree: a quarter of a degree."""

_COLUMNS, _ROWS = 360 * STEPS_PER_DEGREE // _CELL, 180 * STEPS_PER_DEGREE // _CELL
_NUDGE = 1e-3
"""Points are looked at 1e-3 step (1 cm) to the east, so that none stands under a vertex."""

_CHUNK = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class CellIndex:
    """Border lines by cell. Made by `build_cell_index`.

    Parameters
    ----------
    holder : ndarray of int32, shape (rows * columns,)
        Number of the polygon that holds a whole cell; -1 none, -2 cut by lines.
    start : ndarray of int64, shape (rows * columns + 1,)
        Where each cell's lines begin in `line`.
    line : ndarray of int32
        Line numbers, cell by cell.
    west, east, y_west, slope : ndarray of float64
        Lines in steps, from west to east; vertical lines are left out.
    below : ndarray of int32
        Number of the polygon just below each line, -1 none.
    """

    holder: NDArray[np.int32]
    start: NDArray[np.int64]
    line: NDArray[np.int32]
    west: NDArray[np.float64]
    east: NDArray[np.float64]
    y_west: NDArray[np.float64]
    slope: NDArray[np.float64]
    below: NDArray[np.int32]


def build_cell_index(polygons: NDArray[np.object_]) -> CellIndex:
    """Sort the border lines of polygons into cells.

    Parameters
    ----------
    polygons : ndarray of shapely polygons, shape (n,)
        EPSG:4326 on the grid of 1e-4 degree; neighbours share their vertices, none overlap.
        They need not cover the Earth.

    Returns
    -------
    CellIndex
        For `find_holders`.

    Examples
    --------
    >>> import numpy as np, shapely
    >>> index = build_cell_index(np.array([shapely.box(0, 0, 2, 2), shapely.box(2, 0, 3, 2)]))
    >>> find_holders(index, np.array([1.0, 2.5, 9.0]), np.array([1.0, 1.0, 1.0])).tolist()
    [0, 1, -1]
    """
    ends, owner = directed_edges(polygons)
    upright = ends[:, 0] == ends[:, 2]
    lines, below = _lines_with_below(ends[~upright], owner[~upright])
    cut = np.zeros(_ROWS * _COLUMNS, dtype=bool)
    cut[_upright_cells(ends[upright])] = True
    number, cell = _cells_of_lines(lines)
    order = np.argsort(cell, kind="stable")
    number, cell = number[order], cell[order]
    cut[cell] = True
    slope = (lines[:, 3] - lines[:, 1]) / (lines[:, 2] - lines[:, 0])
    start = np.searchsorted(cell, np.arange(_ROWS * _COLUMNS + 1))
    west, east, y_west = (np.ascontiguousarray(lines[:, k], dtype=float) for k in (0, 2, 1))
    index = CellIndex(
        np.full(_ROWS * _COLUMNS, -1, dtype=np.int32),
        start, number, west, east, y_west, slope, below,
    )  # fmt: skip
    _sweep_down(index, cell, cut)
    return index


def find_holders(
    index: CellIndex, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Find the polygon that holds each point.

    Parameters
    ----------
    index : CellIndex
        The lines.
    lon, lat : ndarray of float64, shape (n,)
        Degrees, -180 to 180 and -90 to 90.

    Returns
    -------
    ndarray of int32, shape (n,)
        Polygon numbers, -1 for none. A point exactly on a border belongs to the polygon above
        or east of it.
    """
    found = np.empty(len(lon), dtype=np.int32)
    for begin in range(0, len(lon), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        found[part] = _find_chunk(index, lon[part], lat[part])
    return found


def _find_chunk(
    index: CellIndex, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Find the holders of some points: by whole cells, else by looking up cell after cell."""
    x = np.minimum((lon + 180.0) * STEPS_PER_DEGREE + _NUDGE, 360 * STEPS_PER_DEGREE - _NUDGE)
    y = np.minimum((lat + 90.0) * STEPS_PER_DEGREE, 180 * STEPS_PER_DEGREE - _NUDGE)
    cell = (y // _CELL).astype(np.int64) * _COLUMNS + (x // _CELL).astype(np.int64)
    found = index.holder[cell].copy()
    open_ = np.flatnonzero(found == -2)
    cell = cell[open_]
    while len(open_):
        answer = _first_above(index, cell, x[open_], y[open_])
        cell = cell + _COLUMNS
        unseen = answer == -2
        inside = cell < len(index.holder)
        answer[unseen & inside] = index.holder[cell[unseen & inside]]
        answer[unseen & ~inside] = -1
        found[open_] = answer
        still = answer == -2
        open_, cell = open_[still], cell[still]
    return found


def _first_above(
    index: CellIndex,
    cell: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.int32]:
    """Find what lies below the lowest line above each point in a cell; -2 without such a line."""
    count = index.start[cell + 1] - index.start[cell]
    point = np.repeat(np.arange(len(cell)), count)
    offset = np.arange(len(point)) - np.repeat(np.cumsum(count) - count, count)
    line = index.line[index.start[cell][point] + offset]
    at = x[point]
    spans = (index.west[line] <= at) & (at < index.east[line])
    point, line, at = point[spans], line[spans], at[spans]
    height = index.y_west[line] + index.slope[line] * (at - index.west[line])
    row = np.minimum(height // _CELL, _ROWS - 1)
    above = (height > y[point]) & (row == cell[point] // _COLUMNS)  # others: later, in their cell
    point, line, height = point[above], line[above], height[above]
    order = np.lexsort((height, point))
    point, line = point[order], line[order]
    first = np.ones(len(point), dtype=bool)
    first[1:] = point[1:] != point[:-1]
    found = np.full(len(cell), -2, dtype=np.int32)
    found[point[first]] = index.below[line[first]]
    return found


def directed_edges(
    polygons: NDArray[np.object_],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """List all ring edges with the polygon to their left, in steps from the south-west corner."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    parts = shapely.orient_polygons(parts)
    rings, part = shapely.get_rings(parts, return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    steps = np.rint((coords + np.array([180.0, 90.0])) * STEPS_PER_DEGREE).astype(np.int64)
    joined = ring[1:] == ring[:-1]
    ends = np.hstack([steps[:-1], steps[1:]])[joined]
    return ends, owner[part[ring[:-1][joined]]].astype(np.int32)


def _lines_with_below(
    ends: NDArray[np.int64], owner: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Make lines from west to east, each once, with the polygon just below it."""
    westward = ends[:, 0] > ends[:, 2]
    lines = np.where(westward[:, None], ends[:, [2, 3, 0, 1]], ends)
    order = np.lexsort((~westward, *lines.T))
    lines, below = lines[order], np.where(westward, owner, -1).astype(np.int32)[order]
    first = np.ones(len(lines), dtype=bool)
    first[1:] = (lines[1:] != lines[:-1]).any(axis=1)
    return lines[first], below[first]


def _upright_cells(ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """List the cells that vertical edges pass."""
    column = np.minimum(ends[:, 0] // _CELL, _COLUMNS - 1)
    low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    number, row = _spread(low // _CELL, np.minimum(high // _CELL, _ROWS - 1))
    return np.asarray(row * _COLUMNS + column[number])


def _cells_of_lines(lines: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """List (line, cell) for all cells that lines pass."""
    last_column = np.maximum((lines[:, 2] - 1) // _CELL, lines[:, 0] // _CELL)
    line, column = _spread(lines[:, 0] // _CELL, last_column)
    x0, y0, x1, y1 = lines[line].T.astype(float)
    left, right = np.maximum(x0, column * _CELL), np.minimum(x1, (column + 1) * _CELL)
    slope = (y1 - y0) / (x1 - x0)
    at_left, at_right = y0 + slope * (left - x0), y0 + slope * (right - x0)
    low = np.floor(np.minimum(at_left, at_right) / _CELL + 1e-9).astype(np.int64)
    high = np.floor(np.maximum(at_left, at_right) / _CELL + 1e-9).astype(np.int64)
    low, high = np.clip(low, 0, _ROWS - 1), np.clip(high, 0, _ROWS - 1)
    pair, row = _spread(low, high)
    return line[pair].astype(np.int32), np.asarray(row * _COLUMNS + column[pair])


def _spread(
    first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write ranges out: for each k the numbers first[k] to last[k], with k beside them."""
    count = last - first + 1
    number = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    return number, np.asarray(first[number] + offset)


def _sweep_down(index: CellIndex, cell: NDArray[np.int64], cut: NDArray[np.bool_]) -> None:
    """Fill in the holders of whole cells, row by row from the north."""
    middle = (cell % _COLUMNS + 0.5) * _CELL + _NUDGE
    line = index.line
    height = index.y_west[line] + index.slope[line] * (middle - index.west[line])
    spans = (index.west[line] <= middle) & (middle < index.east[line])
    spans &= np.minimum(height // _CELL, _ROWS - 1) == cell // _COLUMNS
    line, cell, height = line[spans], cell[spans], height[spans]
    order = np.lexsort((height, cell))
    line, cell = line[order], cell[order]
    lowest = np.ones(len(cell), dtype=bool)
    lowest[1:] = cell[1:] != cell[:-1]
    under = np.full(_ROWS * _COLUMNS, -2, dtype=np.int32)
    under[cell[lowest]] = index.below[line[lowest]]
    holder = index.holder.reshape(_ROWS, _COLUMNS)
    seen, crossed = under.reshape(_ROWS, _COLUMNS), cut.reshape(_ROWS, _COLUMNS)
    current: NDArray[np.int32] = np.full(_COLUMNS, -1, dtype=np.int32)
    for row in range(_ROWS - 1, -1, -1):
        current = np.where(seen[row] != -2, seen[row], current)
        holder[row] = np.where(crossed[row], -2, current)
