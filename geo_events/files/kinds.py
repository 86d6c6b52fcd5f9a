"""Which of our tables a CSV holds, told by its columns, and the dtypes that they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.story.frames import TABLE_DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["kinds_of_table"]

_DAYS = {"begin": "date", "end": "date"}
# Of a table of stays; every other column but the track's label holds words, as categories.
_STAYS = {
    **dict.fromkeys(("leg", "order"), "int32"),
    **dict.fromkeys(("enter_km", "leave_km", "inside_km", "depth_km", "miss_km"), "float64"),
    **dict.fromkeys(("enter_lon", "enter_lat", "leave_lon", "leave_lat"), "float64"),
    **dict.fromkeys(("enter_min", "leave_min"), "float64"),
    **dict.fromkeys(("clear_of_border", "contested"), "bool"),
}
_NO_WORDS = ("track", "row", "geometry", "view")
_FOUND = {
    **dict.fromkeys(("id", "name", "kind", "country", "region", "source", "reason"), "str"),
    **dict.fromkeys(("lon", "lat", "score"), "float64"),
    "population": "int64",
}
_SHARES = {
    **dict.fromkeys(("territory", "name", "kind", "part", "method"), "str"),
    **dict.fromkeys(("share", "sampling_low", "sampling_high"), "float64"),
}


def kinds_of_table(columns: Iterable[str]) -> dict[str, str]:
    """Give the kinds of the columns of one of our tables.

    Parameters
    ----------
    columns : iterable of str
        The names in a header.

    Returns
    -------
    dict of str to str
        Kinds as `describe_frame` gives them; empty where the table is none of ours.

    Examples
    --------
    >>> kinds_of_table(["territory", "enter_km", "leave_km", "leg"])["leg"]
    'int32'
    """
    there = set(columns)
    if {"territory", "enter_km", "leave_km"} <= there:
        words = dict.fromkeys(there.difference(_NO_WORDS), "category")
        return _present(words | _STAYS | _DAYS, there)
    for dtypes in (_SHARES, _FOUND, *TABLE_DTYPES.values()):
        if there >= dtypes.keys():
            days = {name: kind for name, kind in _DAYS.items() if dtypes.get(name) == "object"}
            return _present(dtypes | days, there)
    return {}


def _present(kinds: dict[str, str], there: set[str]) -> dict[str, str]:
    """Keep the kinds of columns that are there."""
    return {name: kind for name, kind in kinds.items() if name in there}
