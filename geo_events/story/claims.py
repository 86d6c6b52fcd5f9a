"""From the claims of a text to verdicts of geometry: every claim gets one, checkable or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.claims import check_impact, check_range, check_separation
from geo_events.corridors.verdicts import check_crossing, not_checkable
from geo_events.errors import InvalidMeasureError
from geo_events.measures import parse_length
from geo_events.story.pairs import pair_ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo_events.corridors.verdict import Verdict
    from geo_events.text.events import Event, Role
    from geo_events.text.quantities import Quantity
    from geo_events.text.reader import Document
    from geo_events.values import View

__all__ = ["DETOUR", "check_claims"]

DETOUR = "5 %"
_DOUBTED = ("claimed", "alleged", "denied", "disputed")
_OVERFLOWN = ("flight", "launch", "movement")
_QUESTIONS = {
    "crash": "Did {what} fall{where}?",
    "strike": "Did {what} hit a target{where}?",
    "launch": "Did anybody launch {what}{where}?",
    "flight": "Did {what} fly{where}?",
    "diversion": "Did {what} turn away{where}?",
    "interception": "Did anybody intercept {what}{where}?",
    "movement": "Did {what} move{where}?",
    "other": "Did this happen{where}?",
}


def check_claims(document: Document, view: View) -> tuple[Verdict, ...]:
    """Check every claim of a text that geometry may have a say in.

    Parameters
    ----------
    document : Document
        What the text says.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    tuple of Verdict
        In the order of the events, then of the quantities; each question once. A claim that
        geometry cannot speak to is there too, as not checkable.
    """
    found: dict[str, Verdict] = {}
    for event in document.events:
        for verdict in _check_event(event, _pairs_for(event, document.events), view):
            found.setdefault(verdict.question, verdict)
    for quantity in document.quantities:
        for verdict in _check_quantity(quantity, document, view):
            found.setdefault(verdict.question, verdict)
    return tuple(found.values())


def _pairs_for(event: Event, events: Sequence[Event]) -> tuple[tuple[Role, Role], ...]:
    """Return the pairs of ends that a claim is checked against.

    A fall whose own sentence leaves its ends out is checked against the launch that its section
    tells, when that is one and the same pair of places throughout; the verdict names the pair.
    """
    pairs = pair_ends(event)
    if pairs or event.type != "crash" or not event.impact:
        return pairs
    told = {
        (origin.place.id, target.place.id): (origin, target)
        for other in events
        if other.type == "launch" and other.section == event.section
        for origin, target in pair_ends(other)
    }
    return tuple(told.values()) if len(told) == 1 else ()


def _check_event(
    event: Event, pairs: tuple[tuple[Role, Role], ...], view: View
) -> Iterator[Verdict]:
    """Check what one event claims, against the lines that it can be about."""
    falls = [role for role in event.impact if not _is_end(role, pairs)]
    over = event.place if event.type in _OVERFLOWN else ()
    over = tuple(role for role in over if not _is_end(role, pairs))
    for origin, target in pairs:
        for role in falls:
            yield check_impact(origin.place, target.place, role.place, detour=DETOUR, view=view)
        for role in over:
            yield check_crossing(origin.place, target.place, role.place, detour=DETOUR, view=view)
    if event.status in _DOUBTED and not pairs:
        yield not_checkable(_question(event), _reason(event), view, claim="other")
    elif event.status in _DOUBTED and not falls and not over:
        yield not_checkable(_question(event), _UNNAMED, view, claim="other")


_UNNAMED = (
    "The text names no place on the way that a line could cross or miss; "
    "whether it happened is nothing that geometry can say."
)


def _is_end(role: Role, pairs: tuple[tuple[Role, Role], ...]) -> bool:
    """Tell whether a place is, or holds, an end of a line: nothing to check then."""
    ends = [end.place for pair in pairs for end in pair]
    whole = role.place.kind == "country"
    return any(
        role.place.id == end.id or (whole and role.place.country == end.country) for end in ends
    )


def _question(event: Event) -> str:
    """Return the claim of an event as a question that names its places."""
    groups = (
        ("from", event.origin),
        ("to" if event.type in _OVERFLOWN else "in", event.destination),
        ("in", event.impact),
        ("in", event.place),
    )
    where, said = "", set[str]()
    for word, roles in groups:
        new = [role.place.name for role in roles if role.place.name not in said]
        said.update(new)
        where += f" {word} {' and '.join(new)}" if new else ""
    return _QUESTIONS[event.type].format(what=_what(event), where=where)


def _what(event: Event) -> str:
    """Return what an event is about, counted where the text counts it."""
    if event.count is not None and event.count.text:
        return event.count.text[0].lower() + event.count.text[1:]
    return event.instrument or "something"


def _reason(event: Event) -> str:
    """Say which end of the line the text leaves out."""
    missing = [
        word
        for word, roles in (("from where", event.origin), ("to where", event.destination))
        if not roles
    ]
    return (
        f"The text does not say {' and '.join(missing) or 'which origin goes with which target'}, "
        "so there is no line to check."
    )


def _check_quantity(quantity: Quantity, document: Document, view: View) -> Iterator[Verdict]:
    """Check a distance that the text gives: how near, or how far something reaches."""
    if quantity.km is None:
        return
    if quantity.kind == "separation":
        yield check_separation(None, None, quantity_length(quantity), view=view)
    elif quantity.kind == "range":
        section = document.section_of(quantity.offset)
        for event in document.events:
            if event.section == section:
                for origin, target in pair_ends(event):
                    reach = quantity_length(quantity)
                    yield check_range(origin.place, target.place, reach, view=view)


def quantity_length(quantity: Quantity) -> str:
    """Return a quantity's length with its unit, in the words of the text where they can be read."""
    try:
        parse_length(quantity.text)
    except InvalidMeasureError:
        return f"{(quantity.km or 0.0):g} km"
    return quantity.text
