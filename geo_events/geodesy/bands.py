"""True-width bands: all points within half a width of a track, on the ellipsoid."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.ellipsoid import direct, inverse, validate_lonlat
from geo_events.geodesy.planes import EARTH_M, Stereographic, as_lonlat_polygon, to_normal
from geo_events.geodesy.rings import trace_circle, validate_radius, validate_tolerance

__all__ = ["MAX_HALF_WIDTH_M", "make_band"]

Floats = npt.NDArray[np.float64]
Geometry = Any

MAX_HALF_WIDTH_M = 5_000_000.0
"""A band of this half-width covers half of the Earth's circumference across."""

_STRIP_M = 1_000_000.0
_RUNG_M = 50_000.0
_CANDIDATES = 1_000
_LEAST_GAP_RAD = math.radians(2)


@dataclass(frozen=True, slots=True)
class _Fineness:
    """How a band is traced: the plane, the step along and the sagitta of its round ends."""

    plane: Stereographic
    half_width_m: float
    step_m: float
    sagitta_m: float


def make_band(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    half_width_m: float,
    *,
    tolerance_m: float = 1.0,
) -> Geometry:
    """Make the area within half a width of a track, with round ends.

    Legs are geodesics. What overlaps (at via points, where a track crosses itself, beyond a
    pole) is united. A track of no length gives a disc.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Vertices of the track, degrees, EPSG:4326; at least two.
    half_width_m : float
        Metres; above 0, at most `MAX_HALF_WIDTH_M`.
    tolerance_m : float
        How far the straight lon/lat edges of the polygon may leave the true band, metres. It
        holds everywhere, also beyond 85° and across a pole. Fewer vertices for a larger one:
        their number goes with one over its square root.

    Returns
    -------
    shapely Polygon or MultiPolygon
        EPSG:4326, valid, cut at ±180° (RFC 7946).

    Raises
    ------
    InvalidInputError
        Fewer than two vertices.
    InvalidCoordinateError
        A vertex is not finite or out of range.
    InvalidMeasureError
        The half-width is not above 0 or larger than `MAX_HALF_WIDTH_M`, the band would cover
        nearly the whole Earth, or the tolerance is below 1 cm.

    Notes
    -----
    Both sides are traced by the direct problem at right angles to the track (Karney 2013); the
    union is made in one stereographic plane opposite the place farthest from the track.

    Examples
    --------
    >>> band = make_band([0.0, 10.0], [0.0, 0.0], 111_319.49079)
    >>> [round(value, 3) for value in band.bounds]
    [-1.0, -1.007, 11.0, 1.007]
    """
    lons, lats = validate_lonlat(lon, lat, what="vertex")
    if lons.ndim != 1 or len(lons) < 2:
        raise InvalidInputError(f"a track needs at least two vertices, got {lons.size}")
    _validate_half_width(half_width_m)
    validate_tolerance(tolerance_m)
    azimuth, _, length = inverse(lons[:-1], lats[:-1], lons[1:], lats[1:])
    fine = _choose_fineness(lons, lats, azimuth, length, (half_width_m, tolerance_m))
    pieces = [_disc(*place, fine) for place in sorted(set(zip(lons, lats, strict=True)))]
    for leg in np.nonzero(length > 0)[0]:
        pieces += _leg_strips(lons[leg], lats[leg], azimuth[leg], length[leg], fine)
    return as_lonlat_polygon(shapely.union_all(pieces), fine.plane, 0.5 * tolerance_m)


def _validate_half_width(half_width_m: float) -> None:
    """Refuse a half-width that is not above 0 or larger than the Earth allows."""
    validate_radius(half_width_m, "half-width of a band")
    if half_width_m > MAX_HALF_WIDTH_M:
        raise InvalidMeasureError(
            f"half-width of a band must be at most {MAX_HALF_WIDTH_M / 1000:.0f} km "
            f"(then it is half of the Earth across), got {half_width_m / 1000!r} km"
        )


