"""Walk along many geodesics at once, without solving the direct problem again for every point.

A geodesic on the ellipsoid is a great circle on the auxiliary sphere (Bessel). Its arc angle
`sigma` counts from the northward crossing of the equator. Two fixed vectors give the point on
the sphere for any sigma; a small turn about the axis and a squeeze of z bring it back to the
ellipsoid. Series of third order in Karney's epsilon hold a walk within 0.1 mm.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.ellipsoid import A_M, B_M, E2, FLATTENING

__all__ = [
    "LONGEST_PIECE_RAD",
    "NUDGE",
    "GeodesicLines",
    "make_lines",
    "measure_along",
    "step_along",
    "step_with_slope",
]

Floats = npt.NDArray[np.float64]

_N = FLATTENING / (2 - FLATTENING)
_EP2 = E2 / (1 - E2)

PIECE_RAD = 100_000.0 / A_M
LONGEST_PIECE_RAD = 3 * PIECE_RAD

# All points of all walks are moved by about 10 micrometres: a turn to the east, along z to the
# north, and a trace along x for the poles. So a track that begins on a border, or runs along a
# meridian border, is clearly on its east or north side, and rounding never decides.
NUDGE = (2e-12, 1.3e-12, 5e-14)


class GeodesicLines(NamedTuple):
    """Geodesics ready to be walked along; each field has shape (n,) or (n, 3).

    Attributes
    ----------
    node, quarter : ndarray, shape (n, 3)
        Points of the auxiliary great circle at sigma 0 and 90°.
    begin, end : ndarray
        Sigma at both ends, radians.
    turn1, turn2, turn4 : ndarray
        Longitude correction: `turn1 * sigma + turn2 * sin(2 sigma) + turn4 * sin(4 sigma)`.
    turn0 : ndarray
        What that sum is at the start, so that the correction is 0 there.
    scale : ndarray
        Metres per radian of sigma, on average.
    wave2, wave4, wave6 : ndarray
        Length from the equator: `scale * (sigma + wave2 * sin(2 sigma) + ...)`.
    length0 : ndarray
        Length from the equator to the start, metres.
    length_m : ndarray
        Length of the whole geodesic.
    pieces : ndarray of int64
        Pieces the line is cut into, so that the plane of each leaves it by at most 0.66 m.
    """

    node: Floats
    quarter: Floats
    begin: Floats
    end: Floats
    turn1: Floats
    turn2: Floats
    turn4: Floats
    turn0: Floats
    scale: Floats
    wave2: Floats
    wave4: Floats
    wave6: Floats
    length0: Floats
    length_m: Floats
    pieces: npt.NDArray[np.int64]

    def take(self, which: npt.NDArray[np.int64]) -> GeodesicLines:
        """Keep or repeat some of the lines."""
        fields: Any = (field[which] for field in self)
        return GeodesicLines(*fields)


def make_lines(lon: Floats, lat: Floats, azimuth_deg: Floats, length_m: Floats) -> GeodesicLines:
    """Prepare geodesics, given by start, direction and length.

    Parameters
    ----------
    lon, lat, azimuth_deg : ndarray, shape (n,)
        Degrees. At a pole the azimuth counts from the meridian of the longitude given.
    length_m : ndarray, shape (n,)
        Metres, not negative.

    Returns
    -------
    GeodesicLines

    Notes
    -----
    Karney, "Algorithms for geodesics" (2013), equations 15 to 25.
    """
    lam, alpha = np.radians(lon), np.radians(azimuth_deg)
    sin_lam = np.where(np.abs(lon) == 180, 0.0, np.sin(lam))
    cos_lam, sin_alpha, cos_alpha = np.cos(lam), np.sin(alpha), np.cos(alpha)
    sin_beta, cos_beta = _reduced(lat)
    sin_alpha0 = sin_alpha * cos_beta
    begin = np.arctan2(sin_beta, cos_alpha * cos_beta)
    begin = np.where(begin == -np.pi, np.pi, begin)
    point = np.stack([cos_beta * cos_lam, cos_beta * sin_lam, sin_beta], axis=1)
    east = np.stack([-sin_lam, cos_lam, np.zeros_like(lam)], axis=1)
    north = np.stack([-sin_beta * cos_lam, -sin_beta * sin_lam, cos_beta], axis=1)
    ahead = sin_alpha[:, None] * east + cos_alpha[:, None] * north
    sin_begin, cos_begin = np.sin(begin)[:, None], np.cos(begin)[:, None]
    k2 = _EP2 * (1 - sin_alpha0 * sin_alpha0)
    root = np.sqrt(1 + k2)
    eps = (root - 1) / (root + 1)
    scale, waves = _length_series(eps)
    turns = _longitude_series(eps, -FLATTENING * sin_alpha0)
    from_equator = begin + _waves(begin, *waves)
    tau = from_equator + length_m / scale
    end = tau + _waves(
        tau,
        eps / 2 - 9 * eps**3 / 32,
        5 * eps**2 / 16 - 37 * eps**4 / 96,
        29 * eps**3 / 96,
    )
    return GeodesicLines(
        point * cos_begin - ahead * sin_begin,
        point * sin_begin + ahead * cos_begin,
        begin,
        np.maximum(end, begin),
        *turns,
        turns[0] * begin + _waves(begin, turns[1], turns[2]),
        scale,
        *waves,
        scale * from_equator,
        length_m,
        _count_pieces(sin_alpha0, begin, end),
    )


def _count_pieces(sin_alpha0: Floats, begin: Floats, end: Floats) -> npt.NDArray[np.int64]:
    """Into how many pieces the lines are cut.

    A plane through the Earth's centre leaves the geodesic of length d by at most
    f / (4 a) |sin(alpha0) sin(beta)| d²: 0.66 m for 100 km in the worst place, 45° north or
    south; along the equator or a meridian pieces may be as long as the grid allows.
    """
    top = np.where(
        np.floor(begin / np.pi + 0.5) < np.floor(end / np.pi + 0.5),
        1.0,
        np.maximum(np.abs(np.sin(begin)), np.abs(np.sin(end))),
    )
    bend = 2 * np.abs(sin_alpha0) * np.sqrt(1 - np.minimum(sin_alpha0 * sin_alpha0, 1)) * top
    longest = PIECE_RAD / np.sqrt(np.maximum(bend, (PIECE_RAD / LONGEST_PIECE_RAD) ** 2))
    count: npt.NDArray[np.int64] = np.ceil((end - begin) / longest).astype(np.int64)
    return np.maximum(count, 1)


def _reduced(lat: Floats) -> tuple[Floats, Floats]:
    """Sine and cosine of the reduced latitude; the cosine is exactly 0 at a pole."""
    phi = np.radians(lat)
    sine, cosine = (1 - FLATTENING) * np.sin(phi), np.where(np.abs(lat) == 90, 0.0, np.cos(phi))
    norm = np.hypot(sine, cosine)
    return sine / norm, cosine / norm


def _length_series(eps: Floats) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
    """Coefficients of length over sigma (Karney's A1 and C1)."""
    a1 = (1 + eps**2 / 4 + eps**4 / 64) / (1 - eps)
    waves = (-eps / 2 + 3 * eps**3 / 16, -(eps**2) / 16 + eps**4 / 32, -(eps**3) / 48)
    return B_M * a1, waves


def _longitude_series(eps: Floats, factor: Floats) -> tuple[Floats, Floats, Floats]:
    """Coefficients of the longitude correction over sigma (Karney's A3 and C3)."""
    a3 = (
        1
        - (1 / 2 - _N / 2) * eps
        - (1 / 4 + _N / 8 - 3 * _N**2 / 8) * eps**2
        - (1 / 16 + 3 * _N / 16) * eps**3
    )
    c31 = (1 / 4 - _N / 4) * eps + (1 / 8 - _N**2 / 8) * eps**2 + 3 / 64 * eps**3
    c32 = (1 / 16 - 3 * _N / 32) * eps**2 + 3 / 64 * eps**3
    turn1 = factor * a3
    return turn1, turn1 * c31, turn1 * c32


def _waves(angle: Floats, one: Floats, two: Floats, three: Floats | float = 0.0) -> Floats:
    """Sum of sines of 2, 4 and 6 times an angle."""
    sin2, cos2 = np.sin(2 * angle), np.cos(2 * angle)
    sin4 = 2 * sin2 * cos2
    sin6 = sin4 * cos2 + (2 * cos2 * cos2 - 1) * sin2
    total: Floats = one * sin2 + two * sin4 + three * sin6
    return total


def step_along(lines: GeodesicLines, sigma: Floats) -> Floats:
    """Points at given arc angles, one for each line, moved by `NUDGE`.

    Parameters
    ----------
    lines : GeodesicLines
    sigma : ndarray, shape (n,)

    Returns
    -------
    ndarray, shape (3, n)
        Vectors from the Earth's centre in units of `A_M`.
    """
    return _turned(lines, sigma, np.sin(sigma), np.cos(sigma))[0]


def step_with_slope(lines: GeodesicLines, sigma: Floats) -> tuple[Floats, Floats]:
    """Points as `step_along` gives them, and their change with sigma.

    Parameters
    ----------
    lines : GeodesicLines
    sigma : ndarray, shape (n,)

    Returns
    -------
    points, slope : ndarray, shape (3, n)
        In units of `A_M`, and of `A_M` per radian.
    """
    sine, cosine = np.sin(sigma), np.cos(sigma)
    points, cos_turn, sin_turn = _turned(lines, sigma, sine, cosine)
    cos2 = 1 - 2 * sine * sine
    spin = lines.turn1 + 2 * lines.turn2 * cos2 + 4 * lines.turn4 * (2 * cos2 * cos2 - 1)
    x, y, z = (lines.quarter * cosine[:, None] - lines.node * sine[:, None]).T
    slope = np.empty((3, len(sigma)))
    slope[0] = x * cos_turn - y * sin_turn - spin * points[1]
    slope[1] = y * cos_turn + x * sin_turn + spin * points[0]
    slope[2] = (1 - FLATTENING) * z
    return points, slope


def _turned(
    lines: GeodesicLines, sigma: Floats, sine: Floats, cosine: Floats
) -> tuple[Floats, Floats, Floats]:
    """Points on the ellipsoid, with the cosine and sine of the longitude correction."""
    sin2 = 2 * sine * cosine
    cos2 = 1 - 2 * sine * sine
    turn = lines.turn1 * sigma + lines.turn2 * sin2 + lines.turn4 * (2 * sin2 * cos2)
    turn += NUDGE[0] - lines.turn0
    x = lines.node[:, 0] * cosine + lines.quarter[:, 0] * sine
    y = lines.node[:, 1] * cosine + lines.quarter[:, 1] * sine
    z = lines.node[:, 2] * cosine + lines.quarter[:, 2] * sine
    square = turn * turn
    cos_turn = 1 - square * (0.5 - square / 24)
    sin_turn = turn * (1 - square / 6 * (1 - square / 20))
    out = np.empty((3, len(sigma)))
    out[0] = x * cos_turn - y * sin_turn + NUDGE[2]
    out[1] = y * cos_turn + x * sin_turn
    out[2] = (1 - FLATTENING) * z + NUDGE[1]
    return out, cos_turn, sin_turn


def measure_along(lines: GeodesicLines, sigma: Floats) -> Floats:
    """Metres from the start of each line to given arc angles."""
    waves = _waves(sigma, lines.wave2, lines.wave4, lines.wave6)
    return lines.scale * (sigma + waves) - lines.length0
