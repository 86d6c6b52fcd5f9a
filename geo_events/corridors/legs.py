"""Read tracks of every accepted form into one table of legs, and tell every fault at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas.array import GeometryDtype
from shapely.geometry.base import BaseGeometry

from geo_events.corridors.ends import make_end
from geo_events.errors import (
    AmbiguousPlaceError,
    FrameError,
    InvalidInputError,
    PlaceNotFoundError,
)

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geo_events.values import View

__all__ = ["Faults", "Legs", "check_column", "check_crs", "read_legs"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_LINE = 1
_POINT = 0
_EXPECTED = (
    "tracks: expected a GeoDataFrame of LineStrings, a frame with origin= and target=, "
    "or an array of shape (n, 4) with lon0, lat0, lon1, lat1"
)


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """The legs of many tracks, in the tracks' order.

    Parameters
    ----------
    labels : pandas.Index, length m
        The caller's label of each track.
    track : ndarray of int64, shape (n,)
        Row number of the leg's track, rising.
    leg : ndarray of int32, shape (n,)
        Number of the leg within its track, from 0.
    start, end : ndarray, shape (n, 2)
        Longitude and latitude in degrees, wrapped to [-180, 180].
    faults : tuple of (label, sentence)
        The tracks that were left out, when that was asked for.
    heights : ndarray, shape (n, 2)
        Z of start and end in metres; NaN where there is none.
    """

    labels: pd.Index[Any]
    track: npt.NDArray[np.int64]
    leg: npt.NDArray[np.int32]
    start: Floats
    end: Floats
    faults: tuple[tuple[Hashable, str], ...] = ()
    heights: Floats = field(default_factory=lambda: np.empty((0, 2)))

    def __len__(self) -> int:
        return len(self.track)

    def take(self, rows: slice | Bools) -> Legs:
        """Return some of the legs, of the same tracks."""
        parts = (self.track[rows], self.leg[rows], self.start[rows], self.end[rows])
        return Legs(self.labels, *parts, self.faults, self.heights[rows])

    def with_faults(self, more: Faults) -> Legs:
        """Return the same legs, with more tracks told as faulty."""
        return replace(self, faults=(*self.faults, *more.told()))


class Faults:
    """Collect what is wrong with which track; only the first fault of a track is kept.

    Parameters
    ----------
    labels : pandas.Index
        The caller's labels of the tracks.
    """

    def __init__(self, labels: pd.Index[Any]) -> None:
        self.labels = labels
        self.texts: dict[int, str] = {}

    def add(self, rows: npt.ArrayLike, text: str) -> None:
        """Note one fault of several rows."""
        for row in np.unique(np.asarray(rows, dtype=np.int64)):
            self.texts.setdefault(int(row), text)

    def good(self) -> Bools:
        """Return which rows have no fault."""
        mask = np.ones(len(self.labels), dtype=bool)
        mask[list(self.texts)] = False
        return mask

    def told(self) -> tuple[tuple[Hashable, str], ...]:
        """Return label and fault in the order of the rows."""
        return tuple((self.labels[row], self.texts[row]) for row in sorted(self.texts))

    def settle(self, errors: Literal["raise", "report"]) -> None:
        """Raise all faults at once, unless they are only to be reported."""
        if self.texts and errors == "raise":
            number, total = len(self.texts), len(self.labels)
            raise FrameError(f"{number} of {total} tracks cannot be used", self.told())


def read_legs(
    tracks: object,
    *,
    origin: object = None,
    target: object = None,
    view: View = "de_facto",
    errors: Literal["raise", "report"] = "raise",
) -> Legs:
    """Read tracks of any accepted form.

    Parameters
    ----------
    tracks : GeoDataFrame, GeoSeries, DataFrame, LineString or array_like of shape (n, 4)
        As `find_crossings` takes them.
    origin, target : str or (str, str), optional
        The columns of a frame: names, Points, or longitude and latitude.
    view : {"de_facto", "recognised"}
        For names of countries, which are refused as ends of a line.
    errors : {"raise", "report"}
        Whether faulty tracks raise, or are left out and listed in `Legs.faults`.

    Returns
    -------
    Legs
        No leg has a coordinate that is not finite or out of range.

    Raises
    ------
    FrameError
        Faulty rows (with `errors="raise"`), a missing column, a missing or wrong CRS.
    InvalidInputError
        Another type, or options that do not fit it.
    """
    if errors not in ("raise", "report"):
        raise InvalidInputError(f"errors: expected 'raise' or 'report'; got {errors!r}")
    if (origin is None) != (target is None):
        raise InvalidInputError("expected both origin= and target=, or neither")
    if origin is not None:
        if not isinstance(tracks, pd.DataFrame):
            raise InvalidInputError(
                f"origin= and target= name columns of a frame; got {type(tracks).__name__}"
            )
        return _from_columns(tracks, origin, target, view, errors)
    if isinstance(tracks, BaseGeometry):
        tracks = gpd.GeoSeries([tracks], crs=4326)
    if isinstance(tracks, gpd.GeoDataFrame | gpd.GeoSeries):
        return _from_lines(tracks.geometry, errors)
    if isinstance(tracks, pd.DataFrame | pd.Series):
        raise InvalidInputError(f"{_EXPECTED}; got a {type(tracks).__name__} without geometry")
    return _from_array(tracks, errors)


def check_crs(series: gpd.GeoSeries, what: str) -> None:
    """Raise unless a geometry column says that it is longitude and latitude on WGS 84.

    Parameters
    ----------
    series : GeoSeries
        The column.
    what : str
        Its name, for the message.

    Raises
    ------
    FrameError
        Without a CRS, or with another one than EPSG:4326 or OGC:CRS84.
    """
    if series.crs is None:
        raise FrameError(
            f"{what}: expected EPSG:4326, got no CRS; if these are longitude and latitude, "
            "say so with .set_crs(4326)"
        )
    if series.crs not in ("EPSG:4326", "OGC:CRS84"):
        raise FrameError(f"{what}: expected EPSG:4326, got {series.crs.name!r}; use .to_crs(4326)")


def check_column(series: pd.Series[Any], what: str) -> None:
    """Raise if a column holds geometries in another or no CRS, be its frame geographic or not.

    Parameters
    ----------
    series : Series
        The column; one that is no geometry column passes.
    what : str
        Its name, for the message.

    Raises
    ------
    FrameError
        As `check_crs` does.
    """
    if isinstance(series.dtype, GeometryDtype):
        check_crs(gpd.GeoSeries(series), what)


def _from_array(given: object, errors: Literal["raise", "report"]) -> Legs:
    """Read an array with one leg per row."""
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise InvalidInputError(f"{_EXPECTED}; got {type(given).__name__}") from error
    if array.ndim != 2 or array.shape[1] != 4 or array.dtype.kind not in "iuf":
        raise InvalidInputError(
            f"{_EXPECTED}; got {type(given).__name__} of shape {array.shape}, {array.dtype}"
        )
    faults = Faults(pd.RangeIndex(len(array)))
    return _pair_legs(array.astype(np.float64), faults, errors)


def _from_columns(
    frame: pd.DataFrame,
    origin: object,
    target: object,
    view: View,
    errors: Literal["raise", "report"],
) -> Legs:
    """Read a frame whose rows are an origin and a target."""
    faults = Faults(frame.index)
    ends = [
        _read_column(frame, column, what, view, faults)
        for column, what in ((origin, "origin"), (target, "target"))
    ]
    return _pair_legs(np.hstack(ends), faults, errors)


def _pair_legs(ends: Floats, faults: Faults, errors: Literal["raise", "report"]) -> Legs:
    """Make legs of rows with lon0, lat0, lon1, lat1."""
    rows = np.repeat(np.arange(len(ends)), 2)
    _note_coordinates(ends.reshape(-1, 2), rows, faults)
    faults.settle(errors)
    kept = np.nonzero(faults.good())[0]
    ends = _wrap(ends[kept])
    return Legs(
        labels=faults.labels,
        track=kept.astype(np.int64),
        leg=np.zeros(len(kept), np.int32),
        start=ends[:, :2],
        end=ends[:, 2:],
        faults=faults.told(),
        heights=np.broadcast_to(np.nan, (len(kept), 2)),
    )


def _from_lines(series: gpd.GeoSeries, errors: Literal["raise", "report"]) -> Legs:
    """Read LineStrings of two or more points."""
    check_crs(series, "tracks")
    lines = series.to_numpy()
    faults = Faults(series.index)
    kinds = shapely.get_type_id(lines)
    faults.add(np.nonzero(kinds == -1)[0], "no geometry")
    for kind in np.unique(kinds[(kinds != _LINE) & (kinds >= 0)]):
        name = lines[np.argmax(kinds == kind)].geom_type
        advice = "; split it with .explode()" if name == "MultiLineString" else ""
        faults.add(np.nonzero(kinds == kind)[0], f"expected a LineString, got a {name}{advice}")
    faults.add(np.nonzero((kinds == _LINE) & shapely.is_empty(lines))[0], "an empty LineString")
    coords, rows = shapely.get_coordinates(lines, include_z=True, return_index=True)
    _note_coordinates(coords[:, :2], rows, faults)
    faults.settle(errors)
    return _cut_legs(coords, rows, faults)


def _cut_legs(coords: Floats, rows: npt.NDArray[np.int64], faults: Faults) -> Legs:
    """Cut vertices into legs, leaving out faulty tracks."""
    good = faults.good()[rows]
    coords, rows = coords[good], rows[good]
    start = np.nonzero(rows[1:] == rows[:-1])[0]
    track = rows[start]
    first = np.searchsorted(rows, track, side="left")
    xy = _wrap(coords[:, :2])
    return Legs(
        labels=faults.labels,
        track=track.astype(np.int64),
        leg=(start - first).astype(np.int32),
        start=xy[start],
        end=xy[start + 1],
        faults=faults.told(),
        heights=np.column_stack([coords[start, 2], coords[start + 1, 2]]),
    )


def _note_coordinates(lonlat: Floats, rows: npt.NDArray[np.int64], faults: Faults) -> None:
    """Note the rows with coordinates that are not finite or out of range."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    faults.add(rows[~np.isfinite(lon) | ~np.isfinite(lat)], "a coordinate that is not finite")
    far = np.nonzero((np.abs(lat) > 90) | (np.abs(lon) > 360))[0]
    for row, at in zip(*np.unique(rows[far], return_index=True), strict=True):
        x, y = lonlat[far[at]].tolist()
        hint = "; latitude and longitude swapped?" if 90 < abs(y) <= 180 and abs(x) <= 90 else ""
        faults.add(row, f"out of range: longitude {x!r}, latitude {y!r}{hint}")


