"""Range rings: all points within a distance of a centre, on the ellipsoid."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidMeasureError
from geo_events.geodesy.ellipsoid import direct, validate_lonlat
from geo_events.geodesy.planes import EARTH_M, Stereographic, as_lonlat_polygon, to_normal

__all__ = ["MAX_RADIUS_M", "make_ring", "trace_circle"]

Floats = npt.NDArray[np.float64]
Geometry = Any

MAX_RADIUS_M = 19_900_000.0
"""Beyond this radius, geodesics from the centre begin to meet each other near the antipode."""

_FEWEST = 24


def make_ring(lon: float, lat: float, radius_m: float, *, tolerance_m: float = 1.0) -> Geometry:
    """Make the area within a distance of a point.

    Works at the poles, across ±180° and for more than half the Earth: a ring round a pole is
    closed along ±90°, one with both poles inside leaves out the area round the antipode.

    Parameters
    ----------
    lon, lat : float
        The centre, degrees, EPSG:4326.
    radius_m : float
        Geodesic distance, metres; above 0, at most `MAX_RADIUS_M`.
    tolerance_m : float
        How far the straight lon/lat edges of the polygon may leave the true ring, metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        EPSG:4326, cut at ±180° (RFC 7946).

    Raises
    ------
    InvalidCoordinateError
        The centre is not finite or out of range.
    InvalidMeasureError
        The radius is not above 0, not finite, or larger than `MAX_RADIUS_M`.

    Notes
    -----
    The direct problem at each azimuth (Karney 2013): vertices are exact.

    Examples
    --------
    >>> ring = make_ring(0.0, 0.0, 111_319.49079)
    >>> [round(value, 4) for value in ring.bounds]
    [-1.0, -1.0067, 1.0, 1.0067]
    """
    lons, lats = validate_lonlat([lon], [lat], what="centre")
    validate_radius(radius_m, "radius")
    validate_tolerance(tolerance_m)
    plane = Stereographic.centred(to_normal(lons[0], lats[0]))
    circle = trace_circle(float(lons[0]), float(lats[0]), radius_m, 0.4 * tolerance_m)
    return as_lonlat_polygon(shapely.Polygon(plane.forward(*circle)), plane, 0.5 * tolerance_m)


def trace_circle(
    lon: float, lat: float, radius_m: float, sagitta_m: float
) -> tuple[Floats, Floats]:
    """Trace a geodesic circle, finely enough that chords stay within a sagitta of it.

    Parameters
    ----------
    lon, lat : float
        The centre, degrees.
    radius_m : float
        Metres.
    sagitta_m : float
        How far a chord may leave the circle, metres.

    Returns
    -------
    lon, lat : ndarray, shape (n,)
        Clockwise from north, degrees; the first point is not repeated.

    Examples
    --------
    >>> len(trace_circle(0.0, 0.0, 1000.0, 1000.0)[0])
    24
    """
    bow = EARTH_M * max(math.sin(radius_m / EARTH_M), 0.01 * radius_m / EARTH_M)
    count = max(_FEWEST, math.ceil(2 * math.pi / math.sqrt(8 * sagitta_m / bow)))
    azimuth = np.arange(count) * (360.0 / count)
    return direct(lon, lat, azimuth, radius_m)[:2]


def validate_radius(radius_m: float, what: str) -> None:
    """Refuse a radius or half-width that is no length above 0 or reaches round the Earth.

    Parameters
    ----------
    radius_m : float
        Metres.
    what : str
        Its name in the message.

    Raises
    ------
    InvalidMeasureError
        Not above 0, not finite, or larger than `MAX_RADIUS_M`.

    Examples
    --------
    >>> validate_radius(1.0, "radius")
    """
    if not (math.isfinite(radius_m) and radius_m > 0):
        raise InvalidMeasureError(f"{what} must be a length above 0 m, got {radius_m!r}")
    if radius_m > MAX_RADIUS_M:
        raise InvalidMeasureError(
            f"{what} must be at most {MAX_RADIUS_M / 1000:.0f} km, since half the Earth's "
            f"circumference is 20,004 km; got {radius_m / 1000!r} km"
        )


def validate_tolerance(tolerance_m: float) -> None:
    """Refuse a tolerance that is no length of at least a centimetre.

    Parameters
    ----------
    tolerance_m : float
        Metres.

    Raises
    ------
    InvalidMeasureError
        Below 0.01 m, or not finite.

    Examples
    --------
    >>> validate_tolerance(1.0)
    """
    if not (math.isfinite(tolerance_m) and tolerance_m >= 0.01):
        raise InvalidMeasureError(f"tolerance must be at least 0.01 m, got {tolerance_m!r}")
