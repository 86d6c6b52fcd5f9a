"""Verdicts on falls: whether something that flies from here to there can fall in a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.corridors.approaches import check_approach
from geo_events.corridors.verdict import Verdict
from geo_events.corridors.verdicts import check_crossing, understand_ends
from geo_events.corridors.wording import name_place
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from datetime import date

    from geo_events.corridors.ends import Given

__all__ = ["NEAR_A_POINT", "check_impact"]

NEAR_A_POINT = "25 km"

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
        Of claim "impact". For a territory the answer of `check_crossing`. For a point that of
        `check_approach` within 25 km: a text names the town, and things fall beside it.

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
    start, end, where = ends
    names = [name_place(one) for one in ends]
    if where.is_area:
        question = _impact_question(*names)
        found = check_crossing(*ends, detour=detour, max_length=max_length, when=when, view=view)
    else:
        question = _point_question(*names)
        found = check_approach(
            start,
            end,
            where,
            NEAR_A_POINT,
            detour=detour,
            max_length=max_length,
            when=when,
            view=view,
        )
    reasons = (*map(_about_falls, found.reasons), _NEVER_WHAT)
    return replace(found, question=question, claim="impact", reasons=reasons)


def _impact_question(origin: str, target: str, place: str) -> str:
    """Return the claim as a question."""
    return f"Can something that flies straight from {origin} to {target} fall in {place}?"


def _point_question(origin: str, target: str, place: str) -> str:
    """Return the claim of a fall at a point as a question."""
    line = f"the straight line from {origin} to {target}"
    return f"Does {line} pass within {NEAR_A_POINT} of {place}?"


def _about_falls(reason: str) -> str:
    """Name the fall in what was said of nearness."""
    return reason.replace("does not disprove it.", "does not disprove the fall.")
