"""The user's own areas, with their times and heights, as territories that may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_events.corridors.ends import End
from geo_events.corridors.legs import check_crs
from geo_events.errors import FrameError, GeoEventsError, InvalidInputError
from geo_events.geodesy.tracks import split_antimeridian
from geo_events.measures import parse_altitude

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Areas", "clip_to_window", "make_area_ends", "read_areas", "to_seconds"]

Floats = npt.NDArray[np.float64]
_SHAPES = (3, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Checked areas, one per row of the frame they came from.

    Parameters
    ----------
    polygons : ndarray of shapely geometries, shape (n,)
        Polygons and MultiPolygons in EPSG:4326, which may overlap.
    ids, names, kinds : tuple of str
        Id, name and kind of each.
    window_s : ndarray, shape (n, 2)
        Begin and end in seconds since 1970 UTC; infinite where open, NaN where neither is given.
    height_m : ndarray, shape (n, 2)
        Lower and upper limit in metres; infinite where open, NaN where neither is given.
    """

    polygons: npt.NDArray[Any]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    window_s: Floats
    height_m: Floats

    def __len__(self) -> int:
        return len(self.ids)


def read_areas(given: object, *, what: str = "territories") -> Areas:
    """Check the user's own areas.

    Parameters
    ----------
    given : GeoDataFrame or GeoSeries
        Polygons in EPSG:4326; those that run on beyond ±180° are cut there. Columns that count
        where they are there: `id`, `name`, `kind`, `begin`, `end` (datetimes; without a zone
        they are UTC), `lower`, `upper` (such as "FL350", "10,000 ft", "3000 m"; floats are
        metres, as `read_territories` gives them).
    what : str
        The name of the argument, for errors.

    Returns
    -------
    Areas
        In the order of the rows.

    Raises
    ------
    FrameError
        All faulty rows at once: no polygon, an invalid one, coordinates out of range, an
        unreadable limit, an end before its begin; or a missing or wrong CRS.
    InvalidInputError
        For another type.
    """
    if not isinstance(given, gpd.GeoDataFrame | gpd.GeoSeries):
        raise InvalidInputError(
            f"{what}: expected a GeoDataFrame of polygons; got {type(given).__name__}"
        )
    frame = gpd.GeoDataFrame(geometry=given) if isinstance(given, gpd.GeoSeries) else given
    check_crs(frame.geometry, what)
    faults: dict[int, str] = _geometry_faults(frame.geometry.to_numpy())
    window = _limits(frame, ("begin", "end"), to_seconds, faults)
    height = _limits(frame, ("lower", "upper"), _to_metres, faults)
    if faults:
        told = [(frame.index[row], faults[row]) for row in sorted(faults)]
        raise FrameError(f"{what}: {len(told)} of {len(frame)} areas cannot be used", told)
    labels = [str(label) for label in frame.index]
    return Areas(
        polygons=_within_180(frame.geometry.to_numpy()),
        ids=_texts(frame, "id", [f"own:{label}" for label in labels]),
        names=_texts(frame, "name", labels),
        kinds=_texts(frame, "kind", ["area"] * len(labels)),
        window_s=window,
        height_m=height,
    )


def make_area_ends(given: gpd.GeoDataFrame | gpd.GeoSeries, *, what: str) -> tuple[End, ...]:
    """Take the user's own areas for places, whatever their times and heights.

    Parameters
    ----------
    given : GeoDataFrame or GeoSeries
        As `read_areas` takes them.
    what : str
        The name of the argument, for errors.

    Returns
    -------
    tuple of End
        In the order of the rows, by their names.

    Raises
    ------
    FrameError
        As `read_areas` does.
    """
    areas = read_areas(given, what=what)
    inside = shapely.point_on_surface(areas.polygons)
    return tuple(
        End(name, name, area_id, kind, point.x, point.y, shape)
        for name, area_id, kind, point, shape in zip(
            areas.names, areas.ids, areas.kinds, inside, areas.polygons, strict=True
        )
    )


