"""Rings of polygons into border edges, each once, with the unit on either side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.geodesy.ellipsoid import A_M, direct, inverse, to_ecef

__all__ = ["Borders", "find_borders", "split_borders"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]

_BULGE_M = 0.25
_LONGEST_M = 25_000.0
_GEODESIC_M = 5_000.0  # the plane is then within 2 mm of the geodesic
_WIDE = 90.0
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


class Borders(NamedTuple):
    """Edges between two vertices, degrees, with the unit on the left and right (-1 for none)."""

    start: Floats
    end: Floats
    sides: Ints32
    is_partition: bool


class _Directed(NamedTuple):
    """Ring edges with their unit on the left."""

    start: Floats
    end: Floats
    unit: Ints

    def take(self, which: npt.NDArray[np.bool_] | Ints) -> _Directed:
        """Keep some edges."""
        return _Directed(self.start[which], self.end[which], self.unit[which])


def find_borders(polygons: npt.NDArray[np.object_]) -> Borders:
    """List the border edges of many polygons, each once.

    Parameters
    ----------
    polygons : ndarray of shapely (Multi)Polygon, shape (n,)
        Checked before: lon/lat degrees within [-180, 180] and [-90, 90].

    Returns
    -------
    Borders
        Edges whose two sides are one unit are left out, as are edges of no length (along a
        pole).
    """
    edges = _merge_at_seam(_split_wide(_list_ring_edges(polygons)))
    begin, stop = _vertex_keys(edges.start), _vertex_keys(edges.end)
    edges, begin, stop = _drop_pointlike(edges, begin, stop)
    forward = begin < stop
    low, high = np.minimum(begin, stop), np.maximum(begin, stop)
    order = np.lexsort((edges.unit, ~forward, high, low))
    low, high, forward = low[order], high[order], forward[order]
    is_first = np.ones(len(order), bool)
    is_first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    pairs, alone = _pair_sides(is_first, forward)
    left, right = order[pairs[0]], order[pairs[1]]
    inner = edges.unit[left] == edges.unit[right]
    left, right = left[~inner], right[~inner]
    single = order[alone]
    kept = edges.take(np.concatenate([left, single]))
    other = np.concatenate([edges.unit[right], np.full(len(single), -1)])
    sides = np.stack([kept.unit, other], axis=1).astype(np.int32)
    twice = np.bincount(np.cumsum(is_first)[pairs[0]]) > 1 if len(pairs[0]) else np.zeros(1, bool)
    covers = len(order) > 0 and len(alone) == 0 and not bool(twice.any())
    return Borders(kept.start, kept.end, sides, covers)


def _list_ring_edges(polygons: npt.NDArray[np.object_]) -> _Directed:
    """Turn all rings into edges that have their polygon on the left."""
    parts, unit = shapely.get_parts(polygons, return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, unit = parts[filled], unit[filled]
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    is_shell = np.concatenate([[True], part[1:] != part[:-1]])[: len(rings)]
    on_left = shapely.is_ccw(rings) == is_shell
    same = np.nonzero(ring[1:] == ring[:-1])[0]
    turned = ~on_left[ring[same]]
    start = np.where(turned[:, None], xy[same + 1], xy[same]) + 0.0
    end = np.where(turned[:, None], xy[same], xy[same + 1]) + 0.0
    return _Directed(start, end, unit[part[ring[same]]].astype(np.int64))


def _split_wide(edges: _Directed) -> _Directed:
    """Cut edges that span many degrees, as a plane through the centre cannot follow those.

    The cuts are counted from the western end, so that both sides of a border get the same.
    """
    span = edges.end[:, 0] - edges.start[:, 0]
    wide = np.nonzero(np.abs(span) >= _WIDE)[0]
    if len(wide) == 0:
        return edges
    pieces = np.ceil(np.abs(span[wide]) / (_WIDE / 2)).astype(np.int64)
    owner = np.repeat(np.arange(len(wide)), pieces)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    eastward = (span[wide] > 0)[owner][:, None]
    start, end = edges.start[wide][owner], edges.end[wide][owner]
    west, east = np.where(eastward, start, end), np.where(eastward, end, start)
    total = pieces[owner][:, None]
    one = west + (east - west) * (step[:, None] / total)
    two = west + (east - west) * ((step[:, None] + 1) / total)
    two = np.where(step[:, None] + 1 == total, east, two)
    cut = _Directed(
        np.where(eastward, one, two), np.where(eastward, two, one), edges.unit[wide][owner]
    )
    return _joined(edges.take(np.abs(span) < _WIDE), cut)


def _merge_at_seam(edges: _Directed) -> _Directed:
    """Give the edges along 180° and -180° the same vertices, so that the two sides match."""
    start, end = edges.start, edges.end
    along = (np.abs(start[:, 0]) == 180) & (np.abs(end[:, 0]) == 180)
    if not along.any():
        return edges
    levels = np.unique(start[np.abs(start[:, 0]) == 180, 1])
    seam = edges.take(along)
    low = np.searchsorted(levels, np.minimum(seam.start[:, 1], seam.end[:, 1]))
    high = np.searchsorted(levels, np.maximum(seam.start[:, 1], seam.end[:, 1]))
    count = high - low
    owner = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    rises = (seam.end[:, 1] > seam.start[:, 1])[owner]
    lower, upper = levels[low[owner] + step], levels[low[owner] + step + 1]
    lon = np.full(len(owner), 180.0)
    cut = _Directed(
        np.stack([lon, np.where(rises, lower, upper)], axis=1),
        np.stack([lon, np.where(rises, upper, lower)], axis=1),
        seam.unit[owner],
    )
    return _joined(edges.take(~along), cut)


def _joined(a: _Directed, b: _Directed) -> _Directed:
    """Put two lists of edges together."""
    return _Directed(*(np.concatenate([one, two]) for one, two in zip(a, b, strict=True)))


def _vertex_keys(vertices: Floats) -> npt.NDArray[np.uint64]:
    """Mix the bits of both coordinates into one number, the same for the same position only."""
    lon = np.where(vertices[:, 0] == -180, 180.0, vertices[:, 0])
    lon = np.where(np.abs(vertices[:, 1]) == 90, 0.0, lon)
    x = np.ascontiguousarray(lon + 0.0).view(np.uint64)
    y = np.ascontiguousarray(vertices[:, 1] + 0.0).view(np.uint64)
    mixed = x * _MIX[0]
    mixed ^= mixed >> np.uint64(29)
    mixed += y * _MIX[1]
    mixed ^= mixed >> np.uint64(32)
    return mixed * _MIX[0]


def _drop_pointlike(
    edges: _Directed, begin: npt.NDArray[np.uint64], stop: npt.NDArray[np.uint64]
) -> tuple[_Directed, npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Leave out edges of no length."""
    long = begin != stop
    return edges.take(long), begin[long], stop[long]


