"""Ordered entry and exit of many geodesics: the bulk question of the package."""

from __future__ import annotations

import importlib.util
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from geo_events.errors import (
    GeoEventsWarning,
    InvalidCoordinateError,
    InvalidInputError,
    MissingExtraError,
)
from geo_events.geodesy.ellipsoid import inverse, validate_lonlat
from geo_events.geodesy.kernel_numpy import cross_borders, cross_from_anchors
from geo_events.geodesy.stays import Stays, chain_stays, count_stays, join_stays, sort_back
from geo_events.geodesy.stepper import make_lines, step_along

if TYPE_CHECKING:
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["Kernel", "Stays", "find_stays"]

Floats = npt.NDArray[np.float64]
Kernel = Literal["auto", "numpy", "numba"]
Progress = Callable[[int, int], None]

_CHUNK = {"numpy": 2_048, "numba": 16_384}
_FEW = 2_000  # below, order does not matter
_MANY = 100_000  # from here compiled code saves more than the second it takes to load
_NEARLY_DEG = 0.6
_TILE_DEG = 6


def find_stays(
    index: EdgeIndex,
    lon0: npt.ArrayLike,
    lat0: npt.ArrayLike,
    lon1: npt.ArrayLike,
    lat1: npt.ArrayLike,
    *,
    kernel: Kernel = "auto",
    workers: int = 1,
    progress: Progress | None = None,
) -> Stays:
    """Find the stays of many geodesic legs in the units of an edge index.

    Parameters
    ----------
    index : EdgeIndex
    lon0, lat0, lon1, lat1 : array_like, shape (n,)
        Start and end of each leg, degrees.
    kernel : {"auto", "numpy", "numba"}
        Compiled or not; both give the same. "auto" takes numba if it is installed and there
        are legs enough (100,000) to pay for loading it, or it is loaded already.
    workers : int
        Threads.
    progress : callable, optional
        Called with (legs done, legs in all) after each chunk.

    Returns
    -------
    Stays
        Sorted by track, entry, unit. For a partition they cover each leg without gap or
        overlap; stays shorter than 1 m are given to their neighbour. Otherwise units are
        counted one by one and may overlap; stays of one unit less than 1 m apart are merged.

    Raises
    ------
    InvalidCoordinateError
        A coordinate is not a finite number or out of range; names the row.
    MissingExtraError
        `kernel="numba"` without numba.

    Warns
    -----
    GeoEventsWarning
        Ends are nearly antipodal, where many geodesics are about as short: says which is used.

    Notes
    -----
    A leg that begins on a border, or runs along a meridian that is one, counts on its east and
    north side (all legs are moved by 10 micrometres). A leg without length has the stay of its
    point, from 0 to 0. Positions of crossings are good to a few millimetres.

    Examples
    --------
    >>> import shapely
    >>> from geo_events.geodesy.edges import build_edge_index
    >>> index = build_edge_index(np.array([shapely.box(0, 0, 10, 10)]))
    >>> stays = find_stays(index, [-5.0], [0.1], [5.0], [0.1])
    >>> stays.unit.tolist(), (stays.enter_m / 1000).round(1).tolist()
    ([0], [556.6])
    """
    start = validate_lonlat(np.atleast_1d(lon0), np.atleast_1d(lat0), what="start")
    end = validate_lonlat(np.atleast_1d(lon1), np.atleast_1d(lat1), what="end")
    if start[0].shape != end[0].shape or start[0].ndim != 1:
        raise InvalidCoordinateError(
            f"as many starts as ends expected, in one row each, got shapes {start[0].shape} "
            f"and {end[0].shape}"
        )
    if workers < 1:
        raise InvalidInputError(f"workers must be 1 or more, got {workers!r}")
    chosen = _choose_kernel(kernel, len(start[0]))
    _warn_antipodal(*start, *end)
    size = _CHUNK[chosen]
    order = _group_by_place(*start)
    offsets = list(range(0, len(order), size))
    chunks = [tuple(v[order[at : at + size]] for v in (*start, *end)) for at in offsets]
    parts: list[Stays] = []

    def solve(chunk: tuple[Floats, ...]) -> Stays:
        return _solve_chunk(index, chunk, compiled=chosen == "numba")

    with ThreadPoolExecutor(workers) as pool:
        results = pool.map(solve, chunks) if workers > 1 else map(solve, chunks)
        for part in results:
            parts.append(part)
            if progress is not None:
                progress(min(len(parts) * size, len(start[0])), len(start[0]))
    return sort_back(join_stays(parts, offsets), order)


def _group_by_place(lon: Floats, lat: Floats) -> npt.NDArray[np.int64]:
    """Order legs so that neighbours start near one another and meet borders that are at hand."""
    if len(lon) < _FEW:
        return np.arange(len(lon))
    column = np.floor((lon + 180) / _TILE_DEG).astype(np.int16)
    row = np.floor((lat + 90) / _TILE_DEG).astype(np.int16)
    return np.argsort(column * np.int16(180 / _TILE_DEG + 1) + row, kind="stable")


def _choose_kernel(kernel: Kernel, count: int) -> Literal["numpy", "numba"]:
    """Settle which kernel runs."""
    if kernel not in ("auto", "numpy", "numba"):
        raise InvalidInputError(f"kernel must be 'auto', 'numpy' or 'numba', got {kernel!r}")
    is_loaded = "geo_events.geodesy.kernel_numba" in sys.modules
    if kernel == "numpy" or (kernel == "auto" and count < (_FEW if is_loaded else _MANY)):
        return "numpy"
    if importlib.util.find_spec("numba") is not None:
        return "numba"
    if kernel == "numba":
        raise MissingExtraError("kernel='numba'", "fast")
    return "numpy"


def _solve_chunk(index: EdgeIndex, chunk: tuple[Floats, ...], *, compiled: bool) -> Stays:
    """Find the stays of one chunk of legs."""
    azimuth, _, length = inverse(*chunk)
    lines = make_lines(chunk[0], chunk[1], azimuth, length)
    if compiled:
        from geo_events.geodesy.kernel_numba import cross_borders_compiled  # noqa: PLC0415 (extra)

        crossings = cross_borders_compiled(index, lines)
    else:
        crossings = cross_borders(index, lines)
    cells, before = cross_from_anchors(index, step_along(lines, lines.begin))
    assemble = chain_stays if index.is_partition else count_stays
    return assemble(index, cells, before, crossings, length)


def _warn_antipodal(lon0: Floats, lat0: Floats, lon1: Floats, lat1: Floats) -> None:
    """Say which geodesic is taken where many are about as short."""
    turn = np.abs((lon1 - lon0) % 360 - 180)
    polar = np.minimum(np.abs(lat0), np.abs(lat1)) > 90 - _NEARLY_DEG
    near = (np.abs(lat0 + lat1) < _NEARLY_DEG) & ((turn < _NEARLY_DEG) | polar)
    rows = np.nonzero(near)[0]
    if len(rows) == 0:
        return
    row = rows[0]
    azimuth, _, length = inverse(lon0[row], lat0[row], lon1[row], lat1[row])
    others = f" (and {len(rows) - 1} more rows)" if len(rows) > 1 else ""
    warnings.warn(
        f"row {row}{others}: the ends are nearly antipodal, many geodesics are about as short; "
        f"the one leaving at azimuth {float(azimuth):.2f}°, {float(length) / 1000:.1f} km, is used",
        GeoEventsWarning,
        stacklevel=3,
    )
