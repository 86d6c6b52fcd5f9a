"""Where an origin's lines to a whole area cross a territory: quickly, and as exact as a drawing.

Seen from a corner of the target, the part of the origin behind the territory is its shadow. On a
gnomonic plane about that corner great circles are straight, so the shadow is the territory with
each of its edges drawn out radially. Great circles on the sphere leave geodesics on the ellipsoid
by less than 0.5 % of their length: a few kilometres, on outlines that are simplified to 5 km.
Shares and verdicts never come from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Polygon

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["find_any_shade", "find_common_shade"]

_COARSE_DEG = 0.05
_CORNER_DEG = 0.5
_GRID_DEG = 1e-4  # to which many nearly equal outlines are snapped when joined
_RIM_POINTS = 40  # of the target, from which the origin is looked at
_LEAST_COSINE = 0.2  # about 78 degrees from the corner: beyond it the plane is too stretched


def find_common_shade(
    origin: BaseGeometry, target: BaseGeometry, territory: BaseGeometry
) -> BaseGeometry:
    """Find the part of an origin from which lines to every corner of a target cross a territory.

    Parameters
    ----------
    origin, target, territory : Polygon or MultiPolygon
        EPSG:4326, not across +-180 degrees.

    Returns
    -------
    shapely geometry
        The part, for drawing; empty where there is none, or where the shapes are more than about
        80 degrees apart.

    Examples
    --------
    >>> box = shapely.box
    >>> shade = find_common_shade(box(20, -9, 30, 9), box(0, -0.1, 0.2, 0.1), box(10, -9, 11, 9))
    >>> round(shade.area)
    180
    """
    area = shapely.simplify(origin, _COARSE_DEG)
    wall = shapely.simplify(territory, _COARSE_DEG)
    hull = shapely.simplify(shapely.convex_hull(target), _CORNER_DEG)
    shade = area
    for lon, lat in shapely.get_coordinates(hull)[:-1].tolist():
        shade = shapely.intersection(shade, _shade(area, wall, lon, lat))
        if shapely.is_empty(shade):
            break
    return shade


def find_any_shade(
    origin: BaseGeometry, target: BaseGeometry, territory: BaseGeometry
) -> BaseGeometry:
    """Find the part of an origin from which some line to a target crosses a territory.

    Parameters
    ----------
    origin, target, territory : Polygon or MultiPolygon
        EPSG:4326, not across +-180 degrees.

    Returns
    -------
    shapely geometry
        The part, for drawing; empty where there is none, or where the shapes are more than about
        80 degrees apart.

    Notes
    -----
    A line that crosses the territory on its way to a point inside the target still does when it
    is drawn out to the target's rim: so the rim is enough, and points along it are taken.

    Examples
    --------
    >>> box = shapely.box
    >>> find_any_shade(box(20, -9, 30, 9), box(0, -1, 2, 1), box(10, 20, 11, 29)).is_empty
    True
    """
    area = shapely.simplify(origin, _COARSE_DEG)
    wall = shapely.simplify(territory, _COARSE_DEG)
    rim = shapely.boundary(shapely.simplify(target, _COARSE_DEG))
    along = np.linspace(0.0, 1.0, _RIM_POINTS, endpoint=False)
    points = [
        shapely.get_coordinates(shapely.line_interpolate_point(ring, along, normalized=True))  # type: ignore[call-overload]  # any line
        for ring in _long_rings(rim)
    ]
    seen = [_shade(area, wall, lon, lat) for lon, lat in np.concatenate(points).tolist()]
    return shapely.union_all(seen, grid_size=_GRID_DEG)


def _long_rings(rim: BaseGeometry) -> list[BaseGeometry]:
    """Return the longest ring of a rim, and those that are at least a fifth as long."""
    rings = shapely.get_parts(rim)
    length = shapely.length(rings)
    return list(rings[length >= 0.2 * length.max()])


def _shade(area: BaseGeometry, wall: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """Find the part of an area behind a wall, seen from one point."""
    if shapely.intersects(wall, shapely.Point(lon, lat)):
        return area
    flat_area, flat_wall = _flatten(area, lon, lat), _flatten(wall, lon, lat)
    if flat_area is None or flat_wall is None:
        return shapely.Polygon()
    reach = 1.1 * float(np.abs(shapely.get_coordinates(flat_area)).max()) * 2**0.5
    behind = shapely.union_all([flat_wall, *_drawn_out(flat_wall, reach)])
    found = shapely.intersection(flat_area, behind)
    return shapely.make_valid(shapely.transform(found, lambda xy: _from_plane(xy, lon, lat)))


def _flatten(shape: BaseGeometry, lon: float, lat: float) -> BaseGeometry | None:
    """Bring a shape onto the plane about a point; None when it reaches too far."""
    if _cosine(shapely.get_coordinates(shape), lon, lat).min() < _LEAST_COSINE:
        return None
    flat = shapely.transform(shape, lambda xy: _to_plane(xy, lon, lat))
    return shapely.make_valid(flat)


def _drawn_out(wall: BaseGeometry, reach: float) -> list[BaseGeometry]:
    """Draw each edge of a wall out radially to a distance from the plane's origin."""
    quads: list[NDArray[np.float64]] = []
    for ring in shapely.get_rings(shapely.get_parts(wall)):
        near = shapely.get_coordinates(ring)
        far = near * (reach / np.maximum(np.linalg.norm(near, axis=1), 1e-12))[:, None]
        quads.append(np.stack([near[:-1], near[1:], far[1:], far[:-1]], axis=1))
    corners = np.concatenate(quads) if quads else np.empty((0, 4, 2))
    return [shapely.make_valid(Polygon(quad)) for quad in corners]


def _cosine(xy: NDArray[np.float64], lon: float, lat: float) -> NDArray[np.float64]:
    """Return the cosine of the distance of points from a point."""
    east, north = np.radians(xy[:, 0] - lon), np.radians(xy[:, 1])
    cosine: NDArray[np.float64] = np.sin(np.radians(lat)) * np.sin(north) + np.cos(
        np.radians(lat)
    ) * np.cos(north) * np.cos(east)
    return cosine


def _to_plane(xy: NDArray[np.float64], lon: float, lat: float) -> NDArray[np.float64]:
    """Project gnomonically about a point."""
    east, north = np.radians(xy[:, 0] - lon), np.radians(xy[:, 1])
    sine, cosine = np.sin(np.radians(lat)), np.cos(np.radians(lat))
    x = np.cos(north) * np.sin(east)
    y = cosine * np.sin(north) - sine * np.cos(north) * np.cos(east)
    return np.column_stack([x, y]) / _cosine(xy, lon, lat)[:, None]


def _from_plane(xy: NDArray[np.float64], lon: float, lat: float) -> NDArray[np.float64]:
    """Undo `_to_plane`."""
    sine, cosine = np.sin(np.radians(lat)), np.cos(np.radians(lat))
    scale = np.sqrt(1 + (xy**2).sum(axis=1))
    north = np.arcsin((sine + xy[:, 1] * cosine) / scale)
    east = np.arctan2(xy[:, 0], cosine - xy[:, 1] * sine)
    return np.column_stack([np.degrees(east) + lon, np.degrees(north)])
