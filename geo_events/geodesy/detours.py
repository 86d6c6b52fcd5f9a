"""What a longer route would change: territory within reach of a detour, and ways round it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.ellipsoid import inverse, validate_lonlat
from geo_events.geodesy.outlines import Outline, lay_in_plane, make_outline, search_from
from geo_events.geodesy.planes import to_normal

__all__ = [
    "Allowance",
    "measure_can_avoid",
    "measure_can_cross",
    "measure_way_round",
    "measure_way_through",
]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Geometry = Any

_STEP = 0.003  # of the usual distance: how far apart the points of a border are looked at
_ERODED = 0.001  # of the usual distance: how much a territory is taken smaller to go round it
_MOST_VERTICES = 1_000
_BLOCKS = 48
_BEST_BLOCKS = 4
_CHUNK = 512
_ROUNDING_M = 1.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much longer than the straight line a route may be.

    Parameters
    ----------
    detour : float, optional
        Share of the straight line's length: 0.05 allows 5 % more.
    max_length_m : float, optional
        Longest route, metres. With both given, both hold.
    """

    detour: float | None = None
    max_length_m: float | None = None

    def __post_init__(self) -> None:
        if self.detour is None and self.max_length_m is None:
            raise InvalidMeasureError("an allowance needs a detour, a longest length, or both")
        for value in (self.detour, self.max_length_m):
            if value is not None and not (np.isfinite(value) and value >= 0):
                raise InvalidMeasureError(f"an allowance must be 0 or more, got {value!r}")

    def limit(self, straight_m: Floats) -> Floats:
        """Give the longest route allowed for each straight length, metres.

        Parameters
        ----------
        straight_m : ndarray, shape (n,)
            Lengths of the straight lines.

        Returns
        -------
        ndarray, shape (n,)
            Metres.

        Examples
        --------
        >>> Allowance(detour=0.05).limit(np.array([1000.0])).tolist()
        [1050.0]
        """
        limit = np.full(np.shape(straight_m), np.inf)
        if self.detour is not None:
            limit = np.minimum(limit, (1 + self.detour) * np.asarray(straight_m))
        if self.max_length_m is not None:
            limit = np.minimum(limit, self.max_length_m)
        return limit


def measure_can_cross(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    target: tuple[float, float],
    territory: Geometry,
    allowance: Allowance,
) -> Bools:
    """Tell from which origins some route within an allowance touches a territory.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Origins, degrees.
    target : (float, float)
        Longitude and latitude of the target.
    territory : shapely Polygon or MultiPolygon
        EPSG:4326.
    allowance : Allowance
        How long a route may be.

    Returns
    -------
    ndarray of bool, shape (n,)
        False also where even the straight line is longer than allowed.

    Raises
    ------
    InvalidCoordinateError
        An origin or the target is not finite or out of range.

    Examples
    --------
    >>> territory = shapely.box(4, 1, 6, 3)
    >>> [bool(measure_can_cross([0.0], [0.0], (10.0, 0.0), territory, Allowance(detour=d))[0])
    ...  for d in (0.001, 0.05)]
    [False, True]
    """
    origin, place = _validate(lon, lat, target)
    straight = inverse(*origin, *place)[2]
    through = measure_way_through(lon, lat, target, territory)
    return np.asarray(through <= allowance.limit(straight) + _ROUNDING_M)


def measure_can_avoid(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    target: tuple[float, float],
    territory: Geometry,
    allowance: Allowance,
) -> Bools:
    """Tell from which origins some route within an allowance stays out of a territory.

    Parameters
    ----------
    lon, lat, target, territory, allowance
        As in `measure_can_cross`.

    Returns
    -------
    ndarray of bool, shape (n,)
        False where origin or target lie in the territory, or the allowance is too short for the
        straight line.

    Raises
    ------
    InvalidCoordinateError
        An origin or the target is not finite or out of range.

    Examples
    --------
    >>> wall = shapely.box(4, -2, 6, 2)
    >>> [bool(measure_can_avoid([0.0], [0.0], (10.0, 0.0), wall, Allowance(detour=d))[0])
    ...  for d in (0.001, 0.2)]
    [False, True]
    """
    origin, place = _validate(lon, lat, target)
    limit = allowance.limit(inverse(*origin, *place)[2]) + _ROUNDING_M
    way = measure_way_round(lon, lat, target, territory, limit_m=limit)
    return np.asarray(way <= limit)


