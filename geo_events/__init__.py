"""From a news text to a map that can be checked: places, corridors, and what they cross, offline.

>>> import geo_events as ge
>>> ge.LonLat(lon=39.01, lat=35.95)
LonLat(lon=39.01, lat=35.95)

Every name is imported when it is first used; `__init__.pyi` lists them all with their modules.
Errors live in `geo_events.errors`.
"""

import lazy_loader as _lazy

from geo_events._version import __version__

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
