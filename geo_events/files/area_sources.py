"""Where the user's own areas come from: each format as features like those of GeoJSON."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo_events.errors import InvalidInputError
from geo_events.files.geojson_reader import list_features
from geo_events.files.geopackage_reader import read_gpkg
from geo_events.files.json_limits import open_checked, read_json
from geo_events.files.kml_reader import read_kml
from geo_events.files.table_reader import read_parquet

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Hashable

__all__ = ["list_areas"]

_FLATGEOBUF = b"fgb\x03fgb"  # what such a file starts with; checked before GDAL opens it


def list_areas(
    path: str | os.PathLike[str], *, driver: str | None = None, layer: str | None = None
) -> list[Any]:
    """List the areas of a file as GeoJSON features, unchecked.

    Parameters
    ----------
    path : path-like
        A local file of bounded size.
    driver : str, optional
        The format, where the suffix does not tell it.
    layer : str, optional
        Which layer, where there are several.

    Returns
    -------
    list of dict

    Raises
    ------
    InvalidInputError
        The path, the suffix, the driver, the layer or the file cannot be used.
    FrameError
        Rows whose geometry or coordinates are none.
    """
    content, name = open_checked(path), str(path)
    suffix = Path(path).suffix.lower()
    if driver is not None and driver not in _DRIVERS:
        raise InvalidInputError(
            f"driver: expected one of {', '.join(_DRIVERS)}, or none for "
            f"{', '.join((*_GEOJSON, *_SUFFIXES))}; got {driver!r}"
        )
    if driver is None and suffix in _GEOJSON:
        return list_features(read_json(content, name=name), name)
    reader = _SUFFIXES.get(suffix) if driver is None else _DRIVERS[driver]
    if reader is None:
        raise InvalidInputError(
            f"expected a file with the suffix {', '.join((*_GEOJSON, *_SUFFIXES))}; got "
            f"{Path(path).name!r}; for another suffix name its driver, one of {', '.join(_DRIVERS)}"
        )
    return _features_of(_choose(reader(content, name), layer, name))


def _read_flatgeobuf(content: bytes, name: str) -> dict[str, pd.DataFrame]:
    """Read a FlatGeobuf file with GDAL, which knows it by its first bytes."""
    if not content.startswith(_FLATGEOBUF):
        raise InvalidInputError(f"{name!r} is not a FlatGeobuf file, whatever its name says")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's remarks on damaged files
            frame = pyogrio.read_dataframe(content, use_arrow=False)
    except (ValueError, LookupError, RuntimeError, OSError) as error:
        raise InvalidInputError(f"{name!r} cannot be read as FlatGeobuf: {error}") from error
    is_located = isinstance(frame, gpd.GeoDataFrame) and frame.crs is not None
    if is_located and frame.crs.to_epsg() != 4326:
        raise InvalidInputError(
            f"{name!r}: expected longitudes and latitudes (EPSG:4326); its CRS is "
            f"{frame.crs.name!r}; reproject it first"
        )
    return {"features": frame}


def _read_parquet(content: bytes, name: str) -> dict[str, pd.DataFrame]:
    """Read a GeoParquet file as its one layer."""
    return {"features": read_parquet(content, name)}


_GEOJSON = (".geojson", ".json")
_SUFFIXES: dict[str, Callable[[bytes, str], dict[str, pd.DataFrame]]] = {
    ".gpkg": read_gpkg,
    ".kml": read_kml,
    ".parquet": _read_parquet,
}
_DRIVERS = {"GPKG": read_gpkg, "KML": read_kml, "FlatGeobuf": _read_flatgeobuf}


def _choose(layers: dict[str, pd.DataFrame], layer: str | None, name: str) -> gpd.GeoDataFrame:
    """Choose the layer with the areas; where several have geometries it must be named."""
    drawn = {key: frame for key, frame in layers.items() if isinstance(frame, gpd.GeoDataFrame)}
    if not drawn:
        raise InvalidInputError(f"{name!r} has no layer with geometries")
    if layer is None and len(drawn) == 1:
        return next(iter(drawn.values()))
    if layer not in drawn:
        wish = "several layers" if layer is None else f"no layer {layer!r}"
        raise InvalidInputError(f"{name!r} has {wish}; give layer=, one of {list(drawn)}")
    return drawn[layer]


def _features_of(frame: gpd.GeoDataFrame) -> list[Any]:
    """Give a frame's rows as GeoJSON features."""
    properties = frame.drop(columns=frame.geometry.name).to_dict("records")
    shapes = [None if shape is None else _as_json(shape) for shape in frame.geometry]
    return [
        {"type": "Feature", "properties": _without_missing(row), "geometry": shape}
        for row, shape in zip(properties, shapes, strict=True)
    ]


def _as_json(shape: shapely.Geometry) -> Any:  # noqa: ANN401 - JSON
    """Give a geometry as GeoJSON with arrays for tuples."""
    return read_json(shapely.to_geojson(shape).encode(), name="geometry")


def _without_missing(row: dict[Hashable, Any]) -> dict[str, Any]:
    """Drop missing cells; times become ISO texts."""
    kept = {str(key): value for key, value in row.items() if not _is_missing(value)}
    return {
        key: value.isoformat() if isinstance(value, pd.Timestamp) else value
        for key, value in kept.items()
    }


def _is_missing(value: object) -> bool:
    """Tell whether a cell is missing; a list is not."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]
