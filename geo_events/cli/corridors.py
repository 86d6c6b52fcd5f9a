"""Commands from place to place: corridors, what they cross, and the ways round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo_events.cli.options import (
    Depart,
    Detour,
    Format,
    FormatOption,
    MaxLength,
    OutOption,
    Speed,
    ViewName,
    ViewOption,
    view_of,
)
from geo_events.cli.printing import chosen, print_frame, print_view, say, write
from geo_events.cli.results import check_output, echo, read_time, save_result
from geo_events.cli.stays import print_stays

if TYPE_CHECKING:
    from geo_events.corridors.verdict import Verdict

__all__ = ["Origin", "Target", "corridor", "crosses", "shares"]

EXIT_CODES = {"yes": 0, "no": 10, "depends": 11, "too close to call": 12, "not checkable": 13}
SHARES = ("name", "kind", "part", "share", "can_cross", "can_avoid", "method")

Origin = Annotated[
    str, typer.Argument(metavar="ORIGIN", help='As "Moscow", "Caspian Sea", "35.95N 39.01E".')
]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="The same.")]


def corridor(
    origin: Origin,
    target: Target,
    via: Annotated[
        list[str] | None, typer.Option("--via", help="A point on the way; may be repeated.")
    ] = None,
    half_width: Annotated[
        str | None, typer.Option("--half-width", help='Of the band, as "20 nmi".')
    ] = None,
    speed: Speed = None,
    depart: Depart = None,
    near: Annotated[
        str | None, typer.Option("--near", help='Also what it misses by this, as "50 km".')
    ] = None,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Say what the straight line between two places crosses, in which order."""
    from geo_events.corridors.corridor import make_corridor

    check_output(output)
    made = make_corridor(
        origin,
        target,
        via=tuple(via or ()),
        half_width=half_width,
        speed=speed,
        depart=read_time(depart),
        view=view_of(view),
    )
    save_result(made, output)
    if chosen(format_) is Format.geojson:
        print_frame(made.to_gdf(), view=view_of(view), format_=format_)
    elif made.is_line:
        stays = made.crossings(near=near)
        echo(made.origin, *made.via, made.target)
        say(f"{made.name}: {made.length_km:,.1f} km")
        print_stays(stays, view=view_of(view), format_=format_, one=True)
    else:
        found = made.shares()
        echo(made.origin, made.target)
        say(f"{made.name}: an area as an end has no single line; shares of all its lines:")
        print_frame(found, view=view_of(view), format_=format_, columns=_present(found))


def _present(frame: Any) -> list[str]:  # noqa: ANN401 - a DataFrame, whose module is heavy
    """Choose the columns of shares that are there."""
    return [name for name in SHARES if name in frame]


def crosses(
    origin: Origin,
    target: Target,
    territory: Annotated[str, typer.Argument(metavar="TERRITORY", help="A country or sea.")],
    detour: Detour = "5 %",
    max_length: MaxLength = None,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Answer whether straight lines cross a territory: yes, no, depends, too close to call."""
    from geo_events.corridors.verdicts import check_crossing

    check_output(output)
    verdict = check_crossing(
        origin,
        target,
        territory,
        detour=None if max_length else detour,
        max_length=max_length,
        view=view_of(view),
    )
    save_result(verdict, output)
    echo(origin, target, territory)
    _print_verdict(verdict, format_)
    raise typer.Exit(EXIT_CODES[verdict.answer])


def _print_verdict(verdict: Verdict, format_: Format | None) -> None:
    """Print a verdict: in words for people, as one row for programs."""
    if chosen(format_) is Format.table:
        write(verdict.question)
        write(verdict.answer.upper())
        for reason in verdict.reasons:
            write(f"  {reason}")
        print_view(verdict.view)
        return
    from geo_events.output import frame_of_verdict

    print_frame(frame_of_verdict(verdict), view=verdict.view, format_=format_)


def shares(
    origin: Origin,
    target: Target,
    detour: Detour = None,
    max_length: MaxLength = None,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Say which share of the straight lines between two places crosses each territory."""
    from geo_events.corridors.shares import find_shares

    check_output(output)
    found = find_shares(origin, target, detour=detour, max_length=max_length, view=view_of(view))
    save_result(found, output)
    echo(origin, target)
    print_frame(found, view=view_of(view), format_=format_, columns=_present(found))
