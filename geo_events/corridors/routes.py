"""The shortest way round closed territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geo_events.corridors.areas import make_area_ends
from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.ends import End, Given, make_end, make_ends
from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import inverse
from geo_events.geodesy.routes import find_shortest_path
from geo_events.measures import parse_length, parse_speed
from geo_events.values import LonLat, View, validate_view

if TYPE_CHECKING:
    import numpy as np

    from geo_events.corridors.corridor_value import Corridor

__all__ = ["find_route"]


def find_route(
    origin: Given,
    target: Given,
    *,
    avoid: object = (),
    margin: str | None = None,
    speed: str | None = None,
    view: View = "de_facto",
) -> Corridor:
    """Find the shortest way from one point to another that stays out of territories.

    Parameters
    ----------
    origin, target : str, Place, LonLat or Point
        Points.
    avoid : place, list of places, or GeoDataFrame
        Countries, seas, regions or polygons to stay out of; or areas of your own, by the column
        `name`, in EPSG:4326.
    margin : str, optional
        How far to stay away from them, such as "20 nmi"; at most 1,000 km.
    speed : str, optional
        As for `make_corridor`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Corridor
        With the turning points as `via`, what was avoided as `avoid`, the straight line's length
        as `direct_km`, and `longer_km`. Where nothing is in the way it is the straight line.

    Raises
    ------
    InvalidInputError
        An end that is an area or lies in what is to be avoided (or within the margin of it), a
        point to avoid, or no way at all.
    InvalidMeasureError
        A margin without its unit, or a negative or too large one.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Notes
    -----
    A visibility graph on the ellipsoid; less than 0.5 % longer than the shortest way.

    Examples
    --------
    >>> route = find_route("0N 0E", "0N 10E", avoid=shapely.box(4, -9, 6, 1))
    >>> len(route.via), route.length_km > route.direct_km
    (2, True)
    """
    validate_view(view)
    start = make_end(origin, view=view, what="origin")
    end = make_end(target, view=view, what="target")
    if isinstance(avoid, gpd.GeoDataFrame | gpd.GeoSeries):
        closed = make_area_ends(avoid, what="avoid")
    else:
        closed = make_ends(avoid, view=view, what="avoid")
    margin_m = 0.0 if margin is None else parse_length(margin, name="margin")
    if speed is not None:
        parse_speed(speed)
    _validate(start, end, closed)
    lon, lat = find_shortest_path(
        start.lon, start.lat, end.lon, end.lat, [place.geometry for place in closed], margin_m
    )
    turns = [
        LonLat(lon=float(x), lat=float(y)) for x, y in zip(_wrap(lon[1:-1]), lat[1:-1], strict=True)
    ]
    route = make_corridor(start, end, via=turns, speed=speed, view=view)
    straight = float(inverse(start.lon, start.lat, end.lon, end.lat)[2]) / 1000
    return route.with_route(closed, straight)


def _wrap(lon: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    """Return longitudes within [-180, 180]."""
    return [float((value + 180) % 360 - 180) for value in lon]


def _validate(start: End, end: End, closed: tuple[End, ...]) -> None:
    """Refuse ends that are areas or lie in what is to be avoided, and points to avoid."""
    for what, place in (("origin", start), ("target", end)):
        if place.is_area:
            raise InvalidInputError(f"{what}: {place.given!r} is an area; a route needs points")
    for territory in closed:
        if not territory.is_area:
            raise InvalidInputError(
                f"avoid: {territory.given!r} is a point; give an area to stay out of: a country, "
                "sea, region, or a polygon of your own"
            )
        for what, place in (("origin", start), ("target", end)):
            if shapely.intersects(territory.geometry, place.geometry):
                raise InvalidInputError(
                    f"{what}: {place.name} lies in {territory.name}, which is to be avoided"
                )
