"""Read a file as text: plain text, Markdown or HTML, in whatever encoding it has."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geo_events.errors import GeoEventsWarning, InvalidInputError

if TYPE_CHECKING:
    import os

__all__ = ["MAX_BYTES", "LoadedText", "load_text"]

MAX_BYTES = 64 * 1024 * 1024
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|published|date)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SKIPPED = frozenset(
    ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg")
)
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "article")
)
_VOID = frozenset(("br", "img", "meta", "link", "hr", "input", "source", "wbr"))
_PUBLISHED_TAGS = frozenset(
    ("article:published_time", "date", "dc.date", "datepublished", "publishdate", "pubdate")
)


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A text with what its file says about it.

    Parameters
    ----------
    text : str
        The text; offsets of all that is read point into it.
    title : str or None
        From front matter, the HTML title, or None.
    published : date or None
        From front matter or the page's own metadata, or None.
    """

    text: str
    title: str | None
    published: date | None


def load_text(path: str | os.PathLike[str] | IO[str] | IO[bytes]) -> LoadedText:
    """Read a file of text.

    Parameters
    ----------
    path : path-like or open file
        ``.txt``, ``.md``, ``.html`` or ``.htm``; or a file opened for reading, as text or bytes.
        Markdown may begin with front matter between two ``---`` lines that gives ``title`` and
        ``published``.

    Returns
    -------
    LoadedText
        The text, title and day of publication.

    Raises
    ------
    InvalidInputError
        When the file is missing, a folder, empty, longer than 64 MiB, or no text.

    Warns
    -----
    GeoEventsWarning
        When the encoding had to be guessed as Windows-1252.
    """
    name, raw = _read_raw(path)
    content = raw if isinstance(raw, str) else _decode(raw, name)
    content = content.replace("\r\n", "\n")
    if not content.strip():
        raise InvalidInputError(f"{name}: expected a text; the file is empty")
    if "\x00" in content:
        raise InvalidInputError(f"{name}: expected a text; it holds NUL characters")
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _is_html(content):
        return _read_html(content, name)
    return _read_plain(content, name)


def _read_raw(path: str | os.PathLike[str] | IO[str] | IO[bytes]) -> tuple[str, str | bytes]:
    """Read all that is there, within the limit; with a name for messages."""
    if not isinstance(path, str) and hasattr(path, "read"):
        name = str(getattr(path, "name", "the open file"))
        raw = path.read(MAX_BYTES + 1)
    else:
        name = str(path)
        raw = _read_bytes(Path(path))
    if len(raw) > MAX_BYTES:
        raise InvalidInputError(f"{name}: expected at most {MAX_BYTES >> 20} MiB of text; got more")
    return name, raw


def _read_bytes(path: Path) -> bytes:
    """Read a file's bytes, one more than the limit at most."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InvalidInputError(
            f"{path}: expected a file of text; there is no such file"
        ) from error
    except IsADirectoryError as error:
        raise InvalidInputError(f"{path}: expected a file of text; this is a folder") from error
    except OSError as error:
        raise InvalidInputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decode(raw: bytes, name: str) -> str:
    """Turn bytes into text: by byte order mark, as UTF-8, or else as Windows-1252."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise InvalidInputError(f"{name}: expected {encoding} text; {error}") from error
    sample = raw[:4096]
    controls = sum(byte < 9 or 13 < byte < 27 for byte in sample)
    if b"\x00" in sample or controls * 20 > len(sample):
        raise InvalidInputError(f"{name}: expected a text; this is a binary file")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        warnings.warn(
            f"{name} is not UTF-8; read as Windows-1252. Save it as UTF-8 to silence this",
            GeoEventsWarning,
            stacklevel=4,
        )
        return raw.decode("cp1252", errors="replace")


def _is_html(content: str) -> bool:
    """Tell HTML by its first characters."""
    return content[:512].lstrip().lower().startswith(("<!doctype html", "<html"))


def _to_day(text: str, name: str) -> date | None:
    """Read the ISO day at the start of a text; None when there is none."""
    match = _ISO_DAY.match(text.strip().strip("'\""))
    if match is None:
        return None
    try:
        return date.fromisoformat(match.group())
    except ValueError as error:
        raise InvalidInputError(
            f"{name}: published: expected a day such as 2015-10-08; got {text!r}"
        ) from error


def _read_plain(content: str, name: str) -> LoadedText:
    """Take the front matter off a plain or Markdown text."""
    front = _FRONT.match(content)
    if front is None:
        return LoadedText(content, None, None)
    fields = {key.lower(): value.strip("'\"") for key, value in _FIELD.findall(front.group(1))}
    day = _to_day(fields.get("published") or fields.get("date") or "", name)
    return LoadedText(content[front.end() :], fields.get("title"), day)


class _Page(HTMLParser):
    """The words of a page, without menus, scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.published = ""
        self._skipping: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = (
                given.get("property") or given.get("name") or given.get("itemprop") or ""
            ).lower()
            if key in _PUBLISHED_TAGS and not self.published:
                self.published = given.get("content", "")
        elif tag == "time" and not self.published:
            self.published = given.get("datetime", "")
        if tag in _SKIPPED and tag not in _VOID:
            self._skipping.append(tag)
        if tag == "title":
            self._in_title = True
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element; one that was never closed is closed with its parent."""
        if tag in self._skipping:
            while self._skipping.pop() != tag:
                pass
        if tag == "title":
            self._in_title = False
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if self._in_title:
            self.title.append(data)
        elif not self._skipping:
            self.parts.append(re.sub(r"\s+", " ", data))


def _read_html(content: str, name: str) -> LoadedText:
    """Take the text, the title and the date out of a page."""
    page = _Page()
    page.feed(content)
    page.close()
    lines = (line.strip() for line in "".join(page.parts).split("\n"))
    text = "\n".join(line for line in lines if line)
    if not text:
        raise InvalidInputError(f"{name}: expected a page with text; it has none")
    title = " ".join("".join(page.title).split()) or None
    return LoadedText(text, title, _to_day(page.published, name))
