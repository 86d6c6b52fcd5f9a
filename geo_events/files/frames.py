"""Prepare frames for writing: coordinates checked, cut at ±180°, cells as plain values."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_events.errors import FrameError
from geo_events.files.columns import kind_of
from geo_events.geodesy.tracks import split_antimeridian

__all__ = [
    "LONGITUDE_LIMIT",
    "fault_of",
    "join_antimeridian",
    "plain_columns",
    "plain_value",
    "prepare_layer",
]

Shapes = npt.NDArray[np.object_]
LONGITUDE_LIMIT = 540.0  # unwrapped tracks may run on beyond 180, once round at most


def prepare_layer(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Check a frame's columns, CRS and coordinates, and cut its geometries at ±180°.

    Parameters
    ----------
    frame : GeoDataFrame
        EPSG:4326 (or no CRS, which is taken to be that). It is not changed.

    Returns
    -------
    GeoDataFrame
        A new frame with the same index and columns; geometries within [-180, 180], exterior
        rings counter-clockwise, without Z. A missing or empty geometry is None.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range;
        all faulty rows at once.

    Examples
    --------
    >>> track = gpd.GeoDataFrame(geometry=[shapely.LineString([(170, 0), (190, 0)])], crs=4326)
    >>> prepare_layer(track).geometry.iloc[0].wkt
    'MULTILINESTRING ((170 0, 180 0), (-180 0, -170 0))'
    """
    _validate_columns(frame)
    if frame.crs is not None and frame.crs.to_epsg(min_confidence=60) != 4326:
        raise FrameError(
            f"expected longitudes and latitudes (EPSG:4326); got {frame.crs.name!r}; "
            "convert the frame with .to_crs(4326)"
        )
    shapes = np.asarray(frame.geometry.array, dtype=object)
    faults = [(frame.index[row], fault_of(shapes[row])) for row in _suspects(shapes)]
    if faults:
        raise FrameError("expected finite longitudes and latitudes", faults)
    return frame.set_geometry(gpd.GeoSeries(_cut(shapes), index=frame.index, crs=4326))


def _validate_columns(frame: pd.DataFrame) -> None:
    """Refuse a frame in which two columns have the same name."""
    names = frame.columns.map(str)
    if not names.is_unique:
        twice = sorted(set(names[names.duplicated()]))
        raise FrameError(f"expected every column name once; twice there: {twice}")


def fault_of(geometry: Any) -> str:  # noqa: ANN401 - a shapely geometry or a missing value
    """Say what is wrong with a geometry's coordinates; empty when nothing is."""
    if geometry is None:
        return ""
    points = shapely.get_coordinates(geometry)
    if not np.isfinite(points).all():
        return "a coordinate is not finite"
    if len(points) and np.abs(points[:, 1]).max() > 90:
        return "a latitude is beyond 90 degrees (latitude and longitude swapped?)"
    if len(points) and np.abs(points[:, 0]).max() > LONGITUDE_LIMIT:
        return f"a longitude is beyond {LONGITUDE_LIMIT:g} degrees"
    return ""


def _suspects(shapes: Shapes) -> list[int]:
    """List the rows of which a coordinate is none."""
    points, rows = shapely.get_coordinates(shapes, return_index=True)
    wrong = ~(np.abs(points) <= [LONGITUDE_LIMIT, 90]).all(axis=1)  # what is not finite is too
    found: list[int] = np.unique(rows[wrong]).tolist()
    return found


def _cut(shapes: Shapes) -> Shapes:
    """Cut geometries at ±180° and turn their rings the right way; what is empty becomes None."""
    flat = shapely.force_2d(shapes)
    west, _, east, _ = shapely.bounds(flat).T
    # a jump from one side to the other makes a geometry wider than half the Earth
    for row in np.nonzero((east - west > 180) | (west < -180) | (east > 180))[0]:
        flat[row] = split_antimeridian(flat[row])
    turned: Shapes = shapely.orient_polygons(flat)
    turned[shapely.is_empty(turned)] = None
    return turned