def measure_way_through(
    lon: npt.ArrayLike, lat: npt.ArrayLike, target: tuple[float, float], territory: Geometry
) -> Floats:
    """Measure the shortest routes from origins to a target that touch a territory.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Origins, degrees.
    target : (float, float)
        Longitude and latitude.
    territory : shapely Polygon or MultiPolygon
        EPSG:4326.

    Returns
    -------
    ndarray, shape (n,)
        Metres; the straight line's length where origin or target lie in the territory; infinite
        for an empty territory.

    Raises
    ------
    InvalidCoordinateError
        An origin or the target is not finite or out of range.

    Notes
    -----
    The least sum of two distances over points of the border 0.3 % of the way apart: too long by
    at most about 0.02 % of it, unless origin or target lie almost on the border.

    Examples
    --------
    >>> through = measure_way_through([0.0], [0.0], (10.0, 0.0), shapely.box(4, 1, 6, 3))
    >>> bool(1_113_195 < through[0] < 1_140_000)
    True
    """
    origin, place = _validate(lon, lat, target)
    straight = inverse(*origin, *place)[2]
    if territory.is_empty:
        return np.full(len(straight), np.inf)
    usual = float(np.median(straight)) if len(straight) else 1e6
    border = _border_points(territory, max(100.0, _STEP * usual))
    border = _within_reach(origin, place, border)
    onward = inverse(border[:, 0], border[:, 1], *place)[2]
    nearest = _likely_nearest(origin, place, border)
    found = np.full(len(straight), np.inf)
    for column in nearest.T:
        point = border[column]
        total = inverse(*origin, point[:, 0], point[:, 1])[2] + onward[column]
        found = np.minimum(found, total)
    inside = shapely.intersects_xy(territory, *origin) | shapely.intersects_xy(territory, *place)
    return np.where(inside, straight, np.maximum(found, straight))


def measure_way_round(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    target: tuple[float, float],
    territory: Geometry,
    *,
    limit_m: npt.ArrayLike = math.inf,
) -> Floats:
    """Measure the shortest routes from origins to a target that stay out of a territory.

    Parameters
    ----------
    lon, lat, target, territory
        As in `measure_way_through`.
    limit_m : array_like, shape (n,)
        Metres: longer ways need not be found, and may be given as infinite.

    Returns
    -------
    ndarray, shape (n,)
        Metres; infinite where origin or target lie in the territory or are enclosed by it.

    Raises
    ------
    InvalidCoordinateError
        An origin or the target is not finite or out of range.

    Notes
    -----
    One search from the target over the outline's visibility graph. The territory is taken
    smaller by about 0.1 % of the usual
    way (up to 1.6 % if its coast is very long), so that no origin on its coast is shut in; ways
    are too short by about 0.05 % at most.

    Examples
    --------
    >>> way = measure_way_round([0.0], [0.0], (10.0, 0.0), shapely.box(4, -2, 6, 2))
    >>> bool(1_113_195 < way[0] < 1_230_000)
    True
    """
    origin, place = _validate(lon, lat, target)
    limit = np.broadcast_to(np.asarray(limit_m, float), origin[0].shape)
    return _way_round(origin, place, territory, limit)


def _validate(
    lon: npt.ArrayLike, lat: npt.ArrayLike, target: tuple[float, float]
) -> tuple[tuple[Floats, Floats], tuple[float, float]]:
    """Check origins and target."""
    lons, lats = validate_lonlat(np.atleast_1d(lon), np.atleast_1d(lat), what="origin")
    if len(target) != 2:
        raise InvalidInputError(f"a target is a longitude and a latitude, got {target!r}")
    x, y = validate_lonlat([target[0]], [target[1]], what="target")
    return (lons, lats), (float(x[0]), float(y[0]))


def _border_points(territory: Geometry, step_m: float) -> Floats:
    """List vertices of the border and points between them."""
    fine = shapely.segmentize(territory, max(step_m / 111_000, 1e-4))
    points = shapely.get_coordinates(fine)
    cell = step_m / 222_000  # vertices much closer than the step say nothing new
    shrunk = np.maximum(np.cos(np.radians(points[:, 1])), 0.05)
    keys = np.round(np.column_stack([points[:, 0] * shrunk, points[:, 1]]) / cell)
    return np.asarray(points[np.sort(np.unique(keys, axis=0, return_index=True)[1])])


