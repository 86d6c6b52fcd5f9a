"""Write tables: CSV, GeoParquet, GeoPackage. All or nothing; an old file stays whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio

from geo_events.disk import open_atomic, write_text
from geo_events.errors import InvalidInputError
from geo_events.files.frames import plain_columns, prepare_layer

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

__all__ = ["encode_csv", "write_csv", "write_gpkg", "write_parquet"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width too
_INDEX_NAME = "row"


def encode_csv(frame: pd.DataFrame, *, guard_formulas: bool = False) -> str:
    r"""Encode a table as CSV text.

    Parameters
    ----------
    frame : DataFrame
        Any table. Geometries are written as WKT, lists joined by "; ".
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
        A column name twice.

    Examples
    --------
    >>> print(encode_csv(pd.DataFrame({"name": ["=1+1"], "km": [2.5]}), guard_formulas=True))
    name,km
    '=1+1,2.5
    <BLANKLINE>
    """
    plain = plain_columns(frame)
    if isinstance(plain, gpd.GeoDataFrame):
        plain = pd.DataFrame(plain.to_wkt(rounding_precision=7))
    if not _is_counting(frame):
        plain.insert(0, _index_name(frame), frame.index)
    if guard_formulas:
        plain.columns = pd.Index([_guarded(str(name)) for name in plain.columns])
        plain = plain.map(_guarded)
    return str(plain.to_csv(index=False, lineterminator="\n"))


def write_csv(
    frame: pd.DataFrame, path: str | os.PathLike[str], *, guard_formulas: bool = False
) -> Path:
    r"""Write a table as a CSV file in UTF-8, all or nothing.

    Parameters
    ----------
    frame : DataFrame
        As for `encode_csv`.
    path : path-like
        The file; its folder must exist.
    guard_formulas : bool
        As for `encode_csv`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FrameError
        A column name twice.
    InvalidInputError
        The file cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_csv(pd.DataFrame({"km": [2.5]}), pathlib.Path(folder) / "a.csv")
    ...     file.read_text()
    'km\n2.5\n'
    """
    return write_text(path, encode_csv(frame, guard_formulas=guard_formulas))


def write_parquet(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as Parquet, or as GeoParquet when it has a geometry; all or nothing.

    Parameters
    ----------
    frame : DataFrame
        Any table; geometries in EPSG:4326 are cut at ±180°, lists joined by "; ".
    path : path-like
        The file; its folder must exist.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.
    InvalidInputError
        The file cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_parquet(pd.DataFrame({"km": [2.5]}), pathlib.Path(folder) / "a.parquet")
    ...     pd.read_parquet(file).km.tolist()
    [2.5]
    """
    ready = plain_columns(_prepared(frame))
    ready.attrs = {}
    with open_atomic(path) as part:
        ready.to_parquet(part, index=None if _is_counting(frame) else True)
    return Path(path)


def write_gpkg(layers: Mapping[str, gpd.GeoDataFrame], path: str | os.PathLike[str]) -> Path:
    """Write frames as the layers of one GeoPackage, all or nothing.

    Parameters
    ----------
    layers : mapping of str to GeoDataFrame
        The frames by the names of their layers; at least one.
    path : path-like
        The file; its folder must exist.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.
    InvalidInputError
        No layers, or the file cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib, shapely
    >>> frame = gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_gpkg({"places": frame}, pathlib.Path(folder) / "a.gpkg")
    ...     gpd.read_file(file, layer="places").name.tolist()
    ['Raqqa']
    """
    if not layers:
        raise InvalidInputError("expected at least one layer for a GeoPackage; got none")
    with open_atomic(path) as part:
        part.unlink()  # the driver makes the file itself
        for name, frame in layers.items():
            _write_layer(plain_columns(_prepared(frame)), name, part)
    return Path(path)


def _write_layer(frame: pd.DataFrame, name: str, part: Path) -> None:
    """Add one layer to a GeoPackage."""
    layer = frame if _is_counting(frame) else frame.reset_index(names=_index_name(frame))
    pyogrio.write_dataframe(layer, part, layer=name, driver="GPKG", append=part.exists())


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    """Check and cut the geometries of a frame that has some."""
    return prepare_layer(frame) if isinstance(frame, gpd.GeoDataFrame) else frame


def _is_counting(frame: pd.DataFrame) -> bool:
    """Tell whether a frame's index is the plain, nameless count from zero."""
    index = frame.index
    return index.name is None and index.equals(pd.RangeIndex(len(index)))


def _index_name(frame: pd.DataFrame) -> str:
    """Return a name for the index column that no other column has."""
    name = str(frame.index.name or _INDEX_NAME)
    while name in frame.columns:
        name += "_"
    return name


def _guarded(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
