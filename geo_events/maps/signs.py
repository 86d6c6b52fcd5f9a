"""The signs of our maps: one place that says how each thing is drawn."""

from __future__ import annotations

from geo_events.maps.colours import GREY, OKABE_ITO
from geo_events.maps.features import Style

__all__ = [
    "BAND",
    "CLAIM_AREA",
    "CLAIM_POINT",
    "CROSSED",
    "ENVELOPE",
    "FAN_OTHER",
    "FAN_PLAIN",
    "FAN_THROUGH",
    "FOCUS",
    "ORIGIN",
    "ORIGIN_THROUGH",
    "PLACE",
    "PLACE_AREA",
    "RING",
    "STAY",
    "TABLE",
    "TARGET",
    "TRACK",
]

ORIGIN = Style(OKABE_ITO["blue"], 1.6, "solid", "hatch", fill_opacity=0.45)
ORIGIN_THROUGH = Style(OKABE_ITO["vermilion"], 1.6, "solid", "dots", fill_opacity=0.9)
TARGET = Style(OKABE_ITO["green"], 1.6, "solid", "cross", fill_opacity=0.4)
FAN_THROUGH = Style(OKABE_ITO["vermilion"], 1.3, "solid", opacity=0.7)
FAN_OTHER = Style(OKABE_ITO["blue"], 1.3, "dashed", opacity=0.7)
FAN_PLAIN = Style(OKABE_ITO["blue"], 1.3, "solid", opacity=0.6)
TRACK = Style(OKABE_ITO["vermilion"], 3.0, "solid")
BAND = Style(OKABE_ITO["vermilion"], 1.0, "dotted", "solid", fill_opacity=0.15)
ENVELOPE = Style(GREY, 1.6, "dashdot")
FOCUS = Style(OKABE_ITO["orange"], 1.4, "solid", "solid", fill_opacity=0.3)
CROSSED = Style(OKABE_ITO["purple"], 1.2, "solid", "solid", fill_opacity=0.2)
CLAIM_AREA = Style(OKABE_ITO["vermilion"], 3.0, "dashed")
CLAIM_POINT = Style(OKABE_ITO["vermilion"])
STAY = Style(OKABE_ITO["black"])
PLACE = Style(GREY)
PLACE_AREA = Style(OKABE_ITO["sky"], 1.4, "solid", "hatch", fill_opacity=0.4)
RING = Style(OKABE_ITO["purple"], 2.4, "dotted")
TABLE = Style(OKABE_ITO["blue"], 1.6, "solid", "solid", fill_opacity=0.25)
