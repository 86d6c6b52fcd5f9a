"""What can stand on a map: a small closed set of values between the domain and the page.

The layers (`story_layers`, `corridor_layers`, ...) turn domain values into these; `island` turns
these into the JSON that the page draws. Neither knows the other's side.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import numpy as np
import shapely

from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.maps.colours import validate_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "AreaMark",
    "CloudMark",
    "Evidence",
    "Fill",
    "Group",
    "Item",
    "LegendEntry",
    "MapContent",
    "Mark",
    "PointMark",
    "Quote",
    "RingMark",
    "Sign",
    "Style",
    "TrackMark",
    "merge_contents",
]

Fill = Literal["none", "solid", "hatch", "cross", "dots"]
Dash = Literal["solid", "dashed", "dotted", "dashdot"]
Sign = Literal[
    "circle", "square", "diamond", "triangle", "star", "enter", "leave", "question", "denied"
]


def _check_choice(name: str, value: object, choices: object) -> None:
    """Raise when a value is not one of a closed set."""
    known = get_args(choices)
    if value not in known:
        raise InvalidInputError(f"{name}: expected one of {', '.join(known)}; got {value!r}")


@dataclass(frozen=True, slots=True)
class Style:
    """How a mark is drawn; colour is never the only sign.

    Parameters
    ----------
    colour : str
        ``#rrggbb``.
    width_px : float
        Width of lines and outlines.
    dash : {"solid", "dashed", "dotted", "dashdot"}
        Pattern of lines and outlines.
    fill : {"none", "solid", "hatch", "cross", "dots"}
        What is inside an area.
    opacity : float
        Of lines, 0 to 1.
    fill_opacity : float
        Of the inside, 0 to 1.

    Raises
    ------
    InvalidInputError
        For a colour that is none, an unknown pattern, or an opacity out of range.
    """

    colour: str
    width_px: float = 2.0
    dash: Dash = "solid"
    fill: Fill = "none"
    opacity: float = 1.0
    fill_opacity: float = 0.3

    def __post_init__(self) -> None:
        validate_colour(self.colour)
        _check_choice("dash", self.dash, Dash)
        _check_choice("fill", self.fill, Fill)
        for name in ("opacity", "fill_opacity"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise InvalidInputError(
                    f"{name}: expected a number from 0 to 1; got {getattr(self, name)!r}"
                )
        if not 0.0 <= self.width_px <= 30.0:
            raise InvalidInputError(
                f"width_px: expected a number from 0 to 30; got {self.width_px!r}"
            )


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the source, with the words that count marked.

    Parameters
    ----------
    text : str
        The sentence as it stands in the source.
    marks : tuple of (int, int)
        Stretches of `text` (start, end) to mark, in order and apart.
    note : str
        What the marked words were taken for.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.marks:
            if not last <= start <= end <= len(self.text):
                raise InvalidInputError(
                    f"marks: expected ordered stretches within {len(self.text)} characters; "
                    f"got {self.marks!r}"
                )
            last = end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is on the map: rows of label and value, and quotes.

    Parameters
    ----------
    rows : tuple of (str, str)
        A label and what there is to say.
    quotes : tuple of Quote
        Sentences of the source.
    """

    rows: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign of the legend and its meaning.

    Parameters
    ----------
    kind : {"area", "line", "point"}
        What the sign looks like.
    text : str
        What it means.
    style : Style
        How it is drawn.
    sign : Sign or None
        The shape of a point.
    """

    kind: Literal["area", "line", "point"]
    text: str
    style: Style
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A layer that the reader can show and hide, with its part of the legend.

    Parameters
    ----------
    key : str
        What marks refer to; unique on the map.
    title : str
        Its name in the legend.
    entries : tuple of LegendEntry
        Every sign that occurs in it.
    shown : bool
        Whether it is visible at first.
    opened : bool
        Whether its legend is unfolded at first.
    """

    key: str
    title: str
    entries: tuple[LegendEntry, ...] = ()
    shown: bool = True
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list beside the map; marks with the same key belong to it.

    Parameters
    ----------
    key : str
        What marks refer to; unique on the map.
    section : str
        The heading it stands under.
    title : str
        What it is, in one line.
    detail : str
        One more line.
    badge : str
        A word set apart: "disputed", "claimed", "corrected by hand".
    evidence : Evidence
        Shown when the item, or a mark of it, is chosen.
    start, end : str
        Days (ISO 8601) between which it holds; "" when it has no date.
    """

    key: str
    section: str
    title: str
    detail: str = ""
    badge: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    start: str = ""
    end: str = ""


def _check_position(lon: float, lat: float, label: str) -> None:
    """Raise when a position cannot be drawn."""
    if not (np.isfinite(lon) and np.isfinite(lat) and abs(lat) <= 90 and abs(lon) <= 540):
        raise InvalidCoordinateError(
            f"{label!r}: expected finite lon and lat in degrees; got lon {lon!r}, lat {lat!r}"
        )


@dataclass(frozen=True, slots=True)
class PointMark:
    """A point that the source gives as a point.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    label : str
        Shown on hover and to a screen reader.
    style : Style
        Its colour.
    sign : Sign
        Its shape.
    group, item : str
        Keys of its group and of its item ("" for none).
    caption : str
        Words set beside it on the map; "" for none.
    focus : bool
        Whether the map is drawn so large that it shows this mark.
    """

    lon: float
    lat: float
    label: str
    style: Style
    sign: Sign = "circle"
    group: str = ""
    item: str = ""
    caption: str = ""
    focus: bool = True

    def __post_init__(self) -> None:
        _check_position(self.lon, self.lat, self.label)
        _check_choice("sign", self.sign, Sign)


@dataclass(frozen=True, slots=True, eq=False)
class AreaMark:
    """An area: a country, a sea, a part of a sea, an envelope.

    Parameters
    ----------
    geometry : shapely Polygon or MultiPolygon, or None
        EPSG:4326. None when `territory` is drawn from the basemap.
    label : str
        Shown on hover and to a screen reader.
    style : Style
        Outline and inside.
    group, item : str
        Keys of its group and of its item ("" for none).
    territory : str
        Id of a territory of the basemap, drawn with the basemap's own outline.
    caption : str
        Words set on the area; lines are split at line feeds.
    at : (lon, lat) or None
        Where the caption stands; by default at a point inside the area.
    rank : float
        Captions of lower rank give way where there is no room.
    focus : bool
        Whether the map is drawn so large that it shows this mark.
    """

    geometry: BaseGeometry | None
    label: str
    style: Style
    group: str = ""
    item: str = ""
    territory: str = ""
    caption: str = ""
    at: tuple[float, float] | None = None
    rank: float = 0.0
    focus: bool = True

    def __post_init__(self) -> None:
        if self.geometry is None and not self.territory:
            raise InvalidInputError(f"{self.label!r}: expected a geometry or a territory; got none")
        if self.geometry is not None:
            _check_geometry(self.geometry, self.label)


def _check_geometry(geometry: BaseGeometry, label: str) -> None:
    """Raise when a geometry is empty or has coordinates that are not finite."""
    if shapely.is_empty(geometry):
        raise InvalidInputError(f"{label!r}: expected a geometry to draw; got an empty one")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise InvalidCoordinateError(f"{label!r}: the geometry has coordinates that are not finite")


@dataclass(frozen=True, slots=True, eq=False)
class TrackMark:
    """One line, or a fan of lines that mean the same.

    Parameters
    ----------
    paths : tuple of (lon, lat) arrays
        Degrees; longitudes without jumps at +-180. Dense enough to be drawn straight.
    label : str
        Shown on hover and to a screen reader.
    style : Style
        Colour, dash and width.
    group, item : str
        Keys of its group and of its item ("" for none).
    """

    paths: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    label: str
    style: Style
    group: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RingMark:
    """A circle of true radius round a point, with the measure written on it.

    Parameters
    ----------
    lon, lat : arrays
        The ring itself, degrees, without jumps at +-180.
    label : str
        Shown on hover and to a screen reader.
    caption : str
        The measure, set at the ring's northernmost point.
    style : Style
        Its outline.
    group, item : str
        Keys of its group and of its item ("" for none).
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    label: str
    caption: str
    style: Style
    group: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CloudMark:
    """Many features of one style from a table, drawn on canvas.

    Parameters
    ----------
    geometries : array of shapely geometries, shape (n,)
        EPSG:4326, none missing.
    labels : sequence of str, shape (n,)
        What names each feature.
    columns : mapping of str to sequence of str
        What else is told of each feature.
    style : Style
        Of all of them.
    group : str
        Key of its group.
    """

    geometries: NDArray[np.object_]
    labels: Sequence[str]
    columns: dict[str, Sequence[str]]
    style: Style
    group: str = ""


