"""Verdicts on falls: whether something that flies from here to there can fall in a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.corridors.conditions import measure_least_detour, say_detour
from geo_events.corridors.facts import draw_lines, find_facts
from geo_events.corridors.history import say_borders
from geo_events.corridors.verdict import BORDER_ACCURACY_KM, Answer, Verdict
from geo_events.corridors.verdicts import check_crossing, understand_ends
from geo_events.corridors.wording import name_place
from geo_events.corridors.world import cite_world
from geo_events.measures import format_km
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from datetime import date

    from geo_events.corridors.ends import End, Given
    from geo_events.corridors.facts import Floats

__all__ = ["check_impact"]

_NEVER_WHAT = "Geometry shows only what is possible; it neither confirms nor denies the fall."


def check_impact(
    origin: Given,
    target: Given,
    place: Given,
    *,
    detour: str | None = None,
    max_length: str | None = None,
    when: date | None = None,
    view: View = "de_facto",
) -> Verdict:
    """Check whether something that flies from one place to another can fall in a third.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Where it is said to have come from, and where it was to go.
    place : str, Place, LonLat or shapely geometry
        Where it is said to have fallen; a territory or a point.
    detour, max_length : str, optional
        As for `check_crossing`.
    when : date, optional
        The day of the event, as for `check_crossing`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        Of claim "impact". For a territory the answer of `check_crossing`. For a point: "yes"
        where every straight line passes within the accuracy of the data (2 km), "no" where none
        does, "depends" in between.

    Raises
    ------
    InvalidInputError, InvalidMeasureError, PlaceNotFoundError, AmbiguousPlaceError
        As `check_crossing` does.

    Examples
    --------
    >>> check_impact("Caspian Sea", "Syria", "Iran").answer
    'depends'
    """
    validate_view(view)
    given = {"origin": origin, "target": target, "place": place}
    ends = understand_ends(given, view, _impact_question, claim="impact")
    if isinstance(ends, Verdict):
        return ends
    question = _impact_question(*(name_place(end) for end in ends))
    if not ends[2].is_area:
        found = _check_point_impact(ends, question, view)
        return replace(found, reasons=(*found.reasons, *say_borders(when, ends, view)))
    found = check_crossing(*ends, detour=detour, max_length=max_length, when=when, view=view)
    return replace(found, question=question, claim="impact", reasons=(*found.reasons, _NEVER_WHAT))


def _impact_question(origin: str, target: str, place: str) -> str:
    """Return the claim as a question."""
    return f"Can something that flies straight from {origin} to {target} fall in {place}?"


def _check_point_impact(ends: list[End], question: str, view: View) -> Verdict:
    """Check an alleged fall at a point."""
    origin, target, place = ends
    lines = draw_lines(origin, target)[0]
    miss = find_facts(lines, place).miss_km
    near = miss <= BORDER_ACCURACY_KM
    answer: Answer = "yes" if near.all() else ("depends" if near.any() else "no")
    name, least = name_place(place), format_km(float(miss.min()))
    reason = {
        "yes": f"Every straight line passes within {format_km(float(miss.max()))} of {name}.",
        "no": f"No straight line comes nearer to {name} than {least}. "
        "That does not disprove a fall there.",
        "depends": f"Depends on the line: the nearest passes {least} from {name}.",
    }[answer]
    return Verdict(
        question=question,
        answer=answer,
        claim="impact",
        reasons=(reason, "The route flown is unknown.", _NEVER_WHAT),
        condition=_say_needed(answer, lines, place),
        share=float(near.mean()),
        miss_km=float(miss.min()),
        method="closest approach of geodesics on WGS 84",
        data=cite_world(view),
        view=view,
        origin=origin,
        target=target,
        territory=place,
    )


def _say_needed(answer: Answer, lines: Floats, place: End) -> str:
    """Say how much longer a route to the point must be than the straight line."""
    return say_detour(measure_least_detour(lines, place)) if answer == "no" else ""
