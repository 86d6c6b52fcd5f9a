"""Find the script or style sheet that an address stands for, among those the package carries."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geo_events.errors import DataCorruptError, InvalidInputError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Asset", "find_asset", "list_assets", "page_script", "page_style"]

_PAGE_SCRIPTS = ("decode.js", "basemap.js", "signs.js", "marks.js", "panel.js", "start.js")
# Loaded by folium for TimestampedGeoJson, used by nothing in it.
_UNUSED = ("/jqueryui/1.10.2/jquery-ui.min.js", "/highlight.js/8.4/styles/default.min.css")
_FOLIUM_TEMPLATE = re.compile(r"/folium/templates/([\w.-]+\.min\.js)$")


@dataclass(frozen=True, slots=True)
class Asset:
    """One script or style sheet from the package's assets.

    Parameters
    ----------
    file : str
        Its name in ``geo_events/maps/assets``.
    sha256 : str
        The checksum that the manifest states.
    package, version, licence : str
        The npm package it was taken from.
    urls : tuple of str
        Addresses it stands for; ``*`` is any run of characters without a slash.
    """

    file: str
    sha256: str
    package: str
    version: str
    licence: str
    urls: tuple[str, ...]


def _folder() -> Traversable:
    """Return the folder of the assets, in a checkout or a wheel."""
    return resources.files("geo_events.maps").joinpath("assets")


@cache
def list_assets() -> tuple[Asset, ...]:
    """Return all assets of the manifest, in its order."""
    rows = json.loads(_folder().joinpath("manifest.json").read_text(encoding="utf-8"))["assets"]
    return tuple(
        Asset(
            file=row["file"],
            sha256=row["sha256"],
            package=row["package"],
            version=row["version"],
            licence=row["licence"],
            urls=tuple(row["urls"]),
        )
        for row in rows
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Asset], ...]:
    """Return the address patterns of all assets, ready to match."""
    return tuple(
        (re.compile(re.escape(url).replace(r"\*", "[^/]*")), asset)
        for asset in list_assets()
        for url in asset.urls
    )


def find_asset(url: str) -> str:
    r"""Return the text of the asset that an address stands for.

    Parameters
    ----------
    url : str
        What a page would load: a script or a style sheet.

    Returns
    -------
    str
        The text to put into the page. Pictures and fonts in it are ``data:`` addresses.

    Raises
    ------
    InvalidInputError
        When the package does not carry it; the message names the address.
    DataCorruptError
        When the file is not the one of the manifest.

    Examples
    --------
    >>> find_asset("https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js")[:20]
    '/* @preserve\n * Leaf'
    """
    for pattern, asset in _patterns():
        if pattern.fullmatch(url):
            return _read(asset)
    text = _from_folium(url)
    if text is not None:
        return text
    raise InvalidInputError(
        f"no copy of {url!r} to put into the file, so the map would need a network; "
        "leave out the layer or plugin that loads it, or save with offline=False"
    )


@cache
def _read(asset: Asset) -> str:
    """Read one asset and hold its checksum against the manifest."""
    path = _folder().joinpath(asset.file)
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != asset.sha256:
        raise DataCorruptError(str(path), asset.sha256, found)
    return data.decode("utf-8")


def _from_folium(url: str) -> str | None:
    """Return a script that the installed folium itself carries, or rules that it forgot."""
    if url.endswith(_UNUSED):
        return "/* left out: nothing here uses it */"
    if url.endswith("/leaflet.awesome.rotate.min.css"):
        return "".join(
            f".fa-rotate-{angle}{{transform:rotate({angle}deg)}}" for angle in (45, 135, 225, 315)
        )
    match = _FOLIUM_TEMPLATE.search(url)
    if match is None:
        return None
    path = resources.files("folium").joinpath("templates", match.group(1))
    return path.read_text(encoding="utf-8") if path.is_file() else None


@cache
def _page(name: str) -> str:
    """Read one file of our own page."""
    path = resources.files("geo_events.maps").joinpath("page", name)
    return path.read_text(encoding="utf-8").strip()


@cache
def page_script() -> str:
    """Return the one constant script that draws every map of ours."""
    body = "\n".join(_page(name) for name in _PAGE_SCRIPTS)
    return f"(function () {{\n'use strict';\n{body}\n}}());"


def page_style() -> str:
    """Return the style sheet of our page."""
    return _page("map.css")
