"""Write a GeoPackage: one layer per kind, styled for QGIS, saying what its columns were."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo_events.disk import open_atomic
from geo_events.errors import InvalidInputError
from geo_events.files.columns import describe_frame, flatten, with_index
from geo_events.files.frames import plain_columns, prepare_layer
from geo_events.files.looks import EMPTY_DIMENSIONS, looks_of_layer
from geo_events.files.qml import encode_qml

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

__all__ = ["GEOMETRY_COLUMN", "METADATA_URI", "write_gpkg"]

METADATA_URI = "urn:geo_events:columns"  # tells our descriptions from others' metadata
GEOMETRY_COLUMN = "geom"
_ROW_ID = "fid"
_NAME = re.compile(r"(?!gpkg_|sqlite_|rtree_|layer_styles$)\w[\w .-]{0,59}", re.IGNORECASE)
_DIMENSIONS = ("points", "lines", "areas")
_EMPTY_TYPES = ("Point", "LineString", "MultiPolygon")

# The tables of the standard's metadata extension (OGC 12-128r18, F.8), and that of QGIS's styles.
_TABLES = """
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,
  column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
  extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_metadata', NULL, 'gpkg_metadata',
   'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),
  ('gpkg_metadata_reference', NULL, 'gpkg_metadata',
   'http://www.geopackage.org/spec120/#extension_metadata', 'read-write');
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
  VALUES ('layer_styles', 'attributes', 'layer_styles', 0);
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """One table of the file: its name, its rows, what it says of itself and how it looks."""

    name: str
    frame: pd.DataFrame
    description: dict[str, Any]
    qml: str
    geometry_type: str | None = None  # where no geometry tells it


def write_gpkg(layers: Mapping[str, pd.DataFrame], path: str | os.PathLike[str]) -> Path:
    """Write frames as the layers of one GeoPackage, all or nothing.

    Parameters
    ----------
    layers : mapping of str to DataFrame
        The frames by the names of their layers; at least one. A frame of points, lines and areas
        becomes a layer of each, as QGIS styles them; one without geometry a plain table.
    path : path-like
        The file; its folder must exist. It is returned.

    Raises
    ------
    FrameError
        Another CRS, a column name twice, or a coordinate that is not finite or out of range.
    InvalidInputError
        No layers, a name that no layer can have, or the file cannot be written.

    Notes
    -----
    The table `layer_styles` holds the styles; `gpkg_metadata` the columns' dtypes, so that
    `read_frames` gives the same frames back.
    """
    if not layers:
        raise InvalidInputError("expected at least one layer for a GeoPackage; got none")
    tables = [table for name, frame in layers.items() for table in _tables_of(name, frame)]
    _validate_names([table.name for table in tables])
    with open_atomic(path) as part:
        part.unlink()  # the driver makes the file itself
        try:
            for table in tables:
                _write_table(table, part)
            with closing(sqlite3.connect(part)) as connection, connection:
                connection.executescript(_TABLES)
                for table in tables:
                    _add_description(connection, table)
        except (pyogrio.errors.DataSourceError, sqlite3.Error) as error:
            raise InvalidInputError(f"cannot write {str(path)!r}: {error}") from error
    return Path(path)


def _validate_names(names: list[str]) -> None:
    """Refuse names that no layer of a GeoPackage can have."""
    folded = [name.casefold() for name in names]
    for name in names:
        if not _NAME.fullmatch(name) or folded.count(name.casefold()) > 1:
            raise InvalidInputError(
                "expected names of layers of letters, digits, blanks and - . _, at most 60, each "
                f"once; got {name!r}"
            )


