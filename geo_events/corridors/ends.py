"""What a place given means as an end of a line: one point, or somewhere in an area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_events.atlas.gazetteer import resolve_place
from geo_events.atlas.places import Place
from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.islands import find_island
from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import validate_lonlat
from geo_events.values import LonLat, View

__all__ = ["End", "Given", "UnknownExtentError", "in_view", "make_end", "make_ends"]

_TERRITORY_KINDS = ("country", "sea")
_AREA_KINDS = ("country", "region", "sea", "lake", "area", "district", "natural", "island")
_SHAPES = ("Polygon", "MultiPolygon")
_TERRITORY_ARGUMENTS = ("territory", "avoid", "crossing", "avoiding", "area")


class UnknownExtentError(InvalidInputError):
    """A place is an area of which only a point is known."""


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """One end of a line: a point, or an area that stands for "somewhere in it".

    Parameters
    ----------
    given : str
        What was given, as text.
    name : str
        What was understood, for a reader.
    id : str
        The place's id; empty for a coordinate or a geometry.
    kind : str
        The place's kind, or "point" and "polygon" for what has no name.
    lon, lat : float
        Customary reference point in degrees (for an unnamed polygon a point inside it).
    geometry : shapely geometry
        A Point, or a Polygon or MultiPolygon in EPSG:4326.
    place : Place or None
        The place of the gazetteer behind it, where there is one.
    """

    given: str
    name: str
    id: str
    kind: str
    lon: float
    lat: float
    geometry: BaseGeometry
    place: Place | None = None

    @property
    def shape(self) -> Literal["point", "area"]:
        """Whether this end is one point or an area."""
        return "point" if self.geometry.geom_type == "Point" else "area"

    @property
    def is_area(self) -> bool:
        """Whether this end stands for somewhere in an area."""
        return self.shape == "area"

    def __str__(self) -> str:
        return self.name


Given: TypeAlias = str | LonLat | Place | BaseGeometry | End


def make_end(given: Given, *, view: View = "de_facto", what: str = "place") -> End:
    """Understand a place given as an end of a line.

    Parameters
    ----------
    given : str, Place, LonLat, shapely geometry or End
        A name ("Raqqa, Syria", "LTAG"), a coordinate with letters ("35.95N 39.01E"), a place,
        a position, or a Point, Polygon or MultiPolygon in EPSG:4326.
    view : {"de_facto", "recognised"}
        Whose outline a country has.
    what : str
        The name of the argument, for errors.

    Returns
    -------
    End
        A point, or an area with its outline.

    Raises
    ------
    InvalidInputError
        For bare number pairs, other types and geometries, and areas whose extent is not known.
    InvalidCoordinateError
        For coordinates that are not finite or out of range.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Examples
    --------
    >>> make_end("35.95N 39.01E").shape
    'point'
    """
    if isinstance(given, End):
        return given
    if isinstance(given, BaseGeometry):
        return _from_geometry(given, what)
    if isinstance(given, LonLat):
        return End(str(given), str(given), "", "point", *_point(given.lon, given.lat))
    if not isinstance(given, str | Place):
        raise InvalidInputError(
            f"{what}: expected a name, a coordinate with letters such as '35.95N 39.01E', a Place, "
            f"LonLat(lon=, lat=) or a shapely geometry; got {given!r}"
        )
    place = resolve_place(given) if isinstance(given, str) else given
    return _from_place(place, given if isinstance(given, str) else place.name, view, what)


def make_ends(given: object, *, view: View = "de_facto", what: str = "via") -> tuple[End, ...]:
    """Understand several places; one alone counts as a list of one.

    Parameters
    ----------
    given : place or sequence of places
        As for `make_end`.
    view : {"de_facto", "recognised"}
        Whose outline a country has.
    what : str
        The name of the argument, for errors.

    Returns
    -------
    tuple of End
        In the order given.

    Raises
    ------
    InvalidInputError
        As `make_end` does.
    """
    single = str | LonLat | Place | BaseGeometry | End
    members = (given,) if isinstance(given, single) else given
    if not isinstance(members, list | tuple | set | frozenset):
        raise InvalidInputError(f"{what}: expected a place or a list of places; got {given!r}")
    return tuple(
        make_end(member, view=view, what=f"{what}[{number}]")
        for number, member in enumerate(members)
    )


def in_view(end: End, view: View) -> End:
    """Return the same end with the outline that another view gives it."""
    if end.kind not in _TERRITORY_KINDS or not end.id:
        return end
    return replace(end, geometry=territory_polygon(end.id, view))


def _point(lon: float, lat: float) -> tuple[float, float, BaseGeometry]:
    """Return longitude, latitude and the Point."""
    return lon, lat, shapely.Point(lon, lat)


def _from_place(place: Place, given: str, view: View, what: str) -> End:
    """Make the end that a place of the gazetteer stands for."""
    geometry: BaseGeometry = (
        territory_polygon(place.id, view) if place.kind in _TERRITORY_KINDS else place.geometry
    )
    if place.kind == "island" and geometry.geom_type == "Point":
        outline = find_island(place.lon, place.lat)
        geometry = geometry if outline.is_empty else outline
    if geometry.is_empty:
        raise UnknownExtentError(
            f"{what}: {given!r} is understood as {place}, which the view {view!r} does not know "
            "as a territory of its own; give the other view"
        )
    if geometry.geom_type == "Point" and place.kind in _AREA_KINDS:
        raise UnknownExtentError(
            f"{what}: {given!r} is understood as {place}, of which only a point is known, "
            f"not how far it reaches; {_advice(what)}"
        )
    return End(
        given,
        _shown_name(given, place),
        place.id,
        place.kind,
        place.lon,
        place.lat,
        geometry,
        place,
    )


def _advice(what: str) -> str:
    """Say what to give instead of a place whose extent is not known."""
    if what.partition("[")[0] in _TERRITORY_ARGUMENTS:
        return (
            "give a country, sea or region that has borders today (of a former state its "
            "successors, one by one), or a polygon of your own"
        )
    return "give a city, a country, or a polygon of your own"


def _shown_name(given: str, place: Place) -> str:
    """Return the name as the caller knows it: what was given, unless that is a code or position."""
    word = given.partition(",")[0].strip()
    is_name = word[:1].isupper() and not word.isupper() and not any(c.isdigit() for c in word)
    return word if is_name else place.name


def _from_geometry(geometry: BaseGeometry, what: str) -> End:
    """Make an end of a geometry of the caller's own."""
    if geometry.is_empty or geometry.geom_type not in ("Point", *_SHAPES):
        raise InvalidInputError(
            f"{what}: expected a Point, Polygon or MultiPolygon with coordinates; "
            f"got {'an empty ' if geometry.is_empty else ''}{geometry.geom_type}"
        )
    lon, lat = shapely.get_coordinates(geometry).T
    validate_lonlat(lon, lat, what=what)
    if geometry.geom_type == "Point":
        where = LonLat(lon=float(np.remainder(lon[0] + 180, 360) - 180), lat=float(lat[0]))
        return End(str(where), str(where), "", "point", *_point(where.lon, where.lat))
    if not shapely.is_valid(geometry):
        raise InvalidInputError(
            f"{what}: expected a valid polygon; got {shapely.is_valid_reason(geometry)}"
        )
    inside = shapely.point_on_surface(geometry)
    name = f"area around {LonLat(lon=inside.x, lat=inside.y)}"
    return End(name, name, "", "polygon", inside.x, inside.y, geometry)
