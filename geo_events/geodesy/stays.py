"""From border crossings to stays: who holds the track from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.grid import spread_ranges

if TYPE_CHECKING:
    from geo_events.geodesy.edge_index import EdgeIndex
    from geo_events.geodesy.kernel_numpy import BorderCrossings

__all__ = ["SHORTEST_M", "Stays", "chain_stays", "count_stays", "join_stays", "sort_back"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]

SHORTEST_M = 1.0
_TOUCH_M = 1e-3
_TIE = 1e-7  # of a piece: crossings within a centimetre may be told in the wrong order


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Stretches of tracks inside units, sorted by track, then entry, then unit.

    Parameters
    ----------
    track : ndarray of int64, shape (n,)
        Row number of the track.
    unit : ndarray of int32, shape (n,)
        Number of the unit in its edge index.
    enter_m, leave_m : ndarray of float64, shape (n,)
        Metres from the start of the track.
    """

    track: Ints
    unit: Ints32
    enter_m: Floats
    leave_m: Floats

    def __len__(self) -> int:
        return len(self.track)


def join_stays(parts: list[Stays], offsets: list[int]) -> Stays:
    """Put stays of consecutive chunks of tracks together."""
    if not parts:
        empty = np.empty(0)
        return Stays(np.empty(0, np.int64), np.empty(0, np.int32), empty, empty.copy())
    return Stays(
        np.concatenate([part.track + at for part, at in zip(parts, offsets, strict=True)]),
        np.concatenate([part.unit for part in parts]),
        np.concatenate([part.enter_m for part in parts]),
        np.concatenate([part.leave_m for part in parts]),
    )


def sort_back(stays: Stays, order: Ints) -> Stays:
    """Bring stays back into the caller's order of tracks.

    Parameters
    ----------
    stays : Stays
        Their tracks are places in `order`.
    order : ndarray of int, shape (n,)
        The caller's row of each place.

    Returns
    -------
    Stays
        Sorted by the caller's row; the order within each track is kept.
    """
    count = np.bincount(stays.track, minlength=len(order))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = np.cumsum(count) - count
    track, source = spread_ranges(first[place], (first + count)[place])
    return Stays(track, stays.unit[source], stays.enter_m[source], stays.leave_m[source])


def chain_stays(
    index: EdgeIndex,
    cells: Ints,
    before: BorderCrossings,
    crossings: BorderCrossings,
    length_m: Floats,
) -> Stays:
    """Chain crossings of a partition: what one crossing enters is held until the next.

    Parameters
    ----------
    index : EdgeIndex
        A partition.
    cells : ndarray of int, shape (n,)
        Grid cell of each track's start.
    before, crossings : BorderCrossings
        Borders from the cell's anchor to the start, and along the track.
    length_m : ndarray, shape (n,)

    Returns
    -------
    Stays
        They cover each track from 0 to its length without gap or overlap. A stay shorter than
        `SHORTEST_M` is given to its neighbour.
    """
    count = len(length_m)
    unit = index.cell_units[cells].astype(np.int32)
    unit[before.track] = _entered(index, before)  # the last one of a track wins
    at = np.arange(len(crossings.track)) + crossings.track + 1
    total = count + len(at)
    is_start = np.ones(total, bool)
    is_start[at] = False
    track = np.empty(total, np.int64)
    track[at], track[is_start] = crossings.track, np.arange(count)
    entered, left = np.empty(total, np.int32), np.empty(total, np.int32)
    entered[at], entered[is_start] = _entered(index, crossings), unit
    left[at], left[is_start] = _left_behind(index, crossings), unit
    enter_m = np.zeros(total)
    enter_m[at] = crossings.along_m
    place = np.zeros(total)
    place[at] = crossings.place
    kept = _mend_chain(is_start, entered, left, place)
    track, entered, enter_m = track[kept], entered[kept], enter_m[kept]
    return _drop_short(track, entered, _never_back(track, enter_m), length_m)


