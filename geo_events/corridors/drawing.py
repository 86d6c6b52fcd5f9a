"""Lines drawn along their geodesics, one or many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.geodesy.ellipsoid import direct
from geo_events.geodesy.tracks import densify_track, split_antimeridian

__all__ = ["draw_line", "draw_stretches"]

Floats = npt.NDArray[np.float64]

_TOLERANCE_M = 50.0
_CHORD_KM = 6.84  # a lon/lat chord of 6.84 sqrt(e / tan lat) km leaves the geodesic by e metres
_POLAR_DEG = 80.0
_JUMP_DEG = 90.0


def draw_line(lon: npt.ArrayLike, lat: npt.ArrayLike) -> shapely.Geometry:
    """Draw a line along its geodesics, within 50 m of them, cut at ±180°.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Vertices, degrees.

    Returns
    -------
    LineString or MultiLineString
        EPSG:4326.

    Examples
    --------
    >>> draw_line([170, -170], [0, 0]).geom_type
    'MultiLineString'
    """
    fine = np.column_stack(densify_track(lon, lat, tolerance_m=_TOLERANCE_M))
    drawn: shapely.Geometry = split_antimeridian(shapely.LineString(fine))
    return drawn


def draw_stretches(
    start: Floats, azimuth_deg: Floats, enter_m: Floats, leave_m: Floats
) -> npt.NDArray[Any]:
    """Draw stretches of many legs, each within 50 m of its geodesic, cut at ±180°.

    Parameters
    ----------
    start : ndarray, shape (n, 2)
        Longitude and latitude of the leg's start, degrees.
    azimuth_deg : ndarray, shape (n,)
        Direction there.
    enter_m, leave_m : ndarray, shape (n,)
        Where on the leg the stretch begins and ends.

    Returns
    -------
    ndarray of LineString and MultiLineString, shape (n,)
        EPSG:4326.

    Examples
    --------
    >>> lines = draw_stretches(np.zeros((1, 2)), np.array([90.0]), np.zeros(1), np.ones(1) * 1e6)
    >>> lines[0].geom_type
    'LineString'
    """
    inside = leave_m - enter_m
    counts = 2 + np.ceil(inside / 1000 / _step_km(start, azimuth_deg, enter_m, leave_m))
    counts = counts.astype(np.int64)
    row = np.repeat(np.arange(len(inside)), counts)
    number = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    along = enter_m[row] + inside[row] * number / (counts[row] - 1)
    lon, lat, _ = direct(start[row, 0], start[row, 1], azimuth_deg[row], along)
    lines = np.asarray(shapely.linestrings(np.column_stack([lon, lat]), indices=row), dtype=object)
    hard = np.abs(lat) > _POLAR_DEG
    hard[1:] |= (np.abs(np.diff(lon)) > _JUMP_DEG) & (row[1:] == row[:-1])
    last = np.cumsum(counts) - 1
    for far in np.unique(row[hard]):
        ends = [last[far] - counts[far] + 1, last[far]]
        lines[far] = draw_line(lon[ends], lat[ends])
    return lines


def _step_km(start: Floats, azimuth_deg: Floats, enter_m: Floats, leave_m: Floats) -> Floats:
    """Return how long the straight pieces of each stretch may be."""
    probes = [
        np.abs(direct(start[:, 0], start[:, 1], azimuth_deg, m)[1])
        for m in (enter_m, 0.75 * enter_m + 0.25 * leave_m, (enter_m + leave_m) / 2,
                  0.25 * enter_m + 0.75 * leave_m, leave_m)
    ]  # fmt: skip
    highest = np.clip(np.max(probes, axis=0) + 2, 1, _POLAR_DEG)
    return np.asarray(_CHORD_KM * np.sqrt(_TOLERANCE_M / np.tan(np.radians(highest))))
