"""Write KML for Google Earth: folders, times, lines that follow the ground, text as text."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import geopandas as gpd
import shapely

from geo_events.disk import write_text
from geo_events.files.columns import describe_frame, flatten, with_index
from geo_events.files.frames import plain_value, prepare_layer
from geo_events.files.kml_shapes import encode_shape
from geo_events.files.looks import LOOKS, Look, key_at_dimension, looks_of_layer

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

__all__ = ["DESCRIPTION_DATA", "encode_kml", "write_kml"]

DESCRIPTION_DATA = "geo_events"  # the folder's <Data> that says what its columns are
_TITLE = "Places, corridors and claims from published reports. Not observed paths."
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?")
_NAMES = ("name", "title", "label", "question", "event", "territory", "id")
_SIMPLE_TYPES = (("bool", "bool"), ("int", "int"), ("uint", "int"), ("float", "double"))


def encode_kml(layers: Mapping[str, pd.DataFrame], *, title: str = "") -> str:
    """Encode frames as the text of one KML 2.2 document.

    Parameters
    ----------
    layers : mapping of str to DataFrame
        The frames by the names of their folders; those without geometry list their rows.
    title : str
        The document's name.

    Returns
    -------
    str
        Geometries in EPSG:4326 cut at ±180°, laid on the ground (`tessellate`); lines are
        geodesics from vertex to vertex, as Google Earth draws them; edges of areas get a vertex
        every degree, since they are straight in longitude and latitude. Columns `begin` and `end`
        become a TimeSpan, or a TimeStamp where they are the same. The cells stand in typed
        ExtendedData, and in the description as text: no markup in them is obeyed. The same frames
        give the same text.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.

    Examples
    --------
    >>> frame = gpd.GeoDataFrame({"name": ["<b>"]}, geometry=[shapely.Point(39.01, 35.95)])
    >>> "<name>&lt;b&gt;</name>" in encode_kml({"places": frame})
    True
    """
    flat = {name: flatten(frame) for name, frame in layers.items()}
    looks = {name: looks_of_layer(name, frame) for name, frame in flat.items()}
    used = dict.fromkeys(
        key_at_dimension(key, dimension)
        for _, chosen in looks.values()
        for key in chosen.values()
        for dimension in (1, 2)
    )
    notes = _notes(frame.attrs for frame in flat.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2">',
        "<Document>",
        f"<name>{_text(title or _TITLE)}</name>",
        f"<description>{_text(notes)}</description>",
        *(_style(key, LOOKS[key]) for key in used),
        *(_schema(number, name, flat[name]) for number, name in enumerate(flat)),
    ]
    for number, (name, frame) in enumerate(flat.items()):
        lines += _folder(number, name, frame, looks[name])
    return "\n".join([*lines, "</Document>", "</kml>", ""])


def write_kml(
    layers: Mapping[str, pd.DataFrame], path: str | os.PathLike[str], *, title: str = ""
) -> Path:
    """Write what `encode_kml` gives to a file, all or nothing, and return its path."""
    return write_text(path, encode_kml(layers, title=title))


def _text(value: object) -> str:
    """Escape a text for an element; what XML cannot hold becomes U+FFFD."""
    return escape(_NO_XML.sub("\ufffd", str(value)), {"\r": "&#13;"})


def _attribute(value: object) -> str:
    """Escape and quote a text for an attribute."""
    cleaned = _NO_XML.sub("\ufffd", str(value))
    return quoteattr(cleaned, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _notes(attrs: Any) -> str:  # noqa: ANN401 - an iterable of frames' attributes
    """Write what the frames say about themselves as HTML."""
    said = {str(key): value for part in attrs for key, value in part.items()}
    plain = {key: value for key, value in said.items() if isinstance(value, str) and value}
    return "<br>".join(f"{_html(key)}: {_html(value)}" for key, value in plain.items())


def _html(value: object) -> str:
    """Escape a text for a description, which Google Earth reads as HTML with $[fields]."""
    return html.escape(str(value)).replace("$", "&#36;").replace("\n", "<br>")


def _colour(colour: str, opacity: float) -> str:
    """Write a colour as KML does: alpha, blue, green, red."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{round(opacity * 255):02x}{blue:02x}{green:02x}{red:02x}"


