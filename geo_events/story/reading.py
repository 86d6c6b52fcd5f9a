"""Read a text, or a file, into a story."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING

from geo_events.errors import GeoEventsWarning, InvalidInputError
from geo_events.story.corrections_file import make_corrections
from geo_events.story.ranges import make_ranges
from geo_events.story.story import Story, make_story
from geo_events.text.recognised import read_spans
from geo_events.text.sources import load_text
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    import os
    from typing import TextIO

    from geo_events.story.corrections import Corrections
    from geo_events.story.ranges import Ranges
    from geo_events.text.recognised import Recogniser, Spans

__all__ = ["parse_published", "read_story", "read_text"]


def read_text(
    text: str,
    *,
    published: date | str | None = None,
    corrections: Corrections | None = None,
    ranges: Ranges | None = None,
    title: str | None = None,
    view: View = "de_facto",
    spans: Spans | Recogniser | None = None,
) -> Story:
    """Read a text: its places, events, corridors and claims.

    Parameters
    ----------
    text : str
        Plain text, or Markdown.
    published : date or str, optional
        When it was published ("2015-10-08"); without it relative dates stay unresolved.
    corrections : mapping, sequence of corrections or path, optional
        What is known better, such as {"Langley": "Langley, Virginia"}, or a file of it.
    ranges : str or mapping of str to str, optional
        How far things can go: "1500 km" for all, or by words of the text, such as
        {"Kalibr": "1500 km"}. It goes before a range that the text gives.
    title : str, optional
        The title; the first headline where it is not given.
    view : {"de_facto", "recognised"}
        Whose borders.
    spans : iterable of (int, int, str), or callable, optional
        What another recogniser found: start, end and label ("GPE", "city", "ship") of each name,
        as offsets into `text`; or a function that takes the text and returns them. These, and no
        others, are then the mentions; what they mean is still decided here.

    Returns
    -------
    Story
        Its `mentions`, `events`, `corridors` and `verdicts` are tuples, empty where the text has
        none.

    Raises
    ------
    InvalidInputError
        For an empty text, a date that is none, a correction or range that matches nothing, or
        spans that lie outside the text, overlap, or have an unknown label.
    InvalidMeasureError
        For a range without its unit.
    PlaceNotFoundError, AmbiguousPlaceError
        When a correction's place cannot be found.

    Examples
    --------
    >>> story = read_text("Two rockets were launched from Gaza at Israel.", published="2021-05-10")
    >>> [str(corridor) for corridor in story.corridors]
    ['Gaza → Israel']
    """
    validate_view(view)
    _validate_text(text)
    return make_story(
        text,
        published=parse_published(published),
        corrections=make_corrections(corrections),
        title=title,
        view=view,
        ranges=make_ranges(ranges, text),
        spans=None if spans is None else read_spans(spans, text),
    )


def _validate_text(text: object) -> None:
    """Refuse what is no text, and a text with nothing to read."""
    if not isinstance(text, str):
        raise InvalidInputError(
            f"text: expected the text itself; got {text!r}. read_story(path) reads a file"
        )
    if not text.strip():
        raise InvalidInputError("text: it is empty; there is nothing to read")


def parse_published(published: date | str | None) -> date | None:
    """Understand a publication date: a date, or "2015-10-08"."""
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published.strip())
    except (ValueError, AttributeError) as error:
        raise InvalidInputError(
            f"published: expected a date such as '2015-10-08' (year-month-day); got {published!r}"
        ) from error


def read_story(
    path: str | os.PathLike[str] | TextIO,
    *,
    published: date | str | None = None,
    corrections: Corrections | None = None,
    ranges: Ranges | None = None,
    view: View = "de_facto",
    spans: Spans | Recogniser | None = None,
) -> Story:
    """Read a text from a file.

    Parameters
    ----------
    path : path-like or open file
        A .txt, .md or .html file, or a file that is open for reading. `Story.text` is what all
        offsets point into: of text and Markdown what follows the front matter, of HTML the article
        without menus, its headings after ``#``.
    published : date or str, optional
        When it was published; otherwise what the file itself says, if it does.
    corrections : mapping, sequence of corrections or path, optional
        As for `read_text`.
    ranges : str or mapping of str to str, optional
        As for `read_text`.
    view : {"de_facto", "recognised"}
        Whose borders.
    spans : iterable of (int, int, str), or callable, optional
        As for `read_text`; offsets point into `Story.text`.

    Returns
    -------
    Story
        As `read_text` returns it.

    Raises
    ------
    InvalidInputError
        For a missing, empty, binary or too large file, and as `read_text` does.
    MissingExtraError
        For HTML when the extra ``html`` is not installed.

    Warns
    -----
    GeoEventsWarning
        When the encoding had to be guessed, broken places were repaired, or no article could be
        told from a page's menus.

    Examples
    --------
    >>> import io
    >>> read_story(io.StringIO("A ship sailed from Odesa to Istanbul.")).corridors[0].name
    'Odesa → Istanbul'
    """
    loaded = load_text(path)
    for note in loaded.notes:
        warnings.warn(note, GeoEventsWarning, stacklevel=2)
    return read_text(
        loaded.text,
        published=loaded.published if published is None else published,
        corrections=corrections,
        ranges=ranges,
        title=loaded.title,
        view=view,
        spans=spans,
    )
