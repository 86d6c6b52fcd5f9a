"""Turn border lines into faces: node them once on the grid, then cut the Earth along them.

Everything is in whole steps of 1e-4 degree. All borders go through one snap-rounding union, so
two neighbours can only share a border exactly; faces are labelled afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from data_build.earth.natural_earth import STEPS, RingLayer

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cut_faces", "edges_of", "label_faces", "lines_of", "world_box"]

_OFFSET_X, _OFFSET_Y, _SPAN = 2_000_000, 1_000_000, 4_000_001


def world_box() -> shapely.Polygon:
    """Return the whole map in grid steps."""
    return shapely.box(-180 * STEPS, -90 * STEPS, 180 * STEPS, 90 * STEPS)


def edges_of(rings: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the different edges of rings, and how often each occurs.

    Returns
    -------
    edges : ndarray of int64, shape (n, 2, 2)
        End points in grid steps, in a fixed order.
    count : ndarray of int64, shape (n,)
        2 for an edge between two neighbours.
    """
    if not rings:
        return np.zeros((0, 2, 2), np.int64), np.zeros(0, np.int64)
    pairs = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings])
    first = (pairs[:, 0] + _OFFSET_X) * _SPAN + pairs[:, 1] + _OFFSET_Y
    last = (pairs[:, 2] + _OFFSET_X) * _SPAN + pairs[:, 3] + _OFFSET_Y
    both = np.stack([np.minimum(first, last), np.maximum(first, last)], axis=1)
    both = both[both[:, 0] != both[:, 1]]
    unique, count = np.unique(both, axis=0, return_counts=True)
    points = np.stack([unique // _SPAN - _OFFSET_X, unique % _SPAN - _OFFSET_Y], axis=-1)
    return points, count


def lines_of(edges: NDArray[np.int64]) -> NDArray[np.object_]:
    """Make a line string of every edge, shape (n, 2, 2)."""
    return np.asarray(shapely.linestrings(edges.astype(float)))


def cut_faces(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Node lines on the grid and cut the plane along them.

    Parameters
    ----------
    lines : ndarray of shapely lines
        In grid steps; they may cross, touch and repeat.

    Returns
    -------
    ndarray of shapely.Polygon
        The faces, ordered by their boxes, so that the result does not depend on chance.
    """
    noded = shapely.union_all(lines, grid_size=1)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    bounds = shapely.bounds(faces)
    order = np.lexsort((shapely.area(faces), *bounds.T))
    return np.asarray(faces[order])


def label_faces(points: NDArray[np.object_], layer: RingLayer) -> NDArray[np.int64]:
    """Find the owner of points in a layer.

    Parameters
    ----------
    points : ndarray of shapely.Point
        One inside each face, in grid steps.
    layer : RingLayer
        Where two owners hold a point (which the sources do not do on land), the smaller wins.

    Returns
    -------
    ndarray of int64
        Row of the owner, -1 for none.
    """
    rings = np.asarray([shapely.Polygon(ring) for ring in layer.rings])
    area = np.zeros(len(layer.table))
    np.add.at(area, layer.owner, shapely.area(rings))
    ring, point = shapely.STRtree(points).query(rings, predicate="intersects")
    pair, count = np.unique(
        np.stack([point, layer.owner[ring]], axis=1), axis=0, return_counts=True
    )
    pair = pair[count % 2 == 1]
    pair = pair[np.argsort(-area[pair[:, 1]], kind="stable")]
    owner = np.full(len(points), -1, dtype=np.int64)
    owner[pair[:, 0]] = pair[:, 1]
    return owner
