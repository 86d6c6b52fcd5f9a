"""The crossing kernel in compiled loops, for the extra `fast`: the same answers as numpy's.

It keeps the order of all arithmetic of `kernel_numpy`, so that both decide alike; only the
loops differ. The first call compiles (seconds), later processes load the compiled code.
"""

# ruff: noqa: ANN401, PLR0917 - compiled code: numba infers the types, and its calls cost nothing

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import numpy.typing as npt

from geo_events.geodesy.ellipsoid import FLATTENING
from geo_events.geodesy.grid import REACH
from geo_events.geodesy.kernel_numpy import BorderCrossings
from geo_events.geodesy.stepper import NUDGE, GeodesicLines

if TYPE_CHECKING:
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["cross_borders_compiled"]

Floats = npt.NDArray[np.float64]

_SLACK = 1e-6
_FLAT = 1e-6
_SQUEEZE = 1 - FLATTENING
_EAST, _NORTH, _X = NUDGE
_STRIDE = 0.02
_MARGIN = np.float32(4e-7)
_NEAR = 1e-5
_PER_TRACK = 24


def _compiled(function: Any) -> Any:
    """Compile a function; keep the result on disk where a folder for it can be found."""
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # no folder to keep it in
        return numba.njit(nogil=True, error_model="numpy")(function)


_inlined = numba.njit(nogil=True, error_model="numpy", inline="always")


def cross_borders_compiled(index: EdgeIndex, lines: GeodesicLines) -> BorderCrossings:
    """Find all crossings of lines with the borders of an index; see `kernel_numpy`.

    Parameters
    ----------
    index : EdgeIndex
    lines : GeodesicLines

    Returns
    -------
    BorderCrossings
    """
    packed = np.column_stack(lines)
    room = _PER_TRACK * len(packed) + 1024
    while True:
        track, edge = np.empty(room, np.int64), np.empty(room, np.int64)
        place, along_m = np.empty(room), np.empty(room)
        to_left = np.empty(room, np.bool_)
        found = _cross_all(
            packed,
            (index.edges, index.ends),
            index.grid.size,
            index.grid.start,
            index.grid.items,
            (track, place, along_m, edge, to_left),
        )
        if found <= room:
            break
        room = found
    return BorderCrossings(
        track[:found], place[:found], along_m[:found], edge[:found], to_left[:found]
    )


@_inlined
def _point(line: Any, sigma: float) -> Any:
    """Position at sigma, and the sines and cosines that led there."""
    sine, cosine = math.sin(sigma), math.cos(sigma)
    sin2 = 2 * sine * cosine
    cos2 = 1 - 2 * sine * sine
    turn = line[8] * sigma + line[9] * sin2 + line[10] * (2 * sin2 * cos2)
    turn += _EAST - line[11]
    x = line[0] * cosine + line[3] * sine
    y = line[1] * cosine + line[4] * sine
    z = line[2] * cosine + line[5] * sine
    square = turn * turn
    cos_turn = 1 - square * (0.5 - square / 24)
    sin_turn = turn * (1 - square / 6 * (1 - square / 20))
    return (
        x * cos_turn - y * sin_turn + _X,
        y * cos_turn + x * sin_turn,
        _SQUEEZE * z + _NORTH,
        (sine, cosine, cos_turn, sin_turn),
    )


@_inlined
def _slope(line: Any, at: Any, point: Any) -> Any:
    """Change of the position with sigma."""
    sine, cosine, cos_turn, sin_turn = at
    cos2 = 1 - 2 * sine * sine
    spin = line[8] + 2 * line[9] * cos2 + 4 * line[10] * (2 * cos2 * cos2 - 1)
    u = line[3] * cosine - line[0] * sine
    v = line[4] * cosine - line[1] * sine
    return (
        u * cos_turn - v * sin_turn - spin * point[1],
        v * cos_turn + u * sin_turn + spin * point[0],
        _SQUEEZE * (line[5] * cosine - line[2] * sine),
    )


