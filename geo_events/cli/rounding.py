"""Round what is printed and saved: more digits than the geometry bears mislead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["decimals_of", "round_frame", "round_row"]

_THOUSANDTHS = re.compile(r"(?:^|_)(?:km2?|min)$")
_MILLIONTHS = re.compile(
    r"(?:^|_)(?:lon|lat|deg)(?:\d|_[ab])?$|(?:^|_)share$|^can_(?:cross|avoid)$|^sampling_"
)


def decimals_of(name: str) -> int | None:
    """Return how many decimals a column bears; None for one that is left as it is.

    Parameters
    ----------
    name : str
        Such as "enter_km", "enter_min" (3), "share" or "lon_a" (6).

    Returns
    -------
    int or None
        3 for km, km² and minutes, 6 for shares and degrees.

    Examples
    --------
    >>> decimals_of("inside_km"), decimals_of("share"), decimals_of("name")
    (3, 6, None)
    """
    if _THOUSANDTHS.search(name):
        return 3
    return 6 if _MILLIONTHS.search(name) else None


def round_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Round the numbers of a row by the names of its columns.

    Parameters
    ----------
    row : mapping
        Plain values; numbers may stand in nested lists.

    Returns
    -------
    dict
        A new one.
    """
    return {name: _round(value, decimals_of(name)) for name, value in row.items()}


def _round(value: Any, decimals: int | None) -> Any:  # noqa: ANN401 - any plain value
    """Round a number, or those in a list."""
    if decimals is None:
        return value
    if isinstance(value, float):
        return round(value, decimals)
    return [_round(item, decimals) for item in value] if isinstance(value, list | tuple) else value


def round_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Round the numbers of a frame by the names of its columns.

    Parameters
    ----------
    frame : DataFrame or GeoDataFrame
        Not changed.

    Returns
    -------
    DataFrame or GeoDataFrame
        A new one, with the same index, columns and attributes.
    """
    columns = {}
    for name in frame.columns:
        decimals = decimals_of(str(name))
        column = frame[name]
        if decimals is not None and column.dtype.kind == "f":
            columns[name] = column.astype("float64").round(decimals)
        elif decimals is not None and column.dtype == object:
            columns[name] = column.map(lambda value, n=decimals: _round(value, n))
    return frame.assign(**columns)
