"""How much longer than the straight line a route may be, and what it then can cross or avoid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.ellipsoid import inverse
from geo_events.measures import parse_fraction, parse_length

__all__ = ["Allowance", "Allowed", "make_allowance", "measure_allowed"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long a route may be.

    Parameters
    ----------
    text : str
        As it was given.
    detour : float or None
        Fraction by which it may be longer than the straight line.
    max_length_m : float or None
        Metres that it may have at most.
    samples : int
        From how many origins it is judged; a power of two.
    """

    text: str
    detour: float | None
    max_length_m: float | None
    samples: int = 512

    def limits_m(self, straight_m: Floats) -> Floats:
        """Return how long each route may be, metres, given the straight lines' lengths."""
        limit = np.full_like(straight_m, np.inf)
        if self.detour is not None:
            limit = straight_m * (1 + self.detour)
        if self.max_length_m is not None:
            limit = np.minimum(limit, self.max_length_m)
        return limit


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """Shares of lines for which a route within the allowance can cross, or avoid, a territory.

    Parameters
    ----------
    can_cross, can_avoid : ndarray, shape (t,)
        By territory number.
    """

    can_cross: Floats
    can_avoid: Floats


def make_allowance(detour: str | None, max_length: str | None) -> Allowance | None:
    """Read an allowance.

    Parameters
    ----------
    detour : str or None
        Such as "5 %".
    max_length : str or None
        Such as "1500 km".

    Returns
    -------
    Allowance or None
        None where neither is given.

    Raises
    ------
    InvalidMeasureError
        Without a unit.

    Examples
    --------
    >>> make_allowance("5 %", None).detour
    0.05
    """
    if detour is None and max_length is None:
        return None
    text = " and at most ".join(part for part in (detour, max_length) if part is not None)
    return Allowance(
        text=text,
        detour=None if detour is None else parse_fraction(detour, name="detour"),
        max_length_m=None if max_length is None else parse_length(max_length, name="max_length"),
    )


def measure_allowed(
    lines: Floats, polygons: npt.NDArray[Any], listed: npt.NDArray[np.int64], allowance: Allowance
) -> Allowed:
    """Measure what routes within an allowance can cross and avoid.

    Parameters
    ----------
    lines : ndarray, shape (n, 4)
        Straight lines that stand for all lines: lon0, lat0, lon1, lat1.
    polygons : ndarray of shapely geometries, shape (t,)
        The territories.
    listed : ndarray of int64
        Those that some straight line crosses; the others are only looked at for `can_cross`.
    allowance : Allowance
        How long a route may be.

    Returns
    -------
    Allowed
        Shares of the lines.
    """
    allowance.limits_m(inverse(*lines.T)[2])
    raise NotImplementedError