@_inlined
def _stride(edge: Any, x: Any, dx: Any) -> Any:
    """How far sigma is from where the line meets the edge, a parabola over its plane."""
    along0, along1, along2 = edge[3] - edge[0], edge[4] - edge[1], edge[5] - edge[2]
    length2 = along0 * along0 + along1 * along1 + along2 * along2
    bulge = 4 * edge[9]
    share = along0 * (x[0] - edge[0]) + along1 * (x[1] - edge[1]) + along2 * (x[2] - edge[2])
    share = min(max(share / length2, 0.0), 1.0)
    height = edge[6] * x[0] + edge[7] * x[1] + edge[8] * x[2] - bulge * share * (1 - share)
    slope = edge[6] * dx[0] + edge[7] * dx[1] + edge[8] * dx[2]
    slope -= bulge * (1 - 2 * share) * (along0 * dx[0] + along1 * dx[1] + along2 * dx[2]) / length2
    if slope == 0.0:
        return 0.0
    return min(max(height / slope, -_STRIDE), _STRIDE)


@_inlined
def _refined(line: Any, edge: Any, sigma: float) -> Any:
    """Put a crossing on the true geodesic and the true edge; metres from the start."""
    x, y, z, at = _point(line, sigma)
    dx, dy, dz = _slope(line, at, (x, y, z))
    back = _stride(edge, (x, y, z), (dx, dy, dz))
    if abs(back) > _NEAR:
        sigma -= back
        x, y, z, at = _point(line, sigma)
        dx, dy, dz = _slope(line, at, (x, y, z))
        back = _stride(edge, (x, y, z), (dx, dy, dz))
    else:  # so near that the second step needs no new sines
        bent = 1 - back * back / 2
        moved = (x * bent - dx * back, y * bent - dy * back, z * bent - dz * back)
        turned = (dx + x * back, dy + y * back, dz + z * back)
        back += _stride(edge, moved, turned)
    sin2, cos2 = 2 * at[0] * at[1], 1 - 2 * at[0] * at[0]
    back = sigma - min(max(sigma - back, line[6]), line[7])
    sigma -= back
    sin2, cos2 = sin2 - 2 * back * cos2, cos2 + 2 * back * sin2
    sin4 = 2 * sin2 * cos2
    sin6 = sin4 * cos2 + (2 * cos2 * cos2 - 1) * sin2
    waves = line[13] * sin2 + line[14] * sin4 + line[15] * sin6
    return min(max(line[12] * (sigma + waves) - line[16], 0.0), line[17])


@_inlined
def _face_of(x: float, y: float, z: float) -> Any:
    """Cube face of a direction and its three axes."""
    ax, ay, az = abs(x), abs(y), abs(z)
    if ax >= ay and ax >= az:
        return 0, 0 + (x < 0)
    if ay >= az:
        return 1, 2 + (y < 0)
    return 2, 4 + (z < 0)


@_inlined
def _cell(over: float, height: float, size: int) -> float:
    """Gnomonic coordinate in cells."""
    cell = (over / height + REACH) * (size / (2 * REACH))
    if cell < 0.0:  # plain branches: min and max of floats are slow in compiled code
        return 0.0
    return min(size - 1e-09, cell)


@_inlined
def _strips(a: Any, b: Any, size: int) -> Any:
    """Where a piece runs in cells: base row, across and along at both ends, across rising."""
    axis, face = _face_of(a[0] + b[0], a[1] + b[1], a[2] + b[2])
    if axis == 0:
        ha, ua, va, hb, ub, vb = a[0], a[1], a[2], b[0], b[1], b[2]
    elif axis == 1:
        ha, ua, va, hb, ub, vb = a[1], a[2], a[0], b[1], b[2], b[0]
    else:
        ha, ua, va, hb, ub, vb = a[2], a[0], a[1], b[2], b[0], b[1]
    u0, u1 = _cell(ua, ha, size), _cell(ub, hb, size)
    v0, v1 = _cell(va, ha, size), _cell(vb, hb, size)
    base = 2 * face * size
    if abs(v1 - v0) > abs(u1 - u0):
        base += size
        u0, u1, v0, v1 = v0, v1, u0, u1
    if v0 > v1:
        return base, v1, v0, u1, u0
    return base, v0, v1, u0, u1


