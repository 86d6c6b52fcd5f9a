"""Corrections by hand: what words of a text mean, and what an event of it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from geo_events.atlas.gazetteer import resolve_place
from geo_events.errors import InvalidInputError
from geo_events.measures import parse_length
from geo_events.text.verbs import EventType

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from geo_events.atlas.places import Place

    AnyCorrection: TypeAlias = "Correction | EventCorrection"
    Corrections: TypeAlias = "Mapping[str, Any] | Sequence[AnyCorrection] | str | os.PathLike[str]"

__all__ = [
    "Change",
    "Correction",
    "Corrections",
    "EventCorrection",
    "MentionKind",
    "join_corrections",
    "make_correction",
    "make_event_correction",
]

MentionKind = Literal["name", "institution", "vehicle", "person"]
Field = Literal["origin", "destination", "impact", "place", "date", "type", "range"]
_ROLES = ("origin", "destination", "impact", "place")
_BY_HAND = "(corrected by hand)"
_NAMED = {"institution": "an institution", "vehicle": "a ship or aircraft", "person": "a person"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of words: the place they mean, or the kind of thing they name.

    Parameters
    ----------
    text : str
        The words as they stand in the text.
    place : Place or None
        What they mean; None where they are no place.
    given : str or None
        The place as it was given, so that the correction can be saved as it was written.
    kind : {"name", "institution", "vehicle", "person"} or None
        What the words name; only a name can be the end of a corridor. None where only the place
        was corrected.

    Raises
    ------
    InvalidInputError
        For words without a letter or digit, or an unknown kind.
    """

    text: str
    place: Place | None
    given: str | None = None
    kind: MentionKind | None = None

    def __post_init__(self) -> None:
        if not re.search(r"\w", self.text):
            raise InvalidInputError(
                "correction: expected the words to correct, with a letter or digit; "
                f"got {self.text!r}"
            )
        if self.kind is not None and self.kind not in get_args(MentionKind):
            raise InvalidInputError(
                f"kind: expected one of {get_args(MentionKind)} for {self.text!r}; "
                f"got {self.kind!r}"
            )

    @property
    def says(self) -> str:
        """What was corrected, in words."""
        meaning = "no place" if self.place is None else str(self.place)
        if self.kind is None or self.kind == "name":
            return f"“{self.text}” means {meaning}"
        return f"“{self.text}” names {_NAMED[self.kind]}"

    def __str__(self) -> str:
        return f"{self.says} {_BY_HAND}"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an event, and what it is by hand.

    Parameters
    ----------
    field : {"origin", "destination", "impact", "place", "date", "type", "range"}
        Which field.
    given : str, tuple of str, or None
        As it was written: places, a day or two ("2015-10-07/2015-10-08"), a type, a length; None
        for "none", or "not known".
    places : tuple of Place
        The places that were understood, for a role.
    """

    field: Field
    given: str | tuple[str, ...] | None
    places: tuple[Place, ...] = ()

    def __str__(self) -> str:
        if self.given is None:
            return f"{self.field} is none"
        shown = ", ".join(place.name for place in self.places) or self.given
        return f"{self.field} is {shown}"


@dataclass(frozen=True, slots=True)
class EventCorrection:
    """One correction of an event: its places, date, type or range.

    Parameters
    ----------
    text : str
        The words of the text that tell of it ("took off"), or its id ("E2").
    start : int or None
        Where these words start in the text; None where they tell of one event only.
    changes : tuple of Change
        What is otherwise; at least one.

    Raises
    ------
    InvalidInputError
        For empty words, or without a change.
    """

    text: str
    start: int | None
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.changes:
            raise InvalidInputError(
                "correction of an event: expected its words or id and what is otherwise, such as "
                f"origin=; got {self.text!r} with {len(self.changes)} changes"
            )

    @property
    def says(self) -> str:
        """What was corrected, in words."""
        return f"“{self.text}”: {'; '.join(map(str, self.changes))}"

    def __str__(self) -> str:
        return f"{self.says} {_BY_HAND}"


def make_correction(text: str, place: str | Place | None, kind: str | None = None) -> Correction:
    """Understand one correction of words; the place is looked up as `resolve_place` does.

    Parameters
    ----------
    text : str
        The words as they stand in the text.
    place : str, Place or None
        What they mean; None where they are no place.
    kind : {"name", "institution", "vehicle", "person"}, optional
        What the words name.

    Returns
    -------
    Correction
        Ships and persons have no place.

    Raises
    ------
    InvalidInputError
        For words that are none, or an unknown kind.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.
    """
    if not isinstance(text, str):
        raise InvalidInputError(f"correction: expected words of the text; got {text!r}")
    if place is None or kind in ("vehicle", "person"):
        return Correction(text, None, kind=kind)  # type: ignore[arg-type] # it checks the kind
    found = resolve_place(place)
    return Correction(text, found, _write_place(place, found), kind)  # type: ignore[arg-type] # it checks the kind


def _write_place(given: str | Place, found: Place) -> str:
    """Write a place so that it can be looked up again: as it was given, its id, or its position."""
    if isinstance(given, str):
        return given
    if found.kind != "point":
        return found.id
    lat, lon = (f"{abs(value):.6f}".rstrip("0").rstrip(".") for value in (found.lat, found.lon))
    return f"{lat}{'S' if found.lat < 0 else 'N'} {lon}{'W' if found.lon < 0 else 'E'}"


def make_event_correction(
    text: str, start: int | None, fields: Mapping[str, Any]
) -> EventCorrection:
    """Understand one correction of an event.

    Parameters
    ----------
    text : str
        The words that tell of the event, or its id.
    start : int or None
        Where they start.
    fields : mapping of str to values
        `origin`, `destination`, `impact`, `place`: a place, a list of places, or None for none;
        `date`: a day, "2015-10-07", two of them with a stroke between, or None; `type`: a type of
        event; `range`: a length with its unit.

    Returns
    -------
    EventCorrection
        What was understood.

    Raises
    ------
    InvalidInputError
        For an unknown field, type or date.
    InvalidMeasureError
        For a range without its unit.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.
    """
    if not isinstance(text, str):
        raise InvalidInputError(f"event: expected its words or its id; got {text!r}")
    if start is not None and (not isinstance(start, int) or isinstance(start, bool)):
        raise InvalidInputError(f"start: expected a position in the text; got {start!r}")
    changes = [_make_change(field, value) for field, value in fields.items()]
    return EventCorrection(text, start, tuple(changes))


def _make_change(field: str, value: Any) -> Change:  # noqa: ANN401 - each field has its own type
    """Understand one field of an event."""
    if field in _ROLES:
        return _make_role_change(field, value)
    if field == "date":
        given = value.isoformat() if isinstance(value, date) else value
        parse_days(given)
        return Change("date", given)
    if field == "type":
        if value not in get_args(EventType):
            raise InvalidInputError(f"type: expected one of {get_args(EventType)}; got {value!r}")
        return Change("type", value)
    if field == "range":
        parse_length(value, name="range")
        return Change("range", value)
    raise InvalidInputError(f"event: expected one of {get_args(Field)}; got {field!r}")


def _make_role_change(field: str, value: Any) -> Change:  # noqa: ANN401 - a place or several
    """Understand the places of a role."""
    several = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    places = tuple(resolve_place(place) for place in several)
    names = tuple(map(_write_place, several, places))
    given = None if not names else names[0] if len(names) == 1 else names
    return Change(field, given, places)  # type: ignore[arg-type] # its caller looked


def parse_days(given: Any) -> tuple[date, date] | None:  # noqa: ANN401 - whatever a file holds
    """Understand a day, or two with a stroke between; None for a date that is not known."""
    if given is None:
        return None
    parts = given.split("/") if isinstance(given, str) else []
    try:
        days = [date.fromisoformat(part.strip()) for part in parts]
    except ValueError:
        days = []
    if len(days) not in (1, 2) or days[0] > days[-1]:
        raise InvalidInputError(
            "date: expected a day such as '2015-10-07', or two such as '2015-10-07/2015-10-08'; "
            f"got {given!r}"
        )
    return days[0], days[-1]


def join_corrections(
    known: Sequence[AnyCorrection], new: Sequence[AnyCorrection]
) -> tuple[AnyCorrection, ...]:
    """Put corrections together; of two for the same words, or field of an event, the later counts.

    Parameters
    ----------
    known, new : sequence of Correction or EventCorrection
        Earlier and later ones.

    Returns
    -------
    tuple of Correction or EventCorrection
        Those of words, then those of events, each in the order of their first correction.
    """
    joined: dict[tuple[object, ...], AnyCorrection] = {}
    for item in (*known, *new):
        if isinstance(item, Correction):
            joined[("words", item.text.casefold())] = item
            continue
        key = ("event", item.text, item.start)
        before = joined.get(key)
        if isinstance(before, EventCorrection):
            fields = {change.field: change for change in (*before.changes, *item.changes)}
            item = EventCorrection(item.text, item.start, tuple(fields.values()))  # noqa: PLW2901 - both together
        joined[key] = item
    return tuple(sorted(joined.values(), key=lambda item: isinstance(item, EventCorrection)))
