"""Save anything that geo_events makes, in the format that the file's suffix names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo_events.disk import check_target
from geo_events.errors import InvalidInputError
from geo_events.files.geojson import write_geojson
from geo_events.files.geopackage import write_gpkg
from geo_events.files.kml import write_kml
from geo_events.files.layers import has_geometry, layers_of, table_of
from geo_events.files.story_layers import frame_of_verdicts
from geo_events.files.tables import write_csv, write_parquet

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    import geopandas as gpd

    from geo_events.corridors.verdict import Verdict

__all__ = ["frame_of_verdict", "save"]


def save(thing: Any, path: str | os.PathLike[str]) -> Path:  # noqa: ANN401 - what can be saved is listed below
    """Save a thing in the format that the path's suffix names; all or nothing.

    Parameters
    ----------
    thing : Story, Corridor, Verdict, Place, DataFrame, folium.Map, or a dict or list of them
        What to save. A dict of frames gives their layers' names; the layers of a list are put
        together, with a column `group` that tells the stories or corridors apart.
    path : path-like
        The file; its folder must exist. `.html`: a map, drawn by `draw_map` where the thing is
        none; `.png` and `.pdf`: the same as a picture, or as pages to print. `.geojson` (RFC
        7946), `.gpkg` (GeoPackage with styles for QGIS) and `.kml` (Google Earth, with times):
        layers with geometry, one per kind; of a story its corridors, crossings, places, areas and
        claims, in `.gpkg` its events too. `.parquet` (with geometry: GeoParquet 1.1) and `.csv`:
        one table.

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
    MissingExtraError
        Pictures need the extra `image`; says how to get it.

    Notes
    -----
    The same thing gives the same bytes of HTML, GeoJSON, KML and CSV, and the same rows of the
    others. `read_frames` reads all but maps back. A story holds several tables: for `.csv` and
    `.parquet` save one of them, such as `story.to_frame("events")`.

    Examples
    --------
    >>> import tempfile, pathlib, geopandas as gpd, shapely
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
    """Save a map, or draw one of what is none; somebody's folium map is made to work offline."""
    from geo_events.maps import EventMap  # noqa: PLC0415 - folium loads only for maps
    from geo_events.maps.offline import write_page  # noqa: PLC0415 - the same

    drawn = _map_of(thing)
    if isinstance(drawn, EventMap):
        drawn.save(path)
    else:
        write_page(drawn, path)


def _save_picture(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save a map as a picture or as pages to print."""
    from geo_events.maps.figures import write_pdf, write_png  # noqa: PLC0415 - as above

    write = write_png if path.suffix.lower() == ".png" else write_pdf
    write(_map_of(thing), path)


def _map_of(thing: Any) -> Any:  # noqa: ANN401 - as save
    """Give a map as it is, or draw one of what is none."""
    import folium  # noqa: PLC0415 - as above

    from geo_events.maps import draw_map  # noqa: PLC0415 - as above

    return thing if isinstance(thing, folium.Map) else draw_map(*_things_of(thing))


def _things_of(thing: Any) -> list[Any]:  # noqa: ANN401 - as save
    """List the things that one map is drawn of."""
    if isinstance(thing, dict):
        return list(thing.values())
    return list(thing) if isinstance(thing, list | tuple) else [thing]


def _save_table(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save one table as CSV or (Geo)Parquet."""
    write = write_csv if path.suffix.lower() == ".csv" else write_parquet
    write(table_of(thing), path)


def _save_geojson(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save geometries as GeoJSON; a single layer needs no name."""
    layers = _drawn(thing, path)
    write_geojson(next(iter(layers.values())) if len(layers) == 1 else layers, path)


def _save_gpkg(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save geometries as the layers of a GeoPackage, tables without geometry beside them."""
    _drawn(thing, path)
    write_gpkg(layers_of(thing), path)


def _save_kml(thing: Any, path: Path) -> None:  # noqa: ANN401 - as save
    """Save geometries as the folders of a KML document."""
    layers = _drawn(thing, path)
    titles = [str(frame.attrs.get("title", "")) for frame in layers.values()]
    write_kml(layers, path, title=titles[0])


def _drawn(thing: Any, path: Path) -> dict[str, gpd.GeoDataFrame]:  # noqa: ANN401 - as save
    """Give the layers of a thing that have a geometry; at least one."""
    layers = layers_of(thing)
    drawn = {name: frame for name, frame in layers.items() if has_geometry(frame)}
    if not drawn:
        raise InvalidInputError(
            f"cannot save {path.name!r}: a {type(thing).__name__} has no geometry to save in this "
            "format; a table without geometry can be saved as .csv or .parquet"
        )
    return drawn


_WRITERS: dict[str, Callable[[Any, Path], None]] = {
    ".html": _save_html,
    ".png": _save_picture,
    ".pdf": _save_picture,
    ".geojson": _save_geojson,
    ".gpkg": _save_gpkg,
    ".kml": _save_kml,
    ".parquet": _save_table,
    ".csv": _save_table,
}


def frame_of_verdict(verdict: Verdict) -> gpd.GeoDataFrame:
    """Give a verdict as one row; see `frame_of_verdicts`."""
    return frame_of_verdicts([verdict])
