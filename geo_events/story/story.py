"""A story: one text with its mentions, events, corridors and verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geo_events._version import __version__
from geo_events.errors import InvalidInputError
from geo_events.story.claims import check_claims
from geo_events.story.corrections import Correction, make_correction, make_corrections
from geo_events.story.frames import make_frame, make_places
from geo_events.story.pairs import find_corridors
from geo_events.text.reader import read_document
from geo_events.text.sources import load_text
from geo_events.upward import call_upward
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    import os
    from pathlib import Path
    from typing import TextIO

    import geopandas as gpd
    import pandas as pd

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story.corrections import Corrections
    from geo_events.story.frames import Table
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention
    from geo_events.text.reader import Document

__all__ = ["Story", "read_story", "read_text"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Story:
    """What one text says, and what geometry allows of it. Made by `read_story` or `read_text`.

    Parameters
    ----------
    document : Document
        The text with what was found in it.
    title : str or None
        The text's title.
    view : {"de_facto", "recognised"}
        Whose borders.
    corrections : tuple of Correction
        What was corrected by hand.

    Notes
    -----
    Corridors and verdicts are worked out on first use and kept.
    """

    document: Document
    title: str | None = None
    view: View = "de_facto"
    corrections: tuple[Correction, ...] = ()
    _cache: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """The text itself; all offsets point into it."""
        return self.document.text

    @property
    def published(self) -> date | None:
        """The publication date; None where it is not known, and relative dates stay unresolved."""
        return self.document.published

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What names a place or looks like it, in the order of the text."""
        return self.document.mentions

    @property
    def events(self) -> tuple[Event, ...]:
        """What is said to have happened."""
        return self.document.events

    @property
    def corridors(self) -> tuple[Corridor, ...]:
        """One per pair of origin and destination that the text pairs, and section."""
        return self._once("corridors", lambda: find_corridors(self.events, self.view))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What geometry allows of each claim."""
        return self._once("verdicts", lambda: check_claims(self.document, self.view))

    def _once(self, name: str, make: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any function that makes a tuple
        """Make something on first use and keep it."""
        if name not in self._cache:
            self._cache[name] = make()
        found: tuple[Any, ...] = self._cache[name]
        return found

    @property
    def places(self) -> gpd.GeoDataFrame:
        """One row per distinct place that the text names, most often named first."""
        return make_places(self.mentions)

    def to_frame(self, table: Table) -> pd.DataFrame:
        """Return what was found as a table.

        Parameters
        ----------
        table : {"mentions", "events", "corridors", "verdicts", "crossings"}
            Which table.

        Returns
        -------
        DataFrame or GeoDataFrame
            One row each, in the order of the text; the same columns when it is empty. Lengths in
            km, EPSG:4326.

        Raises
        ------
        InvalidInputError
            For another name.

        Examples
        --------
        >>> story = read_text("A missile was fired from Iran at Israel.")
        >>> story.to_frame("corridors")[["origin", "target"]].values.tolist()
        [['Iran', 'Israel']]
        """
        return make_frame(self, table)

    def correct(self, text: str, place: str | Place | None) -> Story:
        """Correct by hand what some words mean, and read the text again.

        Parameters
        ----------
        text : str
            The words as they stand in the text.
        place : str, Place or None
            What they mean, as `resolve_place` takes it; None where they are no place.

        Returns
        -------
        Story
            A new one; `corrections` holds what was corrected, and maps show it.

        Raises
        ------
        InvalidInputError
            When the words do not stand in the text.
        PlaceNotFoundError, AmbiguousPlaceError
            As `resolve_place` does.

        Examples
        --------
        >>> story = read_text("The group left Paris on Monday.").correct("Paris", "Paris, Texas")
        >>> str(story.mentions[0].place)
        'Paris, Texas, United States (city)'
        """
        correction = make_correction(text, place)
        kept = [item for item in self.corrections if item.text != text]
        return read_text(
            self.text,
            published=self.published,
            corrections=[*kept, correction],
            title=self.title,
            view=self.view,
        )

    def explore(self, **options: Any) -> Any:  # noqa: ANN401 - draw_map checks the options
        """Draw the story on a map; options as for `draw_map`."""
        return call_upward("draw_map", self, **options)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Save the story by the path's suffix; as `save` does."""
        saved: Path = call_upward("save", self, path)
        return saved

    def cite(self) -> str:
        """Return one line that says how this was found, to be copied.

        Returns
        -------
        str
            Program, version, view and data.

        Examples
        --------
        >>> read_text("Nothing happened in Paris.").cite().startswith("geo_events")
        True
        """
        from geo_events.corridors.world import cite_world  # noqa: PLC0415 - loads the world only when asked

        return f"geo_events {__version__}; {cite_world(self.view)}"

    def __str__(self) -> str:
        counts = f"{len(self.mentions)} mentions, {len(self.events)} events"
        return f"{self.title or 'Story'} ({counts}, {len(self.corridors)} corridors)"

    def __repr__(self) -> str:
        return f"<Story {self.title!r}: {len(self.mentions)} mentions, {len(self.events)} events>"


def read_text(
    text: str,
    *,
    published: date | str | None = None,
    corrections: Corrections | None = None,
    title: str | None = None,
    view: View = "de_facto",
) -> Story:
    """Read a text: its places, events, corridors and claims.

    Parameters
    ----------
    text : str
        Plain text, or Markdown.
    published : date or str, optional
        When it was published ("2015-10-08"); without it relative dates stay unresolved.
    corrections : mapping, sequence of Correction or path, optional
        What is known better, such as {"Langley": "Langley, Virginia"}.
    title : str, optional
        The title; the first headline where it is not given.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Story
        Its `mentions`, `events`, `corridors` and `verdicts` are tuples, empty where the text has
        none.

    Raises
    ------
    InvalidInputError
        For an empty text, a date that is none, or a correction that matches nothing.
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
    made = make_corrections(corrections)
    _validate_matches(text, made)
    document = read_document(
        text,
        published=parse_published(published),
        places={item.text: item.place for item in made},
    )
    return Story(document=document, title=title, view=view, corrections=made)


def _validate_text(text: object) -> None:
    """Refuse what is no text, and a text with nothing to read."""
    if not isinstance(text, str):
        raise InvalidInputError(
            f"text: expected the text itself; got {text!r}. read_story(path) reads a file"
        )
    if not text.strip():
        raise InvalidInputError("text: it is empty; there is nothing to read")


def _validate_matches(text: str, corrections: tuple[Correction, ...]) -> None:
    """Refuse corrections of words that do not stand in the text."""
    unmatched = [item.text for item in corrections if item.text not in text]
    if unmatched:
        raise InvalidInputError(
            f"corrections: expected words that stand in the text; not found: {unmatched!r}"
        )


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
    view: View = "de_facto",
) -> Story:
    """Read a text from a file.

    Parameters
    ----------
    path : path-like or open file
        A .txt, .md or .html file, or a file that is open for reading.
    published : date or str, optional
        When it was published; otherwise what the file itself says, if it does.
    corrections : mapping, sequence of Correction or path, optional
        As for `read_text`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Story
        As `read_text` returns it.

    Raises
    ------
    InvalidInputError
        For a missing, empty, binary or too large file, and as `read_text` does.

    Examples
    --------
    >>> import io
    >>> read_story(io.StringIO("A ship sailed from Odesa to Istanbul.")).corridors[0].name
    'Odesa → Istanbul'
    """
    loaded = load_text(path)
    return read_text(
        loaded.text,
        published=loaded.published if published is None else published,
        corrections=corrections,
        title=loaded.title,
        view=view,
    )
