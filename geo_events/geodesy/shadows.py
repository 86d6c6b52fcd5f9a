"""Exact shares: from how much of an area the straight line to a point crosses a territory.

Lines to the point are lines of one azimuth on its polar chart. A line crosses the territory if
its start lies beyond the territory's nearest edge at that azimuth, so the territory is replaced
by its lower envelope, and the share is an area on the chart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import validate_lonlat
from geo_events.geodesy.planes import (
    EARTH_M,
    Stereographic,
    as_lonlat_polygon,
    list_polygons,
    to_normal,
)
from geo_events.geodesy.polar import Chart, Edges, PolarPlane, list_edges, trace_edges

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["make_shadow", "measure_shadow_shares"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Geometry = Any

_FULL = 2 * math.pi
_LOST = 1e-9  # of the area, by one edge drawn straight on the chart
_FAR_M = 19_000_000.0
_LAST_M = 19_930_000.0
_MARGIN_RAD = math.radians(0.5)  # azimuths on the sphere are off by up to 0.2°
_LONG_DEG = 2.0
_TOUCH_DEG = 1e-9  # a tenth of a millimetre
_LONG_RAD = math.radians(2)
_SECTOR_RAD = math.radians(45)
_ARC_RAD = math.radians(1)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """An area as seen from the target: its edges on the chart, cut open where it has a gap."""

    chart: Chart
    seam: float
    edges: Edges
    sign: Floats
    farthest_m: float
    knots: Floats
    size: float


def measure_shadow_shares(
    area: Geometry, lon: float, lat: float, territories: Sequence[Geometry]
) -> Floats:
    """Measure from what share of an area the geodesic to a point crosses each territory.

    A start inside a territory counts as crossing it. A target inside a territory (or on its
    border) gives 1 for it. Areas and territories may reach across ±180°, over poles, around the
    target or to its antipode.

    Parameters
    ----------
    area : shapely Polygon or MultiPolygon
        Where lines start, uniform by area on the ellipsoid; EPSG:4326, valid, straight edges.
    lon, lat : float
        Where they end, degrees.
    territories : sequence of shapely Polygon or MultiPolygon
        k territories; empty ones give 0.

    Returns
    -------
    ndarray, shape (k,)
        Shares in [0, 1]. They do not add up to one.

    Raises
    ------
    InvalidInputError
        The area is no polygon or has no area.
    InvalidCoordinateError
        The target is not finite or out of range.

    Notes
    -----
    Exact but for rounding and the straightening of edges: within 1e-5.

    Examples
    --------
    >>> area, wall = shapely.box(10, -5, 20, 5), shapely.box(5, -90, 6, 0)
    >>> measure_shadow_shares(area, 0.0, 0.0, [wall]).round(4).tolist()
    [0.5]
    """
    target = _validate(area, lon, lat)
    view = _look(area, *target)
    shares = np.zeros(len(territories))
    edges, owner = _visible_edges(view, territories)
    bounds = np.searchsorted(owner, np.arange(len(territories) + 1))
    for k, territory in enumerate(territories):
        if shapely.dwithin(territory, shapely.Point(target), _TOUCH_DEG):
            shares[k] = 1.0
        elif bounds[k + 1] > bounds[k]:
            shares[k] = _shadow_size(view, edges.take(np.arange(*bounds[k : k + 2]))) / view.size
    return np.clip(shares, 0.0, 1.0)


def make_shadow(
    area: Geometry, lon: float, lat: float, territory: Geometry, *, tolerance_m: float = 50.0
) -> Geometry:
    """Make the part of an area from which the geodesic to a point crosses a territory.

    Parameters
    ----------
    area : shapely Polygon or MultiPolygon
        EPSG:4326.
    lon, lat : float
        The target, degrees.
    territory : shapely Polygon or MultiPolygon
        What is crossed.
    tolerance_m : float
        How far straight lon/lat edges along lines of sight may leave them, metres.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Part of the area, cut at ±180°; empty where no line crosses; the area itself for a
        target in the territory.

    Raises
    ------
    InvalidInputError
        The area is no polygon or has no area.
    InvalidCoordinateError
        The target is not finite or out of range.

    Notes
    -----
    Within 70 km of the target's antipode nothing counts as shadow.

    Examples
    --------
    >>> area, wall = shapely.box(10, -5, 20, 5), shapely.box(5, -90, 6, 0)
    >>> round(make_shadow(area, 0.0, 0.0, wall).area, 2)
    50.0
    """
    target = _validate(area, lon, lat)
    if shapely.dwithin(territory, shapely.Point(target), _TOUCH_DEG):
        return area
    view = _look(area, *target)
    edges, _ = _visible_edges(view, [territory])
    if len(edges.begin) == 0:
        return shapely.Polygon()
    plane = PolarPlane(*target)
    reach = min(view.farthest_m * 1.001 + 10_000, _LAST_M)
    sectors = [shapely.Polygon(ring) for ring in _shadow_rings(edges, view.seam, reach)]
    sound = [part if part.is_valid else shapely.make_valid(part) for part in sectors]
    shadow = as_lonlat_polygon(shapely.union_all(sound), plane, tolerance_m)
    parts = list(list_polygons(shapely.intersection(area, shadow)))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _validate(area: Geometry, lon: float, lat: float) -> tuple[float, float]:
    """Check area and target."""
    lons, lats = validate_lonlat([lon], [lat], what="target")
    kind = getattr(area, "geom_type", None)
    if kind not in ("Polygon", "MultiPolygon") or not area.area > 0:
        raise InvalidInputError(f"a polygon with an area expected as origin, got {area!r}")
    xy = shapely.get_coordinates(area)
    validate_lonlat(xy[:, 0], xy[:, 1], what="vertex of the area")
    return float(lons[0]), float(lats[0])


def _look(area: Geometry, lon: float, lat: float) -> _View:
    """Draw an area on the target's chart."""
    start, end, _ = list_edges([area])
    local = to_normal(start[:, 0], start[:, 1]) @ to_normal(lon, lat)
    near_antipode = bool(local.min() < math.cos(_FAR_M / EARTH_M))
    antipode = (lon - 180 if lon > 0 else lon + 180, -lat)
    holds_antipode = _holds(area, antipode)
    chart = Chart(lon, lat, from_antipode=near_antipode or holds_antipode)
    edges = trace_edges(chart, start, end, _LOST * _rough_size(area))
    edges = edges.take(edges.begin != edges.end)
    sign = np.where(edges.end > edges.begin, -1.0, 1.0)
    seam = _find_gap(edges)
    opened = _opened(edges, seam)
    edges, sign = opened, sign[opened.source]
    if holds_antipode:
        edges, sign = _with_top(edges, sign)
    view = _View(chart, seam, edges, sign, float(np.max([edges.near, edges.far])), np.empty(0), 1.0)
    knots = np.unique(np.concatenate([edges.begin, edges.end, np.linspace(0, _FULL, 721)]))
    floor = chart.floor(knots + seam)
    view = _View(chart, seam, edges, sign, view.farthest_m, knots, 1.0)
    size = _area_above(view, knots, floor[:-1], floor[1:])
    return _View(chart, seam, edges, sign, view.farthest_m, knots, size)


