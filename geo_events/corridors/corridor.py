"""Make the corridor of straight lines from one place to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geo_events.corridors.corridor_value import Corridor
from geo_events.corridors.ends import Given, make_end, make_ends
from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.bands import MAX_HALF_WIDTH_M
from geo_events.measures import format_km
from geo_events.values import View, validate_view

__all__ = ["Corridor", "make_corridor"]


def make_corridor(
    origin: Given,
    target: Given,
    *,
    via: Any = (),  # noqa: ANN401  one place or a list of them
    half_width: str | None = None,
    speed: str | None = None,
    depart: datetime | None = None,
    view: View = "de_facto",
) -> Corridor:
    """Make the corridor of straight lines from one place to another.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Points or areas. A sea, country or region stands for "somewhere in it".
    via : place or list of places
        Points on the way, in order.
    half_width : str, optional
        Half of the width, such as "50 km"; more than zero.
    speed : str, optional
        Such as "900 km/h", for minutes and times.
    depart : datetime, optional
        Departure, with its zone.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Corridor
        Ends of the same place are allowed: a line of zero length.

    Raises
    ------
    InvalidInputError
        Bare number pairs, an area as via point, via points between areas, a departure without a
        zone, an area whose extent is not known.
    InvalidMeasureError
        A measure without its unit, a width of zero, negative, or larger than the Earth.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Examples
    --------
    >>> corridor = make_corridor("Moscow", "Ankara", speed="900 km/h")
    >>> round(corridor.length_km)
    1795
    """
    validate_view(view)
    corridor = Corridor(
        origin=make_end(origin, view=view, what="origin"),
        target=make_end(target, view=view, what="target"),
        via=make_ends(via, view=view, what="via"),
        half_width=half_width,
        speed=speed,
        depart=depart,
        view=view,
    )
    _validate(corridor)
    return corridor


def _validate(corridor: Corridor) -> None:
    """Refuse a corridor whose parts do not fit each other."""
    for end in corridor.via:
        if end.is_area:
            raise InvalidInputError(f"via: expected points; {end.given!r} is an area")
    if corridor.via and not corridor.is_line:
        raise InvalidInputError(
            "via: points on the way need an origin and a target that are points"
        )
    depart = corridor.depart
    if depart is not None and (not isinstance(depart, datetime) or depart.tzinfo is None):
        raise InvalidInputError(f"depart: expected a datetime with its zone; got {depart!r}")
    if corridor.speed_mps is None and depart is not None:
        raise InvalidInputError("depart: times on the way need a speed; give speed='900 km/h'")
    width = corridor.half_width_m
    if width is not None and not 0 < width <= MAX_HALF_WIDTH_M:
        raise InvalidMeasureError(
            f"half_width: expected more than 0 and at most {format_km(MAX_HALF_WIDTH_M / 1000)}; "
            f"got {corridor.half_width!r}"
        )
