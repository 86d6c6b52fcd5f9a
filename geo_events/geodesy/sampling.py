"""Quasi-random points of an area, uniform on the ellipsoid, and honest intervals for shares.

Points come from scrambled Sobol sequences, mapped to the area one to one and without rejection:
first along the longitude, then along the meridian through it, in the cylinder in which equal
areas of the ellipsoid are equal areas of the map. So the points keep their even spread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import E2, validate_lonlat

__all__ = ["estimate_margin", "sample_area", "sample_pairs"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometry = Any

_UPPER = 0.975  # of Student's t, for an interval of 95 %
_ECCENTRICITY = math.sqrt(E2)
_EDGE_DEG = 0.05  # a longer straight lon/lat edge is bent by up to 4e-7 in the cylinder
_CHUNK = 65_536
_NEWTON_STEPS = 4
_KEPT = 8  # areas ready to draw from, 1 to 30 MB each for the largest countries


def sample_area(
    polygon: Geometry | Sequence[Geometry],
    n: int,
    *,
    seed: int,
    weights: npt.ArrayLike | None = None,
) -> tuple[Floats, Floats]:
    """Draw scrambled Sobol points of an area, uniform by area on the ellipsoid.

    The same seed gives the same points; another seed another, independent scramble. Areas
    across ±180° and over a pole are drawn like any other. A point as the area gives itself.

    Parameters
    ----------
    polygon : shapely Polygon, MultiPolygon or Point, or a sequence of them
        EPSG:4326, edges straight in lon/lat; valid.
    n : int
        Number of points; even spread is best for powers of two.
    seed : int
        Which scramble.
    weights : array_like, shape (k,), optional
        With a sequence of k areas: how much probability each holds, in any unit; within each
        the points stay uniform. Without weights each area holds what its size gives it.

    Returns
    -------
    lon, lat : ndarray, shape (n,)
        Degrees.

    Raises
    ------
    InvalidInputError
        No area in the geometry, not polygons, `n` below 1, or weights that do not fit.

    Notes
    -----
    Owen-scrambled Sobol points (scipy) through the inverse of the area's distribution function
    (Rosenblatt transform) in the authalic cylinder. Edges are cut at 0.05°, which keeps areas
    within about 1e-5 of their size.

    Examples
    --------
    >>> lon, lat = sample_area(shapely.box(0, 0, 10, 10), 256, seed=1)
    >>> round(float(lon.mean()), 1)
    5.0
    """
    return _Source(polygon, weights).place(_sobol(2, n, seed))


def sample_pairs(
    area_a: Geometry | Sequence[Geometry],
    area_b: Geometry | Sequence[Geometry],
    n: int,
    *,
    seed: int,
    weights_a: npt.ArrayLike | None = None,
    weights_b: npt.ArrayLike | None = None,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Draw independent pairs of points of two areas, evenly spread in four dimensions.

    Parameters
    ----------
    area_a, area_b : shapely geometry or sequence
        As in `sample_area`; one or both may be points.
    n : int
        Number of pairs.
    seed : int
        Which scramble.
    weights_a, weights_b : array_like, optional
        As in `sample_area`.

    Returns
    -------
    lon_a, lat_a, lon_b, lat_b : ndarray, shape (n,)
        Degrees.

    Raises
    ------
    InvalidInputError
        As `sample_area`.

    Examples
    --------
    >>> here, there = shapely.box(0, 0, 1, 1), shapely.Point(5, 5)
    >>> lon_a, lat_a, lon_b, lat_b = sample_pairs(here, there, 4, seed=0)
    >>> lon_b.tolist()
    [5.0, 5.0, 5.0, 5.0]
    """
    first, second = _Source(area_a, weights_a), _Source(area_b, weights_b)
    spread = _sobol(4, n, seed)
    return (*first.place(spread[:, :2]), *second.place(spread[:, 2:]))


def estimate_margin(means: npt.ArrayLike, points: int) -> Floats:
    """Estimate how far shares may lie from the truth, from the means of independent scrambles.

    Points of one scramble depend on each other, so a binomial interval would be wrong; means of
    different scrambles are independent.

    Parameters
    ----------
    means : array_like, shape (m, ...)
        One row of shares per scramble; 8 to 16 scrambles are enough.
    points : int
        How many points all scrambles have together. The margin is at least 3 / `points`: what
        was never seen may still exist.

    Returns
    -------
    ndarray, shape (...)
        Half of the 95 % interval.

    Raises
    ------
    InvalidInputError
        Fewer than two scrambles.

    Notes
    -----
    Student's t on the means (Owen 1997; L'Ecuyer et al. 2023).

    Examples
    --------
    >>> round(float(estimate_margin([0.4, 0.5, 0.6], 3_000)), 3)
    0.248
    """
    from scipy.special import stdtrit  # noqa: PLC0415 (slow to load)

    rows = np.asarray(means, float)
    if rows.ndim < 1 or len(rows) < 2:
        raise InvalidInputError(f"means of at least two scrambles expected, got {rows.size}")
    half = stdtrit(len(rows) - 1, _UPPER) * rows.std(axis=0, ddof=1) / math.sqrt(len(rows))
    margin: Floats = np.maximum(half, 3.0 / points)
    return margin


