"""What a corridor brings to a map: the line, or the fan, its ends, and what it crosses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.extents import WHOLE_EARTH
from geo_events.corridors.verdict import BORDER_ACCURACY
from geo_events.corridors.verdicts import check_crossing
from geo_events.corridors.wording import format_share, name_place
from geo_events.errors import InvalidInputError
from geo_events.maps.content import MapContent, merge_contents
from geo_events.maps.crossing_layers import Crossed, crossed_content, find_crossed
from geo_events.maps.drawing import Drawing, doubt_of
from geo_events.maps.end_layers import end_content
from geo_events.maps.glance import corridor_facts
from geo_events.maps.line_layers import fan_content, line_content
from geo_events.values import VIEW_NOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.ends import End
    from geo_events.corridors.verdict import Verdict
    from geo_events.values import View

__all__ = [
    "ask_crossing",
    "corridor_content",
    "data_notes",
    "focus_title",
    "verdict_content",
]

_LINE_CAVEAT = (
    "A straight line on the globe (a geodesic; on this map it looks bent), not a route flown."
)
_AREA_CAVEAT = (
    "Straight lines on the globe (geodesics; on this map they look bent), not routes flown: "
    "{what} and routes are unknown. Shares are of area, not probabilities."
)
_FOCUS_RANGE = (0.02, 0.98)
_DETOUR = "5 %"
_SENTENCES = 2  # of a verdict, above the map; the rest stands beside it


def corridor_content(
    corridor: Corridor,
    *,
    item: str = "",
    number: int = 1,
    verdict: Verdict | None = None,
    ask: bool = True,
    words: tuple[str, str] = ("origin", "target"),
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
    words : (str, str)
        What its ends are called.

    Returns
    -------
    MapContent
        Layers, marks, one item for each territory crossed, and the notes.
    """
    crossed = find_crossed(corridor)
    if verdict is None and ask:
        verdict = _ask(corridor, crossed)
    focus = None if corridor.is_line else _focus(crossed, verdict)
    if focus is not None and focus.shape is not None:
        crossed = (*crossed, focus)
    drawing = Drawing(corridor, item, number, focus, verdict, words)
    ends = end_content(drawing)
    filled = crossed_content(
        crossed, focus, drawing.window, name=corridor.name, number=number, days=_days(corridor)
    )
    lines = line_content(drawing) if corridor.is_line else fan_content(drawing)
    return merge_contents(
        [
            MapContent(
                title=focus_title(corridor, drawing.focus),
                summary=tuple(_summary(drawing, crossed)),
                caveat=(_say_caveat(corridor),),
                facts=corridor_facts(drawing, ends, filled),
                notes=data_notes(corridor.view),
                citation=corridor.cite(),
            ),
            filled,
            ends,
            lines,
        ]
    )


def _days(corridor: Corridor) -> tuple[str, str]:
    """Return the first and the last day of a corridor's events, or nothing."""
    if corridor.days is None:
        return "", ""
    first, last = corridor.days
    return first.isoformat(), last.isoformat()


def verdict_content(verdict: Verdict, corridor: Corridor) -> MapContent:
    """Turn a verdict on a crossing into the map of its corridor, coloured by its question."""
    content = corridor_content(corridor, verdict=verdict)
    return merge_contents([MapContent(summary=(verdict.text,)), content])


def focus_title(corridor: Corridor, focus: Crossed | None) -> str:
    """Say what the map shows, what the text says of it, and what it is not."""
    title = _plain_title(corridor, focus)
    word = doubt_of(corridor)
    return f"{word}: {title[0].lower()}{title[1:]}" if word else title


def _plain_title(corridor: Corridor, focus: Crossed | None) -> str:
    """Say what the map shows, and what it is not."""
    if corridor.is_line:
        return f"The straight line {corridor.name}. Not a flight path."
    lines = f"from {name_place(corridor.origin)} to {name_place(corridor.target)}"
    at_sea = corridor.origin.kind in ("sea", "lake")
    if focus is None:
        nor = "Not ship positions, not" if at_sea else "Not"
        return f"Straight lines {lines}. {nor} flight paths."
    what = "Not ship positions, not" if at_sea else "Not launch points, not"
    nor = what if corridor.origin.is_area else "Not"
    return f"Where straight lines {lines} would cross {focus.name}. {nor} flight paths."


def _say_caveat(corridor: Corridor) -> str:
    """Say what must not be read into the lines."""
    if corridor.is_line:
        return _LINE_CAVEAT
    what = "launch points" if corridor.origin.is_area else "end points"
    return _AREA_CAVEAT.format(what=what)


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
    if corridor.is_line or corridor.envelope.equals(WHOLE_EARTH):
        return None  # an ocean: its lines go everywhere, and no one country is the question
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
    return next(asked, None) or _region_in_question(verdict)


def _region_in_question(verdict: Verdict) -> Crossed | None:
    """Take the territory of a verdict that is no country of its own: a region, an island."""
    end, lengths = verdict.territory, verdict.inside_km
    if end is None or end.kind in ("country", "sea") or not end.is_area or lengths is None:
        return None
    return Crossed(
        end.id,
        end.name,
        end.kind,
        verdict.share or 0.0,
        lengths,
        is_transit=True,
        low=verdict.share or 0.0,
        high=verdict.share or 0.0,
        view=verdict.view,
        shape=end.geometry,
    )


def _summary(drawing: Drawing, crossed: Sequence[Crossed]) -> list[str]:
    """Say the answer in plain sentences."""
    if drawing.verdict is not None:
        return [" ".join(drawing.verdict.reasons[:_SENTENCES])]
    if drawing.corridor.is_line:
        names = " → ".join(dict.fromkeys(one.name for one in crossed))
        return [f"In order: {names}."] if names else []
    parts = [f"{one.name} ({format_share(one.share)})" for one in crossed if one.is_transit]
    return [f"Straight lines cross: {', '.join(parts)}."] if parts else []
