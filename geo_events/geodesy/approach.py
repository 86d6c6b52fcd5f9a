"""How near tracks and movers come to each other, and where or when they stay near.

Tracks are measured here; movers in `encounters`, whose functions are at hand here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import inverse, validate_lonlat
from geo_events.geodesy.encounters import find_near_times, measure_separation_moving
from geo_events.geodesy.legs import Legs, find_feet, find_meetings
from geo_events.geodesy.movers import Mover, make_mover
from geo_events.geodesy.separations import (
    Separations,
    Stretches,
    merge_stretches,
    validate_within,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Mover",
    "Separations",
    "Stretches",
    "find_near_stretches",
    "find_near_times",
    "make_mover",
    "measure_separation_moving",
    "measure_separation_static",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Track = tuple[npt.ArrayLike, npt.ArrayLike]

_BISECTIONS = 46
_JOINED_M = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class _Ragged:
    """The legs of many tracks one after another."""

    legs: Legs
    first: Ints  # of each track, and one more
    before_m: Floats  # along the track, at each leg's start


def measure_separation_static(tracks_a: Sequence[Track], tracks_b: Sequence[Track]) -> Separations:
    """Measure how near pairs of tracks come to each other in space.

    Parameters
    ----------
    tracks_a, tracks_b : sequence of (lon, lat)
        n tracks each, paired one by one; vertices in degrees, legs are geodesics. A track of
        one vertex is a point.

    Returns
    -------
    Separations
        In the order of the pairs. Tracks that cross have distance 0 and the crossing as place.

    Raises
    ------
    InvalidInputError
        Not as many tracks on both sides, or a track without vertices.
    InvalidCoordinateError
        A vertex is not finite or out of range.

    Notes
    -----
    Two legs either cross or are nearest at an end of one of them, on any convex surface;
    feet and crossings are solved on the ellipsoid to micrometres.

    Examples
    --------
    >>> here, there = ([0, 2], [0, 0]), ([1, 1], [1, 3])
    >>> measure_separation_static([here], [there]).distance_m.round(1).tolist()
    [110574.4]
    """
    sides = _ragged(tracks_a), _ragged(tracks_b)
    pair, rows = _combine(*sides)
    pair, rows = _pruned(pair, rows, *sides)
    found = _nearest_of_legs(sides[0].legs.take(rows[0]), sides[1].legs.take(rows[1]))
    order = np.lexsort((found[0], pair))
    best = order[np.unique(pair[order], return_index=True)[1]]
    places, along = [], []
    for side, row, reach in zip(sides, rows, found[1:], strict=True):
        places += list(side.legs.take(row[best]).locate(reach[best])[:2])
        along.append(side.before_m[row[best]] + reach[best])
    nowhen = np.full(len(best), np.nan)
    return Separations(*[found[0][best], *places, *along, nowhen])


def find_near_stretches(
    tracks_a: Sequence[Track], tracks_b: Sequence[Track], within_m: float
) -> Stretches:
    """Find along which stretches of a first track the second is within a distance.

    Parameters
    ----------
    tracks_a, tracks_b : sequence of (lon, lat)
        As in `measure_separation_static`.
    within_m : float
        Metres, at least 0, at most 5,000 km.

    Returns
    -------
    Stretches
        Metres along the first track of each pair; touching stretches are one.

    Raises
    ------
    InvalidInputError, InvalidCoordinateError
        As `measure_separation_static`.
    InvalidMeasureError
        `within_m` is negative, not finite or too large.

    Notes
    -----
    Around the closest approach of two legs the distance grows to both sides, so the two ends of
    the stretch are found by bisection, to a millimetre.

    Examples
    --------
    >>> near = find_near_stretches([([0, 2], [0, 0])], [([1, 1], [0, 3])], 50_000.0)
    >>> near.begin.round(-3).tolist(), near.end.round(-3).tolist()
    ([61000.0], [161000.0])
    """
    validate_within(within_m)
    sides = _ragged(tracks_a), _ragged(tracks_b)
    pair, rows = _combine(*sides)
    first, second = (side.legs.take(row) for side, row in zip(sides, rows, strict=True))
    distance, nearest, _ = _nearest_of_legs(first, second)
    near = np.nonzero(distance <= within_m)[0]
    first, second, nearest = first.take(near), second.take(near), nearest[near]
    before = sides[0].before_m[rows[0][near]]
    begin = _edge_of_nearness(first, second, within_m, (nearest, np.zeros_like(nearest)))
    end = _edge_of_nearness(first, second, within_m, (nearest, first.length_m))
    return merge_stretches(pair[near], before + begin, before + end, _JOINED_M)


def _ragged(tracks: Sequence[Track]) -> _Ragged:
    """Turn tracks into one table of legs; a single vertex becomes a leg of length 0."""
    starts, ends, counts = [], [], []
    for number, (lon, lat) in enumerate(tracks):
        xy = np.stack(validate_lonlat(np.atleast_1d(lon), np.atleast_1d(lat), what="vertex"))
        if xy.ndim != 2 or xy.shape[1] == 0:
            raise InvalidInputError(f"track {number} has no vertices")
        if xy.shape[1] == 1:
            xy = np.repeat(xy, 2, axis=1)
        starts.append(xy[:, :-1])
        ends.append(xy[:, 1:])
        counts.append(xy.shape[1] - 1)
    start = np.concatenate([np.empty((2, 0)), *starts], axis=1)
    end = np.concatenate([np.empty((2, 0)), *ends], axis=1)
    azimuth, _, length = inverse(start[0], start[1], end[0], end[1])
    first = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    total = np.concatenate([[0.0], np.cumsum(length)])[:-1]
    before = total - np.repeat(total[first[:-1]], counts) if len(length) else total
    return _Ragged(Legs(start[0], start[1], azimuth, length), first, before)


def _combine(side_a: _Ragged, side_b: _Ragged) -> tuple[Ints, tuple[Ints, Ints]]:
    """Pair every leg of a track with every leg of its partner."""
    if len(side_a.first) != len(side_b.first):
        raise InvalidInputError(
            f"as many tracks on both sides expected, got {len(side_a.first) - 1} "
            f"and {len(side_b.first) - 1}"
        )
    count_a, count_b = np.diff(side_a.first), np.diff(side_b.first)
    count = count_a * count_b
    pair = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    row_a = side_a.first[pair] + number // np.maximum(count_b[pair], 1)
    row_b = side_b.first[pair] + number % np.maximum(count_b[pair], 1)
    return pair, (row_a, row_b)


def _pruned(
    pair: Ints, rows: tuple[Ints, Ints], side_a: _Ragged, side_b: _Ragged
) -> tuple[Ints, tuple[Ints, Ints]]:
    """Leave out pairs of legs that are farther apart than some other pair surely is."""
    middles = [np.stack(side.legs.locate(side.legs.length_m / 2)[:2]) for side in (side_a, side_b)]
    here, there = middles[0][:, rows[0]], middles[1][:, rows[1]]
    apart = inverse(here[0], here[1], there[0], there[1])[2]
    reach = (side_a.legs.length_m[rows[0]] + side_b.legs.length_m[rows[1]]) / 2
    least = np.full(int(pair.max(initial=-1)) + 1, np.inf)
    np.minimum.at(least, pair, apart)
    kept = apart - reach <= least[pair]
    return pair[kept], (rows[0][kept], rows[1][kept])


def _nearest_of_legs(first: Legs, second: Legs) -> tuple[Floats, Floats, Floats]:
    """Find distance, place on the first and place on the second for pairs of legs."""
    meets, along_first, along_second = find_meetings(first, second)
    distance = np.where(meets, 0.0, np.inf)
    along = [np.clip(along_first, 0, first.length_m), np.clip(along_second, 0, second.length_m)]
    sides = [first, second]
    for this in (0, 1):
        for at_end in (0.0, 1.0):
            reach = at_end * sides[1 - this].length_m
            lon, lat, _ = sides[1 - this].locate(reach)
            foot, apart = find_feet(sides[this], lon, lat)
            better = apart < distance
            distance = np.where(better, apart, distance)
            along[this] = np.where(better, foot, along[this])
            along[1 - this] = np.where(better, reach, along[1 - this])
    return distance, along[0], along[1]


def _edge_of_nearness(
    first: Legs, second: Legs, within_m: float, between: tuple[Floats, Floats]
) -> Floats:
    """Bisect for the place on the first leg where the second is just within the distance."""
    near, far = (np.array(value) for value in between)
    lon, lat, _ = first.locate(far)
    whole = find_feet(second, lon, lat)[1] <= within_m
    for _ in range(_BISECTIONS):
        middle = (near + far) / 2
        lon, lat, _ = first.locate(middle)
        inside = find_feet(second, lon, lat)[1] <= within_m
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return np.where(whole, between[1], near)
