"""What stands for a story in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.cards import write_card

if TYPE_CHECKING:
    from geo_events.story.story import Story

__all__ = ["describe_story"]

_MOST = 6


def describe_story(story: Story) -> str:
    """Describe a story as an HTML table; all text is escaped.

    Parameters
    ----------
    story : Story
        The story; what it has not worked out yet is worked out.

    Returns
    -------
    str
        One table: places, events, corridors, and what geometry allows.
    """
    places = dict.fromkeys(str(one.place.name) for one in story.mentions if one.place is not None)
    events = ", ".join(f"{event.type} ({event.status})" for event in story.events)
    rows = [
        ("published", story.published or ""),
        ("places", _first(list(places))),
        ("events", events or "none"),
        ("corridors", _first([str(corridor) for corridor in story.corridors]) or "none"),
        *((verdict.question, verdict.answer) for verdict in story.verdicts[:_MOST]),
        ("corrected by hand", len(story.corrections) or ""),
    ]
    note = f"What the text says and what geometry allows; view {story.view}. Draw it: .explore()"
    return write_card(story.title or "Story", rows, note)


def _first(names: list[str]) -> str:
    """Join names, the first six of many."""
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {more} more" if more > 0 else "")
