"""Distances to borders: of points, of stays (how deep), of legs that stay out (how near).

From a point inside an area, the nearest border of any area is one of its own; so one tree over
all borders of a partition serves the depth of every stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import A_M, direct, from_ecef, inverse, to_ecef
from geo_events.geodesy.grid import spread_ranges

__all__ = [
    "BorderTree",
    "make_border_tree",
    "measure_border_distance",
    "measure_miss",
    "measure_stay_depth",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SPACING_M = 2_000.0
_STEP_M = 50_000.0
_ROUNDS = 30
_CHUNK = 20_000
_FEW = 4
_FAR_M = 20_000.0  # from here the nearest of samples 2 km apart is within 25 m of the truth


@dataclass(frozen=True, slots=True, eq=False)
class BorderTree:
    """Points along border edges in a k-d tree, and the edges they stand for.

    Parameters
    ----------
    tree : cKDTree
        Points at most 2 km apart, as vectors from the Earth's centre in units of `A_M`.
    edge : ndarray of int64
        Edge of each point.
    start, end : ndarray, shape (n, 3)
        The edges.
    """

    tree: cKDTree
    edge: Ints
    start: Floats
    end: Floats


def make_border_tree(edges: Floats) -> BorderTree:
    """Put points along border edges into a tree.

    Parameters
    ----------
    edges : ndarray, shape (n, 10) or (n, 6)
        Rows of `EdgeIndex.edges`, for instance those with one unit on either side:
        ``index.edges[(index.sides == unit).any(axis=1)]``.

    Returns
    -------
    BorderTree

    Raises
    ------
    InvalidInputError
        There are no edges: what covers the whole Earth has no border.

    Examples
    --------
    >>> import shapely
    >>> from geo_events.geodesy.edges import build_edge_index
    >>> index = build_edge_index(np.array([shapely.box(0, 0, 10, 10)]))
    >>> border = make_border_tree(index.edges)
    >>> float(measure_border_distance(border, 11.0, 0.001)[0].round())
    111319.0
    """
    if len(edges) == 0:
        raise InvalidInputError("a border needs at least one edge, got none")
    start, end = np.array(edges[:, 0:3]), np.array(edges[:, 3:6])
    length = np.linalg.norm(end - start, axis=1) * A_M
    pieces = np.maximum(np.ceil(length / _SPACING_M), 1).astype(np.int64)
    edge, number = spread_ranges(np.zeros(len(pieces), np.int64), pieces)
    share = ((number + 0.5) / pieces[edge])[:, None]
    points = start[edge] + share * (end[edge] - start[edge])
    return BorderTree(cKDTree(points, balanced_tree=False, compact_nodes=False), edge, start, end)


def measure_border_distance(border: BorderTree, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Measure how far points are from the nearest border.

    Parameters
    ----------
    border : BorderTree
    lon, lat : array_like, shape (n,)
        Degrees.

    Returns
    -------
    ndarray, shape (n,)
        Metres, never negative, on either side of the border.

    Notes
    -----
    The nearest edges are found by straight distance through the Earth, the result is the
    geodesic distance to the foot point: within 1 m up to 20 km, within 25 m up to 1,000 km.

    Examples
    --------
    See `make_border_tree`.
    """
    lon = np.atleast_1d(np.asarray(lon, np.float64))
    lat = np.atleast_1d(np.asarray(lat, np.float64))
    parts = [
        _measure_chunk(border, lon[at : at + _CHUNK], lat[at : at + _CHUNK])
        for at in range(0, len(lon), _CHUNK)
    ]
    return np.concatenate([np.empty(0), *parts])


def _measure_chunk(border: BorderTree, lon: Floats, lat: Floats) -> Floats:
    """Measure some points: to the edges of the nearest samples, and near ones to all in reach."""
    place = to_ecef(lon, lat)
    few = min(_FEW, border.tree.n)
    nearest: Any = border.tree.query(place, k=few)
    rough, rows = nearest[0].reshape(-1, few), nearest[1].reshape(-1, few)
    far = np.nonzero(rough[:, 0] > _FAR_M / A_M)[0]
    close = np.nonzero(rough[:, 0] <= _FAR_M / A_M)[0]
    reach = rough[close, 0] + _SPACING_M / A_M
    found: Any = border.tree.query_ball_point(place[close], reach, return_sorted=False)
    counts = [len(one) for one in found]
    point = np.concatenate([np.repeat(far, few), np.repeat(close, counts)])
    sample = np.concatenate([rows[far].ravel(), *found]).astype(np.int64)
    edge = border.edge[sample]
    start, along = border.start[edge], border.end[edge] - border.start[edge]
    square = np.maximum((along * along).sum(axis=1), 1e-300)
    share = np.clip(((place[point] - start) * along).sum(axis=1) / square, 0, 1)
    foot = start + share[:, None] * along
    apart = ((foot - place[point]) ** 2).sum(axis=1)
    order = np.lexsort((apart, point))
    first = np.searchsorted(point[order], np.arange(len(place)))
    return inverse(lon, lat, *from_ecef(foot[order[first]]))[2]


