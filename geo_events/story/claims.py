"""From the claims of a text to verdicts of geometry: every claim gets one, checkable or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from geo_events.corridors.approaches import check_approach, check_separation
from geo_events.corridors.departures import check_origin
from geo_events.corridors.ends import End, UnknownExtentError, make_end
from geo_events.corridors.impacts import NEAR_A_POINT, check_impact
from geo_events.corridors.reach import check_range, limit_origin
from geo_events.corridors.verdicts import check_crossing, not_checkable
from geo_events.corridors.wording import name_place
from geo_events.story.pairs import find_lines, find_told, pair_ends
from geo_events.story.questions import (
    NO_PLACE_ON_THE_WAY,
    ask,
    ask_about,
    ask_origin,
    is_flown_over,
    say_dispute,
    say_missing_ends,
    say_no_origin,
)
from geo_events.story.ranges import read_length
from geo_events.story.reach_claims import check_reach_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story.pairs import Pair
    from geo_events.story.ranges import Reach
    from geo_events.text.events import Event, Role
    from geo_events.text.quantities import Quantity
    from geo_events.text.reader import Document
    from geo_events.values import View

__all__ = ["DETOUR", "check_claims"]

DETOUR = "5 %"
_DOUBTED = ("claimed", "alleged", "denied", "disputed")
_FLOWN = re.compile(
    r"\b(?:fl(?:ew|own|ying)|travel\w*|covered)\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE
)
_NEAR = 60
_OF_A_PLACE = re.compile(r"\s+(?:of|from|to)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class _Case:
    """What claims are checked with."""

    document: Document
    corridors: Sequence[Corridor]
    reaches: Mapping[str, Reach]
    view: View
    told: Mapping[int, tuple[Pair, ...]]
    starts: Sequence[int]
    kept: dict[tuple[object, ...], Verdict] = field(default_factory=dict)

    def once(self, key: tuple[object, ...], check: Callable[[], Verdict]) -> Verdict:
        """Check what several events claim alike only once."""
        if key not in self.kept:
            self.kept[key] = check()
        return self.kept[key]


def check_claims(
    document: Document,
    corridors: Sequence[Corridor],
    reaches: Mapping[str, Reach],
    view: View,
    *,
    given: Mapping[str, str],
) -> tuple[Verdict, ...]:
    """Check every claim of a text that geometry may have a say in.

    Parameters
    ----------
    document : Document
        What the text says.
    corridors : sequence of Corridor
        The corridors of the text.
    reaches : mapping of str to Reach
        How far the things of an event can go, by the event's id.
    view : {"de_facto", "recognised"}
        Whose borders.
    given : mapping of str to str
        Ranges that the reader gave, as `make_ranges` returns them.

    Returns
    -------
    tuple of Verdict
        In the order of the events, then claims of range, then separations; each question once,
        with the ids of all events that raise it. A claim that geometry cannot speak to is there
        too, as not checkable.
    """
    starts = [mention.start for mention in document.mentions]
    case = _Case(document, corridors, reaches, view, find_told(document.events), starts)
    found: dict[str, Verdict] = {}
    for event in document.events:
        for verdict in _check_event(event, case):
            known = found.get(verdict.question, verdict)
            ids = dict.fromkeys((*known.events, event.id))
            found[verdict.question] = replace(known, events=tuple(ids))
    for verdict in check_reach_claims(document, given, view):
        found.setdefault(verdict.question, verdict)
    for quantity in document.quantities:
        for verdict in _check_quantity(quantity, case):
            found.setdefault(verdict.question, verdict)
    return tuple(found.values())


def _check_event(event: Event, case: _Case) -> Iterator[Verdict]:
    """Check what one event claims, against the lines that it can be about."""
    lines = find_lines(event, case.told)
    own = pair_ends(event)
    verdicts: list[Verdict] = []
    for pair in lines:
        reach = case.reaches.get(event.id)
        if own and reach is not None:
            key = ("range", *_ids(pair), _day(event), reach)
            check = partial(_check_reach, pair, reach, event, case.view)
            verdicts.append(case.once(key, check))
        verdicts += _check_on_the_way(pair, event, case)
    if not lines:
        verdicts += [
            not_checkable(ask_about(event, role), say_missing_ends(event), case.view, claim=claim)
            for claim, role in _on_the_way(event)
        ]
    if event.status in _DOUBTED:
        verdicts += _check_origins(event, own, case)
        if not verdicts:
            reason = NO_PLACE_ON_THE_WAY if lines else say_missing_ends(event)
            verdicts.append(not_checkable(ask(event), reason, case.view, claim="other"))
    if not verdicts and (country := _acting_country(event, case)):
        reason = say_no_origin(event, country)
        verdicts.append(not_checkable(ask_origin(event), reason, case.view, claim="origin"))
    dispute = say_dispute(event)
    for verdict in verdicts:
        yield replace(verdict, reasons=(*verdict.reasons, *dispute))


def _acting_country(event: Event, case: _Case) -> str:
    """Return the country that launched something at a target, where no origin is stated."""
    if event.type != "launch" or event.origin or not event.destination or not event.actor:
        return ""
    named = (m.place for m in case.document.mentions if m.text in event.actor)
    return next((p.name for p in named if p is not None and p.kind == "country"), "")


def _on_the_way(event: Event) -> Iterator[tuple[str, Role]]:
    """Yield where an event is said to have come down, and what it is said to have flown over."""
    yield from (("impact", role) for role in event.impact)
    for role in event.place:
        if is_flown_over(event, role) or event.type == "interception":
            yield "crossing", role


def _check_on_the_way(pair: Pair, event: Event, case: _Case) -> Iterator[Verdict]:
    """Check falls and overflights against one pair of ends."""
    reach = case.reaches.get(event.id)
    for claim, role in _on_the_way(event):
        key = (claim, *_ids(pair), role.place.id, _day(event), reach)
        yield case.once(key, partial(_check_place, pair, event, (claim, role), case))


def _ids(pair: Pair) -> tuple[str, str]:
    """Return the ids of two ends."""
    return pair[0].place.id, pair[1].place.id


def _check_place(pair: Pair, event: Event, on_the_way: tuple[str, Role], case: _Case) -> Verdict:
    """Check one fall or overflight against one pair of ends."""
    claim, role = on_the_way
    if claim == "crossing" and _is_point(role.place, case.view):
        return _check_passed(pair, event, role, case.view)
    origin, allowed = _launch_from(pair, case.reaches.get(event.id), case.view)
    check = check_impact if claim == "impact" else check_crossing
    ends = (origin, pair[1].place, role.place)
    return check(*ends, when=_day(event), view=case.view, **allowed)


def _is_point(place: Place, view: View) -> bool:
    """Tell whether a line can only pass a place, not cross it."""
    try:
        return not make_end(place, view=view).is_area
    except UnknownExtentError:
        return False  # the check says so itself


def _check_passed(pair: Pair, event: Event, role: Role, view: View) -> Verdict:
    """Check whether lines pass a town that is said to have been flown over."""
    found = check_approach(
        pair[0].place,
        pair[1].place,
        role.place,
        NEAR_A_POINT,
        detour=DETOUR,
        when=_day(event),
        view=view,
    )
    return replace(found, claim="crossing")


def _launch_from(pair: Pair, reach: Reach | None, view: View) -> tuple[Place | End, dict[str, str]]:
    """Return the part of the origin that a range leaves, and how long a route may be."""
    origin, target = pair[0].place, pair[1].place
    if reach is None or not reach.is_limit:
        return origin, {"detour": DETOUR}
    try:
        in_reach = check_range(origin, target, reach.length, view=view).answer in ("yes", "depends")
        limited = limit_origin(origin, target, reach.length, view=view)
    except UnknownExtentError:
        return origin, {"detour": DETOUR}
    return (limited, {"max_length": reach.length}) if in_reach else (origin, {"detour": DETOUR})


def _check_reach(pair: Pair, reach: Reach, event: Event, view: View) -> Verdict:
    """Check whether the target is in range; say whose word the range is."""
    found = check_range(pair[0].place, pair[1].place, reach.length, when=_day(event), view=view)
    if not reach.is_limit and found.answer != "yes":
        reason = f"The text says at least {reach.length}, which sets no limit."
        return not_checkable(found.question, reason, view, claim="range")
    return replace(found, reasons=(*found.reasons, str(reach)))


def _check_origins(event: Event, own: tuple[Pair, ...], case: _Case) -> Iterator[Verdict]:
    """Check a doubted claim of where something came from; a range has answered it already."""
    if case.reaches.get(event.id) is not None and own:
        return
    for pair in own:
        places = [role.place for role in pair]
        check = partial(check_origin, *places, when=_day(event), view=case.view)
        yield case.once(("origin", *_ids(pair), _day(event)), check)
    if event.origin and not own:
        reason = f"{say_missing_ends(event)} Where something took off leaves no trace in geometry."
        yield not_checkable(ask(event), reason, case.view, claim="origin")


def _day(event: Event) -> date | None:
    """Return the first day on which an event can have been."""
    return None if event.date is None else event.date.start


def _check_quantity(quantity: Quantity, case: _Case) -> Iterator[Verdict]:
    """Check a distance that the text gives: how near something came, or how far it flew."""
    if quantity.km is None:
        return
    if quantity.kind == "separation":
        yield _check_nearness(quantity, case)
    flown = _FLOWN.search(case.document.text, max(0, quantity.offset - _NEAR), quantity.offset)
    if quantity.kind == "distance" and flown is not None:
        yield from _check_flown(quantity, case)


def _check_flown(quantity: Quantity, case: _Case) -> Iterator[Verdict]:
    """Check whether so short a flight can lead from one end to the other of its section's line."""
    section = case.document.section_of(quantity.offset)
    here = [corridor for corridor in case.corridors if corridor.section == section]
    if len(here) != 1:
        return
    (corridor,) = here
    length = read_length(quantity)
    when = corridor.days[0] if corridor.days else None
    ends = (corridor.origin, corridor.target)
    found = check_range(*ends, length, when=when, view=case.view)
    names = " to ".join(name_place(end) for end in ends)
    question = f"Can it have flown no more than {length} from {names}?"
    yield replace(found, question=question, events=corridor.events)


