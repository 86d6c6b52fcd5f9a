"""The closest approach of movers in time, guaranteed, and the times for which they stay near.

Between two vertices a mover keeps its speed along a geodesic. In space its path bends only with
the Earth, so over a short time the vector from one mover to the other is straight to within a
known bound: no approach can hide between the times looked at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import A_M, direct, inverse, to_ecef
from geo_events.geodesy.planes import EARTH_M
from geo_events.geodesy.separations import (
    Separations,
    Stretches,
    merge_stretches,
    validate_within,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.geodesy.movers import Mover

__all__ = ["find_near_times", "measure_separation_moving"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SHARPEST_M = 6_335_439.0  # smallest radius of curvature of the ellipsoid
_BOW_M = 0.01
_ROUNDS = 60
_BISECTIONS = 50
_MOST_CANDIDATES = 12
_JOINED_S = 1e-6


def measure_separation_moving(movers_a: Sequence[Mover], movers_b: Sequence[Mover]) -> Separations:
    """Measure the closest approach in time of pairs of movers.

    Only the time for which both are under way counts.

    Parameters
    ----------
    movers_a, movers_b : sequence of Mover
        n movers each, paired one by one; times count from the same moment.

    Returns
    -------
    Separations
        In the order of the pairs; all NaN for a pair that is never under way together. Of
        several equal approaches the first.

    Raises
    ------
    InvalidInputError
        Not as many movers on both sides.

    Notes
    -----
    Branch and bound on the straight distance, with the bend of both paths as the bound, then a
    root of the geodesic distance's derivative. Within 0.05 m.

    Examples
    --------
    >>> from geo_events.geodesy.movers import make_mover
    >>> here = make_mover([0, 2], [0, 0], 100.0)
    >>> there = make_mover([1, 1], [-1, 1], 99.3)
    >>> bool(measure_separation_moving([here], [there]).distance_m[0] < 100)
    True
    """
    pieces = _list_pieces(movers_a, movers_b)
    spans = _bounded_spans(pieces, len(movers_a))
    time = _refined(pieces, spans)
    (lon_a, lat_a, _), (lon_b, lat_b, _) = (pieces.place(k, spans.piece, time) for k in (0, 1))
    distance = inverse(lon_a, lat_a, lon_b, lat_b)[2]
    pair = pieces.pair[spans.piece]
    order = np.lexsort((time, np.round(distance, 6), pair))
    first = order[np.unique(pair[order], return_index=True)[1]]
    along = [pieces.along(k, spans.piece, time) for k in (0, 1)]
    columns = []
    for value in (distance, lon_a, lat_a, lon_b, lat_b, *along, time):
        column = np.full(len(movers_a), np.nan)
        column[pair[first]] = value[first]
        columns.append(column)
    return Separations(*columns)


def find_near_times(
    movers_a: Sequence[Mover], movers_b: Sequence[Mover], within_m: float
) -> Stretches:
    """Find the times for which pairs of movers are within a distance of each other.

    Parameters
    ----------
    movers_a, movers_b : sequence of Mover
        As in `measure_separation_moving`.
    within_m : float
        Geodesic distance, metres, at most 5,000 km.

    Returns
    -------
    Stretches
        Begin and end in seconds, on the clock of the movers.

    Raises
    ------
    InvalidInputError
        Not as many movers on both sides.
    InvalidMeasureError
        `within_m` is negative, not finite or too large.

    Notes
    -----
    Times are cut until the path between the movers is straight to 1 cm, the crossings of the
    distance solved there and put on the geodesic distance by Newton steps. An approach that
    reaches the distance by less than 1 cm may be missed.

    Examples
    --------
    >>> from geo_events.geodesy.movers import make_mover
    >>> here, there = make_mover([0, 2], [0, 0], 100.0), make_mover([2, 0], [0, 0], 100.0)
    >>> near = find_near_times([here], [there], 20_000.0)
    >>> (near.end - near.begin).round(1).tolist()
    [200.0]
    """
    validate_within(within_m)
    pieces = _list_pieces(movers_a, movers_b)
    chord = 2 * EARTH_M * math.sin(within_m / (2 * EARTH_M))
    slack = _BOW_M + 7e-3 * chord * (chord / EARTH_M) ** 2 / 24
    spans = pieces.whole()
    found: list[tuple[Ints, Floats, Floats]] = []
    for _ in range(_ROUNDS):
        bow = spans.bow
        least, _ = spans.nearest()
        spans = spans.take(least - bow <= chord + slack)
        inside = np.maximum(*spans.distances()) + spans.bow <= chord - slack
        found.append((spans.piece[inside], spans.begin[inside], spans.end[inside]))
        spans = spans.take(~inside)
        short = spans.bow <= _BOW_M
        found.append(_solved(pieces, spans.take(short), chord, within_m))
        spans = pieces.halved(spans.take(~short))
        if len(spans.piece) == 0:
            break
    piece, begin, end = (np.concatenate(column) for column in zip(*found, strict=True))
    return merge_stretches(pieces.pair[piece], begin, end, _JOINED_S)


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Spans of time within pieces, with the vector between the movers at both ends."""

    piece: Ints
    begin: Floats
    end: Floats
    start: Floats  # (m, 3) metres
    stop: Floats
    bow: Floats  # how far the vector may leave the straight line between both, metres

    def take(self, rows: npt.NDArray[Any]) -> _Spans:
        """Keep some."""
        return _Spans(*(getattr(self, name)[rows] for name in self.__slots__))

    def distances(self) -> tuple[Floats, Floats]:
        """Straight distances at both ends."""
        return np.linalg.norm(self.start, axis=1), np.linalg.norm(self.stop, axis=1)

    def nearest(self) -> tuple[Floats, Floats]:
        """Smallest length of the straight vector, and at which share of the span."""
        move = self.stop - self.start
        square = np.maximum((move * move).sum(axis=1), 1e-30)
        share = np.clip(-(self.start * move).sum(axis=1) / square, 0, 1)
        return np.linalg.norm(self.start + share[:, None] * move, axis=1), share


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Times for which both movers of a pair are on one leg each; arrays by mover: (2, m)."""

    pair: Ints
    begin: Floats
    end: Floats
    lon: Floats
    lat: Floats
    azimuth_deg: Floats
    speed_mps: Floats
    since_s: Floats
    before_m: Floats

    def place(self, mover: int, piece: Ints, time: Floats) -> tuple[Floats, Floats, Floats]:
        """Find longitude, latitude and heading of a mover at times."""
        along = self.speed_mps[mover, piece] * (time - self.since_s[mover, piece])
        return direct(
            self.lon[mover, piece], self.lat[mover, piece], self.azimuth_deg[mover, piece], along
        )

    def along(self, mover: int, piece: Ints, time: Floats) -> Floats:
        """Find how far a mover has come on its track."""
        moved = self.speed_mps[mover, piece] * (time - self.since_s[mover, piece])
        return np.asarray(self.before_m[mover, piece] + moved)

    def vector(self, piece: Ints, time: Floats) -> Floats:
        """Give the straight vector from the first mover to the second, metres."""
        here, there = (to_ecef(*self.place(k, piece, time)[:2]) for k in (0, 1))
        return (there - here) * A_M

    def bow(self, piece: Ints, length_s: Floats) -> Floats:
        """Bound how far the vector leaves a straight line within a span of time."""
        bend = (self.speed_mps[:, piece] ** 2).sum(axis=0) / _SHARPEST_M
        return np.asarray(bend * length_s**2 / 8)

    def whole(self) -> _Spans:
        """Make one span of each piece."""
        piece = np.arange(len(self.pair))
        start, stop = self.vector(piece, self.begin), self.vector(piece, self.end)
        return _Spans(
            piece, self.begin, self.end, start, stop, self.bow(piece, self.end - self.begin)
        )

    def halved(self, spans: _Spans) -> _Spans:
        """Cut spans in their middles."""
        middle = (spans.begin + spans.end) / 2
        between = self.vector(spans.piece, middle)
        bow = spans.bow / 4
        first = (spans.piece, spans.begin, middle, spans.start, between, bow)
        second = (spans.piece, middle, spans.end, between, spans.stop, bow)
        return _Spans(*(np.concatenate(pair) for pair in zip(first, second, strict=True)))

    def closing(self, piece: Ints, time: Floats) -> tuple[Floats, Floats]:
        """Give the geodesic distance and how fast it grows, m and m/s."""
        lon_a, lat_a, heading_a = self.place(0, piece, time)
        lon_b, lat_b, heading_b = self.place(1, piece, time)
        azimuth, azimuth_end, distance = inverse(lon_a, lat_a, lon_b, lat_b)
        away_a = np.cos(np.radians(azimuth - heading_a)) * self.speed_mps[0, piece]
        away_b = np.cos(np.radians(azimuth_end - heading_b)) * self.speed_mps[1, piece]
        return distance, away_b - away_a


def _list_pieces(movers_a: Sequence[Mover], movers_b: Sequence[Mover]) -> _Pieces:
    """Cut the common time of each pair at the vertices of both."""
    if len(movers_a) != len(movers_b):
        raise InvalidInputError(
            f"as many movers on both sides expected, got {len(movers_a)} and {len(movers_b)}"
        )
    rows: list[list[Floats]] = []
    for number, couple in enumerate(zip(movers_a, movers_b, strict=True)):
        low = max(mover.time_s[0] for mover in couple)
        high = min(mover.time_s[-1] for mover in couple)
        if low > high:
            continue
        times = np.unique(np.concatenate([mover.time_s for mover in couple] + [[low, high]]))
        times = times[(times >= low) & (times <= high)]
        begin, end = (times[:-1], times[1:]) if len(times) > 1 else (times, times)
        middle = (begin + end) / 2
        states = [_state(mover, middle) for mover in couple]
        rows.append([np.full(len(begin), number), begin, end, *np.stack(states, axis=1)])
    if not rows:
        nothing = [np.empty(0)] * 3 + [np.empty((2, 0))] * 6
        return _Pieces(np.empty(0, np.int64), *nothing[1:])
    pair, *rest = (np.concatenate(column, axis=-1) for column in zip(*rows, strict=True))
    return _Pieces(pair.astype(np.int64), *rest)


def _state(mover: Mover, time: Floats) -> Floats:
    """List start, direction, speed, time and way before of the legs at times; shape (6, m)."""
    length_s = np.diff(mover.time_s)
    leg = np.clip(np.searchsorted(mover.time_s, time, side="right") - 1, 0, len(length_s) - 1)
    lon, lat = np.asarray(mover.lon, float), np.asarray(mover.lat, float)
    azimuth, _, length = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])
    speed = np.divide(length, length_s, out=np.zeros_like(length), where=length_s > 0)
    before = np.concatenate([[0.0], np.cumsum(length)])
    since = np.asarray(mover.time_s, float)
    return np.stack([lon[leg], lat[leg], azimuth[leg], speed[leg], since[leg], before[leg]])


def _bounded_spans(pieces: _Pieces, count: int) -> _Spans:
    """Keep the short spans of time in which a pair's closest approach may lie."""
    spans, done = pieces.whole(), []
    best = np.full(count, np.inf)
    for _ in range(_ROUNDS):
        pair = pieces.pair[spans.piece]
        for distance in spans.distances():
            np.minimum.at(best, pair, distance)
        short = spans.bow <= _BOW_M
        done.append(spans.take(short))
        spans = pieces.halved(spans.take(~short))
        pair = pieces.pair[spans.piece]
        spans = spans.take(spans.nearest()[0] - spans.bow <= best[pair] + _slack(best[pair]))
        if len(spans.piece) == 0:
            break
    columns = zip(*([getattr(s, name) for name in _Spans.__slots__] for s in done), strict=True)
    found = _Spans(*(np.concatenate(column) for column in columns))
    least, pair = found.nearest()[0], pieces.pair[found.piece]
    np.minimum.at(best, pair, least + _BOW_M)
    order = np.lexsort((found.begin, least, pair))
    rank = np.arange(len(order)) - np.searchsorted(pair[order], pair[order])
    kept = (least[order] <= (best + _slack(best))[pair[order]]) & (rank < _MOST_CANDIDATES)
    return found.take(order[kept])


