"""Commands from the answer back to the places: where from, which way round, how near, how far."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from geo_events.cli.corridors import Origin, Target
from geo_events.cli.options import (
    Depart,
    Format,
    FormatOption,
    OutOption,
    Speed,
    ViewName,
    ViewOption,
    view_of,
)
from geo_events.cli.printing import chosen, print_frame, print_rows, print_view, say, write
from geo_events.cli.results import check_output, echo, read_time, save_result
from geo_events.cli.stays import print_stays
from geo_events.errors import InvalidInputError

__all__ = ["Quantifier", "origins", "rings", "route", "separation"]


class Quantifier(StrEnum):
    """Whether some line to an area fits, or every one."""

    any = "any"
    all = "all"


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
    quantifier: Annotated[
        Quantifier,
        typer.Option(
            "--quantifier", help="For a target that is an area: some line fits, or all lines do."
        ),
    ] = Quantifier.any,
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find the part of an area from which straight lines fit."""
    from geo_events.corridors.origins import find_origins

    check_output(output)
    found = find_origins(
        area,
        target,
        crossing=tuple(crossing or ()),
        avoiding=tuple(avoiding or ()),
        within=within,
        quantifier=quantifier.value,
        view=view_of(view),
    )
    save_result(found, output)
    echo(area, target, *(crossing or ()), *(avoiding or ()))
    if not len(found):
        wish = found.attrs["meaning"].removeprefix("from here ")
        say(f"nowhere in {found.attrs['area']}: {wish}")
        if chosen(format_) is Format.table:
            return
    elif chosen(format_) is Format.table:
        write(found.attrs["meaning"])
    else:
        say(found.attrs["meaning"])
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
    from geo_events.corridors.wording import join_words

    check_output(output)
    found = find_route(origin, target, avoid=tuple(avoid or ()), margin=margin, view=view_of(view))
    straight = make_corridor(origin, target, view=view_of(view)).length_km
    save_result(found, output)
    echo(origin, target, *(avoid or ()))
    if isinstance(found.length_km, float) and isinstance(straight, float):
        longer = found.length_km / straight - 1 if straight else 0.0
        say(f"{found.name}: {found.length_km:,.1f} km, {longer:.1%} longer than the straight line")
    if found.via and margin is None:
        say(f"it turns at the border of {join_words(list(avoid or ()))}; --margin keeps it away")
    if chosen(format_) is Format.geojson:
        print_frame(found.to_gdf(), view=view_of(view), format_=format_)
    else:
        print_stays(found.crossings(), view=view_of(view), format_=format_, one=True)


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
        _track("A", a, view, speed, depart),
        _track("B", b, view, speed_b or speed, depart_b or depart),
        within=within,
    )
    echo(*(place.strip() for place in (*a.split(">"), *b.split(">"))))
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


def _track(what: str, given: str, view: ViewName, speed: str | None, depart: str | None) -> Any:  # noqa: ANN401 - a place's name or a Corridor
    """Understand "A > B" as a corridor, all else as a place."""
    from geo_events.corridors.corridor import make_corridor

    if (speed is None) != (depart is None):
        raise InvalidInputError(
            f"{what}: for distances in time give both --speed and --depart; got only "
            f"{'--depart' if speed is None else '--speed'}"
        )
    origin, arrow, target = given.partition(">")
    if not arrow:
        return given
    for end, place in (("origin", origin), ("target", target)):
        if not place.strip():
            raise InvalidInputError(
                f"{what}: the {end} is empty in {given!r}; expected 'ORIGIN > TARGET'"
            )
    return make_corridor(
        origin.strip(), target.strip(), speed=speed, depart=read_time(depart), view=view_of(view)
    )


def rings(
    center: Annotated[str, typer.Argument(metavar="CENTER", help="A place that is a point.")],
    radii: Annotated[list[str], typer.Argument(metavar="RADIUS...", help='As "300 km".')],
    output: OutOption = None,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Draw rings of equal distance round a place."""
    from geo_events.corridors.rings import make_range_rings

    check_output(output)
    made = make_range_rings(center, *radii)
    save_result(made, output)
    echo(center)
    print_frame(made, view=view_of(view), format_=format_, columns=_flat(made))
