"""From the events of a text to its corridors: only pairs that the text itself pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.corridor import Corridor, make_corridor
from geo_events.corridors.ends import UnknownExtentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo_events.text.events import Event, Role
    from geo_events.values import View

__all__ = ["MOVING", "find_corridors", "pair_ends"]

MOVING = frozenset({"launch", "strike", "flight", "diversion", "crash", "interception", "movement"})
# The status of a corridor is that of its least doubted event.
_FIRMNESS = ("asserted", "claimed", "alleged", "disputed", "denied", "planned")


def pair_ends(event: Event) -> tuple[tuple[Role, Role], ...]:
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
        Unique by origin, destination and section; each carries the ids of its events and the
        status of the least doubted one. Places of unknown extent (Donbas) make none.
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
    status = min((event.status for event, *_ in group), key=_FIRMNESS.index)
    return corridor.with_events(tuple(event.id for event, *_ in group), status, section)
