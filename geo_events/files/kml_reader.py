"""Read KML: placemarks with their texts, times and geometries; our own folders as frames."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.errors import InvalidInputError
from geo_events.files.columns import restore_frame
from geo_events.files.geojson_reader import DEFAULT_LAYER
from geo_events.files.kml import DESCRIPTION_DATA
from geo_events.files.shape_limits import build_shapes
from geo_events.files.xml_limits import local_name, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    import pandas as pd

__all__ = ["read_kml"]

_CONTAINERS = ("kml", "Document", "Folder")
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
_NUMBERS = re.compile(r"[-+0-9.eE,\s]*")
_AROUND_COMMA = re.compile(r"\s*,\s*")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_OTHERS_COLUMNS = ("name", "description", "folder", "begin", "end")


@dataclass(slots=True)
class _Layer:
    """What one frame is made of."""

    description: dict[str, Any]
    rows: list[dict[str, str | None]] = field(default_factory=list)
    shapes: list[ET.Element | None] = field(default_factory=list)


def read_kml(content: bytes, name: str) -> dict[str, pd.DataFrame]:
    """Read the frames of a KML file.

    Parameters
    ----------
    content : bytes
        The file's content; of KMZ nothing is read.
    name : str
        Its name, for the errors.

    Returns
    -------
    dict of str to GeoDataFrame
        Of one of our files its folders. Of a file by others one frame "features" with `name`,
        `description` (as text, its markup left out), `folder`, `begin`, `end` (as written), and
        the extended data as texts. Altitudes are kept as Z. Only placemarks with Point,
        LineString, LinearRing, Polygon and MultiGeometry are read: no overlays, no links.

    Raises
    ------
    InvalidInputError
        It is no KML.
    FrameError
        Placemarks whose geometry is none; all at once.
    """
    root = read_xml(content, name=name)
    if local_name(root) not in _CONTAINERS and local_name(root) != "Placemark":
        raise InvalidInputError(f"{name!r} is not KML: its root is <{local_name(root)[:40]}>")
    layers: dict[str, _Layer] = {}
    _collect(root, [], layers)
    if not layers:
        layers[DEFAULT_LAYER] = _Layer(_description_of_others())
    return {key: _frame(layer, name) for key, layer in layers.items()}


def _collect(element: ET.Element, path: list[str], layers: dict[str, _Layer]) -> None:
    """Collect the placemarks below an element, each into its layer."""
    said = _described(element)
    if said is not None:
        key = str(said.get("layer") or DEFAULT_LAYER)
        layers[key] = _Layer(said)
        for placemark in _children(element, "Placemark"):
            _add(layers[key], placemark, _data(placemark))
        return
    for child in element:
        tag = local_name(child)
        if tag == "Placemark":
            layer = layers.setdefault(DEFAULT_LAYER, _Layer(_description_of_others()))
            _add(layer, child, _row_of_others(child, path))
        elif tag in _CONTAINERS:
            _collect(child, [*path, _text(child, "name") or ""], layers)


def _described(element: ET.Element) -> dict[str, Any] | None:
    """Give what a folder of ours says of its columns; None for others'."""
    for extended in _children(element, "ExtendedData"):
        for data in _children(extended, "Data"):
            if data.get("name") == DESCRIPTION_DATA:
                try:
                    said = json.loads(_text(data, "value") or "")
                except (ValueError, RecursionError):
                    return None
                return said if isinstance(said, dict) else None
    return None


def _description_of_others() -> dict[str, Any]:
    """Describe the columns that every file by others has."""
    return {"columns": {**dict.fromkeys(_OTHERS_COLUMNS, "object"), "geometry": "geometry"}}


