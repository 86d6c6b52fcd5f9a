"""Polygons on a grid of 1e-4 degree, written as arcs that neighbours share.

A coverage (polygons that may touch but do not overlap) is cut at its junctions into *arcs*; an
arc that is the border of two polygons is written once. Both neighbours therefore have exactly
the same vertices, and the tables are about half the size. An arc is a list of integer steps
(`dx`, `dy`, the first one from 0, 0); a polygon is a list of parts, each a list of rings, each a
list of arc numbers, where ``~k`` means arc ``k`` backwards (as in TopoJSON).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from geo_events.errors import DataCorruptError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["STEPS_PER_DEGREE", "EncodedPolygons", "decode_polygons", "encode_polygons"]

STEPS_PER_DEGREE = 10_000
"""Coordinates are whole numbers of 1/10,000 degree: 11 m, far finer than the sources."""

_SHAPE_TYPE = pa.list_(pa.list_(pa.list_(pa.int32())))
_ARC_TYPE = pa.list_(pa.int32())


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPolygons:
    """A coverage as Arrow columns.

    Parameters
    ----------
    arcs : pyarrow.Table
        Columns `dx` and `dy`, one row per arc: steps in 1e-4 degree.
    shapes : pyarrow.Array
        One entry per polygon: parts, rings, arc numbers. An empty polygon is an empty list.
    """

    arcs: pa.Table
    shapes: pa.Array


def encode_polygons(polygons: NDArray[np.object_]) -> EncodedPolygons:
    """Write polygons as shared arcs.

    Parameters
    ----------
    polygons : ndarray of shapely Polygon or MultiPolygon, shape (n,)
        EPSG:4326 degrees. Coordinates are rounded to the grid; give them on it to lose nothing.

    Returns
    -------
    EncodedPolygons
        The arcs in order of first use; same input, same output.

    Examples
    --------
    >>> import numpy as np, shapely
    >>> two = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> encoded = encode_polygons(two)
    >>> encoded.arcs.num_rows      # the two outer sides and the one they share
    3
    >>> bool(decode_polygons(encoded.arcs, encoded.shapes)[1].equals(two[1]))
    True
    """
    writer = _ArcWriter()
    ring_arrays, layout = _split_rings(polygons)
    junctions = _find_junctions(ring_arrays)
    refs = [writer.add_ring(ring, junctions) for ring in ring_arrays]
    shapes = [[[refs[k] for k in part] for part in parts] for parts in layout]
    return EncodedPolygons(writer.to_table(), pa.array(shapes, type=_SHAPE_TYPE))


def decode_polygons(arcs: pa.Table, shapes: pa.Array) -> NDArray[np.object_]:
    """Read polygons back from their arcs.

    Parameters
    ----------
    arcs : pyarrow.Table
        Columns `dx`, `dy` as written by `encode_polygons`.
    shapes : pyarrow.Array or ChunkedArray
        The polygons as lists of parts, rings and arc numbers.

    Returns
    -------
    ndarray of shapely.MultiPolygon, shape (n,)
        EPSG:4326 degrees, exactly on the grid; an empty list gives an empty MultiPolygon.

    Raises
    ------
    DataCorruptError
        An arc number does not exist, or a ring does not close.
    """
    xy, arc_start = _read_arcs(arcs)
    parts, rings, refs, ref_start = _flatten_shapes(shapes)
    number = np.where(refs >= 0, refs, ~refs)
    if number.size and (number.max() >= len(arc_start) - 1):
        raise DataCorruptError("polygon table", f"{len(arc_start) - 1} arcs", f"arc {number.max()}")
    index, ring_start = _gather(number, refs < 0, arc_start, ref_start)
    coords = xy[index] / STEPS_PER_DEGREE
    if not np.array_equal(coords[ring_start[:-1]], coords[ring_start[1:] - 1]):
        raise DataCorruptError("polygon table", "closed rings", "an open ring")
    return np.asarray(
        shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON, coords, (ring_start, rings, parts)
        )
    )


def _split_rings(
    polygons: NDArray[np.object_],
) -> tuple[list[NDArray[np.int64]], list[list[list[int]]]]:
    """Take polygons apart into open integer rings, and say which ring belongs where."""
    rings: list[NDArray[np.int64]] = []
    layout: list[list[list[int]]] = []
    for polygon in polygons:
        parts: list[list[int]] = []
        for part in shapely.get_parts(polygon):
            numbers = []
            for ring in (part.exterior, *part.interiors):
                numbers.append(len(rings))
                steps = np.rint(shapely.get_coordinates(ring) * STEPS_PER_DEGREE)
                rings.append(_drop_repeats(steps.astype(np.int64)))
            parts.append(numbers)
        layout.append(parts)
    return rings, layout


def _drop_repeats(ring: NDArray[np.int64]) -> NDArray[np.int64]:
    """Drop the closing vertex and vertices equal to the one before them."""
    ring = ring[:-1]
    kept: NDArray[np.int64] = ring[(ring != np.roll(ring, 1, axis=0)).any(axis=1)]
    return kept


def _vertex_keys(ring: NDArray[np.int64]) -> NDArray[np.int64]:
    """One integer per vertex."""
    keys: NDArray[np.int64] = (ring[:, 0] + 2**30) * 2**31 + ring[:, 1] + 2**30
    return keys


def _find_junctions(rings: list[NDArray[np.int64]]) -> set[int]:
    """Find the vertices where more than two different border lines meet."""
    if not rings:
        return set()
    keys = [_vertex_keys(ring) for ring in rings]
    key = np.concatenate(keys)
    before = np.concatenate([np.roll(k, 1) for k in keys])
    after = np.concatenate([np.roll(k, -1) for k in keys])
    low, high = np.minimum(before, after), np.maximum(before, after)
    order = np.argsort(key, kind="stable")
    key, low, high = key[order], low[order], high[order]
    differs = (key[1:] == key[:-1]) & ((low[1:] != low[:-1]) | (high[1:] != high[:-1]))
    return set(key[1:][differs].tolist())


class _ArcWriter:
    """Collects arcs, each once, whichever way round it is met first."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._arcs: list[NDArray[np.int64]] = []

    def add_ring(self, ring: NDArray[np.int64], junctions: set[int]) -> list[int]:
        """Add a ring's arcs and give their numbers in order."""
        keys = _vertex_keys(ring)
        cuts = np.flatnonzero([key in junctions for key in keys.tolist()])
        if len(cuts) == 0:
            start = int(np.argmin(keys))
            turned = np.roll(ring, -start, axis=0)
            return [self._add_arc(np.vstack([turned, turned[:1]]))]
        start = int(cuts[0])
        turned = np.roll(ring, -start, axis=0)
        closed = np.vstack([turned, turned[:1]])
        stops = [*(cuts - start).tolist(), len(ring)]
        return [self._add_arc(closed[a : b + 1]) for a, b in pairwise(stops)]

    def _add_arc(self, arc: NDArray[np.int64]) -> int:
        """Give an arc's number, ``~number`` when it is known the other way round."""
        known = self._numbers.get(arc.tobytes())
        if known is not None:
            return known
        known = self._numbers.get(np.ascontiguousarray(arc[::-1]).tobytes())
        if known is not None:
            return ~known
        number = len(self._arcs)
        self._numbers[arc.tobytes()] = number
        self._arcs.append(arc)
        return number

    def to_table(self) -> pa.Table:
        """All arcs as steps."""
        columns: dict[str, Any] = {}
        for axis, name in enumerate(("dx", "dy")):
            steps = [np.diff(arc[:, axis], prepend=0).astype(np.int32) for arc in self._arcs]
            columns[name] = pa.array(steps, type=_ARC_TYPE)
        return pa.table(columns)


