"""The layers of a story: what is said to have moved, where, when, and what geometry allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geo_events.corridors.ends import UnknownExtentError, make_end

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo_events.atlas.places import Place
    from geo_events.corridors.verdict import Verdict
    from geo_events.story import Story
    from geo_events.text.events import Event

__all__ = ["frame_of_verdicts", "layers_of_story"]

_ROLES = ("origin", "destination", "impact", "place")
_VERDICT_FIELDS = ("question", "answer", "claim", "share", "can_cross", "can_avoid", "allowance")
_VERDICT_ENDS = ("method", "data", "view")
_TOLERANCE_DEG = 0.01  # about 1 km, finer than the accuracy of the border data


def layers_of_story(story: Story) -> dict[str, pd.DataFrame]:
    """Give the layers of a story.

    Parameters
    ----------
    story : Story
        The story.

    Returns
    -------
    dict of str to DataFrame
        `corridors`: the line, or the envelope of all lines where an end is an area; `crossings`:
        the stays of the lines; `places`: points; `areas`: what is no point (countries, seas),
        outlined to about a kilometre; `claims`: the verdicts, each with the part of the origin
        for which it holds; `events`, without geometry. `begin` and `end` are the days that the
        text gives.
    """
    places = _places(story)
    is_area = shapely.get_dimensions(places.geometry.to_numpy()) == 2
    layers: dict[str, pd.DataFrame] = {
        "corridors": _corridors(story),
        "crossings": _crossings(story),
        "places": places[~is_area].reset_index(drop=True),
        "areas": places[is_area].reset_index(drop=True),
        "claims": frame_of_verdicts(story.verdicts),
        "events": story.to_frame("events"),
    }
    for frame in layers.values():
        frame.attrs = {"title": story.title or "", "source": story.cite()}
    return layers


def frame_of_verdicts(verdicts: Iterable[Verdict]) -> gpd.GeoDataFrame:
    """Give verdicts as rows.

    Parameters
    ----------
    verdicts : iterable of Verdict
        What was answered.

    Returns
    -------
    GeoDataFrame
        One row each: the verdict's fields, `reasons` as one paragraph; the geometry is the part
        of the origin's area for which it holds.
    """
    verdicts = list(verdicts)
    rows = [
        [
            *(getattr(verdict, name) for name in _VERDICT_FIELDS),
            verdict.text,
            *(getattr(verdict, name) for name in _VERDICT_ENDS),
        ]
        for verdict in verdicts
    ]
    columns = [*_VERDICT_FIELDS, "reasons", *_VERDICT_ENDS]
    shapes = gpd.GeoSeries([verdict.where for verdict in verdicts], crs="EPSG:4326")
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=shapes, crs="EPSG:4326")


def _corridors(story: Story) -> gpd.GeoDataFrame:
    """Give the corridors with the days of their events."""
    frame: Any = story.to_frame("corridors")
    days = [_days_of(story, corridor.events) for corridor in story.corridors]
    return _with_days(frame, days)


def _crossings(story: Story) -> gpd.GeoDataFrame:
    """Give the stays of all lines, each line named as its track."""
    parts = []
    for corridor in story.corridors:
        if corridor.is_line:
            stays = corridor.crossings().assign(track=corridor.name)
            parts.append(_with_days(stays, [_days_of(story, corridor.events)] * len(stays)))
    if parts:
        return pd.concat(parts, ignore_index=True)
    nothing = gpd.GeoDataFrame(story.to_frame("crossings"), geometry=[], crs="EPSG:4326")
    return _with_days(nothing, [])


def _places(story: Story) -> gpd.GeoDataFrame:
    """Give the places with their parts in events, and the outline of what is no point."""
    frame = story.places
    known = {one.place.id: one.place for one in story.mentions if one.place is not None}
    roles = {place: _roles_of(story.events, place) for place in frame["place"]}
    told = ["; ".join(roles[place]) for place in frame["place"]]
    frame.insert(len(frame.columns) - 1, "roles", pd.Series(told, dtype="str"))
    outlines = [_outline(known[place], story) for place in frame["place"]]
    frame = frame.set_geometry(gpd.GeoSeries(outlines, index=frame.index, crs="EPSG:4326"))
    taken = [[text.rpartition(" ")[2] for text in roles[place]] for place in frame["place"]]
    return _with_days(frame, [_days_of(story, ids) for ids in taken])


def _roles_of(events: Iterable[Event], place: str) -> list[str]:
    """Say which part a place has in which event, as "origin of E1"."""
    return [
        f"{role} of {event.id}"
        for event in events
        for role in _ROLES
        if any(one.place.id == place for one in getattr(event, role))
    ]


def _outline(place: Place, story: Story) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Give a place's point, or the outline of what is no point."""
    try:
        shape = make_end(place, view=story.view).geometry
    except UnknownExtentError:
        return shapely.Point(place.lon, place.lat)
    return shapely.simplify(shape, _TOLERANCE_DEG)


def _days_of(story: Story, ids: Iterable[str]) -> tuple[date | None, date | None]:
    """Give the first and last day of some events; None where none is told."""
    wanted = set(ids)
    spans = [event.date for event in story.events if event.id in wanted and event.date]
    first = [span.start for span in spans if span.start is not None]
    last = [span.end for span in spans if span.end is not None]
    return min(first, default=None), max(last, default=None)


def _with_days(
    frame: gpd.GeoDataFrame, days: list[tuple[date | None, date | None]]
) -> gpd.GeoDataFrame:
    """Add the columns `begin` and `end` before the geometry."""
    rest = frame.drop(columns=["begin", "end"], errors="ignore")
    for number, name in enumerate(("begin", "end")):
        cells = pd.Series([pair[number] for pair in days], index=rest.index, dtype=object)
        rest.insert(len(rest.columns) - 1, name, cells)
    return rest
