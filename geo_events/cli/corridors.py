"""Commands from place to place: corridors, what they cross, and the ways round."""

from __future__ import annotations

from datetime import datetime
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
from geo_events.cli.printing import chosen, print_frame, print_rows, print_view, say, write
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from geo_events.corridors.verdict import Verdict

__all__ = [
    "corridor",
    "crosses",
    "crossings",
    "origins",
    "rings",
    "route",
    "separation",
    "shares",
]

EXIT_CODES = {"yes": 0, "no": 10, "depends": 11, "too close to call": 12, "not checkable": 13}
STAYS = (
    *("track", "order", "name", "kind", "enter_km", "leave_km", "inside_km"),
    *("enter_min", "leave_min", "depth_km", "clear_of_border", "contested"),
)
SHARES = ("name", "kind", "part", "share", "can_cross", "can_avoid", "method")

Origin = Annotated[
    str, typer.Argument(metavar="ORIGIN", help='As "Moscow", "Caspian Sea", "35.95N 39.01E".')
]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="The same.")]


def _save(thing: Any, output: str | None) -> None:  # noqa: ANN401 - what save takes
    """Save a result where that was asked for."""
    if output is not None:
        from geo_events.output import save

        say(f"geo-events: saved {save(thing, output)}")


def _check_output(output: str | None) -> None:
    """Refuse a path that cannot be written before any work is done."""
    if output is not None:
        from geo_events.disk import check_target

        check_target(output)


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

    _check_output(output)
    made = make_corridor(
        origin,
        target,
        via=tuple(via or ()),
        half_width=half_width,
        speed=speed,
        depart=_time(depart),
        view=view_of(view),
    )
    _save(made, output)
    if chosen(format_) is Format.geojson:
        print_frame(made.to_gdf(), view=view_of(view), format_=format_)
    elif made.is_line:
        stays = made.crossings(near=near)
        _echo(made.origin, *made.via, made.target)
        say(f"{made.name}: {made.length_km:,.1f} km")
        columns = [name for name in (*STAYS, "miss_km") if name in stays and name != "track"]
        print_frame(stays, view=view_of(view), format_=format_, columns=columns)
    else:
        found = made.shares()
        _echo(made.origin, made.target)
        say(f"{made.name}: an area as an end has no single line; shares of all its lines:")
        print_frame(found, view=view_of(view), format_=format_, columns=_present(found))


def _echo(*ends: Any) -> None:  # noqa: ANN401 - names as given, or ends already understood
    """Say on stderr what the places given were understood to mean."""
    from geo_events.atlas.gazetteer import resolve_place

    places = [
        resolve_place(end) if isinstance(end, str) else (getattr(end, "place", None) or end)
        for end in ends
    ]
    say("understood: " + "; ".join(map(str, places)))


def _present(frame: Any) -> list[str]:  # noqa: ANN401 - a DataFrame, whose module is heavy
    """Choose the columns of shares that are there."""
    return [name for name in SHARES if name in frame]


def _time(text: str | None) -> datetime | None:
    """Read a time with its zone."""
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = datetime.min  # noqa: DTZ901 - refused below, since it has no zone
    if time.tzinfo is None:
        raise InvalidInputError(
            f"--depart: expected a time with its zone, as 2015-10-07T02:00+03:00; got {text!r}"
        )
    return time


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

    _check_output(output)
    verdict = check_crossing(
        origin,
        target,
        territory,
        detour=None if max_length else detour,
        max_length=max_length,
        view=view_of(view),
    )
    _save(verdict, output)
    _echo(origin, target, territory)
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

    _check_output(output)
    found = find_shares(origin, target, detour=detour, max_length=max_length, view=view_of(view))
    _save(found, output)
    _echo(origin, target)
    print_frame(found, view=view_of(view), format_=format_, columns=_present(found))


