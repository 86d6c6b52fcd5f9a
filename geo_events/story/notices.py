"""What a reader of a story should know beside its verdicts: in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.atlas.fold import fold
from geo_events.atlas.names import load_name_index
from geo_events.corridors.ends import UnknownExtentError, make_end
from geo_events.corridors.history import say_borders
from geo_events.corridors.wording import join_words, name_place
from geo_events.story.pairs import MOVING
from geo_events.story.questions import say_dispute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.text.events import Event
    from geo_events.text.reader import Document
    from geo_events.values import View

__all__ = ["find_warnings"]


def find_warnings(document: Document, corridors: Sequence[Corridor], view: View) -> tuple[str, ...]:
    """Find what makes a story less certain than it looks.

    Parameters
    ----------
    document : Document
        What the text says.
    corridors : sequence of Corridor
        The corridors of the text.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    tuple of str
        Sentences, each once: dates that stay open, ends that make no line, statements that
        contradict each other, borders of another time.
    """
    found = [
        *document.notes,
        *_say_dates(document),
        *(text for event in document.events for text in _say_ends(event, corridors, view)),
        *(f"{event.id}: {text}" for event in document.events for text in say_dispute(event)),
        *_say_times(corridors, view),
    ]
    return tuple(dict.fromkeys(found))


def _is_known(name: str) -> bool:
    """Tell whether the atlas has a name, and only the text did not speak for the place."""
    return bool(load_name_index().pairs(fold(name)))


def _say_dates(document: Document) -> Iterator[str]:
    """Say that dates cannot be worked out without a day of publication."""
    open_dates = [d.text for d in document.dates if d.precision == "unresolved"]
    if document.published is None and open_dates:
        told = join_words([f"“{text}”" for text in dict.fromkeys(open_dates)])
        yield f"No publication date is given, so {told} cannot be turned into a date."


def _say_ends(event: Event, corridors: Sequence[Corridor], view: View) -> Iterator[str]:
    """Say why an event that names both ends has no corridor, or what it names is on no map."""
    for unlisted in event.unlisted:
        why = "was not taken for a place" if _is_known(unlisted.text) else "is in no atlas of ours"
        yield f"{event.id}: “{unlisted.text}” {why}, so it is on no map."
    if event.type not in MOVING or not event.origin or not event.destination:
        return
    origins, targets = event.origin, event.destination
    for i, j in event.pairs:
        if origins[i].place.id == targets[j].place.id:
            name = name_place(origins[i].place)
            yield f"{event.id}: origin and target are the same place, {name}; no line is drawn."
    if not event.pairs:
        yield f"{event.id}: the text does not say which origin goes with which target."
    drawn = {event_id for corridor in corridors for event_id in corridor.events}
    different = any(origins[i].place.id != targets[j].place.id for i, j in event.pairs)
    if different and event.id not in drawn:
        places = [role.place for role in (*origins, *targets)]
        unknown = join_words([name_place(p) for p in places if not _has_extent(p, view)])
        yield f"{event.id}: no line is drawn, since how far {unknown} reaches is not known."


def _has_extent(place: Place, view: View) -> bool:
    """Tell whether a place is a point, or an area with a known outline."""
    try:
        make_end(place, view=view)
    except UnknownExtentError:
        return False
    return True


def _say_times(corridors: Sequence[Corridor], view: View) -> Iterator[str]:
    """Warn of corridors older than the borders on their way."""
    for corridor in corridors:
        if corridor.days is not None:
            ends = (corridor.origin, corridor.target)
            for text in say_borders(corridor.days[0], ends, view):
                yield f"{corridor.name}: {text}"
