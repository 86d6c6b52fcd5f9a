"""Write one table: CSV, Parquet, GeoParquet. All or nothing; an old file stays whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo_events.disk import open_atomic, write_text
from geo_events.files.columns import describe_frame, flatten, is_counting, with_index
from geo_events.files.frames import plain_columns, prepare_layer

if TYPE_CHECKING:
    import os

__all__ = ["DESCRIPTION_KEY", "encode_csv", "write_csv", "write_parquet"]

DESCRIPTION_KEY = "geo_events"  # under which our files hold what they say about themselves
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width too


def encode_csv(frame: pd.DataFrame, *, guard_formulas: bool = False) -> str:
    r"""Encode a table as CSV text.

    Parameters
    ----------
    frame : DataFrame
        Any table. Geometries in EPSG:4326 are cut at ±180° and written as WKT, lists joined by
        "; ".
    guard_formulas : bool
        Put an apostrophe before texts that a spreadsheet would run as a formula (they start with
        = + - @ or a control character).

    Returns
    -------
    str
        A header and one line per row, ended by "\n"; what is missing is an empty cell. The index
        comes first when it has a name or is not simply 0, 1, 2, …

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.

    Examples
    --------
    >>> print(encode_csv(pd.DataFrame({"name": ["=1+1"], "km": [2.5]}), guard_formulas=True))
    name,km
    '=1+1,2.5
    <BLANKLINE>
    """
    plain = plain_columns(with_index(_prepared(flatten(frame))))
    if isinstance(plain, gpd.GeoDataFrame):
        plain = pd.DataFrame(plain.to_wkt(rounding_precision=7))
    if guard_formulas:
        plain.columns = pd.Index([_guarded(str(name)) for name in plain.columns])
        plain = plain.astype(dict.fromkeys(plain.select_dtypes("category"), "object"))
        plain = plain.map(_guarded)
    return str(plain.to_csv(index=False, lineterminator="\n"))


def write_csv(
    frame: pd.DataFrame, path: str | os.PathLike[str], *, guard_formulas: bool = False
) -> Path:
    """Write what `encode_csv` gives to a file in UTF-8, all or nothing, and return its path."""
    return write_text(path, encode_csv(frame, guard_formulas=guard_formulas))


def write_parquet(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as Parquet, or as GeoParquet 1.1 when it has a geometry; all or nothing.

    Parameters
    ----------
    frame : DataFrame
        Any table; geometries in EPSG:4326 are cut at ±180°, lists joined by "; ".
    path : path-like
        The file; its folder must exist. It is returned.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.
    InvalidInputError
        The file cannot be written.
    """
    frame = flatten(frame)
    ready = plain_columns(_prepared(frame), dates=True).rename(columns=str)
    ready.attrs = {DESCRIPTION_KEY: describe_frame(frame)}
    version: dict[str, Any] = (
        {"schema_version": "1.1.0"} if isinstance(ready, gpd.GeoDataFrame) else {}
    )
    with open_atomic(path) as part:
        ready.to_parquet(part, index=None if is_counting(frame) else True, **version)
    return Path(path)


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """Check and cut the geometries of a frame that has some."""
    return prepare_layer(frame) if isinstance(frame, gpd.GeoDataFrame) else frame


def _guarded(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
