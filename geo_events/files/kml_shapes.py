"""Geometries as KML: laid on the ground, edges of areas kept straight in lon/lat."""

from __future__ import annotations

from typing import Any

import shapely

__all__ = ["encode_shape"]

_LONGEST_EDGE_DEG = 1.0  # Google Earth bows edges; one of a degree by 0.13 km at most
_ON_GROUND = "<tessellate>1</tessellate>"


def encode_shape(shape: Any) -> str:  # noqa: ANN401 - shapely's classes differ by type
    """Encode a geometry as KML.

    Parameters
    ----------
    shape : shapely geometry
        Two-dimensional, not empty, EPSG:4326 within [-180, 180].

    Returns
    -------
    str
        One element; several parts in a MultiGeometry. Coordinates to 7 decimals.

    Examples
    --------
    >>> encode_shape(shapely.Point(39.01, 35.95))
    '<Point><coordinates>39.01,35.95</coordinates></Point>'
    """
    if hasattr(shape, "geoms"):
        return f"<MultiGeometry>{''.join(map(encode_shape, shape.geoms))}</MultiGeometry>"
    if shape.geom_type == "Point":
        return f"<Point>{_coordinates(shape)}</Point>"
    if shape.geom_type == "Polygon":
        return _polygon(shapely.segmentize(shape, _LONGEST_EDGE_DEG))
    return f"<LineString>{_ON_GROUND}{_coordinates(shape)}</LineString>"


def _polygon(shape: Any) -> str:  # noqa: ANN401 - shapely's classes differ by type
    """Encode one polygon."""
    outer = f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"
    inner = "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in shape.interiors)
    return f"<Polygon>{_ON_GROUND}{outer}{inner}</Polygon>"


def _ring(ring: Any) -> str:  # noqa: ANN401 - shapely's classes differ by type
    """Encode one ring."""
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:  # noqa: ANN401 - shapely's classes differ by type
    """Encode the vertices of a simple geometry."""
    points = shapely.get_coordinates(shape).tolist()
    texts = [f"{_number(lon)},{_number(lat)}" for lon, lat in points]
    return f"<coordinates>{' '.join(texts)}</coordinates>"


def _number(degrees: float) -> str:
    """Write a number with at most 7 decimals, and no minus before zero."""
    text = f"{degrees:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
