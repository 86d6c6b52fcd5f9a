"""Pictures of maps: PNG and PDF through a browser where there is one, else a static figure."""

from __future__ import annotations

import io
import shutil
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import folium

from geo_events.disk import check_target, write_bytes
from geo_events.errors import GeoEventsWarning, InvalidInputError, MissingExtraError
from geo_events.maps.content import MapContent
from geo_events.maps.draw import draw_map
from geo_events.maps.eventmap import EventMap
from geo_events.maps.offline import render_page

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = ["find_browser", "write_pdf", "write_png"]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_FLAGS = ["--disable-gpu", "--disable-dev-shm-usage"]
_READY_MS = 30_000
_FIGURE_DPI = 200
_NO_BROWSER = (
    "a picture of the page needs a browser and playwright: apt-get install chromium (or any "
    "Chrome), pip install 'geo_events[image]'"
)


def write_png(
    thing: object,
    path: str | os.PathLike[str],
    *,
    size: tuple[int, int] = (1280, 800),
    scale: float = 2.0,
) -> Path:
    """Write a picture of a map.

    Parameters
    ----------
    thing : folium.Map, MapContent, or what `draw_map` takes
        What to show.
    path : path-like
        The file; its folder must exist.
    size : (int, int)
        Width and height of the page in CSS pixels, 200 to 10,000 each.
    scale : float
        Pixels of the picture per CSS pixel, up to 4.

    Returns
    -------
    Path
        The file, whole or not at all.

    Raises
    ------
    InvalidInputError
        For a size or scale out of range, a path that cannot be written, a folium map that is none
        of ours where there is no browser.
    MissingExtraError
        With neither a browser nor matplotlib.

    Warns
    -----
    GeoEventsWarning
        Without a browser: what is written is the static figure of `plot`, and how to get one.
    """
    if not all(200 <= one <= 10_000 for one in size) or not 0.1 <= scale <= 4.0:
        raise InvalidInputError(
            f"expected a size of 200 to 10,000 pixels and a scale up to 4; got {size!r}, {scale!r}"
        )
    target = check_target(path)
    options = {"viewport": {"width": size[0], "height": size[1]}, "device_scale_factor": scale}
    return write_bytes(
        target, _picture(thing, options, lambda page: page.screenshot(type="png"), "png")
    )


def write_pdf(thing: object, path: str | os.PathLike[str]) -> Path:
    """Write a map as A4 pages, with its list and its sources.

    Parameters
    ----------
    thing : folium.Map, MapContent, or what `draw_map` takes
        What to show.
    path : path-like
        The file; its folder must exist.

    Returns
    -------
    Path
        The file, whole or not at all.

    Raises
    ------
    InvalidInputError, MissingExtraError
        As `write_png`.

    Warns
    -----
    GeoEventsWarning
        As `write_png`.
    """
    target = check_target(path)

    def take(page: Any) -> bytes:  # noqa: ANN401  playwright's own
        made: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
        return made

    return write_bytes(target, _picture(thing, {}, take, "pdf"))


def find_browser() -> str | None:
    """Return the path of a browser of the Chromium family, or None.

    Returns
    -------
    str or None
        One that is installed on the path; else the one that playwright brought.
    """
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is not None:
        return found
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  an extra
    except ImportError:
        return None

    def ask() -> str:
        with sync_playwright() as playwright:
            return str(playwright.chromium.executable_path)

    path = _apart(ask)
    return path if Path(path).is_file() else None


def _picture(
    thing: object,
    options: dict[str, Any],
    take: Callable[[Any], bytes],
    kind: Literal["png", "pdf"],
) -> bytes:
    """Draw a thing in a browser, or as a figure where there is none."""
    try:
        import playwright.sync_api  # noqa: F401, PLC0415  an extra
    except ImportError:
        browser = None
    else:
        browser = find_browser()
    if browser is None:
        return _figure(thing, kind)
    drawn = _as_map(thing)
    online = isinstance(drawn, EventMap) and not drawn.is_offline
    page = drawn.get_root().render() if online else render_page(drawn)
    taken: bytes = _apart(lambda: _take(browser, page, {**options, "offline": not online}, take))
    return taken


def _as_map(thing: object) -> folium.Map:
    """Return a thing as a map."""
    if isinstance(thing, folium.Map):
        return thing
    return EventMap(content=thing) if isinstance(thing, MapContent) else draw_map(thing)


def _take(browser: str, page: str, options: dict[str, Any], take: Callable[[Any], bytes]) -> bytes:
    """Open a page in a browser without a network, wait for it, and take its picture."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  an extra

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "map.html"
        file.write_text(page, encoding="utf-8")
        started = playwright.chromium.launch(executable_path=browser, args=_FLAGS)
        try:
            tab = started.new_context(**options).new_page()
            tab.goto(file.as_uri())
            tab.wait_for_selector("html[data-ready]", state="attached", timeout=_READY_MS)
            return take(tab)
        except Error as error:
            raise InvalidInputError(
                f"the browser {browser} could not draw this map: {error.message.splitlines()[0]}"
            ) from error
        finally:
            started.close()


def _apart(work: Callable[[], Any]) -> Any:  # noqa: ANN401  what the work returns
    """Do work in a thread: a notebook's own loop forbids playwright's plain interface."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result()


def _figure(thing: object, kind: Literal["png", "pdf"]) -> bytes:
    """Draw the static figure in place of the page, and say so."""
    if isinstance(thing, folium.Map) and not isinstance(thing, EventMap):
        raise InvalidInputError(f"this folium map can only be drawn by a browser: {_NO_BROWSER}")
    try:
        from geo_events.maps.plots import draw_figure  # noqa: PLC0415  needs the extra
    except ImportError as error:
        raise MissingExtraError(
            "a picture (a browser with playwright, or matplotlib)", "image"
        ) from error
    figure = draw_figure(thing)
    warnings.warn(f"drawn as a static figure; {_NO_BROWSER}", GeoEventsWarning, stacklevel=4)
    data = io.BytesIO()
    figure.savefig(data, format=kind, dpi=_FIGURE_DPI)
    return data.getvalue()
