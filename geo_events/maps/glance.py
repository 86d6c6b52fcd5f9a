"""The answers that a reader looks for first, in one short table beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.verdict import BORDER_ACCURACY
from geo_events.corridors.wording import format_share, name_place
from geo_events.maps import signs
from geo_events.maps.claim_layers import DOUBTED
from geo_events.maps.event_titles import name_event
from geo_events.maps.evidence import say_source
from geo_events.maps.features import AreaMark
from geo_events.story.questions import write_mid_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.maps.content import Evidence, MapContent
    from geo_events.maps.drawing import Drawing
    from geo_events.story.story import Story
    from geo_events.text.events import Event
    from geo_events.values import View

__all__ = ["border_fact", "corridor_facts", "story_facts", "warning_facts"]

Fact = tuple[str, str]

_CRIMEA = "Crimea is drawn with Russia, who controls it; most states count it to Ukraine."
_MOST = 3  # claims in the table; the list has them all
_PARTS = (
    (signs.ORIGIN_THROUGH, "every line from", "dotted part"),
    (signs.ORIGIN_SOME, "some lines from", "striped part"),
    (signs.ORIGIN_NONE, "none from", "pale part"),
)


def border_fact(view: View) -> Fact:
    """Say how good the borders are, and whose."""
    whose = "who controls (de facto)" if view == "de_facto" else "close to recognition by states"
    return "Borders", f"good to about {BORDER_ACCURACY}; {whose}"


def corridor_facts(drawing: Drawing, ends: MapContent, filled: MapContent) -> tuple[Fact, ...]:
    """Answer what a reader asks of a corridor's map.

    Parameters
    ----------
    drawing : Drawing
        The corridor, and what is asked of it.
    ends : MapContent
        The layer of its ends: the parts of the origin that are shaded are named.
    filled : MapContent
        The layer of the countries crossed.

    Returns
    -------
    tuple of (str, str)
        Label and answer: from where it is crossed, what a longer route changes, what is not
        shown, how good the borders are.
    """
    corridor, focus, verdict = drawing.corridor, drawing.focus, drawing.verdict
    facts: list[Fact] = []
    if focus is not None:
        where = _say_parts(ends, name_place(corridor.origin))
        facts += [(f"Crosses {focus.name}", where)] if where else []
        takes = verdict.condition if verdict is not None else ""
        facts += [("What it takes", takes)] if takes else []
    facts += _longer_route(corridor, verdict)
    if not corridor.is_line:
        at_sea = corridor.origin.kind in ("sea", "lake")
        what = "Ship positions" if at_sea else "Launch points"
        what = what if corridor.origin.is_area else "Where it ended"
        facts.append((what, "not known, not shown: the lines are evenly spread samples"))
    else:
        facts.append(("Route flown", "not known, not shown: this is the straight line"))
    return (*facts, border_fact(corridor.view), *_contested(filled, corridor.view))


def _contested(filled: MapContent, view: View) -> Iterator[Fact]:
    """Say of a filled country what others count to another."""
    known = {mark.territory for mark in filled.marks if isinstance(mark, AreaMark)}
    if view == "de_facto" and "country:RUS" in known:
        yield "Take care", _CRIMEA


def _say_parts(ends: MapContent, origin: str) -> str:
    """Say from which shaded part of the origin every line, some or none cross."""
    drawn = {mark.style: mark for mark in ends.marks if isinstance(mark, AreaMark)}
    said = [
        f"{share} the {part}{_say_side(drawn[style].label)}"
        for style, share, part in _PARTS
        if style in drawn
    ]
    return f"{'; '.join(said)} of {origin}" if said else ""


def _say_side(label: str) -> str:
    """Return where a part lies, as its label says it: " (everywhere south of 42° N)"."""
    _, bracket, side = label.partition(" (")
    return f" ({side}" if bracket else ""


def _longer_route(corridor: Corridor, verdict: Verdict | None) -> Iterator[Fact]:
    """Say what a slightly longer route changes."""
    if verdict is None or verdict.can_cross is None or verdict.can_avoid is None:
        return
    name = name_place(verdict.territory) if verdict.territory is not None else "it"
    label = verdict.allowance or "a longer route"
    if corridor.is_line:
        words = _say_single(name, verdict)
    else:
        free, word = (
            (corridor.origin, "from") if corridor.origin.is_area else (corridor.target, "to")
        )
        cross, avoid = (_say_part(share) for share in (verdict.can_cross, verdict.can_avoid))
        decides = "a small detour decides it: it " if verdict.can_cross * verdict.can_avoid else ""
        words = (
            f"{decides}could cross {name} {word} {cross} of {name_place(free)}, "
            f"and could stay out of it {word} {avoid}"
        )
    yield f"{label[:1].upper()}{label[1:]}", words


def _say_single(name: str, verdict: Verdict) -> str:
    """Say what a longer route between two points could do."""
    cross = "could cross" if verdict.can_cross else "could not cross"
    avoid = "could stay out of it" if verdict.can_avoid else "could not stay out of it"
    link = "and" if bool(verdict.can_cross) == bool(verdict.can_avoid) else "but"
    if not verdict.can_cross:
        return f"{cross} {name} either"
    return f"{cross} {name}, {link} {avoid}"


def _say_part(share: float) -> str:
    """Say how much of an area."""
    if share >= 1:
        return "all"
    return "no point" if share <= 0 else f"{format_share(share)} points"


def story_facts(story: Story, evidence: dict[str, Evidence]) -> tuple[Fact, ...]:
    """Say what a story claims and what it says is denied.

    Parameters
    ----------
    story : Story
        Any.
    evidence : dict of str to Evidence
        Of each event, by its id.

    Returns
    -------
    tuple of (str, str)
        What the text itself says, what is claimed and what is denied, with sources; three of each.
    """
    said = [
        name_event(event, evidence[event.id])
        for event in story.events
        if event.status == "asserted" and event.type != "other"
    ]
    facts = _list("Said", said)
    for label, stance in (("Claimed", "claims"), ("Denied", "denies")):
        said = [
            f"{name_event(event, evidence[event.id])}, by {who}"
            for event in story.events
            if event.status in DOUBTED and (who := _sources(event, stance))
        ]
        facts += _list(label, said)
    return tuple(facts)


def _list(label: str, texts: list[str]) -> list[Fact]:
    """Set texts below one label, the first three of many."""
    more = len(texts) - _MOST
    facts = [(label, text) for text in texts[:_MOST]]
    return facts + ([(label, f"{more} more in the list below")] if more > 0 else [])


def warning_facts(story: Story, evidence: dict[str, Evidence]) -> tuple[Fact, ...]:
    """Say what makes a story less certain than it looks; events by their names, not their ids."""
    names = {event.id: name_event(event, evidence[event.id]) for event in story.events}
    disputed = {event.id for event in story.events if event.status == "disputed"}
    facts = []
    for warning in story.warnings:
        head, colon, rest = warning.partition(": ")
        if head not in disputed:  # who claims and who denies it stands above
            facts.append(("Take care", f"{names.get(head, head)}{colon}{rest}"))
    return tuple(facts)


def _sources(event: Event, stance: str) -> str:
    """Name who says it: "two officials, through CNN"; the first two sources, named ones first."""
    said = [one for one in event.statements if one.stance == stance]
    named = [one for one in said if one.who] or said
    return "; ".join(list(dict.fromkeys(write_mid_sentence(say_source(one)) for one in named))[:2])
