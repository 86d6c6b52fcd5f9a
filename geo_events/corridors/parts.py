"""A corridor as rows: its ends, its line, its band, its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

if TYPE_CHECKING:
    from geo_events.corridors.corridor_value import Corridor

__all__ = ["make_part_frame"]


def make_part_frame(corridor: Corridor) -> gpd.GeoDataFrame:
    """Return the parts of a corridor that are not empty, one per row.

    Parameters
    ----------
    corridor : Corridor
        The corridor.

    Returns
    -------
    GeoDataFrame
        `part` {origin, via, target, track, band, envelope}, `name`, `shortest_km`, `longest_km`,
        `view`, `geometry`.
    """
    ends = [("origin", corridor.origin), *(("via", end) for end in corridor.via)]
    rows = [(part, end.name, end.geometry) for part, end in (*ends, ("target", corridor.target))]
    drawn = ("track", "band") if corridor.is_line else ("envelope",)
    rows += [(part, corridor.name, getattr(corridor, part)) for part in drawn]
    kept = [row for row in rows if not row[2].is_empty]
    shortest, longest = np.broadcast_to(corridor.length_km, 2).tolist()
    return gpd.GeoDataFrame(
        {
            "part": [row[0] for row in kept],
            "name": [row[1] for row in kept],
            "shortest_km": shortest,
            "longest_km": longest,
            "view": corridor.view,
        },
        geometry=[row[2] for row in kept],
        crs=4326,
    )
