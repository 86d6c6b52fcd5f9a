"""An area as seen from a point: its edges by azimuth on the polar chart, and what lies above."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.geodesy.planes import EARTH_M, to_normal
from geo_events.geodesy.polar import Chart, Edges, list_edges, trace_edges

__all__ = [
    "FULL_TURN",
    "LAST_M",
    "LOST_SHARE",
    "TOUCH_DEG",
    "AreaView",
    "lay_open",
    "look_at",
    "measure_above",
    "pair_intervals",
    "read_heights",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometry = Any

FULL_TURN = 2 * math.pi
LOST_SHARE = 1e-9  # of the area, by one edge drawn straight on the chart
LAST_M = 19_930_000.0
TOUCH_DEG = 1e-9  # a tenth of a millimetre
_FAR_M = 19_000_000.0
_STEPS = 721


@dataclass(frozen=True, slots=True, eq=False)
class AreaView:
    """An area as seen from the target: its edges on the chart, cut open where it has a gap.

    Parameters
    ----------
    chart : Chart
        Azimuth and height (an area measure of distance) as seen from the target.
    seam : float
        The azimuth at which the turn is cut open, radians; azimuths of edges count from it.
    edges : Edges
        The area's edges, each from lower to higher azimuth.
    sign : ndarray, shape (n,)
        Of each edge: 1 where the area ends at it, seen from the target, -1 where it begins.
    farthest_m : float
        Distance of the farthest vertex, metres.
    knots : ndarray, shape (m,)
        Azimuths between which every edge is straight.
    size : float
        The area on the chart.
    """

    chart: Chart
    seam: float
    edges: Edges
    sign: Floats
    farthest_m: float
    knots: Floats
    size: float


def look_at(area: Geometry, lon: float, lat: float) -> AreaView:
    """Draw an area on the target's chart.

    Parameters
    ----------
    area : shapely Polygon or MultiPolygon
        EPSG:4326, valid, with an area.
    lon, lat : float
        The target, degrees.

    Returns
    -------
    AreaView
        Where the area holds the target's antipode, the far end of all lines counts as an edge.
    """
    start, end, _ = list_edges([area])
    local = to_normal(start[:, 0], start[:, 1]) @ to_normal(lon, lat)
    near_antipode = bool(local.min() < math.cos(_FAR_M / EARTH_M))
    antipode = (lon - 180 if lon > 0 else lon + 180, -lat)
    holds_antipode = _holds(area, antipode)
    chart = Chart(lon, lat, from_antipode=near_antipode or holds_antipode)
    edges = trace_edges(chart, start, end, LOST_SHARE * _rough_size(area))
    edges = edges.take(edges.begin != edges.end)
    sign = np.where(edges.end > edges.begin, -1.0, 1.0)
    seam = _find_gap(edges)
    opened = lay_open(edges, seam)
    edges, sign = opened, sign[opened.source]
    if holds_antipode:
        edges, sign = _with_top(edges, sign)
    view = AreaView(
        chart, seam, edges, sign, float(np.max([edges.near, edges.far])), np.empty(0), 1.0
    )
    knots = np.unique(np.concatenate([edges.begin, edges.end, np.linspace(0, FULL_TURN, _STEPS)]))
    floor = chart.floor(knots + seam)
    view = AreaView(chart, seam, edges, sign, view.farthest_m, knots, 1.0)
    size = measure_above(view, knots, floor[:-1], floor[1:])
    return AreaView(chart, seam, edges, sign, view.farthest_m, knots, size)


def _holds(area: Geometry, place: tuple[float, float]) -> bool:
    """Tell whether an area holds a place clearly: one on its border counts as outside."""
    if not shapely.contains_xy(area, *place):
        return False
    return not shapely.dwithin(shapely.boundary(area), shapely.Point(place), TOUCH_DEG)


def _rough_size(area: Geometry) -> float:
    """Give an area's size in squares of the Earth's radius, within some per cent."""
    xy = shapely.transform(
        area, lambda c: np.column_stack([np.radians(c[:, 0]), np.sin(np.radians(c[:, 1]))])
    )
    return float(xy.area)


def _find_gap(edges: Edges) -> float:
    """Find an azimuth that the area does not reach; 0 if it is all around."""
    low = np.mod(np.minimum(edges.begin, edges.end), FULL_TURN)
    high = low + np.abs(edges.end - edges.begin)
    order = np.argsort(low)
    low, reached = low[order], np.maximum.accumulate(high[order])
    gaps = np.append(low[1:], low[0] + FULL_TURN) - np.maximum(reached, reached[-1] - FULL_TURN)
    widest = int(np.argmax(gaps))
    return float(reached[widest] + gaps[widest] / 2) if gaps[widest] > 0 else 0.0


def lay_open(edges: Edges, seam: float) -> Edges:
    """Lay edges from lower to higher azimuth in [0, 2π] from the seam, cut where they cross it.

    Parameters
    ----------
    edges : Edges
        In either direction, none of width zero.
    seam : float
        Azimuth, radians.

    Returns
    -------
    Edges
        Their `source` is the row in the edges given.
    """
    rows = np.arange(len(edges.begin))
    back = edges.end < edges.begin
    pairs = [(edges.begin, edges.end), (edges.low, edges.high), (edges.near, edges.far)]
    (begin, end), (low, high), (near, far) = (
        (np.where(back, b, a), np.where(back, a, b)) for a, b in pairs
    )
    shift = np.mod(begin - seam, FULL_TURN) - begin
    begin, end = begin + shift, end + shift
    over = end > FULL_TURN
    share = (FULL_TURN - begin[over]) / (end[over] - begin[over])
    height = low[over] + share * (high[over] - low[over])
    distance = near[over] + share * (far[over] - near[over])
    rest = Edges(
        np.zeros(int(over.sum())),
        end[over] - FULL_TURN,
        height,
        high[over],
        distance,
        far[over],
        rows[over],
    )
    end, high, far = end.copy(), high.copy(), far.copy()
    end[over], high[over], far[over] = FULL_TURN, height, distance
    whole = Edges(begin, end, low, high, near, far, rows)
    both = (np.concatenate([getattr(whole, name), getattr(rest, name)]) for name in Edges.__slots__)
    found = Edges(*both)
    return found.take(found.end > found.begin)


def _with_top(edges: Edges, sign: Floats) -> tuple[Edges, Floats]:
    """Add the far end of all lines as an edge, for an area that holds the antipode."""
    top = Edges(
        np.array([0.0]),
        np.array([FULL_TURN]),
        *(np.zeros(1),) * 2,
        *(np.full(1, LAST_M),) * 2,
        np.array([len(edges.begin)]),
    )
    both = (np.concatenate([getattr(edges, name), getattr(top, name)]) for name in Edges.__slots__)
    return Edges(*both), np.append(sign, 1.0)


def pair_intervals(knots: Floats, edges: Edges) -> tuple[Ints, Ints]:
    """Pair each edge with every interval between knots that it covers.

    Parameters
    ----------
    knots : ndarray, shape (m,)
        Azimuths, ascending; both ends of every edge among them.
    edges : Edges
        As `lay_open` gives them.

    Returns
    -------
    rows, intervals : ndarray, shape (k,)
        Row of the edge and number of the interval, edge after edge.
    """
    first = np.searchsorted(knots, edges.begin)
    count = np.searchsorted(knots, edges.end) - first
    before = np.cumsum(count) - count
    interval = np.arange(int(count.sum())) - np.repeat(before - first, count)
    return np.repeat(np.arange(len(count)), count), interval


def read_heights(edges: Edges, rows: Ints, azimuth: Floats) -> Floats:
    """Give the heights of edges (`rows`) at azimuths in radians, on straight lines between ends."""
    begin, end = edges.begin[rows], edges.end[rows]
    share = (azimuth - begin) / (end - begin)
    return np.asarray(edges.low[rows] * (1 - share) + edges.high[rows] * share)


def measure_above(view: AreaView, knots: Floats, left: Floats, right: Floats) -> float:
    """Measure the part of the area above a line.

    Parameters
    ----------
    view : AreaView
        The area.
    knots : ndarray, shape (m,)
        Azimuths, ascending; those of the view among them.
    left, right : ndarray, shape (m - 1,)
        The line's height at both ends of each interval; infinite where nothing lies above.

    Returns
    -------
    float
        On the chart, as `view.size`.
    """
    row, interval = pair_intervals(knots, view.edges)
    held = np.isfinite(left[interval])
    row, interval = row[held], interval[held]
    above = read_heights(view.edges, row, knots[interval]) - left[interval]
    above_end = read_heights(view.edges, row, knots[interval + 1]) - right[interval]
    top, bottom = np.maximum(above, above_end), np.minimum(above, above_end)
    slope = np.maximum(top - np.minimum(bottom, 0.0), 1e-300)
    mean = np.where(
        bottom >= 0, (top + bottom) / 2, np.where(top > 0, top * np.maximum(top, 0) / slope / 2, 0)
    )
    return float((mean * view.sign[row] * (knots[interval + 1] - knots[interval])).sum())
