"""The command `stories`: the texts of a folder, into a table."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from geo_events.cli.options import ViewName, ViewOption, view_of
from geo_events.cli.printing import say
from geo_events.cli.results import check_output, save_result
from geo_events.cli.tracks import Errors, say_faults

__all__ = ["stories"]


class ManyTable(StrEnum):
    """The tables of many texts."""

    stories = "stories"
    mentions = "mentions"
    events = "events"
    corridors = "corridors"
    verdicts = "verdicts"
    crossings = "crossings"


def stories(
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="Its .txt, .md and .html files are read.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="The table: .csv .parquet, .geojson of corridors.")
    ],
    table: Annotated[
        ManyTable, typer.Option("--table", help="Which table; each row names its text.")
    ] = ManyTable.events,
    published: Annotated[
        str | None,
        typer.Option("--published", help="When all were published; else what each file says."),
    ] = None,
    pattern: Annotated[str, typer.Option("--pattern", help='Which files, as "*.md".')] = "**/*",
    errors: Annotated[
        Errors, typer.Option("--errors", help="Stop at a bad text, or leave it out and say so.")
    ] = Errors.raise_,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes.")] = 1,
    view: ViewOption = ViewName.de_facto,
) -> None:
    """Read all texts of a folder into one table."""
    from geo_events.engines import read_stories

    check_output(output)
    found = read_stories(
        folder,
        published=published,
        pattern=pattern,
        tables=(table.value,),
        view=view_of(view),
        executor="threads" if workers == 1 else "processes",
        workers=workers,
        errors=errors.value,
        progress=_show if sys.stderr.isatty() else None,
    )
    frame = found[table.value]
    save_result(frame.rename_axis("story").reset_index() if table == "stories" else frame, output)
    say(f"geo-events: {len(frame):,} {table.value}, view {view.value}")
    say_faults(tuple(zip(found.errors["label"], found.errors["message"], strict=True)), "text")


def _show(done: int, total: int | None) -> None:
    """Show progress on a terminal, on one line."""
    sys.stderr.write(f"\r{done:,} of {total:,} texts" + ("\n" if done == total else ""))
