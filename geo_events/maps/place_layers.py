"""What a single place or mention brings to a map: an area as an area, a point as a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.ends import UnknownExtentError, make_end
from geo_events.errors import InvalidInputError
from geo_events.maps import signs
from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent
from geo_events.maps.corridor_layers import data_notes
from geo_events.maps.features import AreaMark, Mark, PointMark
from geo_events.maps.paths import simplify_area

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.atlas.places import Place
    from geo_events.corridors.ends import End
    from geo_events.text.mentions import Mention
    from geo_events.values import View

__all__ = ["mention_content", "place_content", "shape_content"]

_SECTION = "Places"


def place_content(place: Place, view: View = "de_facto", badge: str = "") -> MapContent:
    """Turn a place into what stands on a map.

    Parameters
    ----------
    place : Place
        Any.
    view : {"de_facto", "recognised"}
        Whose outline a country has.
    badge : str
        A word set apart in the list.

    Returns
    -------
    MapContent
        A hatched area for what has an outline, a dot for a point. An area of which only a point
        is known is listed and not drawn as either: its extent would be invented.
    """
    key = f"place-{place.id}"
    rows = [("Kind", place.kind), ("Position", f"{place.lat:.4f}, {place.lon:.4f} (lat, lon)")]
    rows += [("People", f"{place.population:,}")] if place.population else []
    rows += [("Id", place.id), ("Source", place.source)]
    item = Item(key, _SECTION, str(place), badge=badge, evidence=Evidence(tuple(rows)))
    mark, entry = _mark(place, key, view)
    return MapContent(
        title=str(place),
        groups=(Group("places", "Places", (entry,)),),
        marks=(mark,),
        items=(item,),
        notes=data_notes(view),
    )


def _mark(place: Place, key: str, view: View) -> tuple[Mark, LegendEntry]:
    """Draw a place by what is known of it."""
    try:
        end = make_end(place, view=view)
    except UnknownExtentError:
        text = "Area of unknown extent, somewhere about here"
        label, name = f"{place.name}: {text}", place.name
        return (
            PointMark(place.lon, place.lat, label, signs.STAY, "question", "places", key, name),
            LegendEntry("point", text, signs.STAY, "question"),
        )
    return _mark_end(end, str(place), place.name, key)


def _mark_end(end: End, label: str, caption: str, key: str) -> tuple[Mark, LegendEntry]:
    """Draw an end of which is known whether it is a point or an area."""
    if end.is_area:
        shape = simplify_area(end.geometry)
        area = AreaMark(shape, label, signs.PLACE_AREA, "places", key, end.id, caption=caption)
        return area, LegendEntry("area", "Place that is an area", signs.PLACE_AREA)
    entry = LegendEntry("point", "Place that is a point", signs.STAY, "circle")
    return PointMark(end.lon, end.lat, label, signs.STAY, "circle", "places", key, caption), entry


def shape_content(shape: BaseGeometry, view: View = "de_facto") -> MapContent:
    """Turn an area or point of the user's own into what stands on a map.

    Parameters
    ----------
    shape : shapely Point, Polygon or MultiPolygon
        In EPSG:4326.
    view : {"de_facto", "recognised"}
        Whose borders are around it.

    Returns
    -------
    MapContent
        As `place_content`.

    Raises
    ------
    InvalidInputError, InvalidCoordinateError
        For another geometry, or coordinates that are none.
    """
    end = make_end(shape, view=view, what="geometry")
    key = f"shape-{shape.wkb_hex}"
    mark, entry = _mark_end(end, end.name, end.name, key)
    return MapContent(
        title=end.name[0].upper() + end.name[1:],
        groups=(Group("places", "Places", (entry,)),),
        marks=(mark,),
        items=(Item(key, _SECTION, end.name),),
        notes=data_notes(view),
    )


def mention_content(mention: Mention, view: View = "de_facto") -> MapContent:
    """Turn a mention into what stands on a map: its place.

    Parameters
    ----------
    mention : Mention
        With a place.
    view : {"de_facto", "recognised"}
        Whose outline a country has.

    Returns
    -------
    MapContent
        As `place_content`.

    Raises
    ------
    InvalidInputError
        For a mention without a place.
    """
    if mention.place is None:
        raise InvalidInputError(
            f"the mention {mention.text!r} has no place to draw: {mention.reason}"
        )
    badge = "" if mention.kind == "name" else mention.kind
    return place_content(mention.place, view, badge)
