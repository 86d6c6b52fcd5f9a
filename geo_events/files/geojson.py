"""Write GeoJSON that every reader takes: RFC 7946, cut at ±180°, the same bytes each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from geo_events.disk import write_text
from geo_events.files.columns import describe_frame, flatten
from geo_events.files.frames import plain_value, prepare_layer

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Iterator, Mapping
    from pathlib import Path

__all__ = ["DESCRIPTION_MEMBER", "encode_geojson", "write_geojson"]

DESCRIPTION_MEMBER = "geo_events"  # a foreign member (RFC 7946, 6.1) that tells the columns
_DECIMALS = 7  # a centimetre


def encode_geojson(layers: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame]) -> str:
    """Encode frames as the text of one GeoJSON feature collection.

    Parameters
    ----------
    layers : GeoDataFrame or mapping of str to GeoDataFrame
        Frames in EPSG:4326. With a mapping, every feature carries the name of its frame in the
        property "layer".

    Returns
    -------
    str
        One line per feature, in the order of the rows; coordinates to 7 decimals (a centimetre),
        cut at ±180°; NaN and infinity as null. A frame's plain `.attrs` become the member
        "metadata"; the member "geo_events" says what the columns are, so that `read_frames` gives
        the same frame back. The same frames give the same text.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.

    Examples
    --------
    >>> import shapely
    >>> frame = gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)])
    >>> print(encode_geojson(frame).splitlines()[1])
    {"type":"Feature","id":0,"properties":{"name":"Raqqa"},"geometry":{"type":"Point","coordinates":[39.01,35.95]}}
    """
    named = {"": layers} if isinstance(layers, gpd.GeoDataFrame) else dict(layers)
    named = {name: flatten(frame) for name, frame in named.items()}
    member = _layer_member(named)
    features = [feature for name in named for feature in _features(name, named[name], member)]
    said = [describe_frame(frame) | {"layer": name} for name, frame in named.items()]
    about = _encode(plain_value({"layer_member": member, "layers": said}))
    metadata = _metadata([frame.attrs for frame in named.values()])
    body = "".join(f"\n{feature}," for feature in features).removesuffix(",")
    return (
        f'{{"type":"FeatureCollection",{metadata}"{DESCRIPTION_MEMBER}":{about},'
        f'"features":[{body}\n]}}\n'
    )


def write_geojson(
    layers: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame], path: str | os.PathLike[str]
) -> Path:
    """Write what `encode_geojson` gives to a file, all or nothing, and return its path."""
    return write_text(path, encode_geojson(layers))


def _layer_member(named: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Name the property that tells a feature's layer: one that no frame has as a column."""
    name = "layer"
    while any(name in frame.columns for frame in named.values()):
        name += "_"
    return name


def _metadata(attrs: list[dict[Hashable, Any]]) -> str:
    """Encode what the frames say about themselves; empty when they say nothing."""
    merged = {
        str(key): value
        for attributes in attrs
        for key, value in attributes.items()
        if isinstance(value, str | bool | int | float)
    }
    return f'"metadata":{_encode(plain_value(merged))},' if merged else ""


def _features(layer: str, frame: gpd.GeoDataFrame, member: str) -> Iterator[str]:
    """Encode the rows of one frame."""
    frame = prepare_layer(frame)
    geometry = frame.geometry.name
    others = [name for name in frame.columns if name != geometry]
    columns = [frame[name].tolist() for name in others]
    names = [plain_value(str(name)) for name in others]
    extra = {member: layer} if layer else {}
    for row, (label, shape) in enumerate(zip(frame.index, frame.geometry, strict=True)):
        cells = {
            name: plain_value(column[row]) for name, column in zip(names, columns, strict=True)
        }
        feature = {
            "type": "Feature",
            **_identifier(label, layer),
            "properties": extra | cells,
            "geometry": None if shape is None else _geometry(shape),
        }
        yield _encode(feature)


def _identifier(label: object, layer: str) -> dict[str, str | float]:
    """Give the row's label as the feature's id; among several layers its name stands before."""
    plain = plain_value(label)
    if not isinstance(plain, str | int | float) or isinstance(plain, bool):
        return {}
    return {"id": f"{layer}.{plain}" if layer else plain}


def _geometry(shape: Any) -> dict[str, Any]:  # noqa: ANN401 - shapely's classes differ by type
    """Give a geometry as GeoJSON, its coordinates rounded."""
    mapping: dict[str, Any] = _rounded(shape.__geo_interface__)
    return mapping


def _rounded(thing: Any) -> Any:  # noqa: ANN401 - nested tuples of numbers
    """Round all numbers in nested sequences and mappings."""
    if isinstance(thing, dict):
        return {key: _rounded(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        if thing and isinstance(thing[0], int | float):
            # adding zero turns -0.0 into 0.0
            return (np.round(thing, _DECIMALS) + 0.0).tolist()
        return [_rounded(item) for item in thing]
    return thing


def _encode(thing: object) -> str:
    """Encode as JSON without blanks; a number that is not finite is an error here."""
    return json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
