"""Single geodesic legs: the nearest point on one, and where two meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.ellipsoid import direct, inverse, validate_lonlat
from geo_events.geodesy.planes import EARTH_M, to_normal

__all__ = ["Legs", "find_feet", "find_meetings", "make_legs"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_FOOT_STEPS = 7
_MEETING_STEPS = 8
_MET_M = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Geodesics by start, direction and length; shape (n,) each.

    Parameters
    ----------
    lon, lat : ndarray
        Starts, degrees.
    azimuth_deg : ndarray
        Directions there.
    length_m : ndarray
        Lengths.
    """

    lon: Floats
    lat: Floats
    azimuth_deg: Floats
    length_m: Floats

    def take(self, rows: npt.NDArray[Any]) -> Legs:
        """Keep some legs, or repeat them."""
        return Legs(self.lon[rows], self.lat[rows], self.azimuth_deg[rows], self.length_m[rows])

    def locate(self, along_m: Floats) -> tuple[Floats, Floats, Floats]:
        """Find longitude, latitude and heading at a distance along each leg."""
        return direct(self.lon, self.lat, self.azimuth_deg, along_m)


def make_legs(
    lon0: npt.ArrayLike, lat0: npt.ArrayLike, lon1: npt.ArrayLike, lat1: npt.ArrayLike
) -> Legs:
    """Make the shortest geodesics between points.

    Parameters
    ----------
    lon0, lat0, lon1, lat1 : array_like, shape (n,)
        Starts and ends, degrees.

    Returns
    -------
    Legs
        n legs; coincident ends give one of length 0.

    Raises
    ------
    InvalidCoordinateError
        A coordinate is not finite or out of range.

    Examples
    --------
    >>> make_legs([0.0], [0.0], [1.0], [0.0]).length_m.round(3).tolist()
    [111319.491]
    """
    start = validate_lonlat(np.atleast_1d(lon0), np.atleast_1d(lat0), what="start")
    end = validate_lonlat(np.atleast_1d(lon1), np.atleast_1d(lat1), what="end")
    azimuth, _, length = inverse(*start, *end)
    return Legs(*start, azimuth, length)


def find_feet(legs: Legs, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Find the point of each leg that is nearest to a point.

    Parameters
    ----------
    legs : Legs
        n legs.
    lon, lat : array_like, shape (n,)
        One point per leg, degrees.

    Returns
    -------
    along_m : ndarray, shape (n,)
        Where on the leg, metres from its start; 0 or the length if an end is nearest.
    distance_m : ndarray, shape (n,)
        Geodesic distance.

    Notes
    -----
    Each step solves the right spherical triangle at the last point found; what the sphere gets
    wrong shrinks by 300 each time. Within micrometres.

    Examples
    --------
    >>> along, distance = find_feet(make_legs([0.0], [0.0], [2.0], [0.0]), [1.0], [0.0])
    >>> along.round(3).tolist(), distance.round(3).tolist()
    ([111319.491], [0.0])
    """
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    along = legs.length_m / 2
    for _ in range(_FOOT_STEPS):
        here_lon, here_lat, heading = legs.locate(along)
        azimuth, _, distance = inverse(here_lon, here_lat, lon, lat)
        angle = distance / EARTH_M
        ahead = np.sin(angle) * np.cos(np.radians(azimuth - heading))
        along = along + EARTH_M * np.arctan2(ahead, np.cos(angle))
    choices = [np.clip(along, 0, legs.length_m), np.zeros_like(along), legs.length_m]
    distances = []
    for choice in choices:
        here_lon, here_lat, _ = legs.locate(choice)
        distances.append(inverse(here_lon, here_lat, lon, lat)[2])
    best = np.argmin(distances, axis=0)
    rows = np.arange(len(along))
    return np.asarray(choices)[best, rows], np.asarray(distances)[best, rows]


def find_meetings(first: Legs, second: Legs) -> tuple[Bools, Floats, Floats]:
    """Find where pairs of legs cross.

    Parameters
    ----------
    first, second : Legs
        n legs each.

    Returns
    -------
    meets : ndarray of bool, shape (n,)
        Whether they cross, to a millimetre.
    along_first_m, along_second_m : ndarray, shape (n,)
        Where; no meaning where they do not cross.

    Notes
    -----
    The crossing of great circles, then Newton steps in the local plane, on true geodesics.
    Legs that lie on one another have no crossing; their ends lie on each other instead.

    Examples
    --------
    >>> meets, along, _ = find_meetings(
    ...     make_legs([-1.0], [0.0], [1.0], [0.0]), make_legs([0.0], [-1.0], [0.0], [1.0]))
    >>> bool(meets[0]), along.round(3).tolist()
    (True, [111319.491])
    """
    along_first, along_second = _spherical_meeting(first, second)
    gap = np.full(len(along_first), np.inf)
    for _ in range(_MEETING_STEPS):
        lon0, lat0, heading0 = first.locate(along_first)
        lon1, lat1, heading1 = second.locate(along_second)
        azimuth, azimuth_end, gap = inverse(lon0, lat0, lon1, lat1)
        turn0 = np.radians(heading0 - azimuth)
        turn1 = np.radians(heading1 - azimuth_end)
        sine = np.sin(turn1 - turn0)
        safe = np.where(np.abs(sine) > 1e-9, sine, np.nan)
        along_first = along_first + np.nan_to_num(gap * np.sin(turn1) / safe)
        along_second = along_second + np.nan_to_num(gap * np.sin(turn0) / safe)
        along_first = np.clip(along_first, -2e7, 2e7)
        along_second = np.clip(along_second, -2e7, 2e7)
    meets = gap < _MET_M
    for along, legs in ((along_first, first), (along_second, second)):
        meets &= (along >= -_MET_M) & (along <= legs.length_m + _MET_M)
    return meets, along_first, along_second


def _spherical_meeting(first: Legs, second: Legs) -> tuple[Floats, Floats]:
    """Find where the great circles of legs meet, at the crossing nearest to both middles."""
    frames = []
    for legs in (first, second):
        start = to_normal(legs.lon, legs.lat)
        quarter = direct(legs.lon, legs.lat, legs.azimuth_deg, EARTH_M * 0.5)
        ahead = to_normal(quarter[0], quarter[1])
        ahead = ahead - (ahead * start).sum(axis=1)[:, None] * start
        ahead /= np.linalg.norm(ahead, axis=1)[:, None]
        frames.append((start, ahead, legs.length_m / EARTH_M))
    normal = [np.cross(start, ahead) for start, ahead, _ in frames]
    line = np.cross(normal[0], normal[1])
    best = [np.zeros(len(line)), np.zeros(len(line))]
    least = np.full(len(line), np.inf)
    for side in (1.0, -1.0):
        turns = []
        missed = np.zeros(len(line))
        for start, ahead, length in frames:
            turn = np.arctan2((line * ahead).sum(axis=1) * side, (line * start).sum(axis=1) * side)
            turn = length / 2 + (turn - length / 2 + np.pi) % (2 * np.pi) - np.pi
            turns.append(turn)
            missed += np.maximum(0, np.abs(turn - length / 2) - length / 2)
        better = missed < least
        least = np.where(better, missed, least)
        best = [np.where(better, new, old) for new, old in zip(turns, best, strict=True)]
    return best[0] * EARTH_M, best[1] * EARTH_M
