"""The program `geo-events`: its commands, and what becomes of warnings and errors."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
import warnings
from typing import Annotated, NoReturn

import typer

from geo_events._version import __version__
from geo_events.cli import corridors, data, folders, places, texts, tracks, ways
from geo_events.cli.printing import plain_line
from geo_events.cli.usage import say_usage
from geo_events.errors import GeoEventsError, GeoEventsWarning

__all__ = ["app", "main"]

EPILOG = (
    "Exit codes: 0 done, or yes; 1 unexpected failure; 2 bad usage or input; 10 no; 11 depends; "
    "12 too close to call; 13 not checkable."
)

_HUNG_UP = 141  # as a shell tells a program that a closed pipe ended

app = typer.Typer(
    name="geo-events",
    help="From a news text to a map that can be checked: places, corridors, and what they cross.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("map")(texts.draw)
app.command("read")(texts.read)
app.command("stories")(folders.stories)
app.command("find")(places.find)
app.command("locate")(places.locate)
app.command("corridor")(corridors.corridor)
app.command("crosses")(corridors.crosses)
app.command("shares")(corridors.shares)
app.command("origins")(ways.origins)
app.command("route")(ways.route)
app.command("separation")(ways.separation)
app.command("crossings")(tracks.crossings)
app.command("rings")(ways.rings)
app.add_typer(data.app, name="data")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    """Print the version and stop."""
    if wanted:
        sys.stdout.write(f"geo_events {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an unexpected failure came from.")
    ] = False,
) -> None:
    """From a news text to a map that can be checked: places, corridors, and what they cross."""


def main() -> None:
    """Run the program; every expected error is one line on stderr and exit code 2."""
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    warnings.showwarning = _show_warning
    warnings.simplefilter("always" if debug else "ignore")
    warnings.simplefilter("always", GeoEventsWarning)
    try:
        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):
            _hang_up()
        raise
    except BrokenPipeError:
        _hang_up()
    except typer.TyperException as error:
        _stop_usage(error, debug=debug)
    except GeoEventsError as error:
        _stop(str(error), 2, debug=debug)
    except OSError as error:
        path = f"{error.filename!r}: " if error.filename else ""
        _stop(f"{path}{error.strerror or error}", 2, debug=debug)
    except Exception as error:  # noqa: BLE001 - the program's edge: no user sees a traceback
        _stop(
            f"unexpected failure: {type(error).__name__}: {error} (run again with --debug and "
            "report what it shows)",
            1,
            debug=debug,
        )
    if isinstance(code, int) and code:
        sys.exit(code)


def _hang_up() -> NoReturn:
    """Stop quietly: whoever read our output has read enough."""
    with contextlib.suppress(OSError, ValueError):  # no real stdout: nothing to hold back
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr] # AttributeError cannot be: we wrote to it
    sys.exit(_HUNG_UP)


def _stop_usage(error: typer.TyperException, *, debug: bool) -> NoReturn:
    """Say what was wrong with the command; without any command at all show the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error.format_message()}\n")
        sys.exit(2)
    _stop(say_usage(error), 2, debug=debug)


def _stop(message: str, code: int, *, debug: bool) -> NoReturn:
    """Say what went wrong in one line, and stop."""
    if debug:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.write(f"geo-events: {plain_line(message)}\n")
    sys.exit(code)


def _show_warning(
    message: Warning | str, category: type[Warning], *_: object, **_more: object
) -> None:
    """Write a warning as one line on stderr."""
    kind = "note" if issubclass(category, GeoEventsWarning) else category.__name__
    sys.stderr.write(f"geo-events: {kind}: {plain_line(str(message))}\n")