def measure_stay_depth(
    border: BorderTree,
    lon: Floats,
    lat: Floats,
    azimuth_deg: Floats,
    stretch_m: tuple[Floats, Floats],
    *,
    tolerance_m: float = 20.0,
) -> Floats:
    """Measure the greatest distance from the border during each stay.

    Parameters
    ----------
    border : BorderTree
        All borders, or those of the unit stayed in.
    lon, lat, azimuth_deg : ndarray, shape (n,)
        Start and direction of the track of each stay.
    stretch_m : tuple of two ndarray, shape (n,)
        Entry and exit, metres from the start of the track.
    tolerance_m : float
        How much greater the true depth may be.

    Returns
    -------
    ndarray, shape (n,)
        Metres.

    Notes
    -----
    Along a track the distance from the border changes by at most one metre per metre. That
    bounds it between two places where it is known; stretches whose bound could still win are
    halved until none is left.

    Examples
    --------
    >>> import shapely
    >>> from geo_events.geodesy.edges import build_edge_index
    >>> border = make_border_tree(build_edge_index(np.array([shapely.box(0, -5, 10, 5)])).edges)
    >>> one = np.array([0.0])
    >>> depth = measure_stay_depth(border, one, one, one + 90, (one, one + 1_113_195))
    >>> float((depth / 1000).round()[0])  # half of 10 degrees of latitude
    553.0
    """
    track = (lon, lat, azimuth_deg)
    return -_search_least(border, track, stretch_m, tolerance_m, sign=-1.0)


def measure_miss(
    border: BorderTree,
    lon: Floats,
    lat: Floats,
    azimuth_deg: Floats,
    stretch_m: tuple[Floats, Floats],
    *,
    tolerance_m: float = 20.0,
) -> Floats:
    """Measure how near legs come to a border that they do not cross.

    Parameters
    ----------
    border : BorderTree
        The border of the unit that is missed.
    lon, lat, azimuth_deg, stretch_m, tolerance_m
        As for `measure_stay_depth`.

    Returns
    -------
    ndarray, shape (n,)
        Metres; the true miss may be smaller by the tolerance.

    Examples
    --------
    >>> import shapely
    >>> from geo_events.geodesy.edges import build_edge_index
    >>> border = make_border_tree(build_edge_index(np.array([shapely.box(0, 1, 10, 5)])).edges)
    >>> one = np.array([0.0])
    >>> miss = measure_miss(border, one, one, one + 90, (one, one + 1_113_195))
    >>> float((miss / 1000).round(1)[0])
    110.6
    """
    track = (lon, lat, azimuth_deg)
    return _search_least(border, track, stretch_m, tolerance_m, sign=1.0)


def _search_least(
    border: BorderTree,
    track: tuple[Floats, Floats, Floats],
    stretch_m: tuple[Floats, Floats],
    tolerance_m: float,
    *,
    sign: float,
) -> Floats:
    """Find the least of sign times the distance on each stretch, by branch and bound."""
    begin, end = (np.asarray(v, np.float64) for v in stretch_m)
    lon, lat, azimuth = track

    def measure(owner: Ints, along: Floats) -> Floats:
        at = direct(lon[owner], lat[owner], azimuth[owner], along)
        return sign * measure_border_distance(border, at[0], at[1])

    pieces = np.maximum(np.ceil((end - begin) / _STEP_M), 1).astype(np.int64)
    owner, step = spread_ranges(np.zeros(len(pieces), np.int64), pieces + 1)
    along = begin[owner] + step / pieces[owner] * (end - begin)[owner]
    value = measure(owner, along)
    best = np.full(len(begin), np.inf)
    np.minimum.at(best, owner, value)
    inner = np.nonzero(step < pieces[owner])[0]
    owner, low, high = owner[inner], along[inner], along[inner + 1]
    at_low, at_high = value[inner], value[inner + 1]
    for _ in range(_ROUNDS):
        bound = (at_low + at_high - (high - low)) / 2
        open_ = np.nonzero(bound < best[owner] - tolerance_m)[0]
        if len(open_) == 0:
            break
        owner, low, high = owner[open_], low[open_], high[open_]
        at_low, at_high = at_low[open_], at_high[open_]
        middle = (low + high) / 2
        at_middle = measure(owner, middle)
        np.minimum.at(best, owner, at_middle)
        owner = np.concatenate([owner, owner])
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        at_low, at_high = (
            np.concatenate([at_low, at_middle]),
            np.concatenate([at_middle, at_high]),
        )
    return best
