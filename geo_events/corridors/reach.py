"""Verdicts on ranges: whether a place is in reach of another, and what a range rules out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo_events.corridors.ends import End, Given, make_end
from geo_events.corridors.extents import measure_extent_km
from geo_events.corridors.history import say_borders
from geo_events.corridors.origins import find_origins
from geo_events.corridors.sampling import sample_end
from geo_events.corridors.shares import measure_disc_share
from geo_events.corridors.surroundings import measure_area_km2
from geo_events.corridors.verdict import BORDER_ACCURACY_KM, Answer, Verdict
from geo_events.corridors.verdicts import understand_ends
from geo_events.corridors.wording import find_where, format_share, name_place
from geo_events.corridors.world import cite_world
from geo_events.measures import format_km, parse_length
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

__all__ = ["check_range", "limit_origin"]

_LOOKS = 1024
_HALF_TURN = 180.0


def check_range(
    origin: Given,
    target: Given,
    reach: str,
    *,
    when: date | None = None,
    view: View = "de_facto",
) -> Verdict:
    """Check a claim that one place is in range of another.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Points or areas.
    reach : str
        The range, such as "1500 km".
    when : date, optional
        The day of the event, as for `check_crossing`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        Of claim "range". "yes": even the longest straight line is shorter than the range by more
        than the accuracy of the data; "no": even the shortest is longer; "depends" in between,
        with the share of pairs of points in range. `where` is the part of the origin's area from
        which some point of the target is in range; the reasons say how much of it is ruled out.

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
    ask = partial(_question, reach)
    ends = understand_ends({"origin": origin, "target": target}, view, ask, claim="range")
    if isinstance(ends, Verdict):
        return ends
    start, end = ends
    shortest, longest = measure_extent_km(start.geometry, end.geometry)
    answer = _answer(shortest, longest, reach_km)
    share = measure_disc_share(start, end, reach_km)
    verdict = Verdict(
        question=ask(name_place(start), name_place(end)),
        answer=answer,
        claim="range",
        reasons=("",),
        share=share,
        method="geodesic distance on WGS 84",
        data=cite_world(view),
        view=view,
        origin=start,
        target=end,
        where=_part_in_reach(start, end, reach, answer) if start.is_area else shapely.Polygon(),
    )
    warned = say_borders(when, (start, end), view)
    reasons = (*_reasons(verdict, (shortest, longest), reach), *warned)
    return replace(verdict, reasons=reasons, condition=_condition(verdict, (shortest, longest)))


def _question(reach: str, origin: str, target: str) -> str:
    """Return the claim as a question."""
    return f"Is {target} within {reach} of {origin}?"


def limit_origin(origin: Given, target: Given, reach: str, *, view: View = "de_facto") -> End:
    """Return the part of an origin from which the target is in reach.

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
    End
        The origin itself where the range rules nothing out, where it is a point, or where all of
        it is out of reach; else an area named after it.

    Raises
    ------
    InvalidInputError, InvalidMeasureError, PlaceNotFoundError, AmbiguousPlaceError
        As `check_range` does.

    Examples
    --------
    >>> limit_origin("Yemen", "Riyadh", "1000 km").name
    'the part of Yemen within 1000 km of Riyadh'
    """
    start = make_end(origin, view=view, what="origin")
    end = make_end(target, view=view, what="target")
    if not start.is_area:
        return start
    found = check_range(start, end, reach, view=view)
    if found.answer != "depends" or _ruled_out(start, found.where) <= 0:
        return start
    name = f"the part of {name_place(start)} within {reach} of {name_place(end)}"
    inside = shapely.point_on_surface(found.where)
    return replace(
        start, name=name, id="", geometry=found.where, lon=inside.x, lat=inside.y, place=None
    )


def _answer(shortest: float, longest: float, reach: float) -> Answer:
    """Choose the answer from the shortest and the longest line."""
    if longest < reach - BORDER_ACCURACY_KM:
        return "yes"
    if shortest > reach + BORDER_ACCURACY_KM:
        return "no"
    clearly = shortest < reach - BORDER_ACCURACY_KM and longest > reach + BORDER_ACCURACY_KM
    return "depends" if clearly else "too close to call"


def _part_in_reach(start: End, end: End, reach: str, answer: Answer) -> BaseGeometry:
    """Return the part of the origin's area from which some point of the target is in range."""
    if answer == "yes":
        return start.geometry
    if answer == "no":
        return shapely.Polygon()
    found: BaseGeometry = shapely.union_all(find_origins(start, end, within=reach).geometry)
    return found


def _ruled_out(start: End, part: BaseGeometry) -> float:
    """Return the share of the origin's area that a range rules out."""
    return 1.0 - measure_area_km2(part) / measure_area_km2(start.geometry)


def _reasons(verdict: Verdict, extent: tuple[float, float], reach: str) -> tuple[str, ...]:
    """Say how far the two places are from each other, and what the range rules out."""
    start, end = _ends(verdict)
    one, other = name_place(start), name_place(end)
    shortest, longest = (format_km(km) for km in extent)
    apart = f"{one} and {other} are {shortest} apart"
    if start.is_area or end.is_area:
        apart = f"{one} and {other} are {shortest} to {longest} apart"
    apart = apart[0].upper() + apart[1:]
    if verdict.answer == "too close to call":
        return (f"{apart}; the positions are good to about {BORDER_ACCURACY_KM:g} km.",)
    if verdict.answer == "no":
        return (f"{apart}, measured straight; {reach} is not enough from anywhere.",)
    if verdict.answer == "yes":
        return (f"{apart}, measured straight.",)
    said = [f"{apart}: {format_share(verdict.share or 0.0)} pairs of points are in range."]
    if start.is_area:
        out = _ruled_out(start, verdict.where)
        points = f"{format_share(out)} points" if out > 0 else "no point"
        said.append(f"The range rules out {points} of {one} as origin.")
    return (*said, "This is a share of area, not a probability.")


def _condition(verdict: Verdict, extent: tuple[float, float]) -> str:
    """Say which range would do."""
    if verdict.answer == "no":
        return f"Only with a range of {format_km(extent[0])} or more."
    if verdict.answer != "depends":
        return ""
    start, _ = _ends(verdict)
    enough = f"{format_km(extent[1])} would do for all of it"
    if not start.is_area:
        return f"Only for a target in the part within range; {enough}."
    lon, lat = sample_end(start, _LOOKS)
    inside = shapely.contains_xy(verdict.where, lon, lat).astype(np.float64)
    only = find_where(lon % 360 if np.ptp(lon) > _HALF_TURN else lon, lat, inside).only
    return f"Only for a launch {f'{only}, ' if only else 'in the part '}within range; {enough}."


def _ends(verdict: Verdict) -> tuple[End, End]:
    """Return the two places of a range."""
    if verdict.origin is None or verdict.target is None:
        raise ValueError("a verdict on a range has two places")
    return verdict.origin, verdict.target