def _within_reach(
    origin: tuple[Floats, Floats], place: tuple[float, float], border: Floats
) -> Floats:
    """Leave out border points that cannot be on the shortest way through from any origin."""
    here, points = to_normal(*origin), to_normal(border[:, 0], border[:, 1])
    onward = np.arccos(np.clip(points @ to_normal(*place), -1, 1))
    few = slice(None, None, max(1, len(border) // _BLOCKS))
    first = np.arccos(np.clip(here @ points[few].T, -1, 1))
    longest = float((first + onward[few]).min(axis=1).max(initial=0.0))
    middle = here.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-12)
    radius = float(np.arccos(np.clip(here @ middle, -1, 1)).max(initial=0.0))
    least = onward + np.arccos(np.clip(points @ middle, -1, 1)) - radius
    return np.asarray(border[least <= 1.01 * longest + 1e-3])


def _likely_nearest(
    origin: tuple[Floats, Floats], place: tuple[float, float], border: Floats
) -> Ints:
    """Find, on a sphere, the border points with the least way through; the best of some blocks."""
    size = -(-len(border) // _BLOCKS)
    padded = np.pad(
        np.arange(len(border)), (0, size * -(-len(border) // size) - len(border)), "edge"
    )
    points = to_normal(border[padded, 0], border[padded, 1])
    onward = np.arccos(np.clip(points @ to_normal(*place), -1, 1))
    rows = []
    for k in range(0, len(origin[0]), _CHUNK):
        here = to_normal(origin[0][k : k + _CHUNK], origin[1][k : k + _CHUNK])
        total = np.arccos(np.clip(here @ points.T, -1, 1)) + onward
        blocks = total.reshape(len(here), -1, size)
        inner = blocks.argmin(axis=2)
        least = np.take_along_axis(blocks, inner[..., None], axis=2)[..., 0]
        best = np.argsort(least, axis=1)[:, :_BEST_BLOCKS]
        rows.append(padded[best * size + np.take_along_axis(inner, best, axis=1)])
    return np.concatenate(rows) if rows else np.empty((0, 1), np.int64)


def _way_round(
    origin: tuple[Floats, Floats], place: tuple[float, float], territory: Geometry, limit: Floats
) -> Floats:
    """Measure ways round, giving up where they are longer than a limit."""
    straight = inverse(*origin, *place)[2]
    if territory.is_empty or len(straight) == 0:
        return straight
    inside = shapely.intersects_xy(territory, *origin) | shapely.intersects_xy(territory, *place)
    usual = max(1_000.0, float(np.median(straight)))
    by_m = _ERODED * 2.0 ** round(math.log2(usual))  # in powers of two, to be found again
    outline = _eroded_outline(territory, by_m)
    start = to_normal(*origin)
    goal = np.repeat(to_normal([place[0]], [place[1]]), len(start), axis=0)
    way = np.where(~inside & outline.sees(start, goal), straight, np.inf)
    rows = np.nonzero(~inside & ~np.isfinite(way) & (straight <= limit))[0]
    if len(rows) and len(outline.lon):
        onward = search_from(outline, *place)[0]
        here = (origin[0][rows], origin[1][rows])
        way[rows] = _best_corner(outline, here, onward, limit[rows])
    return way


@lru_cache(maxsize=32)
def _eroded_outline(territory: Geometry, by_m: float) -> Outline:
    """Make the outline of a territory that is a little smaller than it is."""
    shape = lay_in_plane([territory])
    smaller = shape
    for coarser in (1, 2, 4, 8, 16):
        smaller = shape.grown(-by_m * coarser).simplified(0.9 * by_m * coarser)
        if shapely.get_num_coordinates(smaller.shape) <= _MOST_VERTICES:
            break
    if smaller.shape.is_empty:
        smaller = shape.grown(-1.0)
    return make_outline(smaller)


def _best_corner(
    outline: Outline, origin: tuple[Floats, Floats], onward: Floats, limit: Floats
) -> Floats:
    """Find for each origin the shortest way by a corner that it sees, best corners first."""
    start = to_normal(*origin)
    row, corner = np.nonzero(outline.touches(start, slice(None)) & np.isfinite(onward))
    first = inverse(origin[0][row], origin[1][row], outline.lon[corner], outline.lat[corner])[2]
    total = first + onward[corner]
    kept = total <= limit[row]
    row, corner, total = row[kept], corner[kept], total[kept]
    order = np.lexsort((total, row))
    row, corner, total = row[order], corner[order], total[order]
    way = np.full(len(start), np.inf)
    begin = np.searchsorted(row, np.arange(len(start)))
    end = np.searchsorted(row, np.arange(len(start)), side="right")
    open_rows = np.nonzero(begin < end)[0]
    while len(open_rows):
        pick = begin[open_rows]
        seen = outline.sees(start[open_rows], outline.corner[corner[pick]])
        way[open_rows[seen]] = total[pick[seen]]
        begin[open_rows] += 1
        open_rows = open_rows[~seen & (begin[open_rows] < end[open_rows])]
    return way
