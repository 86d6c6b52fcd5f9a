"""Build polygons from the coordinates of somebody's GeoJSON, and say what had to be mended."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.geodesy.tracks import split_antimeridian

__all__ = ["MAX_CROSSINGS", "RingFault", "build_area"]

MAX_CROSSINGS = 500  # the time of a repair grows with the square of them
_LONGEST_TURN = 360.0
_FIRST_CHUNK, _LARGEST_CHUNK = 8, 4096

Floats = npt.NDArray[np.float64]


class RingFault(Exception):  # noqa: N818 - not an error of ours: it becomes a line of a FrameError
    """What is wrong with a geometry, in words."""


def build_area(kind: object, coordinates: object) -> tuple[Any, list[str]]:
    """Build a valid polygon within [-180, 180] from GeoJSON coordinates.

    Parameters
    ----------
    kind : object
        The member "type"; "Polygon" or "MultiPolygon".
    coordinates : object
        The member "coordinates".

    Returns
    -------
    geometry : shapely Polygon or MultiPolygon
        Cut at ±180°.
    mended : list of str
        What was repaired, in words; empty when nothing was.

    Raises
    ------
    RingFault
        It is no polygon with usable numbers.

    Examples
    --------
    >>> build_area("Polygon", [[[0, 0], [1, 0], [1, 1]]])
    (<POLYGON ((0 0, 1 0, 1 1, 0 0))>, ['closed an open ring'])
    """
    if kind not in ("Polygon", "MultiPolygon"):
        raise RingFault(f"expected a Polygon or MultiPolygon; got {_shown(kind)}")
    parts = [coordinates] if kind == "Polygon" else _list(coordinates, "polygons")
    mended: list[str] = []
    polygons = [_polygon(part, mended) for part in parts]
    if not polygons:
        raise RingFault("it has no polygon")
    whole: Any = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    _validate_crossings(whole)
    return _mend(_split(whole, mended), mended), list(dict.fromkeys(mended))


def _shown(thing: object) -> str:
    """Show what came, shortened and without control characters."""
    text = repr(thing)
    return text if len(text) <= 60 else text[:57] + "..."


def _list(thing: object, what: str) -> list[Any]:
    """Return a JSON array, or tell what came in its place."""
    if not isinstance(thing, list):
        raise RingFault(f"expected an array of {what}; got {_shown(thing)}")
    return thing


def _polygon(rings: object, mended: list[str]) -> shapely.Polygon:
    """Build one polygon, its first ring outside, the others holes."""
    closed = [_ring(ring, mended) for ring in _list(rings, "rings")]
    if not closed:
        raise RingFault("a polygon has no ring")
    return shapely.Polygon(closed[0], closed[1:])


def _ring(ring: object, mended: list[str]) -> Floats:
    """Read the positions of one ring; an open one is closed."""
    points = np.array([_position(point) for point in _list(ring, "positions")], dtype=float)
    if len(points) and not np.array_equal(points[0], points[-1]):
        points = np.vstack([points, points[:1]])
        mended.append("closed an open ring")
    if len(np.unique(points, axis=0)) < 3 if len(points) else True:
        raise RingFault("a ring needs at least three different positions")
    return points


def _position(point: object) -> tuple[float, float]:
    """Read one position: longitude, latitude, and perhaps a height that is not used."""
    if not isinstance(point, list) or not 2 <= len(point) <= 4:
        raise RingFault(f"expected a position [lon, lat]; got {_shown(point)}")
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in point):
        raise RingFault(f"expected numbers in a position; got {_shown(point)}")
    try:
        lon, lat = float(point[0]), float(point[1])
    except OverflowError as error:
        raise RingFault("a coordinate is not finite") from error
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise RingFault(f"a coordinate is not finite: {_shown(point)}")
    if abs(lat) > 90:
        hint = "; latitude and longitude swapped?" if abs(lon) <= 90 and abs(lat) <= 180 else ""
        raise RingFault(f"latitude {lat:g} is out of range (-90 to 90){hint}")
    if abs(lon) > _LONGEST_TURN:
        raise RingFault(f"longitude {lon:g} is out of range (-360 to 360)")
    return lon, lat


def _rings(whole: Any) -> list[Any]:  # noqa: ANN401 - shapely's classes differ by type
    """List all rings of a (multi)polygon."""
    return [ring for part in shapely.get_parts(whole) for ring in (part.exterior, *part.interiors)]


def _validate_crossings(whole: Any) -> None:  # noqa: ANN401 - shapely's classes differ by type
    """Refuse rings that cross themselves or each other so often that a repair would take long."""
    legs = []
    for ring in _rings(whole):
        points = shapely.get_coordinates(ring)
        points[:, 0] = np.unwrap(points[:, 0], period=360)  # a jump over ±180° crosses nothing
        legs.append(np.stack([points[:-1], points[1:]], axis=1))
    lines: Any = shapely.linestrings(np.concatenate(legs))
    tree = shapely.STRtree(lines)
    found, start, chunk = 0, 0, _FIRST_CHUNK
    while start < len(lines):
        some = lines[start : start + chunk]
        # each leg meets itself and its two neighbours, and both legs of a crossing meet
        found += tree.query(some, predicate="intersects").shape[1] - 3 * len(some)
        if found > 2 * MAX_CROSSINGS:
            raise RingFault(
                f"its edges cross more than {MAX_CROSSINGS} times; repair it in a GIS first"
            )
        start, chunk = start + chunk, min(2 * chunk, _LARGEST_CHUNK)


def _split(whole: Any, mended: list[str]) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Cut at ±180°; say so where an edge jumped from one side to the other."""
    jumps = any(
        (np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])) > 180).any() for ring in _rings(whole)
    )
    split = split_antimeridian(whole)
    if jumps and split is not whole:
        mended.append("cut at ±180°, which edges jumped across")
    return split


def _mend(whole: Any, mended: list[str]) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Repair an invalid polygon and keep what has an area."""
    if not whole.is_valid:
        reason = shapely.is_valid_reason(whole).partition("[")[0].lower().strip()
        whole = shapely.make_valid(whole)
        mended.append(f"repaired an invalid polygon ({reason})")
    areas = [part for part in _leaves(whole) if part.geom_type == "Polygon" and part.area > 0]
    if not areas:
        raise RingFault("it has no area")
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _leaves(geometry: Any) -> list[Any]:  # noqa: ANN401 - shapely's classes differ by type
    """List the single geometries inside, however deep."""
    if hasattr(geometry, "geoms"):
        return [leaf for part in geometry.geoms for leaf in _leaves(part)]
    return [geometry]