def _entered(index: EdgeIndex, crossings: BorderCrossings) -> Ints32:
    """List the unit on the side each crossing goes to."""
    side: Ints32 = index.sides[crossings.edge, 1 - crossings.to_left.astype(np.int64)]
    return side


def _left_behind(index: EdgeIndex, crossings: BorderCrossings) -> Ints32:
    """List the unit on the side each crossing comes from."""
    side: Ints32 = index.sides[crossings.edge, crossings.to_left.astype(np.int64)]
    return side


def _mend_chain(
    is_start: npt.NDArray[np.bool_], entered: Ints32, left: Ints32, place: Floats
) -> Ints:
    """Order the events so that each leaves what was entered before.

    Only crossings at one vertex, told in the wrong order, break the chain; there the one that
    fits is taken first, and what fits nowhere within a centimetre is left out.
    """
    order = np.arange(len(entered))
    broken = np.nonzero(~is_start[1:] & (left[1:] != entered[:-1]))[0] + 1
    if len(broken) == 0:
        return order
    starts = np.append(np.nonzero(is_start)[0], len(entered))
    dropped = np.zeros(len(entered), bool)
    for group in np.unique(np.searchsorted(starts, broken, side="right") - 1):
        chain = order[starts[group] : starts[group + 1]].copy()
        _mend_one(chain, entered, left, place, dropped)
        order[starts[group] : starts[group + 1]] = chain
    return order[~dropped[order]]


def _mend_one(
    chain: Ints, entered: Ints32, left: Ints32, place: Floats, dropped: npt.NDArray[np.bool_]
) -> None:
    """Reorder one track's events in place and mark those that fit nowhere."""
    unit = entered[chain[0]]
    waiting = list(chain[1:])
    ordered = [chain[0]]
    while waiting:
        near = [k for k in waiting if place[k] - place[waiting[0]] <= _TIE]
        fitting = next((k for k in near if left[k] == unit), None)
        if fitting is None:
            lost = waiting.pop(0)
            alone = len(near) == 1
            dropped[lost] = not alone or entered[lost] == unit
            ordered.append(lost)
            unit = unit if dropped[lost] else entered[lost]
        else:
            waiting.remove(fitting)
            ordered.append(fitting)
            unit = entered[fitting]
    chain[:] = ordered


def _never_back(track: Ints, enter_m: Floats) -> Floats:
    """Keep entries from going backwards by the millimetres of a refinement."""
    back = np.nonzero((np.diff(enter_m) < 0) & (track[1:] == track[:-1]))[0]
    if len(back) == 0:
        return enter_m
    enter_m = enter_m.copy()
    for one in np.unique(track[back]):
        first, last = np.searchsorted(track, [one, one + 1])
        enter_m[first:last] = np.maximum.accumulate(enter_m[first:last])
    return enter_m


def _drop_short(track: Ints, unit: Ints32, enter_m: Floats, length_m: Floats) -> Stays:
    """Give stays shorter than `SHORTEST_M` to their neighbour and merge what then touches."""
    leave_m = _next_or_end(track, enter_m, length_m)
    long = leave_m - enter_m >= SHORTEST_M
    has_long = np.zeros(len(length_m), bool)
    has_long[track[long]] = True
    first = np.concatenate([[True], track[1:] != track[:-1]])[: len(track)]
    long |= first & ~has_long[track]
    track, unit, enter_m = track[long], unit[long], enter_m[long]
    first = np.concatenate([[True], track[1:] != track[:-1]])[: len(track)]
    enter_m = np.where(first, 0.0, enter_m)
    fresh = first.copy()
    fresh[1:] |= unit[1:] != unit[:-1]
    track, unit, enter_m = track[fresh], unit[fresh], enter_m[fresh]
    return Stays(track, unit, enter_m, _next_or_end(track, enter_m, length_m))


