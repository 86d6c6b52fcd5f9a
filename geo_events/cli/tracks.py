"""The command `crossings`: what each track of a table crosses, in order."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo_events.cli.options import (
    FormatOption,
    OutOption,
    Speed,
    ViewName,
    ViewOption,
    view_of,
)
from geo_events.cli.printing import say
from geo_events.cli.results import check_output, read_time, save_result
from geo_events.cli.stays import print_stays
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Errors", "crossings", "read_tracks", "say_faults"]

_SHOWN = 20
_OTHER_SIGNS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


class Errors(StrEnum):
    """What becomes of a track that cannot be used."""

    raise_ = "raise"
    report = "report"


def crossings(  # noqa: PLR0913 - its parameters are its options
    table: Annotated[
        str,
        typer.Argument(metavar="TABLE", help="Tracks: .csv .parquet .geojson .gpkg or .kml."),
    ],
    origin: Annotated[
        str, typer.Option("--origin", help="The column of origins, or lon0,lat0.")
    ] = "origin",
    target: Annotated[
        str, typer.Option("--target", help="The column of targets, or lon1,lat1.")
    ] = "target",
    layer: Annotated[
        str | None, typer.Option("--layer", help="Which layer, where the file has several.")
    ] = None,
    territories: Annotated[
        str | None, typer.Option("--territories", help="Areas of yours instead of the world.")
    ] = None,
    extra: Annotated[
        str | None, typer.Option("--extra", help="Areas of yours beside the world.")
    ] = None,
    lakes: Annotated[bool, typer.Option("--lakes", help="Also the stays over lakes.")] = False,
    near: Annotated[
        str | None, typer.Option("--near", help='Also misses up to this, as "50 km".')
    ] = None,
    speed: Speed = None,
    time: Annotated[
        str | None,
        typer.Option("--time", help="Departure: a column, or a time 2015-10-07T02:00+03:00."),
    ] = None,
    altitude: Annotated[
        str | None,
        typer.Option("--altitude", help='A column, one for all as "FL350", or z for the heights.'),
    ] = None,
    errors: Annotated[
        Errors, typer.Option("--errors", help="Stop at a faulty track, or leave it out and say so.")
    ] = Errors.raise_,
    depth: Annotated[
        bool, typer.Option("--depth/--no-depth", help="How deep each stay goes (slower).")
    ] = True,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Threads.")] = 1,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find what each track of a table crosses, in order."""
    from geo_events.corridors.crossings import find_crossings
    from geo_events.files.areas import read_territories

    check_output(output)
    tracks, ends = read_tracks(table, origin, target, layer)
    found = find_crossings(
        tracks,
        **ends,
        territories=None if territories is None else read_territories(territories),
        extra=None if extra is None else read_territories(extra),
        lakes=lakes,
        near=near,
        speed=speed,
        time=_read_times(tracks, time),
        altitude=altitude,
        errors=errors.value,
        depth=depth,
        workers=workers,
        geometry=_wants_geometry(output),
        view=view_of(view),
    )
    save_result(found, output)
    if output is None or format_ is not None:
        print_stays(found, view=view_of(view), format_=format_)
    else:
        used = len(tracks) - len(found.attrs["errors"])
        say(f"geo-events: {used:,} tracks, {len(found):,} stays, view {view.value}")
    say_faults(found.attrs["errors"])


def _wants_geometry(output: str | None) -> bool:
    """Tell whether the result goes to a file of geometries."""
    return output is not None and not output.lower().endswith((".csv", ".parquet"))


def say_faults(faults: tuple[tuple[Any, str], ...], what: str = "row") -> None:
    """Say which tracks or texts were left out, and why."""
    for label, text in faults[:_SHOWN]:
        say(f"geo-events: left out: {what} {label!r}: {text}")
    if len(faults) > _SHOWN:
        say(f"geo-events: left out: and {len(faults) - _SHOWN:,} more")


def read_tracks(
    path: str, origin: str, target: str, layer: str | None = None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read tracks for `find_crossings`.

    Parameters
    ----------
    path : str
        A file as `read_frames` takes it: of lines, or with the columns that `origin` and `target`
        name.
    origin, target : str
        A column of names, or two columns "lon,lat".
    layer : str, optional
        Which layer; needed where several could be meant.

    Returns
    -------
    frame : DataFrame or GeoDataFrame
        The tracks, with all their other columns; lines cut at ±180° are whole again.
    ends : dict
        `origin=` and `target=` for `find_crossings`; empty for lines.

    Raises
    ------
    InvalidInputError
        Another suffix, a file that cannot be read, no such layer, or no such columns.
    """
    from geo_events.files.reading import read_frames

    frames = read_frames(path)
    lines = {name: frame for name, frame in frames.items() if _has_lines(frame)}
    chosen = _choose(frames if layer is not None else (lines or frames), layer, path)
    if _has_lines(chosen):
        return _whole_lines(chosen), {}
    ends = {"origin": _columns(origin), "target": _columns(target)}
    wanted = [name for end in ends.values() for name in ([end] if isinstance(end, str) else end)]
    missing = [name for name in wanted if name not in chosen.columns]
    if missing:
        raise InvalidInputError(
            f"{path!r} has no column {missing}; it has {list(map(str, chosen.columns))}; name the "
            f"columns with --origin and --target{_say_separator(chosen)}"
        )
    return chosen, ends


def _say_separator(frame: pd.DataFrame) -> str:
    """Say that a table of one column has semicolons or tabs in place of commas."""
    first = str(frame.columns[0]) if len(frame.columns) else ""
    found = next((name for sign, name in _OTHER_SIGNS.items() if sign in first), "")
    return f"; its columns are divided by {found}: save it with commas" if found else ""


def _has_lines(frame: pd.DataFrame) -> bool:
    """Tell whether a frame holds lines."""
    kinds = getattr(frame, "geom_type", None)
    return kinds is not None and bool(kinds.isin(["LineString", "MultiLineString"]).any())


def _choose(frames: dict[str, pd.DataFrame], layer: str | None, path: str) -> pd.DataFrame:
    """Choose the layer of the tracks; where several could be meant it must be named."""
    if layer is None and len(frames) == 1:
        return next(iter(frames.values()))
    if layer not in frames:
        wish = "several layers" if layer is None else f"no layer {layer!r}"
        raise InvalidInputError(f"{path!r} has {wish}; give --layer, one of {list(frames)}")
    return frames[layer]


def _whole_lines(frame: Any) -> gpd.GeoDataFrame:  # noqa: ANN401 - a GeoDataFrame, whose module is heavy
    """Join lines that were cut at ±180°."""
    from geo_events.files.frames import join_antimeridian

    whole: gpd.GeoDataFrame = frame.set_geometry(
        frame.geometry.map(join_antimeridian, na_action="ignore").set_crs(frame.crs)
    )
    return whole


def _columns(text: str) -> str | tuple[str, ...]:
    """Understand "lon0,lat0" as two columns."""
    return tuple(part.strip() for part in text.split(",")) if "," in text else text


def _read_times(tracks: pd.DataFrame, time: str | None) -> Any:  # noqa: ANN401 - a column's name, a moment or None
    """Understand --time: a column, or one moment."""
    if time is None or time not in tracks.columns:
        return read_time(time, "--time")
    return time
