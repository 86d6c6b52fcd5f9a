"""Read a GeoPackage with SQLite alone: plain tables in memory, nothing that runs."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo_events.errors import InvalidInputError
from geo_events.files.columns import restore_frame
from geo_events.files.geopackage import METADATA_URI
from geo_events.files.shape_limits import build_shapes, shape_of_wkb

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_gpkg"]

_SIGNATURE = b"SQLite format 3\x00"
_MOST_ROWS = 1_000_000
_MOST_STEPS, _STEPS_BETWEEN = 5_000, 100_000  # of SQLite's machine: some seconds
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_KINDS = {"BOOLEAN": "bool", "DATE": "date", "DATETIME": "datetime64[ms, UTC]"}
_EMPTY_POINT = b"\x01\x01\x00\x00\x00" + b"\x00\x00\x00\x00\x00\x00\xf8\x7f" * 2


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """One table of the file as columns."""

    layer: str
    description: dict[str, Any]
    cells: dict[str, Sequence[Any]]
    count: int


def read_gpkg(content: bytes, name: str) -> dict[str, pd.DataFrame]:
    """Read the layers and tables of a GeoPackage.

    Parameters
    ----------
    content : bytes
        The file's content.
    name : str
        Its name, for the errors.

    Returns
    -------
    dict of str to DataFrame or GeoDataFrame
        By the names of the layers, in the file's order; those of one of our files as they were
        written.

    Raises
    ------
    InvalidInputError
        No GeoPackage, a damaged one, another CRS, or more than 1,000,000 rows in a layer.
    FrameError
        Features whose geometry is none; all at once.

    Notes
    -----
    Only plain tables are read: views, virtual tables, triggers and functions of the file are
    never run.
    """
    if not content.startswith(_SIGNATURE):
        raise InvalidInputError(f"{name!r} is not a GeoPackage, whatever its name says")
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            _open(connection, content)
            tables = [_read(connection, *one, name) for one in _list_tables(connection, name)]
    except (sqlite3.Error, ValueError, OverflowError) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError(f"{name!r} cannot be read as a GeoPackage: {error}") from error
    grouped: dict[str, list[_Table]] = {}
    for table in tables:
        grouped.setdefault(table.layer, []).append(table)
    return {layer: _merge(parts) for layer, parts in grouped.items()}


def _open(connection: sqlite3.Connection, content: bytes) -> None:
    """Take the content into memory, and allow nothing but reading."""
    journal = b"\x01\x01"  # read as if without a write-ahead log, which is not there
    connection.deserialize(content[:18] + journal + content[20:])
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    steps = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_BETWEEN)
    connection.set_authorizer(_authorise)


def _authorise(action: int, first: str | None, *_: str | None) -> int:
    """Allow reading of tables and asking for their columns; deny all else, functions too."""
    reads = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    asks = action == sqlite3.SQLITE_PRAGMA and first == "table_info"
    return sqlite3.SQLITE_OK if reads or asks else sqlite3.SQLITE_DENY


def _list_tables(connection: sqlite3.Connection, name: str) -> list[tuple[str, str | None]]:
    """List the plain tables with their geometry columns; refuse another CRS."""
    plain = {
        table: sql
        for table, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        )
        if isinstance(sql, str) and "virtual" not in sql[:20].lower()
    }
    if not {"gpkg_contents", "gpkg_geometry_columns"} <= plain.keys():
        raise InvalidInputError(f"{name!r} is not a GeoPackage: it has no table gpkg_contents")
    geometry = {}
    for table, column, srs in connection.execute(
        "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
    ):
        if srs != 4326 and table in plain:
            raise InvalidInputError(
                f"{name!r}: expected longitudes and latitudes (EPSG:4326); its layer {table!r} has "
                f"the CRS {srs}; reproject it first"
            )
        geometry[table] = column
    listed = connection.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY rowid")
    return [
        (table, geometry.get(table))
        for table, kind in listed
        if kind in ("features", "attributes") and table in plain and table != "layer_styles"
    ]


def _quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _read(connection: sqlite3.Connection, table: str, geometry: str | None, name: str) -> _Table:
    """Read one table."""
    asked = connection.execute(f"PRAGMA table_info({_quoted(table)})")
    columns = [(column, kind, key) for _, column, kind, _, _, key in asked]
    wanted = [column for column, _, key in columns if not key or column == geometry]
    chosen = ", ".join(map(_quoted, wanted)) or "NULL"
    order = next((_quoted(column) for column, _, key in columns if key), "rowid")
    rows = connection.execute(
        f"SELECT {chosen} FROM {_quoted(table)} ORDER BY {order} LIMIT ?",  # noqa: S608 - names of the file's own tables, quoted
        (_MOST_ROWS + 1,),
    ).fetchall()
    if len(rows) > _MOST_ROWS:
        raise InvalidInputError(f"{name!r}: {table!r} has more than {_MOST_ROWS:,} rows")
    cells: dict[str, Sequence[Any]] = {
        column: [row[k] for row in rows] for k, column in enumerate(wanted)
    }
    said = _description(connection, table)
    kinds = dict(said.get("columns", {}))
    if not said:
        kinds = {column: _KINDS[kind] for column, kind, _ in columns if kind in _KINDS}
    if geometry in cells:
        active = next((key for key, kind in kinds.items() if kind == "geometry"), geometry)
        blobs = cells.pop(geometry)
        shapes = build_shapes(blobs, _shape, range(len(rows)), name=f"{name}: {table}")
        cells[active] = list(map(_unwrap, shapes)) if said.get("singles") else shapes
        kinds.setdefault(active, "geometry")
    renamed = said.get("renamed")
    for new, old in renamed.items() if isinstance(renamed, dict) else ():
        if new in cells and isinstance(old, str):
            cells[old] = cells.pop(new)
    description = {**said, "columns": kinds}
    return _Table(str(said.get("layer") or table), description, cells, len(rows))


def _description(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    """Give what one of our files says of a table; nothing for others' files."""
    try:
        found = connection.execute(
            "SELECT m.metadata FROM gpkg_metadata AS m, gpkg_metadata_reference AS r "
            "WHERE r.md_file_id = m.id AND m.md_standard_uri = ? AND r.table_name = ?",
            (METADATA_URI, table),
        ).fetchone()
        said = json.loads(found[0]) if found else {}
    except (sqlite3.OperationalError, ValueError, TypeError, RecursionError):
        return {}  # no such tables, or no such text: a file by others
    fine = isinstance(said, dict) and isinstance(said.get("columns"), dict)
    return said if fine else {}


