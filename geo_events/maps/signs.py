"""The signs of our maps: one place that says how each thing is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.maps.colours import GREY, OKABE_ITO
from geo_events.maps.features import Style

if TYPE_CHECKING:
    from geo_events.maps.features import Dash

__all__ = [
    "BAND",
    "CLAIM_AREA",
    "CLAIM_POINT",
    "CLAIM_SEA",
    "CROSSED",
    "ENVELOPE",
    "FAN_OTHER",
    "FAN_PLAIN",
    "FAN_THROUGH",
    "FOCUS",
    "IMPACT",
    "IMPACT_AREA",
    "ORIGIN",
    "ORIGIN_NONE",
    "ORIGIN_OUTLINE",
    "ORIGIN_SOME",
    "ORIGIN_THROUGH",
    "OVERFLOWN",
    "PLACE",
    "PLACE_AREA",
    "RING",
    "STAY",
    "TABLE",
    "TARGET",
    "TRACK",
    "restyle_doubted",
]

_CLAIMED: dict[str, Dash] = {"solid": "long", "dashed": "longdot"}
_DENIED: dict[str, Dash] = {"solid": "gaps", "dashed": "gapsdot"}

ORIGIN = Style(OKABE_ITO["blue"], 1.6, "solid", "hatch", fill_opacity=0.45)
ORIGIN_OUTLINE = Style(OKABE_ITO["blue"], 2.0, "solid")
ORIGIN_THROUGH = Style(OKABE_ITO["vermilion"], 1.2, "solid", "dots", fill_opacity=0.9)
ORIGIN_SOME = Style(OKABE_ITO["orange"], 0.0, "solid", "lines", fill_opacity=0.9)
ORIGIN_NONE = Style(OKABE_ITO["blue"], 0.0, "solid", "solid", fill_opacity=0.22)
TARGET = Style(OKABE_ITO["green"], 1.6, "solid", "cross", fill_opacity=0.4)
FAN_THROUGH = Style(OKABE_ITO["vermilion"], 1.3, "solid", opacity=0.7)
FAN_OTHER = Style(OKABE_ITO["blue"], 1.3, "dashed", opacity=0.7)
FAN_PLAIN = Style(OKABE_ITO["blue"], 1.3, "solid", opacity=0.6)
TRACK = Style(OKABE_ITO["vermilion"], 3.0, "solid")
BAND = Style(OKABE_ITO["vermilion"], 1.0, "dotted", "solid", fill_opacity=0.15)
ENVELOPE = Style(GREY, 1.6, "dashdot")
FOCUS = Style(OKABE_ITO["orange"], 2.2, "solid", "solid", fill_opacity=0.3)
CROSSED = Style(OKABE_ITO["purple"], 1.0, "solid", "solid", fill_opacity=0.14)
CLAIM_AREA = Style(OKABE_ITO["vermilion"], 3.0, "dashed")
CLAIM_SEA = Style(OKABE_ITO["vermilion"], 0.0, "solid", "hatch", fill_opacity=0.22)
CLAIM_POINT = Style(OKABE_ITO["vermilion"])
IMPACT = Style(OKABE_ITO["vermilion"], 2.2)
IMPACT_AREA = Style(OKABE_ITO["vermilion"], 1.6, "solid", "hatch", fill_opacity=0.35)
STAY = Style(OKABE_ITO["black"])
PLACE = Style(GREY)
PLACE_AREA = Style(OKABE_ITO["sky"], 1.4, "solid", "hatch", fill_opacity=0.4)
OVERFLOWN = Style(OKABE_ITO["sky"], 2.4, "dashed")
RING = Style(OKABE_ITO["purple"], 2.4, "dotted")
TABLE = Style(OKABE_ITO["blue"], 1.6, "solid", "solid", fill_opacity=0.25)


def restyle_doubted(style: Style, status: str | None) -> Style:
    """Return the style of a line whose movement is claimed, denied or disputed.

    Parameters
    ----------
    style : Style
        Of the same line where it is asserted; solid or dashed.
    status : str or None
        What the text says of it; None where there is no text.

    Returns
    -------
    Style
        The same for what is asserted; else with a dash of its own.
    """
    if status in (None, "", "asserted"):
        return style
    dashes = _DENIED if status in ("denied", "disputed") else _CLAIMED
    return replace(style, dash=dashes[style.dash])