def _style(key: str, look: Look) -> str:
    """Write the style of one look; only our escaped description is shown in its balloon."""
    full = f"<color>{_colour(look.colour, 1)}</color>"
    return (
        f'<Style id="{key.replace(" ", "-")}">'
        f"<IconStyle>{full}<scale>0.8</scale></IconStyle>"
        "<LabelStyle><scale>0.8</scale></LabelStyle>"
        f"<LineStyle>{full}<width>{look.width:g}</width></LineStyle>"
        f"<PolyStyle><color>{_colour(look.colour, look.fill)}</color></PolyStyle>"
        "<BalloonStyle><text>$[description]</text></BalloonStyle>"
        "</Style>"
    )


def _schema(number: int, name: str, frame: pd.DataFrame) -> str:
    """Declare the columns of a folder with their types."""
    columns = describe_frame(with_index(frame))["columns"]
    fields = "".join(
        f'<SimpleField type="{_simple_type(kind)}" name={_attribute(column)}/>'
        for column, kind in columns.items()
        if kind != "geometry"
    )
    return f'<Schema id="columns-{number}" name={_attribute(name)}>{fields}</Schema>'


def _simple_type(kind: str) -> str:
    """Name the type of a column as KML does."""
    return next((simple for start, simple in _SIMPLE_TYPES if kind.startswith(start)), "string")


def _folder(
    number: int, name: str, frame: pd.DataFrame, looks: tuple[str | None, dict[str, str]]
) -> Iterator[str]:
    """Write the folder of one frame."""
    said = json.dumps(plain_value(describe_frame(frame) | {"layer": name}), ensure_ascii=False)
    yield (
        f"<Folder><name>{_text(name)}</name><open>1</open>"
        f'<ExtendedData><Data name="{DESCRIPTION_DATA}"><value>{_text(said)}</value></Data>'
        "</ExtendedData>"
    )
    column, chosen = looks
    ready = with_index(prepare_layer(frame) if isinstance(frame, gpd.GeoDataFrame) else frame)
    active = ready.geometry.name if isinstance(ready, gpd.GeoDataFrame) else None
    shapes = [None] * len(ready) if active is None else list(ready.geometry)
    cells = {
        str(key): [plain_value(value) for value in ready[key].tolist()]
        for key in ready.columns
        if key != active
    }
    for row, (label, shape) in enumerate(zip(frame.index, shapes, strict=True)):
        values = {key: column_cells[row] for key, column_cells in cells.items()}
        key = chosen.get(str(values.get(column or "")), chosen[""])
        look = key_at_dimension(key, int(shapely.get_dimensions(shape)))
        yield _placemark(_name_of(values, label), values, look, f"#columns-{number}", shape)
    yield "</Folder>"


def _name_of(values: dict[str, Any], label: object) -> str:
    """Name a feature by what its columns tell."""
    for key in _NAMES:
        if isinstance(values.get(key), str) and values[key]:
            return str(values[key])
    if values.get("origin") and values.get("target"):
        return f"{values['origin']} → {values['target']}"
    return str(label)


def _placemark(name: str, values: dict[str, Any], look: str, schema: str, shape: Any) -> str:  # noqa: ANN401 - a shapely geometry or None
    """Write one feature."""
    known = {key: _shown(value) for key, value in values.items() if value is not None}
    rows = "".join(f"<br><b>{_html(key)}</b>: {_html(value)}" for key, value in known.items())
    data = "".join(
        f"<SimpleData name={_attribute(key)}>{_text(value)}</SimpleData>"
        for key, value in known.items()
    )
    return (
        f'<Placemark><name>{_text(name)}</name><Snippet maxLines="0"/>'
        f"<description>{_text(f'<b>{_html(name)}</b>{rows}')}</description>"
        f"{_time(values.get('begin'), values.get('end'))}"
        f"<styleUrl>#{look.replace(' ', '-')}</styleUrl>"
        f"<ExtendedData><SchemaData schemaUrl={_attribute(schema)}>{data}</SchemaData>"
        f"</ExtendedData>{'' if shape is None else encode_shape(shape)}</Placemark>"
    )


def _shown(value: object) -> str:
    """Write a cell as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _time(begin: object, end: object) -> str:
    """Write when a feature holds; nothing where no time is known."""
    first, last = _moment(begin), _moment(end)
    if first and first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    inner = f"<begin>{first}</begin>" * bool(first) + f"<end>{last}</end>" * bool(last)
    return f"<TimeSpan>{inner}</TimeSpan>" if inner else ""


def _moment(value: object) -> str:
    """Return a date or time as XML Schema has it; empty for anything else."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return ""
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return ""
    return value