def _holds(area: Geometry, place: tuple[float, float]) -> bool:
    """Tell whether an area holds a place clearly: one on its border counts as outside."""
    if not shapely.contains_xy(area, *place):
        return False
    return not shapely.dwithin(shapely.boundary(area), shapely.Point(place), _TOUCH_DEG)


def _rough_size(area: Geometry) -> float:
    """Give an area's size in squares of the Earth's radius, within some per cent."""
    xy = shapely.transform(
        area, lambda c: np.column_stack([np.radians(c[:, 0]), np.sin(np.radians(c[:, 1]))])
    )
    return float(xy.area)


def _find_gap(edges: Edges) -> float:
    """Find an azimuth that the area does not reach; 0 if it is all around."""
    low = np.mod(np.minimum(edges.begin, edges.end), _FULL)
    high = low + np.abs(edges.end - edges.begin)
    order = np.argsort(low)
    low, reached = low[order], np.maximum.accumulate(high[order])
    gaps = np.append(low[1:], low[0] + _FULL) - np.maximum(reached, reached[-1] - _FULL)
    widest = int(np.argmax(gaps))
    return float(reached[widest] + gaps[widest] / 2) if gaps[widest] > 0 else 0.0


def _opened(edges: Edges, seam: float) -> Edges:
    """Lay edges from lower to higher azimuth in [0, 2π] from the seam, cut where they cross it.

    `source` of the result is the row in the edges given.
    """
    rows = np.arange(len(edges.begin))
    back = edges.end < edges.begin
    pairs = [(edges.begin, edges.end), (edges.low, edges.high), (edges.near, edges.far)]
    (begin, end), (low, high), (near, far) = (
        (np.where(back, b, a), np.where(back, a, b)) for a, b in pairs
    )
    shift = np.mod(begin - seam, _FULL) - begin
    begin, end = begin + shift, end + shift
    over = end > _FULL
    share = (_FULL - begin[over]) / (end[over] - begin[over])
    height = low[over] + share * (high[over] - low[over])
    distance = near[over] + share * (far[over] - near[over])
    rest = Edges(
        np.zeros(int(over.sum())),
        end[over] - _FULL,
        height,
        high[over],
        distance,
        far[over],
        rows[over],
    )
    end, high, far = end.copy(), high.copy(), far.copy()
    end[over], high[over], far[over] = _FULL, height, distance
    whole = Edges(begin, end, low, high, near, far, rows)
    both = (np.concatenate([getattr(whole, name), getattr(rest, name)]) for name in Edges.__slots__)
    found = Edges(*both)
    return found.take(found.end > found.begin)


