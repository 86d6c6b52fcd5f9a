"""Maps that work offline, cannot be made to run anything, and say what they do not know."""

from __future__ import annotations

from geo_events.maps.content import MapContent
from geo_events.maps.draw import draw_map
from geo_events.maps.eventmap import EventMap

__all__ = ["EventMap", "MapContent", "draw_map"]
