"""How far points are from the nearest land border and the nearest coast."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geo_events.atlas.cells import directed_edges
from geo_events.atlas.codec import STEPS_PER_DEGREE
from geo_events.geodesy.ellipsoid import from_ecef, inverse, to_ecef

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo_events.atlas.territories import Pieces
    from geo_events.values import View

__all__ = ["LineIndex", "build_line_indexes", "measure_line_distance"]

_SPACING = 0.01
"""Lines are cut into stretches of at most this many degrees (1.1 km)."""

_NEAREST = 4
_FAR = 0.01
"""In earth radii (64 km): farther away one stretch decides, the others would change < 10 m."""

_BLOCK = 1 / 1200
"""In earth radii (5 km): stretches are grouped into blocks of this size."""

_BLOCKS_TRIED = 6


@dataclass(frozen=True, slots=True, eq=False)
class LineIndex:
    """Stretches of one kind of line. Made by `build_line_indexes`.

    Parameters
    ----------
    tree : cKDTree
        Over the middles of the stretches, earth-centred, in earth radii.
    first, last : ndarray of float64, shape (n, 3)
        Their ends.
    land : ndarray of int32, shape (n,)
        Number of a territory on land that the stretch bounds.
    blocks : cKDTree
        Over the middles of blocks of stretches; stretches are sorted by block.
    block_start : ndarray of int64
        Where each block's stretches begin.
    radius : float
        Greatest distance of a stretch's middle from its block's middle.
    """

    tree: cKDTree
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    land: NDArray[np.int32]
    blocks: cKDTree
    block_start: NDArray[np.int64]
    radius: float


def build_line_indexes(pieces: Pieces, view: View) -> tuple[LineIndex, LineIndex]:
    """Index the land borders and the coasts of a view.

    Returns
    -------
    borders : LineIndex
        Where two countries meet.
    coasts : LineIndex
        Where a country meets a sea, the Caspian among them; shores of lakes are none.
    """
    return _build_cached(pieces, view)


@lru_cache(maxsize=2)
def _build_cached(pieces: Pieces, view: View) -> tuple[LineIndex, LineIndex]:
    """Build both indexes once per view."""
    ends, left, right = _two_sided_edges(pieces)
    owner = pieces.territory_of(view)
    land = np.array([kind == "country" for kind in pieces.kinds])
    a, b = owner[left], owner[right]
    borders = (a != b) & land[a] & land[b]
    coasts = land[a] != land[b]
    shore = np.where(land[a], a, b).astype(np.int32)
    return _index(ends[borders], a[borders]), _index(ends[coasts], shore[coasts])


def _two_sided_edges(
    pieces: Pieces,
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
    """List each edge once, in degrees, with the pieces on its two sides."""
    ends, owner = directed_edges(pieces.polygons)
    turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    lines = np.where(turned[:, None], ends[:, [2, 3, 0, 1]], ends)
    order = np.lexsort((turned, *lines.T))
    lines, owner = lines[order], owner[order]
    pair = np.flatnonzero((lines[1:] == lines[:-1]).all(axis=1))
    degrees = lines[pair] / STEPS_PER_DEGREE - (180.0, 90.0, 180.0, 90.0)
    return degrees, owner[pair], owner[pair + 1]


def _index(ends: NDArray[np.float64], land: NDArray[np.int32]) -> LineIndex:
    """Cut edges into short stretches and put a tree over their middles."""
    size = np.maximum(np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1]))
    count = np.maximum(np.ceil(size / _SPACING).astype(np.int64), 1)
    number = np.repeat(np.arange(len(ends)), count)
    step = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    start, along = ends[number, :2], ends[number, 2:] - ends[number, :2]
    share = (step / count[number])[:, None]
    next_share = ((step + 1) / count[number])[:, None]
    first = to_ecef(*(start + along * share).T)
    last = to_ecef(*(start + along * next_share).T)
    return _with_blocks(first, last, land[number])


def _with_blocks(
    first: NDArray[np.float64], last: NDArray[np.float64], land: NDArray[np.int32]
) -> LineIndex:
    """Sort stretches into blocks and put trees over both."""
    middle = (first + last) / 2
    voxel = np.floor(middle / _BLOCK).astype(np.int64)
    key = (voxel[:, 0] * 4096 + voxel[:, 1]) * 4096 + voxel[:, 2]
    order = np.argsort(key, kind="stable")
    first, last, middle, key = first[order], last[order], middle[order], key[order]
    begin = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    start = np.append(begin, len(key))
    center = np.add.reduceat(middle, begin, axis=0) / np.diff(start)[:, None]
    away = np.linalg.norm(middle - np.repeat(center, np.diff(start), axis=0), axis=1)
    return LineIndex(
        cKDTree(middle, balanced_tree=False), first, last, land[order],
        cKDTree(center, balanced_tree=False), start, float(away.max()),
    )  # fmt: skip


def measure_line_distance(
    index: LineIndex, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Measure the distance to the nearest line.

    Parameters
    ----------
    index : LineIndex
        Borders or coasts.
    lon, lat : ndarray of float64, shape (n,)
        Degrees.

    Returns
    -------
    distance_m : ndarray of float64, shape (n,)
        Along the geodesic to the nearest point of the nearest stretch, in metres.
    land : ndarray of int32, shape (n,)
        Number of the territory on land there.

    Notes
    -----
    Within 64 km the four nearest stretches, of at most 1.1 km each, are measured exactly: right
    to some metres as a rule and to 0.5 km always. Farther away the stretches of the six nearest
    blocks of 5 km are compared: right to a metre as a rule and to 2 km at worst, which is what
    the border data are good to.
    """
    if not len(lon):
        return np.zeros(0), np.zeros(0, dtype=np.int32)
    order = np.lexsort((lon // 2, lat // 2))  # neighbours one after another: the cache helps
    xyz = to_ecef(lon[order], lat[order])
    reach, best = _find_nearest(index, xyz)
    near = np.flatnonzero(reach < _FAR)
    foot = _foot(index, xyz, best)
    if len(near):
        count = min(_NEAREST, index.tree.n)
        _, several = _ask(index.tree, xyz[near], count)
        feet = np.stack([_foot(index, xyz[near], several[:, k]) for k in range(count)])
        gap = np.linalg.norm(feet - xyz[near], axis=2)
        closest = np.argmin(gap, axis=0)
        rows = np.arange(len(near))
        foot[near], best[near] = feet[closest, rows], several[rows, closest]
    unsorted = np.argsort(order)
    foot_lon, foot_lat = from_ecef(foot[unsorted])
    _, _, distance = inverse(lon, lat, foot_lon, foot_lat)
    return distance, index.land[best[unsorted]]


def _find_nearest(
    index: LineIndex, xyz: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Find the nearest stretch by its middle: first the nearest blocks, then all they hold.

    From mid-ocean a tree over all stretches has to open a great many leaves; a tree over blocks
    is much smaller. Near the lines the full tree is both fast and exact.
    """
    tried = min(_BLOCKS_TRIED, index.blocks.n)
    away, block = _ask(index.blocks, xyz, tried)
    near = away[:, 0] < _FAR + index.radius
    reach, best = np.empty(len(xyz)), np.empty(len(xyz), dtype=np.int64)
    reach[~near], best[~near] = _search_blocks(index, xyz[~near], block[~near])
    found, stretch = _ask(index.tree, xyz[near], 1)
    reach[near], best[near] = found[:, 0], stretch[:, 0]
    return reach, best


def _ask(
    tree: cKDTree, xyz: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Ask a tree for some nearest points: distances and numbers, each of shape (n, count)."""
    reach, number = tree.query(xyz, k=[*range(1, count + 1)])
    return np.asarray(reach), np.asarray(number, dtype=np.int64)


def _search_blocks(
    index: LineIndex, xyz: NDArray[np.float64], block: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Measure all stretches of each point's blocks and keep the nearest."""
    reach, best = np.full(len(xyz), np.inf), np.zeros(len(xyz), dtype=np.int64)
    for chosen in block.T:
        first, last = index.block_start[chosen], index.block_start[chosen + 1]
        point = np.repeat(np.arange(len(xyz)), last - first)
        begin = np.cumsum(last - first) - (last - first)
        stretch = np.arange(len(point)) - np.repeat(begin - first, last - first)
        gap = np.linalg.norm(index.tree.data[stretch] - xyz[point], axis=1)
        least = np.minimum.reduceat(gap, begin) if len(gap) else gap
        hit = np.flatnonzero(gap == least[point])
        nearest = np.zeros(len(xyz), dtype=np.int64)
        nearest[point[hit]] = stretch[hit]
        better = least < reach
        reach[better], best[better] = least[better], nearest[better]
    return reach, best


def _foot(
    index: LineIndex, xyz: NDArray[np.float64], stretch: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Find the nearest point of one stretch for each point."""
    first = index.first[stretch]
    along = index.last[stretch] - first
    length = np.maximum((along * along).sum(axis=1), 1e-30)
    share = np.clip(((xyz - first) * along).sum(axis=1) / length, 0.0, 1.0)
    return np.asarray(first + along * share[:, None])
