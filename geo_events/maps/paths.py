"""Shapes made ready to draw: lines joined across +-180 degrees, outlines no finer than a pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from geo_events.maps.unwrap import unwrap_path

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Path = tuple[NDArray[np.float64], NDArray[np.float64]]

__all__ = ["join_line", "place_caption", "simplify_area"]

_LINE_TOLERANCE_DEG = 0.001
_AREA_TOLERANCE_DEG = 0.01
_TURNS = (-360.0, 0.0, 360.0)


def join_line(line: BaseGeometry) -> Path:
    """Join the parts of a line that was cut at +-180 degrees.

    Parameters
    ----------
    line : LineString or MultiLineString
        EPSG:4326; parts in order.

    Returns
    -------
    lon, lat : arrays, shape (n,)
        Without jumps, and without vertices that a reader could not see.

    Examples
    --------
    >>> lon, lat = join_line(shapely.from_wkt("MULTILINESTRING((170 0, 180 1), (-180 1, -170 2))"))
    >>> lon.tolist()
    [170.0, 190.0]
    """
    xy = shapely.get_coordinates(line)
    lon = unwrap_path(xy[:, 0])
    joined = np.column_stack([lon, xy[:, 1]])
    if len(joined) < 2:
        return joined[:, 0], joined[:, 1]
    simple = shapely.simplify(shapely.linestrings(joined), _LINE_TOLERANCE_DEG)
    kept = shapely.get_coordinates(simple)
    moved = np.concatenate([[True], np.any(np.diff(kept, axis=0) != 0, axis=1)])
    return kept[moved, 0], kept[moved, 1]


def simplify_area(area: BaseGeometry) -> BaseGeometry:
    """Return an outline without detail finer than about 1 km; never an empty one."""
    simple = shapely.simplify(area, _AREA_TOLERANCE_DEG)
    return area if shapely.is_empty(simple) else simple


def place_caption(
    area: BaseGeometry, window: tuple[float, float, float, float]
) -> tuple[float, float] | None:
    """Find where words on an area can be read within a window.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        EPSG:4326.
    window : (west, south, east, north)
        What the map shows; may run beyond 180 degrees.

    Returns
    -------
    (lon, lat) or None
        A point inside the largest visible part; None when nothing of it is visible, and in the
        window of a single point or of a meridian, which has no area.
    """
    west, south, east, north = window
    if west >= east or south >= north:
        return None
    turns = [affinity.translate(area, xoff=turn) for turn in _TURNS]
    seen = [shapely.simplify(shapely.clip_by_rect(turn, *window), 0.05) for turn in turns]
    parts = shapely.get_parts(seen)
    parts = parts[shapely.get_dimensions(parts) == 2] if len(parts) else parts
    if not len(parts):
        return None
    largest = parts[int(np.argmax(shapely.area(parts)))]
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.2)
    lon, lat = shapely.get_coordinates(circle)[0]
    return float(lon), float(lat)