def _sobol(dimensions: int, n: int, seed: int) -> Floats:
    """Draw the first n points of one scrambled sequence."""
    if n < 1:
        raise InvalidInputError(f"at least one point must be drawn, got n={n!r}")
    from scipy.stats import qmc  # noqa: PLC0415 (costs most of a second, only who draws pays)

    sequence = qmc.Sobol(dimensions, scramble=True, seed=seed)
    return np.asarray(sequence.random_base2(math.ceil(math.log2(n)))[:n])


class _Source:
    """One or several areas as a distribution to draw from."""

    def __init__(self, areas: Geometry | Sequence[Geometry], weights: npt.ArrayLike | None) -> None:
        several = isinstance(areas, Sequence | np.ndarray)
        parts = [_make_part(area) for area in (areas if several else [areas])]
        if weights is None:
            mass = np.array([part.size for part in parts])
        else:
            mass = np.asarray(weights, float)
            if mass.shape != (len(parts),) or not (mass >= 0).all() or not 0 < mass.sum() < np.inf:
                raise InvalidInputError(
                    f"weights must be {len(parts)} finite numbers of at least 0, one per area, "
                    f"and not all 0; got {weights!r}"
                )
        self._parts = parts
        self._ends = np.cumsum(mass / mass.sum())
        self._ends[-1] = 1.0

    def place(self, spread: Floats) -> tuple[Floats, Floats]:
        """Map points of the unit square to the areas."""
        lon, lat = np.empty(len(spread)), np.empty(len(spread))
        which = np.searchsorted(self._ends, spread[:, 0], side="right")
        starts = np.concatenate([[0.0], self._ends[:-1]])
        for number, part in enumerate(self._parts):
            rows = np.nonzero(which == number)[0]
            width = self._ends[number] - starts[number]
            for chunk in np.array_split(rows, max(1, math.ceil(len(rows) / _CHUNK))):
                along = (spread[chunk, 0] - starts[number]) / width if width else 0.0
                lon[chunk], lat[chunk] = part.place(np.clip(along, 0, 1), spread[chunk, 1])
        return lon, lat


class _Place:
    """A point as an area of its own."""

    def __init__(self, point: Geometry) -> None:
        lon, lat = validate_lonlat([point.x], [point.y])
        self._lon, self._lat = float(lon[0]), float(lat[0])
        self.size = 1.0

    def place(self, along: Floats, across: Floats) -> tuple[Floats, Floats]:
        """Give the point itself, as often as asked."""
        return np.full(len(along), self._lon), np.full(len(across), self._lat)


