"""Range rings about a place."""

from __future__ import annotations

import geopandas as gpd

from geo_events.corridors.ends import Given, make_end
from geo_events.errors import InvalidInputError
from geo_events.geodesy.rings import make_ring
from geo_events.measures import format_km, parse_length

__all__ = ["make_range_rings"]


def make_range_rings(center: Given, *radii: str) -> gpd.GeoDataFrame:
    """Make the areas within given distances of a place.

    Parameters
    ----------
    center : str, Place, LonLat or Point
        A place that is a point.
    *radii : str
        One or more lengths with their units, such as "300 km", "200 nmi".

    Returns
    -------
    GeoDataFrame
        One row per radius in the order given: `center` (what was understood), `radius_km`,
        `label`, `geometry` (a polygon in EPSG:4326, cut at ±180°, closed along a pole inside).

    Raises
    ------
    InvalidInputError
        Without a radius, or when the centre is an area.
    InvalidMeasureError
        A radius without its unit, of zero, or of more than half the Earth.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Examples
    --------
    >>> make_range_rings("35.95N 39.01E", "300 km", "200 nmi").label.tolist()
    ['300 km', '370 km']
    """
    if not radii:
        raise InvalidInputError("radii: expected one or more lengths such as '300 km'; got none")
    end = make_end(center, what="center")
    if end.is_area:
        raise InvalidInputError(
            f"center: {end.given!r} is an area; a ring needs a point, such as a city"
        )
    lengths = [parse_length(radius, name=f"radii[{k}]") for k, radius in enumerate(radii)]
    return gpd.GeoDataFrame(
        {
            "center": [end.name] * len(lengths),
            "radius_km": [length / 1000 for length in lengths],
            "label": [format_km(length / 1000) for length in lengths],
        },
        geometry=[make_ring(end.lon, end.lat, length) for length in lengths],
        crs=4326,
    )
