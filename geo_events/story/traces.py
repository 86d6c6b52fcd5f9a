"""Where a correction shows: in which mentions, events, corridors and verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from geo_events.corridors.corridor import Corridor
from geo_events.corridors.verdict import Verdict
from geo_events.story.amending import is_about
from geo_events.story.corrections import Correction
from geo_events.text.events import Event
from geo_events.text.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo_events.story.corrections import AnyCorrection, EventCorrection
    from geo_events.text.events import Role

__all__ = ["Traced", "find_traces"]

Traced: TypeAlias = Mention | Event | Corridor | Verdict


def find_traces(
    thing: Traced,
    events: Sequence[Event],
    corrections: Sequence[AnyCorrection],
    amended: Mapping[str, tuple[EventCorrection, ...]],
) -> tuple[AnyCorrection, ...]:
    """Find the corrections that show in something of a story.

    Parameters
    ----------
    thing : Mention, Event, Corridor or Verdict
        Of the story.
    events : sequence of Event
        The story's events, as corrected.
    corrections : sequence of Correction or EventCorrection
        All corrections of the story.
    amended : mapping of str to tuple of EventCorrection
        Those of events, by the event's id.

    Returns
    -------
    tuple of Correction or EventCorrection
        Each once, those of words first.
    """
    if isinstance(thing, Mention):
        return tuple(_about(corrections, [thing.text]))
    if isinstance(thing, Event):
        told = [thing]
    else:
        told = [event for event in events if event.id in thing.events]
    words = [span.text for event in told for role in _roles(event) for span in role.evidence]
    found: list[AnyCorrection] = list(_about(corrections, words))
    found += [item for event in told for item in amended.get(event.id, ())]
    return tuple(found)


def _about(corrections: Iterable[AnyCorrection], words: Sequence[str]) -> list[Correction]:
    """Return the corrections of some words."""
    return [
        item
        for item in corrections
        if isinstance(item, Correction) and any(is_about(item, text) for text in words)
    ]


def _roles(event: Event) -> tuple[Role, ...]:
    """Return all roles of an event."""
    return (*event.origin, *event.destination, *event.impact, *event.place)
