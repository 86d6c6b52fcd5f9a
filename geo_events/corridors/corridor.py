"""Make corridors: straight lines from one place to another, one or many."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo_events.corridors.corridor_value import Corridor
from geo_events.corridors.ends import Given, make_end, make_ends
from geo_events.corridors.legs import check_column
from geo_events.errors import (
    AmbiguousPlaceError,
    FrameError,
    InvalidInputError,
    InvalidMeasureError,
    PlaceNotFoundError,
)
from geo_events.geodesy.bands import MAX_HALF_WIDTH_M
from geo_events.measures import format_km
from geo_events.values import View, validate_view

__all__ = ["Corridor", "make_corridor", "make_corridors"]


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


def make_corridors(
    frame: pd.DataFrame,
    *,
    origin: Any,  # noqa: ANN401  a column, or two of numbers
    target: Any,  # noqa: ANN401  a column, or two of numbers
    half_width: str | None = None,
    speed: str | None = None,
    view: View = "de_facto",
) -> gpd.GeoDataFrame:
    """Make a corridor for every row of a frame.

    Parameters
    ----------
    frame : DataFrame
        One origin and one target per row; not changed.
    origin, target : column or (column, column)
        A column of names, places or geometries, or two of longitude and latitude in degrees.
    half_width, speed : str, optional
        As for `make_corridor`, the same for all.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    GeoDataFrame
        The frame's index; `origin`, `target` (what was understood), `shortest_km`, `longest_km`,
        `geometry` (the line, its band where there is a width, or the envelope of areas). The
        same columns when empty.

    Raises
    ------
    FrameError
        All rows whose places cannot be used, with their labels; a missing column.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": ["Moscow"], "b": ["Ankara"]})
    >>> make_corridors(frame, origin="a", target="b").shortest_km.round().tolist()
    [1795.0]
    """
    validate_view(view)
    pairs = zip(_cells(frame, origin, "origin"), _cells(frame, target, "target"), strict=True)
    made: list[Corridor] = []
    faults = []
    for label, (start, end) in zip(frame.index, pairs, strict=True):
        try:
            made.append(make_corridor(start, end, half_width=half_width, speed=speed, view=view))
        except InvalidMeasureError:
            raise
        except (InvalidInputError, PlaceNotFoundError, AmbiguousPlaceError) as error:
            faults.append((label, str(error)))
    if faults:
        raise FrameError(f"{len(faults)} of {len(frame)} rows cannot be used", faults)
    extent = np.array([np.broadcast_to(c.length_km, 2) for c in made]).reshape(-1, 2)
    return gpd.GeoDataFrame(
        {
            "origin": pd.array([c.origin.name for c in made], dtype=object),
            "target": pd.array([c.target.name for c in made], dtype=object),
            "shortest_km": extent[:, 0],
            "longest_km": extent[:, 1],
        },
        geometry=[c.envelope for c in made],
        crs=4326,
        index=frame.index,
    )


def _cells(frame: pd.DataFrame, column: Any, what: str) -> list[Any]:  # noqa: ANN401
    """Return one place per row, as given or as a position."""
    columns = column if isinstance(column, tuple) else (column,)
    for name in columns:
        if name not in frame.columns:
            raise FrameError(f"{what}: no column {name!r}; the frame has {list(frame.columns)!r}")
    if len(columns) == 1:
        cells = pd.Series(frame[columns[0]])
        check_column(cells, f"{what} column {columns[0]!r}")
        places: list[Any] = cells.tolist()
        return places
    lon, lat = (frame[name] for name in columns)
    return [_position(x, y) for x, y in zip(lon, lat, strict=True)]


def _position(lon: Any, lat: Any) -> Any:  # noqa: ANN401  any cells
    """Return a Point, or the cells themselves, which are refused with their row's label."""
    try:
        return shapely.Point(float(lon), float(lat))
    except (TypeError, ValueError):
        return (lon, lat)
