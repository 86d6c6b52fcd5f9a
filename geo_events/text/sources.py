"""Read a file as text: plain text, Markdown or HTML, in whatever encoding it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geo_events.errors import InvalidInputError
from geo_events.text.encodings import decode_text
from geo_events.text.pages import read_page

if TYPE_CHECKING:
    import os

__all__ = ["MAX_BYTES", "LoadedText", "load_text"]

MAX_BYTES = 64 * 1024 * 1024
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|published|date)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_LONGEST_FRONT = 20_000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A text with what its file says about it.

    Parameters
    ----------
    text : str
        The text; offsets of all that is read point into it.
    title : str or None
        From front matter or the page, or None.
    published : date or None
        From front matter or the page's own metadata, or None.
    notes : tuple of str
        What had to be guessed or repaired, one sentence each.
    """

    text: str
    title: str | None
    published: date | None
    notes: tuple[str, ...] = ()


def load_text(path: str | os.PathLike[str] | IO[str] | IO[bytes]) -> LoadedText:
    r"""Read a file of text.

    Parameters
    ----------
    path : path-like or open file
        ``.txt``, ``.md``, ``.html`` or ``.htm``; or a file opened for reading, as text or bytes.
        Text and Markdown may begin with front matter between two ``---`` lines that gives ``title``
        and ``published`` (or ``date``).

    Returns
    -------
    LoadedText
        The text, title and day of publication. The text of plain text and Markdown is what stands
        in the file after the front matter, with line ends ``\n``; of HTML it is the article, in
        paragraphs, with headings after ``#``.

    Raises
    ------
    InvalidInputError
        When the file is missing, a folder, empty, longer than 64 MiB, or no text.
    MissingExtraError
        For HTML when the extra ``html`` is not installed.
    """
    name, raw = _read_raw(path)
    content, notes = (raw, ()) if isinstance(raw, str) else decode_text(raw, name)
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if not content.strip():
        raise InvalidInputError(f"{name}: expected a text; the file is empty")
    if "\x00" in content:
        raise InvalidInputError(f"{name}: expected a text; it holds NUL characters")
    if name.lower().endswith((".html", ".htm", ".xhtml")) or _is_html(content):
        return _load_page(content, name, notes)
    return _load_plain(content, name, notes)


def _read_raw(path: str | os.PathLike[str] | IO[str] | IO[bytes]) -> tuple[str, str | bytes]:
    """Read all that is there, within the limit; with a name for messages."""
    if not isinstance(path, str) and hasattr(path, "read"):
        name = str(getattr(path, "name", "the text given"))
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
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise InvalidInputError(f"{str(path)!r}: cannot be read: {reason}") from error


def _is_html(content: str) -> bool:
    """Tell HTML by its first characters."""
    return content[:512].lstrip("\ufeff \t\n").lower().startswith(("<!doctype html", "<html"))


def _load_plain(content: str, name: str, notes: tuple[str, ...]) -> LoadedText:
    """Take the front matter off a plain or Markdown text."""
    front = _FRONT.match(content, 0, _LONGEST_FRONT)
    if front is None:
        return LoadedText(content, None, None, notes)
    fields = {key.lower(): value.strip("'\"") for key, value in _FIELD.findall(front.group(1))}
    day = _to_day(fields.get("published") or fields.get("date") or "", name)
    text = content[front.end() :]
    if not text.strip():
        raise InvalidInputError(f"{name}: expected a text; it is empty after the front matter")
    return LoadedText(text, fields.get("title"), day, notes)


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


def _load_page(content: str, name: str, notes: tuple[str, ...]) -> LoadedText:
    """Take the article out of a page."""
    page = read_page(content, name)
    if not page.is_article:
        notes += (f"{name}: no article could be told from the menus; all of the page is read",)
    return LoadedText(page.text, page.title, page.published, notes)
