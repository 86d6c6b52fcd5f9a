"""From the events of a text to its corridors: only pairs that the text itself pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from geo_events.corridors.corridor import Corridor, make_corridor
from geo_events.corridors.ends import UnknownExtentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geo_events.text.events import Event, Role
    from geo_events.values import View

    Pair: TypeAlias = tuple[Role, Role]

__all__ = ["MOVING", "find_corridors", "find_lines", "find_told", "pair_ends"]

MOVING = frozenset({"launch", "strike", "flight", "diversion", "crash", "interception", "movement"})
# Whose ends a fall, an interception or an overflight without ends of its own can be about.
_TOLD_BY = (("launch", "strike"), ("flight", "movement", "diversion"))
# The status of a corridor is that of its least doubted event.
_FIRMNESS = ("asserted", "claimed", "alleged", "disputed", "denied", "planned")


def pair_ends(event: Event) -> tuple[Pair, ...]:
    """Return the pairs of origin and destination that an event's text pairs.

    Parameters
    ----------
    event : Event
        An event of any type.

    Returns
    -------
    tuple of (Role, Role)
        None for types that move nothing, for one end unsaid, and where both ends are one place.
    """
    if event.type not in MOVING:
        return ()
    found = ((event.origin[i], event.destination[j]) for i, j in event.pairs)
    return tuple(pair for pair in found if pair[0].place.id != pair[1].place.id)


def find_told(events: Iterable[Event]) -> dict[int, tuple[Pair, ...]]:
    """Find the pairs of ends that each section tells of.

    Parameters
    ----------
    events : iterable of Event
        All events of a text.

    Returns
    -------
    dict of int to tuple of (Role, Role)
        By section: the pairs of its launches, else of its flights; each once.
    """
    told: dict[tuple[int, int], dict[tuple[str, str], Pair]] = {}
    for event in events:
        for rank, types in enumerate(_TOLD_BY):
            if event.type in types:
                found = told.setdefault((event.section, rank), {})
                for origin, target in pair_ends(event):
                    found.setdefault((origin.place.id, target.place.id), (origin, target))
    by_section: dict[int, tuple[Pair, ...]] = {}
    for (section, _), found in sorted(told.items()):
        by_section[section] = by_section.get(section) or tuple(found.values())
    return by_section


def find_lines(event: Event, told: Mapping[int, tuple[Pair, ...]]) -> tuple[Pair, ...]:
    """Return the pairs of ends that the claims of an event are checked against.

    A fall whose own sentence leaves its ends out is checked against the launch that its section
    tells, when that is one and the same pair of places throughout; else against the flight.

    Parameters
    ----------
    event : Event
        The event.
    told : mapping of int to tuple of (Role, Role)
        As `find_told` returns it.

    Returns
    -------
    tuple of (Role, Role)
        The event's own pairs; else the one pair of its section; else none.
    """
    pairs = pair_ends(event)
    if pairs or event.type not in MOVING or event.origin or event.destination:
        return pairs
    section = told.get(event.section, ())
    return section if len(section) == 1 else ()


def find_corridors(events: Iterable[Event], view: View) -> tuple[Corridor, ...]:
    """Make the corridors of a text's events.

    Parameters
    ----------
    events : iterable of Event
        In the order of the text.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    tuple of Corridor
        Unique by origin, destination and section; each carries the ids of its events, the status
        of the least doubted one, the days and the number. Places of unknown extent (Donbas) make
        none.
    """
    grouped: dict[tuple[str, str, int], list[tuple[Event, Role, Role]]] = {}
    for event in events:
        for origin, target in pair_ends(event):
            key = (origin.place.id, target.place.id, event.section)
            grouped.setdefault(key, []).append((event, origin, target))
    made = (_make(group, section, view) for (*_, section), group in grouped.items())
    return tuple(corridor for corridor in made if corridor is not None)


def _make(group: list[tuple[Event, Role, Role]], section: int, view: View) -> Corridor | None:
    """Make the corridor of one pair of places; None where an end's extent is not known."""
    _, origin, target = group[0]
    try:
        corridor = make_corridor(origin.place, target.place, view=view)
    except UnknownExtentError:
        return None
    events = [event for event, *_ in group]
    status = min((event.status for event in events), key=_FIRMNESS.index)
    told = corridor.with_events([event.id for event in events], status, section)
    counts = [event.count.text for event in events if event.count is not None]
    return told.with_figures(_days(events), counts[0] if counts else None)


def _days(events: list[Event]) -> tuple[date, date] | None:
    """Return the first and last day of several events; None where none is known."""
    spans = [
        (event.date.start, event.date.end)
        for event in events
        if event.date is not None and event.date.start is not None and event.date.end is not None
    ]
    if not spans:
        return None
    return min(start for start, _ in spans), max(end for _, end in spans)
