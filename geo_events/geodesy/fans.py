"""Fans: a few sample tracks that show how lines between two areas spread."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.sampling import sample_pairs

__all__ = ["make_fan"]

Floats = npt.NDArray[np.float64]
Geometry = Any


def make_fan(
    origin: Geometry, target: Geometry, n: int = 16, seed: int = 0
) -> tuple[Floats, Floats, Floats, Floats]:
    """Choose tracks from one area or point to another, well spread over both.

    They are for drawing: which of them is likelier than others is not said. Between two points
    all tracks are the same one.

    Parameters
    ----------
    origin, target : shapely Point, Polygon or MultiPolygon
        EPSG:4326.
    n : int
        Number of tracks.
    seed : int
        Another seed gives other tracks; the same seed the same.

    Returns
    -------
    lon0, lat0, lon1, lat1 : ndarray, shape (n,)
        Start and end of each track, degrees, from west to east by their starts.

    Raises
    ------
    InvalidInputError
        An end has no area and is no point, or `n` is below 1.

    Examples
    --------
    >>> import shapely
    >>> lon0, lat0, lon1, lat1 = make_fan(shapely.box(0, 0, 9, 9), shapely.Point(30, 5), 4)
    >>> lon1.tolist()
    [30.0, 30.0, 30.0, 30.0]
    """
    lon0, lat0, lon1, lat1 = sample_pairs(origin, target, n, seed=seed)
    order = np.lexsort((lat0, lon0))
    return lon0[order], lat0[order], lon1[order], lat1[order]
