"""`EventMap`, a folium map that works offline, and the one element that draws what is ours."""

from __future__ import annotations

import html
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import folium
from branca.element import MacroElement
from folium.template import Template

from geo_events.disk import write_text
from geo_events.maps.assets import page_script, page_style
from geo_events.maps.basemap import load_basemap, validate_level
from geo_events.maps.content import MapContent, join_things
from geo_events.maps.encode import to_island
from geo_events.maps.frame import EventFigure, RawElement
from geo_events.maps.island import write_content
from geo_events.values import validate_view

if TYPE_CHECKING:
    from pathlib import Path

    from branca.element import Figure

    from geo_events.maps.basemap import Basemap
    from geo_events.values import View

__all__ = ["EventMap", "MarkLayer"]

_NAME = "geo_events"
_ISLAND = "ge-data"
_HEIGHT = "800px"


class MarkLayer(MacroElement):
    """Everything of ours on a map: one JSON island, drawn by one constant script.

    Parameters
    ----------
    content : MapContent
        What to draw.
    basemap : Basemap or None
        What is drawn under it.
    view : {"de_facto", "recognised"}
        Whose outlines territories have.
    framed : bool
        Whether the page has our header, list and footer; otherwise the legend carries the title
        and the caveat, and evidence opens in popups.

    Notes
    -----
    Text goes into the page as JSON only and becomes visible through ``textContent`` only.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "geoEvents.draw({{ this._parent.get_name() }}, "
        "{{ this.island_id|tojson }}, {{ this.framed|tojson }});"
        "{% endmacro %}"
    )

    def __init__(
        self,
        content: MapContent,
        basemap: Basemap | None,
        *,
        view: View = "de_facto",
        framed: bool = False,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MarkLayer"
        self.content = content
        self.basemap = basemap
        self.view = view
        self.framed = framed
        self.replaces_tiles = False

    @property
    def island_id(self) -> str:
        """The id of the script element that carries the content."""
        return _ISLAND if self.framed else f"{_ISLAND}-{self._id}"

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401  branca's signature
        """Add the style, the script and the content to the page."""
        figure = cast("Figure", self.get_root())
        figure.header.add_child(RawElement(f"<style>{page_style()}</style>"), name="ge_style")
        script = page_script() + ("\ngeoEvents.replaceTiles();" if self.replaces_tiles else "")
        figure.header.add_child(RawElement(f"<script>{script}</script>"), name="ge_script")
        base = "" if self.basemap is None else " data-base"
        island = to_island(write_content(self.content, self.basemap, self.view))
        figure.html.add_child(
            RawElement(
                f'<script type="application/json" id="{self.island_id}"{base}>{island}</script>'
            ),
            name=f"{_NAME}_{self._id}",
        )
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class EventMap(folium.Map):
    """A folium map of events, corridors and crossings that works offline.

    It is a `folium.Map`: layers, plugins and a LayerControl can be added to it as usual. What is
    ours on it cannot run anything, whatever text it was given. By default the world is drawn from
    the embedded tables, with the borders of the same view as the answers; no tiles are loaded.

    Parameters
    ----------
    location : (lat, lon) or None
        As in folium; by default the map shows all its content.
    content : MapContent or None
        What is on it; `draw_map` makes this from stories, corridors, places and tables.
    title : str or None
        What the map shows; by default the content's own title.
    view : {"de_facto", "recognised"}
        Whose borders are drawn.
    basemap : {"110m", "50m"} or None
        Detail of land and borders; None draws none.
    tiles : str or None
        An address template or the name of a tile set, loaded from the network; such a map is
        saved with links.
    lang : str
        The language of the page.
    **options
        Passed to `folium.Map`.

    Raises
    ------
    InvalidInputError
        For an unknown view or basemap.
    DataMissingError, DataCorruptError
        When the embedded tables are missing or damaged.

    Examples
    --------
    >>> m = EventMap(location=(36, 40), zoom_start=5)
    >>> marker = folium.Marker((35.95, 39.01)).add_to(m)
    """

    def __init__(
        self,
        location: tuple[float, float] | None = None,
        *,
        content: MapContent | None = None,
        title: str | None = None,
        view: View = "de_facto",
        basemap: str | None = "110m",
        tiles: str | None = None,
        lang: str = "en",
        **options: Any,  # noqa: ANN401  folium's own
    ) -> None:
        drawn = content or MapContent()
        base = (
            load_basemap(validate_level(basemap), validate_view(view))
            if basemap is not None and tiles is None
            else None
        )
        defaults = {"zoom_snap": 0.25, "zoom_delta": 0.5}
        super().__init__(location=location, tiles=tiles, **{**defaults, **options})
        self.options.setdefault("min_zoom", 1)  # folium hands these to its tiles alone
        self.options.setdefault("max_zoom", 18 if tiles else 12)
        self.default_js = list(folium.Map.default_js)  # add_js_link writes into these
        self.default_css = list(folium.Map.default_css)
        self.given_title = title
        self.parts = [drawn] if content is not None else []
        figure = EventFigure(title="", lang=lang, offline=tiles is None)
        figure.add_child(self)
        self.layer = MarkLayer(drawn, base, view=view, framed=True)
        self.add_child(self.layer, name=_NAME)
        self._set_title()

    @property
    def is_offline(self) -> bool:
        """Whether the map is saved with all that it needs; one with tiles is not."""
        return bool(cast("EventFigure", self.get_root()).offline)

    @property
    def content(self) -> MapContent:
        """What is drawn and listed."""
        return self.layer.content

    def add_content(self, content: MapContent, *, title: str | None = None) -> None:
        """Add the content of one more thing to the map.

        Parameters
        ----------
        content : MapContent
            What one more thing brings; `join_things` puts it beside the others.
        title : str or None
            A new title for the map; None leaves it as it is.
        """
        self.given_title = title if title is not None else self.given_title
        self.parts.append(content)
        self.layer.content = join_things(self.parts)
        self._set_title()

    def _set_title(self) -> None:
        """Give the page its title."""
        if self.given_title is not None:
            self.layer.content = replace(self.layer.content, title=self.given_title)
        cast("Figure", self.get_root()).title = self.content.title or "Map"

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  folium's signature
        **kwargs: Any,  # noqa: ANN401  folium's signature
    ) -> None:
        """Write the map to one HTML file, whole or not at all.

        Parameters
        ----------
        outfile : path-like or open binary file
            Where to write.
        close_file : bool
            Whether an open file is closed afterwards.
        **kwargs
            ``offline=False`` leaves links to the network in the file; ``offline=True`` puts
            everything in. By default a map without tiles is offline.

        Raises
        ------
        InvalidInputError
            When the folder is missing or not writable, or something on the map cannot work
            offline; nothing is written then.
        """
        text = self.get_root().render(**kwargs)
        if isinstance(outfile, str | bytes | os.PathLike):
            write_text(os.fsdecode(outfile), text)
            return
        outfile.write(text.encode("utf-8"))
        if close_file:
            outfile.close()

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401  folium's signature
        """Return the map as a frame for a notebook; its scripts cannot reach the notebook."""
        page = html.escape(self.get_root().render(**kwargs))
        title = html.escape(self.content.title or "Map")
        return (
            f'<iframe title="{title}" sandbox="allow-scripts" srcdoc="{page}" '
            f'style="width:100%;height:{_HEIGHT};border:0"></iframe>'
        )