def _with_top(edges: Edges, sign: Floats) -> tuple[Edges, Floats]:
    """Add the far end of all lines as an edge, for an area that holds the antipode."""
    top = Edges(
        np.array([0.0]),
        np.array([_FULL]),
        *(np.zeros(1),) * 2,
        *(np.full(1, _LAST_M),) * 2,
        np.array([len(edges.begin)]),
    )
    both = (np.concatenate([getattr(edges, name), getattr(top, name)]) for name in Edges.__slots__)
    return Edges(*both), np.append(sign, 1.0)


def _visible_edges(view: _View, territories: Sequence[Geometry]) -> tuple[Edges, Ints]:
    """Draw the territories' edges that may stand before the area, sorted by territory."""
    parts, whose = shapely.get_parts(np.asarray(territories, dtype=object), return_index=True)
    near = _may_reach(view, shapely.bounds(parts))
    start, end, owner = list_edges(list(parts[near]))
    owner = whose[near][owner]
    kept = _may_hide(view, start, end)
    start, end, owner = start[kept], end[kept], owner[kept]
    edges = trace_edges(view.chart, start, end, _LOST * view.size)
    edges = edges.take((edges.begin != edges.end) & (np.minimum(edges.near, edges.far) < _LAST_M))
    opened = _opened(edges, view.seam)
    owner = owner[edges.source[opened.source]]
    order = np.argsort(owner, kind="stable")
    return opened.take(order), owner[order]


def _may_reach(view: _View, bounds: Floats) -> Bools:
    """Tell which boxes may lie as near to the target as the area does."""
    west, south, east, north = bounds.T
    centre = to_normal((west + east) / 2, (south + north) / 2)
    cosine = np.clip(centre @ to_normal(view.chart.lon, view.chart.lat), -1, 1)
    radius = np.radians(np.hypot(east - west, north - south)) / 2
    reach = view.farthest_m / EARTH_M * 1.01 + math.radians(_LONG_DEG)
    return np.asarray(np.arccos(cosine) - radius <= reach)


def _may_hide(view: _View, start: Floats, end: Floats) -> Bools:
    """Tell, on a sphere and generously, which edges may stand between target and area."""
    frame = Stereographic.centred(to_normal(view.chart.lon, view.chart.lat)).frame
    first, last = (to_normal(p[:, 0], p[:, 1]) @ frame.T for p in (start, end))
    reach = math.cos(min(math.pi, view.farthest_m / EARTH_M * 1.01 + _LONG_RAD))
    near = np.maximum(first[:, 2], last[:, 2]) >= reach
    turn, turn_end = (np.arctan2(p[:, 0], p[:, 1]) for p in (first, last))
    width = np.mod(turn_end - turn + math.pi, _FULL) - math.pi
    west = np.mod(np.minimum(turn, turn + width) - view.seam - _MARGIN_RAD, _FULL)
    east = west + np.abs(width) + 2 * _MARGIN_RAD
    low, high = float(view.edges.begin.min()), float(view.edges.end.max())
    seen = ((west <= high) & (east >= low)) | (east - _FULL >= low)
    special = np.abs(width) > _LONG_RAD
    special |= np.abs(start - end).max(axis=1) > _LONG_DEG
    special |= np.minimum(np.abs(first[:, 2]), np.abs(last[:, 2])) > math.cos(_MARGIN_RAD)
    return np.asarray(near & (seen | special))


def _spans(knots: Floats, edges: Edges) -> tuple[Ints, Ints]:
    """Pair each edge with every interval between knots that it covers."""
    first = np.searchsorted(knots, edges.begin)
    count = np.searchsorted(knots, edges.end) - first
    before = np.cumsum(count) - count
    interval = np.arange(int(count.sum())) - np.repeat(before - first, count)
    return np.repeat(np.arange(len(count)), count), interval


