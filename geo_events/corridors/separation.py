"""How near two lines, or two movers, come to each other, and for how long they stay near."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo_events.corridors.corridor_value import Corridor
from geo_events.corridors.ends import make_end
from geo_events.corridors.legs import check_crs
from geo_events.errors import InvalidInputError
from geo_events.geodesy.approach import find_near_stretches, measure_separation_static
from geo_events.geodesy.encounters import find_near_times, measure_separation_moving
from geo_events.geodesy.movers import Mover, make_mover
from geo_events.measures import format_km, parse_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo_events.atlas.places import Place
    from geo_events.geodesy.separations import Separations, Stretches
    from geo_events.values import LonLat

__all__ = ["Separation", "measure_separation", "measure_separations"]

Track: TypeAlias = tuple[list[float], list[float]]
Side: TypeAlias = "Corridor | BaseGeometry | str | Place | LonLat"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ("lon_a", "lat_a", "lon_b", "lat_b", "along_a_m", "along_b_m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How near two lines or movers come to each other.

    Parameters
    ----------
    distance_km : float
        Least geodesic distance; 0 where lines cross, infinite for movers that are never under
        way at the same time.
    method : {"static", "moving"}
        Between lines, or between movers in time.
    lon_a, lat_a, lon_b, lat_b : float or None
        The two nearest points, degrees.
    along_a_km, along_b_km : float or None
        Where on the lines, from their starts.
    time : datetime or None
        When, for movers; UTC.
    within : str or None
        The distance that was asked for.
    near_km : tuple of (float, float)
        Stretches of the first line that are within it, for lines.
    near_times : tuple of (datetime, datetime)
        Times for which it holds, for movers; UTC.

    Examples
    --------
    >>> from geo_events import make_corridor
    >>> near = measure_separation(make_corridor("Larnaca", "Beirut"), "Nicosia", within="60 km")
    >>> near.method, round(near.distance_km), len(near.near_km)
    ('static', 37, 1)
    """

    distance_km: float
    method: Literal["static", "moving"]
    lon_a: float | None = None
    lat_a: float | None = None
    lon_b: float | None = None
    lat_b: float | None = None
    along_a_km: float | None = None
    along_b_km: float | None = None
    time: datetime | None = None
    within: str | None = None
    near_km: tuple[tuple[float, float], ...] = ()
    near_times: tuple[tuple[datetime, datetime], ...] = ()

    def __str__(self) -> str:
        if math.isinf(self.distance_km):
            return "never under way at the same time"
        when = "" if self.time is None else f" at {self.time:%Y-%m-%d %H:%M:%S} UTC"
        return f"{format_km(self.distance_km)} apart at the nearest{when}"


def measure_separation(a: Side, b: Side, *, within: str | None = None) -> Separation:
    """Measure how near two lines come to each other, in time where both move.

    Parameters
    ----------
    a, b : Corridor, LineString, Point or place
        Corridors between points; two with a speed and a departure each are movers, and only the
        time for which both are under way counts. Legs of a LineString are geodesics.
    within : str, optional
        Such as "20 nmi": also along which stretch of `a`, or when, they are that near.

    Returns
    -------
    Separation
        The closest approach.

    Raises
    ------
    InvalidInputError
        Corridors between areas, or with a speed but no departure; polygons, unusable places.
    InvalidMeasureError
        A distance without its unit.

    Examples
    --------
    >>> a = shapely.LineString([(0, 0), (2, 0)])
    >>> round(measure_separation(a, shapely.Point(1, 1)).distance_km, 1)
    110.6
    """
    sides = (_to_side(a, "a"), _to_side(b, "b"))
    found, near, moving = _measure([sides[0]], [sides[1]], within)
    distance = float(found.distance_m[0])
    if math.isnan(distance):
        return Separation(distance_km=math.inf, method="moving", within=within)
    spans = [] if near is None else list(zip(near.begin.tolist(), near.end.tolist(), strict=True))
    return Separation(
        distance_km=distance / 1000,
        method="moving" if moving else "static",
        lon_a=float(found.lon_a[0]),
        lat_a=float(found.lat_a[0]),
        lon_b=float(found.lon_b[0]),
        lat_b=float(found.lat_b[0]),
        along_a_km=float(found.along_a_m[0]) / 1000,
        along_b_km=float(found.along_b_m[0]) / 1000,
        time=_to_time(float(found.time_s[0])) if moving else None,
        within=within,
        near_km=() if moving else tuple((begin / 1000, end / 1000) for begin, end in spans),
        near_times=tuple((_to_time(x), _to_time(y)) for x, y in spans) if moving else (),
    )


