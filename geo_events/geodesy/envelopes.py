"""Envelopes: an area that holds every geodesic from one area to another."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import direct, inverse, validate_lonlat
from geo_events.geodesy.planes import EARTH_M, as_lonlat_polygon, to_normal

__all__ = ["make_envelope"]

Floats = npt.NDArray[np.float64]
Geometry = Any

_WIDEST_RAD = math.radians(72)
_MOST_PARTS = 8
_EDGE_DEG = 0.25
_MOST_CORNERS = 64
_BULGE_M = 250.0  # a straight lon/lat edge of 0.25° leaves its ends' geodesic by 120 m at 80°
_CAP_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Gnomonic:
    """The ellipsoidal gnomonic plane about a point: geodesics are straight to metres."""

    normal: Floats
    projection: pyproj.Proj

    @classmethod
    def centred(cls, normal: Floats) -> _Gnomonic:
        """Make the plane about a unit vector."""
        lon = math.degrees(math.atan2(normal[1], normal[0]))
        lat = math.degrees(math.atan2(normal[2], math.hypot(normal[0], normal[1])))
        proj = pyproj.Proj(f"+proj=gnom +lat_0={lat!r} +lon_0={lon!r} +ellps=WGS84")
        return cls(normal, proj)

    def forward(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
        """Give the plane's positions in metres; infinite on the other half of the Earth."""
        lons, lats = np.array(lon, float), np.array(lat, float)
        xy = np.column_stack(self.projection(lons, lats))
        xy[to_normal(lons, lats) @ self.normal < 0.02] = np.inf
        return xy

    def inverse(self, xy: Floats) -> tuple[Floats, Floats]:
        """Give longitude and latitude in degrees."""
        lon, lat = self.projection(xy[:, 0].copy(), xy[:, 1].copy(), inverse=True)
        return np.asarray(lon), np.asarray(lat)


def make_envelope(area_a: Geometry, area_b: Geometry, *, tolerance_m: float = 100.0) -> Geometry:
    """Make an area that no geodesic from one area to another leaves.

    It is a superset: the hull of both ends, hollows of their outlines filled. Ends farther apart
    than a quarter of the Earth's circumference are joined by several hulls one after another.

    Parameters
    ----------
    area_a, area_b : shapely Point, Polygon or MultiPolygon
        EPSG:4326, edges straight in lon/lat.
    tolerance_m : float
        How far the outline may lie outside the hull, metres, besides 250 m for bent edges.

    Returns
    -------
    shapely Polygon or MultiPolygon
        EPSG:4326, cut at ±180°.

    Raises
    ------
    InvalidInputError
        An end is empty or no point or polygon, or the ends are so large or so nearly opposite
        that lines between them go everywhere.

    Notes
    -----
    The convex hull in PROJ's ellipsoidal gnomonic plane, in which geodesics are straight.

    Examples
    --------
    >>> envelope = make_envelope(shapely.Point(0, 0), shapely.box(10, -1, 12, 1))
    >>> bool(shapely.contains_xy(envelope, 5.0, 0.4)), bool(shapely.contains_xy(envelope, 5.0, 1.0))
    (True, False)
    """
    ends = [_outline(area) for area in (area_a, area_b)]
    stations = _choose_stations(*ends)
    hulls = [_hull(np.vstack(pair), tolerance_m) for pair in itertools.pairwise(stations)]
    return hulls[0] if len(hulls) == 1 else shapely.union_all(hulls)


def _outline(area: Geometry) -> Floats:
    """List the vertices that can be corners of a hull, on finely cut edges."""
    kind = getattr(area, "geom_type", None)
    if kind not in ("Point", "Polygon", "MultiPolygon") or area.is_empty:
        raise InvalidInputError(f"a point or polygon expected as an end, got {area!r}")
    xy = shapely.get_coordinates(shapely.segmentize(area, _EDGE_DEG))
    return np.column_stack(validate_lonlat(xy[:, 0], xy[:, 1], what="vertex of an end"))


