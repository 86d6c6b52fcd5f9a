"""Colours that all readers can tell apart: those of maps, of QGIS styles and of Google Earth."""

from __future__ import annotations

__all__ = ["GREY", "OKABE_ITO"]

# Okabe and Ito, "Color Universal Design", 2008: https://jfly.uni-koeln.de/color/
OKABE_ITO: dict[str, str] = {
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermilion": "#d55e00",
    "purple": "#cc79a7",
    "black": "#000000",
}
GREY = "#6b7280"
