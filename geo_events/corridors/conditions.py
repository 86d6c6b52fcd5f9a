"""What would have to be true: from where, to where, or on how much longer a route."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo_events.corridors.wording import Where, find_where, format_share, name_place
from geo_events.geodesy.ellipsoid import A_M, inverse, to_ecef

if TYPE_CHECKING:
    from geo_events.corridors.ends import End
    from geo_events.corridors.facts import LineFacts
    from geo_events.corridors.verdict import Verdict

__all__ = ["find_part", "measure_least_detour", "say_condition", "say_detour", "say_reachable"]

Floats = npt.NDArray[np.float64]

_SPACING_DEG = 0.1
_MOST_POINTS = 2_000
_LINES = 8
_LONGEST_DETOUR = 10.0


def say_condition(verdict: Verdict, facts: LineFacts, even: int) -> str:
    """Say what would have to be true for a line to cross.

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
    str
        Such as "Only for a launch south of 43° N, on a straight line."; empty for "yes" and "too
        close to call", where nothing more need be true.
    """
    if verdict.answer == "depends":
        return _say_part_needed(verdict, find_part(verdict, facts, even))
    if verdict.answer != "no" or verdict.territory is None:
        return ""
    return say_detour(measure_least_detour(facts.lines, verdict.territory))


def say_detour(longer: float) -> str:
    """Say how long a route must be at least.

    Parameters
    ----------
    longer : float
        Share of the straight line's length, as `measure_least_detour` gives it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> say_detour(0.0812)
    'Only on a route at least 8.2 % longer than the straight line.'
    """
    if longer > _LONGEST_DETOUR:
        return "Only on a route of more than ten times the length of the straight line."
    return f"Only on a route at least {_round_up(longer)} % longer than the straight line."


def say_reachable(longer: float) -> str:
    """Say which route reaches what the straight line passes by.

    Parameters
    ----------
    longer : float
        Share of the straight line's length, as `measure_least_detour` gives it.

    Returns
    -------
    str
        A clause.

    Examples
    --------
    >>> say_reachable(0.0027)
    'a route 0.3 % longer could reach it'
    """
    if longer > _LONGEST_DETOUR:
        return "only a route of more than ten times its length could reach it"
    return f"a route {_round_up(longer)} % longer could reach it"


def _round_up(share: float) -> str:
    """Write a share in per cents, never less than needed and never zero."""
    tenths = max(math.ceil(share * 1000 - 1e-6), 1)
    return f"{tenths / 10:g}" if tenths < 100 else f"{math.ceil(tenths / 10)}"


def find_part(verdict: Verdict, facts: LineFacts, even: int) -> Where:
    """Find in which part of the area at one end the lines cross.

    Parameters
    ----------
    verdict : Verdict
        With its places.
    facts : LineFacts
        What the straight lines do.
    even : int
        The first so many lines are spread evenly over the areas.

    Returns
    -------
    Where
        Of the origin, or of the target where only that is an area.
    """
    side = slice(0, 2) if verdict.origin is not None and verdict.origin.is_area else slice(2, 4)
    lon, lat = facts.lines[:even, side].T
    if np.ptp(lon) > 180:
        lon = lon % 360
    return find_where(lon, lat, facts.crossing[:even].astype(np.float64))


def _say_part_needed(verdict: Verdict, part: Where) -> str:
    """Say from or to which part of an area a straight line crosses."""
    origin, target = verdict.origin, verdict.target
    if origin is None or target is None:
        return ""
    what, free = ("a launch", origin) if origin.is_area else ("a target", target)
    if part.only:
        few = "" if part.never else " (and a few points beyond)"
        return f"Only for {what} {part.only}{few}, on a straight line."
    share = format_share(verdict.share or 0.0)
    if origin.is_area and target.is_area:
        return f"Only for {share} pairs of launch point and target, on a straight line."
    preposition = "from" if origin.is_area else "to"
    return f"Only {preposition} {share} points of {name_place(free)}, on a straight line."


def measure_least_detour(lines: Floats, territory: End) -> float:
    """Measure how much longer than a straight line a route must be to touch a territory.

    Parameters
    ----------
    lines : ndarray, shape (n, 4)
        lon0, lat0, lon1, lat1 in degrees; none of them touches it.
    territory : End
        A point or an area.

    Returns
    -------
    float
        Share of the straight line's length; the least over all lines. Infinite where a line has
        no length.

    Notes
    -----
    The way from start to end by a point of the outline is two geodesics. Points at most 0.1°
    apart are tried, so that the result is too large by less than 0.1 % of lines over 200 km.
    """
    outline = shapely.get_coordinates(shapely.segmentize(territory.geometry, _SPACING_DEG))
    thin = outline[:: max(1, len(outline) // _MOST_POINTS)]
    start, end, via = (to_ecef(*points.T) for points in (lines[:, :2], lines[:, 2:], thin))
    rough = (_arcs(start, via) + _arcs(via, end).T).min(axis=1)
    straight = inverse(*lines.T)[2]
    longer = np.full(len(lines), np.inf)
    np.divide(rough * A_M, straight, out=longer, where=straight > 0)
    best = np.inf
    lon, lat = outline.T
    for row in np.argsort(longer)[:_LINES]:
        lon0, lat0, lon1, lat1 = lines[row]
        way = inverse(lon0, lat0, lon, lat)[2] + inverse(lon, lat, lon1, lat1)[2]
        if straight[row] > 0:
            best = min(best, float(way.min() / straight[row]) - 1.0)
    return max(best, 0.0)


def _arcs(first: Floats, second: Floats) -> Floats:
    """Return the angles between vectors from the Earth's centre, shape (n, m)."""
    return np.asarray(np.arccos(np.clip(first @ second.T, -1.0, 1.0)))