def _tables_of(name: str, frame: pd.DataFrame) -> Iterable[_Table]:
    """Turn one frame into the tables that hold it."""
    frame = flatten(frame)
    said = describe_frame(frame) | {"layer": name}
    if not isinstance(frame, gpd.GeoDataFrame):
        yield _table(name, with_index(frame), said, "")
        return
    ready = with_index(prepare_layer(frame))
    said |= {"singles": _is_mixed(ready)}
    shapes = np.asarray(ready.geometry.array, dtype=object)
    dimension = np.maximum(shapely.get_dimensions(shapes), 0)  # no geometry: among the points
    found = np.unique(dimension[~shapely.is_missing(shapes)]).tolist()
    column, looks = looks_of_layer(name, frame)
    if len(found) <= 1:
        only = found[0] if found else EMPTY_DIMENSIONS.get(name, 0)
        table = _table(name, ready, said, encode_qml(only, column, looks))
        yield table if found else replace(table, geometry_type=_EMPTY_TYPES[only])
        return
    position = _free_name("position", ready.columns)
    for which in found if 0 in found or (dimension > 0).all() else [0, *found]:
        kept = ready[dimension == which].assign(**{position: np.flatnonzero(dimension == which)})
        qml = encode_qml(which, column, looks)
        yield _table(f"{name}_{_DIMENSIONS[which]}", kept, said | {"position": position}, qml)


def _is_mixed(frame: gpd.GeoDataFrame) -> bool:
    """Tell whether single shapes stand beside Multi… shapes, which the driver then makes of all."""
    kinds = set(frame.geom_type.dropna())
    return any(f"Multi{kind}" in kinds for kind in kinds)


def _table(name: str, frame: pd.DataFrame, said: dict[str, Any], qml: str) -> _Table:
    """Make a table with columns that a GeoPackage can have."""
    plain = plain_columns(frame)
    active = plain.geometry.name if isinstance(plain, gpd.GeoDataFrame) else None
    names: dict[str, str] = {}
    for column in plain.columns:
        if column != active:
            taken = [*map(str.casefold, names), _ROW_ID, GEOMETRY_COLUMN]
            names[_free_name(str(column), taken)] = str(column)
    data = {new: _storable(plain[old]) for new, old in zip(names, _others(plain), strict=True)}
    renamed = {new: old for new, old in names.items() if new != old}
    said = said | ({"renamed": renamed} if renamed else {})
    if active is None:
        return _Table(name, pd.DataFrame(data), said, qml)
    shapes = gpd.GeoSeries(plain.geometry.array, index=plain.index, crs=4326)
    return _Table(name, gpd.GeoDataFrame(data, geometry=shapes), said, qml)


def _others(frame: pd.DataFrame) -> list[Any]:
    """List the columns that are not the geometry."""
    active = frame.geometry.name if isinstance(frame, gpd.GeoDataFrame) else None
    return [column for column in frame.columns if column != active]


def _free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, with lines below it until it is free; case does not tell names apart."""
    folded = {str(other).casefold() for other in taken}
    while name.casefold() in folded or not name:
        name += "_"
    return name


def _storable(column: pd.Series[Any]) -> pd.Series[Any]:
    """Give a column as one that the driver can store: numbers, truth values, times or texts."""
    if column.dtype.kind in "iufbM" and isinstance(column.dtype, np.dtype | pd.DatetimeTZDtype):
        return column
    cells = column.astype(object).where(column.notna(), None)
    return cells.map(lambda cell: cell if cell is None else str(cell)).astype(object)


def _write_table(table: _Table, part: Path) -> None:
    """Add one table to the file."""
    options = {"layer": table.name, "driver": "GPKG", "append": part.exists()}
    if isinstance(table.frame, gpd.GeoDataFrame):
        options["geometry_type"] = table.geometry_type
        options["layer_options"] = {"GEOMETRY_NAME": GEOMETRY_COLUMN}
    pyogrio.write_dataframe(table.frame, part, **options)


def _add_description(connection: sqlite3.Connection, table: _Table) -> None:
    """Add what a table says of itself, and its style."""
    text = json.dumps(table.description, ensure_ascii=False, allow_nan=False)
    row = connection.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', ?, 'application/json', ?)",
        (METADATA_URI, text),
    ).lastrowid
    connection.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) "
        "VALUES ('table', ?, ?)",
        (table.name, row),
    )
    if table.qml:
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, useAsDefault, description) "
            "VALUES ('', '', ?, ?, ?, ?, 1, 'as on the maps of geo_events')",
            (table.name, GEOMETRY_COLUMN, table.name[:30], table.qml),
        )
