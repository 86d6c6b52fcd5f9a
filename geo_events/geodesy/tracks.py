"""Tracks along geodesics: their length, their drawing on a lon/lat map, their cut at ±180°."""

from __future__ import annotations

import itertools
import math
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import A_M, direct, inverse, to_ecef, validate_lonlat

__all__ = ["densify_track", "measure_track", "split_antimeridian"]

Floats = npt.NDArray[np.float64]
Geometry = Any  # shapely's constructors and properties differ by type; tests hold what comes out
Edges = Literal["straight", "geodesic"]

_PROBES = (0.3, 0.5, 0.7)  # 0.3 and 0.7 see an S-shaped departure, which vanishes in the middle
_ROUNDS = 40
_SHORTEST_M = 0.01
_BISECTIONS = 60


def measure_track(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Measure how far along a track each vertex lies, on geodesics from vertex to vertex.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Vertices, degrees.

    Returns
    -------
    ndarray, shape (n,)
        Metres from the first vertex; 0 for the first, never decreasing. Empty for no vertices.

    Raises
    ------
    InvalidCoordinateError
        A vertex is not finite or out of range.

    Examples
    --------
    >>> measure_track([0, 1, 2], [0, 0, 0]).round(0).tolist()
    [0.0, 111319.0, 222639.0]
    """
    lon, lat = validate_lonlat(lon, lat, what="vertex")
    if len(lon) == 0:
        return np.empty(0)
    lengths = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    return np.concatenate([[0.0], np.cumsum(lengths)])


def densify_track(
    lon: npt.ArrayLike,
    lat: npt.ArrayLike,
    *,
    tolerance_m: float = 50.0,
    step_m: float | None = None,
) -> tuple[Floats, Floats]:
    """Add vertices along the geodesics so that lon/lat-straight pieces stay close to them.

    Longitudes come out continuous (unwrapped): a track over ±180° goes on to 181 and beyond,
    and `split_antimeridian` cuts it. A vertex at a pole appears once for each meridian that
    meets it. Vertices given are kept; coincident neighbours are merged.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Vertices, degrees.
    tolerance_m : float
        How far a straight piece may leave the geodesic, metres.
    step_m : float, optional
        Longest piece, metres; no limit if not given.

    Returns
    -------
    lon, lat : ndarray, shape (m,)
        Degrees; the first longitude within [-180, 180].

    Raises
    ------
    InvalidCoordinateError
        A vertex is not finite or out of range.
    InvalidInputError
        `tolerance_m` or `step_m` is not above zero.

    Notes
    -----
    Pieces are halved until the departure, measured at three points of each, is small enough.
    A lon/lat-straight chord of length d leaves the geodesic by at most 0.136 d² tan(lat) / R.

    Examples
    --------
    >>> lon, lat = densify_track([0, 90], [60, 60], tolerance_m=1000)
    >>> round(float(lat.max()), 1)
    67.8
    """
    lon, lat = validate_lonlat(lon, lat, what="vertex")
    if not tolerance_m > 0 or (step_m is not None and not step_m > 0):
        raise InvalidInputError(
            f"tolerance and step must be above 0 m, got {tolerance_m!r} and {step_m!r}"
        )
    if len(lon) < 2:
        return lon, lat
    legs = _Legs(lon, lat)
    leg, along = _first_stations(legs.length, step_m)
    for _ in range(_ROUNDS):
        new_leg, new_along = _departing(legs, leg, along, tolerance_m)
        if len(new_leg) == 0:
            break
        leg, along = np.concatenate([leg, new_leg]), np.concatenate([along, new_along])
        order = np.lexsort((along, leg))
        leg, along = leg[order], along[order]
    return _joined(*legs.locate(leg, along))


def split_antimeridian(geometry: Geometry, *, edges: Edges = "straight") -> Geometry:
    """Cut lines and polygons at ±180° into parts within [-180, 180], as RFC 7946 asks.

    Longitudes may run on beyond ±180 (unwrapped) or jump from one side to the other: an edge
    that jumps by more than 180° is taken to go the short way, except along a parallel from
    -180 to 180 exactly. A ring that goes round the Earth encloses a pole: the one of the
    hemisphere it lies in; a ring in both hemispheres the one on its left. It is closed along
    that pole. What needs no cut is returned as it is. Z values are dropped where it is cut.

    Parameters
    ----------
    geometry : shapely geometry
        Any type, lon/lat degrees. Points are wrapped.
    edges : {"straight", "geodesic"}
        Where an edge meets ±180°: on the lon/lat-straight line, or on the geodesic between its
        two ends.

    Returns
    -------
    shapely geometry
        (Multi)LineString, (Multi)Polygon, or a collection for a collection. Parts of a line
        keep their order and direction.

    Raises
    ------
    InvalidInputError
        A coordinate is not finite.

    Examples
    --------
    >>> split_antimeridian(shapely.LineString([(170, 0), (190, 10)])).wkt
    'MULTILINESTRING ((170 0, 180 5), (-180 5, -170 10))'
    """
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise InvalidInputError("geometry to cut at ±180° has a coordinate that is not finite")
    if not _needs_cut(geometry):
        return geometry
    parts: list[Geometry] = []
    for part in shapely.get_parts(geometry):
        parts += _split_part(part, edges)
    if len(parts) == 1:
        return parts[0]
    kinds = {part.geom_type for part in parts}
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(parts)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(parts)
    return shapely.MultiPoint(parts) if kinds == {"Point"} else shapely.GeometryCollection(parts)


class _Legs:
    """The geodesics between consecutive vertices, with the azimuths to walk along them."""

    def __init__(self, lon: Floats, lat: Floats) -> None:
        lon0, lat0, lon1, lat1 = lon[:-1].copy(), lat[:-1], lon[1:].copy(), lat[1:]
        from_pole, to_pole = np.abs(lat0) == 90, np.abs(lat1) == 90
        lon0[from_pole] = lon1[from_pole]  # at a pole, the meridian of the other end
        lon1[to_pole & ~from_pole] = lon0[to_pole & ~from_pole]
        self.lon0, self.lat0, self.lon1, self.lat1 = lon0, lat0, lon1, lat1
        self.azimuth, _, self.length = inverse(lon0, lat0, lon1, lat1)

    def locate(self, leg: npt.NDArray[np.int64], along: Floats) -> tuple[Floats, Floats]:
        """Find the points at given distances; vertices come back exactly as given."""
        lon, lat, _ = direct(self.lon0[leg], self.lat0[leg], self.azimuth[leg], along)
        start, end = along == 0, along == self.length[leg]
        lon = np.where(start, self.lon0[leg], np.where(end, self.lon1[leg], lon))
        lat = np.where(start, self.lat0[leg], np.where(end, self.lat1[leg], lat))
        return lon, lat


def _first_stations(length: Floats, step_m: float | None) -> tuple[npt.NDArray[np.int64], Floats]:
    """Both ends of each leg, and the stations every `step_m` between them."""
    pieces = np.ones(len(length), np.int64)
    if step_m is not None:
        pieces = np.maximum(pieces, np.ceil(length / step_m).astype(np.int64))
    leg = np.repeat(np.arange(len(length)), pieces + 1)
    first = np.repeat(np.cumsum(pieces + 1) - (pieces + 1), pieces + 1)
    share = (np.arange(len(leg)) - first) / pieces[leg]
    return leg, np.where(share == 1, length[leg], share * length[leg])


def _departing(
    legs: _Legs, leg: npt.NDArray[np.int64], along: Floats, tolerance_m: float
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Middles of the pieces whose straight line leaves the geodesic too far."""
    piece = np.nonzero((leg[1:] == leg[:-1]) & (np.diff(along) > _SHORTEST_M))[0]
    lon, lat = legs.locate(leg, along)
    lon0, lat0 = lon[piece], lat[piece]
    turn = (lon[piece + 1] - lon0 + 180) % 360 - 180
    rise = lat[piece + 1] - lat0
    worst = np.zeros(len(piece))
    for share in _PROBES:
        on_track = legs.locate(leg[piece], along[piece] * (1 - share) + along[piece + 1] * share)
        chord = to_ecef(*on_track) - to_ecef(lon0 + share * turn, lat0 + share * rise)
        worst = np.maximum(worst, np.linalg.norm(chord, axis=1) * A_M)
    piece = piece[worst > 0.8 * tolerance_m]  # the three probes see at least 0.84 of the departure
    return leg[piece], (along[piece] + along[piece + 1]) / 2


def _joined(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Unwrap longitudes and drop vertices that repeat their neighbour."""
    lon = np.unwrap(lon, period=360)
    repeats = np.concatenate([[False], (np.diff(lon) == 0) & (np.diff(lat) == 0)])
    if repeats[1:].all():
        repeats[-1] = False  # a track of no length keeps both ends
    return lon[~repeats], lat[~repeats]


def _needs_cut(geometry: Geometry) -> bool:
    """Tell whether any part runs beyond ±180 or jumps across it."""
    lon = shapely.get_coordinates(geometry)[:, 0]
    if len(lon) == 0:
        return False
    if np.abs(lon).max() > 180:
        return True
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            xy = shapely.get_coordinates(ring)
            if not np.array_equal(_unwrapped(xy)[:, 0], xy[:, 0]):
                return True
    return False


def _unwrapped(xy: Floats) -> Floats:
    """Let longitudes run on where an edge jumps by more than 180°."""
    step = np.diff(xy[:, 0])
    jump = np.where(np.abs(step) > 180, -360 * np.round(step / 360), 0.0)
    at_seam = (np.abs(xy[:, 0]) == 180) & (np.abs(np.roll(xy[:, 0], -1)) == 180)
    parallel = (np.abs(step) == 360) & (np.diff(xy[:, 1]) == 0) & at_seam[:-1]
    at_pole = parallel & (np.abs(xy[:-1, 1]) == 90)
    kept = np.where(parallel, 0.0, jump)
    if kept.sum() == 0 and (at_pole.any() or parallel.sum() > 1):
        jump = kept  # a band or a polar cap already cut at ±180°
    out = xy[:, :2].copy()
    out[1:, 0] += np.cumsum(jump)
    return out


def _split_part(part: Geometry, edges: Edges) -> list[Geometry]:
    """Cut one single geometry."""
    if part.is_empty:
        return [part]
    if part.geom_type == "Polygon":
        return _split_polygon(part, edges)
    if part.geom_type == "Point":
        lon = (part.x + 180) % 360 - 180 if abs(part.x) > 180 else part.x
        return [shapely.Point(lon, part.y)]
    if part.geom_type in ("LineString", "LinearRing"):
        return _split_line(shapely.get_coordinates(part), edges)
    return list(shapely.get_parts(split_antimeridian(part, edges=edges)))


def _with_seam_vertices(xy: Floats, edges: Edges) -> Floats:
    """Put a vertex on every edge where it meets 180° + k·360°."""
    rows = [xy[0]]
    for start, end in itertools.pairwise(xy):
        low, high = sorted((float(start[0]), float(end[0])))
        seams = [
            180.0 + 360 * k
            for k in range(math.floor((low - 180) / 360), math.ceil((high - 180) / 360) + 1)
            if low < 180 + 360 * k < high
        ]
        rows += [
            np.array([seam, _seam_latitude(start, end, seam, edges)])
            for seam in (seams if end[0] > start[0] else reversed(seams))
        ]
        rows.append(end)
    return np.array(rows)


def _seam_latitude(start: Floats, end: Floats, seam: float, edges: Edges) -> float:
    """Latitude at which an edge meets the seam."""
    share = (seam - start[0]) / (end[0] - start[0])
    if edges == "straight" or abs(end[0] - start[0]) >= 180:
        return float(start[1] + share * (end[1] - start[1]))
    lon0, lat0 = float(start[0]), float(start[1])
    azimuth, _, length = inverse(lon0, lat0, end[0], end[1])
    low, high = 0.0, float(length)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        lon = float(direct(lon0, lat0, azimuth, middle)[0])
        lon += 360 * round((start[0] + share * (end[0] - start[0]) - lon) / 360)
        if (lon < seam) == (end[0] > start[0]):
            low = middle
        else:
            high = middle
    return float(direct(lon0, lat0, azimuth, low)[1])


def _split_line(xy: Floats, edges: Edges) -> list[Geometry]:
    """Cut a line; its parts keep order and direction."""
    xy = _with_seam_vertices(_unwrapped(xy), edges)
    middle = (xy[1:, 0] + xy[:-1, 0]) / 2
    turn = np.floor((middle + 180) / 360)
    parts: list[Geometry] = []
    first = 0
    for last in range(1, len(turn) + 1):
        if last == len(turn) or turn[last] != turn[first]:
            piece = xy[first : last + 1].copy()
            piece[:, 0] -= 360 * turn[first]
            parts.append(shapely.LineString(piece))
            first = last
    return parts


def _split_polygon(polygon: Geometry, edges: Edges) -> list[Geometry]:
    """Cut a polygon, closing rings round a pole along the pole."""
    shell = _closed_at_pole(_unwrapped(shapely.get_coordinates(polygon.exterior)))
    whole: Any = shapely.Polygon(_with_seam_vertices(shell, edges))
    for ring in polygon.interiors:
        hole = _with_seam_vertices(
            _closed_at_pole(_unwrapped(shapely.get_coordinates(ring))), edges
        )
        hole[:, 0] += 360 * round((shell[:, 0].mean() - hole[:, 0].mean()) / 360)
        copies = [shapely.affinity.translate(shapely.Polygon(hole), 360 * k) for k in (-1, 0, 1)]
        whole = shapely.difference(_valid(whole), shapely.union_all([_valid(c) for c in copies]))
    return _cut_in_strips(_valid(whole))


def _closed_at_pole(xy: Floats) -> Floats:
    """Close a ring that went round the Earth along the pole it encloses."""
    turn = xy[-1, 0] - xy[0, 0]
    if abs(turn) < 180:
        return xy
    left = 90.0 if turn > 0 else -90.0
    low, high = xy[:, 1].min(), xy[:, 1].max()
    pole = 90.0 if low >= 0 else -90.0 if high <= 0 else left
    return np.vstack([xy, [xy[-1, 0], pole], [xy[0, 0], pole], xy[0]])


def _valid(geometry: Geometry) -> Geometry:
    """Repair a geometry only where it must be."""
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _cut_in_strips(whole: Geometry) -> list[Geometry]:
    """Cut at 180° + k·360°, move each strip into [-180, 180], unite what then overlaps."""
    west, _, east, _ = whole.bounds
    strips = []
    for k in range(math.floor((west + 180) / 360), math.ceil((east - 180) / 360) + 1):
        box = shapely.box(360 * k - 180, -91, 360 * k + 180, 91)
        strips.append(shapely.affinity.translate(shapely.intersection(whole, box), -360.0 * k))
    united = strips[0] if len(strips) == 1 else _united(strips)
    return [
        part for part in _flat_parts(united) if part.geom_type == "Polygon" and not part.is_empty
    ]


def _united(strips: list[Geometry]) -> Geometry:
    """Unite overlapping strips; leave those that only meet at the seam as they are."""
    solid = [strip for strip in strips if strip.area > 0]
    tree = shapely.STRtree(solid)
    pairs = tree.query(np.array(solid, dtype=object), predicate="overlaps")
    covers = tree.query(np.array(solid, dtype=object), predicate="contains_properly")
    if pairs.shape[1] or covers.shape[1]:
        return shapely.union_all(solid)
    return shapely.GeometryCollection(solid)


def _flat_parts(geometry: Geometry) -> list[Geometry]:
    """List the single geometries inside, however deep."""
    if geometry.geom_type in ("GeometryCollection", "MultiPolygon"):
        return [leaf for part in shapely.get_parts(geometry) for leaf in _flat_parts(part)]
    return [geometry]
