"""What a corridor brings to a map: the line, or the fan, its ends, and what it crosses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.corridors.verdict import BORDER_ACCURACY
from geo_events.corridors.verdicts import check_crossing
from geo_events.corridors.wording import format_share, name_place
from geo_events.errors import InvalidInputError
from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent, merge_contents
from geo_events.maps.crossing_layers import Crossed, crossed_content, find_crossed
from geo_events.maps.features import AreaMark, Mark, PointMark, TrackMark
from geo_events.maps.paths import join_line, simplify_area
from geo_events.maps.shades import find_common_shade
from geo_events.values import VIEW_NOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.ends import End
    from geo_events.corridors.verdict import Verdict
    from geo_events.maps.features import Sign, Style
    from geo_events.maps.paths import Path
    from geo_events.values import View

__all__ = [
    "CAVEAT",
    "ask_crossing",
    "corridor_content",
    "data_notes",
    "focus_title",
    "verdict_content",
]

CAVEAT = (
    "Straight lines (geodesics), not routes flown: launch points and routes are unknown. "
    "Shares are of area, not probabilities."
)
_FOCUS_RANGE = (0.02, 0.98)
_DETOUR = "5 %"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A corridor with what all its layers need to know."""

    corridor: Corridor
    item: str
    number: int
    focus: Crossed | None
    verdict: Verdict | None

    def key(self, part: str) -> str:
        """Return the key of a layer of this corridor."""
        return f"{part}-{self.number}"

    @property
    def envelope(self) -> BaseGeometry:
        """What every line stays within; empty where the ends are so large that it is unknown."""
        try:
            return self.corridor.envelope
        except InvalidInputError:  # an ocean: its lines reach most of the Earth
            return shapely.Polygon()

    @property
    def window(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of the corridor; None across +-180."""
        shapes = [self.corridor.origin.geometry, self.corridor.target.geometry]
        west, south, east, north = shapely.total_bounds([*shapes, self.envelope])
        if east - west > 180:
            return None
        inset_lon, inset_lat = 0.06 * (east - west), 0.02 * (north - south)
        return west + inset_lon, south + inset_lat, east - inset_lon, north - inset_lat


def corridor_content(
    corridor: Corridor,
    *,
    item: str = "",
    number: int = 1,
    verdict: Verdict | None = None,
    ask: bool = True,
) -> MapContent:
    """Turn a corridor into what stands on a map.

    Parameters
    ----------
    corridor : Corridor
        Between points: the line, its band and where it enters each territory. With an area at
        either end: never a single line, but a fan of sample lines, the envelope and the areas.
    item : str
        Key of the list's item that its marks belong to; "" for none.
    number : int
        Tells the layers of several corridors apart.
    verdict : Verdict or None
        The question by which the fan is coloured.
    ask : bool
        Whether, without a verdict, the question is about the territory that matters most among
        those that some lines cross and others do not. A text asks only what it names.

    Returns
    -------
    MapContent
        Layers, marks, one item for each territory crossed, and the notes.
    """
    crossed = find_crossed(corridor)
    if verdict is None and ask:
        verdict = _ask(corridor, crossed)
    drawing = _Drawing(corridor, item, number, _focus(crossed, verdict), verdict)
    lines = _line(drawing) if corridor.is_line else _fan(drawing)
    return merge_contents(
        [
            MapContent(
                title=focus_title(corridor, drawing.focus),
                summary=tuple(_summary(drawing, crossed)),
                caveat=(CAVEAT,),
                notes=data_notes(corridor.view),
                citation=corridor.cite(),
            ),
            crossed_content(
                crossed, drawing.focus, drawing.window, name=corridor.name, number=number
            ),
            _ends(drawing),
            lines,
        ]
    )


def verdict_content(verdict: Verdict, corridor: Corridor) -> MapContent:
    """Turn a verdict on a crossing into the map of its corridor, coloured by its question."""
    content = corridor_content(corridor, verdict=verdict)
    return merge_contents([MapContent(summary=(verdict.text,)), content])


def focus_title(corridor: Corridor, focus: Crossed | None) -> str:
    """Say what the map shows, what the text says of it, and what it is not."""
    title = _plain_title(corridor, focus)
    word = _doubt(corridor)
    return f"{word}: {title[0].lower()}{title[1:]}" if word else title


def _doubt(corridor: Corridor) -> str:
    """Return "Denied", "Claimed" and the like; "" for what is asserted or has no text."""
    return "" if corridor.status in (None, "asserted") else corridor.status.capitalize()


def _say_name(corridor: Corridor) -> str:
    """Return a corridor's name with what the text says of it."""
    return f"{corridor.name} ({corridor.status})" if _doubt(corridor) else corridor.name


def _plain_title(corridor: Corridor, focus: Crossed | None) -> str:
    """Say what the map shows, and what it is not."""
    if corridor.is_line:
        return f"The straight line {corridor.name}. Not a flight path."
    lines = f"from {name_place(corridor.origin)} to {name_place(corridor.target)}"
    at_sea = corridor.origin.kind in ("sea", "lake")
    if focus is None:
        nor = "Not ship positions, not" if at_sea else "Not"
        return f"Straight lines {lines}. {nor} flight paths."
    what = "ship positions" if at_sea else "launch points"
    return f"Where straight lines {lines} would cross {focus.name}. Not {what}, not flight paths."


def data_notes(view: View) -> tuple[str, ...]:
    """Say on which borders the map stands, and how good they are."""
    return (
        "Places: GeoNames (CC BY 4.0) and Natural Earth.",
        f"Borders: Natural Earth, good to about {BORDER_ACCURACY}.",
        f"View {view}: {VIEW_NOTES[view]}.",
        "The drawn outlines are simplified; lengths and shares come from the full ones.",
    )


def _ask(corridor: Corridor, crossed: Sequence[Crossed]) -> Verdict | None:
    """Ask whether the lines cross the territory that matters most, where that depends."""
    if corridor.is_line:
        return None
    low, high = _FOCUS_RANGE
    open_ones = [one for one in crossed if one.is_transit and low < one.share < high]
    if not open_ones:
        return None
    chosen = max(open_ones, key=lambda one: one.share * (1 - one.share) * one.inside_km[1])
    ends = (corridor.origin, corridor.target)
    return ask_crossing(*ends, chosen.end, detour=_DETOUR, view=corridor.view)


def ask_crossing(
    origin: End, target: End, territory: End | Place, *, detour: str, view: View
) -> Verdict | None:
    """Check a crossing as `check_crossing`; None where the ends are too large to be checked."""
    try:
        return check_crossing(origin, target, territory, detour=detour, view=view)
    except InvalidInputError:
        return None


def _focus(crossed: Sequence[Crossed], verdict: Verdict | None) -> Crossed | None:
    """Find the territory that a verdict asks about among those crossed."""
    if verdict is None or verdict.territory is None:
        return None
    asked = (one for one in crossed if one.id == verdict.territory.id and one.is_transit)
    return next(asked, None)


def _summary(drawing: _Drawing, crossed: Sequence[Crossed]) -> list[str]:
    """Say the answer in plain sentences."""
    if drawing.verdict is not None:
        return [drawing.verdict.text]
    if drawing.corridor.is_line:
        names = " → ".join(dict.fromkeys(one.name for one in crossed))
        return [f"In order: {names}."] if names else []
    parts = [f"{one.name} ({format_share(one.share)})" for one in crossed if one.is_transit]
    return [f"Straight lines cross: {', '.join(parts)}."] if parts else []


# The ends ---------------------------------------------------------------------------------------


def _ends(drawing: _Drawing) -> MapContent:
    """Draw origin and target: an area as an area, a point as a point."""
    corridor = drawing.corridor
    marks: list[Mark] = []
    entries: list[LegendEntry] = []
    ends: tuple[tuple[End, Style, Sign, str], ...] = (
        (corridor.origin, signs.ORIGIN, "square", "origin"),
        (corridor.target, signs.TARGET, "star", "target"),
    )
    for end, style, sign, word in ends:
        marks.append(_end_mark(drawing, end, style, sign, word))
        if end.is_area:
            text = f"{word.capitalize()}: somewhere here"
            entries.append(LegendEntry("area", text, style))
        else:
            entries.append(LegendEntry("point", f"{word.capitalize()}: a point", style, sign))
    marks += [_end_mark(drawing, via, signs.STAY, "diamond", "on the way") for via in corridor.via]
    group = Group("ends", "From where, to where", tuple(entries))
    return MapContent(groups=(group,), marks=tuple(marks))


def _end_mark(drawing: _Drawing, end: End, style: Style, sign: Sign, word: str) -> Mark:
    """Draw one end with its name."""
    label = f"{end.name}: {word}"
    if not end.is_area:
        return PointMark(
            end.lon, end.lat, label, style, sign, "ends", drawing.item, end.name, rank=15.0
        )
    caption = f"{end.name}\n{word}: somewhere here"
    return AreaMark(
        simplify_area(end.geometry),
        label,
        style,
        "ends",
        drawing.item,
        territory=end.id,
        caption=caption,
        rank=10.0,
    )


# The lines --------------------------------------------------------------------------------------


def _line(drawing: _Drawing) -> MapContent:
    """Draw the one line between two points, with its band of true width."""
    corridor, key = drawing.corridor, drawing.key("line")
    length = float(np.max(corridor.length_km))
    label = f"Straight line {corridor.name}, {length:,.0f} km"
    marks: list[Mark] = []
    style = signs.restyle_doubted(signs.TRACK, corridor.status)
    entries = [LegendEntry("line", _say_doubted(corridor, "Straight line (geodesic)"), style)]
    if corridor.half_width is not None:
        text = f"Within {corridor.half_width} of it, true width"
        marks.append(AreaMark(corridor.band, text, signs.BAND, key, drawing.item))
        entries.append(LegendEntry("area", text, signs.BAND))
    track = join_line(corridor.track)
    words, at = _caption(corridor, (track,))
    label = _say_doubted(corridor, label)
    marks.append(TrackMark((track,), label, style, key, drawing.item, words, at))
    group = Group(key, f"Straight line {_say_name(corridor)}", tuple(entries))
    return MapContent(groups=(group,), marks=tuple(marks))


def _fan(drawing: _Drawing) -> MapContent:
    """Draw sample lines by what they cross, their envelope, and where in the origin it holds."""
    corridor, key = drawing.corridor, drawing.key("fan")
    marks: list[Mark] = []
    entries: list[LegendEntry] = []
    envelope = drawing.envelope
    if not shapely.is_empty(envelope):
        text = "Every straight line stays within"
        marks.append(AreaMark(simplify_area(envelope), text, signs.ENVELOPE, key, drawing.item))
        entries.append(LegendEntry("line", text, signs.ENVELOPE))
    for part in (_part_of_origin(drawing), _sample_lines(drawing)):
        marks.extend(part.marks)
        entries.extend(part.groups[0].entries if part.groups else ())
    title = f"Lines {_say_name(corridor)}"
    return MapContent(groups=(Group(key, title, tuple(entries)),), marks=tuple(marks))


def _part_of_origin(drawing: _Drawing) -> MapContent:
    """Draw the part of the origin from which the territory in question is crossed."""
    where, text = _where(drawing)
    if shapely.is_empty(where):
        return MapContent()
    style, key = signs.ORIGIN_THROUGH, drawing.key("fan")
    mark = AreaMark(simplify_area(where), text, style, key, drawing.item)
    entry = LegendEntry("area", text, style)
    return MapContent(groups=(Group("", "", (entry,)),), marks=(mark,))


def _where(drawing: _Drawing) -> tuple[BaseGeometry, str]:
    """Find the part of the origin from which lines cross, and the words for it."""
    corridor, verdict, focus = drawing.corridor, drawing.verdict, drawing.focus
    if verdict is None or focus is None or not corridor.origin.is_area:
        return shapely.Polygon(), ""
    if not corridor.target.is_area:
        return verdict.where, f"From this part of the origin they cross {focus.name}"
    shapes = (corridor.origin.geometry, corridor.target.geometry, focus.end.geometry)
    return find_common_shade(
        *shapes
    ), f"From here every line to {corridor.target.name} crosses {focus.name}"


def _sample_lines(drawing: _Drawing) -> MapContent:
    """Draw the fan in at most two classes: through the territory in question, or not."""
    fan = drawing.corridor.fan()
    focus = drawing.focus
    if focus is None:
        classes = [(np.ones(len(fan), dtype=bool), "Sample of straight lines", signs.FAN_PLAIN)]
    else:
        through = np.array([focus.id in ids for ids in fan["crosses"]], dtype=bool)
        classes = [
            (~through, f"Sample line that does not cross {focus.name}", signs.FAN_OTHER),
            (through, f"Sample line that crosses {focus.name}", signs.FAN_THROUGH),
        ]
    marks: list[Mark] = []
    entries = []
    for chosen, plain, asserted in classes:
        if chosen.any():
            paths, text = _paths(fan, chosen), _say_doubted(drawing.corridor, plain)
            style = signs.restyle_doubted(asserted, drawing.corridor.status)
            words = ("", None) if marks else _caption(drawing.corridor, paths)
            marks.append(TrackMark(paths, text, style, drawing.key("fan"), drawing.item, *words))
            entries.append(LegendEntry("line", text, style))
    return MapContent(groups=(Group("", "", tuple(entries)),), marks=tuple(marks))


def _paths(fan: gpd.GeoDataFrame, chosen: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    """Return the chosen lines of a fan as paths."""
    lines: Sequence[BaseGeometry] = list(fan.geometry.array[chosen])
    return tuple(join_line(line) for line in lines)


def _say_doubted(corridor: Corridor, text: str) -> str:
    """Set "Denied: " and the like before a text about the lines of a doubted movement."""
    word = _doubt(corridor)
    return f"{word}: {text[0].lower()}{text[1:]}" if word else text


def _caption(corridor: Corridor, paths: Sequence[Path]) -> tuple[str, tuple[float, float] | None]:
    """Return the words on the lines of a doubted movement, and where: amid their midpoints."""
    word = _doubt(corridor)
    if not word or not paths:
        return "", None
    lines = np.array([shapely.linestrings(lon, lat) for lon, lat in paths], dtype=object)
    xy = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    nearest = int(np.argmin(np.hypot(*(xy - np.median(xy, axis=0)).T)))
    return f"{word}: {corridor.name}", (float(xy[nearest, 0]), float(xy[nearest, 1]))
