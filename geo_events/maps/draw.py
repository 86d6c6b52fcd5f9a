"""`draw_map`: whatever there is to see, on one map."""

from __future__ import annotations

import os
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import folium
import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo_events.atlas.places import Place
from geo_events.corridors.corridor import Corridor, make_corridor
from geo_events.corridors.verdict import Verdict
from geo_events.errors import GeoEventsWarning, InvalidInputError
from geo_events.maps.colours import validate_tile_url
from geo_events.maps.content import MapContent, join_things, merge_contents
from geo_events.maps.corridor_layers import corridor_content, verdict_content
from geo_events.maps.eventmap import EventMap, MarkLayer
from geo_events.maps.place_layers import mention_content, place_content, shape_content
from geo_events.maps.story_layers import story_content
from geo_events.maps.table_layers import table_content
from geo_events.story.story import Story
from geo_events.text.mentions import Mention
from geo_events.upward import call_upward
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["draw_map", "make_content"]

_CAVEAT = "Corridors are straight lines made from published reports, not observed paths."


@overload
def draw_map(
    *things: object,
    title: str | None = None,
    view: View | None = None,
    basemap: str | None = "110m",
    tiles: str | None = None,
    m: None = None,
) -> EventMap: ...


@overload
def draw_map(
    *things: object,
    title: str | None = None,
    view: View | None = None,
    basemap: str | None = "110m",
    tiles: str | None = None,
    m: folium.Map,
) -> EventMap | folium.Map: ...


def draw_map(
    *things: object,
    title: str | None = None,
    view: View | None = None,
    basemap: str | None = "110m",
    tiles: str | None = None,
    m: folium.Map | None = None,
) -> EventMap | folium.Map:
    """Draw stories, corridors, verdicts, places, mentions and tables on one map.

    Parameters
    ----------
    *things : Story, Corridor, Verdict, Place, Mention, shapely geometry, GeoDataFrame, path, list
        What to show, first below; tables of crossings too, and lists of all these. Of a file that
        `save` wrote, or one by others, all layers with geometries, as `read_frames` reads them.
    title : str, optional
        What the map shows; by default the things say it themselves.
    view : {"de_facto", "recognised"}, optional
        Whose borders are drawn; by default the view of the things.
    basemap : {"110m", "50m"} or None
        Detail of the drawn land and borders.
    tiles : str, optional
        An address template such as ``"https://host/{z}/{x}/{y}.png"`` or the name of a tile set
        of folium, loaded from the network in place of the drawn basemap.
    m : folium.Map, optional
        Add to this map. On an `EventMap` all promises hold; on a plain folium map ours is as
        safe with any text, but the page around it is folium's: it loads its files and tiles from
        the network, and title and caveat stand on the map alone.

    Returns
    -------
    EventMap
        The map, or `m`.

    Raises
    ------
    InvalidInputError
        For things of another type, things of different views, or an unknown view, basemap or
        tile address.
    FrameError
        For tables that cannot be drawn.

    Examples
    --------
    >>> from geo_events.corridors.corridor import make_corridor
    >>> m = draw_map(make_corridor("Moscow", "Ankara"))
    >>> m.content.title
    'The straight line Moscow → Ankara. Not a flight path.'
    """
    content, chosen = make_content(things, view)
    if m is None:
        if tiles is not None and "{" in tiles:
            validate_tile_url(tiles)
        options: dict[str, Any] = (
            {"attr": "Tiles: see their address"} if tiles and "{" in tiles else {}
        )
        return EventMap(
            content=content, title=title, view=chosen, basemap=basemap, tiles=tiles, **options
        )
    if isinstance(m, EventMap):
        m.add_content(content, title=title)
    elif isinstance(m, folium.Map):
        MarkLayer(content, None, view=chosen).add_to(m)
    else:
        raise InvalidInputError(f"m: expected a folium.Map; got {type(m).__name__}")
    return m


def make_content(things: tuple[object, ...], view: View | None) -> tuple[MapContent, View]:
    """Turn things into the content of one map, and choose the view of its borders.

    Parameters
    ----------
    things : tuple
        What `draw_map` takes.
    view : {"de_facto", "recognised"} or None
        The view asked for; None for that of the things.

    Returns
    -------
    (MapContent, str)
        What stands on the map, and the view.

    Raises
    ------
    InvalidInputError, FrameError
        As `draw_map`.
    """
    things = tuple(_flatten(things))
    chosen = _choose_view(things, view)
    contents = [_content(thing, chosen) for thing in things]
    return (join_things(contents) if contents else MapContent()), chosen


def _flatten(things: Iterable[object]) -> Iterator[object]:
    """Yield things one by one, also those within lists."""
    for thing in things:
        if isinstance(thing, list | tuple):
            yield from _flatten(thing)
        else:
            yield thing


def _choose_view(things: tuple[object, ...], view: View | None) -> View:
    """Return the view asked for, else the one that all things share."""
    found = dict.fromkeys(
        thing.view for thing in things if isinstance(thing, Story | Corridor | Verdict)
    )
    if view is not None:
        validate_view(view)
        if any(one != view for one in found):
            warnings.warn(
                f"the borders drawn are those of the view {view!r}, the answers on the map were "
                f"made with {', '.join(map(repr, found))}",
                GeoEventsWarning,
                stacklevel=4,
            )
        return view
    if len(found) > 1:
        raise InvalidInputError(
            f"expected things of one view; got {', '.join(found)}: draw them on two maps"
        )
    return next(iter(found), "de_facto")


def _content(thing: object, view: View) -> MapContent:
    """Turn one thing into content, by the table below."""
    for kind, make in _LAYERS:
        if isinstance(thing, kind):
            return make(thing, view)
    names = ", ".join(kind.__name__ for kind, _ in _LAYERS)
    raise InvalidInputError(f"expected things of type {names}; got {type(thing).__name__}")


def _verdict(verdict: Verdict, view: View) -> MapContent:
    """Draw a verdict on the corridor it is about."""
    if verdict.origin is None or verdict.target is None:
        raise InvalidInputError(
            f"a verdict without origin and target has nothing to draw: {verdict.question!r}"
        )
    return verdict_content(verdict, make_corridor(verdict.origin, verdict.target, view=view))


def _file(path: str | os.PathLike[str]) -> MapContent:
    """Draw the layers of a file."""
    frames: dict[str, pd.DataFrame] = call_upward("read_frames", path)
    drawn = [
        table_content(frame, name)
        for name, frame in frames.items()
        if isinstance(frame, gpd.GeoDataFrame) and not frame.geometry.isna().all()
    ]
    if not drawn:
        raise InvalidInputError(f"{str(path)!r} holds no geometries to draw")
    content = merge_contents(drawn)
    said = next(iter(frames.values())).attrs
    title, source = (str(said.get(key) or "") for key in ("title", "source"))
    notes = (f"From the file {Path(path).name}", *([f"Made with {source}"] if source else []))
    caveat = (*content.caveat, *([_CAVEAT] if "corridors" in frames else []))
    return replace(
        content, title=title or content.title, caveat=caveat, notes=(*content.notes, *notes)
    )


_LAYERS: tuple[tuple[type, Callable[[Any, View], MapContent]], ...] = (
    (Story, lambda thing, _: story_content(thing)),
    (Corridor, lambda thing, _: corridor_content(thing)),
    (Verdict, _verdict),
    (Place, place_content),
    (Mention, mention_content),
    (BaseGeometry, shape_content),
    (pd.DataFrame, lambda thing, _: table_content(thing)),
    (str, lambda thing, _: _file(thing)),
    (os.PathLike, lambda thing, _: _file(thing)),
)
