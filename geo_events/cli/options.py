"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geo_events.values import View

__all__ = [
    "Depart",
    "Detour",
    "Format",
    "FormatOption",
    "MaxLength",
    "OutOption",
    "Speed",
    "ViewName",
    "ViewOption",
    "view_of",
]


class ViewName(StrEnum):
    """Whose borders."""

    de_facto = "de_facto"
    recognised = "recognised"


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"
    geojson = "geojson"
    csv = "csv"


ViewOption = Annotated[
    ViewName,
    typer.Option(
        "--view", help="Whose borders: who controls, or close to recognition by the UN's members."
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", help="How to print; without it a table on a terminal, else JSON lines."
    ),
]
OutOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", help="Save it too: .html .png .pdf .geojson .gpkg .kml .parquet .csv"
    ),
]
Detour = Annotated[
    str | None, typer.Option("--detour", help='How much longer a route may be, as "5 %".')
]
MaxLength = Annotated[
    str | None, typer.Option("--max-length", help='The longest route, as "1500 km".')
]
Depart = Annotated[
    str | None, typer.Option("--depart", help="A time with its zone: 2015-10-07T02:00+03:00.")
]
Speed = Annotated[str | None, typer.Option("--speed", help='As "900 km/h" or "480 kt".')]


def view_of(name: ViewName) -> View:
    """Return the name of a view as the functions take it."""
    return name.value
