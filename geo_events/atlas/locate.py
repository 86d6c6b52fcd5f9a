"""Where points lie: territory, region, sea or lake, and how far from borders and coasts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo_events.atlas.bundle import Bundle, open_bundle
from geo_events.atlas.cells import CellIndex, build_cell_index, find_holders
from geo_events.atlas.distances import build_line_indexes, measure_line_distance
from geo_events.atlas.places import Place
from geo_events.atlas.territories import Pieces, load_pieces
from geo_events.errors import FrameError, InvalidInputError
from geo_events.geodesy.ellipsoid import validate_lonlat
from geo_events.values import LonLat, View, validate_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["find_pieces", "locate"]

_TERRITORIAL_SEA_KM = 22.224
"""12 nautical miles."""

_REGION_REACH = 0.05
"""Degrees: regions are simplified by 0.005 degree, islets may lack one."""


def locate(points: object, *, view: View = "de_facto", distances: bool = False) -> gpd.GeoDataFrame:
    """Say in which territory, region, sea or lake points lie.

    Parameters
    ----------
    points : GeoDataFrame, GeoSeries, DataFrame, or one or more points
        Points in EPSG:4326 or any CRS that can be brought to it; or a table with columns `lon`
        and `lat`; or a `Place`, `LonLat` or shapely Point, or an iterable of these.
    view : {"de_facto", "recognised"}, default "de_facto"
        Whose borders.
    distances : bool, default False
        Also measure the distances to the nearest land border and coast.

    Returns
    -------
    GeoDataFrame
        One row per point, in order, with the caller's index and the points as geometry, and no
        other column of the caller's. Columns: `territory` (id), `name`, `kind` ("country" or
        "sea"), `iso3` ("" for none), `region` (id, "" at sea), `region_name`, `parent` (the sea
        that a sea is part of, ""), `lake` (id, ""), `lake_name`, `contested` (who contests the
        area, "" for nobody on our list), `other_view` (id of the territory in the other view
        where it differs, else ""); with `distances` also `border_km`, `coast_km` and
        `within_12nmi_of` (at sea within 22.2 km of a coast: that country's id; approximate).
        `attrs["view"]` holds the view.

    Raises
    ------
    InvalidCoordinateError
        A coordinate is missing, not finite or out of range; the row is named.
    FrameError
        A geometry is no point, or the table has neither geometry nor `lon` and `lat`.
    InvalidInputError
        Anything else was given, bare number pairs among it: their order cannot be known.
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.

    Notes
    -----
    Every point of the Earth has exactly one territory, a country or a sea; a point exactly on a
    border belongs to one of its sides. Regions follow the de facto view; borders and coasts are
    good to 1-2 km.

    Examples
    --------
    >>> from geo_events.values import LonLat
    >>> found = locate([LonLat(lon=39.01, lat=35.95), LonLat(lon=50.5, lat=42.0)])
    >>> found["territory"].tolist()
    ['country:SYR', 'sea:caspian-sea']
    """
    validate_view(view)
    series = _read_points(points)
    lon, lat = validate_lonlat(series.x.to_numpy(), series.y.to_numpy(), labels=list(series.index))
    pieces = load_pieces()
    piece = find_pieces(lon, lat)
    columns = _territory_columns(pieces, piece, view)
    columns |= _layer_columns(lon, lat, np.asarray(columns["kind"] == "country"))
    if distances:
        columns |= _distance_columns(pieces, view, lon, lat, np.asarray(columns["kind"] == "sea"))
    frame = gpd.GeoDataFrame(columns, geometry=series.to_numpy(), crs="EPSG:4326")
    frame.index = series.index
    frame.attrs["view"] = view
    return frame


def find_pieces(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
    """Find the piece of the partition that holds each point.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (n,)
        Degrees, checked.

    Returns
    -------
    ndarray of int32, shape (n,)
        Rows of ``load_pieces()``; every point has one.

    Examples
    --------
    >>> import numpy as np
    >>> pieces = load_pieces()
    >>> piece = find_pieces(np.array([34.1]), np.array([45.0]))     # Crimea
    >>> pieces.territory_ids[pieces.recognised[piece[0]]]
    'country:UKR'
    """
    return find_holders(_piece_index(open_bundle()), lon, lat)


@lru_cache(maxsize=2)
def _piece_index(_bundle: Bundle) -> CellIndex:
    """Build the index of the pieces once per bundle."""
    return build_cell_index(load_pieces().polygons)


@lru_cache(maxsize=4)
def _layer_index(bundle: Bundle, name: str) -> tuple[CellIndex, NDArray[Any], NDArray[Any]]:
    """Build the index of a layer, with its ids and names, "" for outside."""
    table, polygons = bundle.polygons(name)
    ids = np.array([*table.column("id").to_pylist(), ""], dtype=object)
    names = np.array([*table.column("name").to_pylist(), ""], dtype=object)
    return build_cell_index(polygons), ids, names


def _territory_columns(pieces: Pieces, piece: NDArray[np.int32], view: View) -> dict[str, Any]:
    """Columns that the pieces answer."""
    mine, other = pieces.de_facto[piece], pieces.recognised[piece]
    if view == "recognised":
        mine, other = other, mine
    ids = np.array(pieces.territory_ids, dtype=object)
    return {
        "territory": ids[mine],
        "name": np.array(pieces.names, dtype=object)[mine],
        "kind": np.array(pieces.kinds, dtype=object)[mine],
        "iso3": np.array(pieces.iso3, dtype=object)[mine],
        "parent": np.array(pieces.parents, dtype=object)[mine],
        "contested": np.array(pieces.contested, dtype=object)[piece],
        "other_view": np.where(mine == other, "", ids[other]),
    }


def _layer_columns(
    lon: NDArray[np.float64], lat: NDArray[np.float64], on_land: NDArray[np.bool_]
) -> dict[str, Any]:
    """Region and lake of the points on land."""
    columns: dict[str, Any] = {}
    for name, layer in (("region", "regions"), ("lake", "lakes")):
        index, ids, names = _layer_index(open_bundle(), layer)
        row = np.full(len(lon), -1, dtype=np.int32)
        row[on_land] = find_holders(index, lon[on_land], lat[on_land])
        if name == "region":
            _join_nearest_region(row, lon, lat, on_land)
        columns[name], columns[f"{name}_name"] = ids[row], names[row]
    return columns


def _join_nearest_region(
    row: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    on_land: NDArray[np.bool_],
) -> None:
    """Give points on land that no region holds the nearest one: coasts are simplified there."""
    missing = np.flatnonzero(on_land & (row == -1))
    if len(missing):
        points = shapely.points(lon[missing], lat[missing])
        found, region = _region_tree(open_bundle()).query_nearest(
            points, max_distance=_REGION_REACH, all_matches=False
        )
        row[missing[found]] = region


@lru_cache(maxsize=2)
def _region_tree(bundle: Bundle) -> shapely.STRtree:
    """Put a tree over the regions once per bundle."""
    return shapely.STRtree(bundle.polygons("regions")[1])


def _distance_columns(
    pieces: Pieces,
    view: View,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    at_sea: NDArray[np.bool_],
) -> dict[str, Any]:
    """Distances to borders and coasts, and whose territorial sea a point may be in."""
    borders, coasts = build_line_indexes(pieces, view)
    border_m, _ = measure_line_distance(borders, lon, lat)
    coast_m, shore = measure_line_distance(coasts, lon, lat)
    close = at_sea & (coast_m <= _TERRITORIAL_SEA_KM * 1000)
    owner = np.array(pieces.territory_ids, dtype=object)[shore]
    return {
        "border_km": border_m / 1000,
        "coast_km": coast_m / 1000,
        "within_12nmi_of": np.where(close, owner, ""),
    }


def _read_points(points: object) -> gpd.GeoSeries:
    """Bring whatever was given to a series of points in EPSG:4326."""
    if isinstance(points, gpd.GeoDataFrame):
        points = points.geometry
    if isinstance(points, gpd.GeoSeries):
        return _check_series(points)
    if isinstance(points, pd.DataFrame):
        return _read_columns(points)
    if isinstance(points, LonLat | Place | shapely.Point):
        points = [points]
    if isinstance(points, Iterable) and not isinstance(points, str | bytes):
        found = [_read_point(point, row) for row, point in enumerate(points)]
        return _check_series(gpd.GeoSeries(found, crs="EPSG:4326"))
    raise InvalidInputError(f"{_EXPECTED}; got {points!r}")


_EXPECTED = (
    "locate: expected a GeoDataFrame of points, a table with columns 'lon' and 'lat', "
    "or Place, LonLat or shapely Point values; a bare pair of numbers is refused, because its "
    "order cannot be known"
)


def _check_series(series: gpd.GeoSeries) -> gpd.GeoSeries:
    """Check that all geometries are points with coordinates, in EPSG:4326."""
    faults = [
        (label, f"a point expected, got {getattr(shape, 'geom_type', shape)}")
        for label, shape in series.items()
        if shape is None or shape.geom_type != "Point" or shape.is_empty
    ] if _odd(series) else []  # fmt: skip
    if faults:
        raise FrameError("locate: points expected", faults)
    if series.crs is not None and series.crs != "EPSG:4326":
        return series.to_crs("EPSG:4326")
    return series


def _odd(series: gpd.GeoSeries) -> bool:
    """Tell quickly whether any geometry is no proper point."""
    shapes = series.to_numpy()
    return bool((shapely.get_type_id(shapes) != 0).any() or shapely.is_empty(shapes).any())


def _read_columns(frame: pd.DataFrame) -> gpd.GeoSeries:
    """Read a table with `lon` and `lat`."""
    if not {"lon", "lat"} <= set(frame.columns):
        raise FrameError(
            f"locate: a table needs a geometry, or columns 'lon' and 'lat'; it has "
            f"{list(map(str, frame.columns))}"
        )
    lon, lat = validate_lonlat(frame["lon"], frame["lat"], labels=list(frame.index))
    return gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=frame.index, crs="EPSG:4326")


def _read_point(point: object, row: int) -> shapely.Point:
    """Read one point of an iterable."""
    if isinstance(point, LonLat | Place):
        return shapely.Point(point.lon, point.lat)
    if isinstance(point, shapely.Point):
        return point
    raise InvalidInputError(f"{_EXPECTED}; item {row} is {point!r}")
