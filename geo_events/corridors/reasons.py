"""The sentences of a verdict on a crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.conditions import find_part
from geo_events.corridors.verdict import BORDER_ACCURACY_KM
from geo_events.corridors.wording import format_share, name_place, say_where
from geo_events.measures import format_km

if TYPE_CHECKING:
    from geo_events.corridors.ends import End
    from geo_events.corridors.facts import LineFacts
    from geo_events.corridors.verdict import Verdict

__all__ = ["say_crossing", "say_end"]

_NEARLY_ALL, _NEARLY_NONE = 0.995, 0.005
_UNKNOWN = "The route flown is unknown."
_NOT_DISPROVED = "That does not disprove a crossing."


def say_crossing(verdict: Verdict, facts: LineFacts, even: int) -> tuple[str, ...]:
    """Say why a crossing is answered as it is.

    Parameters
    ----------
    verdict : Verdict
        Everything but its reasons.
    facts : LineFacts
        What the straight lines do.
    even : int
        The first so many lines are spread evenly over the areas.

    Returns
    -------
    tuple of str
        Plain sentences.
    """
    if verdict.answer == "depends":
        return _say_depends(verdict, facts, even)
    say = {"yes": _say_yes, "no": _say_no}.get(verdict.answer, _say_close)
    return say(verdict, facts)


def say_end(origin: End, target: End, territory: End) -> tuple[str, ...]:
    """Say that every line starts or ends in a territory.

    Parameters
    ----------
    origin, target, territory : End
        The territory is one of the two ends.

    Returns
    -------
    tuple of str
        Plain sentences.
    """
    verb = "starts" if territory.id == origin.id else "ends"
    every = f"Every straight line from {name_place(origin)} to {name_place(target)}"
    return (f"{every} {verb} in {name_place(territory)}.", _UNKNOWN)


def _ends(verdict: Verdict) -> tuple[End, End, End]:
    """Return the three places of a crossing."""
    if verdict.origin is None or verdict.target is None or verdict.territory is None:
        raise ValueError("a verdict on a crossing has three places")
    return verdict.origin, verdict.target, verdict.territory


def _lines(verdict: Verdict) -> str:
    """Name all the straight lines between two ends."""
    origin, target, _ = _ends(verdict)
    return f"straight line from {name_place(origin)} to {name_place(target)}"


def _say_yes(verdict: Verdict, facts: LineFacts) -> tuple[str, ...]:
    """Say that every line crosses."""
    name = name_place(_ends(verdict)[2])
    shortest, longest = verdict.inside_km or (0.0, 0.0)
    if len(facts.lines) == 1:
        first = f"The straight line crosses {name} for {format_km(longest)}."
    else:
        how_far = f"{format_km(shortest)} to {format_km(longest)}"
        first = f"Every {_lines(verdict)} crosses {name}, for {how_far}."
    return (first, _UNKNOWN, *_say_possible(verdict, "avoid", verdict.can_avoid))


def _say_no(verdict: Verdict, facts: LineFacts) -> tuple[str, ...]:
    """Say that every line misses, by how much, and that this proves little."""
    name = name_place(_ends(verdict)[2])
    miss = format_km(verdict.miss_km or 0.0)
    if len(facts.lines) == 1:
        first = f"The straight line misses {name} by {miss}."
    else:
        first = f"Every {_lines(verdict)} misses {name}, by at least {miss}."
    return (first, _NOT_DISPROVED, *_say_possible(verdict, "cross", verdict.can_cross))


def _say_close(verdict: Verdict, facts: LineFacts) -> tuple[str, ...]:
    """Say that the border data cannot tell."""
    name = name_place(_ends(verdict)[2])
    distance = verdict.miss_km if verdict.depth_km is None else verdict.depth_km
    near = f"{distance or 0.0:.1f} km"
    if len(facts.lines) == 1:
        first = f"Cannot tell: {near} from the border"
    else:
        where = "past" if verdict.depth_km is None else "inside"
        first = f"Cannot tell: some straight lines run {near} {where} the border of {name}"
    accuracy = f"the border data are good to about {BORDER_ACCURACY_KM:g} km"
    return (f"{first}; {accuracy}.",)


def _say_possible(verdict: Verdict, verb: str, share: float | None) -> tuple[str, ...]:
    """Say what a longer route could do, where that was asked."""
    if share is None or verdict.allowance is None:
        return ()
    name = name_place(_ends(verdict)[2])
    route = verdict.allowance
    if share <= _NEARLY_NONE:
        either = " either" if verb == "cross" else ""
        return (f"{_sentence(route)} could not {verb} {name}{either}.",)
    some = "" if share >= _NEARLY_ALL else f" from {format_share(share)} points"
    return (f"{_sentence(route)} could {verb} {name}{some}.",)


def _sentence(words: str) -> str:
    """Begin a sentence with these words."""
    return words[:1].upper() + words[1:]


def _say_depends(verdict: Verdict, facts: LineFacts, even: int) -> tuple[str, ...]:
    """Say on what it depends, where it holds, and what a longer route would change."""
    origin, target, territory = _ends(verdict)
    free = "Target" if not origin.is_area else "Launch point"
    both = origin.is_area and target.is_area
    what = "launch point and the target" if both else f"{free.lower()}"
    known = f"{'Launch point, target' if both else free} and route are unknown"
    free_end = origin if origin.is_area else target
    name = name_place(territory)
    return (
        f"Depends on the {what}.",
        f"{_say_share(verdict)}{_say_part(verdict, facts, even)}.",
        f"This is a share of {_kind_of_area(free_end)}, not a probability.",
        f"{known}{_say_longer(verdict, name, origin)}.",
        *_say_avoidance(verdict, name, origin),
    )


def _say_longer(verdict: Verdict, name: str, origin: End) -> str:
    """Say from where a longer route could cross, where that is known."""
    if verdict.can_cross is None or verdict.allowance is None:
        return ""
    route = verdict.allowance
    if verdict.can_cross <= _NEARLY_NONE:
        return f"; {route} could not cross {name} either"
    return f"; {route} could cross {name} {_from_where(verdict.can_cross, origin)}"


def _say_share(verdict: Verdict) -> str:
    """Say from how many points the lines cross."""
    origin, target, territory = _ends(verdict)
    share, name = format_share(verdict.share or 0.0), name_place(territory)
    start, end = name_place(origin), name_place(target)
    if not target.is_area:
        return f"Straight lines to {end} cross {name} from {share} points of {start}"
    if not origin.is_area:
        return f"Straight lines from {start} cross {name} to {share} points of {end}"
    return f"Of the straight lines from {start} to {end}, {share} cross {name}"


def _say_part(verdict: Verdict, facts: LineFacts, even: int) -> str:
    """Say in which part of the area it holds, after a colon; empty where no part stands out."""
    origin, target, _ = _ends(verdict)
    where = say_where(find_part(verdict, facts, even))
    if where and origin.is_area and target.is_area:
        return f": from {where}"
    return f": {where}" if where else ""


def _kind_of_area(end: End) -> str:
    """Name the area that shares are of."""
    return f"{end.kind} area" if end.kind in ("sea", "lake") else "area"


def _from_where(share: float, origin: End) -> str:
    """Say from how much of the area a longer route could do it."""
    if not origin.is_area:
        return "to anywhere" if share >= _NEARLY_ALL else f"to {format_share(share)} points"
    return "from anywhere" if share >= _NEARLY_ALL else f"from {format_share(share)} points"


def _say_avoidance(verdict: Verdict, name: str, origin: End) -> tuple[str, ...]:
    """Say from how much of the area a longer route could stay out."""
    if verdict.can_avoid is None:
        return ()
    if verdict.can_avoid <= _NEARLY_NONE:
        return (f"It could avoid {name} from nowhere.",)
    return (f"It could avoid {name} {_from_where(verdict.can_avoid, origin)}.",)