def _choose_fineness(
    lon: Floats,
    lat: Floats,
    azimuth: Floats,
    length: Floats,
    sizes: tuple[float, float],
) -> _Fineness:
    """Choose the plane whose missing point lies farthest from the band, and the steps."""
    half_width_m, tolerance_m = sizes
    seen = [to_normal(lon, lat)]
    for leg in range(len(length)):
        along = np.linspace(0, length[leg], 2 + int(length[leg] // 200_000))
        seen.append(to_normal(*direct(lon[leg], lat[leg], azimuth[leg], along)[:2]))
    track = np.concatenate(seen)
    candidates = np.vstack([_spread_points(_CANDIDATES), -track.mean(axis=0)])
    candidates /= np.maximum(np.linalg.norm(candidates, axis=1), 1e-12)[:, None]
    nearest = (candidates @ track.T).max(axis=1)
    best = int(np.argmin(nearest))
    gap = math.acos(min(1.0, max(-1.0, nearest[best]))) - half_width_m / 6_335_000.0
    if gap < _LEAST_GAP_RAD:
        raise InvalidMeasureError(
            f"a band of half-width {half_width_m / 1000:.0f} km about this track would cover "
            "nearly the whole Earth; give a smaller width"
        )
    bend = 1 / math.tan(gap / 2) + math.tan(half_width_m / EARTH_M) + 0.1
    step = math.sqrt(8 * 0.3 * tolerance_m * EARTH_M / bend)
    plane = Stereographic.centred(-candidates[best])
    return _Fineness(plane, half_width_m, step, 0.15 * tolerance_m)


def _spread_points(count: int) -> Floats:
    """Spread points evenly over the sphere (Fibonacci lattice)."""
    k = np.arange(count) + 0.5
    z = 1 - 2 * k / count
    turn = k * math.pi * (3 - math.sqrt(5))
    return np.column_stack(
        [np.sqrt(1 - z * z) * np.cos(turn), np.sqrt(1 - z * z) * np.sin(turn), z]
    )


def _disc(lon: float, lat: float, fine: _Fineness) -> Geometry:
    """Make the round end or joint about a vertex."""
    plain = math.sqrt(fine.sagitta_m * 8 / max(fine.half_width_m, 1.0)) * fine.half_width_m
    sagitta = fine.sagitta_m * min(1.0, (fine.step_m / plain) ** 2)
    circle = trace_circle(lon, lat, fine.half_width_m, sagitta)
    return _sound(shapely.Polygon(fine.plane.forward(*circle)))


def _leg_strips(
    lon: float, lat: float, azimuth: float, length: float, fine: _Fineness
) -> list[Geometry]:
    """Cover a leg by strips that share the line across between them."""
    strips = math.ceil(length / _STRIP_M)
    steps = strips * math.ceil(length / strips / fine.step_m)
    along = np.linspace(0.0, length, steps + 1)
    track_lon, track_lat, heading = direct(lon, lat, azimuth, along)
    left, right = (
        fine.plane.forward(*direct(track_lon, track_lat, heading + side, fine.half_width_m)[:2])
        for side in (-90, 90)
    )
    cuts = np.linspace(0, steps, strips + 1).astype(int)
    rungs = [_rung(track_lon[k], track_lat[k], heading[k], fine) for k in cuts]
    return [
        _sound(
            shapely.Polygon(
                np.vstack(
                    [left[a : b + 1], rungs[n + 1], right[a : b + 1][::-1], rungs[n][::-1]],
                ),
            ),
        )
        for n, (a, b) in enumerate(itertools.pairwise(cuts))
    ]


def _rung(lon: float, lat: float, heading: float, fine: _Fineness) -> Floats:
    """Trace the line across the track from its left to its right, without its ends."""
    half = math.ceil(fine.half_width_m / _RUNG_M)
    across = np.linspace(-fine.half_width_m, fine.half_width_m, 2 * half + 1)[1:-1]
    return fine.plane.forward(*direct(lon, lat, heading + 90, across)[:2])


def _sound(polygon: Geometry) -> Geometry:
    """Repair a polygon only where it must be."""
    return polygon if polygon.is_valid else shapely.make_valid(polygon)
