"""Lengths, times and heights along the legs of tracks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_events.corridors.areas import to_seconds
from geo_events.corridors.legs import Faults, Legs
from geo_events.corridors.stays import Profile
from geo_events.errors import FrameError, GeoEventsError, InvalidInputError
from geo_events.geodesy.ellipsoid import inverse
from geo_events.measures import parse_altitude, parse_speed

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["make_profile"]

Floats = npt.NDArray[np.float64]


def make_profile(
    legs: Legs,
    frame: object,
    *,
    speed: str | None = None,
    time: object = None,
    altitude: object = None,
    errors: Literal["raise", "report"] = "raise",
) -> tuple[Legs, Profile]:
    """Measure the legs and read when and how high they are.

    Parameters
    ----------
    legs : Legs
        The legs.
    frame : object
        What the legs were read from; a frame when `time` or `altitude` names a column.
    speed : str, optional
        The same speed everywhere, such as "900 km/h".
    time : str or datetime, optional
        A column (or one moment for all): an aware datetime is the departure and needs `speed`;
        a list of them gives the time at every vertex.
    altitude : str, optional
        A column, or one altitude for all such as "FL350": one altitude, or a list of them, one
        per vertex; "z" takes the geometry's Z in metres.

    errors : {"raise", "report"}
        Whether tracks whose times or altitudes cannot be used raise, or are left out.

    Returns
    -------
    legs : Legs
        Without the legs of faulty tracks, which are among its faults.
    profile : Profile
        One row per leg.

    Raises
    ------
    InvalidMeasureError
        A speed or altitude without its unit.
    FrameError
        Tracks whose times or altitudes cannot be read, are not as many as the vertices, or whose
        times run backwards (with `errors="raise"`); a missing column.
    """
    faults = Faults(legs.labels)
    azimuth, _, length = inverse(*legs.start.T, *legs.end.T)
    before = _length_before(legs.track, length)
    travelled_s = _unknown(len(legs))
    if speed is not None:
        travelled_s = np.column_stack([before, before + length]) / parse_speed(speed)
    time_s = _read(legs, frame, time, _to_time, ("time", faults))
    faults.add(legs.track[time_s[:, 1] < time_s[:, 0]], "time: the times run backwards")
    heights = legs.heights if altitude == "z" else _read_altitude(legs, frame, altitude, faults)
    faults.settle(errors)
    if time is not None and _is_departure(legs, frame, time):
        time_s = time_s + travelled_s
    profile = Profile(
        azimuth_deg=azimuth,
        length_m=length,
        before_m=before,
        time_s=time_s,
        height_m=heights,
        minutes=travelled_s if speed is time is None else _minutes(legs, time_s, travelled_s),
    )
    if not faults.texts:
        return legs, profile
    good = faults.good()[legs.track]
    return legs.with_faults(faults).take(good), profile.take(good)


def _unknown(count: int) -> Floats:
    """Return NaN for start and end of every leg, in no memory."""
    return np.broadcast_to(np.nan, (count, 2))


def _length_before(track: npt.NDArray[np.int64], length: Floats) -> Floats:
    """Sum up the lengths of the earlier legs of the same track."""
    if not len(track):
        return length.copy()
    total = np.concatenate([[0.0], np.cumsum(length)])[:-1]
    first = np.searchsorted(track, track, side="left")
    return np.asarray(total - total[first])


def _minutes(legs: Legs, time_s: Floats, travelled_s: Floats) -> Floats:
    """Return minutes since the track's begin, by its own times or else by the speed."""
    if not len(legs):
        return travelled_s
    first = np.searchsorted(legs.track, legs.track, side="left")
    own = time_s - time_s[first, :1]
    return np.where(np.isfinite(own), own, travelled_s) / 60


def _to_time(value: object) -> float:
    """Return an aware moment in seconds; one without a zone is refused."""
    seconds = to_seconds(value)
    moment = pd.Timestamp(value) if isinstance(value, str) else value
    if isinstance(moment, datetime) and moment.tzinfo is None:
        shown = value if isinstance(value, str) else str(moment)
        raise InvalidInputError(
            f"expected a time with its zone, as 2015-10-07T02:00+03:00; got {shown!r}"
        )
    return seconds


def _read_altitude(legs: Legs, frame: object, altitude: object, faults: Faults) -> Floats:
    """Read altitudes from a column, or one for all."""
    is_column = isinstance(frame, pd.DataFrame) and altitude in frame.columns
    if isinstance(altitude, str) and not is_column:
        return np.full((len(legs), 2), parse_altitude(altitude))
    return _read(legs, frame, altitude, _to_height, ("altitude", faults))


def _to_height(value: object) -> float:
    """Return an altitude with its unit in metres."""
    return parse_altitude(value)  # type: ignore[arg-type]


def _is_departure(legs: Legs, frame: object, time: object) -> bool:
    """Whether times are one per track rather than one per vertex."""
    if time is None or not isinstance(frame, pd.DataFrame) or isinstance(time, datetime):
        return True
    cells = frame[time].dropna()
    return not len(legs) or not cells.map(pd.api.types.is_list_like).any()


def _read(
    legs: Legs,
    frame: object,
    given: object,
    read: Callable[[object], float],
    context: tuple[str, Faults],
) -> Floats:
    """Read one value per track or one per vertex into start and end of each leg.

    Faulty tracks are noted, and have no values.
    """
    what, faults = context
    if given is None:
        return _unknown(len(legs))
    if isinstance(given, datetime):
        return np.full((len(legs), 2), read(given))
    if not isinstance(frame, pd.DataFrame) or given not in frame.columns:
        raise FrameError(f"{what}: expected a column of the tracks; got {given!r}")
    counts = np.bincount(legs.track, minlength=len(legs.labels)) + 1
    used = np.zeros(len(counts), dtype=bool)
    used[legs.track] = True
    cells = frame[given].reset_index(drop=True)[used]
    many = cells.explode()
    per_track = many.groupby(level=0).size().to_numpy()
    wanted = counts[used]
    bad = (per_track != wanted) & (per_track != 1)
    for row in np.nonzero(bad)[0]:
        found = f"{per_track[row]} for {wanted[row]} vertices"
        faults.add(
            cells.index[row : row + 1],
            f"{what}: expected one value, or one per vertex; got {found}",
        )
    values = _read_cells(many, read, what, faults)
    first = np.zeros(len(counts), np.int64)
    first[used] = np.concatenate([[0], np.cumsum(per_track)])[:-1]
    step = np.where((per_track > 1) & ~bad, 1, 0)
    stride = np.zeros(len(counts), np.int64)
    stride[used] = step
    start = first[legs.track] + legs.leg * stride[legs.track]
    return np.column_stack([values[start], values[start + stride[legs.track]]])


def _read_cells(
    many: pd.Series[Any], read: Callable[[object], float], what: str, faults: Faults
) -> Floats:
    """Read the distinct values once; empty cells become NaN, and so do unreadable ones."""
    codes, distinct = pd.factorize(many)
    values = np.full(len(distinct) + 1, np.nan)
    tracks = many.index.to_numpy()
    for code, value in enumerate(distinct):
        try:
            values[code] = read(value)
        except GeoEventsError as error:
            faults.add(tracks[codes == code], f"{what}: {error}")
    return values[codes]