def _children(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Iterate over the children of one tag."""
    return (child for child in element if local_name(child) == tag)


def _text(element: ET.Element, tag: str) -> str | None:
    """Return the text of the first child of a tag; None where there is none."""
    child = next(_children(element, tag), None)
    return None if child is None else child.text or ""


def _add(layer: _Layer, placemark: ET.Element, row: dict[str, str | None]) -> None:
    """Add a placemark to a layer."""
    layer.rows.append(row)
    layer.shapes.append(next((one for one in placemark if local_name(one) in _SHAPES), None))


def _data(placemark: ET.Element) -> dict[str, str | None]:
    """Give the extended data of a placemark by their names."""
    row: dict[str, str | None] = {}
    for extended in _children(placemark, "ExtendedData"):
        for data in _children(extended, "Data"):
            row[data.get("name", "")] = _text(data, "value")
        for schema in _children(extended, "SchemaData"):
            row |= {one.get("name", ""): one.text or "" for one in _children(schema, "SimpleData")}
    return row


def _row_of_others(placemark: ET.Element, path: list[str]) -> dict[str, str | None]:
    """Give what a placemark by others says."""
    begin = end = None
    for span in _children(placemark, "TimeSpan"):
        begin, end = _text(span, "begin"), _text(span, "end")
    for stamp in _children(placemark, "TimeStamp"):
        begin = end = _text(stamp, "when")
    described = _text(placemark, "description")
    own = {
        "name": _text(placemark, "name"),
        "description": None if described is None else html.unescape(_TAG.sub("", described)),
        "folder": " / ".join(filter(None, path)) or None,
        "begin": begin,
        "end": end,
    }
    taken = (*own, "geometry")
    return own | {
        f"{key}_" if key in taken else key: value for key, value in _data(placemark).items()
    }


def _frame(layer: _Layer, name: str) -> pd.DataFrame:
    """Build the frame of one layer."""
    shapes = build_shapes(layer.shapes, _shape, range(len(layer.rows)), name=name)
    names = dict.fromkeys(key for row in layer.rows for key in row)
    cells: dict[str, Any] = {key: [row.get(key) for row in layer.rows] for key in names}
    kinds = layer.description.get("columns")
    kinds = kinds if isinstance(kinds, dict) else {}
    geometry = next((key for key, kind in kinds.items() if kind == "geometry"), None)
    if geometry is not None:
        cells[geometry] = shapes
    said = layer.description.get("index")
    labels = cells.pop(str(said.get("column")), None) if isinstance(said, dict) else None
    return restore_frame(cells, layer.description, count=len(layer.rows), index=labels)


def _shape(element: ET.Element) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Build the geometry of an element; several parts of one kind become a Multi… of it."""
    tag = local_name(element)
    if tag == "MultiGeometry":
        return _gather([_shape(child) for child in element if local_name(child) in _SHAPES])
    if tag == "Polygon":
        rings = [
            [_positions(ring) for ring in _children(boundary, "LinearRing")]
            for side in ("outerBoundaryIs", "innerBoundaryIs")
            for boundary in _children(element, side)
        ]
        outer, *holes = [ring for found in rings for ring in found]
        return shapely.Polygon(outer, holes)
    points = _positions(element)
    if tag == "Point":
        return shapely.Point(points[0])
    return shapely.LineString(points)


def _gather(parts: list[Any]) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Put parts together: of one kind as a Multi…, else as a collection."""
    kinds = {part.geom_type for part in parts}
    makers: dict[str, Any] = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    alike = makers.get(kinds.pop()) if len(kinds) == 1 else None
    return (alike or shapely.GeometryCollection)(parts)


def _positions(element: ET.Element) -> np.ndarray[Any, Any]:
    """Read the coordinates of an element: lon,lat or lon,lat,altitude, by blanks apart."""
    text = _text(element, "coordinates") or ""
    if not _NUMBERS.fullmatch(text):
        raise ValueError("coordinates that are no numbers")
    tuples = [position.split(",") for position in _AROUND_COMMA.sub(",", text).split()]
    if not tuples or {len(position) for position in tuples} not in ({2}, {3}):
        raise ValueError("expected coordinates as lon,lat or lon,lat,altitude")
    points = np.array(tuples, dtype=float)
    if not np.isfinite(points).all():
        raise ValueError("a coordinate is not finite")
    return points
