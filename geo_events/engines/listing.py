"""List the texts of a folder, a frame or an iterator, one by one."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from geo_events.errors import FrameError, InvalidInputError

__all__ = ["Item", "list_items"]

_SUFFIXES = frozenset((".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"))


class Item(NamedTuple):
    """One text of many: its label, the text or its file, and when it was published."""

    label: Hashable
    content: object
    published: object
    where: str


def list_items(
    source: object, *, text: str, published: object, pattern: str
) -> tuple[Iterator[Item], int | None]:
    """List texts without reading them.

    Parameters
    ----------
    source : path of a folder, DataFrame, mapping, or iterable of str or Path
        Where the texts are; as `read_stories` takes them.
    text : str
        The frame's column of texts.
    published : date, str or None
        The day of all texts, or the frame's column of days.
    pattern : str
        Which files of a folder.

    Returns
    -------
    iterator of Item
        In the order of the folder's sorted paths, the frame's rows, or as they come.
    int or None
        How many; None where that is not known before.

    Raises
    ------
    InvalidInputError
        For a source of another type, or a folder without such files.
    FrameError
        For a column that the frame has not.
    """
    if isinstance(source, pd.DataFrame):
        return _list_frame(source, text, published), len(source)
    if isinstance(source, str | os.PathLike):
        files = _find_files(Path(source), pattern)
        folder = Path(source)
        items = (
            Item(file.relative_to(folder).as_posix(), file, published, str(file)) for file in files
        )
        return items, len(files)
    if isinstance(source, Mapping):
        pairs: Iterable[tuple[Any, object]] = source.items()
        return (Item(key, value, published, f"text {key!r}") for key, value in pairs), len(source)
    if isinstance(source, Iterable) and not isinstance(source, bytes):
        count = len(source) if isinstance(source, list | tuple | pd.Series) else None
        numbered = source.items() if isinstance(source, pd.Series) else enumerate(source)
        return (Item(key, value, published, f"text {key!r}") for key, value in numbered), count
    raise InvalidInputError(
        "source: expected a folder, a frame, or an iterable of texts and paths; "
        f"got {source!r}. read_text reads one text"
    )


def _list_frame(frame: pd.DataFrame, text: str, published: object) -> Iterator[Item]:
    """List the rows of a frame."""
    missing = [] if text in frame.columns else [text]
    if isinstance(published, str) and not _is_day(published) and published not in frame.columns:
        missing.append(published)
    if missing:
        raise FrameError(
            f"source: expected the columns {missing!r}; it has {list(map(str, frame.columns))!r}. "
            "Name them with text= and published="
        )
    by_row = isinstance(published, str) and published in frame.columns
    days = frame[published] if by_row else [published] * len(frame)
    return (
        Item(label, content, None if by_row and pd.isna(day) else day, f"row {label!r}")
        for label, content, day in zip(frame.index, frame[text], days, strict=True)
    )


def _is_day(text: str) -> bool:
    """Tell whether a text is a day such as 2015-10-08."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _find_files(folder: Path, pattern: str) -> list[Path]:
    """List the texts of a folder and its subfolders by their paths."""
    if not folder.is_dir():
        raise InvalidInputError(
            f"source: expected a folder of texts; {str(folder)!r} is none. "
            "read_story reads one file, read_text one text"
        )
    files = sorted(
        path for path in folder.glob(pattern) if path.suffix.lower() in _SUFFIXES and path.is_file()
    )
    if not files:
        raise InvalidInputError(
            f"source: no file in {str(folder)!r} fits {pattern!r} and ends in "
            f"{', '.join(sorted(_SUFFIXES))}"
        )
    return files
