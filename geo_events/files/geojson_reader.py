"""Read GeoJSON: the features of a file, and the frames that our own files hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.columns import restore_frame
from geo_events.files.geojson import DESCRIPTION_MEMBER
from geo_events.files.json_limits import read_json
from geo_events.files.shape_limits import build_shapes, shape_of_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["DEFAULT_LAYER", "list_features", "read_geojson"]

DEFAULT_LAYER = "features"
_SHAPES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    "GeometryCollection",
)
_LON_LAT_CRS = re.compile(r"(CRS84|EPSG:+4326)$", re.IGNORECASE)


def list_features(document: object, name: str) -> list[Any]:
    """List the features of a GeoJSON document in longitude and latitude.

    Parameters
    ----------
    document : object
        What the JSON says.
    name : str
        The file's name, for the errors.

    Returns
    -------
    list
        Unchecked; a geometry alone becomes a feature.

    Raises
    ------
    InvalidInputError
        It is no GeoJSON, or says that it has another CRS.
    """
    if not isinstance(document, dict):
        raise InvalidInputError(f"{name!r} is not GeoJSON: expected an object at its top")
    _validate_crs(document.get("crs"), name)
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            raise InvalidInputError(f"{name!r} is not GeoJSON: 'features' is no array")
        return features
    if kind == "Feature":
        return [document]
    if kind in _SHAPES:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    raise InvalidInputError(
        f"{name!r} is not GeoJSON: expected the type FeatureCollection, Feature or "
        f"one of {', '.join(_SHAPES)}; got {str(kind)[:40]!r}"
    )


def _validate_crs(crs: object, name: str) -> None:
    """Refuse a file that declares another CRS than longitude and latitude."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(said, str) or not _LON_LAT_CRS.search(said):
        raise InvalidInputError(
            f"{name!r}: expected longitudes and latitudes (WGS 84); its crs is "
            f"{str(said)[:60]!r}; reproject it first"
        )


def read_geojson(content: bytes, name: str) -> dict[str, pd.DataFrame]:
    """Read the frames of a GeoJSON file.

    Parameters
    ----------
    content : bytes
        The file's content.
    name : str
        Its name, for the errors.

    Returns
    -------
    dict of str to GeoDataFrame
        One of a file by others ("features"); as many as were written of one of ours.

    Raises
    ------
    InvalidInputError
        It is no GeoJSON.
    FrameError
        Features that are none; all at once.
    """
    document = read_json(content, name=name)
    features = list_features(document, name)
    said = document.get(DESCRIPTION_MEMBER) if isinstance(document, dict) else None
    said = said if isinstance(said, dict) else {}
    described = [one for one in _list(said.get("layers")) if isinstance(one, dict)]
    descriptions = {str(one.get("layer") or DEFAULT_LAYER): one for one in described}
    rows = _rows_of(features, name)
    member = said.get("layer_member")
    grouped: dict[str, list[int]] = {layer: [] for layer in descriptions}
    for number, (properties, _) in enumerate(rows):
        layer = properties.pop(member, None) if isinstance(member, str) else None
        key = layer if isinstance(layer, str) else next(iter(descriptions), DEFAULT_LAYER)
        grouped.setdefault(key, []).append(number)
    shapes = build_shapes(
        [one["geometry"] for one in features], shape_of_json, range(len(rows)), name=name
    )
    return {
        layer: _frame([rows[k] for k in numbers], [shapes[k] for k in numbers], descriptions, layer)
        for layer, numbers in (grouped or {DEFAULT_LAYER: []}).items()
    }


def _list(thing: object) -> list[Any]:
    """Return a list; anything else counts as an empty one."""
    return thing if isinstance(thing, list) else []


def _rows_of(features: list[Any], name: str) -> list[tuple[dict[str, Any], Any]]:
    """Give properties and id of each feature; all faults are told at once."""
    faults = [(k, fault) for k, one in enumerate(features) if (fault := _fault_of(one))]
    if faults:
        raise FrameError(f"{name!r} has features that cannot be used", faults)
    return [(dict(one.get("properties") or {}), one.get("id")) for one in features]


def _fault_of(feature: object) -> str:
    """Say what is wrong with a feature; empty when nothing is."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "expected an object of the type Feature"
    if not isinstance(feature.get("properties", {}), dict | None):
        return "its 'properties' are no object"
    return "" if "geometry" in feature else "it has no member 'geometry'"


def _frame(
    rows: list[tuple[dict[str, Any], Any]],
    shapes: list[Any],
    descriptions: dict[str, Any],
    layer: str,
) -> pd.DataFrame:
    """Build the frame of one layer."""
    description = descriptions.get(layer, {})
    start = f"{layer}." if description.get("layer") else ""
    labels = [_label(label, start) for _, label in rows]
    kinds = description.get("columns")
    kinds = kinds if isinstance(kinds, dict) else {}
    geometry = next((key for key, kind in kinds.items() if kind == "geometry"), "geometry")
    columns = {**kinds, geometry: "geometry"}
    names = dict.fromkeys(key for properties, _ in rows for key in properties)
    cells = {
        f"{key}_" if key == geometry else key: [properties.get(key) for properties, _ in rows]
        for key in names
    }
    counted = labels == list(range(len(rows))) or not _are_labels(labels)
    index = labels if "index" in description or (not kinds and not counted) else None
    return restore_frame(
        {**cells, geometry: shapes},
        {**description, "columns": columns},
        count=len(rows),
        index=index,
    )


def _label(label: object, start: str) -> object:
    """Take the layer's name from before an id that we wrote."""
    return label.removeprefix(start) if isinstance(label, str) else label


def _are_labels(labels: Sequence[object]) -> bool:
    """Tell whether ids can label the rows: each there, and there once."""
    plain = [label for label in labels if isinstance(label, str | int)]
    return len(plain) == len(labels) == len(set(plain))
