"""The marks of a map as matplotlib draws them, with the same colours, dashes and hatching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from geo_events.maps.features import AreaMark, CloudMark, PointMark, RingMark, TrackMark
from geo_events.maps.unwrap import shift_geometry, shift_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo_events.maps.content import LegendEntry
    from geo_events.maps.features import Mark, Sign, Style

__all__ = ["Canvas", "draw_mark", "figure_of", "make_handle", "make_path"]

_HATCHES = {"hatch": "////", "cross": "xxxx", "dots": "....", "lines": "||||"}
_DASHES: dict[str, Any] = {
    "solid": "solid",
    "dashed": (0, (5, 3)),
    "dotted": (0, (1, 2)),
    "dashdot": (0, (6, 3, 1, 3)),
    "long": (0, (10, 4)),
    "longdot": (0, (10, 3, 1, 3)),
    "gaps": (0, (2, 4)),
    "gapsdot": (0, (2, 4, 1, 4)),
}
_MARKERS: dict[str, str] = {
    "circle": "o",
    "dot": ".",
    "square": "s",
    "diamond": "D",
    "triangle": "^",
    "star": "*",
    "enter": "v",
    "leave": "^",
    "question": "D",
    "denied": "D",
}
_HOLLOW: dict[str, Any] = {
    "question": TextPath((-0.3, -0.35), "?", size=1, usetex=False),
    "denied": "x",
}
_SIZES = {"star": 11.0, "dot": 5.0, "circle": 5.5, "question": 9.0, "denied": 9.0}
_POINTS_PER_PIXEL = 0.6


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where marks are drawn.

    Parameters
    ----------
    ax : matplotlib Axes
        Longitude and latitude in degrees.
    centre : float
        The longitude about which everything is unwrapped.
    outline : callable
        Gives the geometry of an area mark, that of a territory from the tables.
    """

    ax: Axes
    centre: float
    outline: Callable[[AreaMark], BaseGeometry]


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure that axes are drawn on, also where they are in a part of one."""
    return cast("Figure", cast("Any", ax).figure.figure)


def make_path(shape: BaseGeometry) -> Path | None:
    """Return polygons with their holes as one path; None where there is nothing to fill."""
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_dimensions(parts) == 2] if len(parts) else parts
    rings = shapely.get_rings(shapely.orient_polygons(parts)) if len(parts) else ()
    if not len(rings):
        return None
    return Path.make_compound_path(*[Path(shapely.get_coordinates(ring)) for ring in rings])


@singledispatch
def draw_mark(mark: Mark, canvas: Canvas) -> None:
    """Draw one mark; its captions are laid out apart."""
    raise TypeError(f"expected a mark to draw on {canvas.ax}; got {type(mark).__name__}")


@draw_mark.register
def _(mark: AreaMark, canvas: Canvas) -> None:
    path = make_path(shift_geometry(canvas.outline(mark), canvas.centre))
    if path is not None:
        for patch in _area_patches(path, mark.style):
            canvas.ax.add_patch(patch)


@draw_mark.register
def _(mark: TrackMark, canvas: Canvas) -> None:
    paths = [
        np.column_stack([shift_path(lon, canvas.centre), lat])
        for lon, lat in mark.paths
        if len(lon) > 1
    ]
    canvas.ax.add_collection(
        LineCollection(paths, zorder=4, **_line_options(mark.style)), autolim=False
    )


@draw_mark.register
def _(mark: RingMark, canvas: Canvas) -> None:
    line = Line2D(shift_path(mark.lon, canvas.centre), mark.lat, zorder=4.2, **_line2d(mark.style))
    canvas.ax.add_line(line)


@draw_mark.register
def _(mark: PointMark, canvas: Canvas) -> None:
    lon = shift_path(np.array([mark.lon]), canvas.centre)
    for line in _sign_lines(lon, np.array([mark.lat]), mark.sign, mark.style):
        canvas.ax.add_line(line)


@draw_mark.register
def _(mark: CloudMark, canvas: Canvas) -> None:
    kinds = shapely.get_dimensions(mark.geometries)
    points = shapely.get_coordinates(mark.geometries[kinds == 0])
    if len(points):
        turn = 360.0 * np.round((canvas.centre - points[:, 0]) / 360.0)
        for line in _sign_lines(points[:, 0] + turn, points[:, 1], "dot", mark.style):
            canvas.ax.add_line(line)
    lines = [
        shapely.get_coordinates(part)
        for shape in mark.geometries[kinds == 1]
        for part in shapely.get_parts(shift_geometry(shape, canvas.centre))
    ]
    if lines:
        canvas.ax.add_collection(
            LineCollection(lines, zorder=4, **_line_options(mark.style)), autolim=False
        )
    _draw_polygons(mark, kinds, canvas)


def _draw_polygons(mark: CloudMark, kinds: NDArray[Any], canvas: Canvas) -> None:
    """Draw the areas of a table as one collection."""
    made = [make_path(shift_geometry(one, canvas.centre)) for one in mark.geometries[kinds == 2]]
    patches = [PathPatch(path) for path in made if path is not None]
    if patches:
        style = mark.style
        collection = PatchCollection(
            patches,
            facecolor=[(*_rgb(style.colour), style.fill_opacity)],
            edgecolor=style.colour,
            linewidth=style.width_px * _POINTS_PER_PIXEL,
            zorder=3,
        )
        canvas.ax.add_collection(collection, autolim=False)


# Styles -------------------------------------------------------------------------------------------


def _rgb(colour: str) -> tuple[float, float, float]:
    """Return "#rrggbb" as three numbers from 0 to 1."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue


