"""Positions on a corridor, and the closest approach of a corridor to a territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.ellipsoid import direct, inverse
from geo_events.geodesy.tracks import measure_track
from geo_events.measures import format_km, parse_duration, parse_length

if TYPE_CHECKING:
    from datetime import datetime

    from geo_events.corridors.corridor_value import Corridor

__all__ = ["Approach", "Position", "locate_on"]

_TOUCH_KM = 1e-6
_ROUNDED_M = 1.0  # a length that was printed and read again still is the target


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where something is after a distance or a time on a corridor.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    azimuth_deg : float
        Direction of travel there, clockwise from north.
    km : float
        Distance from the origin along the line.
    minutes : float or None
        Time since departure; None without a speed.
    time : datetime or None
        The moment; None without a departure.
    territory, name : str
        Id and name of the territory below.
    """

    lon: float
    lat: float
    azimuth_deg: float
    km: float
    minutes: float | None
    time: datetime | None
    territory: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How near a line comes to a territory.

    Parameters
    ----------
    territory, name : str
        Id and name of the territory.
    miss_km : float
        Least distance between the line and the territory; 0 where the line crosses it.
    at_km : float
        Where on the line, from the origin.
    lon, lat : float
        The point of the line, degrees.
    """

    territory: str
    name: str
    miss_km: float
    at_km: float
    lon: float
    lat: float

    def __str__(self) -> str:
        if self.miss_km == 0:
            return f"crosses {self.name}"
        return f"passes {format_km(self.miss_km)} from {self.name}"


def locate_on(corridor: Corridor, after: str) -> Position:
    """Say where something is on a line after a distance or a time.

    Parameters
    ----------
    corridor : Corridor
        Between points.
    after : str
        Such as "300 km" or "20 min".

    Returns
    -------
    Position
        Place, direction, time, and the territory below.

    Raises
    ------
    InvalidInputError
        Beyond the target, or a time without a speed.
    InvalidMeasureError
        Neither a length nor a duration with its unit.
    """
    along_m = _along(corridor, after)
    lon, lat = corridor.vertices
    measured = measure_track(lon, lat)
    if along_m > measured[-1] + _ROUNDED_M:
        raise InvalidInputError(
            f"after: expected at most {format_km(measured[-1] / 1000)}, the length of the "
            f"corridor; got {after!r}"
        )
    along_m = min(along_m, float(measured[-1]))
    leg = min(int(np.searchsorted(measured, along_m, side="right")) - 1, len(lon) - 2)
    azimuth, _, _ = inverse(lon[leg], lat[leg], lon[leg + 1], lat[leg + 1])
    place = direct(lon[leg], lat[leg], azimuth, along_m - measured[leg])
    return _describe(corridor, [float(value) for value in place], along_m / 1000)


def _describe(corridor: Corridor, place: list[float], km: float) -> Position:
    """Make a position, naming the territory below."""
    found = corridor.crossings()
    inside = (found["enter_km"] <= km + _TOUCH_KM) & (found["leave_km"] >= km - _TOUCH_KM)
    row = found[inside].iloc[0]
    speed, depart = corridor.speed_mps, corridor.depart
    minutes = None if speed is None else km * 1000 / speed / 60
    moment = None if depart is None or minutes is None else depart + timedelta(minutes=minutes)
    return Position(
        lon=place[0],
        lat=place[1],
        azimuth_deg=place[2] % 360,
        km=km,
        minutes=minutes,
        time=moment,
        territory=str(row["territory"]),
        name=str(row["name"]),
    )


def _along(corridor: Corridor, after: str) -> float:
    """Turn a distance or a time into metres from the origin."""
    try:
        seconds = parse_duration(after)
    except InvalidMeasureError:
        return parse_length(after, name="after")
    if corridor.speed_mps is None:
        raise InvalidInputError(
            f"after: {after!r} is a time, and this corridor has no speed; give "
            "make_corridor(..., speed='900 km/h') or ask for a distance"
        )
    return seconds * corridor.speed_mps
