"""The edge index: border edges, the unit on each side, and the grid that finds them.

A border is stored once, with the unit on its left and the unit on its right, so that one
crossing tells what is left and what is entered. The index holds plain arrays, can be written to
one file and opened by memory map.
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import DataCorruptError, DataMissingError, GeoEventsError, InvalidInputError
from geo_events.geodesy.borders import Borders, find_borders, split_borders
from geo_events.geodesy.edge_index import (
    OUTSIDE,
    EdgeIndex,
    open_edge_index,
    save_edge_index,
)
from geo_events.geodesy.ellipsoid import from_ecef
from geo_events.geodesy.grid import Grid, make_anchors, make_grid, spread_ranges, walk_face

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from geo_events.geodesy.grid import FacePath

__all__ = [
    "OUTSIDE",
    "EdgeIndex",
    "build_edge_index",
    "load_edge_index",
    "open_edge_index",
    "save_edge_index",
]

Ints32 = npt.NDArray[np.int32]
Polygons = npt.NDArray[np.object_]

_KEY_LETTERS = frozenset(string.ascii_letters + string.digits + "-_.")
_SIZES = (64, 128, 256, 384)
_EDGES_PER_SIZE = 500  # a finer grid pays only where there are edges enough


def build_edge_index(
    polygons: Polygons,
    *,
    grid: int | None = None,
    edges: Literal["straight", "geodesic"] = "straight",
) -> EdgeIndex:
    """Build the index of many areas.

    Borders along ±180° and at the poles that only cut one unit in two vanish. A border shared
    by two units must have the same vertices on both sides to be recognised as one; where it has
    not, both are kept, and the index is no partition.

    Parameters
    ----------
    polygons : ndarray of shapely Polygon or MultiPolygon, shape (n,)
        Within [-180, 180] and [-90, 90], lon/lat degrees; unit k is the k-th. They may overlap.
        Empty ones are allowed.
    grid : int, optional
        Cells along one side of a cube face; chosen by the number of edges if not given.
    edges : {"straight", "geodesic"}
        What an edge means between two vertices: the lon/lat-straight line (as drawn on a plain
        map, the meaning of GeoJSON), or the geodesic.

    Returns
    -------
    EdgeIndex

    Raises
    ------
    InvalidInputError
        A geometry is no polygon, or a coordinate is not finite or out of range.

    Notes
    -----
    Edges are split until the plane through the Earth's centre is within 0.25 m of them; what
    remains is kept as the height of a parabola, so that crossings are found on the true edge.

    Examples
    --------
    >>> index = build_edge_index(np.array([shapely.box(0, 0, 10, 10)]))
    >>> index.n_units, index.is_partition
    (1, False)
    """
    polygons = np.asarray(polygons, dtype=object)
    _validate_polygons(polygons)
    borders = find_borders(polygons)
    rows, sides = split_borders(borders, geodesic=edges == "geodesic")
    size = grid or next((s for s in _SIZES if len(rows) < _EDGES_PER_SIZE * s), _SIZES[-1])
    cells = make_grid(rows, size)
    starts, units = _find_cell_units(polygons, borders, rows, sides, cells)
    return EdgeIndex(
        n_units=len(polygons),
        is_partition=borders.is_partition,
        edges=rows,
        sides=sides,
        ends=rows[:, :6].astype(np.float32),
        grid=cells,
        cell_start=starts,
        cell_units=units,
    )


def load_edge_index(
    polygons_loader: Callable[[], Polygons],
    key: str,
    folder: str | os.PathLike[str] | None,
    *,
    grid: int | None = None,
) -> EdgeIndex:
    """Open an index from a cache folder, or build it and put it there.

    A damaged file is built anew. Where the folder is None or cannot be written, the index stays
    in memory. Several processes may do this at once.

    Parameters
    ----------
    polygons_loader : callable
        Called without arguments, and only if the index must be built; gives the polygons.
    key : str
        Stands for the polygons (a checksum, a version); part of the file name, so letters,
        digits, `-`, `_` and `.` only.
    folder : path-like or None
        The cache folder; made if it is missing.
    grid : int, optional
        As for `build_edge_index`.

    Returns
    -------
    EdgeIndex

    Raises
    ------
    InvalidInputError
        The key cannot be part of a file name.

    Examples
    --------
    >>> index = load_edge_index(lambda: np.array([shapely.box(0, 0, 1, 1)]), "one", None)
    >>> index.n_units
    1
    """
    if not key or not set(key) <= _KEY_LETTERS or key.startswith("."):
        raise InvalidInputError(f"key must be letters, digits, '-', '_' and '.', got {key!r}")
    if folder is None:
        return build_edge_index(polygons_loader(), grid=grid)
    path = Path(folder) / f"{key}.edges"
    try:
        return open_edge_index(path)
    except (DataMissingError, DataCorruptError, OSError):
        index = build_edge_index(polygons_loader(), grid=grid)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_edge_index(index, path)
    except (OSError, GeoEventsError):
        return index  # the folder cannot be written: memory serves as well
    return open_edge_index(path)


def _validate_polygons(polygons: Polygons) -> None:
    """Refuse what is no polygon, or lies outside the world."""
    kinds = shapely.get_type_id(polygons)
    wrong = np.nonzero(~np.isin(kinds, (3, 6)))[0]
    if len(wrong):
        raise InvalidInputError(
            f"area {wrong[0]} must be a Polygon or MultiPolygon, "
            f"got {getattr(polygons[wrong[0]], 'geom_type', polygons[wrong[0]])!r}"
        )
    xy, area = shapely.get_coordinates(polygons, return_index=True)
    bad = ~np.isfinite(xy).all(axis=1) | (np.abs(xy[:, 0]) > 180) | (np.abs(xy[:, 1]) > 90)
    if bad.any():
        first = np.nonzero(bad)[0][0]
        raise InvalidInputError(
            f"area {area[first]} has the vertex lon={xy[first, 0]!r}, lat={xy[first, 1]!r}; "
            "expected within ±180° and ±90° (cut at ±180° with split_antimeridian)"
        )


def _find_cell_units(
    polygons: Polygons,
    borders: Borders,
    rows: npt.NDArray[np.float64],
    sides: Ints32,
    grid: Grid,
) -> tuple[Ints32, Ints32]:
    """Find the units that hold each cell's anchor, by walking over all anchors of each face."""
    paths = [walk_face(face, grid, rows, sides) for face in range(6)]
    if borders.is_partition:
        units = np.empty(6 * grid.size**2, np.int32)
        for path in paths:
            first = path.left_behind[0] if len(path.entered) else _locate(polygons, path, grid)[0]
            stops = np.concatenate([[0], path.position, [len(path.cells)]])
            along = np.concatenate([np.array([first], np.int32), path.entered])
            units[path.cells] = np.repeat(along, np.diff(stops))
        return np.empty(0, np.int32), units
    pairs = [_held_cells(polygons, path, grid) for path in paths]
    cell = np.concatenate([pair[0] for pair in pairs])
    unit = np.concatenate([pair[1] for pair in pairs])
    start = np.zeros(6 * grid.size**2 + 1, np.int32)
    np.cumsum(np.bincount(cell, minlength=6 * grid.size**2), out=start[1:])
    return start, unit[np.lexsort((unit, cell))].astype(np.int32)


