"""Longitudes for drawing: one window of 360 degrees in which nothing is torn apart at +-180."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import GeometryCollection, MultiLineString, MultiPoint, MultiPolygon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["find_centre", "shift_geometry", "shift_path", "shrink_at", "unwrap_path"]

_SEAM_DEG = 1e-6
_STEEPEST_DEG = 80.0  # nearer to a pole the scale of a plain map is not adapted any more


def find_centre(lon: NDArray[np.float64]) -> float:
    """Return the longitude to draw round: the middle of the shortest arc that holds all.

    Parameters
    ----------
    lon : array, shape (n,)
        Degrees, any turn; 0.0 is returned for none.

    Returns
    -------
    float
        Degrees, -180 to 180.

    Examples
    --------
    >>> find_centre(np.array([170.0, -170.0]))
    -180.0
    """
    if lon.size == 0:
        return 0.0
    turns = np.unique(np.mod(lon, 360.0))
    gaps = np.diff(turns, append=turns[0] + 360.0)
    widest = int(np.argmax(gaps))
    middle_of_gap = turns[widest] + gaps[widest] / 2
    return float(np.mod(middle_of_gap, 360.0) - 180.0)


def shrink_at(lat: float) -> float:
    """Return how much shorter a degree of longitude is than one of latitude.

    Examples
    --------
    >>> round(shrink_at(60.0), 3)
    0.5
    """
    return float(np.cos(np.radians(min(abs(lat), _STEEPEST_DEG))))


def unwrap_path(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes without jumps of more than 180 degrees between neighbours."""
    unwrapped: NDArray[np.float64] = np.unwrap(lon, period=360.0)
    return unwrapped


def shift_path(lon: NDArray[np.float64], centre: float) -> NDArray[np.float64]:
    """Move a continuous path by whole turns so that its middle is near a longitude."""
    if lon.size == 0:
        return lon
    middle = (float(np.min(lon)) + float(np.max(lon))) / 2
    shift = 360.0 * np.round((centre - middle) / 360.0)
    return np.asarray(lon + shift, dtype=np.float64)


def shift_geometry(geometry: BaseGeometry, centre: float) -> BaseGeometry:
    """Move the parts of a geometry by whole turns to near a longitude, and close the seam.

    Parameters
    ----------
    geometry : shapely geometry
        EPSG:4326; parts may have been cut at +-180.
    centre : float
        Degrees.

    Returns
    -------
    shapely geometry
        The parts within 180 degrees of the centre; polygons that were cut at +-180 and now
        touch are one again.
    """
    parts = shapely.get_parts(geometry)
    bounds = shapely.bounds(parts)
    shifts = 360.0 * np.round((centre - (bounds[:, 0] + bounds[:, 2]) / 2) / 360.0)
    if not shifts.any():
        return geometry
    moved = [_move(part, shift) for part, shift in zip(parts, shifts, strict=True)]
    polygonal = bool(np.all(shapely.get_dimensions(parts) == 2))
    if polygonal and _touches_seam(bounds):
        return shapely.union_all(moved)
    return _collect(moved)


def _move(part: BaseGeometry, shift: float) -> BaseGeometry:
    """Move one part by whole turns."""
    if shift == 0.0:
        return part
    return shapely.transform(part, lambda xy: xy + np.array([shift, 0.0]))


def _touches_seam(bounds: NDArray[np.float64]) -> bool:
    """Whether parts end at +180 and others begin at -180."""
    return bool(
        (np.abs(bounds[:, 0] + 180.0) < _SEAM_DEG).any()
        and (np.abs(bounds[:, 2] - 180.0) < _SEAM_DEG).any()
    )


def _collect(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Put parts of one dimension into one geometry again."""
    kinds = {int(shapely.get_dimensions(part)) for part in parts}
    makers: dict[int, Callable[[list[Any]], BaseGeometry]]
    makers = {0: MultiPoint, 1: MultiLineString, 2: MultiPolygon}
    maker = makers[kinds.pop()] if len(kinds) == 1 else GeometryCollection
    return maker(list(parts))
