"""Many texts or tracks: on threads or processes here, or on the workers of another engine."""

from geo_events.corridors.separation import measure_separations
from geo_events.engines.crossings import find_crossings
from geo_events.engines.stories import Stories, read_stories

__all__ = ["Stories", "find_crossings", "measure_separations", "read_stories"]
