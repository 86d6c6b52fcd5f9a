"""Range rings from `make_range_rings`: smooth rings with their distances, round a marked centre."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo_events.geodesy.ellipsoid import direct, from_ecef, inverse, to_ecef
from geo_events.maps import signs
from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent
from geo_events.maps.features import PointMark, TrackMark
from geo_events.maps.ring_layers import make_ring_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geo_events.maps.features import Dash, Mark, RingMark, Style

__all__ = ["RING_CAVEAT", "range_content"]

RING_CAVEAT = (
    "True distances along the ground from one point. A ring says how far, "
    "not that anything reached it or was aimed there."
)
_COLUMNS = frozenset(("center", "radius_km", "label"))
_GROUP = "rings"
_DASHES: tuple[Dash, ...] = ("solid", "dashed", "dotted", "dashdot")
_TOLERANCE = 0.002  # of the radius: what the vertices of a ring may be off
_STEPS = 6
_SEAM_DEG = 1e-6


def range_content(frame: pd.DataFrame) -> MapContent | None:
    """Turn the table of `make_range_rings` into what stands on a map.

    Parameters
    ----------
    frame : DataFrame
        Any table.

    Returns
    -------
    MapContent or None
        A ring per row with its distance on it and in the legend, and a sign at each centre; None
        for a table that does not hold rings in EPSG:4326.
    """
    if not (isinstance(frame, gpd.GeoDataFrame) and set(frame.columns) >= _COLUMNS and len(frame)):
        return None
    if frame.active_geometry_name is None or frame.crs != "EPSG:4326":
        return None
    rows = list(
        zip(frame["center"], frame["radius_km"], frame["label"], frame.geometry, strict=True)
    )
    centres = [_find_centre(shape, float(km)) for _, km, _, shape in rows]
    if any(centre is None for centre in centres):
        return None
    rings = [
        (str(name), float(km), str(label), centre)
        for (name, km, label, _), centre in zip(rows, centres, strict=True)
        if centre is not None
    ]
    return _content(rings)


def _content(rings: Sequence[tuple[str, float, str, tuple[float, float]]]) -> MapContent:
    """Draw the rings, largest first, and mark each centre once."""
    names = tuple(dict.fromkeys(name for name, *_ in rings))
    several = len(names) > 1
    marks, entries, items = [], [], []
    centres = {name: centre for name, _, _, centre in reversed(rings)}
    for number, (name, km, label, _) in enumerate(rings):
        style = replace(signs.RING, dash=_DASHES[number % len(_DASHES)])
        text = f"{label} from {name}"
        item = f"ring-{number}"
        marks.append(_ring(centres[name], km, (text, label), style, item))
        entries.append(LegendEntry("line", text if several else label, style))
        rows = (("Centre", name), ("Radius", f"{km:,.1f} km"))
        items.append(Item(item, "Distances", text, evidence=Evidence(rows)))
    points = list(_centre_marks(centres))
    entries.append(LegendEntry("point", "Centre", signs.STAY, "diamond"))
    radii = ", ".join(dict.fromkeys(label for _, _, label, _ in rings))
    group = Group(_GROUP, f"Distances from {', '.join(names)}", tuple(entries))
    return MapContent(
        title=f"Distances from {', '.join(names)}: {radii}",
        caveat=(RING_CAVEAT,),
        groups=(group,),
        marks=(*marks, *points),
        items=tuple(items),
        notes=("Distances: geodesics on the WGS 84 ellipsoid.",),
    )


def _centre_marks(centres: dict[str, tuple[float, float]]) -> Iterator[Mark]:
    """Mark each centre with its name."""
    for name, (lon, lat) in centres.items():
        label = f"{name}: centre of the rings"
        yield PointMark(lon, lat, label, signs.STAY, "diamond", _GROUP, "", name, rank=15.0)


def _ring(
    centre: tuple[float, float], km: float, words: tuple[str, str], style: Style, item: str
) -> Mark:
    """Draw one ring; one that holds a pole runs from one edge of the map to the other."""
    ring: RingMark = make_ring_mark(*centre, km, words, item=item, style=style)
    if abs(ring.lon[-1] - ring.lon[0]) < 180:
        return ring
    order = np.argsort(np.mod(ring.lon[:-1] - centre[0] + 180.0, 360.0))
    lon = np.mod(ring.lon[:-1] - centre[0] + 180.0, 360.0)[order] + centre[0] - 180.0
    lat = ring.lat[:-1][order]
    lon = np.concatenate([[lon[-1] - 360.0], lon, [lon[0] + 360.0]])
    lat = np.concatenate([[lat[-1]], lat, [lat[0]]])
    near = int(np.argmin(np.abs(lon - centre[0])))
    at = (float(lon[near]), float(lat[near]))
    label, caption = words
    return TrackMark(((lon, lat),), label, style, _GROUP, item, caption, at, rank=ring.rank)


def _find_centre(shape: Any, km: float) -> tuple[float, float] | None:  # noqa: ANN401  shapely's own
    """Find the point from which all vertices of a ring are as far as its radius; None if none.

    The first guess is the axis of the plane through the vertices, which is exact on a sphere.
    """
    xy = shapely.get_coordinates(shape)
    inner = (np.abs(np.abs(xy[:, 0]) - 180.0) > _SEAM_DEG) & (np.abs(xy[:, 1]) < 89.99)
    lon, lat = xy[inner].T
    if len(lon) < 8 or not np.isfinite(xy).all() or not km > 0:
        return None
    for guess in _guess_centres(lon, lat):
        found = _refine(*guess, (lon, lat), km * 1000)
        if found is not None:
            return found
    return None


def _guess_centres(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return both ends of the axis of a ring."""
    xyz = to_ecef(lon, lat)
    spread = xyz - xyz.mean(axis=0)
    axis = np.linalg.eigh(spread.T @ spread)[1][:, 0]  # along which the vertices spread least
    ends = from_ecef(np.array([axis, -axis]))
    return (float(ends[0][0]), float(ends[1][0])), (float(ends[0][1]), float(ends[1][1]))


def _refine(
    lon: float, lat: float, ring: tuple[NDArray[np.float64], NDArray[np.float64]], radius_m: float
) -> tuple[float, float] | None:
    """Move a centre until the ring lies at its radius (Gauss and Newton); None if it does not."""
    ones = np.ones(len(ring[0]))
    for _ in range(_STEPS):
        azimuth, _, length = inverse(lon * ones, lat * ones, *ring)
        off = np.asarray(length) - radius_m
        radians = np.radians(np.asarray(azimuth))
        toward = np.column_stack([np.sin(radians), np.cos(radians)])
        east, north = np.linalg.lstsq(toward, off, rcond=None)[0]
        step = float(np.hypot(east, north))
        if step < 1.0:
            break
        moved = direct(lon, lat, float(np.degrees(np.arctan2(east, north))), step)
        lon, lat = (float(np.ravel(value)[0]) for value in moved[:2])
    _, _, length = inverse(lon * ones, lat * ones, *ring)
    worst = float(np.max(np.abs(np.asarray(length) - radius_m)))
    return (lon, lat) if worst <= _TOLERANCE * radius_m + 1000 else None