def _find_cap(lonlat: Floats) -> tuple[Floats, float]:
    """Find a small cap that holds all points: its centre, and its radius in radians."""
    normals = to_normal(lonlat[:, 0], lonlat[:, 1])
    centre = normals.mean(axis=0)
    centre = centre / max(float(np.linalg.norm(centre)), 1e-12)
    best, reach = centre, math.pi
    for step in range(1, _CAP_STEPS):  # towards the farthest point, ever shorter
        cosine = normals @ centre
        farthest = int(np.argmin(cosine))
        radius = math.acos(min(1.0, max(-1.0, float(cosine[farthest]))))
        if radius < reach:
            best, reach = centre, radius
        centre = centre + (normals[farthest] - centre) / (step + 1)
        centre = centre / max(float(np.linalg.norm(centre)), 1e-12)
    return best, reach


def _choose_stations(start: Floats, end: Floats) -> list[Floats]:
    """Choose point sets from end to end so that neighbours fit into one plane."""
    if _find_cap(np.vstack([start, end]))[1] <= _WIDEST_RAD:
        return [start, end]
    first, last = _corners(start), _corners(end)
    for parts in range(2, _MOST_PARTS + 1):
        between = [_midway(first, last, share / parts) for share in range(1, parts)]
        stations = [start, *between, end]
        pairs = itertools.pairwise(stations)
        if all(_find_cap(np.vstack(pair))[1] <= _WIDEST_RAD for pair in pairs):
            return stations
    raise InvalidInputError(
        "the two ends are so large or so nearly opposite that geodesics between them reach most "
        "of the Earth; give smaller ends, or one point instead of an area"
    )


def _corners(outline: Floats) -> Floats:
    """Keep an end's outermost vertices, not too many."""
    centre, radius = _find_cap(outline)
    if radius > _WIDEST_RAD or len(outline) <= 3:
        kept = outline
    else:
        plane = _Gnomonic.centred(centre)
        hull: Geometry = shapely.convex_hull(
            shapely.multipoints(plane.forward(outline[:, 0], outline[:, 1]))
        )
        if hull.geom_type == "Polygon":
            hull = shapely.segmentize(hull.exterior, hull.length / _MOST_CORNERS)
        kept = np.column_stack(plane.inverse(shapely.get_coordinates(hull)))
    return kept[:: max(1, len(kept) // (2 * _MOST_CORNERS))]


def _midway(start: Floats, end: Floats, share: float) -> Floats:
    """Take the points at a share of the way on all lines between corners, and a margin."""
    first, last = np.repeat(start, len(end), axis=0), np.tile(end, (len(start), 1))
    azimuth, _, length = inverse(first[:, 0], first[:, 1], last[:, 0], last[:, 1])
    lon, lat, _ = direct(first[:, 0], first[:, 1], azimuth, length * share)
    points = np.column_stack([lon, lat])
    margin = 2000.0 + 0.04 * EARTH_M * _find_cap(points)[1]
    hull = _corners(points)
    turns = np.arange(0, 360, 30.0)
    around = np.repeat(hull, len(turns), axis=0)
    turn = np.tile(turns, len(hull))
    return np.column_stack(direct(around[:, 0], around[:, 1], turn, margin)[:2])


def _hull(lonlat: Floats, tolerance_m: float) -> Geometry:
    """Make the convex hull of points, laid on lon/lat."""
    centre, radius = _find_cap(lonlat)
    plane = _Gnomonic.centred(centre)
    hull = shapely.convex_hull(shapely.multipoints(plane.forward(lonlat[:, 0], lonlat[:, 1])))
    margin = (_BULGE_M + tolerance_m) / math.cos(radius) ** 2
    return as_lonlat_polygon(shapely.buffer(hull, margin, quad_segs=4), plane, 0.5 * tolerance_m)
