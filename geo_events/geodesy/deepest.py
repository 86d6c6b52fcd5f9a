"""Where along its way a stay is farthest from the border, by branch and bound.

A border point that is nearest to one place bounds the distance at all others: on a stretch of
geodesic the distance from a fixed point first falls, then rises. So between two places with
known nearest border points no place is farther than where both points are equally far. That is
looked at next, in rounds, for all stays at once, while it could still win.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.ellipsoid import A_M

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Stretches", "find_deepest"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LEAST = 10.0 / A_M
_SHARE = 5e-4
_LONGEST_M = 4_000_000.0
_ROUNDS = 60
_NEWTON = 2


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of lines, and whether each begins and ends on the border itself.

    Parameters
    ----------
    enter_m, leave_m : ndarray, shape (n,)
        Metres along the line.
    enters, leaves : ndarray of bool, shape (n,)
        Whether the stretch begins, or ends, on the border.
    """

    enter_m: Floats
    leave_m: Floats
    enters: npt.NDArray[np.bool_]
    leaves: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.enter_m)


@dataclass(frozen=True, slots=True, eq=False)
class _Gaps:
    """Intervals between places that were looked at: whose, where, and the border points there."""

    owner: Ints
    low: Floats
    high: Floats
    at_low: Floats
    at_high: Floats
    foot_low: Floats
    foot_high: Floats

    def take(self, rows: npt.NDArray[Any]) -> _Gaps:
        """Return some of the intervals."""
        return _Gaps(*(getattr(self, name)[rows] for name in self.__slots__))

    def split(self, along: Floats, place: Floats, foot: Floats) -> _Gaps:
        """Return both parts of every interval, divided at one place each."""
        join = np.concatenate
        return _Gaps(
            join([self.owner, self.owner]),
            join([self.low, along]),
            join([along, self.high]),
            join([self.at_low, place]),
            join([place, self.at_high]),
            join([self.foot_low, foot]),
            join([foot, self.foot_high]),
        )

    def bound(self, place: Floats) -> Floats:
        """Return what no distance within an interval exceeds, from any place within it."""
        return np.maximum(_apart(place, self.foot_low), _apart(place, self.foot_high))


@dataclass(frozen=True, slots=True, eq=False)
class _Best:
    """The deepest place of each stretch that was found so far; filled in place."""

    depth: Floats
    along: Floats
    foot: Floats

    def improve(self, owner: Ints, depth: Floats, along: Floats, foot: Floats) -> None:
        """Take over what is deeper."""
        order = np.lexsort((-depth, owner))
        sorted_ = owner[order]
        first = order[np.r_[True, sorted_[1:] != sorted_[:-1]]] if len(order) else order
        first = first[depth[first] > self.depth[owner[first]]]
        mine = owner[first]
        self.depth[mine], self.along[mine] = depth[first], along[first]
        self.foot[mine] = foot[first]

    def enough(self, owner: Ints) -> Floats:
        """Return the depth beyond which looking on is worth it."""
        depth = self.depth[owner]
        return np.asarray(depth + np.maximum(_LEAST, _SHARE * depth))


def find_deepest(
    stretches: Stretches,
    locate: Callable[[Ints, Floats], Floats],
    look: Callable[[Floats], tuple[Floats, Floats]],
) -> tuple[Floats, Floats]:
    """Find on each stretch the place that is farthest from the border.

    Parameters
    ----------
    stretches : Stretches
        Inside an area; nowhere more than a quarter of the Earth's girth from its border.
    locate : callable
        From numbers of stretches and metres along them to places, shape (k, 3), as vectors
        from the Earth's centre in units of `A_M`.
    look : callable
        From places to their straight distance from the border and the nearest point of it.

    Returns
    -------
    along_m : ndarray, shape (n,)
        Metres along the line. The distance there is the greatest but for 10 m or 0.05 %.
    foot : ndarray, shape (n, 3)
        The nearest point of the border.
    """
    gaps, best = _begin(stretches, locate, look)
    enough = best.depth[gaps.owner]
    for _ in range(_ROUNDS):
        along, place = _aim(gaps)
        close = np.nonzero(gaps.bound(place) > enough - _doubt(gaps))[0]
        gaps, along, enough = gaps.take(close), along[close], enough[close]
        place = locate(gaps.owner, along)
        open_ = np.nonzero(gaps.bound(place) > enough)[0]
        if not len(open_):
            break
        gaps, along, place = gaps.take(open_), along[open_], place[open_]
        depth, foot = look(place)
        best.improve(gaps.owner, depth, along, foot)
        gaps = gaps.split(along, place, foot)
        enough = best.enough(gaps.owner)
    return best.along, best.foot


