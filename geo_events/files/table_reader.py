"""Read one table: CSV, Parquet, GeoParquet."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.columns import restore_frame
from geo_events.files.kinds import kinds_of_table
from geo_events.files.shape_limits import build_shapes, shape_of_wkb, shape_of_wkt
from geo_events.files.tables import DESCRIPTION_KEY

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_csv", "read_parquet"]

_MOST_COLUMNS = 5_000
_MOST_CELLS = 50_000_000
_MOST_BYTES = 1 << 30
_WKT = re.compile(
    r"\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*( Z)?\s*(\(|EMPTY)", re.IGNORECASE
)
_LON_LAT = ("OGC:CRS84", "EPSG:4326")
_TEXTS = ("str", "object", "category", "date")  # kinds that are read as texts first
_NEVER_MISSING = ("str", "category")  # in our tables these hold empty texts instead


def read_csv(content: bytes, name: str) -> pd.DataFrame:
    """Read a CSV table; only an empty cell is missing, and a column of WKT is its geometry.

    Parameters
    ----------
    content : bytes
        The file's content, in UTF-8.
    name : str
        Its name, for the errors.

    Returns
    -------
    DataFrame or GeoDataFrame
        Our own tables with the dtypes that they had; of others what the cells suggest. A first
        column `row` becomes the index. The geometry is the column `geometry`; where it holds no
        WKT, the only other column that does.

    Raises
    ------
    InvalidInputError
        It cannot be read as CSV, or has more than 5,000 columns.
    FrameError
        Rows whose geometry is none; all at once.
    """
    try:
        header = content[:1_000_000].decode("utf-8-sig", "replace").splitlines()[:1] or [""]
        columns = next(csv.reader(header), [])
        if len(columns) > _MOST_COLUMNS:
            raise InvalidInputError(f"{name!r} has more than {_MOST_COLUMNS:,} columns")
        kinds = kinds_of_table(columns)
        texts = {key: str for key, kind in kinds.items() if kind in _TEXTS}
        frame = pd.read_csv(
            io.BytesIO(content),
            encoding="utf-8-sig",
            keep_default_na=False,
            na_values=[""],
            dtype=texts,
            low_memory=False,
        )
    except (ValueError, pd.errors.ParserError, csv.Error) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError(f"{name!r} cannot be read as CSV: {error}") from error
    return _typed(frame, kinds, name)


def _typed(frame: pd.DataFrame, kinds: dict[str, str], name: str) -> pd.DataFrame:
    """Give the columns of our own tables their dtypes, and WKT its geometry."""
    cells: dict[str, Any] = {}
    for key in frame.columns:
        column = frame[key]
        kind = kinds.get(str(key))
        if kind in _NEVER_MISSING:
            column = column.fillna("")
        cells[str(key)] = _without_missing(column) if kind else column.reset_index(drop=True)
    shapes = _find_shapes(frame, kinds, name)
    cells |= shapes
    kinds = kinds | dict.fromkeys(shapes, "geometry")
    index = None
    if len(frame.columns) and frame.columns[0] == "row":
        index = cells.pop("row")
    ordered = {key: kinds[key] for key in cells if key in kinds}
    made = restore_frame(cells, {"columns": ordered}, count=len(frame), index=index)
    made.index.name = None
    return made[list(cells)]


def _without_missing(column: pd.Series[Any] | pd.DataFrame) -> list[Any]:
    """List a column's cells, None for what is missing."""
    return [None if gone else cell for cell, gone in zip(column, column.isna(), strict=True)]


def _find_shapes(frame: pd.DataFrame, kinds: dict[str, str], name: str) -> dict[str, list[Any]]:
    """Build the geometries of the column that holds them, by its name; empty where none does."""
    if "geometry" in frame and (_holds_wkt(frame["geometry"]) or frame["geometry"].isna().all()):
        return {"geometry": _shapes(frame["geometry"], name)}
    others = [key for key in frame.columns if key not in kinds and key != "row"]
    found = [key for key in others if _holds_wkt(frame[key])]
    if len(found) != 1:
        return {}
    try:
        return {found[0]: _shapes(frame[found[0]], name)}
    except FrameError:  # words that only look like it, or another system: they stay texts
        return {}


def _holds_wkt(column: pd.Series[Any]) -> bool:
    """Tell whether the first cell that is not empty holds well-known text."""
    given = column.dropna()
    return bool(len(given) and isinstance(given.iloc[0], str) and _WKT.match(given.iloc[0]))


def _shapes(column: pd.Series[Any], name: str) -> list[Any]:
    """Build the geometries of a column of well-known text."""
    return build_shapes(_without_missing(column), shape_of_wkt, range(len(column)), name=name)


