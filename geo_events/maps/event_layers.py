"""The places of events that are not the end of a corridor, each with its part in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geo_events.corridors.ends import UnknownExtentError, make_end
from geo_events.maps import signs
from geo_events.maps.claim_layers import find_claims
from geo_events.maps.content import Group, LegendEntry, MapContent
from geo_events.maps.features import AreaMark, PointMark
from geo_events.maps.paths import simplify_area
from geo_events.maps.wording import caption_of, say_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.atlas.places import Place
    from geo_events.maps.features import Mark, Sign, Style
    from geo_events.story.story import Story
    from geo_events.text.events import Event, Role
    from geo_events.values import View

__all__ = ["ROLES", "role_content"]

_OVER = "over"  # a place flown over: part of the way, not where something happened
ROLES = ("origin", "impact", "destination", "place")
_GROUP = "roles"
_WIDE_DEG = 60.0  # what is wider does not set the frame: its words do
_POINT_SIGNS: dict[str, tuple[Style, Sign]] = {
    "origin": (signs.ORIGIN, "square"),
    "destination": (signs.TARGET, "star"),
    "impact": (signs.IMPACT, "triangle"),
    "place": (signs.STAY, "circle"),
    _OVER: (signs.STAY, "circle"),
}
_AREA_STYLES = {
    "origin": signs.ORIGIN,
    "destination": signs.TARGET,
    "impact": signs.IMPACT_AREA,
    "place": signs.PLACE_AREA,
    _OVER: signs.OVERFLOWN,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A place with all its parts in events."""

    place: Place
    role: str
    words: str
    item: str

    @property
    def label(self) -> str:
        """The place and its parts."""
        return f"{self.place.name}: {self.words}"


def role_content(story: Story) -> MapContent:
    """Mark the places of all events that no corridor and no claim has marked.

    Parameters
    ----------
    story : Story
        Any.

    Returns
    -------
    MapContent
        One mark per place with its parts in words ("launch place", "diverted to"): a sign for a
        point, a hatch for an area, a question mark for an area of unknown extent.
    """
    drawn = [_draw(part, story.view) for part in _find_parts(story)]
    if not drawn:
        return MapContent()
    texts: dict[tuple[Any, ...], dict[str, None]] = {}
    for _, entry in drawn:
        texts.setdefault((entry.kind, entry.style, entry.sign), {})[entry.text] = None
    entries = tuple(
        LegendEntry(kind, _join(words), style, sign) for (kind, style, sign), words in texts.items()
    )
    group = Group(_GROUP, "Places of the events", entries)
    return MapContent(groups=(group,), marks=tuple(mark for mark, _ in drawn))


def _join(words: dict[str, None]) -> str:
    """Join the parts that share a sign into one text of the legend."""
    text = "; ".join(dict.fromkeys(part for word in words for part in word.split("; ")))
    return f"{text[:1].upper()}{text[1:]}"


def _find_parts(story: Story) -> list[_Part]:
    """Gather the parts of each place that is not marked otherwise, in the order of the text."""
    marked = {end.id for corridor in story.corridors for end in (corridor.origin, corridor.target)}
    marked |= {role.place.id for _, role in find_claims(story)}
    found: dict[str, tuple[Place, str, str, dict[str, None]]] = {}
    for event in story.events:
        for name, role in _own_roles(event):
            if role.place.id not in marked:
                words: dict[str, None] = {}
                first = (role.place, name, f"event-{event.id}", words)
                found.setdefault(role.place.id, first)[3][say_role(name, event)] = None
    return [_Part(place, name, _sum_up(parts), item) for place, name, item, parts in found.values()]


def _own_roles(event: Event) -> Iterator[tuple[str, Role]]:
    """Yield the roles of an event; where it came down says more than where it was going."""
    seen: set[str] = set()
    for name in ROLES:
        for role in getattr(event, name):
            if name in ("origin", "impact") or role.place.id not in seen:
                yield (_OVER if _is_flown_over(event, name, role) else name), role
        seen |= {role.place.id for role in getattr(event, name)}


def _is_flown_over(event: Event, name: str, role: Role) -> bool:
    """Whether a place is part of the way: said so, or the area that a flight is told of."""
    is_area = role.precision in ("region", "country", "sea")
    return role.rule == "flown-over" or (event.type == "flight" and name == "place" and is_area)


def _sum_up(words: dict[str, None]) -> str:
    """Join the parts of a place; what is asserted need not be claimed as well."""
    plain = {word for word in words if ", " not in word}
    return "; ".join(word for word in words if word in plain or word.split(", ")[0] not in plain)


def _draw(part: _Part, view: View) -> tuple[Mark, LegendEntry]:
    """Draw a place by what is known of it."""
    try:
        end = make_end(part.place, view=view)
    except UnknownExtentError:
        text = f"{part.words}; somewhere about here"
        return _point(part, signs.STAY, "question"), LegendEntry(
            "point", text, signs.STAY, "question"
        )
    if not end.is_area:
        style, sign = _POINT_SIGNS[part.role]
        return _point(part, style, sign), LegendEntry("point", part.words, style, sign)
    return _area(part, end.geometry)


def _point(part: _Part, style: Style, sign: Sign) -> Mark:
    """Draw a place as a point."""
    place = part.place
    caption = caption_of(place.name, part.words)
    return PointMark(
        place.lon, place.lat, part.label, style, sign, _GROUP, part.item, caption, rank=13.0
    )


def _area(part: _Part, geometry: Any) -> tuple[Mark, LegendEntry]:  # noqa: ANN401  shapely's own
    """Draw a place as an area; a sea without the outline that is its countries' coast."""
    place, style = part.place, _AREA_STYLES[part.role]
    if place.kind == "sea" and part.role == "impact":
        style = signs.CLAIM_SEA
    words = part.words if part.role == _OVER else f"{part.words}: somewhere here"
    west, _, east, _ = shapely.bounds(geometry)
    known = place.kind in ("country", "sea") and east - west > _WIDE_DEG
    mark = AreaMark(
        None if known else simplify_area(geometry),
        part.label,
        style,
        _GROUP,
        part.item,
        place.id,
        caption=f"{place.name}\n{words}",
        at=(place.lon, place.lat) if known else None,
        rank=9.0,
    )
    return mark, LegendEntry("area", words, style)