def _slack(distance: Floats) -> Floats:
    """How far the straight distance may rank an approach wrongly, metres."""
    far = np.where(np.isfinite(distance), distance, 0.0)
    return np.asarray(2 * _BOW_M + 7e-3 * far * (far / EARTH_M) ** 2 / 24)


def _refined(pieces: _Pieces, spans: _Spans) -> Floats:
    """Find the time in each span's surroundings at which the distance stops shrinking."""
    reach = np.maximum(spans.end - spans.begin, 1.0)
    low = np.maximum(spans.begin - reach, pieces.begin[spans.piece])
    high = np.minimum(spans.end + reach, pieces.end[spans.piece])
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        growing = pieces.closing(spans.piece, middle)[1] >= 0
        low, high = np.where(growing, low, middle), np.where(growing, middle, high)
    return (low + high) / 2


def _solved(
    pieces: _Pieces, spans: _Spans, chord: float, within_m: float
) -> tuple[Ints, Floats, Floats]:
    """Solve when the straight vector is as short as a chord, in spans where it is straight."""
    move = spans.stop - spans.start
    square = np.maximum((move * move).sum(axis=1), 1e-30)
    half = (spans.start * move).sum(axis=1) / square
    rest = ((spans.start * spans.start).sum(axis=1) - chord * chord) / square
    inner = half * half - rest
    real = inner >= 0
    root = np.sqrt(np.maximum(inner, 0))
    low, high = np.clip(-half - root, 0, 1), np.clip(-half + root, 0, 1)
    real &= high > low
    piece, begin, length = spans.piece[real], spans.begin[real], (spans.end - spans.begin)[real]
    ends = []
    for share in (low[real], high[real]):
        time = begin + share * length
        free = (share > 0) & (share < 1)
        for _ in range(4):
            distance, growth = pieces.closing(piece, time)
            safe = np.where(np.abs(growth) > 1e-3, growth, np.inf)
            step = np.clip((distance - within_m) / safe, -length, length)
            time = np.where(free, time - step, time)
        ends.append(np.clip(time, pieces.begin[piece], pieces.end[piece]))
    return piece, np.minimum(*ends), np.maximum(*ends)
