"""How much longer than the straight line a route may be, and what it then can cross or avoid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.corridors.extents import find_reach, measure_extent_km
from geo_events.corridors.sampling import sample_end
from geo_events.errors import InvalidInputError
from geo_events.geodesy.detours import Allowance, measure_can_avoid, measure_can_cross
from geo_events.geodesy.ellipsoid import inverse
from geo_events.measures import format_km, parse_fraction, parse_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.ends import End

__all__ = ["Allowed", "Judge", "check_max_length", "make_allowance", "say_allowance"]

Floats = npt.NDArray[np.float64]

_ORIGINS = 256
_TARGETS = 4
_DEGREE_M = 110_500.0
_HIGHEST = 85.0
_LONGEST_M = 20_000_000.0
_EXTENT_ACCURACY_KM = 1.0


@dataclass(frozen=True, slots=True)
class Allowed:
    """What routes within an allowance can do at one territory, as shares of the lines.

    Parameters
    ----------
    can_cross, can_avoid : float
        From 0 to 1.
    """

    can_cross: float
    can_avoid: float


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
    return Allowance(
        detour=None if detour is None else parse_fraction(detour, name="detour"),
        max_length_m=None if max_length is None else parse_length(max_length, name="max_length"),
    )


def check_max_length(allowance: Allowance | None, origin: End, target: End) -> None:
    """Refuse a greatest length that no route between two ends can keep.

    Parameters
    ----------
    allowance : Allowance or None
        As read.
    origin, target : End
        Points or areas; for areas the shortest straight line between them counts.

    Raises
    ------
    InvalidInputError
        A greatest length shorter than the straight line, by more than the measure's own accuracy.
    """
    if allowance is None or allowance.max_length_m is None:
        return
    shortest_km, _ = measure_extent_km(origin.geometry, target.geometry)
    if allowance.max_length_m / 1000 < shortest_km - _EXTENT_ACCURACY_KM:
        which = "shortest straight line" if origin.is_area or target.is_area else "straight line"
        raise InvalidInputError(
            f"max_length: {format_km(allowance.max_length_m / 1000)} is shorter than the {which} "
            f"({format_km(shortest_km)}): no route fits"
        )


class Judge:
    """Judges territories for one pair of ends and one allowance.

    Parameters
    ----------
    origin, target : End
        Points or areas.
    allowance : Allowance
        How long a route may be.
    """

    def __init__(self, origin: End, target: End, allowance: Allowance) -> None:
        # Ways are as long forth as back: the side with fewer points is looked at from the other.
        many, few = (origin, target) if origin.is_area else (target, origin)
        self._lon, self._lat = sample_end(many, _ORIGINS if many.is_area else 1)
        count = _TARGETS if few.is_area else 1
        self._targets = list(zip(*sample_end(few, count), strict=True))
        self._rows = [np.arange(k, len(self._lon), count) for k in range(count)]
        self._allowance = allowance
        self._ends = (origin.geometry, target.geometry)
        self._straight = [
            inverse(self._lon[rows], self._lat[rows], *target)[2]
            for rows, target in zip(self._rows, self._targets, strict=True)
        ]
        self._limit = [allowance.limit(straight) for straight in self._straight]

    def can_cross(self, territory: BaseGeometry) -> float:
        """Return the share of lines for which some route can cross a territory."""
        return self._share(measure_can_cross, territory)

    def reachable(self, polygons: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Return the rows of the polygons that some route might reach; rather too many."""
        half_m = max(
            float(_half_width(*pair).max())
            for pair in zip(self._limit, self._straight, strict=True)
        )
        envelope = find_reach(*self._ends)
        west, south, east, north = envelope.bounds
        highest = min(max(abs(south), abs(north)) + half_m / _DEGREE_M, _HIGHEST)
        reach = half_m / _DEGREE_M / math.cos(math.radians(highest))
        if west - reach < -180 or east + reach > 180 or highest == _HIGHEST:
            return np.arange(len(polygons))
        return np.nonzero(shapely.dwithin(envelope, polygons, reach))[0]

    def judge(self, territory: BaseGeometry) -> Allowed:
        """Measure what routes can do at a territory."""
        return Allowed(
            can_cross=self.can_cross(territory),
            can_avoid=self._share(measure_can_avoid, territory),
        )

    def _share(
        self, measure: Callable[..., npt.NDArray[np.bool_]], territory: BaseGeometry
    ) -> float:
        """Return the share of lines for which it holds."""
        found = [
            measure(self._lon[rows], self._lat[rows], target, territory, self._allowance)
            for rows, target in zip(self._rows, self._targets, strict=True)
        ]
        return float(np.concatenate(found).mean())


def say_allowance(detour: str | None, max_length: str | None) -> str:
    """Name a route within an allowance.

    Parameters
    ----------
    detour, max_length : str or None
        As given.

    Returns
    -------
    str
        Such as "a route 5 % longer"; empty without either.

    Examples
    --------
    >>> say_allowance("5 %", None), say_allowance(None, "1500 km")
    ('a route 5 % longer', 'a route of at most 1500 km')
    """
    longer = "" if detour is None else f" {detour} longer"
    at_most = "" if max_length is None else f" of at most {max_length}"
    both = " and" if longer and at_most else ""
    return f"a route{longer}{both}{at_most}" if longer or at_most else ""


def _half_width(limit_m: Floats, straight_m: Floats) -> Floats:
    """Return how far from the straight line a route of some length can come, and a little more."""
    longer = np.maximum(np.minimum(limit_m, _LONGEST_M) ** 2 - straight_m**2, 0.0)
    return np.asarray(0.55 * np.sqrt(longer))
