"""From a news text to a map that can be checked."""

from geo_events._version import __version__

__all__ = ["__version__"]
