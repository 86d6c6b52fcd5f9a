"""What a story shows, in words: the end of `geo-events map`."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

from geo_events.cli.printing import plain_line
from geo_events.cli.stays import merge_legs
from geo_events.measures import format_km
from geo_events.values import VIEW_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo_events.corridors.corridor import Corridor
    from geo_events.story import Story
    from geo_events.text.events import Event

__all__ = ["summarise", "to_record"]

_WIDTH = 98
_MOST_PLACES = 12
_SMALLEST_SHARE = 0.005


def summarise(story: Story, path: Path) -> str:
    """Say in words what a story's map shows.

    Parameters
    ----------
    story : Story
        What was read.
    path : Path
        The map that was written.

    Returns
    -------
    str
        Lines of plain text: places, corridors with what straight lines cross, verdicts, view.
    """
    date = f", published {story.published}" if story.published else ""
    lines = [
        f"{path}  ({path.stat().st_size / 1e6:.2f} MB)",
        f"{plain_line(story.title or 'Untitled text')}{date}",
        "",
        *_wrapped("Places: ", _places(story)),
        "",
        "Corridors (straight lines between what the text names; the routes are unknown):",
        *(line for corridor in story.corridors for line in _corridor(story, corridor)),
        *([] if story.corridors else ["  none: the text pairs no origin with a destination"]),
        "",
        "Claims checked against geometry (what it allows, not what happened):",
        *(line for verdict in story.verdicts for line in _verdict(verdict)),
        *([] if story.verdicts else ["  none"]),
        "",
        *_said("Mind:", story.warnings),
        *_said("Corrected by hand:", [correction.says for correction in story.corrections]),
        f"View {story.view}: {VIEW_NOTES[story.view]}.",
    ]
    return "\n".join(lines)


def to_record(story: Story, path: Path) -> str:
    """Give the same as one line of JSON.

    Parameters
    ----------
    story : Story
        What was read.
    path : Path
        The map that was written.

    Returns
    -------
    str
        An object with `path`, `title`, `published`, `view`, `places`, `corridors`, `verdicts`,
        `warnings`, `corrected`.
    """
    record = {
        "path": str(path),
        "title": story.title,
        "published": str(story.published) if story.published else None,
        "view": story.view,
        "places": _place_names(story),
        "corridors": [
            {
                "origin": corridor.origin.name,
                "target": corridor.target.name,
                "status": corridor.status,
                "events": list(corridor.events),
                "crosses": {name: round(share, 4) for name, share in _crossed(corridor).items()},
            }
            for corridor in story.corridors
        ],
        "verdicts": [
            {
                "question": verdict.question,
                "answer": verdict.answer,
                "condition": verdict.condition,
                "reasons": verdict.text,
            }
            for verdict in story.verdicts
        ],
        "warnings": list(story.warnings),
        "corrected": [correction.says for correction in story.corrections],
    }
    return json.dumps(record, ensure_ascii=False)


def _wrapped(head: str, text: str, indent: str = "  ") -> list[str]:
    """Wrap a paragraph under its head."""
    return textwrap.wrap(
        plain_line(head + text), _WIDTH, initial_indent=indent[2:], subsequent_indent=indent + "  "
    )


def _place_names(story: Story) -> list[str]:
    """Give the places that are meant as places, most often named first."""
    counts = Counter(
        mention.place.name
        for mention in story.mentions
        if mention.place is not None and mention.kind in ("name", "demonym")
    )
    return [name for name, _ in counts.most_common()]


def _places(story: Story) -> str:
    """List the places, most often named first."""
    names = _place_names(story)
    more = f" and {len(names) - _MOST_PLACES} more" if len(names) > _MOST_PLACES else ""
    return (", ".join(names[:_MOST_PLACES]) + more) or "none"


def _corridor(story: Story, corridor: Corridor) -> Iterator[str]:
    """Say what a corridor is and what its straight lines cross."""
    events = [event for event in story.events if event.id in corridor.events]
    told = "; ".join(_event(event) for event in events)
    yield from _wrapped(f"{corridor.name}: ", told or "no event", indent="  ")
    if corridor.is_line:
        yield from _wrapped("crosses, in order: ", ", ".join(_stays(corridor)), indent="    ")
    else:
        shares = [(name, share) for name, share in _shares(corridor) if share >= _SMALLEST_SHARE]
        listed = ", ".join(f"{name} {_percent(share)}" for name, share in shares)
        yield from _wrapped("share of the lines that cross: ", listed, indent="    ")


def _stays(corridor: Corridor) -> list[str]:
    """Say what a line crosses, in the order of crossing, with the length of each stay."""
    merged = merge_legs(corridor.crossings())
    pairs = zip(merged["name"], merged["inside_km"], strict=True)
    return [f"{name} {format_km(float(inside_km))}" for name, inside_km in pairs]


def _crossed(corridor: Corridor) -> dict[str, float]:
    """Give names and shares: of a line in the order of crossing, of areas the largest first."""
    shares = dict(_shares(corridor))
    if not corridor.is_line:
        return shares
    order = [str(name) for name in corridor.crossings()["name"]]
    return {name: shares[name] for name in (*order, *shares) if name in shares}


def _event(event: Event) -> str:
    """Say one event in a few words."""
    what = [event.type, f"({event.status})"]
    if event.count is not None and event.count.min is not None:
        what.append(_count(event))
    elif event.instrument:
        what.append(str(event.instrument))
    if event.date is not None and event.date.start is not None:
        what.append(f"on {event.date.start}")
    return " ".join(what)


def _count(event: Event) -> str:
    """Say how many of what."""
    least, most = event.count.min, event.count.max  # type: ignore[union-attr] # its caller looked
    number = f"{least:g}" if least == most or most is None else f"{least:g} to {most:g}"
    return f"of {number} {event.instrument or ''}".strip()


def _shares(corridor: Corridor) -> list[tuple[str, float]]:
    """Give the names and shares of what lies between and in the ends, largest first."""
    frame = corridor.shares()
    pairs = zip(frame["name"], frame["share"], strict=True)
    return [(str(name), float(share)) for name, share in pairs]


def _percent(share: float) -> str:
    """Write a share in whole per cents."""
    return f"{share:.0%}".replace("%", " %")


def _verdict(verdict: Any) -> list[str]:  # noqa: ANN401 - a Verdict, whose module is heavy
    """Say one verdict."""
    text = f"{verdict.text} {verdict.condition}".rstrip()
    return _wrapped(f"{verdict.question} {verdict.answer.capitalize()}. ", text)


def _said(head: str, sentences: Sequence[str]) -> list[str]:
    """List sentences under a head, and an empty line after; nothing for none."""
    lines = [line for text in sentences for line in _wrapped("", text, "    ")]
    return [head, *lines, ""] if lines else []
