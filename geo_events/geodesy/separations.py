"""Values of closest approach, for tracks and movers alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo_events.errors import InvalidMeasureError

__all__ = ["Separations", "Stretches", "merge_stretches", "validate_within"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Separations:
    """The closest approach of n pairs; shape (n,) each.

    Parameters
    ----------
    distance_m : ndarray
        Geodesic distance; 0 where tracks cross. NaN if movers are never under way together.
    lon_a, lat_a, lon_b, lat_b : ndarray
        The two nearest points, degrees.
    along_a_m, along_b_m : ndarray
        Where on the tracks, metres from their starts.
    time_s : ndarray
        When, for movers; NaN for tracks without time.
    """

    distance_m: Floats
    lon_a: Floats
    lat_a: Floats
    lon_b: Floats
    lat_b: Floats
    along_a_m: Floats
    along_b_m: Floats
    time_s: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Where or when pairs stay near each other; sorted by pair, then begin.

    Parameters
    ----------
    pair : ndarray of int, shape (m,)
        Number of the pair, from 0. A pair that is never near has no row.
    begin, end : ndarray, shape (m,)
        Metres along the first track, or seconds for movers.
    """

    pair: Ints
    begin: Floats
    end: Floats


def validate_within(within_m: float) -> None:
    """Refuse a distance that is negative, not finite or larger than 5,000 km.

    Parameters
    ----------
    within_m : float
        Metres.

    Raises
    ------
    InvalidMeasureError
        If so.

    Examples
    --------
    >>> validate_within(37_040.0)
    """
    if not (math.isfinite(within_m) and 0 <= within_m <= 5e6):
        raise InvalidMeasureError(
            f"a distance of 0 to 5,000 km expected to stay within, got {within_m!r} m"
        )


def merge_stretches(pair: Ints, begin: Floats, end: Floats, joined: float) -> Stretches:
    """Sort stretches and unite those of one pair that overlap or nearly touch.

    Parameters
    ----------
    pair : ndarray of int, shape (m,)
        Whose they are.
    begin, end : ndarray, shape (m,)
        Their ends.
    joined : float
        Largest gap that is closed.

    Returns
    -------
    Stretches
        Disjoint.

    Examples
    --------
    >>> whole = merge_stretches(np.zeros(2, int), np.array([0., 1.]), np.array([1., 2.]), 0.0)
    >>> whole.begin.tolist(), whole.end.tolist()
    ([0.0], [2.0])
    """
    order = np.lexsort((begin, pair))
    rows: list[tuple[int, float, float]] = []
    for k in order:
        if rows and rows[-1][0] == pair[k] and begin[k] <= rows[-1][2] + joined:
            rows[-1] = (rows[-1][0], rows[-1][1], max(rows[-1][2], float(end[k])))
        else:
            rows.append((int(pair[k]), float(begin[k]), float(end[k])))
    table = np.array(rows, float).reshape(-1, 3)
    return Stretches(table[:, 0].astype(np.int64), table[:, 1], table[:, 2])
