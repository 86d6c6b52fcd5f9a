"""Read a table of tracks: CSV, Parquet, or lines in GeoJSON."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.json_limits import open_checked, read_json

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["read_tracks"]


def read_tracks(path: str, origin: str, target: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read tracks for `find_crossings`.

    Parameters
    ----------
    path : str
        A .csv or .parquet file with the columns that `origin` and `target` name, or a .geojson
        file of LineStrings.
    origin, target : str
        A column of names, or two columns "lon,lat".

    Returns
    -------
    frame : DataFrame or GeoDataFrame
        The tracks.
    ends : dict
        `origin=` and `target=` for `find_crossings`; empty for lines.

    Raises
    ------
    InvalidInputError
        Another suffix, a file that cannot be read, or no such columns.
    """
    reader = _READERS.get(Path(path).suffix.lower())
    if reader is None:
        raise InvalidInputError(
            f"expected a table of tracks as {', '.join(_READERS)}; got {path!r}"
        )
    frame = reader(open_checked(path), path)
    if isinstance(frame, gpd.GeoDataFrame):
        return frame, {}
    ends = {"origin": _columns(origin), "target": _columns(target)}
    wanted = [name for end in ends.values() for name in ([end] if isinstance(end, str) else end)]
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise InvalidInputError(
            f"{path!r} has no column {missing}; it has {list(map(str, frame.columns))}; name the "
            "columns with --origin and --target"
        )
    return frame, ends


def _columns(text: str) -> str | tuple[str, ...]:
    """Understand "lon0,lat0" as two columns."""
    return tuple(part.strip() for part in text.split(",")) if "," in text else text


def _read_csv(content: bytes, path: str) -> pd.DataFrame:
    """Read a CSV table."""
    try:
        return pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError) as error:
        raise InvalidInputError(f"{path!r} cannot be read as CSV: {error}") from error


def _read_parquet(content: bytes, path: str) -> pd.DataFrame:
    """Read a (Geo)Parquet table."""
    try:
        if b'"primary_column"' in content:  # the mark of GeoParquet
            frame: pd.DataFrame = gpd.read_parquet(io.BytesIO(content))
            return frame
        return pd.read_parquet(io.BytesIO(content))
    except (ValueError, OSError, pa.ArrowException) as error:
        raise InvalidInputError(f"{path!r} cannot be read as Parquet: {error}") from error


def _read_lines(content: bytes, path: str) -> gpd.GeoDataFrame:
    """Read LineStrings from GeoJSON."""
    document = read_json(content, name=path)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise InvalidInputError(f"{path!r}: expected a FeatureCollection of LineStrings")
    lines, faults = [], []
    for number, feature in enumerate(features):
        line = _line(feature)
        if line is None:
            faults.append((number, "expected a Feature with a LineString"))
        lines.append(line)
    if faults:
        raise FrameError(f"{path!r} has tracks that cannot be used", faults)
    labels = [
        feature.get("id", number) if isinstance(feature.get("id"), str | int) else number
        for number, feature in enumerate(features)
    ]
    return gpd.GeoDataFrame(geometry=lines, index=pd.Index(labels), crs="EPSG:4326")


def _line(feature: object) -> shapely.LineString | None:
    """Build the LineString of a feature; None where it has none."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "LineString":
        return None
    try:
        return shapely.LineString([(point[0], point[1]) for point in geometry["coordinates"]])
    except (shapely.errors.ShapelyError, LookupError, TypeError, ValueError):
        return None


_READERS: dict[str, Callable[[bytes, str], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
    ".geojson": _read_lines,
}
