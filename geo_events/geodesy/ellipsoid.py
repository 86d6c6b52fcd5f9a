"""WGS 84: its numbers, the direct and inverse problem, 3D positions, and the check at every entry.

Positions in space are Earth-centred and given in units of the semi-major axis `A_M`, so that
every number is near one. Angles are degrees, lengths metres, longitude comes before latitude.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from geo_events.errors import InvalidCoordinateError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

__all__ = [
    "A_M",
    "B_M",
    "E2",
    "FLATTENING",
    "GEOD",
    "direct",
    "from_ecef",
    "inverse",
    "to_ecef",
    "validate_lonlat",
]

Floats = npt.NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
A_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
B_M = A_M * (1 - FLATTENING)
E2 = FLATTENING * (2 - FLATTENING)

_SHOWN = 5


def to_ecef(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Turn positions on the ellipsoid into vectors from the Earth's centre.

    Poles and ±180° are ordinary points here: longitude 180 and -180 give the same vector, and
    every longitude at latitude 90 gives the pole itself.

    Parameters
    ----------
    lon, lat : array_like, shape (n,) or scalar
        Degrees, EPSG:4326.

    Returns
    -------
    ndarray, shape (n, 3)
        x, y, z in units of `A_M`; shape (3,) for scalars.

    Examples
    --------
    >>> to_ecef(0.0, 0.0).tolist()
    [1.0, 0.0, 0.0]
    """
    lon = np.asarray(lon, dtype=np.float64)
    lam = np.radians(lon)
    lat = np.asarray(lat, dtype=np.float64)
    phi = np.radians(lat)
    sine = np.sin(phi)
    cosine = np.where(np.abs(lat) == 90, 0.0, np.cos(phi))
    prime = 1 / np.sqrt(1 - E2 * sine * sine)
    return np.stack(
        [
            prime * cosine * np.cos(lam),
            prime * cosine * np.where(np.abs(lon) == 180, 0.0, np.sin(lam)),
            prime * (1 - E2) * sine,
        ],
        axis=-1,
    )


