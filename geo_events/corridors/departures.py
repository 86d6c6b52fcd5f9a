"""Verdicts on origins: whether something can have come from where it is said to have come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.atlas.places import Place
from geo_events.corridors.extents import measure_extent_km
from geo_events.corridors.reach import check_range
from geo_events.corridors.verdict import Verdict
from geo_events.corridors.verdicts import not_checkable, understand_ends
from geo_events.corridors.wording import name_place
from geo_events.measures import format_km
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from datetime import date

    from geo_events.corridors.ends import Given

__all__ = ["check_origin"]

_NO_TRACE = "Where something took off leaves no trace in geometry; only observation can tell."


def check_origin(
    place: Given | None,
    target: Given | None = None,
    *,
    reach: str | None = None,
    when: date | None = None,
    view: View = "de_facto",
) -> Verdict:
    """Check a claim that something took off from a place.

    Parameters
    ----------
    place : str, Place, LonLat, shapely geometry or None
        Where it is said to have started; None where that is not said.
    target : str, Place, LonLat, shapely geometry, optional
        Where it went.
    reach : str, optional
        How far it can go, such as "1500 km".
    when : date, optional
        The day of the event, as for `check_crossing`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Verdict
        Of claim "origin". With a target and a range the answer of `check_range`: from how much
        of the place the target can be reached. Else "not checkable", with the reason and with
        the range that would rule the place out.

    Raises
    ------
    InvalidInputError, InvalidMeasureError, PlaceNotFoundError, AmbiguousPlaceError
        As `make_corridor` does.

    Examples
    --------
    >>> check_origin("Incirlik").answer
    'not checkable'
    >>> check_origin("Moscow", "Ankara", reach="1000 km").answer
    'no'
    """
    validate_view(view)
    shown = name_place(place) if isinstance(place, Place) else str(place or "the place")
    question = f"Did it take off from {shown}?"
    if place is None or target is None:
        return not_checkable(question, _NO_TRACE, view, claim="origin")
    given = {"origin": place, "target": target}
    ends = understand_ends(given, view, lambda *_: question, claim="origin")
    if isinstance(ends, Verdict):
        return ends
    start, end = ends
    question = f"Can it have come from {name_place(start)}, on its way to {name_place(end)}?"
    if reach is not None:
        found = check_range(start, end, reach, when=when, view=view)
        return replace(found, question=question, claim="origin")
    shortest, longest = measure_extent_km(start.geometry, end.geometry)
    apart = f"The two are {format_km(longest)} apart"
    if start.is_area or end.is_area:
        apart = f"The two are {format_km(shortest)} to {format_km(longest)} apart"
    return not_checkable(
        question,
        f"{apart}, and no range is given that would rule it out. {_NO_TRACE}",
        view,
        claim="origin",
        condition=f"Only with a range of {format_km(shortest)} or more.",
        origin=start,
        target=end,
    )
