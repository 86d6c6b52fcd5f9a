"""What the columns of a frame are, in words that a file can carry, and the way back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "Description",
    "describe_frame",
    "flatten",
    "index_name",
    "is_counting",
    "kind_of",
    "restore_frame",
    "with_index",
]

Description = dict[str, Any]
Column = Any  # a pandas Series; the stubs know none whose dtype is found at run time

_INDEX_NAME = "row"
# The kinds that a file may name; anything else in a file is not believed.
_KINDS = re.compile(
    r"u?int(8|16|32|64)|float(32|64)|bool|str|string|category|object|date|geometry"
    r"|U?Int(8|16|32|64)|Float(32|64)|boolean"
    r"|(datetime64|timedelta64)\[(s|ms|us|ns)(, [\w/+:-]{1,40})?\]"
)
_BOOLS = {True: True, False: False, "True": True, "False": False, "true": True, "false": False}
_HAS_STR = int(pd.__version__.partition(".")[0]) >= 3  # before, a column of texts is "object"


def is_counting(frame: pd.DataFrame) -> bool:
    """Tell whether a frame's index is the plain, nameless count from zero."""
    index = frame.index
    return index.name is None and index.equals(pd.RangeIndex(len(index)))


def flatten(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn an index of several levels into columns; any other frame is returned as it is."""
    return frame.reset_index() if frame.index.nlevels > 1 else frame


def with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the frame with its labels as the first column, unless they only count."""
    return frame if is_counting(frame) else frame.reset_index(names=index_name(frame))


def index_name(frame: pd.DataFrame) -> str:
    """Return a name for the column of the labels that no other column has."""
    name = str(frame.index.name or _INDEX_NAME)
    while name in frame.columns:
        name += "_"
    return name


def describe_frame(frame: pd.DataFrame) -> Description:
    """Describe a frame's index, columns and attributes, so that a file can say what it held.

    Parameters
    ----------
    frame : DataFrame
        Any table with an index of one level.

    Returns
    -------
    dict
        What JSON can hold: `columns`, the kind of each by its name, in order; `index`, its name,
        its kind and the column that holds it, where it is no plain count; `attrs`, the plain
        ones, where there are some. A kind is a dtype's name, "date" for a column of dates, or
        "geometry".

    Examples
    --------
    >>> describe_frame(pd.DataFrame({"km": [2.5], "day": [dt.date(2015, 10, 7)]}))
    {'columns': {'km': 'float64', 'day': 'date'}}
    """
    named = {str(name): kind_of(frame.iloc[:, k]) for k, name in enumerate(frame.columns)}
    description: Description = {"columns": named}
    if not is_counting(frame):
        name = None if frame.index.name is None else str(frame.index.name)
        kind = kind_of(frame.index.to_series())
        description["index"] = {"name": name, "kind": kind, "column": index_name(frame)}
    attrs = {
        str(key): value
        for key, value in frame.attrs.items()
        if isinstance(value, str | bool | int) or (isinstance(value, float) and np.isfinite(value))
    }
    return description | ({"attrs": attrs} if attrs else {})


def kind_of(column: Column) -> str:
    """Name the kind of a column."""
    if column.dtype != object:
        return str(column.dtype)
    cells = column.dropna()
    dates = len(cells) and all(
        isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) for cell in cells
    )
    return "date" if dates else "object"


