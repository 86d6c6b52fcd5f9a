"""Movers: where something is on its track, and when."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.ellipsoid import inverse, validate_lonlat

__all__ = ["Mover", "make_mover"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Mover:
    """A thing that moves along geodesics from vertex to vertex.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        Vertices, degrees; at least two.
    time_s : ndarray, shape (n,)
        When it is there, seconds from any moment; not decreasing. Between vertices its speed is
        constant.
    """

    lon: Floats
    lat: Floats
    time_s: Floats

    def __post_init__(self) -> None:
        validate_lonlat(self.lon, self.lat, what="vertex of a mover")
        time = np.asarray(self.time_s)
        if time.shape != np.shape(self.lon) or time.ndim != 1 or len(time) < 2:
            raise InvalidInputError(
                f"a mover needs a time for each of at least two vertices, got {time.shape} times "
                f"for {np.shape(self.lon)} vertices"
            )
        if not np.isfinite(time).all() or (np.diff(time) < 0).any():
            raise InvalidInputError(
                f"times of a mover must be finite and not go back, got {time.tolist()!r}"
            )


def make_mover(
    lon: npt.ArrayLike, lat: npt.ArrayLike, speed_mps: float, start_s: float = 0.0
) -> Mover:
    """Make a mover of constant speed.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Vertices, degrees.
    speed_mps : float
        Metres per second, above 0.
    start_s : float
        When it leaves the first vertex.

    Returns
    -------
    Mover
        With the time at each vertex.

    Raises
    ------
    InvalidMeasureError
        The speed is not above 0.
    InvalidInputError
        Fewer than two vertices.
    InvalidCoordinateError
        A vertex is not finite or out of range.

    Examples
    --------
    >>> make_mover([0, 1], [0, 0], 100.0).time_s.round(1).tolist()
    [0.0, 1113.2]
    """
    if not (math.isfinite(speed_mps) and speed_mps > 0):
        raise InvalidMeasureError(f"a speed above 0 m/s expected, got {speed_mps!r}")
    lons, lats = validate_lonlat(np.atleast_1d(lon), np.atleast_1d(lat), what="vertex of a mover")
    length = inverse(lons[:-1], lats[:-1], lons[1:], lats[1:])[2]
    time = start_s + np.concatenate([[0.0], np.cumsum(length)]) / speed_mps
    return Mover(lons, lats, time)
