"""A map plane for areas of any size, and the way from its polygons to lon/lat polygons.

Work on areas (union, hull, difference) is done in a stereographic plane, which shows the whole
Earth but one point: no pole and no ±180° stands in the way there. What comes out is laid back on
longitude and latitude, cut at ±180° (RFC 7946), closed along a pole that lies inside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EARTH_M", "Plane", "Stereographic", "as_lonlat_polygon", "list_polygons", "to_normal"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Geometry = Any

EARTH_M = 6_371_008.8
_PROBES = (0.3, 0.7)  # a parabola shows 0.84 of its height there, an S-shape nearly all
_ROUNDS = 48
_SHORTEST_M = 0.5
_SNAP_DEG = 1e-9
_MOST_TURN_DEG = 90.0


class Plane(Protocol):
    """A plane that shows a part of the Earth, one to one."""

    def forward(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
        """Give the plane's positions, shape (n, 2); not finite where it shows none."""

    def inverse(self, xy: Floats) -> tuple[Floats, Floats]:
        """Give longitude and latitude in degrees."""


def to_normal(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
    """Turn positions into unit vectors along the ellipsoid's normal.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Degrees.

    Returns
    -------
    ndarray, shape (n, 3)
        Unit vectors; latitude 90 is exactly the axis.

    Examples
    --------
    >>> to_normal(0.0, 0.0).tolist()
    [1.0, 0.0, 0.0]
    """
    lam, phi = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    flat = np.where(np.abs(np.asarray(lat, float)) == 90, 0.0, np.cos(phi))
    return np.stack([flat * np.cos(lam), flat * np.sin(lam), np.sin(phi) + 0 * lam], axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class Stereographic:
    """The stereographic plane about a centre: all of the Earth but the opposite point.

    Parameters
    ----------
    frame : ndarray, shape (3, 3)
        Rows: the directions east and north at the centre, and the centre itself.
    """

    frame: Floats

    @classmethod
    def centred(cls, normal: Floats) -> Stereographic:
        """Make the plane about a unit vector."""
        axis = normal / np.linalg.norm(normal)
        east = np.cross([0.0, 0.0, 1.0], axis)
        if np.linalg.norm(east) < 1e-9:
            east = np.array([0.0, 1.0, 0.0])
        east = east / np.linalg.norm(east)
        return cls(np.stack([east, np.cross(axis, east), axis]))

    def forward(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
        """Give the plane's positions in metres at the centre's scale."""
        local = to_normal(lon, lat) @ self.frame.T
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(2 * EARTH_M * local[..., :2] / (1 + local[..., 2:]))

    def inverse(self, xy: Floats) -> tuple[Floats, Floats]:
        """Give longitude and latitude in degrees."""
        flat = np.asarray(xy, float) / (2 * EARTH_M)
        square = (flat * flat).sum(axis=-1, keepdims=True)
        local = np.concatenate([2 * flat, 1 - square], axis=-1) / (1 + square)
        x, y, z = np.moveaxis(local @ self.frame, -1, 0)
        return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))


def as_lonlat_polygon(polygon: Geometry, plane: Plane, tolerance_m: float) -> Geometry:
    """Lay a plane's polygon on longitude and latitude, cut at ±180°.

    Vertices are added wherever a straight lon/lat edge would leave the plane's straight edge by
    more than the tolerance, up to the poles themselves. A pole inside is closed along ±90°. Parts
    and holes smaller than the square of the tolerance, traces of rounding, are left out.

    Parameters
    ----------
    polygon : shapely (Multi)Polygon
        In the plane; valid.
    plane : Plane
        The plane it lies in.
    tolerance_m : float
        Metres on the ground.

    Returns
    -------
    shapely (Multi)Polygon
        EPSG:4326, valid, longitudes in [-180, 180]; empty for an empty polygon.

    Examples
    --------
    >>> plane = Stereographic.centred(to_normal(180.0, 0.0))
    >>> square = as_lonlat_polygon(shapely.box(-1e5, -1e5, 1e5, 1e5), plane, 10.0)
    >>> [round(part.bounds[0], 1) for part in square.geoms]
    [179.1, -180.0]
    """
    wholes = []
    for part in list_polygons(polygon):
        if part.area < tolerance_m**2:
            continue
        whole = _lay_ring(part.exterior, plane, tolerance_m)
        holes = [
            _lay_ring(ring, plane, tolerance_m)
            for ring in part.interiors
            if shapely.Polygon(ring).area > tolerance_m**2
        ]
        wholes.append(shapely.difference(whole, shapely.union_all(holes)) if holes else whole)
    parts = [leaf for whole in wholes for leaf in list_polygons(whole) if leaf.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def list_polygons(geometry: Geometry) -> Iterator[Geometry]:
    """List the single polygons inside a geometry, leaving out lines and points.

    Parameters
    ----------
    geometry : shapely geometry
        Of any kind.

    Yields
    ------
    shapely Polygon
        Not empty, in their order.

    Examples
    --------
    >>> mixed = shapely.GeometryCollection([shapely.Point(0, 0), shapely.box(0, 0, 1, 1)])
    >>> [part.geom_type for part in list_polygons(mixed)]
    ['Polygon']
    """
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            if not part.is_empty:
                yield part
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from list_polygons(part)


def _lay_ring(ring: Geometry, plane: Plane, tolerance_m: float) -> Geometry:
    """Turn what a ring encloses into a lon/lat geometry."""
    inside = shapely.Polygon(ring)
    poles = plane.forward([0.0, 0.0], [90.0, -90.0])
    north, south = (
        bool(np.isfinite(xy).all()) and bool(shapely.contains_xy(inside, *xy)) for xy in poles
    )
    lon, lat = _densified(np.asarray(ring.coords)[:, :2], plane, tolerance_m)
    lon = _unwrapped(lon, winds=north != south)
    xy = np.column_stack([lon, lat])
    if north != south:
        xy = _closed_at_pole(xy, 90.0 if north else -90.0)
    else:
        xy[-1] = xy[0]
    laid = _cut(shapely.Polygon(xy))
    return shapely.difference(shapely.box(-180, -90, 180, 90), laid) if north and south else laid


def _closed_at_pole(xy: Floats, pole: float) -> Floats:
    """Begin a ring that goes round the Earth at ±180°, and close it along the pole."""
    around = math.copysign(360.0, xy[-1, 0] - xy[0, 0])
    turns = np.floor((xy[:, 0] + 180) / 360)
    crossing = np.nonzero(np.diff(turns))[0]
    if len(crossing) == 0:  # it begins and ends at ±180° but for rounding
        seam = 360 * round((xy[0, 0] + 180) / 360) - 180.0
        xy[0, 0], xy[-1, 0] = seam, seam + around
        return np.vstack([xy, [seam + around, pole], [seam, pole], xy[0]])
    cut = int(crossing[0])
    seam = 360 * max(turns[cut], turns[cut + 1]) - 180
    share = (seam - xy[cut, 0]) / (xy[cut + 1, 0] - xy[cut, 0])
    lat = xy[cut, 1] + share * (xy[cut + 1, 1] - xy[cut, 1])
    begun = xy[1 : cut + 1] + np.array([around, 0.0])
    corners = [[seam + around, lat], [seam + around, pole], [seam, pole], [seam, lat]]
    return np.vstack([[seam, lat], xy[cut + 1 :], begun, corners])


def _densified(xy: Floats, plane: Plane, tolerance_m: float) -> tuple[Floats, Floats]:
    """Halve edges until their lon/lat chords stay within the tolerance."""
    for _ in range(_ROUNDS):
        lon, lat = plane.inverse(xy)
        wide = _leaving(xy, lon, lat, plane, 0.8 * tolerance_m)
        if not wide.any():
            break
        middles = (xy[:-1][wide] + xy[1:][wide]) / 2
        xy = np.insert(xy, np.nonzero(wide)[0] + 1, middles, axis=0)
    near_pole = np.abs(lat) > 90 - 1e-8
    if near_pole.any():  # the longitude means nothing there; its neighbours are centimetres away
        kept = ~near_pole
        lon, lat = lon[kept], lat[kept]
        if not kept[0]:
            lon, lat = np.append(lon, lon[0]), np.append(lat, lat[0])
    return lon, lat


def _leaving(xy: Floats, lon: Floats, lat: Floats, plane: Plane, tolerance_m: float) -> Bools:
    """Tell which edges' chords leave the plane's edge too far, or turn too much."""
    turn = _turns(lon)
    start = to_normal(lon[:-1], lat[:-1])
    chord = to_normal(lon[1:], lat[1:]) - start
    length = np.linalg.norm(chord, axis=1)
    unit = chord / np.maximum(length, 1e-300)[:, None]
    worst = np.zeros(len(turn))
    for share in _PROBES:
        seen = to_normal(*plane.inverse(xy[:-1] * (1 - share) + xy[1:] * share))
        drawn = to_normal(lon[:-1] + share * turn, lat[:-1] + share * np.diff(lat))
        error = drawn - seen
        error = error - (error * unit).sum(axis=1)[:, None] * unit
        worst = np.maximum(worst, np.linalg.norm(error, axis=1))
    far = (worst * EARTH_M > tolerance_m) | (np.abs(turn) > _MOST_TURN_DEG)
    return np.asarray(far & (length * EARTH_M > _SHORTEST_M))


def _turns(lon: Floats) -> Floats:
    """Give each edge's change of longitude, the short way round."""
    return (np.diff(lon) + 180) % 360 - 180


def _unwrapped(lon: Floats, *, winds: bool) -> Floats:
    """Let longitudes run on; where an edge passes a pole, go round on the side that fits."""
    turn = _turns(lon)
    total = turn.sum()
    if (abs(total) > 180) != winds:
        doubtful = int(np.argmax(np.abs(turn)))
        turn[doubtful] -= math.copysign(360, turn[doubtful])
    return np.concatenate([lon[:1], lon[0] + np.cumsum(turn)])


def _cut(polygon: Geometry) -> Geometry:
    """Cut an unwrapped polygon at 180° + k·360° and move the strips into [-180, 180]."""
    whole = polygon if polygon.is_valid else shapely.make_valid(polygon)
    if whole.is_empty:
        return whole
    west, _, east, _ = whole.bounds
    parts = []
    for k in range(math.floor((west + 180) / 360), math.ceil((east - 180) / 360) + 1):
        strip = shapely.box(360 * k - 180, -90, 360 * k + 180, 90)
        moved = shapely.affinity.translate(shapely.intersection(whole, strip), -360.0 * k)
        parts += [_snapped(part) for part in list_polygons(moved)]
    parts = [part if part.is_valid else shapely.make_valid(part) for part in parts]
    return shapely.MultiPolygon([leaf for part in parts for leaf in list_polygons(part)])


def _snapped(polygon: Geometry) -> Geometry:
    """Put vertices that rounding moved off ±180° back on it."""

    def snap(xy: Floats) -> Floats:
        near = np.abs(np.abs(xy[:, 0]) - 180) < _SNAP_DEG
        xy[near, 0] = np.copysign(180.0, xy[near, 0])
        return xy

    return shapely.transform(polygon, snap)
