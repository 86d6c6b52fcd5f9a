"""What a story's list says beside the map: events, answers, places, corrections by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.maps import signs
from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent
from geo_events.maps.event_layers import ROLES
from geo_events.maps.event_titles import name_event
from geo_events.maps.evidence import describe_mention, say_who
from geo_events.maps.features import PointMark
from geo_events.text.datelines import is_filed_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.atlas.places import Place
    from geo_events.corridors.verdict import Verdict
    from geo_events.maps.evidence import Sentences
    from geo_events.story.story import Story
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention

__all__ = [
    "EVENTS",
    "VERDICTS",
    "correction_list",
    "event_list",
    "place_list",
    "verdict_list",
]

EVENTS = "What the text says"
VERDICTS = "What geometry allows"
_PLACES = "Other places that the text names"
_CORRECTIONS = "Corrected by hand"
_POINTS = ("city", "airport", "airbase", "port", "facility", "institution")


def event_list(story: Story, evidence: dict[str, Evidence]) -> MapContent:
    """List the events with their evidence."""
    items = []
    for event in story.events:
        found = evidence[event.id]
        title, detail = name_event(event, found), _event_detail(event)
        badge, key = _badge(event, story), f"event-{event.id}"
        items.append(Item(key, EVENTS, title, detail, badge, found, *_days(event)))
    return MapContent(items=tuple(items))


def _event_detail(event: Event) -> str:
    """Say when, and who claims or denies it."""
    when = str(event.date.start) if event.date is not None and event.date.start else ""
    who = [say_who(said, event.status) for said in event.statements]
    return "; ".join(filter(None, (when, *who)))


def _badge(event: Event, story: Story) -> str:
    """Return the word set apart: the status, and whether something was corrected."""
    return f"{event.status}, corrected by hand" if story.corrections_of(event) else event.status


def _days(event: Event) -> tuple[str, str]:
    """Return first and last day in ISO 8601, or nothing."""
    if event.date is None or event.date.start is None or event.date.end is None:
        return "", ""
    return event.date.start.isoformat(), event.date.end.isoformat()


def verdict_list(story: Story) -> MapContent:
    """List what geometry allows of each claim."""
    items = []
    for number, verdict in enumerate(story.verdicts):
        rows = [("What it takes", verdict.condition)]
        rows += [("Why", reason) for reason in verdict.reasons]
        if verdict.share is not None:
            rows.append(("Share", f"{verdict.share:.0%} of the pairs of origin and target"))
        if verdict.can_cross is not None and verdict.can_avoid is not None:
            rows.append((_capital(verdict.allowance or "A longer route"), _allowed(verdict)))
        rows += [("Method", verdict.method), ("Data", verdict.data)]
        badge = f"{verdict.answer}{', corrected by hand' if story.corrections_of(verdict) else ''}"
        evidence = Evidence(tuple((a, b) for a, b in rows if b))
        detail = verdict.condition or verdict.reasons[0]
        key = f"verdict-{number}"
        items.append(Item(key, VERDICTS, verdict.question, detail, badge, evidence))
    return MapContent(items=tuple(items))


def _capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def _allowed(verdict: Verdict) -> str:
    """Say what a slightly longer route changes."""
    return (
        f"could cross from {verdict.can_cross:.0%} of the origin, "
        f"could stay out from {verdict.can_avoid:.0%}"
    )


def place_list(story: Story, sentences: Sentences) -> MapContent:
    """Draw the other places that the text gives as points, and list them."""
    marks, items = [], []
    for mention, place, filed in _other_places(story):
        key = f"place-{place.id}"
        badge = "dateline" if filed else ""
        evidence = describe_mention(mention, sentences)
        items.append(Item(key, _PLACES, str(place), badge=badge, evidence=evidence))
        if filed:
            continue
        marks.append(
            PointMark(
                place.lon,
                place.lat,
                str(place),
                signs.PLACE,
                "circle",
                "places",
                key,
                place.name,
                focus=not story.corridors,
            )
        )
    if not marks:
        return MapContent(items=tuple(items))
    entry = LegendEntry("point", "Place named in the text", signs.PLACE, "circle")
    group = Group("places", "Other places in the text", (entry,), opened=True)
    return MapContent(groups=(group,), marks=tuple(marks), items=tuple(items))


def _other_places(story: Story) -> Iterator[tuple[Mention, Place, bool]]:
    """Yield each point that no event uses, with whether it is only where the text was filed."""
    seen = {
        role.place.id for event in story.events for name in ROLES for role in getattr(event, name)
    }
    found: dict[str, tuple[Mention, Place, bool]] = {}
    for mention in story.mentions:
        place = mention.place
        if place is None or mention.kind != "name" or place.kind not in _POINTS or place.id in seen:
            continue
        if place.id not in found or found[place.id][2]:
            found[place.id] = (
                mention,
                place,
                is_filed_from(story.text, mention.start, mention.end),
            )
    yield from found.values()


def correction_list(story: Story) -> MapContent:
    """List what was corrected by hand."""
    items = tuple(
        Item(
            f"correction-{number}",
            _CORRECTIONS,
            correction.says,
            badge="corrected by hand",
        )
        for number, correction in enumerate(story.corrections)
    )
    return MapContent(items=items)
