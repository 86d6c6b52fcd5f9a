"""The page round a map: head, landmarks, content policy, and the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure, Link

from geo_events.errors import InvalidInputError
from geo_events.maps.assets import find_asset
from geo_events.maps.encode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "EventFigure",
    "RawElement",
    "embed_page",
    "make_policy",
    "refuse_network_layers",
    "rename_ids",
    "walk_elements",
]

_SCRIPT = re.compile(r"<script(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
_LOADED_SCRIPT = re.compile(r"<script[^>]*\ssrc=[\"']?(https?://[^\"'> ]+)[^>]*>\s*</script>")
_LOADED_STYLE = re.compile(r"<link[^>]*\shref=[\"']?(https?://[^\"'> ]+\.css)[\"']?[^>]*>")

# What these draw needs Leaflet alone. Anything else may lean on jQuery, Bootstrap or icon fonts.
_LIGHT = frozenset(
    {
        *("EventMap", "EventFigure", "MarkLayer", "RawElement", "Element", "GlobalSwitches"),
        *("FeatureGroup", "LayerControl", "FitBounds", "TileLayer", "Marker"),
        *("PolyLine", "Polygon", "Rectangle", "Circle", "CircleMarker", "JavascriptLink"),
        "CssLink",
    }
)
_FOLIUM_DEFAULTS = frozenset(
    {
        *("jquery", "bootstrap", "awesome_markers", "bootstrap_css", "glyphicons_css"),
        *("awesome_markers_font_css", "awesome_markers_css", "awesome_rotate_css"),
    }
)
_NEEDS_EVAL = "new L.Control.Measure("  # folium's MeasureControl makes its texts by eval
_NETWORK_ATTRIBUTES = ("tiles", "url")

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
{head}
</head>
<body class="ge-page">
<a class="ge-skip" href="#ge-side">Skip the map, go to the list</a>
<header id="ge-head" class="ge-head"></header>
<main id="ge-main" class="ge-main" aria-label="Map">
{body}
<noscript>This map is drawn by a script inside this file; allow scripts to see it.</noscript>
</main>
<aside id="ge-side" class="ge-side" aria-label="What the map shows" tabindex="-1"></aside>
<footer id="ge-foot" class="ge-foot"></footer>
<script>
{script}
</script>
</body>
</html>
"""


