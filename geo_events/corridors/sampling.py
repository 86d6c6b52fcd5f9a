"""Straight lines and points that stand for "somewhere in it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo_events.geodesy.sampling import sample_area, sample_pairs

if TYPE_CHECKING:
    from geo_events.corridors.ends import End

__all__ = ["sample_end", "sample_lines", "single_line"]

Floats = npt.NDArray[np.float64]


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
