"""Read many texts into tables."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

import pandas as pd

from geo_events.engines.joining import join_frames, make_frame
from geo_events.engines.listing import Item, list_items
from geo_events.engines.running import Engine, run_in_order
from geo_events.errors import FrameError, GeoEventsError, InvalidInputError
from geo_events.story import read_text
from geo_events.story.frames import make_frames
from geo_events.story.reading import parse_published
from geo_events.text.sources import load_text
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
    from datetime import date

    from geo_events.story import Story
    from geo_events.text.recognised import Recogniser

__all__ = ["ManyTable", "Stories", "read_stories"]

ManyTable = Literal["stories", "mentions", "events", "corridors", "verdicts", "crossings"]
_TABLES: tuple[ManyTable, ...] = get_args(ManyTable)
_BATCH = 16
_STORY_COLUMNS = {
    "title": "object",
    "published": "object",
    "characters": "int64",
    "sections": "int64",
    "mentions": "int64",
    "events": "int64",
    "notes": "str",
}
_ERROR_COLUMNS = {"label": "object", "where": "str", "error": "str", "message": "str"}


@dataclass(frozen=True, slots=True, eq=False)
class Stories:
    """What many texts say, as tables. Made by `read_stories`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables that were asked for.
    errors : DataFrame
        The texts that could not be read: `label`, `where` (path or row), `error` (the class) and
        `message`; empty when all could.
    """

    tables: Mapping[ManyTable, pd.DataFrame]
    errors: pd.DataFrame

    def __getitem__(self, table: ManyTable) -> pd.DataFrame:
        """Return one table by its name."""
        if table not in self.tables:
            raise InvalidInputError(
                f"expected one of the tables that were read, {sorted(self.tables)!r}; got "
                f"{table!r}. Ask for it with tables="
            )
        return self.tables[table]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(frame):,} {name}" for name, frame in self.tables.items())
        return f"<Stories: {counts}, {len(self.errors):,} errors>"


_Read: TypeAlias = "tuple[Hashable, Story, tuple[str, ...]]"  # label, story, notes


class _Options(NamedTuple):
    """What is asked of every text."""

    tables: tuple[ManyTable, ...]
    view: View
    spans: Recogniser | None


class _Part(NamedTuple):
    """The tables of a few texts, and those that could not be read."""

    tables: dict[ManyTable, pd.DataFrame]
    errors: list[tuple[Hashable, str, str, str]]
    done: int


def read_stories(
    source: object,
    *,
    text: str = "text",
    published: date | str | None = None,
    pattern: str = "**/*",
    tables: Iterable[ManyTable] = ("stories", "mentions", "events", "corridors"),
    view: View = "de_facto",
    spans: Recogniser | None = None,
    executor: Engine = "threads",
    workers: int | None = None,
    errors: Literal["raise", "report"] = "raise",
    progress: Callable[[int, int | None], None] | None = None,
) -> Stories:
    """Read the texts of a folder, a frame or an iterator.

    Parameters
    ----------
    source : path of a folder, DataFrame, mapping, or iterable of str or Path
        A folder: its .txt, .md and .html files, by path. A frame: its column `text`. A mapping:
        labels to texts. An iterable: a `str` is a text, a `Path` a file; it is taken step by step.
    text : str
        The frame's column of texts (or of Paths).
    published : date or str, optional
        The day of publication of all texts ("2015-10-08"), or the frame's column of days. What a
        file says about itself counts where nothing is given here.
    pattern : str
        Which files of a folder, such as ``"*.md"``; by default also those of its subfolders.
    tables : iterable of {"stories", "mentions", "events", "corridors", "verdicts", "crossings"}
        Which tables to make. Corridors, verdicts and crossings cost most of the time where they
        are asked for.
    view : {"de_facto", "recognised"}
        Whose borders.
    spans : callable, optional
        Another recogniser, as `read_text` takes it; for processes it must be picklable.
    executor : {"threads", "processes"} or concurrent.futures.Executor
        Where to run. Reading is Python code, which threads run one at a time: processes are what
        is faster on several cores. Another engine's executor does too, such as Dask's
        ``client.get_executor(pure=False)``.
    workers : int, optional
        How many at once; by default the cores of the processor.
    errors : {"raise", "report"}
        Whether the first text that cannot be read raises, or such texts are listed in `errors`.
    progress : callable, optional
        Called with how many texts are done and how many there are (None where not known).

    Returns
    -------
    Stories
        In the order of the source whatever the engine: `["stories"]` has one row for each text
        that was read, with the source's labels as its index (a frame's index, the path in the
        folder, or a number from 0): `title`, `published`, `characters`, `sections`, `mentions`,
        `events` (counts) and `notes`. The others are as `Story.to_frame` returns them, with the
        label as first column `story`. The same columns and dtypes when empty.

    Raises
    ------
    FrameError
        With errors="raise" for the first text that cannot be read, with its label; for a column
        that is not there.
    InvalidInputError
        For another source, table, view or executor, or a folder without texts.
    WorkerError
        When worker processes do not start.

    Notes
    -----
    Texts are handed out 16 at a time, a few batches ahead of the workers, so memory holds the
    tables and not the texts. A worker process that dies is replaced, and what it had not finished
    is read again; a text that kills its worker twice is an error of its own. Ctrl-C ends the
    workers.

    Examples
    --------
    >>> found = read_stories({"a": "A jet flew from Malta to Rome.", "b": " "}, errors="report")
    >>> found["corridors"][["story", "origin", "target"]].values.tolist()
    [['a', 'Malta', 'Rome']]
    >>> found.errors[["label", "message"]].values.tolist()
    [['b', 'text: it is empty; there is nothing to read']]
    """
    options = _Options(_check_tables(tables), validate_view(view), spans)
    if errors not in ("raise", "report"):
        raise InvalidInputError(f"errors: expected 'raise' or 'report'; got {errors!r}")
    items, total = list_items(source, text=text, published=published, pattern=pattern)
    parts = run_in_order(
        partial(_read_batch, options=options),
        _batch(items),
        executor=executor,
        workers=workers,
        split=lambda batch: [[item] for item in batch],
        lose=_lose,
    )
    return _collect(parts, options, errors, progress, total)


def _check_tables(tables: Iterable[ManyTable]) -> tuple[ManyTable, ...]:
    """Return the tables that are asked for, each once."""
    asked: Any = (tables,) if isinstance(tables, str) else tuple(dict.fromkeys(tables))
    unknown = [table for table in asked if table not in _TABLES]
    if unknown:
        raise InvalidInputError(f"tables: expected some of {_TABLES}; got {unknown!r}")
    made: tuple[ManyTable, ...] = asked
    return made


def _batch(items: Iterator[Item]) -> Iterator[list[Item]]:
    """Hand texts out a few at a time."""
    while batch := list(islice(items, _BATCH)):
        yield batch


def _lose(batch: list[Item]) -> _Part:
    """Report the text that ended its worker process each time."""
    item = batch[0]
    message = (
        "reading it ended the worker process twice: is it out of memory, or is there a recogniser "
        "that other processes cannot load?"
    )
    return _Part({}, [(item.label, item.where, "WorkerError", message)], 1)


def _collect(
    parts: Iterator[_Part],
    options: _Options,
    errors: Literal["raise", "report"],
    progress: Callable[[int, int | None], None] | None,
    total: int | None,
) -> Stories:
    """Put the parts together as they come."""
    frames: dict[ManyTable, list[pd.DataFrame]] = {table: [] for table in options.tables}
    faults: list[tuple[Hashable, str, str, str]] = []
    done = 0
    for part in parts:
        if part.errors and errors == "raise":
            label, where, name, message = part.errors[0]
            raise FrameError(
                f"{where} cannot be read ({name}); errors='report' lists such texts and reads on",
                [(label, message)],
            )
        for table, found in part.tables.items():
            frames[table].append(found)
        faults += part.errors
        done += part.done
        if progress is not None:
            progress(done, total)
    for table, empty in _make_tables([], options).items():
        frames[table] = frames[table] or [empty]
    tables = {table: join_frames(found) for table, found in frames.items()}
    return Stories(tables, make_frame(_ERROR_COLUMNS, faults, pd.RangeIndex(len(faults))))


def _read_batch(batch: list[Item], options: _Options) -> _Part:
    """Read a few texts; what goes wrong with one is noted, and the others are read."""
    read: list[_Read] = []
    errors = []
    for item in batch:
        try:
            story, notes = _read_item(item, options)
            _fill(story, options)
        except GeoEventsError as error:
            errors.append((item.label, item.where, type(error).__name__, str(error)))
        except Exception as error:  # noqa: BLE001 - reported with its label: one text among a million must not end the run
            errors.append((item.label, item.where, type(error).__name__, f"unexpected: {error!r}"))
        else:
            read.append((item.label, story, notes))
    return _Part(_make_tables(read, options), errors, len(batch))


def _read_item(item: Item, options: _Options) -> tuple[Story, tuple[str, ...]]:
    """Read one text, or the file that a path names."""
    given: Any = item.published
    published = parse_published(given)
    content: Any = item.content
    if not isinstance(content, os.PathLike):
        return _read(content, published, None, options), ()
    loaded = load_text(content)
    day = loaded.published if published is None else published
    return _read(loaded.text, day, loaded.title, options), loaded.notes


def _read(text: str, published: date | None, title: str | None, options: _Options) -> Story:
    """Read one text."""
    return read_text(text, published=published, title=title, view=options.view, spans=options.spans)


def _fill(story: Story, options: _Options) -> None:
    """Work out now what the tables ask for, so that its faults are this story's."""
    if {"corridors", "crossings"} & {*options.tables}:
        _ = story.corridors
    if "verdicts" in options.tables:
        _ = story.verdicts


