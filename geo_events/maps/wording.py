"""Words on the map: what part a place has in an event, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo_events.text.events import Event

__all__ = ["caption_of", "name_role", "say_doubt", "say_role"]

_ONE_LINE = 26  # characters of a caption that a telephone shows beside a point in its middle
_ROLES: dict[str, dict[str, str]] = {
    "origin": {
        "launch": "launch place",
        "strike": "launch place",
        "crash": "launch place",
        "interception": "launch place",
        "flight": "departure",
        "diversion": "departure",
        "movement": "departure",
    },
    "destination": {
        "launch": "target",
        "strike": "target",
        "interception": "target",
        "diversion": "diverted to",
    },
    "impact": {"strike": "strike", "crash": "fall", "interception": "interception"},
    "place": {
        "launch": "place of the launch",
        "strike": "place of the strike",
        "crash": "place of the fall",
        "interception": "place of the interception",
        "flight": "flight",
        "movement": "movement",
        "diversion": "place of the diversion",
    },
}
_ELSE = {
    "origin": "origin",
    "destination": "destination",
    "impact": "impact",
    "place": "place of the event",
    "over": "said to be flown over",
}
_SAID = ("claimed", "alleged")


def say_role(role: str, event: Event) -> str:
    """Return in words what part a place has in an event.

    Parameters
    ----------
    role : {"origin", "destination", "impact", "place", "over"}
        The field of the event.
    event : Event
        Its type tells launch from departure; its status is added where it is not asserted.

    Returns
    -------
    str
        Such as "launch place", "diverted to", "target, denied".
    """
    word = name_role(role, event.type)
    if event.status == "asserted" or (role == "over" and event.status in _SAID):
        return word
    return f"{word}, {event.status if event.status == 'planned' else say_doubt(event)}"


def name_role(role: str, kind: str) -> str:
    """Return the word for a part in an event of a type: "departure", "target".

    Examples
    --------
    >>> name_role("destination", "flight"), name_role("destination", "launch")
    ('destination', 'target')
    """
    return _ROLES.get(role, {}).get(kind, _ELSE[role])


def say_doubt(event: Event) -> str:
    """Say that an event is claimed, and that it is denied.

    Parameters
    ----------
    event : Event
        One that is not asserted.

    Returns
    -------
    str
        "claimed", "alleged", "denied" or "claimed and denied".
    """
    stances = {said.stance for said in event.statements}
    if event.status == "disputed" or {"claims", "denies"} <= stances:
        return "claimed and denied"
    return {"denied": "denied", "alleged": "alleged"}.get(event.status, "claimed")


def caption_of(name: str, words: str) -> str:
    """Set a name and what is said of it on one line, or on two where one is too long.

    Examples
    --------
    >>> caption_of("Ryazan", "strike claimed")
    'Ryazan: strike claimed'
    """
    line = f"{name}: {words}"
    return line if len(line) <= _ONE_LINE else f"{name}:\n{words}"
