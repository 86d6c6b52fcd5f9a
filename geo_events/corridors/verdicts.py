"""Verdicts on crossings: whether straight lines from here to there cross a territory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from geo_events.atlas.territories import load_pieces
from geo_events.corridors.allowances import Judge, check_max_length, make_allowance, say_allowance
from geo_events.corridors.conditions import say_condition
from geo_events.corridors.ends import End, Given, UnknownExtentError, in_view, make_end
from geo_events.corridors.extents import find_reach
from geo_events.corridors.facts import LineFacts, draw_lines, find_facts
from geo_events.corridors.history import say_borders
from geo_events.corridors.reasons import say_crossing, say_end
from geo_events.corridors.shares import measure_share
from geo_events.corridors.verdict import Answer, Verdict
from geo_events.corridors.wording import name_place
from geo_events.corridors.world import cite_world, load_world
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from geo_events.corridors.facts import Floats

__all__ = ["Places", "check_crossing", "decide", "not_checkable", "understand_ends"]

_USUAL_DETOUR = "5 %"


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The three places of a claim, understood."""

    origin: End
    target: End
    territory: End
    view: View

    @property
    def has_area(self) -> bool:
        """Whether origin or target is an area."""
        return self.origin.is_area or self.target.is_area

    def in_view(self, view: View) -> Places:
        """Return the same places in another view of the borders."""
        return Places(
            in_view(self.origin, view),
            in_view(self.target, view),
            in_view(self.territory, view),
            view,
        )


def check_crossing(
    origin: Given,
    target: Given,
    territory: Given,
    *,
    detour: str | None = None,
    max_length: str | None = None,
    when: date | None = None,
    view: View = "de_facto",
) -> Verdict:
    """Check whether straight lines from one place to another cross a territory.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Points or areas; an area stands for "somewhere in it".
    territory : str, Place or shapely geometry
        A country, sea, region, lake or polygon.
    detour, max_length : str, optional
        How much longer than the straight line a route may be ("5 %"), or how long at most
        ("1500 km"). Without either, an answer that depends says what 5 % would change.
    when : date, optional
        The day of the event; the answer warns where borders on the way have changed since.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        What geometry allows, never what happened. "not checkable" where the extent of a place is
        not known or the territory is a point.

    Raises
    ------
    InvalidInputError
        Bare number pairs and other unusable places; a greatest length shorter than the straight
        line.
    InvalidMeasureError
        A measure without its unit.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Notes
    -----
    See `Verdict` for what the answers mean. Shares are exact between a point and an area;
    whether *every* line crosses or misses is judged by 1,024 lines spread over the areas and 256
    at their rims.

    Examples
    --------
    >>> check_crossing("Moscow", "Ankara", "Ukraine").text
    'The straight line crosses Ukraine for 486 km. The route flown is unknown.'
    """
    view = validate_view(view)
    # A measure without its unit is refused before all else.
    allowance = make_allowance(detour, max_length)
    given = {"origin": origin, "target": target, "territory": territory}
    ends = understand_ends(given, view, _question)
    if isinstance(ends, Verdict):
        return ends
    places = Places(ends[0], ends[1], ends[2], view)
    check_max_length(allowance, places.origin, places.target)
    if not places.territory.is_area:
        return not_checkable(
            _question(*map(name_place, (places.origin, places.target, places.territory))),
            f"{places.territory.name} is known as a point, and a line crosses no point; "
            "ask how near the line comes to it.",
            view,
        )
    verdict = decide(places, detour=detour, max_length=max_length)
    warned = say_borders(when, ends, view)
    reasons = (*verdict.reasons, *_say_other_view(verdict, places), *warned)
    return replace(verdict, reasons=reasons)


def not_checkable(question: str, reason: str, view: View, **fields: object) -> Verdict:
    """Make the verdict for a claim that geometry cannot check.

    Parameters
    ----------
    question : str
        The claim.
    reason : str
        Why not.
    view : {"de_facto", "recognised"}
        Whose borders.
    **fields
        Further fields of the verdict.

    Returns
    -------
    Verdict
        With the answer "not checkable".
    """
    return Verdict(
        question=question,
        answer="not checkable",
        reasons=(reason,),
        method="none",
        data=cite_world(view),
        view=view,
        **fields,  # type: ignore[arg-type]
    )


def understand_ends(
    given: Mapping[str, Given], view: View, ask: Callable[..., str], **fields: object
) -> list[End] | Verdict:
    """Understand the places of a claim, or say why it is not checkable.

    Parameters
    ----------
    given : mapping of str to place
        The places by the names of their arguments, in the order of the question.
    view : {"de_facto", "recognised"}
        Whose borders.
    ask : callable
        Makes the question of their names.
    **fields
        Further fields of the verdict, such as the claim.

    Returns
    -------
    list of End, or Verdict
        A verdict where the extent of a place is not known.

    Raises
    ------
    InvalidInputError, PlaceNotFoundError, AmbiguousPlaceError
        As `make_end` does.
    """
    try:
        return [make_end(place, view=view, what=what) for what, place in given.items()]
    except UnknownExtentError as error:
        return not_checkable(ask(*map(str, given.values())), str(error), view, **fields)