def _area_patches(path: Path, style: Style) -> list[PathPatch]:
    """Return the inside and the outline of an area as patches."""
    rgb, patches = _rgb(style.colour), []
    if style.fill == "solid":
        face = (*rgb, style.fill_opacity)
        patches.append(PathPatch(path, facecolor=face, edgecolor="none", zorder=2))
    elif style.fill != "none":
        edge = (*rgb, style.fill_opacity)
        patches.append(_hatched(path, style.fill, edge))
    if style.width_px:
        outline = PathPatch(path, facecolor="none", zorder=2.5)
        outline.set(
            edgecolor=(*rgb, style.opacity),
            linewidth=style.width_px * _POINTS_PER_PIXEL,
            linestyle=_DASHES[style.dash],
        )
        patches.append(outline)
    return patches


def _hatched(path: Path, fill: str, edge: tuple[float, ...]) -> PathPatch:
    """Return a patch of hatching without an outline."""
    patch = PathPatch(path, facecolor="none", edgecolor=edge, linewidth=0.0, zorder=2.2)
    patch.set_hatch(_HATCHES[fill])
    return patch


def _line_options(style: Style) -> dict[str, Any]:
    """Return the options of a collection of lines."""
    return {
        "colors": [(*_rgb(style.colour), style.opacity)],
        "linewidths": style.width_px * _POINTS_PER_PIXEL,
        "linestyles": [_DASHES[style.dash]],
    }


def _line2d(style: Style) -> dict[str, Any]:
    """Return the options of one line."""
    return {
        "color": (*_rgb(style.colour), style.opacity),
        "linewidth": style.width_px * _POINTS_PER_PIXEL,
        "linestyle": _DASHES[style.dash],
    }


def _sign_lines(lon: Any, lat: Any, sign: Sign, style: Style) -> list[Line2D]:  # noqa: ANN401  array-likes
    """Return a point's sign; hollow ones carry a second sign inside."""
    size = _SIZES.get(sign, 7.0)
    hollow = sign in _HOLLOW
    outer = Line2D(lon, lat, linestyle="none", marker=_MARKERS[sign], markersize=size, zorder=6)
    outer.set(
        markerfacecolor="white" if hollow else style.colour,
        markeredgecolor=style.colour if hollow else "white",
        markeredgewidth=1.4 if hollow else 0.7,
    )
    if not hollow:
        return [outer]
    inner = Line2D(lon, lat, linestyle="none", marker=_HOLLOW[sign], markersize=5, zorder=6.1)
    inner.set(markerfacecolor=style.colour, markeredgecolor=style.colour)
    return [outer, inner]


def make_handle(entry: LegendEntry) -> Artist | tuple[Artist, ...]:
    """Return the sign of a legend entry: what is drawn on the map, in small.

    Parameters
    ----------
    entry : LegendEntry
        One line of the legend.

    Returns
    -------
    matplotlib artist, or a tuple of them
        For `Axes.legend`; tuples are drawn one above the other.
    """
    style = entry.style
    if entry.kind == "point":
        return tuple(_sign_lines([], [], entry.sign or "circle", style))
    if entry.kind == "line":
        return Line2D([], [], **_line2d(style))
    patch = Patch(facecolor="none", edgecolor=style.colour, linewidth=0.8)
    if style.fill == "solid":
        patch.set_facecolor((*_rgb(style.colour), style.fill_opacity))
    elif style.fill != "none":
        patch.set_hatch(_HATCHES[style.fill])
    if style.width_px:
        patch.set(linestyle=_DASHES[style.dash], linewidth=min(style.width_px, 2.0))
    return patch
