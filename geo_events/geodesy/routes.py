"""The shortest way from point to point that stays out of given areas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.ellipsoid import direct, inverse, validate_lonlat
from geo_events.geodesy.outlines import (
    Outline,
    PlaneShape,
    ground_distance,
    lay_in_plane,
    make_outline,
    search_from,
)
from geo_events.geodesy.planes import as_lonlat_polygon, to_normal

if TYPE_CHECKING:
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["find_shortest_path"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Geometry = Any

_COARSE = 0.002  # of the straight line's length: how far the first way keeps away
_COARSE_LIMITS_M = (500.0, 15_000.0)
_FINER = 16
_REGION = 8
_TRIES = 4
_LOOKS = 8  # at passages one by one, then at all
_WORTHWHILE = 0.999
_ROUNDS = 7
_STEP_M = 25_000.0
_TOUCH_DEG = 1e-9
_MARGIN_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class _Closed:
    """What a way must stay out of: exactly, and in a plane."""

    index: EdgeIndex
    shape: PlaneShape
    ends: Floats  # (2, 2) longitude and latitude of start and goal
    nearest_m: Floats  # (2,) how far each end is from it

    def clears(self, path: Floats) -> Bools:
        """Tell which geodesic legs of a way stay out."""
        start, end = path[:-1], path[1:]
        stays = find_stays(self.index, start[:, 0], start[:, 1], end[:, 0], end[:, 1])
        clear = np.ones(len(start), bool)
        clear[stays.track] = False
        return clear


def find_shortest_path(  # noqa: PLR0917 (two places are four numbers)
    lon0: float,
    lat0: float,
    lon1: float,
    lat1: float,
    obstacles: Geometry | Sequence[Geometry],
    margin_m: float = 0.0,
) -> tuple[Floats, Floats]:
    """Find the shortest way on the ellipsoid that stays out of given areas.

    Works across ±180° and near the poles. If nothing is in the way, it is the geodesic itself.

    Parameters
    ----------
    lon0, lat0, lon1, lat1 : float
        Start and goal, degrees.
    obstacles : shapely Polygon or MultiPolygon, or a sequence of them
        Areas to stay out of; EPSG:4326. Empty ones are in nobody's way.
    margin_m : float
        Distance to keep from them, metres, at most 1,000 km. In areas that reach far from their
        middle the way keeps away somewhat farther than asked, never nearer.

    Returns
    -------
    lon, lat : ndarray, shape (n,)
        Vertices of the way, start and goal included; legs are geodesics.

    Raises
    ------
    InvalidInputError
        Start or goal lie in an area or its margin, or no way leads from one to the other.
    InvalidMeasureError
        The margin is negative, not finite, or above 1,000 km.
    InvalidCoordinateError
        A coordinate is not finite or out of range.

    Notes
    -----
    A visibility graph over simplified, outward grown outlines, first coarse, but in detail where
    parts lie near each other, then fine along the way found; every leg is checked on the
    ellipsoid against the areas themselves. Longer than the shortest by less than 0.5 %. Passages
    narrower than 0.04 % of the straight line's length (at most 3 km), or past an island smaller
    than 0.6 % of it, may be taken for closed.

    Examples
    --------
    >>> lon, lat = find_shortest_path(0.0, 0.0, 10.0, 0.0, shapely.box(4, -9, 6, 1))
    >>> lon.round(0).tolist(), lat.round(0).tolist()
    ([0.0, 4.0, 6.0, 10.0], [0.0, 1.0, 1.0, 0.0])
    """
    lons, lats = validate_lonlat([lon0, lon1], [lat0, lat1], what="end of the route")
    if not (math.isfinite(margin_m) and 0 <= margin_m <= 1e6):
        raise InvalidMeasureError(f"a margin of 0 to 1,000 km expected, got {margin_m!r} m")
    ends = np.column_stack([lons, lats])
    solid = _list_obstacles(obstacles)
    if not solid:
        return lons, lats
    closed = _close(solid, ends, margin_m)
    if closed.clears(ends).all():
        return lons, lats
    path = _find_way(closed)
    return path[:, 0], path[:, 1]


def _list_obstacles(obstacles: Geometry | Sequence[Geometry]) -> list[Geometry]:
    """List the areas that are not empty."""
    listed: Any = obstacles if isinstance(obstacles, Sequence | np.ndarray) else [obstacles]
    found = []
    for obstacle in listed:
        kind = getattr(obstacle, "geom_type", None)
        if kind not in ("Polygon", "MultiPolygon"):
            raise InvalidInputError(f"an area to avoid must be a polygon, got {obstacle!r}")
        if not obstacle.is_empty:
            found.append(obstacle)
    return found


def _close(solid: list[Geometry], ends: Floats, margin_m: float) -> _Closed:
    """Lay out the areas with their margin, and check that both ends lie outside."""
    shape = lay_in_plane(solid)
    if margin_m > 0:
        shape = shape.simplified(margin_m * _MARGIN_TOLERANCE)
        shape = shape.grown(margin_m * (1 + _MARGIN_TOLERANCE) + 1)
        solid = [as_lonlat_polygon(shape.shape, shape.plane, margin_m * _MARGIN_TOLERANCE)]
    for place, name in zip(ends, ("start", "goal"), strict=True):
        if shapely.dwithin(np.array(solid), shapely.Point(place), _TOUCH_DEG).any():
            within = f"within {margin_m / 1000:g} km of" if margin_m else "in"
            raise InvalidInputError(
                f"the {name} of the route ({place[0]:g}, {place[1]:g}) lies {within} an area to "
                "avoid; choose another point, a smaller margin or fewer areas"
            )
    index = build_edge_index(np.array(solid, dtype=object))
    nearest = np.array([ground_distance(shape, *place) for place in ends])
    return _Closed(index, shape, ends, np.maximum(nearest, 0.2))


def _find_way(closed: _Closed) -> Floats:
    """Find a coarse way, then a fine one beside it; keep the shortest that is clear."""
    straight = float(inverse(*closed.ends.T[:, 0], *closed.ends.T[:, 1])[2])
    keep = min(max(_COARSE * straight, _COARSE_LIMITS_M[0]), _COARSE_LIMITS_M[1])
    for _ in range(_TRIES):
        plain = _search(closed, make_outline(_kept_away(closed, keep)))
        coarse = _search_passages(closed, plain, keep)
        if coarse is not None:
            ways = [_search_beside(closed, coarse, keep), coarse, plain]
            clear = [_made_clear(closed, way) for way in ways if way is not None]
            good = [way for way in clear if way is not None]
            if good:
                return min(good, key=_length)
        keep /= 4
    raise InvalidInputError(
        "no way leads from start to goal: one of them is enclosed by the areas to avoid and "
        "their margin"
    )


def _search_passages(closed: _Closed, plain: Floats | None, keep_m: float) -> Floats | None:
    """Search once more with narrow passages that a way shorter than the first can reach.

    At first all of them are taken for wide open; those that the way found uses are then looked at
    in detail, until it uses no other.
    """
    longest = math.inf if plain is None else _length(plain)
    narrow = _find_narrows(closed, keep_m, longest)
    if len(narrow) == 0:
        return plain
    zones = shapely.get_parts(shapely.union_all(narrow))
    shape, plane = closed.shape, closed.shape.plane
    seen = np.zeros(len(zones), bool)
    wide = shapely.difference(_kept_away(closed, keep_m).shape, shapely.union_all(zones))
    for number in range(len(zones) + 1):
        detail = _detailed(closed, shapely.union_all(zones[seen]), keep_m / _FINER)
        opened = PlaneShape(plane, shapely.union(wide, detail), shape.scale)
        way = _search(closed, make_outline(opened))
        if way is None or _length(way) > _WORTHWHILE * longest:
            break
        line = shapely.LineString(plane.forward(*_drawn(way).T))
        used = shapely.intersects(zones, line) & ~seen
        if not used.any():
            return way
        seen |= used | (number >= _LOOKS)
    return plain


def _detailed(closed: _Closed, zone: Geometry, by_m: float) -> Geometry:
    """Grow what is closed in a zone by little."""
    detail = shapely.simplify(shapely.intersection(closed.shape.shape, zone), 0.4 * by_m)
    return shapely.simplify(shapely.buffer(detail, by_m, quad_segs=2), 0.3 * by_m)


def _find_narrows(closed: _Closed, keep_m: float, longest_m: float) -> npt.NDArray[Any]:
    """Find where parts are so near each other that growing them closes what is between.

    A gap of a part with itself leads nowhere else, so only pairs of parts matter.
    """
    plane, reach = closed.shape.plane, 2 * keep_m * closed.shape.scale
    parts = shapely.simplify(shapely.get_parts(closed.shape.shape), 0.2 * keep_m)
    west, south, east, north = shapely.bounds(parts).T
    parts = parts[np.hypot(east - west, north - south) >= 3 * keep_m]
    grown = shapely.buffer(parts, reach, quad_segs=2)
    one, other = shapely.STRtree(grown).query(grown, predicate="intersects")
    pairs = one < other
    shared = shapely.intersection(grown[one[pairs]], grown[other[pairs]])
    zones = shapely.get_parts(shapely.buffer(shared, reach / 2, quad_segs=2))
    if len(zones) == 0 or not math.isfinite(longest_m):
        return zones
    middle = shapely.get_coordinates(shapely.centroid(zones))
    extent = shapely.bounds(zones)
    radius = np.hypot(extent[:, 2] - extent[:, 0], extent[:, 3] - extent[:, 1]) / 2
    lon, lat = plane.inverse(middle)
    by = [inverse(lon, lat, *place)[2] for place in closed.ends]
    return zones[by[0] + by[1] - 2 * radius < longest_m]


def _kept_away(closed: _Closed, by_m: float) -> PlaneShape:
    """Grow and simplify what is closed, but less around an end that lies near it."""
    plane, scale = closed.shape.plane, closed.shape.scale
    away = closed.shape.simplified(0.2 * by_m).grown(by_m).simplified(0.5 * by_m).shape
    for place, near in zip(closed.ends, closed.nearest_m, strict=True):
        if near < 2 * by_m:
            disc = shapely.Point(plane.forward([place[0]], [place[1]])[0]).buffer(4 * by_m * scale)
            little = min(0.25 * near, by_m) / scale
            detail = shapely.intersection(closed.shape.shape, disc).buffer(little)
            away = shapely.union(shapely.difference(away, disc), detail)
    return PlaneShape(plane, away, scale)


def _search(closed: _Closed, outline: Outline) -> Floats | None:
    """Search the shortest way past the corners of an outline; None if there is none."""
    if len(outline.lon) == 0:
        return closed.ends
    start, goal = closed.ends
    normals = to_normal(closed.ends[:, 0], closed.ends[:, 1])
    if outline.sees(normals[:1], normals[1:])[0]:
        return closed.ends
    reached, previous = search_from(outline, start[0], start[1])
    last = np.nonzero(outline.touches(normals[1:], slice(None))[0] & np.isfinite(reached))[0]
    seen = outline.sees(outline.corner[last], np.repeat(normals[1:], len(last), axis=0))
    last = last[seen]
    if len(last) == 0:
        return None
    onward = inverse(outline.lon[last], outline.lat[last], goal[0], goal[1])[2]
    corner = int(last[np.argmin(reached[last] + onward)])
    way = [goal]
    while corner >= 0:
        way.append(np.array([outline.lon[corner], outline.lat[corner]]))
        corner = int(previous[corner])
    return np.array([*way, start])[::-1]


def _search_beside(closed: _Closed, coarse: Floats, keep_m: float) -> Floats | None:
    """Search again nearer to what is closed, by corners beside a first way."""
    plane = closed.shape.plane
    stations = _drawn(coarse)
    line = shapely.LineString(plane.forward(stations[:, 0], stations[:, 1]))
    region = line.buffer(_REGION * keep_m * closed.shape.scale)
    shapely.prepare(region)
    for fine_m in (keep_m / _FINER, keep_m / _FINER / 4):
        outline = make_outline(_kept_away(closed, fine_m))
        corners = plane.forward(outline.lon, outline.lat)
        beside = shapely.contains_xy(region, corners[:, 0], corners[:, 1])
        way = _search(closed, outline.take(np.nonzero(beside)[0]))
        if way is not None and _length(way) <= _length(coarse):
            return way
    return None


def _drawn(path: Floats) -> Floats:
    """List points along a way."""
    start, end = path[:-1], path[1:]
    azimuth, _, length = inverse(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    rows = []
    for leg in range(len(start)):
        along = np.linspace(0, length[leg], 2 + int(length[leg] / _STEP_M))
        lon, lat = start[leg]
        rows.append(np.column_stack(direct(lon, lat, azimuth[leg], along)[:2]))
    return np.concatenate(rows)


def _made_clear(closed: _Closed, path: Floats) -> Floats | None:
    """Bend legs that enter on the ellipsoid to the sphere's arc, which does not; or give up."""
    for _ in range(_ROUNDS):
        clear = closed.clears(path)
        if clear.all():
            return _tightened(closed, path)
        normals = to_normal(path[:, 0], path[:, 1])
        middle = (normals[:-1] + normals[1:])[~clear]
        lon = np.degrees(np.arctan2(middle[:, 1], middle[:, 0]))
        lat = np.degrees(np.arctan2(middle[:, 2], np.hypot(middle[:, 0], middle[:, 1])))
        where = np.nonzero(~clear)[0] + 1
        path = np.insert(path, where, np.column_stack([lon, lat]), axis=0)
    return None


def _tightened(closed: _Closed, path: Floats) -> Floats:
    """Leave out vertices whose neighbours see each other."""
    row = 1
    while row < len(path) - 1:
        shorter = np.delete(path, row, axis=0)
        if closed.clears(shorter[row - 1 : row + 1]).all():
            path, row = shorter, max(1, row - 1)
        else:
            row += 1
    return path


def _length(path: Floats) -> float:
    """Measure a way, metres."""
    return float(inverse(path[:-1, 0], path[:-1, 1], path[1:, 0], path[1:, 1])[2].sum())