def from_ecef(xyz: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Turn vectors from the Earth's centre into longitude and latitude.

    The latitude is exact for vectors that lie on the ellipsoid; a vector off it is first drawn
    to it along its own line through the centre. At a pole the longitude is 0.

    Parameters
    ----------
    xyz : array_like, shape (n, 3)
        Any length except zero.

    Returns
    -------
    lon, lat : ndarray, shape (n,)
        Degrees in [-180, 180] and [-90, 90].

    Examples
    --------
    >>> lon, lat = from_ecef(to_ecef([10.0], [50.0]))
    >>> round(float(lon[0]), 9), round(float(lat[0]), 9)
    (10.0, 50.0)
    """
    xyz = np.asarray(xyz, dtype=np.float64)
    x, y, z = xyz[..., 0], xyz[..., 1], xyz[..., 2]
    lon = np.degrees(np.arctan2(y, x))
    lat = np.degrees(np.arctan2(z, (1 - E2) * np.hypot(x, y)))
    return lon, lat


def inverse(
    lon0: npt.ArrayLike, lat0: npt.ArrayLike, lon1: npt.ArrayLike, lat1: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Solve the inverse problem: the shortest geodesic from one point to another.

    Coincident points give length 0. Of the many shortest geodesics between antipodes one is
    given: which one is PROJ's choice, and stays the same for the same input.

    Parameters
    ----------
    lon0, lat0, lon1, lat1 : array_like, shape (n,) or scalar
        Start and end, degrees; broadcast against each other. Not checked here.

    Returns
    -------
    azimuth_deg : ndarray, shape (n,)
        Direction at the start, clockwise from north, in [-180, 180].
    azimuth_end_deg : ndarray, shape (n,)
        Direction of travel at the end (forward, not back).
    length_m : ndarray, shape (n,)
        Metres.

    Notes
    -----
    Karney (2013) through PROJ: within 15 nanometres.

    Examples
    --------
    >>> round(float(inverse(0.0, 0.0, 1.0, 0.0)[2]), 3)
    111319.491
    """
    a, b, c, d = _broadcast(lon0, lat0, lon1, lat1)
    start, end, length = GEOD.inv(a, b, c, d, return_back_azimuth=False)
    return np.asarray(start), np.asarray(end), np.asarray(length)


def direct(
    lon: npt.ArrayLike, lat: npt.ArrayLike, azimuth_deg: npt.ArrayLike, length_m: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Solve the direct problem: where a geodesic of a given direction and length ends.

    Parameters
    ----------
    lon, lat : array_like, shape (n,) or scalar
        Start, degrees; all arguments broadcast against each other. Not checked here.
    azimuth_deg : array_like
        Direction at the start, clockwise from north. At a pole it counts from the meridian of
        the longitude given.
    length_m : array_like
        Metres; negative goes backwards.

    Returns
    -------
    lon, lat : ndarray, shape (n,)
        The end, longitude in [-180, 180].
    azimuth_end_deg : ndarray, shape (n,)
        Direction of travel there.

    Examples
    --------
    >>> lon, lat, _ = direct(0.0, 0.0, 90.0, 111_319.491)
    >>> round(float(lon), 6), round(float(lat), 6)
    (1.0, 0.0)
    """
    a, b, c, d = _broadcast(lon, lat, azimuth_deg, length_m)
    end_lon, end_lat, end_azimuth = GEOD.fwd(a, b, c, d, return_back_azimuth=False)
    return np.asarray(end_lon), np.asarray(end_lat), np.asarray(end_azimuth)


def validate_lonlat(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    *,
    labels: Sequence[Hashable] | None = None,
    what: str = "point",
) -> tuple[Floats, Floats]:
    """Check positions and wrap their longitudes into [-180, 180].

    Longitudes beyond ±180 up to ±360 are wrapped; 180 and -180 stay as they are. The input is
    not changed. Empty input gives empty arrays.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Degrees, EPSG:4326.
    labels : sequence, optional
        The caller's name of each row, for the message; the row number if not given.
    what : str
        What a row is, for the message ("start", "vertex").

    Returns
    -------
    lon, lat : ndarray of float64, shape (n,)
        New arrays.

    Raises
    ------
    InvalidCoordinateError
        A value is text, missing, NaN or infinite, a latitude is beyond ±90, a longitude beyond
        ±360, or the two differ in shape. Every faulty row is counted, the first ones are named.

    Examples
    --------
    >>> lon, lat = validate_lonlat([190.0], [5.0])
    >>> lon.tolist(), lat.tolist()
    ([-170.0], [5.0])
    """
    lon_deg = _as_floats(lon, "longitude", what)
    lat_deg = _as_floats(lat, "latitude", what)
    if lon_deg.shape != lat_deg.shape:
        raise InvalidCoordinateError(
            f"as many longitudes as latitudes expected for each {what}, "
            f"got shapes {lon_deg.shape} and {lat_deg.shape}"
        )
    good = np.isfinite(lon_deg) & (np.abs(lon_deg) <= 360)
    good &= np.isfinite(lat_deg) & (np.abs(lat_deg) <= 90)
    if not good.all():
        _refuse(np.atleast_1d(lon_deg), np.atleast_1d(lat_deg), np.atleast_1d(good), labels, what)
    wrapped = np.where(lon_deg > 180, lon_deg - 360, lon_deg)
    return np.where(wrapped < -180, wrapped + 360, wrapped), lat_deg + 0.0


def _broadcast(*values: npt.ArrayLike) -> list[Floats]:
    """Bring arguments to one shape, each in its own memory, as pyproj writes into it."""
    return [np.array(v) for v in np.broadcast_arrays(*(np.asarray(v, np.float64) for v in values))]


def _as_floats(values: npt.ArrayLike, name: str, what: str) -> Floats:
    """Read numbers, and only numbers: text that looks like a number is refused too."""
    array: npt.NDArray[Any] = np.asarray(values)
    if array.dtype.kind == "O":
        array = _read_objects(array, name, what)
    if array.dtype.kind not in "iuf" and array.size:
        raise InvalidCoordinateError(
            f"{name} of each {what} must be a number in degrees, got {array.dtype} "
            f"{array.ravel()[0]!r}"
        )
    return array.astype(np.float64)


def _read_objects(array: npt.NDArray[Any], name: str, what: str) -> Floats:
    """Turn an array of Python objects into numbers, naming the first that is none."""
    flat = np.empty(array.size, np.float64)
    for row, value in enumerate(array.ravel()):
        if isinstance(value, str | bytes | bool) or value is None:
            raise InvalidCoordinateError(
                f"{name} of {what} in row {row} must be a number in degrees, got {value!r}"
            )
        try:
            flat[row] = value
        except (TypeError, ValueError) as error:
            raise InvalidCoordinateError(
                f"{name} of {what} in row {row} must be a number in degrees, got {value!r}"
            ) from error
    return flat.reshape(array.shape)


def _refuse(
    lon: Floats,
    lat: Floats,
    good: npt.NDArray[np.bool_],
    labels: Sequence[Hashable] | None,
    what: str,
) -> None:
    """Raise the error that names the faulty rows."""
    rows = np.nonzero(~good)[0]
    told = []
    for row in rows[:_SHOWN]:
        label = row.item() if labels is None else labels[row]
        told.append(f"row {label!r}: lon={lon[row].item()!r}, lat={lat[row].item()!r}")
    if len(rows) > _SHOWN:
        told.append(f"and {len(rows) - _SHOWN} more rows")
    first = rows[0]
    swapped = 90 < abs(lat[first]) <= 360 and abs(lon[first]) <= 90
    hint = " (latitude and longitude swapped?)" if swapped else ""
    raise InvalidCoordinateError(
        f"each {what} needs a finite longitude within ±360° and latitude within ±90°; "
        f"{'; '.join(told)}{hint}"
    )