def _wrap(degrees: Floats) -> Floats:
    """Wrap the longitudes (even columns) of checked positions into [-180, 180]."""
    wrapped = degrees.copy()
    lon = wrapped[:, ::2]
    lon[lon > 180] -= 360
    lon[lon < -180] += 360
    return wrapped


def _read_column(
    frame: pd.DataFrame, column: object, what: str, view: View, faults: Faults
) -> Floats:
    """Read one end of every row, shape (n, 2); faulty rows are noted and left at zero."""
    if isinstance(column, tuple) and len(column) == 2:
        return np.column_stack([_read_numbers(frame, part, what, faults) for part in column])
    _need_column(frame, column, what)
    series = frame[column]
    check_column(series, f"{what} column {column!r}")
    values = series.to_numpy(dtype=object)
    result = np.zeros((len(values), 2))
    isna = np.asarray(pd.isna(series), dtype=bool)
    faults.add(np.nonzero(isna)[0], f"no {what}")
    geometric = np.asarray(shapely.is_geometry(values)) & ~isna
    _read_points(values, geometric, result, what, faults)
    _read_names(values, ~geometric & ~isna, result, what, (view, faults))
    return result


def _need_column(frame: pd.DataFrame, column: object, what: str) -> None:
    """Raise unless a frame has this column, once."""
    if column not in frame.columns:
        known = ", ".join(repr(name) for name in frame.columns[:12])
        raise FrameError(f"{what}: no column {column!r}; the frame has {known}")
    count = int((frame.columns == column).sum())
    if count > 1:
        raise FrameError(f"{what}: {count} columns are called {column!r}; rename all but one")


