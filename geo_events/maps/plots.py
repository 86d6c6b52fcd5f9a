"""`plot`: the content of a map as a static matplotlib figure, for print and for where no page is.

The same marks, legend, title and caveat as on the page, on land and borders from the embedded
tables. Text is only ever text: neither mathematics nor TeX is read from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.wording import format_degrees
from geo_events.errors import MissingExtraError
from geo_events.maps.basemap import load_basemap, validate_level
from geo_events.maps.content import MapContent
from geo_events.maps.draw import make_content
from geo_events.maps.eventmap import EventMap
from geo_events.maps.island import find_bounds, find_map_centre
from geo_events.maps.unwrap import shift_geometry, shrink_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.wording import Axis
    from geo_events.maps.basemap import Basemap
    from geo_events.maps.features import AreaMark, Mark
    from geo_events.maps.plot_marks import Canvas
    from geo_events.values import View

    Window = tuple[float, float, float, float]

__all__ = ["draw_figure", "plot"]

_SEA, _LAND, _BORDER, _INK = "#d8e6ee", "#f7f4ee", "#a8a296", "#1b1f24"
_WIDTH_INCH = 8.0
_FRAME_INCH = 1.1  # title, axis and sources above and below the map
_LEGEND_LINE_INCH = 0.15
_MARGIN = 0.06  # of the span, on each side
_LEAST_DEG = 2.0
_SHAPES = (1.2, 1.9)  # least and greatest width of the map for its height
_LEGEND_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class _Look:
    """How a figure is drawn; see `plot`."""

    title: str | None
    view: View | None
    basemap: str | None
    legend: bool


def plot(
    *things: object,
    ax: Axes | None = None,
    title: str | None = None,
    view: View | None = None,
    basemap: str | None = "110m",
    legend: bool = True,
) -> Axes:
    """Draw stories, corridors, verdicts, places and tables with matplotlib.

    Parameters
    ----------
    *things : what `draw_map` takes, an EventMap, or a MapContent
        What to show, first below. Layers that a user added to an EventMap are not drawn.
    ax : matplotlib Axes, optional
        Where to draw, x longitude and y latitude in degrees; by default a new figure. Axes that
        hold data keep their limits.
    title : str, optional
        The title; by default what the things say.
    view : {"de_facto", "recognised"}, optional
        Whose borders; by default the view of the things.
    basemap : {"110m", "50m"} or None
        Detail of land and borders.
    legend : bool
        Whether a legend stands below.

    Returns
    -------
    matplotlib Axes
        To be gone on with: ``ax.figure.savefig("map.pdf", bbox_inches="tight")``. Across ±180°
        longitudes run on beyond 180, or below -180.

    Raises
    ------
    MissingExtraError
        Without matplotlib.
    InvalidInputError, FrameError
        As `draw_map`.

    Examples
    --------
    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> from geo_events.corridors.corridor import make_corridor
    >>> ax = plot(make_corridor("Moscow", "Ankara"))
    >>> ax.get_title(loc="left")
    'The straight line Moscow → Ankara. Not a flight path.'
    """
    return _draw(things, ax, _Look(title, view, basemap, legend), _pyplot_figure)


def draw_figure(
    *things: object,
    title: str | None = None,
    view: View | None = None,
    basemap: str | None = "110m",
    legend: bool = True,
) -> Figure:
    """Draw things on a figure that no window and no notebook knows of.

    Parameters
    ----------
    *things, title, view, basemap, legend
        As for `plot`.

    Returns
    -------
    matplotlib Figure
        To be saved.
    """
    axes = _draw(things, None, _Look(title, view, basemap, legend), _bare_figure)
    from geo_events.maps.plot_marks import figure_of  # noqa: PLC0415  needs the extra

    return figure_of(axes)


def _draw(
    things: tuple[object, ...],
    ax: Axes | None,
    look: _Look,
    make_figure: Callable[..., Figure],
) -> Axes:
    """Draw things on axes, made where there are none."""
    content, chosen = _content_of(things, look.view)
    centre = find_map_centre(content)
    window = _find_window(content, centre)
    base = None if look.basemap is None else load_basemap(validate_level(look.basemap), chosen)
    with _plain_style():
        from geo_events.maps.plot_frame import add_legend, draw_scale, write_frame  # noqa: PLC0415  an extra

        axes = _new_axes(content, window, make_figure) if ax is None else ax
        _set_window(axes, window)
        _draw_base(axes, base, centre)
        canvas = _make_canvas(axes, centre, chosen)
        marks = _shown_marks(content)
        _draw_marks(marks, canvas)
        draw_scale(axes)
        write_frame(axes, content, look.title)
        if look.legend:
            add_legend(axes, content, own=ax is None)
        _write_words(marks, canvas, base)
    return axes


def _plain_style() -> AbstractContextManager[None]:
    """Return the settings under which a figure is drawn: fine hatching, and text without TeX."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415  an extra
    except ImportError as error:
        raise MissingExtraError("a static figure (matplotlib)", "image") from error

    return rc_context({"hatch.linewidth": 0.7, "text.usetex": False})


def _shown_marks(content: MapContent) -> list[Mark]:
    """Return the marks of the layers that are shown at first."""
    hidden = {group.key for group in content.groups if not group.shown}
    return [mark for mark in content.marks if mark.group not in hidden]