def _pair_sides(
    is_first: npt.NDArray[np.bool_], forward: npt.NDArray[np.bool_]
) -> tuple[tuple[Ints, Ints], Ints]:
    """Pair edges that run both ways along one line; sorted, forward ones first in each group."""
    group = np.cumsum(is_first) - 1
    place = np.arange(len(group))
    first = np.nonzero(is_first)[0]
    n_forward = np.bincount(group, weights=forward, minlength=len(first)).astype(np.int64)
    rank = place - first[group] - np.where(forward, 0, n_forward[group])
    n_back = np.diff(np.concatenate([first, [len(group)]])) - n_forward
    paired = rank < np.minimum(n_forward, n_back)[group]
    ahead = place[paired & forward]
    back = first[group[ahead]] + n_forward[group[ahead]] + rank[ahead]
    return (ahead, back), place[~paired]


def split_borders(borders: Borders, *, geodesic: bool) -> tuple[Floats, Ints32]:
    """Split edges until planes through the Earth's centre follow them, and make index rows.

    Parameters
    ----------
    borders : Borders
    geodesic : bool
        Whether an edge is the geodesic between its ends; else it is lon/lat-straight.

    Returns
    -------
    edges : ndarray, shape (m, 10)
        Rows of `EdgeIndex.edges`.
    sides : ndarray of int32, shape (m, 2)
    """
    start, end = borders.start, borders.end
    azimuth, _, length = inverse(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    pieces = _count_pieces(borders, length, geodesic=geodesic)
    owner = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)

    def locate(shift: float) -> Floats:
        share = (step + shift) / pieces[owner]
        if geodesic:
            lon, lat = start[owner, 0], start[owner, 1]
            at = direct(lon, lat, azimuth[owner], share * length[owner])
            points = np.stack(at[:2], axis=1)
        else:
            points = start[owner] + (end[owner] - start[owner]) * share[:, None]
        points = np.where((share == 0)[:, None], start[owner], points)
        return to_ecef(*np.where((share == 1)[:, None], end[owner], points).T)

    p, middle, q = locate(0.0), locate(0.5), locate(1.0)
    normal = np.cross(p, q - p)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    bulge = np.einsum("ij,ij->i", normal, middle)
    return np.concatenate([p, q, normal, bulge[:, None]], axis=1), borders.sides[owner]


def _count_pieces(borders: Borders, length: Floats, *, geodesic: bool) -> Ints:
    """Into how many pieces each edge must be split.

    A lon/lat-straight chord of length d leaves the geodesic by at most 0.136 d² tan(lat) / R.
    """
    if geodesic:
        return np.maximum(np.ceil(length / _GEODESIC_M), 1).astype(np.int64)
    steepest = np.radians(np.maximum(np.abs(borders.start[:, 1]), np.abs(borders.end[:, 1])))
    steepest = np.tan(np.minimum(steepest, np.radians(89.9)))
    span = np.abs(borders.end[:, 0] - borders.start[:, 0])
    longest = np.sqrt(_BULGE_M * A_M / (0.136 * np.maximum(steepest, 1e-3)))
    longest = np.where(span == 0, _LONGEST_M, np.minimum(longest, _LONGEST_M))
    true_length = np.maximum(length, np.radians(span) * A_M * np.cos(steepest))
    return np.maximum(np.ceil(true_length / longest), 1).astype(np.int64)
