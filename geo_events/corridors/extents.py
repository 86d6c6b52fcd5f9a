"""How near and how far two ends of a corridor are from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import inverse, to_ecef
from geo_events.geodesy.envelopes import make_envelope

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["WHOLE_EARTH", "find_reach", "measure_extent_km"]

Floats = npt.NDArray[np.float64]

WHOLE_EARTH = shapely.box(-180, -90, 180, 90)
_SPACING_DEG = 0.02
_FEW = 1500
_ROUNDS = 20


def find_reach(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return an area that no geodesic between two points or areas leaves.

    Parameters
    ----------
    first, second : shapely geometry
        Points, Polygons or MultiPolygons, EPSG:4326.

    Returns
    -------
    shapely geometry
        The envelope; the whole Earth for ends so large or so nearly opposite that lines between
        them go everywhere.

    Examples
    --------
    >>> find_reach(shapely.Point(0, 0), shapely.box(178, -5, 180, 5)).bounds
    (-180.0, -90.0, 180.0, 90.0)
    """
    try:
        reach: BaseGeometry = make_envelope(first, second)
    except InvalidInputError:
        return WHOLE_EARTH
    return reach


def measure_extent_km(first: BaseGeometry, second: BaseGeometry) -> tuple[float, float]:
    """Measure the shortest and the longest geodesic between two points or areas.

    Parameters
    ----------
    first, second : shapely geometry
        Points, Polygons or MultiPolygons, EPSG:4326.

    Returns
    -------
    shortest_km, longest_km : float
        Kilometres; the shortest is 0 where the two overlap. For two points both are the same.

    Notes
    -----
    Outlines are taken at points at most 0.02° apart, so that the shortest may be too long by up
    to 1 km where the two nearly touch, and by metres where they are 100 km apart.

    Examples
    --------
    >>> measure_extent_km(shapely.Point(0, 0), shapely.box(1, -1, 2, 1))[0].__round__(1)
    111.3
    """
    lonlat = [_outline(shape) for shape in (first, second)]
    ecef = [to_ecef(*points.T) for points in lonlat]
    pairs = [_nearest_pair(*ecef), _farthest_pair(*ecef)]
    lengths = [float(inverse(*lonlat[0][a], *lonlat[1][b])[2]) / 1000 for a, b in pairs]
    if shapely.intersects(first, second):
        lengths[0] = 0.0
    return lengths[0], lengths[1]


def _outline(shape: Any) -> Floats:  # noqa: ANN401  shapely's segmentize takes any geometry
    """Return the points of an outline, shape (n, 2)."""
    return shapely.get_coordinates(shapely.segmentize(shape, _SPACING_DEG))


def _nearest_pair(first: Floats, second: Floats) -> tuple[int, int]:
    """Return the rows of the two points that are nearest to each other."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  half a second that few answers need

    swap = len(first) > len(second)
    small, large = (second, first) if swap else (first, second)
    distance, row = (np.asarray(found) for found in cKDTree(large).query(small))
    best = int(np.argmin(distance))
    return (int(row[best]), best) if swap else (best, int(row[best]))


def _farthest_pair(first: Floats, second: Floats) -> tuple[int, int]:
    """Return the rows of the two points that are farthest from each other."""
    rows = [np.unique(np.linspace(0, len(p) - 1, _FEW).astype(int)) for p in (first, second)]
    spread = first[rows[0]] @ second[rows[1]].T
    a, b = np.unravel_index(int(np.argmin(spread)), spread.shape)
    best = (int(rows[0][a]), int(rows[1][b]))
    for _ in range(_ROUNDS):
        other = _farthest(second, first[best[0]])
        found = (_farthest(first, second[other]), other)
        if found == best:
            break
        best = found
    return best


def _farthest(points: Floats, place: Floats) -> int:
    """Return the row of the point farthest from a place."""
    return int(np.argmax(((points - place) ** 2).sum(axis=1)))
