"""`read_frames`: read back what `save` wrote, and tables and layers by others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

from geo_events.errors import InvalidInputError
from geo_events.files.geojson_reader import DEFAULT_LAYER, read_geojson
from geo_events.files.geopackage_reader import read_gpkg
from geo_events.files.json_limits import open_checked
from geo_events.files.kml_reader import read_kml
from geo_events.files.table_reader import read_csv, read_parquet

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    import pandas as pd

__all__ = ["SUFFIXES", "read_frames"]

_TABLE = "table"


def read_frames(path: str | os.PathLike[str]) -> dict[str, pd.DataFrame]:
    """Read the layers of a file that `save` wrote, or of one by others.

    Parameters
    ----------
    path : path-like
        A .geojson or .json, .gpkg, .kml, .parquet or .csv file of at most 64 MiB. The suffix
        decides how it is read, never its content; not a URL, not a virtual path (`/vsi…`).

    Returns
    -------
    dict of str to DataFrame or GeoDataFrame
        The layers by their names, in the file's order; a file of one nameless layer has
        "features", or "table" where it has no geometry. Frames that `save` wrote have the same
        rows, columns, index and dtypes as before; only lists in cells have become texts (but in
        GeoJSON), categories are those that occur, and geometries are cut at ±180°. Geometries are
        in EPSG:4326, heights of others' files are kept as Z in metres.

    Raises
    ------
    InvalidInputError
        The path, the suffix or the file cannot be used; a CRS other than longitude and latitude.
    FrameError
        Rows whose geometry or coordinates are none; `.faults` lists them all.

    Notes
    -----
    Nothing in a file is run or followed: no links, no XML entities, no SQL views, no drivers that
    guess. CSV cannot say what its columns are: those of our own tables are known by their names.

    Examples
    --------
    >>> import tempfile, pathlib, shapely
    >>> place = gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)])
    >>> from geo_events.output import save
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = save(place, pathlib.Path(folder) / "raqqa.kml")
    ...     read_frames(file)["features"].name.tolist()
    ['Raqqa']
    """
    suffix = Path(path).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise InvalidInputError(
            f"cannot read {Path(path).name!r}: unknown suffix {suffix!r}; known are "
            f"{', '.join(_READERS)}; read others with geopandas.read_file and give the frame"
        )
    return reader(open_checked(path), str(path))


def _alone(
    read: Callable[[bytes, str], pd.DataFrame],
) -> Callable[[bytes, str], dict[str, pd.DataFrame]]:
    """Turn a reader of one table into one of layers."""

    def read_layers(content: bytes, name: str) -> dict[str, pd.DataFrame]:
        frame = read(content, name)
        return {DEFAULT_LAYER if isinstance(frame, gpd.GeoDataFrame) else _TABLE: frame}

    return read_layers


_READERS: dict[str, Callable[[bytes, str], dict[str, pd.DataFrame]]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".gpkg": read_gpkg,
    ".kml": read_kml,
    ".parquet": _alone(read_parquet),
    ".csv": _alone(read_csv),
}
SUFFIXES = tuple(_READERS)
