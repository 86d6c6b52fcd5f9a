"""The outline of an island of which the gazetteer knows only a point."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.atlas.territories import load_pieces

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["find_island"]

_NEAR_DEG = 0.05
_MOST_DEG2 = 700.0  # Greenland has about 660 square degrees, Australia and continents more


def find_island(lon: float, lat: float) -> BaseGeometry:
    """Find the land that hangs together with a point, across borders.

    Parameters
    ----------
    lon, lat : float
        A point of the island, degrees.

    Returns
    -------
    Polygon or MultiPolygon
        EPSG:4326; empty where there is no land, or so much of it that it is a continent.

    Examples
    --------
    >>> sicily = find_island(14.0, 37.6)
    >>> [round(value) for value in sicily.bounds]
    [12, 37, 16, 38]
    """
    parts, tree = _load_land()
    found = tree.query(shapely.Point(lon, lat), predicate="dwithin", distance=_NEAR_DEG)
    distance = shapely.distance(parts[found], shapely.Point(lon, lat))
    found = found[np.argsort(distance, kind="stable")[:1]]
    while len(found):
        if shapely.area(parts[found]).sum() > _MOST_DEG2:
            return shapely.Polygon()
        more = np.unique(tree.query(parts[found], predicate="intersects")[1])
        if len(more) == len(found):
            return shapely.union_all(parts[found])
        found = more
    return shapely.Polygon()


@lru_cache(maxsize=1)
def _load_land() -> tuple[npt.NDArray[Any], shapely.STRtree]:
    """Return all separate pieces of land, and a tree over them."""
    pieces = load_pieces()
    is_land = np.array([pieces.kinds[number] == "country" for number in pieces.de_facto])
    parts = shapely.get_parts(pieces.polygons[is_land])
    return parts, shapely.STRtree(parts)
