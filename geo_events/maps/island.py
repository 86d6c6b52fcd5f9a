"""Write the content of a map as the JSON that its page draws."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.atlas.territories import territory_polygon
from geo_events.errors import InvalidInputError
from geo_events.maps.basemap import encode_rings
from geo_events.maps.encode import clean_text, encode_path
from geo_events.maps.features import (
    AreaMark,
    CloudMark,
    Mark,
    PointMark,
    RingMark,
    Style,
    TrackMark,
)
from geo_events.maps.unwrap import find_centre, shift_geometry, shift_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo_events.maps.basemap import Basemap
    from geo_events.maps.content import Evidence, Group, Item, MapContent
    from geo_events.values import View

__all__ = ["find_bounds", "find_map_centre", "write_content"]

_TRACK_DIGITS = 3  # about 100 m: below a pixel at every zoom the page allows
_CLOUD_DIGITS = 5
_SIMPLIFY_DEG = 0.01
_COUNTRY_DEG, _SEA_DEG = 12.0, 70.0  # least frame of a territory that is drawn alone
_WORLD = (-55.0, -170.0, 72.0, 170.0)


def write_content(
    content: MapContent, basemap: Basemap | None, view: View = "de_facto"
) -> dict[str, Any]:
    """Write a map's content as plain dictionaries and lists.

    Parameters
    ----------
    content : MapContent
        What is on the map.
    basemap : Basemap or None
        What is under it; None for tiles or nothing.
    view : {"de_facto", "recognised"}
        Whose outlines territories have.

    Returns
    -------
    dict
        Ready for `to_island`. The same content gives the same bytes.

    Raises
    ------
    InvalidInputError
        When a mark names a group or item that is not there, or an unknown territory.
    """
    return _Writer(content, basemap, view).write()


def find_map_centre(content: MapContent) -> float:
    """Return the longitude about which a map is drawn: the middle of what it is about."""
    lons = [lon for lon, _ in _coordinates(content.marks)]
    return find_centre(np.concatenate(lons) if lons else np.empty(0))


def find_bounds(content: MapContent, centre: float) -> tuple[float, float, float, float]:
    """Return south, west, north, east of what the map is about.

    Territories that are only filled do not count where there is anything else.
    """
    arrays = list(_coordinates(content.marks))
    if not arrays:
        return _WORLD
    south = min(float(lat.min()) for _, lat in arrays)
    north = max(float(lat.max()) for _, lat in arrays)
    west = min(float(shift_path(lon, centre).min()) for lon, _ in arrays)
    east = max(float(shift_path(lon, centre).max()) for lon, _ in arrays)
    areas = [mark for mark in content.marks if isinstance(mark, AreaMark) and mark.focus]
    known = [mark.territory for mark in areas if mark.geometry is None]
    if not known:
        return south, west, north, east
    least = _SEA_DEG if any(one.startswith("sea:") for one in known) else _COUNTRY_DEG
    wide, high = _half_short(east - west, least), _half_short(north - south, least)
    return max(south - high, -80.0), west - wide, min(north + high, 80.0), east + wide


def _half_short(span_deg: float, least_deg: float) -> float:
    """Return what is missing on each side of a span for a territory to be seen in it."""
    return max(0.0, (least_deg - span_deg) / 2)


def _coordinates(marks: Sequence[Mark]) -> Iterator[tuple[NDArray[np.float64], Any]]:
    """Yield lon and lat arrays of all marks that the map is to show."""
    for mark in marks:
        if not getattr(mark, "focus", True):
            continue
        if isinstance(mark, PointMark):
            yield np.array([mark.lon]), np.array([mark.lat])
        elif isinstance(mark, RingMark):
            yield mark.lon, mark.lat
        elif isinstance(mark, TrackMark):
            yield from ((lon, lat) for lon, lat in mark.paths if len(lon))
        else:
            yield from _shape_coordinates(mark)


def _shape_coordinates(mark: AreaMark | CloudMark) -> Iterator[tuple[NDArray[np.float64], Any]]:
    """Yield lon and lat arrays of the parts of an area, or of the features of a table."""
    if isinstance(mark, CloudMark):
        points = shapely.get_type_id(mark.geometries) == shapely.GeometryType.POINT
        xy = shapely.get_coordinates(mark.geometries[points])
        turn = 360.0 * np.round((find_centre(xy[:, 0]) - xy[:, 0]) / 360.0)
        if len(xy):
            yield xy[:, 0] + turn, xy[:, 1]
        parts = shapely.get_parts(mark.geometries[~points])
    elif mark.geometry is None:  # a territory: where its words stand
        if mark.at is not None:
            yield np.array([mark.at[0]]), np.array([mark.at[1]])
        return
    else:
        parts = shapely.get_parts(mark.geometry)
    for part in parts:
        if part is not None:
            xy = shapely.get_coordinates(part)
            yield xy[:, 0], xy[:, 1]


class _Writer:
    """Collects styles and keys while the marks are written."""

    def __init__(self, content: MapContent, basemap: Basemap | None, view: View) -> None:
        self.content = content
        self.view = view
        self.basemap = basemap
        self.styles: dict[Style, int] = {}
        self.groups = {group.key: row for row, group in enumerate(content.groups)}
        self.items = {item.key: row for row, item in enumerate(content.items)}
        self.centre = find_map_centre(content)

    def write(self) -> dict[str, Any]:
        """Write everything; styles last, since marks and legend add to them."""
        content = self.content
        south, west, north, east = find_bounds(content, self.centre)
        return {
            "title": clean_text(content.title),
            "summary": [clean_text(text) for text in content.summary],
            "caveat": [clean_text(text) for text in content.caveat],
            "facts": [[clean_text(label), clean_text(text)] for label, text in content.facts],
            "headings": {clean_text(name): clean_text(text) for name, text in content.headings},
            "notes": [clean_text(text) for text in content.notes],
            "citation": clean_text(content.citation),
            "centre": round(self.centre, 3),
            "bounds": [round(value, 3) for value in (south, west, north, east)],
            "groups": [self._group(group) for group in content.groups],
            "items": [_item(item) for item in content.items],
            "marks": [self._mark(mark) for mark in content.marks],
            "styles": [_style(style) for style in self.styles],
            "base": None if self.basemap is None else self.basemap.to_json(),
        }

    def _style_row(self, style: Style) -> int:
        """Return the number of a style; equal styles share one."""
        return self.styles.setdefault(style, len(self.styles))

    def _group(self, group: Group) -> dict[str, Any]:
        """Write a layer with its legend."""
        entries = [
            {
                "kind": entry.kind,
                "text": clean_text(entry.text),
                "s": self._style_row(entry.style),
                "sign": entry.sign,
            }
            for entry in group.entries
        ]
        title = clean_text(group.title)
        return {"title": title, "shown": group.shown, "opened": group.opened, "entries": entries}

    def _mark(self, mark: Mark) -> dict[str, Any]:
        """Write what all marks have, then what its kind has."""
        row = {"s": self._style_row(mark.style), "g": self._row(self.groups, mark.group, "group")}
        if not isinstance(mark, CloudMark):
            row["t"] = clean_text(mark.label)  # type: ignore[assignment]
            row["i"] = self._row(self.items, mark.item, "item")
        return row | self._shape(mark)

    def _row(self, rows: dict[str, int], key: str, what: str) -> int:
        """Return the number of a group or item; -1 for none."""
        if not key:
            return -1
        if key not in rows:
            raise InvalidInputError(f"a mark names the {what} {key!r}, which is not on the map")
        return rows[key]

    @singledispatchmethod
    def _shape(self, mark: Mark) -> dict[str, Any]:
        """Write what is special to a kind of mark."""
        raise InvalidInputError(f"expected a mark; got {type(mark).__name__}")

    @_shape.register
    def _(self, mark: PointMark) -> dict[str, Any]:
        lon = float(shift_path(np.array([mark.lon]), self.centre)[0])
        place = [round(mark.lat, 5), round(lon, 5)]
        return {
            "k": "point",
            "p": place,
            "sign": mark.sign,
            "c": clean_text(mark.caption),
            "r": mark.rank,
        }

    @_shape.register
    def _(self, mark: TrackMark) -> dict[str, Any]:
        paths = [
            encode_path(shift_path(lon, self.centre), lat, digits=_TRACK_DIGITS)
            for lon, lat in mark.paths
        ]
        row: dict[str, Any] = {"k": "track", "d": _TRACK_DIGITS, "p": paths}
        if mark.caption:
            row |= {"c": clean_text(mark.caption), "r": mark.rank}
        return row if mark.at is None else row | {"at": self._caption_place(mark.at)}

    @_shape.register
    def _(self, mark: RingMark) -> dict[str, Any]:
        lon = shift_path(mark.lon, self.centre)
        top = int(np.argmax(mark.lat))
        return {
            "k": "ring",
            "d": _CLOUD_DIGITS,
            "p": [encode_path(lon, mark.lat)],
            "r": mark.rank,
            "c": clean_text(mark.caption),
            "at": [round(float(mark.lat[top]), 4), round(float(lon[top]), 4)],
        }

    @_shape.register
    def _(self, mark: AreaMark) -> dict[str, Any]:
        row: dict[str, Any] = {"k": "area", "c": clean_text(mark.caption), "r": mark.rank}
        if mark.at is not None:
            row["at"] = self._caption_place(mark.at)
        base_row = self.basemap.index(mark.territory) if self.basemap is not None else None
        if base_row is not None:
            row["n"] = base_row
            if mark.geometry is None:
                return row | {"b": base_row}
        geometry = shift_geometry(self._outline(mark), self.centre)
        if "at" not in row and mark.caption:
            point = shapely.point_on_surface(geometry)
            row["at"] = [round(point.y, 3), round(point.x, 3)]
        rings = encode_rings(geometry, digits=_TRACK_DIGITS)
        return row | {"d": _TRACK_DIGITS, "p": rings}

    def _caption_place(self, at: tuple[float, float]) -> list[float]:
        """Return lat and lon of a caption, on the turn that is drawn."""
        lon = float(shift_path(np.array([at[0]]), self.centre)[0])
        return [round(at[1], 3), round(lon, 3)]

    def _outline(self, mark: AreaMark) -> BaseGeometry:
        """Return an area's geometry; that of a territory comes from the tables."""
        if mark.geometry is not None:
            return mark.geometry
        outline = territory_polygon(mark.territory, self.view)
        return shapely.simplify(outline, _SIMPLIFY_DEG)

    @_shape.register
    def _(self, mark: CloudMark) -> dict[str, Any]:
        columns = {
            clean_text(name): [clean_text(value) for value in values]
            for name, values in mark.columns.items()
        }
        labels = [clean_text(label) for label in mark.labels]
        return {"k": "cloud", "t": labels, "columns": columns} | self._cloud_shapes(mark.geometries)

    def _cloud_shapes(self, geometries: NDArray[np.object_]) -> dict[str, Any]:
        """Write points as one path; anything else as lists of paths with their kind."""
        kinds = shapely.get_type_id(geometries)
        if np.all(kinds == shapely.GeometryType.POINT):
            lon, lat = shapely.get_x(geometries), shapely.get_y(geometries)
            near = lon + 360.0 * np.round((self.centre - lon) / 360.0)
            return {"d": _CLOUD_DIGITS, "points": encode_path(near, lat, digits=_CLOUD_DIGITS)}
        shapes = [self._cloud_shape(shift_geometry(part, self.centre)) for part in geometries]
        return {"d": _CLOUD_DIGITS, "shapes": shapes}

    def _cloud_shape(self, geometry: BaseGeometry) -> list[Any]:
        """Write one geometry: its dimension and its paths."""
        dimension = int(shapely.get_dimensions(geometry))
        if dimension == 2:
            return [2, encode_rings(geometry)]
        parts = shapely.get_parts(geometry)
        return [dimension, [encode_path(*shapely.get_coordinates(part).T) for part in parts]]


def _style(style: Style) -> list[Any]:
    """Write a style as a short row."""
    return [
        style.colour,
        style.width_px,
        style.dash,
        style.fill,
        style.opacity,
        style.fill_opacity,
    ]


def _item(item: Item) -> dict[str, Any]:
    """Write a line of the list."""
    return {
        "section": clean_text(item.section),
        "title": clean_text(item.title),
        "detail": clean_text(item.detail),
        "badge": clean_text(item.badge),
        "start": item.start,
        "end": item.end,
        "evidence": _evidence(item.evidence),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    """Write evidence; marks of a quote become pieces, so that the page counts no characters."""
    return {
        "rows": [[clean_text(label), clean_text(text)] for label, text in evidence.rows],
        "quotes": [
            {"pieces": _pieces(quote.text, quote.marks), "note": clean_text(quote.note)}
            for quote in evidence.quotes
        ],
    }


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> list[str]:
    """Cut a sentence at its marks; every second piece is a marked one."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [clean_text(text[last:start]), clean_text(text[start:end])]
        last = end
    return [*pieces, clean_text(text[last:])]
