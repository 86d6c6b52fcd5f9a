"""What a table of features brings to a map: any GeoDataFrame, or a table of crossings."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo_events.errors import FrameError, GeoEventsWarning
from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent
from geo_events.maps.features import CloudMark
from geo_events.maps.range_layers import range_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["table_content"]

_MANY = 50_000
_NAME_COLUMNS = ("name", "title", "label", "id", "territory", "sample")
_KINDS = {0: ("point", "circle"), 1: ("line", None), 2: ("area", None)}
_NUMBER_FORMAT = "{:.6g}"


def table_content(frame: pd.DataFrame, name: str = "") -> MapContent:
    """Turn a table into what stands on a map.

    Parameters
    ----------
    frame : GeoDataFrame, or DataFrame of crossings
        Geometries in EPSG:4326 (another known system is converted). A table of crossings without
        geometry is drawn as the points where each stay begins.
    name : str
        What the table holds; by default what its columns tell.

    Returns
    -------
    MapContent
        One layer; a click on a feature shows its row. The rings of `make_range_rings` are drawn
        as rings, each with its distance.

    Raises
    ------
    FrameError
        For a table without geometry, without a coordinate system, without rows, or with
        coordinates that are not finite or out of range; all faults at once.

    Warns
    -----
    GeoEventsWarning
        For rows without geometry, which are left out, and for more than 50,000 rows.
    """
    name = name or _name(frame)
    rings = range_content(frame)
    if rings is not None:
        return rings
    located = _locate(frame)
    kept = _keep_drawable(located)
    if len(kept) > _MANY:
        warnings.warn(
            f"{len(kept):,} features make a heavy page; above {_MANY:,} rather save them as "
            "GeoParquet: geo_events.save(frame, 'features.parquet')",
            GeoEventsWarning,
            stacklevel=3,
        )
    geometries = np.asarray(kept.geometry.array, dtype=object)
    label = next((column for column in _NAME_COLUMNS if column in kept.columns), None)
    columns = [column for column in kept.columns if column not in (kept.geometry.name, label)]
    labels = _texts(kept[label]) if label is not None else [str(row) for row in kept.index]
    mark = CloudMark(
        geometries,
        labels,
        {str(column): _texts(kept[column]) for column in columns},
        signs.TABLE,
        f"table {name}",
    )
    count = "1 row" if len(kept) == 1 else f"{len(kept):,} rows"
    group = Group(f"table {name}", f"{name}: {count}", _legend(geometries))
    return MapContent(title=name, groups=(group,), marks=(mark,))


def _name(frame: pd.DataFrame) -> str:
    """Name a table by what its columns tell."""
    if {"territory", "enter_km"} <= set(frame.columns):
        return "Territories that lines cross"
    return "Table"


def _locate(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the table with a geometry in EPSG:4326."""
    if not isinstance(frame, gpd.GeoDataFrame):
        if not {"enter_lon", "enter_lat"} <= set(frame.columns):
            raise FrameError(
                "expected a GeoDataFrame, or a table of crossings with enter_lon and enter_lat; "
                f"got columns {list(frame.columns)!r}"
            )
        points = gpd.points_from_xy(frame["enter_lon"], frame["enter_lat"])
        return gpd.GeoDataFrame(frame, geometry=points, crs=4326)
    if frame.active_geometry_name is None:
        raise FrameError(f"expected a geometry column; got columns {list(frame.columns)!r}")
    if frame.crs is None:
        raise FrameError(
            "expected a table with a coordinate system; got none: frame.set_crs(4326) if its "
            "geometries are longitude and latitude"
        )
    return frame if frame.crs == "EPSG:4326" else frame.to_crs(4326)


def _keep_drawable(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out rows without geometry, with a warning; refuse coordinates that are none."""
    shapes = np.asarray(frame.geometry.array, dtype=object)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if len(frame) == 0 or empty.all():
        raise FrameError(f"expected features to draw; got {len(frame)} rows, none with a geometry")
    kept = frame[~empty] if empty.any() else frame
    _refuse_bad_coordinates(kept)
    if empty.any():
        some = ", ".join(map(repr, frame.index[empty][:5]))
        warnings.warn(
            f"{int(empty.sum())} of {len(frame)} rows have no geometry and are left out: {some}",
            GeoEventsWarning,
            stacklevel=4,
        )
    return kept


def _refuse_bad_coordinates(frame: gpd.GeoDataFrame) -> None:
    """Raise with the labels of all rows whose coordinates cannot be drawn."""
    shapes: NDArray[Any] = np.asarray(frame.geometry.array, dtype=object)
    xy, rows = shapely.get_coordinates(shapes, return_index=True)
    bad = ~np.isfinite(xy).all(axis=1) | (np.abs(xy[:, 1]) > 90) | (np.abs(xy[:, 0]) > 540)
    if bad.any():
        first = {int(row): xy[k] for k, row in zip(np.flatnonzero(bad), rows[bad], strict=True)}
        faults = [
            (frame.index[row], f"lon {lon!r}, lat {lat!r}")
            for row, (lon, lat) in ((row, map(float, pair)) for row, pair in first.items())
        ]
        raise FrameError("expected finite longitudes and latitudes in degrees", faults)


def _texts(column: pd.Series[Any]) -> Sequence[str]:
    """Return a column as text: numbers short, nothing for what is missing."""
    if pd.api.types.is_float_dtype(column):
        return ["" if value != value else _NUMBER_FORMAT.format(value) for value in column.tolist()]  # noqa: PLR0124  NaN
    missing = column.isna().to_numpy()
    texts = [str(value) for value in column.tolist()]
    return ["" if gone else text for gone, text in zip(missing, texts, strict=True)]


def _legend(geometries: NDArray[Any]) -> tuple[LegendEntry, ...]:
    """Explain the kinds of features that occur."""
    entries = []
    for dimension in np.unique(shapely.get_dimensions(geometries)):
        kind, sign = _KINDS[max(0, int(dimension))]
        entries.append(LegendEntry(kind, "A row of the table", signs.TABLE, sign))  # type: ignore[arg-type]
    return tuple(entries)
