"""Write any folium map to a file that needs no network."""

from __future__ import annotations

import html
import re
import warnings
from typing import TYPE_CHECKING, cast

from folium.raster_layers import TileLayer

from geo_events.disk import check_target, write_text
from geo_events.errors import GeoEventsWarning, InvalidInputError
from geo_events.maps.basemap import load_basemap, validate_level
from geo_events.maps.content import MapContent
from geo_events.maps.encode import clean_text
from geo_events.maps.eventmap import EventMap, MarkLayer
from geo_events.maps.frame import (
    embed_page,
    make_policy,
    refuse_network_layers,
    rename_ids,
    walk_elements,
)

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import folium
    from branca.element import Figure

    from geo_events.values import View

__all__ = ["render_page", "write_page"]

_HEAD = re.compile(r"<html>\s*<head>")
_PLAIN_CRS = "EPSG3857"


def write_page(
    m: folium.Map,
    path: str | os.PathLike[str],
    *,
    basemap: str = "110m",
    view: View = "de_facto",
) -> Path:
    """Write a folium map to one HTML file that works offline.

    Parameters
    ----------
    m : folium.Map
        Any, with its layers, plugins and controls; it is not changed.
    path : path-like
        The file; its folder must exist.
    basemap : {"110m", "50m"}
        Detail of land and borders, which are drawn where tiles would be loaded.
    view : {"de_facto", "recognised"}
        Whose borders these are.

    Returns
    -------
    Path
        The file, whole or not at all.

    Raises
    ------
    InvalidInputError
        When a layer or plugin needs the network and there is no copy of what it loads; the
        message names it. Also for an unknown basemap or view, or a path that cannot be written.

    Warns
    -----
    GeoEventsWarning
        Where tiles were replaced.

    Notes
    -----
    The page may connect to nothing (content security policy). What text its layers show, and how
    they show it, is theirs: only `EventMap`'s own layers are safe with any text.

    Examples
    --------
    >>> import folium, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_page(folium.Map(tiles=None), pathlib.Path(folder) / "map.html").name
    'map.html'
    """
    target = check_target(path)
    return write_text(target, render_page(m, basemap=basemap, view=view))


def render_page(m: folium.Map, *, basemap: str = "110m", view: View = "de_facto") -> str:
    """Return the page that `write_page` writes."""
    if isinstance(m, EventMap):
        return str(m.get_root().render(offline=True))
    root = cast("Figure", m.get_root())
    tiles = [one for one in walk_elements(root) if isinstance(one, TileLayer)]
    base = load_basemap(validate_level(basemap), view) if tiles and _is_plain(m) else None
    refuse_network_layers(root, allowed=tiles if base is not None else ())
    if base is not None:
        warnings.warn(
            "tiles need a network: land and borders are drawn from the embedded tables instead",
            GeoEventsWarning,
            stacklevel=3,
        )
    layer = MarkLayer(MapContent(), base, view=view)
    layer.replaces_tiles = base is not None
    before = [(element, element._children.copy()) for element in walk_elements(root)]  # noqa: SLF001
    layer.add_to(m)
    try:
        text = str(root.render())
    finally:  # the map stays as it was
        for element, children in before:
            element._children = children  # noqa: SLF001
    return _seal(embed_page(rename_ids(text, [*walk_elements(root), layer])), root)


def _is_plain(m: folium.Map) -> bool:
    """Whether a map is in web Mercator, as tiles are."""
    return str(getattr(m, "crs", _PLAIN_CRS)) == _PLAIN_CRS


def _seal(text: str, root: Figure) -> str:
    """Give a page of folium its language, title and content policy."""
    title = html.escape(clean_text(root.title or "Map"))
    named = "" if root.title else f"<title>{title}</title>"
    policy = make_policy(text, offline=True)
    head = (
        '<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{named}'
    )
    if _HEAD.search(text) is None:
        raise InvalidInputError("expected the page of a folium map, with its head; got another")
    return _HEAD.sub(lambda _: head, text, count=1)