def _question(origin: str, target: str, territory: str) -> str:
    """Return the claim as a question."""
    return f"Does the straight line from {origin} to {target} cross {territory}?"


def decide(places: Places, *, detour: str | None = None, max_length: str | None = None) -> Verdict:
    """Decide a crossing in one view, without looking at the other.

    Parameters
    ----------
    places : Places
        What was understood.
    detour, max_length : str, optional
        How much longer a route may be.

    Returns
    -------
    Verdict
        With its reasons in words.
    """
    if _is_end(places):
        return _decide_end(places, detour=detour, max_length=max_length)
    lines, even = draw_lines(places.origin, places.target)
    facts = find_facts(lines, places.territory)
    share, where = measure_share(
        places.origin, places.target, places.territory, load_world(places.view)
    )
    answer = _answer(facts)
    if answer == "depends" and detour is None and max_length is None:
        detour = _USUAL_DETOUR
    allowance = make_allowance(detour, max_length)
    allowed = None
    if allowance is not None:
        allowed = Judge(places.origin, places.target, allowance).judge(places.territory.geometry)
    crossing = facts.crossing
    verdict = Verdict(
        question=_question(*map(name_place, (places.origin, places.target, places.territory))),
        answer=answer,
        reasons=("",),
        share=share,
        can_cross=None if allowed is None else allowed.can_cross,
        can_avoid=None if allowed is None else allowed.can_avoid,
        allowance=say_allowance(detour, max_length) or None,
        inside_km=_range(facts.inside_km[crossing]),
        depth_km=float(facts.depth_km.max()) if crossing.any() else None,
        miss_km=float(facts.miss_km.min()) if not crossing.any() else None,
        method=_method(places),
        data=cite_world(places.view),
        view=places.view,
        origin=places.origin,
        target=places.target,
        territory=places.territory,
        where=where if places.origin.is_area else shapely.Polygon(),
    )
    condition = say_condition(verdict, facts, even)
    return replace(verdict, reasons=say_crossing(verdict, facts, even), condition=condition)


def _decide_end(places: Places, *, detour: str | None, max_length: str | None) -> Verdict:
    """Decide what needs no line: whether lines that start or end in a territory touch it."""
    asked = make_allowance(detour, max_length) is not None
    return Verdict(
        question=_question(*map(name_place, (places.origin, places.target, places.territory))),
        answer="yes",
        reasons=say_end(places.origin, places.target, places.territory),
        share=1.0,
        can_cross=1.0 if asked else None,
        can_avoid=0.0 if asked else None,
        allowance=say_allowance(detour, max_length) or None,
        method="the territory is an end of every line",
        data=cite_world(places.view),
        view=places.view,
        origin=places.origin,
        target=places.target,
        territory=places.territory,
        where=places.origin.geometry if places.origin.is_area else shapely.Polygon(),
    )


def _is_end(places: Places) -> bool:
    """Whether the territory is the origin or the target itself."""
    territory = places.territory.id
    return bool(territory) and territory in (places.origin.id, places.target.id)


def _answer(facts: LineFacts) -> Answer:
    """Choose the answer by what the lines do for certain."""
    if facts.deep.all():
        return "yes"
    if facts.clear.all():
        return "no"
    return "depends" if facts.deep.any() and facts.clear.any() else "too close to call"


def _range(values: Floats) -> tuple[float, float] | None:
    """Return least and greatest, or None without values."""
    return (float(values.min()), float(values.max())) if len(values) else None


def _method(places: Places) -> str:
    """Say how the verdict was found."""
    if not places.has_area:
        return "geodesic on WGS 84"
    if places.origin.is_area and places.target.is_area:
        return "geodesics on WGS 84 between 16 scrambles of quasi-random points"
    return "geodesics on WGS 84, share by the exact shadow"


def _say_other_view(verdict: Verdict, places: Places) -> tuple[str, ...]:
    """Say when the other view of the borders gives another answer."""
    other: View = "recognised" if places.view == "de_facto" else "de_facto"
    pieces = load_pieces()
    territory = places.territory.id
    if territory not in pieces.territory_ids:
        return ()
    number = pieces.number_of(territory)
    moved = (pieces.de_facto == number) != (pieces.recognised == number)
    ends = (places.origin.geometry, places.target.geometry)
    reach = find_reach(*ends)
    if not shapely.intersects(reach, pieces.polygons[moved]).any():
        return ()
    there = places.in_view(other)
    if there.territory.geometry.is_empty:
        return (f"In the view {other!r} {places.territory.name} is no territory of its own.",)
    answer = decide(there).answer
    return () if answer == verdict.answer else (f"In the view {other!r} the answer is: {answer}.",)