def join_antimeridian(shape: Any) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Join the parts of a line that was cut at ±180°.

    Parameters
    ----------
    shape : shapely geometry
        Anything; only a MultiLineString is looked at.

    Returns
    -------
    shapely geometry
        One LineString whose longitudes run on beyond ±180, where each part begins on the other
        side of ±180° from where the one before ends; else the same geometry.

    Examples
    --------
    >>> cut = shapely.from_wkt("MULTILINESTRING ((170 0, 180 5), (-180 5, -170 10))")
    >>> join_antimeridian(cut).wkt
    'LINESTRING (170 0, 180 5, 190 10)'
    """
    if shape.geom_type != "MultiLineString":
        return shape
    points: list[npt.NDArray[np.float64]] = []
    turns = 0.0
    for part in shape.geoms:
        some = shapely.get_coordinates(part, include_z=shape.has_z)
        if points:
            end, start = points[-1][-1], some[0]
            if end[1] != start[1] or abs(end[0] - turns) != 180 or end[0] - turns != -start[0]:
                return shape
            turns += 2 * (end[0] - turns)
            some = some[1:]
        points.append(some + np.array([turns, *[0.0] * (some.shape[1] - 1)]))
    return shapely.LineString(np.concatenate(points))


def plain_value(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Turn a cell into what JSON can hold.

    Parameters
    ----------
    value : object
        Any cell of a frame.

    Returns
    -------
    object
        None for what is missing or not finite; bool, int, float and str as they are; times in
        ISO 8601; the value of an enum; a list for a sequence or set, a dict for a mapping; WKT
        for a geometry; for all else its text. Halves of surrogate pairs become U+FFFD.

    Examples
    --------
    >>> plain_value(float("nan")) is None, plain_value((1, "a")), plain_value(dt.date(2015, 10, 7))
    (True, [1, 'a'], '2015-10-07')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, shapely.Geometry):
        return shapely.to_wkt(value)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, str | Mapping | Sequence | AbstractSet):
        return _plain_container(value)
    return _plain_scalar(value)


def _plain_container(value: str | Mapping[Any, Any] | Sequence[Any] | AbstractSet[Any]) -> Any:  # noqa: ANN401 - what JSON can hold
    """Turn a text, mapping, sequence or set into what JSON can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if _has_surrogate(value) else str(value)
    if isinstance(value, Mapping):
        return {plain_value(str(key)): plain_value(item) for key, item in value.items()}
    items = [plain_value(item) for item in value]
    return sorted(items, key=str) if isinstance(value, AbstractSet) else items


def _has_surrogate(text: str) -> bool:
    """Tell whether a text holds half of a surrogate pair, which UTF-8 cannot write."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _plain_scalar(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Turn a single thing into what JSON can hold."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def plain_columns(frame: pd.DataFrame, *, dates: bool = False) -> pd.DataFrame:
    """Give a frame whose object columns hold only texts, for formats without nested values.

    Parameters
    ----------
    frame : DataFrame
        Any table; a GeoDataFrame keeps its geometry. It is not changed.
    dates : bool
        Leave columns of dates as they are.

    Returns
    -------
    DataFrame
        A new frame: lists joined by "; ", other objects as text, missing stays missing. A
        geometry that is not the active one becomes WKT.

    Raises
    ------
    FrameError
        A column name twice.

    Examples
    --------
    >>> plain_columns(pd.DataFrame({"names": [("a", "b"), None]})).names.tolist()
    ['a; b', None]
    """
    _validate_columns(frame)
    active = getattr(frame, "_geometry_column_name", None)
    columns = {}
    for name in frame.columns:
        column = frame[name]
        kept = dates and kind_of(column) == "date"
        if name != active and not kept and str(column.dtype) in ("object", "geometry"):
            cells = [_plain_cell(value) for value in column]
            column = pd.Series(cells, index=frame.index, dtype=object)
        columns[name] = column
    if isinstance(frame, gpd.GeoDataFrame) and active in frame.columns:
        whole: pd.DataFrame = gpd.GeoDataFrame(columns, geometry=active, crs=frame.crs)
        return whole
    return pd.DataFrame(columns, index=frame.index)


def _plain_cell(value: object) -> object:
    """Turn a cell into a text, a number or None."""
    plain = plain_value(value)
    if isinstance(plain, list):
        return "; ".join(map(str, plain))
    return str(plain) if isinstance(plain, dict) else plain
