"""The ends of a corridor, and the parts of its origin from which a territory is crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.corridors.wording import format_degrees
from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent, merge_contents
from geo_events.maps.features import AreaMark, PointMark
from geo_events.maps.paths import simplify_area
from geo_events.maps.shades import find_any_shade, find_common_shade

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.ends import End
    from geo_events.corridors.wording import Axis
    from geo_events.maps.drawing import Drawing
    from geo_events.maps.features import Mark, Sign, Style

    Part = tuple[BaseGeometry, str, Style]

__all__ = ["end_content"]

_GROUP = "ends"
_EVERY = signs.ORIGIN_THROUGH
_GRID = 40  # points each way, by which the side of a part is found
_FITS = 0.85  # of a part and of a side: how far they must agree for the side to be named
_LEAST_SHARE = 0.01  # of the origin: a part below it is a sliver of the drawing


def end_content(drawing: Drawing) -> MapContent:
    """Draw origin and target: an area as an area, a point as a point.

    Parameters
    ----------
    drawing : Drawing
        The corridor and its question.

    Returns
    -------
    MapContent
        Where the lines from an area cross the territory in question from some of it only, the
        origin is an outline, filled by the answer: from here every line crosses, some, none.
    """
    corridor = drawing.corridor
    parts = _part_content(drawing)
    ends: tuple[tuple[End, Style, Sign, str], ...] = (
        (
            corridor.origin,
            signs.ORIGIN_OUTLINE if parts.marks else signs.ORIGIN,
            "square",
            drawing.words[0],
        ),
        (corridor.target, signs.TARGET, "star", drawing.words[1]),
    )
    marks = [_end(drawing, *end) for end in ends]
    marks += [_end(drawing, via, signs.STAY, "diamond", "on the way") for via in corridor.via]
    group = Group(_GROUP, "From where, to where", tuple(_end_entry(*end) for end in ends))
    return merge_contents([MapContent(groups=(group,)), parts, MapContent(marks=tuple(marks))])


def _end(drawing: Drawing, end: End, style: Style, sign: Sign, word: str) -> Mark:
    """Draw one end with its name."""
    label = f"{end.name}: {word}"
    if not end.is_area:
        return PointMark(
            end.lon, end.lat, label, style, sign, _GROUP, drawing.item, end.name, rank=15.0
        )
    caption = f"{end.name}\n{word}: somewhere here"
    return AreaMark(
        simplify_area(end.geometry),
        label,
        style,
        _GROUP,
        drawing.item,
        territory=end.id,
        caption=caption,
        rank=10.0,
    )


def _end_entry(end: End, style: Style, sign: Sign, word: str) -> LegendEntry:
    """Explain the sign of one end."""
    if style is signs.ORIGIN_OUTLINE:
        return LegendEntry("area", f"{word.capitalize()}: somewhere in it", style)
    if end.is_area:
        return LegendEntry("area", f"{word.capitalize()}: somewhere here", style)
    return LegendEntry("point", f"{word.capitalize()}: a point", style, sign)


# Parts of the origin ------------------------------------------------------------------------------


def _part_content(drawing: Drawing) -> MapContent:
    """Divide the origin by the answer to the question; nothing where there is none."""
    corridor, focus = drawing.corridor, drawing.focus
    if drawing.verdict is None or focus is None or not corridor.origin.is_area:
        return MapContent()
    key, origin = drawing.key("parts"), simplify_area(corridor.origin.geometry)
    least = _LEAST_SHARE * shapely.area(origin)
    parts = [part for part in _find_parts(drawing, origin) if shapely.area(part[0]) > least]
    if not any(style is not signs.ORIGIN_NONE for _, _, style in parts):
        return MapContent()
    title = f"From where {focus.name} is crossed"
    entries = tuple(LegendEntry("area", f"From here {text}", style) for _, text, style in parts)
    marks = tuple(
        AreaMark(
            _polygons(shape),
            f"{title}: from here {text}{_say_side(origin, shape) if style is _EVERY else ''}",
            style,
            key,
            drawing.item,
            caption=f"from here every line\ncrosses {focus.name}" if style is _EVERY else "",
            rank=9.0,
        )
        for shape, text, style in parts
    )
    return MapContent(groups=(Group(key, title, entries),), marks=marks)


def _find_parts(drawing: Drawing, origin: BaseGeometry) -> list[Part]:
    """Find from where every line, some lines and no line cross the territory in question."""
    corridor, focus, verdict = drawing.corridor, drawing.focus, drawing.verdict
    if focus is None or verdict is None:
        return []
    target = corridor.target
    if not target.is_area:
        rest = shapely.difference(origin, verdict.where)
        return [
            (
                verdict.where,
                f"the line to {target.name} crosses it",
                signs.ORIGIN_THROUGH,
            ),
            (rest, "it does not", signs.ORIGIN_NONE),
        ]
    shapes = (origin, target.geometry, focus.end.geometry)
    every, some = find_common_shade(*shapes), find_any_shade(*shapes)
    rest = shapely.difference(origin, shapely.union(some, every))
    return [
        (every, f"every line to {target.name}", _EVERY),
        (shapely.difference(some, every), "some lines", signs.ORIGIN_SOME),
        (rest, "no line", signs.ORIGIN_NONE),
    ]


def _say_side(origin: BaseGeometry, part: BaseGeometry) -> str:
    """Say in brackets on which side of a parallel or meridian a part lies; "" where none fits."""
    west, south, east, north = shapely.bounds(origin)
    lon, lat = (axis.ravel() for axis in np.meshgrid(*_grid(west, east), *_grid(south, north)))
    inside = shapely.contains_xy(origin, lon, lat)
    lon, lat = lon[inside], lat[inside]
    held = shapely.contains_xy(part, lon, lat)
    if not held.any():
        return ""
    axes: tuple[tuple[Any, Axis, tuple[str, str]], ...] = (
        (lat, "lat", ("south", "north")),
        (lon, "lon", ("west", "east")),
    )
    for values, axis, sides in axes:
        for side in sides:
            low = side == sides[0]
            edge = round(float(values[held].max() if low else values[held].min()))
            within = values < edge if low else values > edge
            both = (held & within).sum()
            if within.any() and both >= _FITS * max(held.sum(), within.sum()):
                return f" (about {side} of {format_degrees(edge, axis)})"
    return ""


def _grid(low: float, high: float) -> tuple[np.ndarray[Any, Any]]:
    """Return evenly spread values between two."""
    return (np.linspace(low, high, _GRID + 2)[1:-1],)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a shape; where two outlines meet there may be lines and points too."""
    parts = shapely.get_parts(shape)
    polygons = parts[shapely.get_dimensions(parts) == 2]
    kept: BaseGeometry = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return kept
