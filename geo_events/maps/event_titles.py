"""Name an event in a few words that say what is told, and not that it happened."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from geo_events.corridors.wording import join_words, name_place
from geo_events.maps.evidence import name_instrument
from geo_events.story.questions import write_mid_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo_events.maps.content import Evidence
    from geo_events.text.events import Event, Role

__all__ = ["STATUS_WORDS", "name_event"]

STATUS_WORDS = {
    "asserted": "the text itself says so",
    "claimed": "somebody says so",
    "alleged": "said to be so, by nobody named",
    "denied": "somebody says that it is not so",
    "disputed": "one side says so, another denies it",
    "planned": "said to be going to happen",
}
_LENGTH = 90
_MOST_PLACES = 4
_NOUNS = {
    "launch": "Launch",
    "strike": "Strike",
    "flight": "Flight",
    "diversion": "Diversion",
    "crash": "Fall",
    "interception": "Interception",
    "movement": "Movement",
}
_WITH = {"strike": "with", "interception": ":"}
_BY_ACTOR = {"launch": "by", "strike": "by", "interception": "by"}
_POINTS = ("city", "airport", "airbase", "port", "facility", "institution", "point")
_GENERIC = frozenset(("flight", "launch", "strike", "movement", "crash", "diversion", "attack"))


def name_event(event: Event, evidence: Evidence) -> str:
    """Name an event: "Launch of 26 cruise missiles from the Caspian Sea to Syria".

    Parameters
    ----------
    event : Event
        Any.
    evidence : Evidence
        Its quotes; the first one names an event of no known type.

    Returns
    -------
    str
        One line; a noun, so that it does not assert what is only claimed.
    """
    noun = _NOUNS.get(event.type)
    if noun is None:
        said = evidence.quotes[0].text if evidence.quotes else event.actor or event.type
        return shorten(said, _LENGTH, placeholder=" …")
    ways = " ".join(_ways(event))
    what = _what(event)
    if what.startswith(":"):
        return f"{noun} {ways}{what}" if ways else f"{noun}{what}"
    return " ".join(filter(None, (noun, what, ways)))


def _what(event: Event) -> str:
    """Say of what, with what or by whom; "" where the text only says "the flight"."""
    thing = name_instrument(event)
    if thing and thing.lower().split()[-1] not in _GENERIC:
        link, thing = _WITH.get(event.type, "of"), write_mid_sentence(thing)
        return f": {thing}" if link == ":" else f"{link} {thing}"
    if event.actor:
        return f"{_BY_ACTOR.get(event.type, 'of')} {write_mid_sentence(event.actor)}"
    return ""


def _ways(event: Event) -> Iterator[str]:
    """Yield "from the Caspian Sea", "to Syria" and the like; no place twice."""
    if event.origin:
        yield f"from {_names(event.origin)}"
    seen = {role.place.id for role in event.origin}
    down = {role.place.id for role in event.impact}
    target = [role for role in event.destination if role.place.id not in down]
    if target:
        yield f"{'on' if event.type == 'strike' else 'to'} {_names(target)}"
    seen |= {role.place.id for role in target}
    for word in ("impact", "place"):
        roles = [role for role in getattr(event, word) if role.place.id not in seen]
        seen |= {role.place.id for role in roles}
        for link in dict.fromkeys(_link(event, role, word) for role in roles):
            yield f"{link} {_names([role for role in roles if _link(event, role, word) == link])}"


def _link(event: Event, role: Role, word: str) -> str:
    """Return the word before a place: in, on, at, over or via."""
    is_point = role.place.kind in _POINTS
    if role.rule == "flown-over" or (event.type == "flight" and word == "place"):
        return "via" if is_point else "over"
    if event.type == "strike" and word == "impact":
        return "on" if is_point else "in"
    return "at" if is_point and role.place.kind != "city" else "in"


def _names(roles: Sequence[Role]) -> str:
    """Join the names of places, the first four of many."""
    names = list(dict.fromkeys(name_place(role.place) for role in roles))
    more = len(names) - _MOST_PLACES
    return join_words(names if more <= 0 else [*names[:_MOST_PLACES], f"{more} more"])