def origins(
    area: Annotated[str, typer.Argument(metavar="AREA", help="Where from: a sea or country.")],
    target: Target,
    crossing: Annotated[
        list[str] | None, typer.Option("--crossing", help="Lines that cross this; repeatable.")
    ] = None,
    avoiding: Annotated[
        list[str] | None, typer.Option("--avoiding", help="Lines that do not; repeatable.")
    ] = None,
    within: Annotated[
        str | None, typer.Option("--within", help='No farther than this, as "1500 km".')
    ] = None,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find the part of an area from which straight lines fit."""
    from geo_events.corridors.origins import find_origins

    _check_output(output)
    found = find_origins(
        area,
        target,
        crossing=tuple(crossing or ()),
        avoiding=tuple(avoiding or ()),
        within=within,
        view=view_of(view),
    )
    _save(found, output)
    _echo(area, target, *(crossing or ()), *(avoiding or ()))
    print_frame(found, view=view_of(view), format_=format_, columns=_flat(found))


def _flat(frame: Any) -> list[str]:  # noqa: ANN401 - a DataFrame, whose module is heavy
    """Choose the columns without geometry."""
    return [str(name) for name in frame.columns if str(frame[name].dtype) != "geometry"]


def route(
    origin: Origin,
    target: Target,
    avoid: Annotated[
        list[str] | None, typer.Option("--avoid", help="Closed territory; may be repeated.")
    ] = None,
    margin: Annotated[
        str | None, typer.Option("--margin", help='Stay so far away, as "20 nmi".')
    ] = None,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find the shortest way round closed territory."""
    from geo_events.corridors.corridor import make_corridor
    from geo_events.corridors.routes import find_route

    _check_output(output)
    found = find_route(origin, target, avoid=tuple(avoid or ()), margin=margin, view=view_of(view))
    straight = make_corridor(origin, target, view=view_of(view)).length_km
    _save(found, output)
    _echo(origin, target, *(avoid or ()))
    if isinstance(found.length_km, float) and isinstance(straight, float):
        longer = found.length_km / straight - 1 if straight else 0.0
        say(f"{found.name}: {found.length_km:,.1f} km, {longer:.1%} longer than the straight line")
    if chosen(format_) is Format.geojson:
        print_frame(found.to_gdf(), view=view_of(view), format_=format_)
    else:
        stays = found.crossings()
        columns = [name for name in STAYS if name in stays and name != "track"]
        print_frame(stays, view=view_of(view), format_=format_, columns=columns)


def separation(
    a: Annotated[str, typer.Argument(metavar="A", help='A place, or "ORIGIN > TARGET".')],
    b: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    within: Annotated[
        str | None, typer.Option("--within", help='Where they are closer, as "20 nmi".')
    ] = None,
    speed: Speed = None,
    depart: Depart = None,
    speed_b: Annotated[str | None, typer.Option("--speed-b", help="Of B, if another.")] = None,
    depart_b: Annotated[str | None, typer.Option("--depart-b", help="Of B, if another.")] = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Measure how near two corridors or places come, in time where both move."""
    from geo_events.corridors.separation import measure_separation

    found = measure_separation(
        _track(a, view, speed, depart),
        _track(b, view, speed_b or speed, depart_b or depart),
        within=within,
    )
    _echo(*(place.strip() for place in (*a.split(">"), *b.split(">"))))
    if chosen(format_) is Format.table:
        write(str(found))
        for begin_km, end_km in found.near_km:
            write(f"  within {within} from km {begin_km:,.1f} to km {end_km:,.1f} of A")
        for begin, end in found.near_times:
            write(f"  within {within} from {begin:%Y-%m-%d %H:%M:%S} to {end:%H:%M:%S} UTC")
        print_view(view_of(view))
        return
    row = {name: getattr(found, name) for name in found.__dataclass_fields__}
    print_rows([row], view=view_of(view), format_=format_)


def _track(given: str, view: ViewName, speed: str | None, depart: str | None) -> Any:  # noqa: ANN401 - a place's name or a Corridor
    """Understand "A > B" as a corridor, all else as a place."""
    from geo_events.corridors.corridor import make_corridor

    origin, arrow, target = given.partition(">")
    if not arrow:
        return given
    return make_corridor(
        origin.strip(), target.strip(), speed=speed, depart=_time(depart), view=view_of(view)
    )


def crossings(
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="Tracks: .csv, .parquet or .geojson.")
    ],
    origin: Annotated[
        str, typer.Option("--origin", help="The column of origins, or lon0,lat0.")
    ] = "origin",
    target: Annotated[
        str, typer.Option("--target", help="The column of targets, or lon1,lat1.")
    ] = "target",
    territories: Annotated[
        str | None, typer.Option("--territories", help="Areas of yours instead of the world.")
    ] = None,
    extra: Annotated[
        str | None, typer.Option("--extra", help="Areas of yours beside the world.")
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", help='Also misses up to this, as "50 km".')
    ] = None,
    speed: Speed = None,
    depth: Annotated[
        bool, typer.Option("--depth/--no-depth", help="How deep each stay goes (slower).")
    ] = True,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Threads.")] = 1,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find what each track of a table crosses, in order."""
    from geo_events.cli.tracks import read_tracks
    from geo_events.corridors.crossings import find_crossings
    from geo_events.files.areas import read_territories

    _check_output(output)
    tracks, ends = read_tracks(table, origin, target)
    found = find_crossings(
        tracks,
        **ends,
        territories=None if territories is None else read_territories(territories),
        extra=None if extra is None else read_territories(extra),
        near=near,
        speed=speed,
        depth=depth,
        workers=workers,
        view=view_of(view),
    )
    _save(found, output)
    if output is None or format_ is not None:
        columns = [name for name in (*STAYS, "miss_km") if name in found]
        print_frame(found, view=view_of(view), format_=format_, columns=columns)
    else:
        say(f"geo-events: {len(tracks):,} tracks, {len(found):,} stays, view {view.value}")


def rings(
    center: Annotated[str, typer.Argument(metavar="CENTER", help="A place that is a point.")],
    radii: Annotated[list[str], typer.Argument(metavar="RADIUS...", help='As "300 km".')],
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Draw rings of equal distance round a place."""
    from geo_events.corridors.rings import make_range_rings

    _check_output(output)
    made = make_range_rings(center, *radii)
    _save(made, output)
    _echo(center)
    print_frame(made, view=view_of(view), format_=format_, columns=_flat(made))