Mark = PointMark | AreaMark | TrackMark | RingMark | CloudMark


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """All that one thing brings to a map.

    Parameters
    ----------
    title : str
        What the map shows, in one sentence.
    summary : tuple of str
        The answer in plain sentences.
    caveat : tuple of str
        What must not be read into it.
    groups, marks, items : tuples
        Layers, what is drawn, what is listed.
    notes : tuple of str
        Sources, versions, view, margins.
    citation : str
        One line to cite the map by.
    """

    title: str = ""
    summary: tuple[str, ...] = ()
    caveat: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    marks: tuple[Mark, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    citation: str = ""


def merge_contents(contents: Sequence[MapContent]) -> MapContent:
    """Put the contents of several things on one map.

    Titles, summaries, caveats, notes and citations are joined without repeats; groups of the same
    key become one with the union of their entries, items of the same key are listed once.
    """
    if len(contents) == 1:
        return contents[0]
    joined: dict[str, Any] = {}
    for part in fields(MapContent):
        values = [getattr(content, part.name) for content in contents]
        if isinstance(values[0] if values else (), str):
            joined[part.name] = " ".join(dict.fromkeys(filter(None, values)))
        elif part.name == "marks":
            joined["marks"] = tuple(mark for value in values for mark in value)
        elif part.name in {"groups", "items"}:
            joined[part.name] = _join_by_key(values)
        else:
            joined[part.name] = tuple(dict.fromkeys(text for value in values for text in value))
    return MapContent(**joined)


def _join_by_key(values: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    """Join groups or items; those of one key become one."""
    found: dict[str, Any] = {}
    for value in values:
        for part in value:
            old = found.get(part.key)
            if isinstance(old, Group):
                entries = tuple(dict.fromkeys((*old.entries, *cast("Group", part).entries)))
                found[part.key] = Group(old.key, old.title, entries, old.shown, old.opened)
            elif old is None:
                found[part.key] = part
    return tuple(found.values())
