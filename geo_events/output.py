"""Save anything that geo_events makes, in the format that the file's suffix names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo_events.atlas.places import Place
from geo_events.corridors.corridor import Corridor
from geo_events.corridors.verdict import Verdict
from geo_events.disk import check_target
from geo_events.errors import InvalidInputError
from geo_events.files.geojson import write_geojson
from geo_events.files.geopackage import write_gpkg
from geo_events.files.tables import write_csv, write_parquet
from geo_events.story import Story

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = ["frame_of_verdict", "save"]

_VERDICT_FIELDS = ("question", "answer", "claim", "share", "can_cross", "can_avoid", "allowance")
_VERDICT_ENDS = ("method", "data", "view")


def save(thing: Any, path: str | os.PathLike[str]) -> Path:  # noqa: ANN401 - what can be saved is listed below
    """Save a thing in the format that the path's suffix names; all or nothing.

    Parameters
    ----------
    thing : Story, Corridor, Verdict, Place, EventMap, GeoDataFrame, DataFrame or dict of frames
        What to save. A dict of GeoDataFrames gives their layers' names.
    path : path-like
        The file; its folder must exist. `.html`: a map, drawn by `draw_map` where the thing is
        none. `.geojson` (RFC 7946) and `.gpkg`: geometries, one layer per kind; of a story its
        places and corridors. `.parquet` (with geometry: GeoParquet) and `.csv`: one table.

    Returns
    -------
    Path
        The file. An old file stays whole until the new one is complete.

    Raises
    ------
    InvalidInputError
        An unknown suffix, a thing that this format cannot hold, or a path that cannot be written.
    FrameError
        A frame with another CRS, a column name twice, or coordinates that are none.

    Notes
    -----
    The same thing gives the same bytes of HTML, GeoJSON and CSV, and the same rows of the others.
    A story holds several tables: save one of them, such as `story.to_frame("events")`.

    Examples
    --------
    >>> import tempfile, pathlib, shapely
    >>> place = gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(place, pathlib.Path(folder) / "raqqa.geojson").name
    'raqqa.geojson'
    """
    target = Path(path)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise InvalidInputError(
            f"cannot save {target.name!r}: unknown suffix {target.suffix!r}; "
            f"known are {', '.join(_WRITERS)}"
        )
    writer(thing, check_target(target))
    return target


def _save_html(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save a map, or draw one of what is none."""
    from geo_events.maps import EventMap, draw_map  # noqa: PLC0415 - folium loads only for maps

    drawn = thing if isinstance(thing, EventMap) else draw_map(thing)
    drawn.save(path)


def _save_csv(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save one table as CSV."""
    write_csv(_table_of(thing), path)


def _save_parquet(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save one table as (Geo)Parquet."""
    write_parquet(_table_of(thing), path)


def _save_geojson(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save geometries as GeoJSON; a single layer needs no name."""
    layers = _layers_of(thing)
    write_geojson(next(iter(layers.values())) if len(layers) == 1 else layers, path)


def _save_gpkg(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save geometries as the layers of a GeoPackage."""
    write_gpkg(_layers_of(thing), path)


_WRITERS: dict[str, Callable[[Any, Path], None]] = {
    ".html": _save_html,
    ".geojson": _save_geojson,
    ".gpkg": _save_gpkg,
    ".parquet": _save_parquet,
    ".csv": _save_csv,
}


def _layers_of(thing: Any) -> dict[str, gpd.GeoDataFrame]:  # noqa: ANN401 - as save
    """Give the frames with geometry that a thing holds, by their names."""
    if isinstance(thing, Story):
        layers = {"places": thing.places, "corridors": thing.to_frame("corridors")}
        for frame in layers.values():
            frame.attrs = {"title": thing.title or "", "source": thing.cite()}
        return layers
    if isinstance(thing, dict) and thing and all(map(_has_geometry, thing.values())):
        return {str(name): frame for name, frame in thing.items()}
    frame = _frame_of(thing)
    if frame is None or not _has_geometry(frame):
        raise InvalidInputError(
            f"a {type(thing).__name__} has no geometry to save in this format; "
            "a table can be saved as .csv or .parquet"
        )
    return {_layer_name(thing): frame}


def _has_geometry(thing: object) -> bool:
    """Tell whether a thing is a frame with a geometry."""
    return isinstance(thing, gpd.GeoDataFrame) and thing.active_geometry_name is not None


def _layer_name(thing: object) -> str:
    """Name the layer after what it holds."""
    return "features" if isinstance(thing, pd.DataFrame) else type(thing).__name__.lower()


def _table_of(thing: Any) -> pd.DataFrame:  # noqa: ANN401 - as save
    """Give the one table of a thing."""
    frame = _frame_of(thing)
    if frame is not None:
        return frame
    if isinstance(thing, Story):
        raise InvalidInputError(
            "a story holds several tables; save one of them: story.places, or story.to_frame() of "
            "'mentions', 'events', 'corridors', 'verdicts' or 'crossings'"
        )
    raise InvalidInputError(f"cannot save a {type(thing).__name__} as a table")


def _frame_of(thing: Any) -> pd.DataFrame | None:  # noqa: ANN401 - as save
    """Give a thing as one frame; None where it is not one."""
    frame: pd.DataFrame | None = None
    if isinstance(thing, pd.DataFrame):
        frame = thing
    elif isinstance(thing, Corridor):
        frame = thing.to_gdf()
    elif isinstance(thing, Place):
        frame = _frame_of_place(thing)
    elif isinstance(thing, Verdict):
        frame = frame_of_verdict(thing)
    return frame


def _frame_of_place(place: Place) -> gpd.GeoDataFrame:
    """Give a place as one row with its shape."""
    names = ("id", "name", "kind", "country", "region", "lon", "lat", "population")
    row = {name: getattr(place, name) for name in names}
    return gpd.GeoDataFrame([row], geometry=[place.geometry], crs="EPSG:4326")


def frame_of_verdict(verdict: Verdict) -> gpd.GeoDataFrame:
    """Give a verdict as one row.

    Parameters
    ----------
    verdict : Verdict
        What was answered.

    Returns
    -------
    GeoDataFrame
        One row: the verdict's fields, `reasons` as one paragraph; the geometry is the part of
        the origin's area for which it holds.
    """
    row: dict[str, Any] = {name: getattr(verdict, name) for name in _VERDICT_FIELDS}
    row |= {"reasons": verdict.text} | {name: getattr(verdict, name) for name in _VERDICT_ENDS}
    return gpd.GeoDataFrame([row], geometry=[verdict.where], crs="EPSG:4326")
