"""From stays in pieces of the Earth to stays in territories: merging, clipping, ordering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo_events.corridors.areas import clip_to_window

if TYPE_CHECKING:
    from geo_events.corridors.world import Layer

__all__ = ["Visits", "clip_visits", "merge_stays"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_GAP_M = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """Stays of legs in territories, as columns of equal length.

    Parameters
    ----------
    leg : ndarray of int64
        Row of the leg in its table.
    territory : ndarray of int64
        Number of the territory in its layer.
    enter_m, leave_m : ndarray
        Where on the leg, in metres from its start.
    contested : ndarray of bool
        Whether some part of the stay lies in a contested piece.
    other : ndarray of int64
        Number of the name that the other view gives to (some part of) it; -1 where both agree.
    checked : ndarray of int8
        1 where times were compared, 2 heights, 3 both, 0 neither.
    """

    leg: Ints
    territory: Ints
    enter_m: Floats
    leave_m: Floats
    contested: npt.NDArray[np.bool_]
    other: Ints
    checked: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.leg)

    def take(self, rows: npt.NDArray[Any]) -> Visits:
        """Return the visits of these rows (numbers or a mask)."""
        columns = [getattr(self, name)[rows] for name in _COLUMNS]
        return Visits(*columns)

    def shifted(self, offset: int) -> Visits:
        """Return the same visits with territory numbers that count from `offset`."""
        other = np.where(self.other >= 0, self.other + offset, -1)
        return replace(self, territory=self.territory + offset, other=other)

    @classmethod
    def join(cls, parts: list[Visits]) -> Visits:
        """Return several tables as one."""
        return cls(*(np.concatenate([getattr(part, n) for part in parts]) for n in _COLUMNS))


_COLUMNS = ("leg", "territory", "enter_m", "leave_m", "contested", "other", "checked")


def merge_stays(leg: Ints, unit: Ints, enter_m: Floats, leave_m: Floats, layer: Layer) -> Visits:
    """Merge touching stays in pieces of one territory.

    Parameters
    ----------
    leg, unit : ndarray of int64, shape (n,)
        Leg and piece, sorted by leg, then by `enter_m`.
    enter_m, leave_m : ndarray, shape (n,)
        Metres from the start of the leg.
    layer : Layer
        What territory each piece belongs to.

    Returns
    -------
    Visits
        In the same order; fewer or as many rows.
    """
    territory = layer.of_unit[unit].astype(np.int64)
    fresh = np.ones(len(leg), dtype=bool)
    if len(leg) and not layer.overlapping:
        same = (leg[1:] == leg[:-1]) & (territory[1:] == territory[:-1])
        fresh[1:] = ~(same & (enter_m[1:] - leave_m[:-1] < _GAP_M))
    first = np.nonzero(fresh)[0]
    contested = layer.contested[unit]
    return Visits(
        leg=leg[first],
        territory=territory[first],
        enter_m=enter_m[first],
        leave_m=np.maximum.reduceat(leave_m, first) if len(first) else leave_m[:0],
        contested=np.logical_or.reduceat(contested, first) if len(first) else contested[:0],
        other=_merge_other(layer.other[unit].astype(np.int64), fresh, first),
        checked=np.zeros(len(first), np.int8),
    )


def _merge_other(other: Ints, fresh: npt.NDArray[np.bool_], first: Ints) -> Ints:
    """Take for each merged stay the first piece's other name that differs."""
    result = np.full(len(first), -1, dtype=np.int64)
    rows = np.nonzero(other >= 0)[0][::-1]
    group = np.cumsum(fresh) - 1
    result[group[rows]] = other[rows]
    return result


def clip_visits(visits: Visits, layer: Layer, profile: Profile) -> Visits:
    """Cut visits down to where the areas' times and heights hold too.

    Parameters
    ----------
    visits : Visits
        Stays in the user's areas.
    layer : Layer
        The areas.
    profile : Profile
        Length of every leg, and times and heights at its ends.

    Returns
    -------
    Visits
        Without those of which nothing is left, and with `checked` filled.
    """
    length = profile.length_m[visits.leg]
    scale = np.where(length > 0, length, 1.0)
    enter, leave = visits.enter_m / scale, visits.leave_m / scale
    leave = np.where(length > 0, leave, 1.0)  # who stands still is there for the leg's whole time
    checked = np.zeros(len(visits), np.int8)
    sides = ((profile.time_s, layer.window_s, 1), (profile.height_m, layer.height_m, 2))
    for values, limits, flag in sides:
        mine, here = limits[visits.territory], values[visits.leg]
        enter, leave = clip_to_window(enter, leave, here[:, 0], here[:, 1], mine)
        known = np.isfinite(here).all(axis=1) & ~np.isnan(mine).any(axis=1)
        checked += np.where(known, flag, 0).astype(np.int8)
    clipped = Visits(
        visits.leg,
        visits.territory,
        np.where(checked > 0, enter * length, visits.enter_m),
        np.where(checked > 0, leave * length, visits.leave_m),
        visits.contested,
        visits.other,
        checked,
    )
    return clipped.take(leave >= enter)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of every leg besides its ends.

    Parameters
    ----------
    azimuth_deg, length_m : ndarray, shape (n,)
        Direction at the start and length.
    before_m : ndarray, shape (n,)
        Length of the track before this leg.
    time_s, height_m : ndarray, shape (n, 2)
        Time (seconds since 1970 UTC) and height at start and end; NaN where not known.
    minutes : ndarray, shape (n, 2)
        Minutes since the track's begin at start and end; NaN where not known.
    """

    azimuth_deg: Floats
    length_m: Floats
    before_m: Floats
    time_s: Floats
    height_m: Floats
    minutes: Floats

    def take(self, rows: slice | npt.NDArray[np.bool_]) -> Profile:
        """Return what is known of some of the legs."""
        return Profile(*(getattr(self, name)[rows] for name in _PROFILE))


_PROFILE = ("azimuth_deg", "length_m", "before_m", "time_s", "height_m", "minutes")
