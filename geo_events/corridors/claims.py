"""Verdicts on other claims: fell in, in range of, came within, took off from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.corridors.ends import End, Given, UnknownExtentError, make_end
from geo_events.corridors.extents import measure_extent_km
from geo_events.corridors.facts import draw_lines, find_facts
from geo_events.corridors.shares import measure_disc_share
from geo_events.corridors.verdict import BORDER_ACCURACY_KM, Answer, Verdict
from geo_events.corridors.verdicts import check_crossing, not_checkable
from geo_events.corridors.wording import format_share, name_place
from geo_events.corridors.world import cite_world
from geo_events.measures import format_km, parse_length
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from geo_events.corridors.corridor import Corridor

__all__ = ["check_impact", "check_origin", "check_range", "check_separation"]

_NEVER_WHAT = "Geometry shows only what is possible; it neither confirms nor denies the fall."


def check_impact(
    origin: Given,
    target: Given,
    place: Given,
    *,
    detour: str | None = None,
    max_length: str | None = None,
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
    try:
        ends = [
            make_end(given, view=view, what=what)
            for given, what in ((origin, "origin"), (target, "target"), (place, "place"))
        ]
    except UnknownExtentError as error:
        question = _impact_question(str(origin), str(target), str(place))
        return not_checkable(question, str(error), view, claim="impact")
    question = _impact_question(*(name_place(end) for end in ends))
    if not ends[2].is_area:
        return _check_point_impact(ends, question, view)
    found = check_crossing(*ends, detour=detour, max_length=max_length, view=view)
    return replace(found, question=question, claim="impact", reasons=(*found.reasons, _NEVER_WHAT))


def _impact_question(origin: str, target: str, place: str) -> str:
    """Return the claim as a question."""
    return f"Can something that flies straight from {origin} to {target} fall in {place}?"


def _check_point_impact(ends: list[End], question: str, view: View) -> Verdict:
    """Check an alleged fall at a point."""
    origin, target, place = ends
    miss = find_facts(draw_lines(origin, target)[0], place).miss_km
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
        share=float(near.mean()),
        miss_km=float(miss.min()),
        method="closest approach of geodesics on WGS 84",
        data=cite_world(view),
        view=view,
        origin=origin,
        target=target,
        territory=place,
    )


def check_range(origin: Given, target: Given, reach: str, *, view: View = "de_facto") -> Verdict:
    """Check a claim that one place is in range of another.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Points or areas.
    reach : str
        The range, such as "1500 km".
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        Of claim "range". "yes": even the longest straight line is shorter than the range by more
        than the accuracy of the data; "no": even the shortest is longer; "depends" in between,
        with the share of pairs of points in range.

    Raises
    ------
    InvalidInputError, InvalidMeasureError, PlaceNotFoundError, AmbiguousPlaceError
        As `make_corridor` does.

    Examples
    --------
    >>> check_range("Moscow", "Ankara", "1000 km").answer
    'no'
    """
    validate_view(view)
    reach_km = parse_length(reach, name="reach") / 1000
    try:
        start = make_end(origin, view=view, what="origin")
        end = make_end(target, view=view, what="target")
    except UnknownExtentError as error:
        question = f"Is {target} within {reach} of {origin}?"
        return not_checkable(question, str(error), view, claim="range")
    shortest, longest = measure_extent_km(start.geometry, end.geometry)
    share = measure_disc_share(start, end, reach_km)
    answer = _range_answer(shortest, longest, reach_km)
    return Verdict(
        question=f"Is {name_place(end)} within {reach} of {name_place(start)}?",
        answer=answer,
        claim="range",
        reasons=_range_reasons(answer, (start, end), (shortest, longest), share),
        share=share,
        method="geodesic distance on WGS 84",
        data=cite_world(view),
        view=view,
        origin=start,
        target=end,
    )


def _range_answer(shortest: float, longest: float, reach: float) -> Answer:
    """Choose the answer from the shortest and the longest line."""
    if longest < reach - BORDER_ACCURACY_KM:
        return "yes"
    if shortest > reach + BORDER_ACCURACY_KM:
        return "no"
    clearly = shortest < reach - BORDER_ACCURACY_KM and longest > reach + BORDER_ACCURACY_KM
    return "depends" if clearly else "too close to call"


def _range_reasons(
    answer: Answer, ends: tuple[End, End], extent: tuple[float, float], share: float
) -> tuple[str, ...]:
    """Say how far the two places are from each other."""
    start, end = (name_place(place) for place in ends)
    shortest, longest = (format_km(km) for km in extent)
    apart = f"{start} and {end} are {shortest} apart"
    if any(place.is_area for place in ends):
        apart = f"{start} and {end} are {shortest} to {longest} apart"
    apart = apart[0].upper() + apart[1:]
    if answer == "depends":
        return (
            f"{apart}: {format_share(share)} pairs of points are in range.",
            "This is a share of area, not a probability.",
        )
    if answer == "too close to call":
        return (f"{apart}; the positions are good to about {BORDER_ACCURACY_KM:g} km.",)
    return (f"{apart}, measured straight.",)


def check_separation(
    first: Corridor | None, second: Corridor | None, within: str, *, view: View = "de_facto"
) -> Verdict:
    """Check a claim that two movers came within a distance of each other.

    Parameters
    ----------
    first, second : Corridor or None
        The two lines; None where the text does not say where one of them flew.
    within : str
        The distance, such as "20 nmi".
    view : {"de_facto", "recognised"}
        Whose borders, for the record.

    Returns
    -------
    Verdict
        Of claim "separation". "not checkable" unless both lines have a speed and a departure:
        that lines come near each other says nothing of those who flew them. Else "yes" or "no"
        by the guaranteed least distance between the two, "too close to call" within the accuracy
        of the data.

    Raises
    ------
    InvalidMeasureError
        A distance without its unit.

    Examples
    --------
    >>> check_separation(None, None, "20 nmi").answer
    'not checkable'
    """
    validate_view(view)
    limit_km = parse_length(within, name="within") / 1000
    question = f"Did the two come within {within} of each other?"
    if first is None or second is None or not (first.is_line and second.is_line):
        reason = "The text does not say where both flew, as lines between points."
        return not_checkable(question, reason, view, claim="separation")
    from geo_events.corridors.separation import measure_separation  # noqa: PLC0415  avoids a cycle

    found = measure_separation(first, second)
    least = format_km(found.distance_km)
    if found.method != "moving":
        reason = (
            f"The straight lines come within {least} of each other, but without both departures "
            "and speeds nobody can say how near the movers came."
        )
        return not_checkable(question, reason, view, claim="separation")
    answer: Answer = "yes" if found.distance_km <= limit_km else "no"
    if abs(found.distance_km - limit_km) <= BORDER_ACCURACY_KM:
        answer = "too close to call"
    return Verdict(
        question=question,
        answer=answer,
        claim="separation",
        reasons=(
            f"On straight lines at the speeds given they come within {least} of each other.",
            "The routes flown are unknown.",
        ),
        method="closest point of approach on WGS 84",
        data=cite_world(view),
        view=view,
    )


def check_origin(place: Given | None, *, view: View = "de_facto") -> Verdict:
    """Record a claim that something took off from a place, which geometry cannot check.

    Parameters
    ----------
    place : str, Place, LonLat, shapely geometry or None
        Where it is said to have started.
    view : {"de_facto", "recognised"}
        Whose borders, for the record.

    Returns
    -------
    Verdict
        Of claim "origin"; always "not checkable", with the reason.

    Examples
    --------
    >>> check_origin("Incirlik").answer
    'not checkable'
    """
    validate_view(view)
    shown = "the place" if place is None else str(getattr(place, "name", place))
    return not_checkable(
        f"Did it take off from {shown}?",
        "Where something took off leaves no trace in geometry; only observation can tell.",
        view,
        claim="origin",
    )
