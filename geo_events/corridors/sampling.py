"""Straight lines and points that stand for "somewhere in it"."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo_events.errors import GeoEventsWarning
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.sampling import sample_area, sample_pairs

if TYPE_CHECKING:
    from geo_events.corridors.ends import End
    from geo_events.geodesy.crossings import Stays
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["find_line_stays", "sample_end", "sample_lines", "single_line"]

Floats = npt.NDArray[np.float64]


def find_line_stays(index: EdgeIndex, lines: Floats) -> Stays:
    """Find where lines between two ends are in the units of an index.

    Parameters
    ----------
    index : EdgeIndex
        The units.
    lines : ndarray, shape (n, 4)
        lon0, lat0, lon1, lat1 in degrees.

    Returns
    -------
    Stays
        As `find_stays`.

    Warns
    -----
    GeoEventsWarning
        A single line with nearly antipodal ends. Of sample lines, which nobody asked for one by
        one, none is warned of.
    """
    with warnings.catch_warnings():
        if len(lines) > 1:
            warnings.simplefilter("ignore", GeoEventsWarning)
        return find_stays(index, *lines.T)


def single_line(origin: End, target: End) -> Floats:
    """Return the one line between two points.

    Parameters
    ----------
    origin, target : End
        Points.

    Returns
    -------
    ndarray, shape (1, 4)
        lon0, lat0, lon1, lat1 in degrees.
    """
    return np.array([[origin.lon, origin.lat, target.lon, target.lat]])


def sample_end(end: End, count: int, *, seed: int = 0) -> tuple[Floats, Floats]:
    """Draw quasi-random points of an end; a point gives itself.

    Parameters
    ----------
    end : End
        A point or an area.
    count : int
        How many; a power of two.
    seed : int
        Of the scramble.

    Returns
    -------
    lon, lat : ndarray, shape (count,)
        Degrees, uniform by area.
    """
    if end.is_area:
        return sample_area(end.geometry, count, seed=seed)
    return np.full(count, end.lon), np.full(count, end.lat)


def sample_lines(origin: End, target: End, count: int, *, seed: int) -> Floats:
    """Draw quasi-random lines between two ends; a point end stays where it is.

    Parameters
    ----------
    origin, target : End
        Points or areas.
    count : int
        How many; a power of two.
    seed : int
        Of the scramble.

    Returns
    -------
    ndarray, shape (count, 4)
        lon0, lat0, lon1, lat1 in degrees.
    """
    if origin.is_area and target.is_area:
        drawn = sample_pairs(origin.geometry, target.geometry, count, seed=seed)
        return np.column_stack(drawn)
    first, second = (sample_end(end, count, seed=seed) for end in (origin, target))
    return np.column_stack([*first, *second])
