"""The words on a static figure: those of the highest rank first, none upon another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib import patheffects

from geo_events.maps.encode import clean_text
from geo_events.maps.features import AreaMark, PointMark, RingMark, TrackMark
from geo_events.maps.plot_marks import figure_of
from geo_events.maps.unwrap import shift_geometry, shift_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.maps.features import Mark
    from geo_events.maps.plot_marks import Canvas

    Box = tuple[float, float, float, float]

__all__ = ["write_captions", "write_names"]

_SIZE_PT = 6.5
_WIDTH = 0.56  # of the size: a letter of the mean width
_LINE = 1.25  # of the size: a line
_BESIDE_PT = 6.0


def write_captions(marks: Sequence[Mark], canvas: Canvas) -> list[Box]:
    """Write the captions of marks where there is room for them.

    Parameters
    ----------
    marks : sequence of Mark
        What is drawn.
    canvas : Canvas
        Where.

    Returns
    -------
    list of (left, low, right, top)
        What is written on, in pixels.
    """
    taken: list[Box] = []
    found = [(mark, place) for mark in marks for place in _place(mark, canvas)]
    found.sort(key=lambda one: -getattr(one[0], "rank", 0.0))
    for mark, place in found:
        words = clean_text(getattr(mark, "caption", ""))
        for side in ("left", "right") if isinstance(mark, PointMark) else ("center",):
            if _fit(words, place, canvas, taken, side):
                _write(words, place, canvas, side)
                break
    return taken


def write_names(base: dict[str, Any], canvas: Canvas, taken: list[Box]) -> None:
    """Write the names of territories that are wide enough, where nothing else is written.

    Parameters
    ----------
    base : dict
        The basemap as it stands in the page: names, kinds, and positions with widths.
    canvas : Canvas
        Where.
    taken : list of boxes
        From `write_captions`; added to.
    """
    said = {text.get_text().split("\n")[0] for text in canvas.ax.texts}
    west, east = canvas.ax.get_xlim()
    wide = canvas.ax.bbox.width / (east - west)
    rows = zip(base["names"], base["kinds"], base["at"], strict=True)
    for name, kind, (lon, lat, span) in sorted(rows, key=lambda row: -row[2][2]):
        place = (float(shift_path(np.array([lon]), canvas.centre)[0]), lat)
        left, _, right, _ = _measure(name, place, canvas, "center")
        is_wide = kind == "country" and name not in said and right - left < span * wide * 0.8
        if is_wide and _fit(name, place, canvas, taken, "center"):
            _write(name, place, canvas, "center", plain=True)


def _fit(
    words: str, place: tuple[float, float], canvas: Canvas, taken: list[Box], side: str
) -> bool:
    """Take the room for a caption, if it is free and within the frame."""
    box = _measure(words, place, canvas, side)
    if not _is_inside(box, canvas) or any(_meet(box, other) for other in taken):
        return False
    taken.append(box)
    return True


def _place(mark: Mark, canvas: Canvas) -> list[tuple[float, float]]:
    """Return where the words of a mark stand; nothing for none."""
    if not getattr(mark, "caption", ""):
        return []
    lon, lat = _position(mark, canvas)
    return [(float(shift_path(np.array([lon]), canvas.centre)[0]), lat)]


def _position(mark: Mark, canvas: Canvas) -> tuple[float, float]:
    """Return the position of a caption on any turn."""
    at: tuple[float, float] | None = getattr(mark, "at", None)
    if isinstance(mark, PointMark):
        at = (mark.lon, mark.lat)
    elif isinstance(mark, RingMark):
        top = int(np.argmax(mark.lat))
        at = (float(mark.lon[top]), float(mark.lat[top]))
    elif at is None and isinstance(mark, AreaMark):
        point = shapely.point_on_surface(shift_geometry(canvas.outline(mark), canvas.centre))
        at = (float(point.x), float(point.y))
    elif at is None and isinstance(mark, TrackMark):
        lon, lat = mark.paths[0]
        at = (float(lon[len(lon) // 2]), float(lat[len(lat) // 2]))
    return at or (0.0, 0.0)


def _measure(words: str, place: tuple[float, float], canvas: Canvas, side: str) -> Box:
    """Return the box of a caption in pixels: left, low, right, top."""
    scale = figure_of(canvas.ax).dpi / 72.0
    x, y = canvas.ax.transData.transform(place)
    lines = words.split("\n")
    wide = max(map(len, lines)) * _WIDTH * _SIZE_PT * scale
    high = len(lines) * _LINE * _SIZE_PT * scale
    beside = _BESIDE_PT * scale
    left = {"left": x + beside, "right": x - beside - wide, "center": x - wide / 2}[side]
    return left, y - high / 2, left + wide, y + high / 2


def _is_inside(box: Box, canvas: Canvas) -> bool:
    """Whether a caption lies within the frame."""
    frame = canvas.ax.bbox
    return bool(
        frame.x0 <= box[0] and frame.y0 <= box[1] and frame.x1 >= box[2] and frame.y1 >= box[3]
    )


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _write(
    words: str, place: tuple[float, float], canvas: Canvas, side: str, *, plain: bool = False
) -> None:
    """Write one caption with a light rim; `side` is that of the words that is at the place."""
    text = canvas.ax.annotate(
        words,
        place,
        xytext=({"left": _BESIDE_PT, "right": -_BESIDE_PT, "center": 0.0}[side], 0.0),
        textcoords="offset points",
        ha=side,
        va="center",
        fontsize=_SIZE_PT,
        zorder=8,
        parse_math=False,
        usetex=False,
        annotation_clip=True,
        color="#5d5a52" if plain else "#1b1f24",
        fontweight="normal" if plain else "bold",
    )
    text.set_path_effects([patheffects.withStroke(linewidth=2.0, foreground="white")])