def _read_numbers(frame: pd.DataFrame, column: object, what: str, faults: Faults) -> Floats:
    """Read one column of degrees; text is a fault even where it looks like a number."""
    _need_column(frame, column, what)
    series = frame[column]
    if series.dtype.kind in "iuf":
        return series.to_numpy(dtype=np.float64, na_value=np.nan)
    numeric = np.array(
        [isinstance(v, int | float) and not isinstance(v, bool) for v in series], dtype=bool
    )
    for row in np.nonzero(~numeric)[0]:
        value = series.iloc[row]
        faults.add(row, f"{what}: expected degrees in column {column!r}, got {value!r}")
    return np.where(numeric, pd.to_numeric(series.where(numeric, 0.0)), 0.0).astype(np.float64)


def _read_points(
    values: npt.NDArray[Any], rows: Bools, result: Floats, what: str, faults: Faults
) -> None:
    """Read the rows that hold Points."""
    where = np.nonzero(rows)[0]
    kinds = shapely.get_type_id(values[where])
    empty = shapely.is_empty(values[where])
    for row in where[(kinds != _POINT) | empty]:
        shown = "an empty geometry" if values[row].is_empty else f"a {values[row].geom_type}"
        faults.add(row, f"{what}: expected a Point, got {shown}")
    where = where[(kinds == _POINT) & ~empty]
    result[where] = shapely.get_coordinates(values[where])


def _read_names(
    values: npt.NDArray[Any],
    rows: Bools,
    result: Floats,
    what: str,
    context: tuple[View, Faults],
) -> None:
    """Read the rows that hold names or places, each distinct one once."""
    view, faults = context
    where = np.nonzero(rows)[0]
    codes, distinct = pd.factorize(pd.Series(values[where], dtype=object))
    for code, given in enumerate(distinct):
        mine = where[codes == code]
        try:
            end = make_end(given, view=view, what=what)
        except (InvalidInputError, PlaceNotFoundError, AmbiguousPlaceError) as error:
            faults.add(mine, str(error))
            continue
        if end.is_area:
            faults.add(mine, f"{what}: {given!r} is an area, not a point; use find_shares for it")
        result[mine] = (end.lon, end.lat)
