"""Exact shares: from how much of an area the straight line to a point crosses a territory.

Lines to the point are lines of one azimuth on its polar chart. A line crosses the territory if
its start lies beyond the territory's nearest edge at that azimuth, so the territory is replaced
by its lower envelope, and the share is an area on the chart.
"""

from __future__ import annotations

import math
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
from geo_events.geodesy.polar import Edges, PolarPlane, list_edges, trace_edges
from geo_events.geodesy.sight import (
    FULL_TURN,
    LAST_M,
    LOST_SHARE,
    TOUCH_DEG,
    AreaView,
    lay_open,
    look_at,
    measure_above,
    pair_intervals,
    read_heights,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["make_shadow", "measure_shadow_shares"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Geometry = Any

_MARGIN_RAD = math.radians(0.5)  # azimuths on the sphere are off by up to 0.2°
_LONG_DEG = 2.0
_LONG_RAD = math.radians(2)
_SECTOR_RAD = math.radians(45)
_ARC_RAD = math.radians(1)


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
    view = look_at(area, *target)
    shares = np.zeros(len(territories))
    edges, owner = _visible_edges(view, territories)
    bounds = np.searchsorted(owner, np.arange(len(territories) + 1))
    for k, territory in enumerate(territories):
        if shapely.dwithin(territory, shapely.Point(target), TOUCH_DEG):
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
    if shapely.dwithin(territory, shapely.Point(target), TOUCH_DEG):
        return area
    view = look_at(area, *target)
    edges, _ = _visible_edges(view, [territory])
    if len(edges.begin) == 0:
        return shapely.Polygon()
    plane = PolarPlane(*target)
    reach = min(view.farthest_m * 1.001 + 10_000, LAST_M)
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


def _visible_edges(view: AreaView, territories: Sequence[Geometry]) -> tuple[Edges, Ints]:
    """Draw the territories' edges that may stand before the area, sorted by territory."""
    parts, whose = shapely.get_parts(np.asarray(territories, dtype=object), return_index=True)
    near = _may_reach(view, shapely.bounds(parts))
    start, end, owner = list_edges(list(parts[near]))
    owner = whose[near][owner]
    kept = _may_hide(view, start, end)
    start, end, owner = start[kept], end[kept], owner[kept]
    edges = trace_edges(view.chart, start, end, LOST_SHARE * view.size)
    edges = edges.take((edges.begin != edges.end) & (np.minimum(edges.near, edges.far) < LAST_M))
    opened = lay_open(edges, view.seam)
    owner = owner[edges.source[opened.source]]
    order = np.argsort(owner, kind="stable")
    return opened.take(order), owner[order]


def _may_reach(view: AreaView, bounds: Floats) -> Bools:
    """Tell which boxes may lie as near to the target as the area does."""
    west, south, east, north = bounds.T
    centre = to_normal((west + east) / 2, (south + north) / 2)
    cosine = np.clip(centre @ to_normal(view.chart.lon, view.chart.lat), -1, 1)
    radius = np.radians(np.hypot(east - west, north - south)) / 2
    reach = view.farthest_m / EARTH_M * 1.01 + math.radians(_LONG_DEG)
    return np.asarray(np.arccos(cosine) - radius <= reach)


def _may_hide(view: AreaView, start: Floats, end: Floats) -> Bools:
    """Tell, on a sphere and generously, which edges may stand between target and area."""
    frame = Stereographic.centred(to_normal(view.chart.lon, view.chart.lat)).frame
    first, last = (to_normal(p[:, 0], p[:, 1]) @ frame.T for p in (start, end))
    reach = math.cos(min(math.pi, view.farthest_m / EARTH_M * 1.01 + _LONG_RAD))
    near = np.maximum(first[:, 2], last[:, 2]) >= reach
    turn, turn_end = (np.arctan2(p[:, 0], p[:, 1]) for p in (first, last))
    width = np.mod(turn_end - turn + math.pi, FULL_TURN) - math.pi
    west = np.mod(np.minimum(turn, turn + width) - view.seam - _MARGIN_RAD, FULL_TURN)
    east = west + np.abs(width) + 2 * _MARGIN_RAD
    low, high = float(view.edges.begin.min()), float(view.edges.end.max())
    seen = ((west <= high) & (east >= low)) | (east - FULL_TURN >= low)
    special = np.abs(width) > _LONG_RAD
    special |= np.abs(start - end).max(axis=1) > _LONG_DEG
    special |= np.minimum(np.abs(first[:, 2]), np.abs(last[:, 2])) > math.cos(_MARGIN_RAD)
    return np.asarray(near & (seen | special))


def _envelope(knots: Floats, edges: Edges) -> Ints:
    """Find the nearest edge in each interval between knots; -1 where there is none."""
    row, interval = pair_intervals(knots, edges)
    middle = (knots[interval] + knots[interval + 1]) / 2
    order = np.lexsort((read_heights(edges, row, middle), interval))
    found = np.full(len(knots) - 1, -1)
    inside, first = np.unique(interval[order], return_index=True)
    found[inside] = row[order][first]
    return found


def _shadow_size(view: AreaView, edges: Edges) -> float:
    """Measure the part of the area that lies beyond the nearest of some edges."""
    low, high = float(view.edges.begin.min()), float(view.edges.end.max())
    edges = edges.take((edges.end > low) & (edges.begin < high))
    if len(edges.begin) == 0:
        return 0.0
    knots = np.unique(np.concatenate([view.knots, edges.begin, edges.end]))
    nearest = _envelope(knots, edges)
    seen = nearest >= 0
    left, right = np.full(len(nearest), np.inf), np.full(len(nearest), np.inf)
    left[seen] = read_heights(edges, nearest[seen], knots[:-1][seen])
    right[seen] = read_heights(edges, nearest[seen], knots[1:][seen])
    return measure_above(view, knots, left, right)


def _shadow_rings(edges: Edges, seam: float, reach_m: float) -> list[Floats]:
    """Trace sectors between the nearest edges and a circle beyond the area, in the plane."""
    sectors = np.arange(0, FULL_TURN + 1e-9, _SECTOR_RAD)
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