def _shape(blob: Any) -> Any:  # noqa: ANN401 - any cell in, a shapely geometry out
    """Build the geometry of a GeoPackage's blob: a header, then well-known binary."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 13:
        raise ValueError("no geometry of a GeoPackage")
    flags = blob[3]
    envelope = flags >> 1 & 7
    if envelope >= len(_ENVELOPE_BYTES) or flags & 0x20:
        raise ValueError("a kind of geometry that is not in the standard")
    body = blob[8 + _ENVELOPE_BYTES[envelope] :]
    return None if body == _EMPTY_POINT else shape_of_wkb(body)


def _unwrap(shape: Any) -> Any:  # noqa: ANN401 - shapely's classes differ by type
    """Give the one part of a shape that the driver made a Multi… for the layer's sake."""
    parts: Any = getattr(shape, "geoms", None)
    return parts[0] if parts is not None and len(parts) == 1 else shape


def _merge(parts: list[_Table]) -> pd.DataFrame:
    """Put the points, lines and areas of one frame together again, in their first order."""
    frames = []
    for part in parts:
        position = part.description.get("position")
        order = part.cells.pop(position, None) if isinstance(position, str) else None
        said = part.description.get("index")
        labels = part.cells.pop(str(said.get("column")), None) if isinstance(said, dict) else None
        frame = restore_frame(part.cells, part.description, count=part.count, index=labels)
        frames.append((frame, order))
    if len(frames) == 1:
        return frames[0][0]
    whole = pd.concat(
        [frame for frame, _ in frames], ignore_index="index" not in parts[0].description
    )
    orders = [order for _, found in frames for order in (found or ())]
    if len(orders) == len(whole) and sorted(orders) == list(range(len(whole))):
        whole = whole.iloc[pd.Series(orders).argsort()]
        if "index" not in parts[0].description:
            whole = whole.reset_index(drop=True)
    whole.attrs = frames[0][0].attrs
    return whole
