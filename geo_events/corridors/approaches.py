"""Verdicts on nearness: whether two movers, or a mover and a place, came within a distance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geo_events.corridors.allowances import Judge, make_allowance, say_allowance
from geo_events.corridors.conditions import measure_least_detour, say_detour, say_reachable
from geo_events.corridors.facts import draw_lines, find_facts
from geo_events.corridors.history import say_borders
from geo_events.corridors.separation import measure_separation
from geo_events.corridors.verdict import BORDER_ACCURACY_KM, Answer, Verdict
from geo_events.corridors.verdicts import not_checkable, understand_ends
from geo_events.corridors.wording import format_share, name_place
from geo_events.corridors.world import cite_world
from geo_events.measures import format_km, parse_length
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from datetime import date

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.ends import End, Given
    from geo_events.corridors.facts import Floats
    from geo_events.corridors.separation import Separation
    from geo_events.geodesy.detours import Allowance

__all__ = ["check_approach", "check_separation"]

_NEEDED = "Only both lines, speeds and departures would tell."
_UNKNOWN = "The routes flown are unknown."
_NO_PROOF = "That does not disprove it."


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
        Of claim "separation". With a speed and a departure for both: "yes" or "no" by the least
        distance between the two in time, "too close to call" within the accuracy of the data.
        Without: "no" where the lines stay farther apart than that, else "not checkable", for
        lines that come near each other say nothing of when they were flown.

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
        reason = (
            f"{within} are {format_km(limit_km)}. The text does not say where both flew, "
            "as lines between points."
        )
        return not_checkable(question, reason, view, claim="separation", condition=_NEEDED)
    found = measure_separation(first, second)
    answer = _answer(found, limit_km)
    if answer is None:
        reason = (
            f"The straight lines come within {format_km(found.distance_km)} of each other, but "
            "without both departures and speeds nobody can say how near the movers came."
        )
        return not_checkable(question, reason, view, claim="separation", condition=_NEEDED)
    return Verdict(
        question=question,
        answer=answer,
        claim="separation",
        reasons=(_say_least(found), _UNKNOWN),
        method="closest point of approach on WGS 84",
        data=cite_world(view),
        view=view,
    )


def _answer(found: Separation, limit_km: float) -> Answer | None:
    """Choose the answer; None where lines without times leave it open."""
    if found.method != "moving":
        return "no" if found.distance_km > limit_km + BORDER_ACCURACY_KM else None
    if abs(found.distance_km - limit_km) <= BORDER_ACCURACY_KM:
        return "too close to call"
    return "yes" if found.distance_km <= limit_km else "no"


def _say_least(found: Separation) -> str:
    """Say how near the two come."""
    least = format_km(found.distance_km)
    if found.method == "moving":
        return f"On straight lines at the speeds given they come within {least} of each other."
    return f"The straight lines come no nearer to each other than {least}, at any time."


def check_approach(
    origin: Given,
    target: Given,
    place: Given,
    within: str,
    *,
    detour: str | None = None,
    max_length: str | None = None,
    when: date | None = None,
    view: View = "de_facto",
) -> Verdict:
    """Check a claim that something on its way came within a distance of a place.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Where it came from and where it went.
    place : str, Place, LonLat or shapely geometry
        What it came near to; a point or an area.
    within : str
        The distance, such as "20 nmi".
    detour, max_length : str, optional
        How long a route may be, as for `check_crossing`: it fills `can_cross`.
    when : date, optional
        The day of the event, as for `check_crossing`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        Of claim "separation". "yes" where every straight line passes within the distance by more
        than the accuracy of the data (2 km), "no" where none does, "depends" where some do and
        some do not; `share` of the lines, and `miss_km`, the least distance of any. `can_cross` is
        the share of lines for which a route within the allowance reaches the place itself.

    Raises
    ------
    InvalidInputError, InvalidMeasureError, PlaceNotFoundError, AmbiguousPlaceError
        As `check_crossing` does.

    Examples
    --------
    >>> check_approach("Anchorage", "Seoul", "Petropavlovsk-Kamchatsky", "500 km").answer
    'yes'
    """
    validate_view(view)
    limit_km = parse_length(within, name="within") / 1000
    ask = partial(_question, within)
    given = {"origin": origin, "target": target, "place": place}
    ends = understand_ends(given, view, ask, claim="separation")
    if isinstance(ends, Verdict):
        return ends
    lines, even = draw_lines(ends[0], ends[1])
    miss = find_facts(lines, ends[2]).miss_km
    sure = miss < limit_km - BORDER_ACCURACY_KM
    clear = miss > limit_km + BORDER_ACCURACY_KM
    answer: Answer = "yes" if sure.all() else "no" if clear.all() else "too close to call"
    if sure.any() and clear.any():
        answer = "depends"
    share = float((miss[:even] <= limit_km).mean())
    longer = measure_least_detour(lines, ends[2]) if answer == "no" else 0.0
    allowance = make_allowance(detour, max_length)
    return Verdict(
        question=ask(*map(name_place, ends)),
        answer=answer,
        claim="separation",
        reasons=(*_reasons(answer, miss, ends[2], share, longer), *say_borders(when, ends, view)),
        condition=say_detour(longer) if answer == "no" else "",
        share=share,
        can_cross=_reached(ends, allowance),
        allowance=say_allowance(detour, max_length) or None,
        miss_km=float(miss.min()),
        method="closest approach of geodesics on WGS 84",
        data=cite_world(view),
        view=view,
        origin=ends[0],
        target=ends[1],
        territory=ends[2],
    )


def _question(within: str, origin: str, target: str, place: str) -> str:
    """Return the claim as a question."""
    return f"Does the straight line from {origin} to {target} come within {within} of {place}?"


def _reached(ends: list[End], allowance: Allowance | None) -> float | None:
    """Return the share of lines for which a route within the allowance reaches the place."""
    if allowance is None:
        return None
    return Judge(ends[0], ends[1], allowance).can_cross(ends[2].geometry)


def _reasons(
    answer: Answer, miss: Floats, place: End, share: float, longer: float
) -> tuple[str, ...]:
    """Say how near the lines come."""
    name, least, most = name_place(place), *map(format_km, (float(miss.min()), float(miss.max())))
    if answer == "no":
        lines = "line passes" if len(miss) == 1 else "lines pass"
        far = least if len(miss) == 1 else f"{least} to {most}"
        return (
            f"The straight {lines} {name} at {far}; {say_reachable(longer)}.",
            _NO_PROOF,
            _UNKNOWN,
        )
    if len(miss) == 1:
        first = f"The straight line comes within {least} of {name}."
    elif answer == "depends":
        first = f"Depends on the line: {format_share(share)} of them do; the nearest passes {least}"
        return (f"{first} from {name}.", "This is a share of area, not a probability.", _UNKNOWN)
    else:
        first = f"The straight lines pass {least} to {most} from {name}."
    unsure = f"The data are good to about {BORDER_ACCURACY_KM:g} km."
    return (first, unsure if answer == "too close to call" else _UNKNOWN)