def _read_arcs(arcs: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sum up the steps: integer coordinates of all arcs, and where each arc starts."""
    start: NDArray[np.int64] = np.zeros(1, np.int64)
    axes = []
    for name in ("dx", "dy"):
        column = arcs.column(name).combine_chunks()
        start = np.asarray(column.offsets, dtype=np.int64)
        total = np.cumsum(np.asarray(column.values, dtype=np.int64))
        base = np.where(start[:-1] > 0, total[start[:-1] - 1], 0)
        axes.append(total - np.repeat(base, np.diff(start)))
    return np.column_stack(axes), start


def _flatten_shapes(
    shapes: pa.Array,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Part, ring and arc offsets of the nested lists, and the arc numbers."""
    level = shapes.combine_chunks() if isinstance(shapes, pa.ChunkedArray) else shapes
    offsets = []
    for _ in range(3):
        start = np.asarray(level.offsets, dtype=np.int64)
        offsets.append(start - start[0])
        level = level.values.slice(start[0], start[-1] - start[0])
    return offsets[0], offsets[1], np.asarray(level, dtype=np.int64), offsets[2]


def _gather(
    number: NDArray[np.int64],
    backwards: NDArray[np.bool_],
    arc_start: NDArray[np.int64],
    ref_start: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Vertex numbers of all rings one after another, and where each ring starts."""
    if number.size == 0:
        return np.zeros(0, np.int64), np.zeros(1, np.int64)
    first, last = arc_start[number], arc_start[number + 1] - 1
    follows = np.ones(len(number), dtype=np.int64)
    follows[ref_start[:-1][np.diff(ref_start) > 0]] = 0  # a ring's first arc keeps its first vertex
    length = last - first + 1 - follows
    step = np.where(backwards, -1, 1)
    begin = np.where(backwards, last, first) + step * follows
    stop = np.cumsum(length)
    within = np.arange(stop[-1]) - np.repeat(stop - length, length)
    index = np.repeat(begin, length) + np.repeat(step, length) * within
    return index, np.concatenate([[0], stop])[ref_start]
