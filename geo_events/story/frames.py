"""The tables of a story: mentions, events, corridors, verdicts, crossings, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo_events.corridors.crossings import find_crossings
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story.story import Story
    from geo_events.story.traces import Traced
    from geo_events.text.events import Event, Role
    from geo_events.text.mentions import Mention

__all__ = ["TABLE_DTYPES", "Table", "make_frame", "make_frames", "make_places"]

Table = Literal["mentions", "events", "corridors", "verdicts", "crossings"]


def make_frame(story: Story, table: Table) -> pd.DataFrame:
    """Make one of a story's tables by its name."""
    if table == "crossings":
        return _make_crossings(story.corridors)
    return make_frames((story,), table)


def make_frames(stories: Sequence[Story], table: Table) -> pd.DataFrame:
    """Make one table of several stories, of any kind but crossings: their rows one after another.

    As one frame for all, which is many times faster than a frame for each.
    """
    makers: dict[str, Callable[[Sequence[Story]], pd.DataFrame]] = {
        "mentions": _make_mentions,
        "events": _make_events,
        "corridors": _make_corridors,
        "verdicts": _make_verdicts,
    }
    if table not in makers:
        raise InvalidInputError(f"table: expected one of {get_args(Table)}; got {table!r}")
    return makers[table](stories)


