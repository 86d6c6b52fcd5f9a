"""Geodesic polar charts: azimuth from a centre, and distance told as area.

Geodesics through the centre are lines of one azimuth there, so what a point hides or is hidden by
becomes a question of one dimension. The second coordinate is the ellipsoid's area per radian of
azimuth, so that areas on the chart are areas on the ground.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from numpy.polynomial.chebyshev import chebfit, chebval, chebval2d

from geo_events.geodesy.ellipsoid import A_M, B_M, E2, FLATTENING, direct, inverse
from geo_events.geodesy.planes import EARTH_M

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Chart", "Edges", "PolarPlane", "list_edges", "trace_edges"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometry = Any

_LONGEST_M = 20_005_000.0  # half a meridian is 20,003,931 m
_STEPS = 100
_AZIMUTHS = 24
_HARMONICS = 9
_DEGREE = 24
_ROUNDS = 40
_WIDEST_RAD = 0.7
_LONGEST_DEG = 20.0


class Chart:
    """The polar chart about one point.

    Parameters
    ----------
    lon, lat : float
        The centre, degrees.
    from_antipode : bool
        Count the area from the far end of the geodesics instead of the centre (0 there, negative
        before). Shapes near the antipode are then small on the chart, as they are on the ground.
    """

    def __init__(self, lon: float, lat: float, *, from_antipode: bool = False) -> None:
        self.lon, self.lat, self.from_antipode = lon, lat, from_antipode
        turn = np.linspace(0.0, 2 * math.pi, _AZIMUTHS, endpoint=False)
        along = np.linspace(0, _LONGEST_M, _STEPS + 1)
        by_cosine = _cosine_series(self._sector_ratio(np.degrees(turn), along))
        self._ratio = chebfit(2 * along / _LONGEST_M - 1, by_cosine.T, _DEGREE).T
        self._whole = _cosine_series(self._area(turn, _cut_distance(turn, lat))[:, None])[:, 0]

    def _sector_ratio(self, azimuth: npt.NDArray[Any], along: npt.NDArray[Any]) -> Floats:
        """Integrate the Jacobi equation: area per radian, over the sphere's, on a grid."""
        middle = np.linspace(0, _LONGEST_M, 2 * _STEPS + 1)
        grid = np.meshgrid(azimuth, middle, indexing="ij")
        lat = direct(self.lon, self.lat, *grid)[1]
        curvature = (1 - E2 * np.sin(np.radians(lat)) ** 2) ** 2 / (1 - E2) / A_M**2
        step = along[1] - along[0]
        state = np.zeros((3, len(azimuth)))  # reduced length, its slope, the area
        state[1] = 1.0
        area = np.zeros((len(azimuth), len(along)))
        for k in range(_STEPS):
            state = _jacobi_step(state, curvature[:, 2 * k : 2 * k + 3].T, step)
            area[:, k + 1] = state[2]
        sphere = EARTH_M**2 * (1 - np.cos(along[1:] / EARTH_M))
        ratio: Floats = np.ones((len(azimuth), len(along)))
        ratio[:, 1:] = area[:, 1:] / sphere
        return np.asarray(ratio)

    def _area(self, azimuth: Floats, distance_m: Floats) -> Floats:
        """Area per radian out to a distance, in squares of the Earth's radius."""
        half = np.sin(distance_m / (2 * EARTH_M))
        ratio = chebval2d(np.cos(azimuth), 2 * distance_m / _LONGEST_M - 1, self._ratio)
        return np.asarray(2 * half * half * ratio)

    def locate(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
        """Find azimuth (radians), chart height and distance (metres) of points."""
        azimuth_deg, _, distance = inverse(self.lon, self.lat, lon, lat)
        azimuth = np.radians(azimuth_deg)
        height = self._area(azimuth, distance) + self.floor(azimuth)
        return azimuth, height, distance

    def floor(self, azimuth: Floats) -> Floats:
        """Give the height of the centre itself at each azimuth."""
        if not self.from_antipode:
            return np.zeros(azimuth.shape)
        return np.asarray(-chebval(np.cos(azimuth), self._whole), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges on a chart, straight in azimuth and height; shape (m,) each.

    Parameters
    ----------
    begin, end : ndarray
        Azimuths, radians; `end` is not wrapped, at most π from `begin`.
    low, high : ndarray
        Heights at `begin` and `end`.
    near, far : ndarray
        Distances from the centre at `begin` and `end`, metres.
    source : ndarray of int
        Which of the edges given each is a part of.
    """

    begin: Floats
    end: Floats
    low: Floats
    high: Floats
    near: Floats
    far: Floats
    source: Ints

    def take(self, rows: npt.NDArray[Any]) -> Edges:
        """Keep some of the edges."""
        return Edges(*(getattr(self, name)[rows] for name in self.__slots__))


def list_edges(polygons: Sequence[Geometry]) -> tuple[Floats, Floats, Ints]:
    """List all edges of polygons, with the interior on their left, and whose they are.

    Parameters
    ----------
    polygons : sequence of shapely Polygon or MultiPolygon
        k polygons.

    Returns
    -------
    start, end : ndarray, shape (n, 2)
        Longitude and latitude.
    owner : ndarray of int, shape (n,)
        The polygon of each edge, ascending.

    Examples
    --------
    >>> len(list_edges([shapely.box(0, 0, 1, 1)])[0])
    4
    """
    oriented = shapely.orient_polygons(np.asarray(polygons, dtype=object))
    parts, owner = shapely.get_parts(oriented, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return xy[:-1][same], xy[1:][same], owner[part[ring[:-1][same]]]


def trace_edges(chart: Chart, start: Floats, end: Floats, tolerance: float) -> Edges:
    """Draw straight lon/lat edges on a chart, cut so finely that they are straight there too.

    Parameters
    ----------
    chart : Chart
        The chart.
    start, end : ndarray, shape (n, 2)
        Longitude and latitude of both ends, degrees.
    tolerance : float
        Area that may be lost by an edge, in squares of the Earth's radius.

    Returns
    -------
    Edges
        In no order; pieces of one edge follow its direction.
    """
    first, last = _located(chart, start), _located(chart, end)
    source = np.arange(len(start))
    done = []
    for number in range(_ROUNDS):
        middle_place = (start + end) / 2
        middle = _located(chart, middle_place)
        coarse = _bent(first, middle, last) > 6 * tolerance  # a half is bent by an eighth
        coarse |= np.abs(end - start).max(axis=1) > _LONGEST_DEG
        if number == _ROUNDS - 1:
            coarse[:] = False
        fine = ~coarse
        done += [
            _as_edges(first[fine], middle[fine], source[fine]),
            _as_edges(middle[fine], last[fine], source[fine]),
        ]
        if not coarse.any():
            break
        start, end, middle_place = start[coarse], end[coarse], middle_place[coarse]
        start, end = np.concatenate([start, middle_place]), np.concatenate([middle_place, end])
        first, last = (
            np.concatenate([first[coarse], middle[coarse]]),
            np.concatenate([middle[coarse], last[coarse]]),
        )
        source = np.concatenate([source[coarse], source[coarse]])
    return Edges(*(np.concatenate(column) for column in zip(*done, strict=True)))


@dataclass(frozen=True, slots=True)
class PolarPlane:
    """The plane of azimuth and true distance about a point (azimuthal equidistant).

    Parameters
    ----------
    lon, lat : float
        The centre, degrees.
    """

    lon: float
    lat: float

    def forward(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Floats:
        """Give the plane's positions in metres."""
        azimuth, _, distance = inverse(self.lon, self.lat, lon, lat)
        turn = np.radians(azimuth)
        return np.column_stack([distance * np.sin(turn), distance * np.cos(turn)])

    def inverse(self, xy: Floats) -> tuple[Floats, Floats]:
        """Give longitude and latitude in degrees."""
        azimuth = np.degrees(np.arctan2(xy[:, 0], xy[:, 1]))
        return direct(self.lon, self.lat, azimuth, np.hypot(xy[:, 0], xy[:, 1]))[:2]


def _jacobi_step(state: Floats, curvature: Floats, step: float) -> Floats:
    """Go one Runge-Kutta step along geodesics."""

    def slope(at: Floats, bend: Floats) -> Floats:
        return np.stack([at[1], -bend * at[0], at[0]])

    one = slope(state, curvature[0])
    two = slope(state + step / 2 * one, curvature[1])
    three = slope(state + step / 2 * two, curvature[1])
    four = slope(state + step * three, curvature[2])
    return np.asarray(state + step / 6 * (one + 2 * two + 2 * three + four))


def _cut_distance(azimuth: Floats, lat: float) -> Floats:
    """Distance at which geodesics from a latitude stop being shortest (half a turn)."""
    reduced = math.atan((1 - FLATTENING) * math.tan(math.radians(lat)))
    cosine2 = 1 - (np.sin(azimuth) * math.cos(reduced)) ** 2
    arc = (np.arange(_AZIMUTHS) + 0.5) * (math.pi / _AZIMUTHS)  # exact for a periodic function
    slant = np.sqrt(1 + (cosine2 * E2 / (1 - E2))[:, None] * np.sin(arc) ** 2)
    return np.asarray(math.pi * B_M * slant.mean(axis=1))


def _cosine_series(values: Floats) -> Floats:
    """Give the coefficients of even functions of the azimuth, shape (harmonics, m).

    What is east of the centre's meridian mirrors what is west of it, so cosines are enough, and
    the cosine of k times an angle is the k-th Chebyshev polynomial of its cosine.
    """
    turn = np.linspace(0.0, 2 * math.pi, len(values), endpoint=False)
    waves = np.cos(np.arange(_HARMONICS)[:, None] * turn)
    return np.asarray(
        (waves * np.where(np.arange(_HARMONICS) == 0, 1, 2)[:, None]) @ values / len(values)
    )


def _located(chart: Chart, places: Floats) -> Floats:
    """Locate points, as rows of azimuth, height, distance."""
    return np.column_stack(chart.locate(places[:, 0], places[:, 1]))


def _turn(begin: Floats, end: Floats) -> Floats:
    """Give the change of azimuth, the short way round."""
    return np.asarray((end - begin + math.pi) % (2 * math.pi) - math.pi)


def _bent(first: Floats, middle: Floats, last: Floats) -> Floats:
    """Give the area between an edge and its chord on the chart, roughly."""
    whole, half = _turn(first[:, 0], last[:, 0]), _turn(first[:, 0], middle[:, 0])
    rise = last[:, 1] - first[:, 1]
    above = np.abs(middle[:, 1] - (first[:, 1] + last[:, 1]) / 2) * np.abs(whole)
    aside = np.abs(half - whole / 2) * np.abs(rise)
    wide = np.abs(whole) > _WIDEST_RAD
    return np.asarray(above + aside + np.where(wide, np.abs(rise) * np.abs(whole), 0.0))


def _as_edges(first: Floats, last: Floats, source: Ints) -> tuple[npt.NDArray[Any], ...]:
    """Join two columns of located points to edges."""
    end = first[:, 0] + _turn(first[:, 0], last[:, 0])
    return first[:, 0], end, first[:, 1], last[:, 1], first[:, 2], last[:, 2], source
