"""Apply corrections to what was read: kinds of mentions, and events."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo_events.errors import InvalidInputError
from geo_events.story.corrections import Correction, EventCorrection, parse_days
from geo_events.text.dates import DateSpan
from geo_events.text.events import Event, Role
from geo_events.text.finishing import find_precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo_events.atlas.places import Place
    from geo_events.story.corrections import AnyCorrection, Change
    from geo_events.text.date_rules import DatePrecision
    from geo_events.text.mentions import Mention
    from geo_events.text.reader import Document

__all__ = ["BY_HAND", "amend_events", "find_event", "is_about", "relabel_mentions"]

BY_HAND = "by-hand"
_LISTED = 8


def is_about(correction: Correction, words: str) -> bool:
    """Tell whether some words of a text are those of a correction.

    Parameters
    ----------
    correction : Correction
        Of words.
    words : str
        Words of the text.

    Returns
    -------
    bool
        Whatever their case and the white space between them.
    """
    return _plain(correction.text) == _plain(words)


def _plain(words: str) -> str:
    """Return words in lower case with single spaces between."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def relabel_mentions(document: Document, corrections: Iterable[AnyCorrection]) -> Document:
    """Give mentions the kinds that corrections say, and check that every correction has one.

    Parameters
    ----------
    document : Document
        Read with the places of the corrections.
    corrections : iterable of Correction or EventCorrection
        Those of words count.

    Returns
    -------
    Document
        With the kinds.

    Raises
    ------
    InvalidInputError
        For words that are no mention of their own in the text.
    """
    mentions = list(document.mentions)
    for item in corrections:
        if not isinstance(item, Correction):
            continue
        rows = [row for row, mention in enumerate(mentions) if is_about(item, mention.text)]
        if not rows:
            raise InvalidInputError(
                f"corrections: {item.text!r} stands in the text only as a part of other words; "
                "give all of them"
            )
        for row in rows:
            mentions[row] = _relabel(mentions[row], item)
    return replace(document, mentions=tuple(mentions))


def _relabel(mention: Mention, item: Correction) -> Mention:
    """Give one mention its kind."""
    if item.kind is None:
        return mention
    place = mention.place if item.kind == "name" else item.place
    return replace(mention, kind=item.kind, place=place)


def amend_events(
    document: Document, corrections: Iterable[AnyCorrection]
) -> tuple[Document, dict[str, tuple[EventCorrection, ...]]]:
    """Apply the corrections of events.

    Parameters
    ----------
    document : Document
        Read with all corrections of words.
    corrections : iterable of Correction or EventCorrection
        Those of events count.

    Returns
    -------
    document : Document
        With the events as corrected.
    by_event : dict of str to tuple of EventCorrection
        What was corrected, by the event's id.

    Raises
    ------
    InvalidInputError
        For a correction that matches no event, or more than one.
    """
    events = {event.id: event for event in document.events}
    by_event: dict[str, tuple[EventCorrection, ...]] = {}
    for item in corrections:
        if isinstance(item, EventCorrection):
            event = find_event(document.events, item.text, item.start)
            events[event.id] = _amend(events[event.id], item.changes)
            by_event[event.id] = (*by_event.get(event.id, ()), item)
    return replace(document, events=tuple(events.values())), by_event


def find_event(events: Sequence[Event], text: str, start: int | None = None) -> Event:
    """Find the one event that words, or an id, name.

    Parameters
    ----------
    events : sequence of Event
        The events of a text.
    text : str
        Words that tell of it, or its id.
    start : int, optional
        Where the words start.

    Returns
    -------
    Event
        The event.

    Raises
    ------
    InvalidInputError
        When there is none, or more than one: lists the events.
    """
    found = [event for event in events if _tells(event, text, start)]
    if start is None and not found:
        found = [event for event in events if event.id == text]
    if len(found) == 1:
        return found[0]
    listed = [f"{e.id} {e.type} “{e.mentions[0].text}” at {e.mentions[0].start}" for e in events]
    known = ", ".join(listed[:_LISTED]) or "none"
    many = f"{len(found)} events; give `start`, or an id" if found else "no event"
    at = "" if start is None else f" at {start}"
    raise InvalidInputError(f"corrections: {text!r}{at} names {many}. Events of the text: {known}")


def _tells(event: Event, text: str, start: int | None) -> bool:
    """Tell whether words are among those that tell of an event."""
    return any(
        _plain(span.text) == _plain(text) and start in (None, span.start) for span in event.mentions
    )


def _amend(event: Event, changes: Iterable[Change]) -> Event:
    """Apply changes to one event."""
    fields: dict[str, Any] = {}
    for change in changes:
        if change.field == "date":
            fields["date"] = _make_date(event, change)
        elif change.field == "type":
            fields["type"] = change.given
        elif change.field != "range":
            fields[change.field] = tuple(_make_role(event, place) for place in change.places)
    amended = replace(event, **fields)
    return replace(amended, pairs=_pair(event, amended)) if fields.keys() & _ENDS else amended


_ENDS = {"origin", "destination"}


def _make_role(event: Event, place: Place) -> Role:
    """Make a role by hand: it points at the words that tell of the event."""
    span = event.mentions[0]
    return Role(place, span.text, span.start, span.end, BY_HAND, (), find_precision(place))


def _make_date(event: Event, change: Change) -> DateSpan | None:
    """Make a date by hand; it points at the words that tell of the event."""
    days = parse_days(change.given)
    if days is None:
        return None
    precision: DatePrecision = "day" if days[0] == days[1] else "days"
    return DateSpan(*days, precision, str(change.given), BY_HAND, event.mentions[0].start)


def _pair(before: Event, after: Event) -> tuple[tuple[int, int], ...]:
    """Pair the ends anew: all with a single one, else those that the text pairs."""
    if min(len(after.origin), len(after.destination)) <= 1:
        return tuple(
            (i, j) for i in range(len(after.origin)) for j in range(len(after.destination))
        )
    told = {(before.origin[i].place.id, before.destination[j].place.id) for i, j in before.pairs}
    return tuple(
        (i, j)
        for i, origin in enumerate(after.origin)
        for j, target in enumerate(after.destination)
        if (origin.place.id, target.place.id) in told
    )