def _next_or_end(track: Ints, enter_m: Floats, length_m: Floats) -> Floats:
    """List the entry of the next event of each track, or its end."""
    leave_m = length_m[track]
    same = track[1:] == track[:-1]
    leave_m[:-1][same] = enter_m[1:][same]
    return leave_m


def count_stays(
    index: EdgeIndex,
    cells: Ints,
    before: BorderCrossings,
    crossings: BorderCrossings,
    length_m: Floats,
) -> Stays:
    """Count ins and outs unit by unit, where units may overlap or leave gaps.

    Parameters
    ----------
    index, cells, before, crossings, length_m
        As for `chain_stays`; the index need not be a partition.

    Returns
    -------
    Stays
        Stays of one unit with less than `SHORTEST_M` between them are merged; a touch of less
        than a millimetre is none. A track without length has the stays of its only point.
    """
    owner, held = spread_ranges(
        index.cell_start[cells].astype(np.int64), index.cell_start[cells + 1].astype(np.int64)
    )
    before_m = np.full(len(before.track), -1.0)
    track = np.concatenate([owner, before.track, before.track, crossings.track, crossings.track])
    unit = np.concatenate(
        [
            index.cell_units[held],
            _entered(index, before),
            _left_behind(index, before),
            _entered(index, crossings),
            _left_behind(index, crossings),
        ]
    )
    signs = np.array([1, 1, -1, 1, -1])
    sizes = [len(owner), *[len(before.track)] * 2, *[len(crossings.track)] * 2]
    along_m = [np.full(len(owner), -1.0), before_m, before_m, *[crossings.along_m] * 2]
    real = unit >= 0
    return _stays_of_changes(
        track[real],
        unit[real].astype(np.int64),
        np.repeat(signs, sizes)[real],
        np.concatenate(along_m)[real],
        length_m,
    )


def _stays_of_changes(track: Ints, unit: Ints, change: Ints, at: Floats, length_m: Floats) -> Stays:
    """Turn ins and outs into stays; changes before the start stand at -1 m."""
    order = np.lexsort((at, unit, track))
    track, unit, change, at = track[order], unit[order], change[order], at[order]
    is_last = np.ones(len(track), bool)
    is_last[:-1] = (track[1:] != track[:-1]) | (unit[1:] != unit[:-1])
    depth = np.cumsum(change)
    ends = depth[is_last]
    depth -= np.repeat(
        np.append(0, ends)[: len(ends)], np.diff(np.append(-1, is_last.nonzero()[0]))
    )
    stop = length_m[track]
    stop[:-1] = np.where(is_last[:-1], stop[:-1], at[1:])
    inside = (depth > 0) & (stop >= 0)
    track, unit = track[inside], unit[inside]
    enter_m, leave_m = np.maximum(at[inside], 0.0), stop[inside]
    return _merge_close(track, unit, enter_m, leave_m, length_m)


def _merge_close(
    track: Ints, unit: Ints, enter_m: Floats, leave_m: Floats, length_m: Floats
) -> Stays:
    """Merge stays of one unit that nearly touch; drop mere touches; sort by entry."""
    fresh = np.ones(len(track), bool)
    fresh[1:] = (track[1:] != track[:-1]) | (unit[1:] != unit[:-1])
    fresh[1:] |= enter_m[1:] - leave_m[:-1] >= SHORTEST_M
    first = np.nonzero(fresh)[0]
    leave_m = leave_m[np.append(first[1:], len(track)) - 1] if len(first) else leave_m
    track, unit, enter_m = track[first], unit[first], enter_m[first]
    kept = (leave_m - enter_m >= _TOUCH_M) | ((length_m[track] < _TOUCH_M) & (enter_m == 0))
    track, unit, enter_m, leave_m = track[kept], unit[kept], enter_m[kept], leave_m[kept]
    order = np.lexsort((unit, enter_m, track))
    return Stays(track[order], unit[order].astype(np.int32), enter_m[order], leave_m[order])