def clip_to_window(
    enter: Floats, leave: Floats, at_start: Floats, at_end: Floats, limits: Floats
) -> tuple[Floats, Floats]:
    """Cut stays down to where a quantity that changes linearly along the leg is within limits.

    Parameters
    ----------
    enter, leave : ndarray, shape (n,)
        Where the stay begins and ends, as fractions of its leg.
    at_start, at_end : ndarray, shape (n,)
        The quantity (a time, a height) at the leg's ends; NaN means not known.
    limits : ndarray, shape (n, 2)
        Lower and upper limit; NaN means none given.

    Returns
    -------
    enter, leave : ndarray, shape (n,)
        `leave < enter` where nothing is left. Unchanged where either side is not known.
    """
    change = at_end - at_start
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = ((limits[:, side] - at_start) / change for side in (0, 1))
    low, high = np.minimum(first, second), np.maximum(first, second)
    level = change == 0
    within = (at_start >= limits[:, 0]) & (at_start <= limits[:, 1])
    low = np.where(level, np.where(within, -np.inf, np.inf), low)
    high = np.where(level, np.where(within, np.inf, -np.inf), high)
    known = np.isfinite(at_start) & np.isfinite(at_end) & ~np.isnan(limits).any(axis=1)
    return (
        np.where(known, np.maximum(enter, low), enter),
        np.where(known, np.minimum(leave, high), leave),
    )


def to_seconds(value: object) -> float:
    """Return a datetime as seconds since 1970 UTC; one without a zone is taken as UTC.

    Parameters
    ----------
    value : datetime, Timestamp or ISO 8601 str
        The moment.

    Returns
    -------
    float
        Seconds.

    Raises
    ------
    InvalidInputError
        When it is no moment.
    """
    try:
        moment = pd.Timestamp(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"expected a date and time; got {value!r}") from error
    if pd.isna(moment) or isinstance(value, int | float):
        raise InvalidInputError(f"expected a date and time; got {value!r}")
    return moment.tz_localize("UTC").timestamp() if moment.tz is None else moment.timestamp()


def _to_metres(value: object) -> float:
    """Return an altitude in metres: with its unit, or from a column of floats in metres."""
    return value if isinstance(value, float) else parse_altitude(value)  # type: ignore[arg-type]


def _texts(frame: gpd.GeoDataFrame, column: str, default: list[str]) -> tuple[str, ...]:
    """Return a column as text, or what stands for it where it is missing."""
    if column not in frame.columns:
        return tuple(default)
    pairs = zip(frame[column], default, strict=True)
    return tuple(other if pd.isna(value) else str(value) for value, other in pairs)


def _geometry_faults(polygons: npt.NDArray[Any]) -> dict[int, str]:
    """Say which rows hold no usable polygon."""
    faults: dict[int, str] = {}
    kinds = shapely.get_type_id(polygons)
    for row in np.nonzero(~np.isin(kinds, _SHAPES) | shapely.is_empty(polygons))[0]:
        shown = "no geometry" if kinds[row] < 0 else f"got {polygons[row].geom_type}"
        faults[int(row)] = f"expected a Polygon or MultiPolygon with coordinates, {shown}"
    coords, rows = shapely.get_coordinates(polygons, return_index=True)
    bad = ~np.isfinite(coords).all(axis=1) | (np.abs(coords) > (360, 90)).any(axis=1)
    for row in np.unique(rows[bad]):
        faults.setdefault(int(row), "a coordinate that is not finite or out of range")
    for row in np.nonzero(~shapely.is_valid(polygons))[0]:
        reason = "no geometry" if kinds[row] < 0 else shapely.is_valid_reason(polygons[row])
        faults.setdefault(int(row), f"not a valid polygon: {reason}")
    return faults


def _within_180(polygons: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Cut the polygons that run on beyond ±180° there."""
    west, _, east, _ = shapely.bounds(polygons).reshape(-1, 4).T
    beyond = np.nonzero((west < -180) | (east > 180))[0]
    if len(beyond):
        polygons = polygons.copy()
        polygons[beyond] = [split_antimeridian(shape) for shape in polygons[beyond]]
    return polygons


def _limits(
    frame: gpd.GeoDataFrame,
    columns: tuple[str, str],
    read: Callable[[object], float],
    faults: dict[int, str],
) -> Floats:
    """Read a lower and an upper limit, shape (n, 2)."""
    result = np.full((len(frame), 2), np.nan)
    for side, column in enumerate(columns):
        if column not in frame.columns:
            continue
        for row, value in enumerate(frame[column]):
            if _is_missing(value):
                continue
            try:
                result[row, side] = read(value)
            except GeoEventsError as error:
                faults.setdefault(row, f"{column}: {error}")
    given = ~np.isnan(result)
    some = given.any(axis=1)
    result[some & ~given[:, 0], 0] = -np.inf
    result[some & ~given[:, 1], 1] = np.inf
    for late in np.nonzero(result[:, 0] > result[:, 1])[0]:
        faults.setdefault(int(late), f"{columns[1]} comes before {columns[0]}")
    return result


def _is_missing(value: Any) -> bool:  # noqa: ANN401  any cell of a frame
    """Whether a cell is empty; an infinite limit is none."""
    if isinstance(value, float) and np.isinf(value):
        return True
    return value is None or value == "" or bool(pd.isna(value))