def restore_frame(
    cells: Mapping[str, Sequence[Any]],
    description: Description,
    *,
    count: int,
    index: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Build a frame from what a file holds and what it says about itself.

    Parameters
    ----------
    cells : mapping of str to sequence of length `count`
        The columns found; plain values, or texts; None for what is missing. Geometries, where
        there are some, as shapely objects.
    description : dict
        As `describe_frame` gave it; nothing in it is believed that does not fit the cells: such
        a column gets the dtype that its cells suggest.
    count : int
        How many rows.
    index : sequence, optional
        The labels of the rows.

    Returns
    -------
    DataFrame or GeoDataFrame
        First the columns of the description, in its order, then the others.

    Examples
    --------
    >>> restore_frame({"km": ["2.5"]}, {"columns": {"km": "float64"}}, count=1).km.tolist()
    [2.5]
    """
    kinds = _believed(description.get("columns"))
    missing = [None] * count
    names = dict.fromkeys([*kinds, *cells])
    data = {
        name: _column(cells.get(name, missing), kinds.get(name))
        for name in names
        if kinds.get(name) != "geometry" or name in cells
    }
    frame = pd.DataFrame(data, columns=list(data), index=pd.RangeIndex(count))
    shapes = [name for name in data if kinds.get(name) == "geometry"]
    if shapes:
        frame = gpd.GeoDataFrame(frame, geometry=shapes[0], crs=4326)
    if index is not None:
        frame.index = _labels(index, description.get("index"))
    attrs = description.get("attrs")
    frame.attrs = dict(attrs) if isinstance(attrs, dict) else {}
    return frame


def _believed(named: object) -> dict[str, str]:
    """Keep the kinds that are known."""
    if not isinstance(named, dict):
        return {}
    return {
        name: kind
        for name, kind in named.items()
        if isinstance(name, str) and isinstance(kind, str) and _KINDS.fullmatch(kind)
    }


def _labels(index: Sequence[Any], said: object) -> pd.Index:
    """Build the index of the rows."""
    said = said if isinstance(said, dict) else {}
    kind = said.get("kind")
    known = isinstance(kind, str) and _KINDS.fullmatch(kind) is not None
    name = said.get("name")
    labels = _column(index, kind if known else None)
    return pd.Index(labels, name=name if isinstance(name, str) else None)


def _column(cells: Sequence[Any], kind: str | None) -> Column:
    """Build a column of a kind; where the cells do not fit it, of what they suggest."""
    if kind is None:
        return _infer(cells)
    try:
        return _convert(cells, kind)
    except (ValueError, TypeError, KeyError, OverflowError):
        return _infer(cells)


def _infer(cells: Sequence[Any] | Column) -> Column:
    """Build a column of the dtype that its cells suggest."""
    return cells if isinstance(cells, pd.Series) else pd.Series(list(cells)).infer_objects()


def _convert(cells: Sequence[Any], kind: str) -> Column:
    """Build a column of a kind."""
    plain: Column = pd.Series(list(cells), dtype=object)
    if kind == "geometry":
        return gpd.GeoSeries(plain, crs=4326)
    if kind in ("object", "category"):
        return plain.astype(kind)
    if kind == "date":
        return plain.map(dt.date.fromisoformat, na_action="ignore").astype(object)
    if kind in ("str", "string"):
        return _convert_texts(plain, kind)
    if kind in ("bool", "boolean"):
        return plain.map(_BOOLS.__getitem__, na_action="ignore").astype(kind)
    if kind.startswith("datetime64"):
        times: Column = pd.to_datetime(plain, utc="," in kind, format="ISO8601")
        return times.astype(kind)
    if kind.startswith("timedelta64"):
        durations: Column = pd.to_timedelta(plain)
        return durations.astype(kind)
    return _convert_numbers(plain, kind)


def _convert_texts(plain: Column, kind: str) -> Column:
    """Build a column of texts; numbers are no texts."""
    if not plain.dropna().map(lambda cell: isinstance(cell, str)).all():
        raise TypeError("expected texts")
    return plain.astype(kind) if kind == "string" or _HAS_STR else plain


def _convert_numbers(plain: Column, kind: str) -> Column:
    """Build a column of numbers that keep their value."""
    numbers = pd.to_numeric(plain.where(plain.notna(), np.nan))
    converted = numbers.astype(kind)
    if "int" in kind.lower() and not (converted.dropna() == numbers.dropna()).all():
        raise ValueError("expected whole numbers")
    return converted
