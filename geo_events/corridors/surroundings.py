"""What lies around a corridor: territories within its band, and how near it comes to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_events.atlas.territories import load_pieces
from geo_events.corridors.facts import find_facts
from geo_events.corridors.positions import Approach
from geo_events.corridors.world import load_world
from geo_events.geodesy.ellipsoid import GEOD, direct, inverse
from geo_events.geodesy.tracks import measure_track

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.ends import End
    from geo_events.values import View

__all__ = ["find_touched", "measure_approach", "measure_area_km2"]

Floats = npt.NDArray[np.float64]

_SLIVER_KM2 = 1e-3


def find_touched(shape: BaseGeometry, view: View) -> pd.DataFrame:
    """Find the territories that an area touches, and how much of it lies in each.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        EPSG:4326, within ±180°.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    DataFrame
        `territory`, `name`, `kind`, `iso3`, `area_km2`, `share` (of the area), largest first.
    """
    world, pieces = load_world(view), load_pieces().polygons
    shapely.prepare(shape)
    hit = np.nonzero(shapely.intersects(shape, pieces))[0]
    areas = np.array([measure_area_km2(shapely.intersection(shape, pieces[k])) for k in hit])
    number = world.of_unit[hit]
    total = np.bincount(number, weights=areas, minlength=len(world.ids))
    found = np.nonzero(total > _SLIVER_KM2)[0]
    found = found[np.argsort(-total[found], kind="stable")]
    return pd.DataFrame(
        {
            "territory": _pick(world.ids, found),
            "name": _pick(world.names, found),
            "kind": _pick(world.kinds, found),
            "iso3": _pick(world.iso3, found),
            "area_km2": total[found],
            "share": total[found] / total.sum() if len(found) else total[found],
        }
    )


def measure_approach(lon: Floats, lat: Floats, territory: End) -> Approach:
    """Measure how near a line comes to a territory or a point.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        Vertices of the line, degrees.
    territory : End
        An area or a point.

    Returns
    -------
    Approach
        With a distance of 0 where the line enters.
    """
    lines = np.column_stack([lon[:-1], lat[:-1], lon[1:], lat[1:]])
    facts = find_facts(lines, territory)
    leg = int(np.argmin(facts.miss_km))
    before = float(measure_track(lon, lat)[leg])
    along = float(facts.at_km[leg]) * 1000
    azimuth = inverse(*lines[leg])[0]
    place = direct(lines[leg, 0], lines[leg, 1], azimuth, along)
    return Approach(
        territory=territory.id,
        name=territory.name,
        miss_km=float(facts.miss_km[leg]),
        at_km=(before + along) / 1000,
        lon=float(place[0]),
        lat=float(place[1]),
    )


def measure_area_km2(shape: BaseGeometry) -> float:
    """Measure the area of polygons on the ellipsoid.

    Parameters
    ----------
    shape : shapely geometry
        EPSG:4326; parts that are no polygons count nothing.

    Returns
    -------
    float
        Square kilometres.

    Examples
    --------
    >>> round(measure_area_km2(shapely.box(0, 0, 1, 1)))
    12309
    """
    parts = shapely.get_parts(shapely.get_parts(shape))
    parts = parts[shapely.get_type_id(parts) == 3]
    fine = shapely.orient_polygons(shapely.segmentize(parts, 1.0))
    return sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in fine) / 1e6


def _pick(words: tuple[str, ...], rows: npt.NDArray[np.int64]) -> list[str]:
    """Return the words of these rows."""
    return [words[row] for row in rows]
