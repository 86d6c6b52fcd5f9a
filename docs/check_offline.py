"""Check built pages: ``python docs/check_offline.py docs/_build/html``.

No page may load anything from the network, the pages inside frames neither, and what a page loads
or links to beside itself must be there. Links that a reader may follow elsewhere are fine.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("link", "href"), ("object", "data"), ("use", "href"), ("image", "href")}
CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


class Page(HTMLParser):
    """What one page loads, and what it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.feed(text)
        self.loaded += CSS_URL.findall(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element's addresses; a page in a frame is read like any other."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel", "") in {"canonical", "search", "next", "prev"}:
            return
        for name, value in given.items():
            if name == "src" or (tag, name) in LOADED:
                self.loaded.append(value)
            elif name == "srcdoc":
                self.loaded += Page(value).loaded
            elif (tag, name) == ("a", "href"):
                self.linked.append(value)


def find_faults(page: Path) -> list[str]:
    """List what a page loads from elsewhere, and what is missing beside it."""
    found = Page(page.read_text("utf-8"))
    faults = [f"loads {url}" for url in found.loaded if is_remote(url)]
    near = [url for url in (*found.loaded, *found.linked) if not has_scheme(url)]
    return faults + [f"{url} is missing" for url in near if is_missing(page, url)]


def has_scheme(url: str) -> bool:
    """Tell whether an address names its scheme or its host."""
    parts = urlsplit(url)
    return bool(parts.scheme or parts.netloc)


def is_remote(url: str) -> bool:
    """Tell whether loading an address needs a network."""
    return has_scheme(url) and urlsplit(url).scheme not in {"data", "about", "blob"}


def is_missing(page: Path, url: str) -> bool:
    """Tell whether the file that an address names is not there."""
    path = unquote(urlsplit(url).path)
    return bool(path) and not (page.parent / path).exists()


def main(folder: Path) -> int:
    """Print each fault with its page."""
    pages = sorted(path for path in folder.rglob("*.html") if "_static" not in path.parts)
    told = [f"{page}: {fault}" for page in pages for fault in find_faults(page)]
    told += [
        f"{sheet}: loads {url}"
        for sheet in sorted(folder.rglob("*.css"))
        for url in CSS_URL.findall(sheet.read_text("utf-8"))
    ]
    print("\n".join(told) or f"{len(pages)} pages load nothing from the network")
    return int(bool(told) or not pages)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
