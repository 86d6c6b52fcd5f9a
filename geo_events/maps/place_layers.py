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
    from geo_events.atlas.places import Place
    from geo_events.maps.features import Sign
    from geo_events.text.mentions import Mention
    from geo_events.values import View

__all__ = ["mention_content", "place_content"]

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
        return _point(place, f"{place.name}: {text}", key, "question"), LegendEntry(
            "point", text, signs.STAY, "question"
        )
    if end.is_area:
        shape = simplify_area(end.geometry)
        area = AreaMark(
            shape, str(place), signs.PLACE_AREA, "places", key, end.id, caption=place.name
        )
        return area, LegendEntry("area", "Place that is an area", signs.PLACE_AREA)
    entry = LegendEntry("point", "Place that is a point", signs.STAY, "circle")
    return _point(place, str(place), key, "circle"), entry


def _point(place: Place, label: str, key: str, sign: Sign) -> PointMark:
    """Draw a place as a point."""
    return PointMark(place.lon, place.lat, label, signs.STAY, sign, "places", key, place.name)


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
