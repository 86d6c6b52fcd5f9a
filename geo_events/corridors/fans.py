"""Sample lines between areas, and what each of them crosses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from geo_events.corridors.drawing import draw_stretches
from geo_events.corridors.sampling import find_line_stays
from geo_events.corridors.world import load_world
from geo_events.errors import InvalidInputError
from geo_events.geodesy.ellipsoid import inverse
from geo_events.geodesy.fans import make_fan

if TYPE_CHECKING:
    from geo_events.corridors.ends import End
    from geo_events.values import View

__all__ = ["make_fan_frame"]

_MOST = 4096


def make_fan_frame(origin: End, target: End, count: int, *, view: View) -> gpd.GeoDataFrame:
    """Draw sample lines between two ends, and name what each crosses.

    Parameters
    ----------
    origin, target : End
        Points or areas.
    count : int
        How many lines; between two points there is only one.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    GeoDataFrame
        `sample`, `lon0`, `lat0`, `lon1`, `lat1`, `length_km`, `crosses` (ids in order),
        `names`, `geometry` (within 50 m of the geodesic, cut at ±180°), from west to east.

    Raises
    ------
    InvalidInputError
        For a count that is none.
    """
    if not isinstance(count, int) or not 1 <= count <= _MOST:
        raise InvalidInputError(f"count: expected a whole number from 1 to {_MOST}; got {count!r}")
    if not (origin.is_area or target.is_area):
        lines = np.array([[origin.lon, origin.lat, target.lon, target.lat]])
    else:
        lines = np.column_stack(make_fan(origin.geometry, target.geometry, count))
    azimuth, _, length = inverse(*lines.T)
    world = load_world(view)
    stays = find_line_stays(world.index, lines)
    number = world.of_unit[stays.unit]
    crossed: list[dict[int, None]] = [{} for _ in lines]
    for row, territory in zip(stays.track.tolist(), number.tolist(), strict=True):
        crossed[row][territory] = None
    return gpd.GeoDataFrame(
        {
            "sample": np.arange(len(lines)),
            "lon0": lines[:, 0],
            "lat0": lines[:, 1],
            "lon1": lines[:, 2],
            "lat1": lines[:, 3],
            "length_km": length / 1000,
            "crosses": [tuple(world.ids[k] for k in row) for row in crossed],
            "names": [tuple(world.names[k] for k in row) for row in crossed],
        },
        geometry=list(draw_stretches(lines[:, :2], azimuth, np.zeros(len(lines)), length)),
        crs=4326,
    )
