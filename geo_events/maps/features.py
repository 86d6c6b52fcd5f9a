"""What can stand on a map: a small closed set of values between the domain and the page.

The layers (`story_layers`, `corridor_layers`, ...) turn domain values into these; `island` turns
these into the JSON that the page draws. Neither knows the other's side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

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
    "Fill",
    "Mark",
    "PointMark",
    "RingMark",
    "Sign",
    "Style",
    "TrackMark",
]

Fill = Literal["none", "solid", "hatch", "cross", "dots", "lines"]
Dash = Literal["solid", "dashed", "dotted", "dashdot", "long", "longdot", "gaps", "gapsdot"]
Sign = Literal[
    "circle",
    "dot",
    "square",
    "diamond",
    "triangle",
    "star",
    "enter",
    "leave",
    "question",
    "denied",
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
    dash : {"solid", "dashed", "dotted", "dashdot", "long", "longdot", "gaps", "gapsdot"}
        Pattern of lines and outlines; the last four say that something is claimed or denied.
    fill : {"none", "solid", "hatch", "cross", "dots", "lines"}
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
    rank : float
        Captions of lower rank give way where there is no room.
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
    rank: float = 3.0

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
    caption : str
        Words set on it; "" for none.
    at : (lon, lat) or None
        Where the caption stands; by default in the middle of what its lines span.
    rank : float
        Captions of lower rank give way where there is no room.
    """

    paths: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    label: str
    style: Style
    group: str = ""
    item: str = ""
    caption: str = ""
    at: tuple[float, float] | None = None
    rank: float = 14.0


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
    rank : float
        Captions of lower rank give way where there is no room.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    label: str
    caption: str
    style: Style
    group: str = ""
    item: str = ""
    rank: float = 12.0


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
