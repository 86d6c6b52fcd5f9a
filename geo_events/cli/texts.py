"""Commands on texts: `map` and `read`."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast

import typer

from geo_events.cli.options import Format, FormatOption, ViewName, ViewOption, view_of
from geo_events.cli.printing import chosen, print_frame, say, write
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from geo_events.story import Story

__all__ = ["draw", "read"]

TextArgument = Annotated[
    str, typer.Argument(metavar="TEXT", help="A .txt, .md or .html file; - reads from stdin.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", help="When it was published, as 2015-10-08 (dates need it)."),
]
CorrectionsOption = Annotated[
    str | None,
    typer.Option(
        "--corrections", help="A JSON file of what is known better: places, kinds, events."
    ),
]
SaveCorrectionsOption = Annotated[
    str | None,
    typer.Option("--save-corrections", help="Write the corrections as a file to work on."),
]
RangeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--range", help='How far things can go: "1500 km", or "Kalibr=1500 km"; may be repeated.'
    ),
]


class Table(StrEnum):
    """The tables of a story."""

    mentions = "mentions"
    places = "places"
    events = "events"
    corridors = "corridors"
    verdicts = "verdicts"
    crossings = "crossings"


SHOWN = {
    Table.mentions: ("text", "kind", "name", "country", "score", "reason"),
    Table.places: ("name", "kind", "country", "mentions", "score"),
    Table.events: (
        *("event", "type", "status", "origin", "destination", "impact"),
        *("count_min", "begin", "statements"),
    ),
    Table.corridors: (
        *("origin", "target", "status", "events", "begin", "count"),
        *("shortest_km", "longest_km"),
    ),
    Table.verdicts: ("question", "answer", "share", "condition", "reasons"),
    Table.crossings: ("track", "order", "name", "kind", "enter_km", "inside_km", "depth_km"),
}


def draw(
    text: TextArgument,
    output: Annotated[str, typer.Option("--output", "-o", help="The map: a .html file.")],
    published: PublishedOption = None,
    corrections: CorrectionsOption = None,
    save_corrections: SaveCorrectionsOption = None,
    ranges: RangeOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Draw the map of a text: its places, corridors, what they cross, and who says so.

    A .geojson, .gpkg, .kml, .parquet or .csv file with geometries is drawn as it is.
    """
    from geo_events.cli.summary import summarise, to_record
    from geo_events.disk import check_target

    if not output.lower().endswith(".html"):
        raise InvalidInputError(
            f"--output: expected the name of a .html file; got {output!r}; for other formats, in "
            "Python: geo_events.save(story, path)"
        )
    target = check_target(output)
    if _is_table(text):
        _draw_file(text, target, view)
        return
    story = _load(text, _Given(published, corrections, save_corrections, ranges), view)
    from geo_events.maps import draw_map

    draw_map(story).save(target)
    if format_ in (Format.json, Format.geojson, Format.csv):
        print_record = to_record(story, target)
        write(print_record)
    else:
        write(summarise(story, target))


def _is_table(text: str) -> bool:
    """Tell whether a file holds features rather than a text, by its suffix."""
    from geo_events.files.reading import SUFFIXES

    return Path(text).suffix.lower() in SUFFIXES


def _draw_file(path: str, target: Path, view: ViewName) -> None:
    """Draw the layers of a file."""
    from geo_events.maps import draw_map

    drawn = draw_map(path, view=view_of(view))
    drawn.save(target)
    write(f"{target}: {drawn.content.title}, view {view.value}")


def read(
    text: TextArgument,
    published: PublishedOption = None,
    corrections: CorrectionsOption = None,
    save_corrections: SaveCorrectionsOption = None,
    ranges: RangeOption = None,
    table: Annotated[
        list[Table] | None, typer.Option("--table", help="Only this table; may be repeated.")
    ] = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Read a text: events, corridors and verdicts, or any table of it."""
    tables = table or [Table.events, Table.corridors, Table.verdicts]
    kind = chosen(format_)
    if len(tables) > 1 and kind in (Format.geojson, Format.csv):
        got = f"got {len(tables)} tables" if table else "got none"
        raise InvalidInputError(
            f"--format {kind}: expected one --table of {', '.join(Table)}; {got}"
        )
    story = _load(text, _Given(published, corrections, save_corrections, ranges), view)
    for warning in story.warnings:
        say(f"geo-events: {warning}")
    for name in tables:
        frame = story.places if name is Table.places else story.to_frame(cast("Any", name.value))
        if kind is Format.table:
            write(name.value)
        elif len(tables) > 1:
            frame.insert(0, "table", name.value)
        print_frame(frame, view=view_of(view), format_=kind, columns=SHOWN[name], nothing="(none)")


class _Given(NamedTuple):
    """What a reader knows of a text beside its words."""

    published: str | None
    corrections: str | None
    save_corrections: str | None
    ranges: list[str] | None


def _load(text: str, given: _Given, view: ViewName) -> Story:
    """Read the text from its file or from stdin, and write its corrections where asked."""
    from geo_events.story import read_story, save_corrections

    story = read_story(
        _stdin() if text == "-" else text,
        published=given.published,
        corrections=given.corrections,
        ranges=_read_ranges(given.ranges),
        view=view_of(view),
    )
    if given.save_corrections is not None:
        saved = save_corrections(story.corrections, given.save_corrections)
        say(f"geo-events: {len(story.corrections)} corrections written to {saved}")
    return story


def _read_ranges(options: list[str] | None) -> dict[str, str] | None:
    """Understand --range: a length for all, or words, an equals sign and a length."""
    if not options:
        return None
    parts = [option.rpartition("=") for option in options]
    return {words.strip(): length.strip() for words, _, length in parts}


def _stdin() -> io.StringIO:
    """Read all of stdin as UTF-8 text."""
    content = sys.stdin.buffer.read()
    try:
        return io.StringIO(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"stdin: expected text in UTF-8; byte {error.start} is none"
        ) from error