class RawElement(Element):
    """Text that goes into the page as it stands, never read as a template.

    Parameters
    ----------
    text : str
        HTML written by this package.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "RawElement"
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401, ARG002  branca's signature
        """Return the text."""
        return self.text


class EventFigure(Figure):
    """The root of an `EventMap`: a page with title, language, landmarks and content policy.

    Parameters
    ----------
    title : str
        The document's title.
    lang : str
        The language of the page, such as "en".
    offline : bool
        Whether the page carries everything it needs.
    """

    def __init__(self, *, title: str, lang: str = "en", offline: bool = True) -> None:
        super().__init__(title=title)
        self.lang = lang
        self.offline = offline

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401  branca's signature
        """Return the whole page.

        Parameters
        ----------
        **kwargs
            ``offline=False`` leaves links to the network in the page; all else goes to the
            elements.

        Returns
        -------
        str
            HTML. The same tree gives the same bytes, whatever ids its elements were given.

        Raises
        ------
        InvalidInputError
            When the page is to work offline and something in it cannot.
        """
        offline = bool(kwargs.pop("offline", self.offline))
        before = [(element, element._children.copy()) for element in walk_elements(self)]  # noqa: SLF001
        try:
            return self._compose(offline, kwargs)
        finally:  # folium's elements add to the tree when rendered, and again the next time
            for element, children in before:
                element._children = children  # noqa: SLF001

    def _compose(self, offline: bool, kwargs: dict[str, Any]) -> str:  # noqa: FBT001
        """Render the elements and put their parts into the page."""
        for child in _children(self):
            child.render(**kwargs)
        if offline:
            refuse_network_layers(self, allowed=list(_minimap_tiles(self)))
        head = list(self._head_parts(offline, kwargs))
        body = [child.render(**kwargs).strip() for child in _children(self.html)]
        script = [child.render(**kwargs) for child in _children(self.script)]
        rename = _Renamer(walk_elements(self))
        page = {
            "head": "\n".join(map(rename, head)),
            "body": "\n".join(part if _is_island(part) else rename(part) for part in body),
            "script": rename("\n".join([*_first_script(self, offline=offline), *script])),
        }
        if offline:
            page = {name: embed_page(text) for name, text in page.items()}
        scripts = "\n".join([*page.values(), f"<script>\n{page['script']}\n</script>"])
        return _PAGE.format(
            lang=html.escape(self.lang),
            title=html.escape(clean_text(self.title)),
            policy=make_policy(scripts, offline=offline),
            **page,
        )

    def _head_parts(self, offline: bool, kwargs: dict[str, Any]) -> Iterator[str]:  # noqa: FBT001
        """Yield the parts of the head; what nothing needs is left out."""
        light = _is_light(self)
        for name, child in self.header._children.items():  # noqa: SLF001
            if name == "meta_http" or (light and name in _FOLIUM_DEFAULTS):
                continue
            if offline and isinstance(child, Link):
                child.code = find_asset(child.url)  # type: ignore[assignment]  # it is text there
                yield child.render(**{**kwargs, "embedded": True})
            else:
                yield child.render(**kwargs)


def walk_elements(root: Element) -> Iterator[Element]:
    """Yield an element and all below it, also those that are kept as attributes.

    Parameters
    ----------
    root : branca Element
        Where to begin.

    Yields
    ------
    branca Element
        Each once, parents first, in the order in which they were added.
    """
    seen: set[int] = set()
    stack: list[Element] = [root]
    while stack:
        element = stack.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        yield element
        stack.extend(reversed(list(_below(element))))


def _children(element: Element) -> list[Element]:
    """Return the children of an element, in order."""
    return list(element._children.values())  # noqa: SLF001  branca has no other way


def _below(element: Element) -> Iterator[Element]:
    """Yield the children of an element and the elements in its attributes."""
    yield from _children(element)
    for name, value in vars(element).items():
        if name == "_parent":
            continue
        values: Iterable[Any] = value if isinstance(value, list | tuple) else (value,)
        yield from (part for part in values if isinstance(part, Element))


def _is_light(root: Figure) -> bool:
    """Whether nothing in the tree needs more than Leaflet."""
    elements = list(walk_elements(root))
    return all(
        type(element).__name__ in _LIGHT and not getattr(element, "objects_to_stay_in_front", ())
        for element in elements
    )


def _minimap_tiles(root: Figure) -> Iterator[Element]:
    """Yield the tile layers of small maps in a corner: land and borders are drawn there instead."""
    for element in walk_elements(root):
        if type(element).__name__ == "MiniMap":
            yield element.tile_layer  # type: ignore[attr-defined]  # a MiniMap has one


def _first_script(root: Figure, *, offline: bool) -> Iterator[str]:
    """Yield what draws land and borders where a small map would load tiles."""
    if offline and next(_minimap_tiles(root), None) is not None:
        yield "geoEvents.replaceTiles();"


def refuse_network_layers(root: Figure, *, allowed: Sequence[Element] = ()) -> None:
    """Raise for a layer that fetches tiles or pictures, which an offline page cannot.

    Parameters
    ----------
    root : Figure
        The page.
    allowed : sequence of branca Elements
        Layers that the page draws otherwise.

    Raises
    ------
    InvalidInputError
        The message names the layer and its address.
    """
    for element in walk_elements(root):
        if isinstance(element, Link) or any(element is one for one in allowed):
            continue
        for name in _NETWORK_ATTRIBUTES:
            url = getattr(element, name, None)
            if isinstance(url, str) and url.startswith(("http://", "https://", "//")):
                raise InvalidInputError(
                    f"the layer {element.get_name().rsplit('_', 1)[0]!r} loads {url!r} from the "
                    "network; leave it out, or save with offline=False"
                )


def rename_ids(text: str, elements: Iterable[Element]) -> str:
    """Put counted names in the place of branca's random ids in a text."""
    return _Renamer(elements)(text)


class _Renamer:
    """Puts counted names in the place of branca's random ids."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.known = {element._id for element in elements}  # noqa: SLF001
        self.names: dict[str, str] = {}
        self.pattern = re.compile("[0-9a-f]{32}")

    def __call__(self, text: str) -> str:
        """Return the text with every id of the tree replaced, in order of appearance."""
        return self.pattern.sub(self._name, text)

    def _name(self, match: re.Match[str]) -> str:
        """Return the counted name of an id; what is no id of ours stays."""
        found = match.group(0)
        if found not in self.known:
            return found
        return self.names.setdefault(found, str(len(self.names) + 1))


def _is_island(part: str) -> bool:
    """Whether a part of the body is our JSON, in which nothing may be replaced."""
    return part.startswith('<script type="application/json"')


def embed_page(text: str) -> str:
    """Put the assets into HTML that loads them from the network.

    Parameters
    ----------
    text : str
        HTML, such as the page of any folium map.

    Returns
    -------
    str
        The same with every loaded script and style sheet in it.

    Raises
    ------
    InvalidInputError
        When the package does not carry one of them; the message names it.
    """
    text = _LOADED_SCRIPT.sub(lambda found: f"<script>{find_asset(found.group(1))}</script>", text)
    return _LOADED_STYLE.sub(lambda found: f"<style>{find_asset(found.group(1))}</style>", text)


def make_policy(page: str, *, offline: bool) -> str:
    """Return the content policy: only the scripts of this file, and no connection.

    Scripts are allowed by their checksum, so that nothing which text might smuggle in can run.
    """
    sums = dict.fromkeys(
        base64.b64encode(hashlib.sha256(found.group(1).encode()).digest()).decode()
        for found in _SCRIPT.finditer(page)
    )
    hashes = " ".join(f"'sha256-{total}'" for total in sums)
    if any(_NEEDS_EVAL in found.group(1) for found in _SCRIPT.finditer(page)):
        hashes += " 'unsafe-eval'"
    net = "" if offline else " https: http:"
    connect = "'none'" if offline else "https: http:"
    return (
        f"default-src 'none'; script-src {hashes}{net}; style-src 'unsafe-inline'{net}; "
        f"img-src data: blob:{net}; font-src data:{net}; frame-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