def _check_nearness(quantity: Quantity, case: _Case) -> Verdict:
    """Check how near something is said to have come: to a place, or to another mover."""
    within = read_length(quantity)
    section = case.document.section_of(quantity.offset)
    here = [corridor for corridor in case.corridors if corridor.section == section]
    place = _place_after(quantity, case)
    if place is None:
        lines = [corridor for corridor in here if corridor.is_line]
        first, second = lines if len(lines) == 2 and len(here) == 2 else (None, None)
        return check_separation(first, second, within, view=case.view)
    if len(here) != 1:
        question = f"Did anything come within {within} of {place.name}?"
        reason = "The text does not say from where to where it moved, so there is no line to check."
        return not_checkable(question, reason, case.view, claim="separation")
    (corridor,) = here
    when = corridor.days[0] if corridor.days else None
    ends = (corridor.origin, corridor.target)
    found = check_approach(*ends, place, within, when=when, view=case.view)
    return replace(found, events=corridor.events)


def _place_after(quantity: Quantity, case: _Case) -> Place | None:
    """Return the place that a distance is measured from: "within 20 miles of Guam"."""
    link = _OF_A_PLACE.match(case.document.text, quantity.offset + len(quantity.text))
    if link is None:
        return None
    row = bisect_left(case.starts, link.end())
    if row == len(case.starts) or case.starts[row] != link.end():
        return None
    mention = case.document.mentions[row]
    return mention.place if mention.kind == "name" else None
