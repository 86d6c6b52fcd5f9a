"""The one way by which a floor reaches a function of a higher floor, or of the room beside it.

`Story.explore()` draws a map, but the story's floor must not import the map's; `draw_map(path)`
reads a file, but maps must not import files. Such functions call
`call_upward` with a name from the table below; the module is imported at that moment.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["call_upward"]

_WAYS_UP: dict[str, tuple[str, str]] = {
    "draw_map": ("geo_events.maps", "draw_map"),
    "plot": ("geo_events.maps.plots", "plot"),
    "read_frames": ("geo_events.files.reading", "read_frames"),
    "save": ("geo_events.output", "save"),
}


def call_upward(name: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - it passes on whatever the upper function takes and gives
    """Call a function of an upper floor by its name in the table.

    Parameters
    ----------
    name : {"draw_map", "plot", "read_frames", "save"}
        Which function.
    *args, **options
        Passed on as they are.

    Returns
    -------
    object
        What the function returns.
    """
    module, attribute = _WAYS_UP[name]
    return getattr(import_module(module), attribute)(*args, **options)