def measure_separations(
    a: Iterable[Side], b: Iterable[Side], *, within: str | None = None
) -> pd.DataFrame:
    """Measure many pairs at once.

    Parameters
    ----------
    a, b : sequence or GeoSeries of the same length
        As in `measure_separation`, paired one by one; all of them movers, or none counts as one.
    within : str, optional
        Such as "20 nmi".

    Returns
    -------
    DataFrame
        One row per pair, with the index of `a` where it is a series: `distance_km`, `lon_a`,
        `lat_a`, `lon_b`, `lat_b`, `along_a_km`, `along_b_km`, `time` (UTC; NaT for lines); with
        `within` also `near_km` (length of the first line) or, for movers, `near_min` (minutes).
        Movers that are never under way together have an infinite distance and no position.

    Raises
    ------
    InvalidInputError
        Not as many on both sides, or as `measure_separation` does.

    Examples
    --------
    >>> line, point = shapely.LineString([(0, 0), (2, 0)]), shapely.Point(1, 1)
    >>> measure_separations([line, line], [point, point]).distance_km.round(1).tolist()
    [110.6, 110.6]
    """
    index = a.index if isinstance(a, pd.Series) else None
    for side, name in ((a, "a"), (b, "b")):
        if isinstance(side, gpd.GeoSeries):
            check_crs(side, name)
    first = [_to_side(side, f"a[{row}]") for row, side in enumerate(a)]
    second = [_to_side(side, f"b[{row}]") for row, side in enumerate(b)]
    if len(first) != len(second):
        raise InvalidInputError(
            f"expected as many lines on both sides; got {len(first)} and {len(second)}"
        )
    found, near, moving = _measure(first, second, within)
    seconds = np.where(np.isnan(found.time_s), np.nan, found.time_s)
    frame = pd.DataFrame(
        {
            "distance_km": np.where(np.isnan(found.distance_m), np.inf, found.distance_m / 1000),
            **{name: getattr(found, name) for name in _COLUMNS[:4]},
            "along_a_km": found.along_a_m / 1000,
            "along_b_km": found.along_b_m / 1000,
            "time": pd.to_datetime(seconds, unit="s", utc=True),
        },
        index=index,
    )
    if near is not None:
        total = np.bincount(near.pair, weights=near.end - near.begin, minlength=len(frame))
        frame["near_min" if moving else "near_km"] = total / (60 if moving else 1000)
    return frame


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One side of a pair: its vertices, and its movement where it has one."""

    track: Track
    speed_mps: float | None = None
    start_s: float | None = None

    @property
    def moves(self) -> bool:
        """Whether it has both a speed and a departure."""
        return self.speed_mps is not None and self.start_s is not None

    def to_mover(self) -> Mover:
        """Return it as a mover."""
        return make_mover(*self.track, self.speed_mps or 0.0, self.start_s or 0.0)


def _to_side(given: Side, what: str) -> _Line:
    """Understand one side of a pair."""
    if isinstance(given, Corridor):
        if not given.is_line:
            raise InvalidInputError(f"{what}: {given.name} is between areas, not a line")
        if given.speed is not None and given.depart is None:
            raise InvalidInputError(
                f"{what}: {given.name} has a speed but no departure; distances in time need both, "
                "distances in space neither: give make_corridor(..., speed=, depart=) or leave "
                "the speed out"
            )
        lon, lat = given.vertices
        start = None if given.depart is None else (given.depart - _EPOCH).total_seconds()
        return _Line((lon.tolist(), lat.tolist()), given.speed_mps, start)
    if isinstance(given, BaseGeometry) and given.geom_type == "LineString":
        if given.is_empty:
            raise InvalidInputError(f"{what}: expected a line with coordinates; got an empty one")
        lon, lat = shapely.get_coordinates(given).T
        return _Line((lon.tolist(), lat.tolist()))
    end = make_end(given, what=what)
    if end.is_area:
        raise InvalidInputError(f"{what}: expected a line or a point; {end.given!r} is an area")
    return _Line(([end.lon], [end.lat]))


def _measure(
    first: Sequence[_Line], second: Sequence[_Line], within: str | None
) -> tuple[Separations, Stretches | None, bool]:
    """Measure all pairs, in time where all of them move."""
    limit_m = None if within is None else parse_length(within, name="within")
    if len(first) and all(side.moves for side in (*first, *second)):
        movers = [side.to_mover() for side in first], [side.to_mover() for side in second]
        times = None if limit_m is None else find_near_times(*movers, limit_m)
        return measure_separation_moving(*movers), times, True
    tracks = [side.track for side in first], [side.track for side in second]
    spans = None if limit_m is None else find_near_stretches(*tracks, limit_m)
    return measure_separation_static(*tracks), spans, False


def _to_time(seconds: float) -> datetime:
    """Return a moment in UTC."""
    return _EPOCH + timedelta(seconds=seconds)