def _locate(polygons: Polygons, path: FacePath, grid: Grid) -> npt.NDArray[np.int64]:
    """Units that hold the first anchor of a walk, by planar geometry."""
    lon, lat = from_ecef(make_anchors(path.cells[:1], grid.size))
    return np.nonzero(shapely.contains_xy(polygons, float(lon[0]), float(lat[0])))[0]


def _held_cells(
    polygons: Polygons, path: FacePath, grid: Grid
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of cell and unit on one walk, where units may overlap or leave gaps.

    A unit met on the way was held from the start if the walk first leaves it; a unit never met
    holds the whole walk or nothing of it.
    """
    unit = np.concatenate([path.entered, path.left_behind]).astype(np.int64)
    change = np.repeat([1, -1], len(path.entered))
    position = np.concatenate([path.position, path.position])
    real = unit != OUTSIDE
    unit, change, position = unit[real], change[real], position[real]
    order = np.lexsort((position, unit))
    met, first = np.unique(unit[order], return_index=True)
    lowest = np.minimum.reduceat(_running(change[order], first), first) if len(met) else met
    whole = np.setdiff1d(_locate(polygons, path, grid), met)
    unit = np.concatenate([met, whole, unit])
    change = np.concatenate([np.maximum(-lowest, 0), np.ones(len(whole), np.int64), change])
    position = np.concatenate([np.zeros(len(met) + len(whole), np.int64), position])
    order = np.lexsort((position, unit))
    unit, change, position = unit[order], change[order], position[order]
    _, first = np.unique(unit, return_index=True)
    stop = np.append(position[1:], len(path.cells))[: len(unit)]
    stop[first[1:] - 1] = len(path.cells)
    held = _running(change, first) > 0
    owner, place = spread_ranges(position[held], stop[held])
    return path.cells[place], unit[held][owner]


def _running(change: npt.NDArray[np.int64], first: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sum up the changes so far, anew at each `first`."""
    total = np.cumsum(change)
    before = total[first] - change[first]
    return total - np.repeat(before, np.diff(np.append(first, len(change))))
