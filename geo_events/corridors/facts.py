"""What straight lines between two ends do at one territory: how long, how deep, how far past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.corridors.areas import Areas
from geo_events.corridors.depth import measure_depth_km, measure_misses
from geo_events.corridors.legs import read_legs
from geo_events.corridors.profiles import make_profile
from geo_events.corridors.sampling import find_line_stays, sample_lines
from geo_events.corridors.stays import merge_stays
from geo_events.corridors.verdict import BORDER_ACCURACY_KM
from geo_events.corridors.world import Layer, make_area_layer
from geo_events.geodesy.ellipsoid import direct, inverse

if TYPE_CHECKING:
    from geo_events.corridors.ends import End

__all__ = ["LineFacts", "draw_lines", "find_facts"]

Floats = npt.NDArray[np.float64]

_INNER = 1024
_RIM = 256
_FAR_M = 20_100_000.0
_KM_PER_DEGREE = 110.57
_LOOKS = 7
_STATIONS = 33


@dataclass(frozen=True, slots=True, eq=False)
class LineFacts:
    """What each of several lines does at one territory.

    Parameters
    ----------
    lines : ndarray, shape (n, 4)
        lon0, lat0, lon1, lat1 in degrees.
    crossing : ndarray of bool, shape (n,)
        Whether it enters.
    inside_km : ndarray, shape (n,)
        Length inside.
    depth_km : ndarray, shape (n,)
        Greatest distance from the border while inside; 0 where it does not enter.
    miss_km : ndarray, shape (n,)
        Least distance from the territory where it does not enter, else 0.
    at_km : ndarray, shape (n,)
        Where on the line it enters, or comes nearest.
    """

    lines: Floats
    crossing: npt.NDArray[np.bool_]
    inside_km: Floats
    depth_km: Floats
    miss_km: Floats
    at_km: Floats

    @property
    def deep(self) -> npt.NDArray[np.bool_]:
        """Which lines cross for certain: deeper than the accuracy of the borders."""
        return self.depth_km > BORDER_ACCURACY_KM

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """Which lines miss for certain: by more than the accuracy of the borders."""
        return ~self.crossing & (self.miss_km > BORDER_ACCURACY_KM)


def find_facts(lines: Floats, territory: End) -> LineFacts:
    """Lay straight lines over one territory.

    Parameters
    ----------
    lines : ndarray, shape (n, 4)
        lon0, lat0, lon1, lat1 in degrees.
    territory : End
        An area, or a point, which lines only pass.

    Returns
    -------
    LineFacts
        One entry per line.
    """
    if not territory.is_area:
        return _pass_point(lines, territory)
    layer = _layer_of(territory)
    legs = read_legs(lines)
    legs, profile = make_profile(legs, None)
    stays = find_line_stays(layer.index, np.hstack([legs.start, legs.end]))
    visits = merge_stays(
        stays.track, stays.unit.astype(np.int64), stays.enter_m, stays.leave_m, layer
    )
    count = len(lines)
    length = visits.leave_m - visits.enter_m
    inside = np.bincount(visits.leg, weights=length, minlength=count) / 1000
    depth, miss, at = np.zeros(count), np.zeros(count), np.zeros(count)
    np.maximum.at(depth, visits.leg, measure_depth_km(legs, profile, visits, layer))
    at[visits.leg] = visits.enter_m / 1000
    missed, distance_km = measure_misses(legs, profile, visits, layer, _FAR_M)
    miss[missed.leg], at[missed.leg] = distance_km, missed.enter_m / 1000
    crossing = np.zeros(count, dtype=bool)
    crossing[visits.leg] = True
    return LineFacts(lines, crossing, inside, depth, miss, at)


def _layer_of(territory: End) -> Layer:
    """Make a layer of one territory."""
    nothing = np.full((1, 2), np.nan)
    polygons: npt.NDArray[Any] = np.array([territory.geometry], dtype=object)
    return make_area_layer(
        Areas(polygons, (territory.id,), (territory.name,), (territory.kind,), nothing, nothing)
    )


def _pass_point(lines: Floats, place: End) -> LineFacts:
    """Measure how near lines come to a point."""
    nothing = np.zeros(len(lines))
    miss_m, at_m = _cross_track(lines, place)
    return LineFacts(lines, nothing.astype(bool), nothing, nothing, miss_m / 1000, at_m / 1000)


def draw_lines(origin: End, target: End) -> tuple[Floats, int]:
    """Choose the straight lines that stand for all lines between two ends.

    Between points there is one line. For areas 1,024 quasi-random lines are taken, and 256 from
    and to the rims of the areas, which hold the extreme ones. A strip along the areas' own
    borders, as wide as these are uncertain, is left out: nobody can tell whether it is inside.

    Parameters
    ----------
    origin, target : End
        Points or areas.

    Returns
    -------
    lines : ndarray, shape (n, 4)
        lon0, lat0, lon1, lat1 in degrees; always the same ones.
    even : int
        The first so many are spread evenly over the areas.
    """
    if not (origin.is_area or target.is_area):
        return np.array([[origin.lon, origin.lat, target.lon, target.lat]]), 1
    origin, target = _sure_part(origin), _sure_part(target)
    inner = sample_lines(origin, target, _INNER, seed=0)
    first, second = _rim(origin, 1), _rim(target, 7)
    return np.concatenate([inner, np.hstack([first, second])]), len(inner)


def _sure_part(end: End) -> End:
    """Leave out what lies within the accuracy of the borders of an area's own border."""
    if not end.is_area:
        return end
    highest = float(np.abs(shapely.bounds(end.geometry)[[1, 3]]).max())
    squeeze = max(float(np.cos(np.radians(highest))), 0.01)
    flat = shapely.transform(end.geometry, lambda xy: xy * (squeeze, 1.0))
    eroded = shapely.buffer(flat, -BORDER_ACCURACY_KM / _KM_PER_DEGREE, quad_segs=2)
    sure = shapely.transform(eroded, lambda xy: xy / (squeeze, 1.0))
    return end if sure.is_empty else replace(end, geometry=sure)


def _rim(end: End, stride: int) -> Floats:
    """Return points evenly spaced on an area's outline, in an order of their own."""
    if not end.is_area:
        return np.tile([end.lon, end.lat], (_RIM, 1))
    outline = shapely.get_coordinates(shapely.boundary(end.geometry))
    rows = np.linspace(0, len(outline) - 1, _RIM).astype(np.int64)
    return outline[rows[(np.arange(_RIM) * stride) % _RIM]]


def _cross_track(lines: Floats, place: End) -> tuple[Floats, Floats]:
    """Measure how near lines come to a point, and where; by ever finer looks."""
    azimuth, _, length = inverse(*lines.T)
    low, high = np.zeros(len(lines)), length
    for _ in range(_LOOKS):
        along = np.linspace(low, high, _STATIONS, axis=1)
        at = direct(lines[:, :1], lines[:, 1:2], azimuth[:, None], along)[:2]
        distance = inverse(*at, place.lon, place.lat)[2]
        best = along[np.arange(len(lines)), np.argmin(distance, axis=1)]
        half = (high - low) / (_STATIONS - 1)
        low, high = np.maximum(best - half, 0), np.minimum(best + half, length)
    return distance.min(axis=1), best