def _at(edges: Edges, rows: Ints, azimuth: Floats) -> Floats:
    """Give edges' heights at azimuths."""
    begin, end = edges.begin[rows], edges.end[rows]
    share = (azimuth - begin) / (end - begin)
    return np.asarray(edges.low[rows] * (1 - share) + edges.high[rows] * share)


def _envelope(knots: Floats, edges: Edges) -> Ints:
    """Find the nearest edge in each interval between knots; -1 where there is none."""
    row, interval = _spans(knots, edges)
    middle = (knots[interval] + knots[interval + 1]) / 2
    order = np.lexsort((_at(edges, row, middle), interval))
    found = np.full(len(knots) - 1, -1)
    inside, first = np.unique(interval[order], return_index=True)
    found[inside] = row[order][first]
    return found


def _shadow_size(view: _View, edges: Edges) -> float:
    """Measure the part of the area that lies beyond the nearest of some edges."""
    low, high = float(view.edges.begin.min()), float(view.edges.end.max())
    edges = edges.take((edges.end > low) & (edges.begin < high))
    if len(edges.begin) == 0:
        return 0.0
    knots = np.unique(np.concatenate([view.knots, edges.begin, edges.end]))
    nearest = _envelope(knots, edges)
    seen = nearest >= 0
    left, right = np.full(len(nearest), np.inf), np.full(len(nearest), np.inf)
    left[seen] = _at(edges, nearest[seen], knots[:-1][seen])
    right[seen] = _at(edges, nearest[seen], knots[1:][seen])
    return _area_above(view, knots, left, right)


def _area_above(view: _View, knots: Floats, left: Floats, right: Floats) -> float:
    """Measure the area above a line given at both ends of each interval between knots."""
    row, interval = _spans(knots, view.edges)
    held = np.isfinite(left[interval])
    row, interval = row[held], interval[held]
    above = _at(view.edges, row, knots[interval]) - left[interval]
    above_end = _at(view.edges, row, knots[interval + 1]) - right[interval]
    top, bottom = np.maximum(above, above_end), np.minimum(above, above_end)
    slope = np.maximum(top - np.minimum(bottom, 0.0), 1e-300)
    mean = np.where(
        bottom >= 0, (top + bottom) / 2, np.where(top > 0, top * np.maximum(top, 0) / slope / 2, 0)
    )
    return float((mean * view.sign[row] * (knots[interval + 1] - knots[interval])).sum())


def _shadow_rings(edges: Edges, seam: float, reach_m: float) -> list[Floats]:
    """Trace sectors between the nearest edges and a circle beyond the area, in the plane."""
    sectors = np.arange(0, _FULL + 1e-9, _SECTOR_RAD)
    knots = np.unique(np.concatenate([edges.begin, edges.end, sectors]))
    nearest = _envelope(knots, edges)
    begin, end = (_distance_at(edges, nearest, knots[side]) for side in (slice(-1), slice(1, None)))
    shaded = (nearest >= 0) & (np.minimum(begin, end) < reach_m)
    sector = np.searchsorted(sectors, knots[:-1], side="right")
    breaks = np.nonzero((np.diff(shaded.astype(int)) != 0) | (np.diff(sector) != 0))[0] + 1
    rings = []
    for run in np.split(np.arange(len(shaded)), breaks):
        if len(run) and shaded[run[0]]:
            inner_turn = np.column_stack([knots[run], knots[run + 1]]).ravel()
            inner = np.column_stack([begin[run], end[run]]).ravel()
            steps = 2 + int((inner_turn[-1] - inner_turn[0]) / _ARC_RAD)
            outer_turn = np.linspace(inner_turn[-1], inner_turn[0], steps)
            turn = np.concatenate([inner_turn, outer_turn]) + seam
            distance = np.concatenate([np.minimum(inner, reach_m), np.full(steps, reach_m)])
            rings.append(np.column_stack([distance * np.sin(turn), distance * np.cos(turn)]))
    return rings


def _distance_at(edges: Edges, rows: Ints, azimuth: Floats) -> Floats:
    """Give edges' distances from the centre at azimuths; infinite for no edge."""
    share = (azimuth - edges.begin[rows]) / (edges.end[rows] - edges.begin[rows])
    distance = edges.near[rows] * (1 - share) + edges.far[rows] * share
    return np.where(rows >= 0, distance, np.inf)
