"""What stands round a static figure: title, caveat, sources, scale and legend."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D

from geo_events.maps.encode import clean_text
from geo_events.maps.plot_marks import figure_of, make_handle
from geo_events.maps.unwrap import shrink_at

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geo_events.maps.content import MapContent

__all__ = ["LEGEND_COLUMNS", "add_legend", "draw_scale", "write_frame"]

LEGEND_COLUMNS = 3
_LEGEND_CHARACTERS = 48
_CHARACTERS_PER_INCH = 18.0  # of the small print
_KM_PER_DEG = 111.32
_BORDER, _INK = "#a8a296", "#1b1f24"


def draw_scale(ax: Axes) -> None:
    """Draw a bar of a round number of kilometres, true in the middle of the map."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    km_per_deg = _KM_PER_DEG * shrink_at((south + north) / 2)
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


def write_frame(ax: Axes, content: MapContent, title: str | None) -> None:
    """Write title, caveat and sources; as text, whatever signs are in it."""
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


def add_legend(ax: Axes, content: MapContent, *, own: bool) -> None:
    """Explain every sign below the map, layer by layer."""
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
        "ncols": min(LEGEND_COLUMNS, len(texts)),
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