def _make_tables(read: list[_Read], options: _Options) -> dict[ManyTable, pd.DataFrame]:
    """Make the tables of some stories; of none, empty ones with their columns."""
    return {table: _make_table(read, table, options.view) for table in options.tables}


def _make_table(read: list[_Read], table: ManyTable, view: View) -> pd.DataFrame:
    """Make one table of some stories, with their labels as its index or first column."""
    labels = [label for label, *_ in read]
    if table == "stories":
        rows = [_story_row(story, notes) for _, story, notes in read]
        return make_frame(_STORY_COLUMNS, rows, pd.Index(labels))
    stories = [story for _, story, _ in read]
    if table == "crossings":
        parts = [story.to_frame(table) for story in stories or [read_text("-", view=view)]]
        counts, frame = [len(part) for part in parts], join_frames(parts)
    else:
        counts = [len(getattr(story, table)) for story in stories]
        frame = make_frames(stories, table)
    column = [label for label, count in zip(labels, counts, strict=False) for _ in range(count)]
    frame.insert(0, "story", pd.Series(column, index=frame.index, dtype=object))
    return frame


def _story_row(story: Story, notes: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the cells of one story."""
    return (
        story.title,
        story.published,
        len(story.text),
        len(story.document.sections),
        len(story.mentions),
        len(story.events),
        "; ".join(notes),
    )
