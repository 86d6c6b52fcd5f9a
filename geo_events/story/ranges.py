"""How far the things in a text can go: said by the text, or given by the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.measures import parse_length
from geo_events.story.pairs import MOVING

if TYPE_CHECKING:
    from geo_events.text.events import Event
    from geo_events.text.quantities import Quantity
    from geo_events.text.reader import Document

    Ranges: TypeAlias = "str | Mapping[str, str]"

__all__ = ["Ranges", "Reach", "find_reach_of", "find_reaches", "make_ranges", "read_length"]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far something can go.

    Parameters
    ----------
    length : str
        With its unit, such as "1,500 km".
    source : {"text", "given"}
        Whether the text says so, or the reader of it.
    is_limit : bool
        False for "at least 300 km", which rules nothing out.
    """

    length: str
    source: Literal["text", "given"]
    is_limit: bool = True

    def __str__(self) -> str:
        if self.source == "given":
            return f"The range of {self.length} was given by hand."
        return f"The range of {self.length} is what the text says."


def make_ranges(given: Ranges | None, text: str) -> dict[str, str]:
    """Understand ranges given by the reader.

    Parameters
    ----------
    given : str, mapping of str to str, or None
        One range for all that moves, or ranges by words of the text ("Kalibr": "1500 km").
    text : str
        The text.

    Returns
    -------
    dict of str to str
        Words to lengths; "" for all that moves.

    Raises
    ------
    InvalidMeasureError
        For a length without its unit.
    InvalidInputError
        For another type, and for words that do not stand in the text.
    """
    if given is None:
        return {}
    if isinstance(given, str):
        given = {"": given}
    if not isinstance(given, Mapping):
        raise InvalidInputError(
            "ranges: expected a length such as '1500 km', or lengths by words of the text such as "
            f"{{'Kalibr': '1500 km'}}; got {given!r}"
        )
    for words, length in given.items():
        parse_length(length, name=f"ranges[{words!r}]" if words else "ranges")
    unmatched = [words for words in given if words.casefold() not in text.casefold()]
    if unmatched:
        raise InvalidInputError(
            f"ranges: expected words that stand in the text; not found: {unmatched!r}"
        )
    return dict(given)


def find_reaches(document: Document, given: Mapping[str, str]) -> dict[str, Reach]:
    """Find how far the things of each event can go.

    Parameters
    ----------
    document : Document
        What the text says.
    given : mapping of str to str
        As `make_ranges` returns it; it goes before what the text says.

    Returns
    -------
    dict of str to Reach
        By the ids of events that move something; of ranges in the event's section the one that
        stands nearest to it.
    """
    said = [q for q in document.quantities if q.kind == "range" and q.km]
    found: dict[str, Reach] = {}
    for event in document.events:
        if event.type in MOVING:
            reach = _given_for(event, given) or _said_for(event, said, document)
            if reach is not None:
                found[event.id] = reach
    return found


def _given_for(event: Event, given: Mapping[str, str]) -> Reach | None:
    """Return the range given for what an event is about, else the one for all."""
    about = " ".join(
        filter(None, (event.instrument, event.actor, event.count.text if event.count else ""))
    ).casefold()
    for words, length in given.items():
        if words and (words == event.id or words.casefold() in about):
            return Reach(length, "given")
    return Reach(given[""], "given") if "" in given else None


def _said_for(event: Event, said: list[Quantity], document: Document) -> Reach | None:
    """Return the range that the text gives what an event is about, else the nearest one."""
    here = [q for q in said if document.section_of(q.offset) == event.section]
    if event.reach is not None:
        here = [event.reach]
    if not here or not event.mentions:
        return None
    nearest = min(here, key=lambda q: min(abs(q.offset - span.start) for span in event.mentions))
    return Reach(read_length(nearest), "text", is_limit=nearest.max is not None)


def find_reach_of(document: Document, offset: int, given: Mapping[str, str]) -> Reach | None:
    """Find the range that holds at a place of the text, whatever event it belongs to.

    Parameters
    ----------
    document : Document
        What the text says.
    offset : int
        Where in the text.
    given : mapping of str to str
        As `make_ranges` returns it; one for all that moves goes before what the text says.

    Returns
    -------
    Reach or None
        Of ranges in the same section the one that stands nearest; None where there is none.
    """
    if "" in given:
        return Reach(given[""], "given")
    section = document.section_of(offset)
    said = [q for q in document.quantities if q.kind == "range" and q.km]
    here = [q for q in said if document.section_of(q.offset) == section]
    if not here:
        return None
    nearest = min(here, key=lambda q: abs(q.offset - offset))
    return Reach(read_length(nearest), "text", is_limit=nearest.max is not None)


def read_length(quantity: Quantity) -> str:
    """Return a quantity's length with its unit, in the words of the text where they can be read."""
    try:
        parse_length(quantity.text)
    except InvalidMeasureError:
        return f"{(quantity.km or 0.0):g} km"
    return quantity.text