def _content_of(things: tuple[object, ...], view: View | None) -> tuple[MapContent, View]:
    """Return the content of things and the view of the borders."""
    if len(things) == 1 and isinstance(things[0], EventMap):
        return things[0].content, view or things[0].layer.view
    if len(things) == 1 and isinstance(things[0], MapContent):
        return things[0], view or "de_facto"
    return make_content(things, view)


def _find_window(content: MapContent, centre: float) -> Window:
    """Return west, south, east, north: all content, in a frame of a usual shape."""
    south, west, north, east = find_bounds(content, centre)
    middle = (west + east) / 2, (south + north) / 2
    wide = max(east - west, _LEAST_DEG) * (1 + 2 * _MARGIN)
    high = max(north - south, _LEAST_DEG) * (1 + 2 * _MARGIN)
    shrink = shrink_at(middle[1])
    shape = wide * shrink / high
    if shape > _SHAPES[1]:
        high = wide * shrink / _SHAPES[1]
    elif shape < _SHAPES[0]:
        wide = high * _SHAPES[0] / shrink
    low = max(middle[1] - high / 2, -90.0)
    top = min(middle[1] + high / 2, 90.0)
    return middle[0] - wide / 2, low, middle[0] + wide / 2, top


def _pyplot_figure(**options: Any) -> Figure:  # noqa: ANN401  matplotlib's
    """Make a figure that a notebook shows."""
    from matplotlib import pyplot as plt  # noqa: PLC0415  an extra

    return plt.figure(**options)


def _bare_figure(**options: Any) -> Figure:  # noqa: ANN401  matplotlib's
    """Make a figure of no window."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra

    return Figure(**options)


def _new_axes(content: MapContent, window: Window, make_figure: Callable[..., Figure]) -> Axes:
    """Make a figure, as high as map and legend need."""
    west, south, east, north = window
    shape = (east - west) * shrink_at((south + north) / 2) / (north - south)
    lines = sum(1 + len(group.entries) for group in content.groups) / _LEGEND_COLUMNS + 1
    high = _WIDTH_INCH / shape + _FRAME_INCH + lines * _LEGEND_LINE_INCH
    figure = make_figure(figsize=(_WIDTH_INCH, high), layout="constrained")
    made: Axes = figure.add_subplot()
    return made


def _set_window(ax: Axes, window: Window) -> None:
    """Set limits and scale so that the content fills the frame; axes with data keep theirs."""
    if not ax.has_data():
        west, south, east, north = window
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
    low, top = ax.get_ylim()
    ax.set_aspect(1.0 / shrink_at((low + top) / 2))
    ax.set_autoscale_on(False)
    ax.set_facecolor(_SEA)
    ax.xaxis.set_major_formatter(lambda value, _: _degrees(value, "lon"))
    ax.yaxis.set_major_formatter(lambda value, _: _degrees(value, "lat"))
    ax.tick_params(labelsize=7, colors=_BORDER, labelcolor=_INK)


def _degrees(value: float, axis: Axis) -> str:
    """Write a tick: "20° E", and 0° without a side."""
    rounded = round(value, 6)
    return format_degrees(rounded, axis) if rounded % 360 else "0°"


def _draw_base(ax: Axes, base: Basemap | None, centre: float) -> None:
    """Draw land, borders and lakes, each on the turn that is seen."""
    from matplotlib.collections import PatchCollection  # noqa: PLC0415  an extra
    from matplotlib.patches import PathPatch  # noqa: PLC0415  an extra

    from geo_events.maps.plot_marks import make_path  # noqa: PLC0415  needs the extra

    if base is None:
        return
    kinds = np.array(base.kinds)
    for kind, colour in (("country", _LAND), ("lake", _SEA)):
        shapes = [shift_geometry(shape, centre) for shape in base.polygons[kinds == kind]]
        paths = [make_path(shape) for shape in shapes]
        patches = [PathPatch(path) for path in paths if path is not None]
        collection = PatchCollection(patches, facecolor=colour, edgecolor=_BORDER, linewidth=0.4)
        collection.set_zorder(0.5 if kind == "country" else 0.6)
        ax.add_collection(collection, autolim=False)


def _draw_marks(marks: Sequence[Mark], canvas: Canvas) -> None:
    """Draw all marks."""
    from geo_events.maps.plot_marks import draw_mark  # noqa: PLC0415  needs the extra

    for mark in marks:
        draw_mark(mark, canvas)


def _write_words(marks: Sequence[Mark], canvas: Canvas, base: Basemap | None) -> None:
    """Write the captions that fit, once the frame has its place."""
    from geo_events.maps.plot_captions import write_captions, write_names  # noqa: PLC0415  an extra
    from geo_events.maps.plot_marks import figure_of  # noqa: PLC0415  needs the extra

    figure_of(canvas.ax).draw_without_rendering()
    taken = write_captions(marks, canvas)
    if base is not None:
        write_names(base.to_json(), canvas, taken)


def _make_canvas(ax: Axes, centre: float, view: View) -> Canvas:
    """Make what marks are drawn on."""
    from geo_events.maps.plot_marks import Canvas  # noqa: PLC0415  needs the extra

    def outline(mark: AreaMark) -> BaseGeometry:
        if mark.geometry is not None:
            return mark.geometry
        return shapely.simplify(territory_polygon(mark.territory, view), 0.01)

    return Canvas(ax, centre, outline)