def _begin(
    stretches: Stretches,
    locate: Callable[[Ints, Floats], Floats],
    look: Callable[[Floats], tuple[Floats, Floats]],
) -> tuple[_Gaps, _Best]:
    """Look at the ends of the stretches, and between them where they are very long."""
    inside = stretches.leave_m - stretches.enter_m
    pieces = np.maximum(np.ceil(inside / _LONGEST_M).astype(np.int64), 1)
    row = np.repeat(np.arange(len(pieces)), pieces + 1)
    number = np.arange(len(row)) - np.repeat(np.cumsum(pieces + 1) - pieces - 1, pieces + 1)
    along = stretches.enter_m[row] + inside[row] * number / pieces[row]
    place = locate(row, along)
    depth, foot = np.zeros(len(row)), place.copy()
    on_border = (stretches.enters[row] & (number == 0)) | (
        stretches.leaves[row] & (number == pieces[row])
    )
    asked = np.nonzero(~on_border)[0]
    depth[asked], foot[asked] = look(place[asked])
    first = np.nonzero(number == 0)[0]
    best = _Best(depth[first], along[first], foot[first])
    best.improve(row, depth, along, foot)
    low = np.nonzero(number < pieces[row])[0]
    high = low + 1
    ends = (along[low], along[high], place[low], place[high], foot[low], foot[high])
    return _Gaps(row[low], *ends), best


def _aim(gaps: _Gaps) -> tuple[Floats, Floats]:
    """Estimate where in each interval both border points are equally far, as if on a sphere."""
    apart = gaps.foot_high - gaps.foot_low
    level = (_dot(gaps.foot_high, gaps.foot_high) - _dot(gaps.foot_low, gaps.foot_low)) / 2
    at_low, at_high = _dot(gaps.at_low, apart), _dot(gaps.at_high, apart)
    turn = np.maximum((gaps.high - gaps.low) / A_M, 1e-12)
    sine, rise = np.sin(turn), at_high - at_low
    share = np.clip(_divide(level - at_low, rise, 0.5), 0.0, 1.0)
    for _ in range(_NEWTON):
        before, after = (1 - share) * turn, share * turn
        value = (np.sin(before) * at_low + np.sin(after) * at_high) / sine - level
        slope = turn * (np.cos(after) * at_high - np.cos(before) * at_low) / sine
        share = np.clip(share - _divide(value, slope, 0.0), 0.0, 1.0)
    weights = np.sin((1 - share) * turn) / sine, np.sin(share * turn) / sine
    place = weights[0][:, None] * gaps.at_low + weights[1][:, None] * gaps.at_high
    return gaps.low + share * (gaps.high - gaps.low), place


def _doubt(gaps: _Gaps) -> Floats:
    """Return how far an estimated place may lie from the geodesic: 0.2 % of turn times way."""
    turn = (gaps.high - gaps.low) / A_M
    return np.asarray(2e-3 * turn * turn)


def _divide(above: Floats, below: Floats, otherwise: float) -> Floats:
    """Divide where the divisor is positive."""
    fit = below > 0
    return np.where(fit, above / np.where(fit, below, 1.0), otherwise)


def _dot(a: Floats, b: Floats) -> Floats:
    """Return the scalar products of rows."""
    return np.asarray(a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1] + a[:, 2] * b[:, 2])


def _apart(a: Floats, b: Floats) -> Floats:
    """Return the straight distances of rows."""
    gap = a - b
    return np.sqrt(_dot(gap, gap))
