"""A story: one text with its mentions, events, corridors and verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo_events._version import __version__
from geo_events.errors import InvalidInputError
from geo_events.story.amending import amend_events, find_event, relabel_mentions
from geo_events.story.card import describe_story
from geo_events.story.claims import check_claims
from geo_events.story.corrections import (
    Correction,
    join_corrections,
    make_correction,
    make_event_correction,
)
from geo_events.story.corrections_file import make_kind_correction
from geo_events.story.frames import make_frame, make_places
from geo_events.story.notices import find_warnings
from geo_events.story.pairs import find_corridors
from geo_events.story.ranges import find_reaches
from geo_events.story.traces import find_traces
from geo_events.text.reader import read_document
from geo_events.upward import Drawable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd
    import pandas as pd

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story.corrections import AnyCorrection, EventCorrection
    from geo_events.story.frames import Table
    from geo_events.story.ranges import Reach
    from geo_events.story.traces import Traced
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention
    from geo_events.text.reader import Document
    from geo_events.text.recognised import NamedSpan
    from geo_events.values import View

__all__ = ["Story", "make_story"]

_UNCHANGED: Any = object()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Story(Drawable):
    """What one text says, and what geometry allows of it. Made by `read_story` or `read_text`.

    Parameters
    ----------
    document : Document
        The text with what was found in it, as corrected.
    title : str or None
        The text's title.
    view : {"de_facto", "recognised"}
        Whose borders.
    corrections : tuple of Correction or EventCorrection
        What was corrected by hand.
    ranges : mapping of str to str
        How far things can go, as the reader gave it: words of the text to lengths.
    spans : tuple of NamedSpan or None
        What another recogniser found, when it was asked.

    Notes
    -----
    Corridors and verdicts are worked out on first use and kept.
    """

    document: Document
    title: str | None = None
    view: View = "de_facto"
    corrections: tuple[AnyCorrection, ...] = ()
    ranges: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[NamedSpan, ...] | None = None
    _amended: Mapping[str, tuple[EventCorrection, ...]] = field(default_factory=dict, repr=False)
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
        return self._once(
            "verdicts",
            lambda: check_claims(
                self.document, self.corridors, self.reaches, self.view, given=self.ranges
            ),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What makes the story less certain than it looks: dates that stay open, old borders."""
        return self._once(
            "warnings", lambda: find_warnings(self.document, self.corridors, self.view)
        )

    @property
    def reaches(self) -> dict[str, Reach]:
        """How far the things of each event can go, by the event's id; said, or given by hand."""
        by_hand = {
            event: str(change.given)
            for event, items in self._amended.items()
            for item in items
            for change in item.changes
            if change.field == "range"
        }
        return find_reaches(self.document, {**by_hand, **self.ranges})

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
            km, EPSG:4326. `corrected` says what was corrected by hand, empty for nothing.

        Raises
        ------
        InvalidInputError
            For another name.

        Examples
        --------
        >>> from geo_events import read_text
        >>> story = read_text("A missile was fired from Iran at Israel.")
        >>> story.to_frame("corridors")[["origin", "target"]].values.tolist()
        [['Iran', 'Israel']]
        """
        return make_frame(self, table)

    def corrections_of(self, thing: Traced) -> tuple[AnyCorrection, ...]:
        """Find what was corrected by hand that shows in something of this story.

        Parameters
        ----------
        thing : Mention, Event, Corridor or Verdict
            Of this story.

        Returns
        -------
        tuple of Correction or EventCorrection
            Empty where nothing of it was corrected.

        Examples
        --------
        >>> from geo_events import read_text
        >>> story = read_text("A missile was fired from Iran at Israel.")
        >>> fixed = story.correct("fired", origin="Yemen")
        >>> [correction.says for correction in fixed.corrections_of(fixed.corridors[0])]
        ['“fired”: origin is Yemen']
        """
        return find_traces(thing, self.events, self.corrections, self._amended)

    def correct(
        self,
        text: str,
        place: str | Place | None = _UNCHANGED,
        *,
        kind: str = _UNCHANGED,
        origin: Any = _UNCHANGED,  # noqa: ANN401 - a place, several, or None
        destination: Any = _UNCHANGED,  # noqa: ANN401
        impact: Any = _UNCHANGED,  # noqa: ANN401
        date: date | str | None = _UNCHANGED,
        type: str = _UNCHANGED,  # noqa: A002 - the name of the field
        range: str = _UNCHANGED,  # noqa: A002 - the name of the field
    ) -> Story:
        """Correct by hand what some words mean, or what an event is about, and read again.

        Parameters
        ----------
        text : str
            Words as they stand in the text; for an event its id ("E2"), or words that tell of it
            ("took off").
        place : str, Place or None
            What the words mean, as `resolve_place` takes it; None where they are no place. For an
            id, where the event took place.
        kind : {"name", "institution", "vehicle", "person"}
            What the words name.
        origin, destination, impact : place, list of places, or None
            Where the event came from, went to or came down; None for nowhere said.
        date : date, str or None
            When: "2015-10-07", or two days with a stroke between; None for not known.
        type : str
            What kind of event: "launch", "strike", "flight", "diversion", "crash",
            "interception", "movement" or "other".
        range : str
            How far it can go, such as "1500 km".

        Returns
        -------
        Story
            A new one; `corrections` holds what was corrected, and maps and tables show it.

        Raises
        ------
        InvalidInputError
            When the words do not stand in the text, or name no event, or several; nothing to
            correct; an unknown kind, type or date.
        PlaceNotFoundError, AmbiguousPlaceError
            As `resolve_place` does.

        Examples
        --------
        >>> from geo_events import read_text
        >>> story = read_text("The group left Paris on Monday.").correct("Paris", "Paris, Texas")
        >>> str(story.mentions[0].place)
        'Paris, Texas, United States (city)'
        """
        fields = {
            "place": place,
            "origin": origin,
            "destination": destination,
            "impact": impact,
            "date": date,
            "type": type,
            "range": range,
        }
        given = {name: value for name, value in fields.items() if value is not _UNCHANGED}
        made = _understand(self.events, text, None if kind is _UNCHANGED else kind, given)
        return make_story(
            self.text,
            published=self.published,
            corrections=join_corrections(self.corrections, made),
            title=self.title,
            view=self.view,
            ranges=self.ranges,
            spans=self.spans,
        )

    def cite(self) -> str:
        """Return one line that says how this was found, to be copied.

        Returns
        -------
        str
            Program, version, view and data.

        Examples
        --------
        >>> from geo_events import read_text
        >>> read_text("Nothing happened in Paris.").cite().startswith("geo_events")
        True
        """
        from geo_events.corridors.world import cite_world  # noqa: PLC0415 - loads the world only when asked

        return f"geo_events {__version__}; {cite_world(self.view)}"

    def _repr_html_(self) -> str:
        """Return a small table for a notebook; all text is escaped."""
        return describe_story(self)

    def __str__(self) -> str:
        counts = f"{len(self.mentions)} mentions, {len(self.events)} events"
        return f"{self.title or 'Story'} ({counts}, {len(self.corridors)} corridors)"

    def __repr__(self) -> str:
        return f"<Story {self.title!r}: {len(self.mentions)} mentions, {len(self.events)} events>"


def _understand(
    events: tuple[Event, ...], text: str, kind: str | None, given: dict[str, Any]
) -> list[AnyCorrection]:
    """Understand what is corrected: of words their place and kind, of an event all the rest."""
    made: list[AnyCorrection] = []
    if kind is not None:
        place = given.pop("place", None)
        known = make_kind_correction(text, kind) if place is None else None
        made.append(known or make_correction(text, place, kind))
    elif "place" in given and all(event.id != text for event in events):
        made.append(make_correction(text, given.pop("place")))
    if given:
        span = find_event(events, text).mentions[0]
        made.append(make_event_correction(span.text, span.start, given))
    if not made:
        raise InvalidInputError(
            f"correct: expected what is otherwise with {text!r}: a place, kind=, origin=, "
            "destination=, impact=, date=, type= or range="
        )
    return made


def make_story(
    text: str,
    *,
    published: date | None,
    corrections: tuple[AnyCorrection, ...],
    title: str | None,
    view: View,
    ranges: Mapping[str, str],
    spans: tuple[NamedSpan, ...] | None = None,
) -> Story:
    """Read a text and apply corrections; everything given was understood before.

    Parameters
    ----------
    text : str
        The text.
    published : date or None
        When it was published.
    corrections : tuple of Correction or EventCorrection
        What is known better.
    title : str or None
        The title.
    view : {"de_facto", "recognised"}
        Whose borders.
    ranges : mapping of str to str
        Words of the text to lengths.
    spans : tuple of NamedSpan or None
        What another recogniser found.

    Returns
    -------
    Story
        As corrected.

    Raises
    ------
    InvalidInputError
        For a correction that matches nothing.
    """
    words = [item for item in corrections if isinstance(item, Correction)]
    _validate_matches(text, words)
    document = read_document(
        text,
        published=published,
        places={item.text: item.place for item in words},
        spans=spans,
    )
    document, amended = amend_events(relabel_mentions(document, words), corrections)
    return Story(
        document=document,
        title=title,
        view=view,
        corrections=corrections,
        ranges=ranges,
        spans=spans,
        _amended=amended,
    )


def _validate_matches(text: str, corrections: list[Correction]) -> None:
    """Refuse corrections of words that do not stand in the text."""
    unmatched = [item.text for item in corrections if item.text.casefold() not in text.casefold()]
    if unmatched:
        raise InvalidInputError(
            f"corrections: expected words that stand in the text; not found: {unmatched!r}"
        )