def read_parquet(content: bytes, name: str) -> pd.DataFrame:
    """Read a Parquet or GeoParquet table.

    Parameters
    ----------
    content : bytes
        The file's content.
    name : str
        Its name, for the errors.

    Returns
    -------
    DataFrame or GeoDataFrame
        As it was written; nested cells as they are.

    Raises
    ------
    InvalidInputError
        It is no Parquet, is damaged, has another CRS, or would unfold to more than 50,000,000
        cells or 1 GiB.
    FrameError
        Rows whose geometry is none; all at once.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        _validate_size(file.metadata, name)
        about = _geo(file.schema_arrow.metadata or {}, name)
        table = file.read()
        table.validate(full=True)
        frame = table.to_pandas()
        attrs = json.loads((table.schema.metadata or {}).get(b"PANDAS_ATTRS", b"{}"))
    except (pa.ArrowException, OSError, ValueError, TypeError, LookupError) as error:
        if isinstance(error, InvalidInputError):
            raise
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InvalidInputError(f"{name!r} cannot be read as Parquet: {reason}") from error
    said = {**frame.attrs, **(attrs if isinstance(attrs, dict) else {})}.get(DESCRIPTION_KEY)
    return _with_geometry(frame, about, said if isinstance(said, dict) else {}, name)


def _validate_size(metadata: pq.FileMetaData, name: str) -> None:
    """Refuse a small file that would unfold to a large table."""
    unfolded = sum(metadata.row_group(k).total_byte_size for k in range(metadata.num_row_groups))
    cells = metadata.num_rows * max(metadata.num_columns, 1)
    if unfolded > _MOST_BYTES or cells > _MOST_CELLS or metadata.num_columns > _MOST_COLUMNS:
        raise InvalidInputError(
            f"{name!r} unfolds to {metadata.num_rows:,} rows of {metadata.num_columns:,} columns "
            f"and {unfolded:,} bytes; at most {_MOST_CELLS:,} cells and {_MOST_BYTES:,} bytes"
        )


def _geo(metadata: dict[bytes, bytes], name: str) -> tuple[str | None, list[str]]:
    """Give the active geometry column and all of them; refuse another CRS or encoding."""
    if b"geo" not in metadata:
        return None, []
    said = json.loads(metadata[b"geo"])
    active, columns = said["primary_column"], said["columns"]
    if not isinstance(columns, dict) or not all(isinstance(one, dict) for one in columns.values()):
        raise InvalidInputError(f"{name!r}: its GeoParquet metadata are none")
    for column, about in columns.items():
        crs = about.get("crs")
        identifier = crs.get("id") if isinstance(crs, dict) else None
        if (
            "crs" in about
            and crs is not None
            and (
                not isinstance(identifier, dict)
                or f"{identifier.get('authority')}:{identifier.get('code')}" not in _LON_LAT
            )
        ):
            raise InvalidInputError(
                f"{name!r}: expected longitudes and latitudes (OGC:CRS84 or EPSG:4326) in "
                f"{column!r}; got another CRS; reproject it first"
            )
        if about.get("encoding") != "WKB":
            raise InvalidInputError(f"{name!r}: expected geometries as WKB in {column!r}")
    if active not in columns:
        raise InvalidInputError(f"{name!r}: its primary column {active!r} is not there")
    return active, list(columns)


def _with_geometry(
    frame: pd.DataFrame,
    about: tuple[str | None, Sequence[str]],
    said: dict[str, Any],
    name: str,
) -> pd.DataFrame:
    """Build the geometries of a table, and give it the dtypes that it had."""
    active, columns = about
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InvalidInputError(f"{name!r}: it has no columns {missing}, which it says it has")
    for column in columns:
        cells: Any = frame[column]
        given = _without_missing(cells)
        shapes = build_shapes(given, shape_of_wkb, list(frame.index), name=name)
        array: Any = np.array([*shapes, None], dtype=object)[:-1]
        frame[column] = gpd.GeoSeries(array, index=frame.index, crs=4326)
    frame = _as_described(frame, said)
    return frame if active is None else gpd.GeoDataFrame(frame, geometry=active, crs=4326)


def _as_described(frame: pd.DataFrame, said: dict[str, Any]) -> pd.DataFrame:
    """Give texts the dtype that they had: Parquet tells "str" and "object" not apart."""
    kinds = said.get("columns")
    for column, kind in kinds.items() if isinstance(kinds, dict) else ():
        if kind in ("str", "object") and column in frame and str(frame[column].dtype) != kind:
            frame[column] = restore_frame(
                {column: _without_missing(frame[column])},
                {"columns": {column: kind}},
                count=len(frame),
            )[column].set_axis(frame.index)
    attrs = said.get("attrs")
    frame.attrs = attrs if isinstance(attrs, dict) else {}
    return frame
