"""`plot`: the content of a map as a static matplotlib figure, for print and for where no page is.

The same marks, legend, title and caveat as on the page, on land and borders from the embedded
tables. Text is only ever text: neither mathematics nor TeX is read from it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.wording import format_degrees
from geo_events.errors import MissingExtraError
from geo_events.maps.basemap import load_basemap, validate_level
from geo_events.maps.content import MapContent
from geo_events.maps.draw import make_content
from geo_events.maps.encode import clean_text
from geo_events.maps.eventmap import EventMap
from geo_events.maps.island import find_bounds, find_map_centre
from geo_events.maps.unwrap import shift_geometry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from shapely.geometry.base import BaseGeometry

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
_KM_PER_DEG = 111.32
_STEEPEST = 80.0  # degrees of latitude: beyond it the scale of the two axes is not adapted
_LEGEND_COLUMNS = 3
_LEGEND_CHARACTERS = 48
_CHARACTERS_PER_INCH = 18.0  # of the small print


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
    return _draw(things, ax, (title, view, basemap, legend), _pyplot_figure)


def draw_figure(*things: object, **options: Any) -> Figure:  # noqa: ANN401  those of plot
    """Draw things on a figure that no window and no notebook knows of.

    Parameters
    ----------
    *things, **options
        As for `plot`.

    Returns
    -------
    matplotlib Figure
        To be saved.
    """
    chosen = {"title": None, "view": None, "basemap": "110m", "legend": True, **options}
    axes = _draw(things, None, tuple(chosen.values()), _bare_figure)
    from geo_events.maps.plot_marks import figure_of  # noqa: PLC0415  needs the extra

    return figure_of(axes)


def _draw(
    things: tuple[object, ...],
    ax: Axes | None,
    options: tuple[Any, ...],
    make_figure: Callable[..., Figure],
) -> Axes:
    """Draw things on axes, made where there are none."""
    title, view, basemap, legend = options
    content, chosen = _content_of(things, view)
    centre = find_map_centre(content)
    window = _find_window(content, centre)
    base = None if basemap is None else load_basemap(validate_level(basemap), chosen)
    with _plain_style():
        axes = _new_axes(content, window, make_figure) if ax is None else ax
        _set_window(axes, window)
        _draw_base(axes, base, centre)
        canvas = _make_canvas(axes, centre, chosen)
        marks = _shown_marks(content)
        _draw_marks(marks, canvas)
        _draw_scale(axes)
        _write_frame(axes, content, title)
        if legend:
            _add_legend(axes, content, own=ax is None)
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
    shrink = _shrink(middle[1])
    shape = wide * shrink / high
    if shape > _SHAPES[1]:
        high = wide * shrink / _SHAPES[1]
    elif shape < _SHAPES[0]:
        wide = high * _SHAPES[0] / shrink
    low = max(middle[1] - high / 2, -90.0)
    top = min(middle[1] + high / 2, 90.0)
    return middle[0] - wide / 2, low, middle[0] + wide / 2, top


def _shrink(lat: float) -> float:
    """Return how much shorter a degree of longitude is than one of latitude."""
    return float(np.cos(np.radians(min(abs(lat), _STEEPEST))))


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
    shape = (east - west) * _shrink((south + north) / 2) / (north - south)
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
    ax.set_aspect(1.0 / _shrink((low + top) / 2))
    ax.set_autoscale_on(False)
    ax.set_facecolor(_SEA)
    ax.xaxis.set_major_formatter(lambda value, _: format_degrees(round(value, 6), "lon"))
    ax.yaxis.set_major_formatter(lambda value, _: format_degrees(round(value, 6), "lat"))
    ax.tick_params(labelsize=7, colors=_BORDER, labelcolor=_INK)


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


def _draw_scale(ax: Axes) -> None:
    """Draw a bar of a round number of kilometres, true in the middle of the map."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    km_per_deg = _KM_PER_DEG * _shrink((south + north) / 2)
    widest = abs(east - west) * km_per_deg / 5
    power = 10.0 ** np.floor(np.log10(widest))
    km = max(step * power for step in (1, 2, 5) if step * power <= widest)
    share = km / km_per_deg / abs(east - west)
    bar = ax.plot([0.98 - share, 0.98], [0.03, 0.03], transform=ax.transAxes, color=_INK, lw=1.5)
    bar[0].set_zorder(9)
    words = f"{km:,.0f} km" if km >= 1 else f"{km * 1000:,.0f} m"
    ax.text(
        0.98 - share / 2,
        0.037,
        words,
        transform=ax.transAxes,
        fontsize=6.5,
        ha="center",
        zorder=9,
        **_plain(),
    )


def _write_frame(ax: Axes, content: MapContent, title: str | None) -> None:
    """Write title, caveat and sources; as text, whatever signs are in it."""
    from geo_events.maps.plot_marks import figure_of  # noqa: PLC0415  needs the extra

    inches = float(figure_of(ax).get_size_inches()[0])
    small = int(inches * _CHARACTERS_PER_INCH)
    shown = clean_text(content.title if title is None else title)
    ax.set_title(textwrap.fill(shown, small * 2 // 3), fontsize=10, loc="left", **_plain())
    caveat = clean_text(" ".join(content.caveat))
    if caveat:
        box = {"facecolor": "white", "edgecolor": _BORDER, "linewidth": 0.5, "pad": 2.5}
        ax.text(
            0.006,
            0.012,
            textwrap.fill(caveat, small),
            transform=ax.transAxes,
            fontsize=6.5,
            color=_INK,
            bbox=box,
            zorder=9,
            **_plain(),
        )
    source = clean_text(content.citation or " ".join(content.notes))
    ax.set_xlabel(textwrap.fill(source, small), fontsize=6, color=_INK, **_plain())


def _plain() -> dict[str, Any]:
    """Return the options that keep text from being read as mathematics or TeX."""
    return {"parse_math": False, "usetex": False}


def _add_legend(ax: Axes, content: MapContent, *, own: bool) -> None:
    """Explain every sign below the map, layer by layer."""
    from matplotlib.legend_handler import HandlerTuple  # noqa: PLC0415  an extra
    from matplotlib.lines import Line2D  # noqa: PLC0415  an extra

    from geo_events.maps.plot_marks import figure_of, make_handle  # noqa: PLC0415  needs the extra

    handles: list[Any] = []
    texts: list[tuple[str, str]] = []
    for group in content.groups:
        handles += [Line2D([], [], linestyle="none"), *map(make_handle, group.entries)]
        texts.append((clean_text(group.title), "bold"))
        texts += [(clean_text(entry.text), "normal") for entry in group.entries]
    if not texts:
        return
    options: dict[str, Any] = {
        "handler_map": {tuple: HandlerTuple(ndivide=1)},
        "ncols": min(_LEGEND_COLUMNS, len(texts)),
        "fontsize": 6.5,
        "frameon": False,
        "handlelength": 2.6,
        "handleheight": 1.0,
    }
    places = ["\u200b"] * len(texts)  # the words follow, as text that nothing is read from
    made = (
        figure_of(ax).legend(handles, places, loc="outside lower center", **options)
        if own
        else ax.legend(handles, places, loc="upper center", bbox_to_anchor=(0.5, -0.12), **options)
    )
    for label, (words, weight) in zip(made.get_texts(), texts, strict=True):
        label.set(**_plain())
        label.set(text=textwrap.fill(words, _LEGEND_CHARACTERS), fontweight=weight)
