"""Print results on stdout: a table for people, JSON lines, GeoJSON or CSV for programs."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geo_events.cli.options import Format
from geo_events.cli.rounding import round_frame, round_row
from geo_events.errors import InvalidInputError
from geo_events.values import VIEW_NOTES, View

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["chosen", "plain_line", "print_frame", "print_rows", "print_view", "say", "write"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WIDTH = 140  # of tables that go to a file or pipe
_LONGEST_CELL = 200


def chosen(given: Format | None) -> Format:
    """Return the format: the one given, else a table on a terminal and JSON lines elsewhere."""
    return given or (Format.table if sys.stdout.isatty() else Format.json)


def plain_line(text: str) -> str:
    """Take out what would move a terminal's cursor or turn its writing round."""
    return _CONTROL.sub(" ", text.encode("utf-8", "replace").decode()).strip()


def say(text: str) -> None:
    """Write a line of progress or a remark on stderr."""
    sys.stderr.write(f"{plain_line(text)}\n")


def write(text: str = "") -> None:
    """Write a line of a result on stdout."""
    sys.stdout.write(f"{text}\n")


def print_view(view: View | None) -> None:
    """Say whose borders a result rests on, where it rests on any."""
    if view is not None:
        write(f"view {view}: {VIEW_NOTES[view]}")


def print_rows(
    rows: Sequence[Mapping[str, Any]],
    *,
    view: View | None,
    format_: Format | None,
    columns: Sequence[str] = (),
    nothing: str = "nothing found",
) -> None:
    """Print plain rows; `columns` are those of the table, the other formats have them all.

    GeoJSON is made of the columns lon and lat.
    """
    kind = chosen(format_)
    if kind is Format.table:
        _print_table(rows, columns or list(rows[0] if rows else ()), nothing)
        print_view(view)
    elif kind is Format.json:
        for row in rows:
            write(_encode(row if view is None else {**row, "view": view}))
    else:
        print_frame(_points(rows), view=view, format_=kind)


def print_frame(
    frame: pd.DataFrame,
    *,
    view: View | None,
    format_: Format | None,
    columns: Sequence[str] = (),
    nothing: str = "nothing found",
) -> None:
    """Print a frame; `columns` are those of the table, the other formats have them all."""
    kind = chosen(format_)
    if kind in (Format.geojson, Format.csv):
        frame = round_frame(frame)
    if kind is Format.geojson:
        _print_geojson(frame, view)
        return
    if kind is Format.csv:
        from geo_events.files.tables import encode_csv

        sys.stdout.write(encode_csv(_with_view(frame, view), guard_formulas=True))
        return
    print_rows(_rows_of(frame), view=view, format_=kind, columns=columns, nothing=nothing)


def _with_view(frame: pd.DataFrame, view: View | None) -> pd.DataFrame:
    """Add the view as a column."""
    return frame if view is None else frame.assign(view=view)


def _print_geojson(frame: pd.DataFrame, view: View | None) -> None:
    """Print a frame with geometry as one feature collection."""
    import geopandas as gpd

    from geo_events.files.geojson import encode_geojson

    if not isinstance(frame, gpd.GeoDataFrame):
        raise InvalidInputError(
            "this result has no geometry; use --format json, csv or table instead of geojson"
        )
    whole = frame.copy()
    whole.attrs = {} if view is None else {"view": view}
    sys.stdout.write(encode_geojson(whole))


def _rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows without its geometries, as plain values."""
    from geo_events.files.frames import plain_value

    kept = [name for name in frame.columns if str(frame[name].dtype) != "geometry"]
    rows = frame[kept].to_dict("records")
    plain = [{str(key): plain_value(value) for key, value in row.items()} for row in rows]
    if frame.index.name and frame.index.name not in frame.columns:
        labels = [plain_value(label) for label in frame.index]
        plain = [
            {str(frame.index.name): label, **row} for label, row in zip(labels, plain, strict=True)
        ]
    return plain


def _points(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return plain rows with lon and lat as a frame of points."""
    import geopandas as gpd
    import pandas as pd

    table: pd.DataFrame = pd.DataFrame(list(rows))
    if {"lon", "lat"} <= set(table.columns):
        points = gpd.points_from_xy(table["lon"], table["lat"])
        table = gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
    return table


def _encode(row: Mapping[str, Any]) -> str:
    """Encode one row as a line of JSON; what is not finite is null."""
    return json.dumps(_finite(round_row(row)), ensure_ascii=False, allow_nan=False, default=str)


def _finite(thing: Any) -> Any:  # noqa: ANN401 - nested plain values
    """Replace numbers that are not finite by None."""
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    if isinstance(thing, str):
        return thing.encode("utf-8", "replace").decode()
    if isinstance(thing, Mapping):
        return {key: _finite(value) for key, value in thing.items()}
    return [_finite(item) for item in thing] if isinstance(thing, list | tuple) else thing


def _print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], nothing: str) -> None:
    """Print rows as a table that fits the terminal."""
    if not rows:
        write(nothing)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = [name for name in columns if any(_cell(name, row.get(name)) for row in rows)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        numeric = all(isinstance(row.get(name), int | float | None) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(name, row.get(name))) for name in columns))
    terminal = sys.stdout.isatty()
    Console(
        file=sys.stdout, width=None if terminal else _WIDTH, highlight=False, emoji=False
    ).print(table)


def _cell(name: str, value: object) -> str:
    """Write one cell for a reader."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return (
            f"{value:,.1f}" if name.endswith(("_km", "enter_min", "leave_min")) else f"{value:,.4g}"
        )
    if isinstance(value, list | tuple):
        return ", ".join(_cell(name, item) for item in value)
    return plain_line(str(value))[:_LONGEST_CELL]
