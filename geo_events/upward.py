"""The one way by which a floor reaches a function of a higher floor, or of the room beside it.

`Story.explore()` draws a map, but the story's floor must not import the map's; `draw_map(path)`
reads a file, but maps must not import files. Such functions call
`call_upward` with a name from the table below; the module is imported at that moment.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from pathlib import Path

__all__ = ["Drawable", "call_upward"]

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


class Drawable:
    """What can be drawn and saved: the methods that all such values share."""

    __slots__ = ()

    def explore(self, **options: Any) -> Any:  # noqa: ANN401  draw_map checks them
        """Draw it on a map for the browser.

        Parameters
        ----------
        **options
            Those of `draw_map`, such as ``view=`` and ``m=``.

        Returns
        -------
        EventMap
            A `folium.Map` that works offline.
        """
        return call_upward("draw_map", self, **options)

    def plot(self, **options: Any) -> Any:  # noqa: ANN401  plot checks them
        """Draw it as a static figure with matplotlib, for print.

        Parameters
        ----------
        **options
            ``ax=`` to draw on axes of your own; ``title=``, ``view=``, ``basemap=``, ``legend=``.

        Returns
        -------
        matplotlib Axes
            Longitude and latitude in degrees.

        Raises
        ------
        MissingExtraError
            Without matplotlib: pip install 'geo_events[image]'.
        """
        return call_upward("plot", self, **options)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Save it to a file by the path's suffix; as `save` does."""
        saved: Path = call_upward("save", self, path)
        return saved
