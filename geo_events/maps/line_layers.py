"""The lines of a corridor: the one line between points, or the fan between areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent
from geo_events.maps.drawing import Drawing, doubt_of, say_doubted
from geo_events.maps.features import AreaMark, Mark, TrackMark
from geo_events.maps.paths import join_line, simplify_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.corridor import Corridor
    from geo_events.maps.crossing_layers import Crossed
    from geo_events.maps.paths import Path

__all__ = ["fan_content", "line_content"]


def line_content(drawing: Drawing) -> MapContent:
    """Draw the one line between two points, with its band of true width."""
    corridor, key = drawing.corridor, drawing.key("line")
    length = float(np.max(corridor.length_km))
    label = f"Straight line {corridor.name}, {length:,.0f} km"
    marks: list[Mark] = []
    style = signs.restyle_doubted(signs.TRACK, corridor.status)
    entries = [LegendEntry("line", say_doubted(corridor, "Straight line (geodesic)"), style)]
    if corridor.half_width is not None:
        text = f"Within {corridor.half_width} of it, true width"
        marks.append(AreaMark(corridor.band, text, signs.BAND, key, drawing.item))
        entries.append(LegendEntry("area", text, signs.BAND))
    track = join_line(corridor.track)
    words, at = _caption(corridor, (track,))
    label = say_doubted(corridor, label)
    marks.append(TrackMark((track,), label, style, key, drawing.item, words, at))
    group = Group(key, f"Straight line {_say_name(corridor)}", tuple(entries))
    return MapContent(groups=(group,), marks=tuple(marks))


def fan_content(drawing: Drawing) -> MapContent:
    """Draw sample lines in at most two classes by what they cross, and their envelope."""
    corridor, key = drawing.corridor, drawing.key("fan")
    marks: list[Mark] = []
    entries: list[LegendEntry] = []
    envelope = drawing.envelope
    if not shapely.is_empty(envelope):
        text = "All lines stay within"
        marks.append(AreaMark(simplify_area(envelope), text, signs.ENVELOPE, key, drawing.item))
        entries.append(LegendEntry("line", text, signs.ENVELOPE))
    for mark, entry in _sample_lines(drawing):
        marks.append(mark)
        entries.append(entry)
    title = f"Sample lines {_say_name(corridor)}"
    return MapContent(groups=(Group(key, title, tuple(entries)),), marks=tuple(marks))


def _say_name(corridor: Corridor) -> str:
    """Return a corridor's name with what the text says of it."""
    return f"{corridor.name} ({corridor.status})" if doubt_of(corridor) else corridor.name


def _sample_lines(drawing: Drawing) -> list[tuple[Mark, LegendEntry]]:
    """Draw the fan: through the territory in question, or not."""
    fan, focus = drawing.corridor.fan(), drawing.focus
    if focus is None:
        classes = [(np.ones(len(fan), dtype=bool), "Sample of straight lines", signs.FAN_PLAIN)]
    else:
        through = _through(fan, focus)
        classes = [
            (~through, f"Line that does not cross {focus.name}", signs.FAN_OTHER),
            (through, f"Line that crosses {focus.name}", signs.FAN_THROUGH),
        ]
    drawn: list[tuple[Mark, LegendEntry]] = []
    for chosen, plain, asserted in classes:
        if chosen.any():
            paths, text = _paths(fan, chosen), say_doubted(drawing.corridor, plain)
            style = signs.restyle_doubted(asserted, drawing.corridor.status)
            words = ("", None) if drawn else _caption(drawing.corridor, paths)
            mark = TrackMark(paths, text, style, drawing.key("fan"), drawing.item, *words)
            drawn.append((mark, LegendEntry("line", text, style)))
    return drawn


def _through(fan: gpd.GeoDataFrame, focus: Crossed) -> np.ndarray[Any, Any]:
    """Tell for each line whether it crosses the territory in question."""
    if focus.shape is not None:
        return np.asarray(fan.geometry.intersects(focus.shape), dtype=bool)
    return np.array([focus.id in ids for ids in fan["crosses"]], dtype=bool)


def _paths(fan: gpd.GeoDataFrame, chosen: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    """Return the chosen lines of a fan as paths."""
    lines: Sequence[BaseGeometry] = list(fan.geometry.array[chosen])
    return tuple(join_line(line) for line in lines)


def _caption(corridor: Corridor, paths: Sequence[Path]) -> tuple[str, tuple[float, float] | None]:
    """Return the words on the lines of a doubted movement, and where: amid their midpoints."""
    word = doubt_of(corridor)
    if not word or not paths:
        return "", None
    lines = np.array([shapely.linestrings(lon, lat) for lon, lat in paths], dtype=object)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    nearest = int(np.argmin(np.hypot(*(xy - np.median(xy, axis=0)).T)))
    return f"{word}: {corridor.name}", (float(xy[nearest, 0]), float(xy[nearest, 1]))
