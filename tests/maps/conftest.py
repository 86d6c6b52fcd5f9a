"""One browser for all map tests, pages without a network, and contents that fill every sink."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PICTURES = Path(__file__).parents[1] / "pictures"
DESKTOP, PHONE = (1280, 800), (390, 844)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def _missing(reason: str) -> None:
    """Skip without a browser on a reader's machine, fail in CI."""
    text = f"{reason}: apt-get install chromium, pip install playwright"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(text)
    pytest.skip(text)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The one browser of the run."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        _missing("no Chromium for the map tests")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("no playwright for the map tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with all that it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def picture(self, name: str, **options: Any) -> None:
        """Save a picture, to be looked at."""
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", **options)


def _watch(page: Any) -> Watched:
    """Note what a page asks for and complains about."""
    watched = Watched(page)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on(
        "console",
        lambda line: watched.faults.append(line.text) if line.type == "error" else None,
    )
    page.on("request", lambda request: watched.requests.append(request.url))
    return watched


@pytest.fixture(scope="module")
def one_tab(chromium) -> Iterator[Callable[[str, Path], Watched]]:
    """Open one page after the other in the same tab: quicker than a new one for each."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    watched = _watch(context.new_page())

    def opened(html: str, folder: Path) -> Watched:
        path = folder / "map.html"
        path.write_text(html, encoding="utf-8")
        watched.faults.clear()
        watched.requests.clear()
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
        return watched

    yield opened
    context.close()


@pytest.fixture
def open_map(chromium, tmp_path) -> Callable[..., Any]:
    """Open a page from a file, without a network, and wait until it says that it is ready."""

    @contextmanager
    def opened(html: str, *, size=DESKTOP, dark=False, ready=True) -> Iterator[Watched]:
        path = tmp_path / "map.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            offline=True,
            locale="en-GB",
            timezone_id="UTC",
            color_scheme="dark" if dark else "light",
        )
        watched = _watch(context.new_page())
        page = watched.page
        page.goto(path.as_uri())
        if ready:
            page.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
        yield watched
        context.close()

    return opened


@pytest.fixture
def outside() -> Callable[[Watched], list[str]]:
    """List the requests of a page to anything but its own file."""
    return lambda watched: [
        url for url in watched.requests if not url.startswith(("file:", "data:", "blob:", "about:"))
    ]