@_inlined
def _test_items(
    a: Any, b: Any, planes: Any, borders: Any, ranges: Any, out: Any, found: int
) -> int:
    """Test the edges of a range of items; note those crossed behind the ones found so far."""
    (nx, ny, nz), (rx, ry, rz) = planes
    edges, ends, items = borders
    first, last, begun = ranges
    _, place, _, crossed, to_left = out
    room = len(place)
    for at in range(first, last):
        e = items[at]
        one = rx * ends[e, 0] + ry * ends[e, 1] + rz * ends[e, 2]
        two = rx * ends[e, 3] + ry * ends[e, 4] + rz * ends[e, 5]
        if (one > _MARGIN) & (two > _MARGIN) | (one < -_MARGIN) & (two < -_MARGIN):
            continue
        before = nx * edges[e, 0] + ny * edges[e, 1] + nz * edges[e, 2] >= 0
        if before == (nx * edges[e, 3] + ny * edges[e, 4] + nz * edges[e, 5] >= 0):
            continue
        side0 = edges[e, 6] * a[0] + edges[e, 7] * a[1] + edges[e, 8] * a[2]
        side1 = edges[e, 6] * b[0] + edges[e, 7] * b[1] + edges[e, 8] * b[2]
        if (side0 >= 0) == (side1 >= 0):
            continue
        share = min(side0 / (side0 - side1), 1 - 1e-12)
        known = False
        for k in range(begun, min(found, room)):
            known |= crossed[k] == e
        if known:
            continue
        if found < room:
            k = found
            while k > begun and place[k - 1] > share:
                place[k], crossed[k], to_left[k] = place[k - 1], crossed[k - 1], to_left[k - 1]
                k -= 1
            place[k], crossed[k], to_left[k] = share, e, side1 >= 0
        found += 1
    return found


@_inlined
def _cross_piece(a: Any, b: Any, borders: Any, grid: Any, out: Any, found: int) -> int:
    """Find the edges that one piece crosses, sorted by share."""
    size, start = grid
    nx = a[1] * b[2] - a[2] * b[1]
    ny = a[2] * b[0] - a[0] * b[2]
    nz = a[0] * b[1] - a[1] * b[0]
    norm = math.sqrt(nx * nx + ny * ny + nz * nz + 1e-300)
    planes = (nx, ny, nz), (np.float32(nx / norm), np.float32(ny / norm), np.float32(nz / norm))
    base, over0, over1, along0, along1 = _strips(a, b, size)
    begun = found
    rise = over1 - over0
    slope = 0.0 if rise < _FLAT else (along1 - along0) / rise
    last_row = min(int(over1 + _SLACK), size - 1)
    for row in range(int(over0 - _SLACK), last_row + 1):
        enter = along0 + slope * (row - over0 if row > over0 else 0.0)
        leave = along0 + slope * ((min(over1, row + 1.0)) - over0)
        if rise < _FLAT:
            leave = along1
        if enter > leave:
            enter, leave = leave, enter
        low = int(enter - _SLACK) if enter > _SLACK else 0
        high = int(leave + _SLACK)
        high = high if high < size else size - 1
        line = (base + row) * size
        first, last = start[line + low], start[line + high + 1]
        if last > first:
            found = _test_items(a, b, planes, borders, (first, last, begun), out, found)
    return found


@_compiled
def _cross_all(packed: Any, borders: Any, size: int, start: Any, items: Any, out: Any) -> int:
    """Walk along all lines; returns how many crossings there are, noted or not."""
    track, place, along_m, edge, _ = out
    edges, ends = borders
    room = len(place)
    found, piece = 0, 0
    for k in range(len(packed)):
        line = packed[k]
        arc = line[7] - line[6]
        pieces = int(line[18])
        width = arc / pieces
        ax, ay, az, _ = _point(line, line[6])
        for step in range(pieces):
            bx, by, bz, _ = _point(line, line[6] + (step + 1) * width)
            begun = found
            found = _cross_piece(
                (ax, ay, az), (bx, by, bz), (edges, ends, items), (size, start), out, found
            )
            for at in range(begun, min(found, room)):
                share = place[at]
                track[at], place[at] = k, piece + share
                sigma = line[6] + step * width + share * width
                along_m[at] = _refined(line, edges[edge[at]], sigma)
            ax, ay, az = bx, by, bz
            piece += 1
    return found
