"""Commands on the embedded data: `data status`, `verify`, `build`, `import-geonames`."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from geo_events.cli.options import Format, FormatOption
from geo_events.cli.printing import chosen, print_rows, say, write
from geo_events.errors import InvalidInputError

__all__ = ["app"]

app = typer.Typer(help="The embedded tables: what is there, whether it is whole, how it is made.")


@app.command()
def status(format_: FormatOption = None) -> None:
    """Say where the tables are, how old, how large, and from which sources."""
    from geo_events.atlas.bundle import open_bundle
    from geo_events.atlas.status import bundle_status

    tables = bundle_status()
    bundle = open_bundle()
    manifest: dict[str, Any] = bundle.manifest
    if chosen(format_) is Format.table:
        total = sum(table["bytes"] for table in tables)
        write(f"{bundle.folder}: version {manifest.get('version')}, {total / 1e6:.1f} MB unpacked")
        for source in manifest.get("sources", []):
            words = [str(source[key]) for key in ("package", "version", "licence") if key in source]
            write("  from " + ", ".join(words))
    print_rows(tables, view=None, format_=format_, columns=("table", "rows", "bytes"))


@app.command()
def verify(format_: FormatOption = None) -> None:
    """Check every table against its checksum."""
    from geo_events.atlas.status import bundle_status, verify_bundle

    verify_bundle()
    rows = [row | {"whole": True} for row in bundle_status()]
    print_rows(rows, view=None, format_=format_, columns=("table", "sha256", "whole"))
    say(f"geo-events: all {len(rows)} tables in {rows[0]['folder']} are whole")


@app.command()
def build() -> None:
    """Build the tables again from their sources, in a checkout of the project.

    Asks nothing; takes some minutes. The sources are packages of public registries, fetched once.
    """
    maker = Path(__file__).parents[2] / "tools" / "build_data.py"
    if not maker.is_file():
        raise InvalidInputError(
            "the tables are built in a checkout of the project (tools/build_data.py), which this "
            "installation is not; reinstall geo_events to have the tables as they were published"
        )
    say(
        f"geo-events: building the tables in {maker.parents[1] / 'data'} from their sources "
        "(fetched once; some minutes); Ctrl-C stops it and leaves the old tables"
    )
    raise typer.Exit(_run(maker))


def _run(maker: Path) -> int:
    """Run a program of ours to its end; signals that end us end it too, and it cleans up."""
    with subprocess.Popen([sys.executable, str(maker)], stdin=subprocess.DEVNULL) as running:  # noqa: S603 - our own program
        before = signal.signal(signal.SIGTERM, lambda *_: running.terminate())
        try:
            while True:
                with contextlib.suppress(KeyboardInterrupt):  # it got the signal too
                    return running.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


@app.command("import-geonames")
def import_geonames(
    dump: Annotated[
        str, typer.Argument(metavar="DUMP", help="allCountries.zip or .txt from GeoNames.")
    ],
    alternate_names: Annotated[
        str | None, typer.Argument(metavar="[NAMES]", help="alternateNamesV2.zip or .txt.")
    ] = None,
    folder: Annotated[
        str,
        typer.Option(
            "--folder", envvar="GEO_EVENTS_DATA", help="Where the new tables go: new, or replaced."
        ),
    ] = "geo_events_data",
) -> None:
    """Import a full GeoNames dump into tables like the embedded ones."""
    from rich.console import Console
    from rich.progress import Progress

    from geo_events.atlas import geonames

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("importing", total=None)
        report = geonames.import_geonames(
            dump,
            alternate_names,
            folder,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
    for reason, count in report.reasons.items():
        say(f"geo-events: {count:,} lines rejected: {reason} (see {folder}/rejected.tsv)")
    say(
        f"geo-events: {report.places:,} places ({report.added:,} new, {report.updated:,} updated) "
        f"in {folder}; use them with GEO_EVENTS_DATA={folder}"
    )
