"""Where something is said to have come down: by the kind of place, and whether it is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.ends import UnknownExtentError, make_end
from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent
from geo_events.maps.features import AreaMark, PointMark
from geo_events.maps.paths import simplify_area
from geo_events.maps.wording import caption_of, say_doubt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.maps.features import Mark, Sign
    from geo_events.story.story import Story
    from geo_events.text.events import Event, Role
    from geo_events.values import View

    _Drawn = tuple[Mark, LegendEntry]

__all__ = ["DOUBTED", "claim_content", "find_claims"]

DOUBTED = ("claimed", "alleged", "denied", "disputed")
_FALLS = {"crash": "fall", "strike": "strike", "interception": "interception"}
_GROUP = "claims"


def find_claims(story: Story) -> tuple[tuple[Event, Role], ...]:
    """List the places where something is said, but not known, to have come down.

    Parameters
    ----------
    story : Story
        Any.

    Returns
    -------
    tuple of (Event, Role)
        Without the ends of corridors, which have their own signs.
    """
    ends = {end.id for corridor in story.corridors for end in (corridor.origin, corridor.target)}
    return tuple(
        (event, role)
        for event in story.events
        for role in event.impact
        if event.status in DOUBTED and role.place.id not in ends
    )


def claim_content(story: Story) -> MapContent:
    """Mark where something is said to have come down, and whether that is denied.

    Parameters
    ----------
    story : Story
        Any.

    Returns
    -------
    MapContent
        A country by its outline, a region by its area, a sea by a light hatch without an outline
        (which would be the coast of its countries), a point by a sign. Never a pin for an area.
    """
    drawn = [one for found in find_claims(story) for one in _draw(*found, story.view)]
    if not drawn:
        return MapContent()
    entries = tuple(dict.fromkeys(entry for _, entry in drawn))
    denied = any(event.status in ("disputed", "denied") for event, _ in find_claims(story))
    group = Group(_GROUP, "Claimed and denied" if denied else "Claimed", entries)
    return MapContent(groups=(group,), marks=tuple(mark for mark, _ in drawn))


def _draw(event: Event, role: Role, view: View) -> Iterator[_Drawn]:
    """Draw one place of a claim with its entry of the legend."""
    if role.place.kind in ("country", "sea"):
        yield _territory(event, role)
    elif role.precision in ("point", "city"):
        yield _point(event, role)
    else:
        yield from _region(event, role, view)


def _words(event: Event) -> str:
    """Say what is claimed or denied: "strike claimed"."""
    return f"{_FALLS.get(event.type, 'impact')} {say_doubt(event)}"


def _territory(event: Event, role: Role) -> _Drawn:
    """Draw a country or a sea by what the tables know of it."""
    place, words = role.place, _words(event)
    style = signs.CLAIM_AREA if place.kind == "country" else signs.CLAIM_SEA
    mark = AreaMark(
        None,
        f"{place.name}: {words}",
        style,
        _GROUP,
        f"event-{event.id}",
        place.id,
        caption=f"{_FALLS.get(event.type, 'impact').capitalize()} in {place.name}:\n"
        f"{say_doubt(event)}",
        at=(place.lon, place.lat),
        rank=20.0,
    )
    text = f"Said to have come down somewhere in this {place.kind}"
    return mark, LegendEntry("area", text, style)


def _region(event: Event, role: Role, view: View) -> Iterator[_Drawn]:
    """Draw an area inside a country, where its extent is known."""
    try:
        end = make_end(role.place, view=view)
    except UnknownExtentError:
        return
    words, style = _words(event), signs.CLAIM_AREA
    caption = caption_of(role.place.name, words)
    item = f"event-{event.id}"
    yield (
        AreaMark(
            simplify_area(end.geometry),
            f"{role.place.name}: {words}",
            style,
            _GROUP,
            item,
            caption=caption,
            rank=20.0,
        ),
        LegendEntry("area", "Said to have come down somewhere in this area", style),
    )


def _point(event: Event, role: Role) -> _Drawn:
    """Draw a point, with its name and what is said of it."""
    place, words = role.place, _words(event)
    denied = event.status in ("disputed", "denied")
    sign: Sign = "denied" if denied else "question"
    mark = PointMark(
        place.lon,
        place.lat,
        f"{place.name}: {words}",
        signs.CLAIM_POINT,
        sign,
        _GROUP,
        f"event-{event.id}",
        caption_of(place.name, words),
        rank=20.0,
    )
    text = "Said to have come down here" + (", denied" if denied else "")
    return mark, LegendEntry("point", text, signs.CLAIM_POINT, sign)