def _frame(columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Make a frame with fixed columns and dtypes, also from no row at all."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype(columns)


_MENTION_COLUMNS = {
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "place": "object",
    "name": "object",
    "country": "object",
    "lon": "float64",
    "lat": "float64",
    "score": "float64",
    "reason": "str",
    "corrected": "str",
}


def _make_mentions(stories: Sequence[Story]) -> pd.DataFrame:
    """One row per mention; the place's columns are empty where it means none."""
    rows = [_mention_row(m, story) for story in stories for m in story.mentions]
    return _frame(_MENTION_COLUMNS, rows)


def _mention_row(mention: Mention, story: Story) -> tuple[Any, ...]:
    """Return the cells of one mention."""
    return (
        mention.start,
        mention.end,
        mention.text,
        mention.kind,
        *_place_cells(mention),
        round(mention.score, 4),
        mention.reason,
        _say_corrected(mention, story),
    )


def _say_corrected(thing: Traced, story: Story) -> str:
    """Write what was corrected by hand into one cell."""
    return "; ".join(correction.says for correction in story.corrections_of(thing))


def _place_cells(mention: Mention) -> tuple[Any, ...]:
    """Id, name, country, longitude and latitude of what a mention means."""
    place = mention.place
    if place is None:
        return None, None, None, np.nan, np.nan
    return place.id, place.name, place.country, place.lon, place.lat


_EVENT_COLUMNS = {
    "event": "str",
    "type": "str",
    "status": "str",
    "section": "int64",
    "origin": "str",
    "destination": "str",
    "impact": "str",
    "place": "str",
    "actor": "object",
    "instrument": "object",
    "count_min": "float64",
    "count_max": "float64",
    "begin": "object",
    "end": "object",
    "statements": "str",
    "corrected": "str",
}


def _make_events(stories: Sequence[Story]) -> pd.DataFrame:
    """One row per event; several places of one role stand in one cell, divided by semicolons."""
    rows = [(*_event_row(e), _say_corrected(e, story)) for story in stories for e in story.events]
    return _frame(_EVENT_COLUMNS, rows)


def _event_row(event: Event) -> tuple[Any, ...]:
    """Return the cells of one event."""
    count, when = event.count, event.date
    return (
        event.id,
        event.type,
        event.status,
        event.section,
        *map(_join_places, (event.origin, event.destination, event.impact, event.place)),
        event.actor,
        event.instrument,
        np.nan if count is None or count.min is None else count.min,
        np.nan if count is None or count.max is None else count.max,
        None if when is None else when.start,
        None if when is None else when.end,
        "; ".join(_say(statement) for statement in event.statements),
    )


def _say(statement: Any) -> str:  # noqa: ANN401 - a Statement, whose module is not loaded here
    """Write one statement as a reader says it."""
    via = f" via {statement.via}" if statement.via else ""
    return f"{statement.who or 'somebody'}{via} {statement.stance}"


def _join_places(roles: Iterable[Role]) -> str:
    """Write the places of a role into one cell."""
    return "; ".join(role.place.name for role in roles)


_CORRIDOR_COLUMNS = {
    "origin": "str",
    "target": "str",
    "section": "int64",
    "status": "str",
    "events": "str",
    "begin": "object",
    "end": "object",
    "count": "object",
    "shortest_km": "float64",
    "longest_km": "float64",
    "view": "str",
    "corrected": "str",
}


def _make_corridors(stories: Sequence[Story]) -> gpd.GeoDataFrame:
    """One row per corridor, with its envelope (for two points its line)."""
    pairs = [(corridor, story) for story in stories for corridor in story.corridors]
    rows = [
        (*_corridor_row(corridor), _say_corrected(corridor, story)) for corridor, story in pairs
    ]
    frame = _frame(_CORRIDOR_COLUMNS, rows)
    shapes = np.array([corridor.envelope for corridor, _ in pairs], dtype=object)
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def _corridor_row(corridor: Corridor) -> tuple[Any, ...]:
    """Return the cells of one corridor."""
    shortest, longest = np.broadcast_to(corridor.length_km, 2)
    begin, end = corridor.days or (None, None)
    return (
        corridor.origin.name,
        corridor.target.name,
        corridor.section,
        corridor.status,
        "; ".join(corridor.events),
        begin,
        end,
        corridor.count,
        float(shortest),
        float(longest),
        corridor.view,
    )


_VERDICT_COLUMNS = {
    "question": "str",
    "answer": "str",
    "claim": "str",
    "share": "float64",
    "can_cross": "float64",
    "can_avoid": "float64",
    "allowance": "object",
    "condition": "str",
    "reasons": "str",
    "events": "str",
    "method": "str",
    "view": "str",
    "corrected": "str",
}


def _make_verdicts(stories: Sequence[Story]) -> pd.DataFrame:
    """One row per verdict; `reasons` as one paragraph."""
    rows = [_verdict_row(verdict, story) for story in stories for verdict in story.verdicts]
    return _frame(_VERDICT_COLUMNS, rows)


def _verdict_row(verdict: Verdict, story: Story) -> list[Any]:
    """Return the cells of one verdict."""
    written = {
        "reasons": verdict.text,
        "events": "; ".join(verdict.events),
        "corrected": _say_corrected(verdict, story),
    }
    return [
        written[name] if name in written else getattr(verdict, name) for name in _VERDICT_COLUMNS
    ]


def _make_crossings(corridors: Sequence[Corridor]) -> pd.DataFrame:
    """Find the crossings of the corridors between points, by the corridor's name."""
    lines = [corridor for corridor in corridors if corridor.is_line]
    tracks = gpd.GeoSeries(
        [shapely.LineString(np.column_stack(corridor.vertices)) for corridor in lines],
        index=[corridor.name for corridor in lines],
        crs="EPSG:4326",
    )
    view = corridors[0].view if corridors else "de_facto"
    return find_crossings(tracks, view=view)


_PLACE_COLUMNS = {
    "place": "str",
    "name": "str",
    "kind": "str",
    "country": "object",
    "mentions": "int64",
    "score": "float64",
}


def make_places(mentions: Iterable[Mention]) -> gpd.GeoDataFrame:
    """Count the distinct places that mentions name, most often named first."""
    counts: dict[str, list[Any]] = {}
    for mention in mentions:
        if mention.place is not None:
            row = counts.setdefault(mention.place.id, [mention.place, 0, 0.0])
            row[1] += 1
            row[2] = max(row[2], mention.score)
    rows = sorted(counts.values(), key=lambda row: -row[1])
    frame = _frame(
        _PLACE_COLUMNS,
        [(p.id, p.name, p.kind, p.country, count, round(best, 4)) for p, count, best in rows],
    )
    points = [shapely.Point(p.lon, p.lat) for p, *_ in rows]
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


# The dtypes of the tables, for those who write and read them.
TABLE_DTYPES: dict[str, dict[str, str]] = {
    "mentions": _MENTION_COLUMNS,
    "events": _EVENT_COLUMNS,
    "corridors": _CORRIDOR_COLUMNS,
    "verdicts": _VERDICT_COLUMNS,
    "places": _PLACE_COLUMNS,
}