class _Sections:
    """An area by its sections along meridians, in the equal-area cylinder.

    Between two neighbouring vertices' longitudes every section is bounded by the same edges.
    """

    def __init__(self, polygon: Geometry) -> None:
        start, end = _equal_area_edges(polygon)
        self._start, self._slope = start, (end[:, 1] - start[:, 1]) / (end[:, 0] - start[:, 0])
        self._knots = np.unique(np.concatenate([start[:, 0], end[:, 0]]))
        first = np.searchsorted(self._knots, start[:, 0])
        count = np.searchsorted(self._knots, end[:, 0]) - first
        edge = np.repeat(np.arange(len(start)), count)
        interval = _ranges(first, count)
        order = np.argsort(interval, kind="stable")
        self._edge, interval = edge[order], interval[order]
        self._first = np.searchsorted(interval, np.arange(len(self._knots)))
        self._heights = self._widths(interval, len(self._knots) - 1)
        areas = (self._heights[0] + self._heights[1]) / 2 * np.diff(self._knots)
        self._cumulative = np.concatenate([[0.0], np.cumsum(areas)])
        self.size = float(self._cumulative[-1])

    def _widths(self, interval: Ints, count: int) -> list[Floats]:
        """Sum up how much of the meridian lies inside, at both sides of each interval."""
        middle = (self._knots[interval] + self._knots[interval + 1]) / 2
        order = np.lexsort((self._height(self._edge, middle), interval))
        sign = np.where(np.arange(len(order)) % 2 == 1, 1.0, -1.0)
        edge, where = self._edge[order], interval[order]
        heights = (self._height(edge, self._knots[where + side]) for side in (0, 1))
        return [np.maximum(np.bincount(where, h * sign, count), 0) for h in heights]

    def _height(self, edge: Ints, lon: Floats) -> Floats:
        """Height of edges at longitudes."""
        above = self._slope[edge] * (lon - self._start[edge, 0])
        return np.asarray(self._start[edge, 1] + above)

    def place(self, along: Floats, across: Floats) -> tuple[Floats, Floats]:
        """Map points of the unit square to the area."""
        interval, lon = self._find_longitudes(along)
        count = self._first[interval + 1] - self._first[interval]
        sample = np.repeat(np.arange(len(along)), count)
        edge = self._edge[_ranges(self._first[interval], count)]
        height = self._height(edge, lon[sample])
        height = height[np.lexsort((height, sample))]
        low, high = height[0::2], height[1::2]
        reached = np.concatenate([[0.0], np.cumsum(high - low)])
        last = np.cumsum(count // 2)
        begin, end = reached[last - count // 2], reached[last]
        wanted = begin + across * (end - begin)
        piece = np.searchsorted(reached, wanted, side="right") - 1
        piece = np.clip(piece, last - count // 2, last - 1)
        found = np.clip(low[piece] + wanted - reached[piece], low[piece], high[piece])
        return lon, _from_authalic(found)

    def _find_longitudes(self, along: Floats) -> tuple[Ints, Floats]:
        """Find the meridians below which given parts of the area lie."""
        wanted = along * self.size
        interval = np.searchsorted(self._cumulative, wanted, side="right") - 1
        interval = np.clip(interval, 0, len(self._knots) - 2)
        left, right = self._heights[0][interval], self._heights[1][interval]
        width = self._knots[interval + 1] - self._knots[interval]
        share = (wanted - self._cumulative[interval]) / width
        root = np.sqrt(np.maximum(left * left + 2 * (right - left) * share, 0.0))
        step = np.divide(2 * share, left + root, out=np.zeros_like(share), where=left + root > 0)
        lon = self._knots[interval] + np.clip(step, 0, 1) * width
        return interval, lon


def _make_part(area: Geometry) -> _Place | _Sections:
    """Read one area."""
    kind = getattr(area, "geom_type", None)
    if kind not in ("Point", "Polygon", "MultiPolygon") or area.is_empty:
        raise InvalidInputError(f"a polygon or point in lon/lat expected, got {area!r}")
    if kind == "Point":
        return _Place(area)
    if not area.area > 0:
        raise InvalidInputError(f"a polygon with an area expected, got one of area {area.area!r}")
    return _cut_in_sections(_Same(area))


class _Same:
    """A polygon that equals itself only, so that looking it up compares no vertices."""

    __slots__ = ("polygon",)

    def __init__(self, polygon: Geometry) -> None:
        self.polygon = polygon

    def __hash__(self) -> int:
        return id(self.polygon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.polygon is other.polygon


@lru_cache(maxsize=_KEPT)
def _cut_in_sections(area: _Same) -> _Sections:
    """Prepare a polygon once for all scrambles; polygons never change."""
    return _Sections(area.polygon)


def _equal_area_edges(polygon: Geometry) -> tuple[Floats, Floats]:
    """List the edges that are not along meridians, from west to east, in the cylinder."""
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(polygon, _EDGE_DEG)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    validate_lonlat(xy[:, 0], xy[:, 1], what="vertex of an area")
    joined = ring[:-1] == ring[1:]
    start, end = xy[:-1][joined], xy[1:][joined]
    start, end = (np.column_stack([p[:, 0], _to_authalic(p[:, 1])]) for p in (start, end))
    back = start[:, 0] > end[:, 0]
    start[back], end[back] = end[back], start[back]
    slanted = start[:, 0] < end[:, 0]
    return start[slanted], end[slanted]


def _ranges(first: Ints, count: Ints) -> Ints:
    """Join the ranges [first, first + count)."""
    before = np.cumsum(count) - count
    return np.arange(int(count.sum())) - np.repeat(before - first, count)


def _authalic_q(sine: Floats) -> Floats:
    """Give the area between the equator and a latitude, not normalised."""
    edge = _ECCENTRICITY * sine
    return np.asarray((1 - E2) * (sine / (1 - edge * edge) + np.arctanh(edge) / _ECCENTRICITY))


_Q_POLE = float(_authalic_q(np.array(1.0)))


def _to_authalic(lat: Floats) -> Floats:
    """Give the height in the equal-area cylinder, -1 to 1."""
    return _authalic_q(np.sin(np.radians(lat))) / _Q_POLE


def _from_authalic(height: Floats) -> Floats:
    """Find the latitude for a height in the cylinder, by Newton on its sine."""
    sine = np.clip(height, -1, 1)
    for _ in range(_NEWTON_STEPS):
        slope = 2 * (1 - E2) / (1 - E2 * sine * sine) ** 2
        sine = np.clip(sine + (height * _Q_POLE - _authalic_q(sine)) / slope, -1, 1)
    return np.degrees(np.arcsin(sine))
