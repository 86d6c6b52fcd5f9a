"""Make the pages that come from the package itself: the reference, the commands, the data."""

from __future__ import annotations

import inspect
import json
import shutil
import time
from collections import Counter
from operator import attrgetter
from pathlib import Path

import gallery
import rules_page
import typer.main

import geo_events.engines
import geo_events.story
from geo_events.atlas.bundle import open_bundle
from geo_events.atlas.gazetteer import load_gazetteer
from geo_events.cli.program import app
from geo_events.corridors.history import load_border_changes

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"
FOLDER = HERE / "generated"
GROUPS = {  # page: its title, a sentence, the names on it
    "atlas": (
        "The atlas",
        "Find places by name, say where points lie.",
        ("load_atlas", "find_places", "resolve_place", "locate", "Atlas", "Place"),
    ),
    "texts": (
        "Texts",
        "Read what a text says: places, events, who claims and who denies.",
        (
            *("read_story", "read_text", "story.save_corrections", "story.load_corrections"),
            *("Story", "Mention", "Event", "Role", "Statement"),
        ),
    ),
    "corridors": (
        "Corridors and crossings",
        "From place to place on straight lines: what lies between, how deep, from where.",
        (
            *("make_corridor", "make_corridors", "find_crossings", "find_shares", "find_origins"),
            *("check_crossing", "measure_separation", "find_route", "make_range_rings"),
            *("Corridor", "Verdict", "Separation"),
        ),
    ),
    "many": (
        "Many texts, many tracks",
        "Read folders and cross large tables, on several cores or machines.",
        (
            *("engines.read_stories", "engines.find_crossings", "engines.measure_separations"),
            "engines.Stories",
        ),
    ),
    "output": (
        "Maps and files",
        "Draw, save, read back, and read your own areas.",
        ("draw_map", "save", "read_frames", "read_territories", "EventMap"),
    ),
    "values": ("Small values", "What the others are made of.", ("LonLat", "Span", "Source")),
}
DAY_S = 86_400
PLAIN = {"__version__", "errors", "engines"}


def write_all() -> None:
    """Write all made pages; a page that did not change keeps its time stamp."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in make_reference().items():
        write(f"api/{name}", text)
    write("commands.md", make_commands())
    write("data.md", make_data())
    write("rules.md", rules_page.make_rules())
    write("changes.md", make_changes())
    write("world.svg", make_picture())
    write("gallery.md", gallery.make_gallery(FOLDER / "gallery", FOLDER / "beside" / "maps"))
    copy_notebooks()


def copy_notebooks() -> None:
    """Put the notebooks under the pages, where they are run; those that are gone leave."""
    folder = FOLDER / "notebooks"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns("*.py", ".*"))


def choose_cache() -> str:
    """Name the folder of what notebooks printed with this code and these data; old ones go."""
    folder = HERE / "_build" / "notebooks"
    for old in folder.glob("*"):
        if time.time() - old.stat().st_mtime > DAY_S:  # younger ones may be in use
            shutil.rmtree(old, ignore_errors=True)
    return str(folder / gallery.stamp())


def write(name: str, text: str) -> None:
    """Write one file where its content is new."""
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def list_groups() -> dict[str, tuple[str, str, list[str]]]:
    """List the pages of the reference with their names; what no group holds goes to the last."""
    named = {name for _, _, names in GROUPS.values() for name in names}
    others = [name for name in geo_events.__all__ if name not in named | PLAIN]
    last = list(GROUPS)[-1]
    return {
        page: (title, about, [*names, *others * (page == last)])
        for page, (title, about, names) in GROUPS.items()
    }


def make_reference() -> dict[str, str]:
    """Give the pages of the reference: one per group, and one that lists every name."""
    index = ["# Functions and values", "", "Import them from `geo_events`.", ""]
    pages = {}
    for page, (title, about, names) in list_groups().items():
        rows = [(f"{{py:obj}}`~geo_events.{name}`", first_line(name)) for name in names]
        index += [f"## [{title}]({page}.rst)", "", about, "", *table(("name", "is"), rows)]
        head = [title, "=" * len(title), "", about, ""]
        pages[f"{page}.rst"] = "\n".join([*head, *map(directive, names)])
    index += ["```{toctree}", ":hidden:", "", *pages, "```"]
    return {"index.md": "\n".join(index).replace(".rst\n", "\n") + "\n", **pages}


def first_line(name: str) -> str:
    """Give the one sentence that says what a name is."""
    return (inspect.getdoc(attrgetter(name)(geo_events)) or "").partition("\n")[0]


def directive(name: str) -> str:
    """Give the directive that documents a name."""
    if not inspect.isclass(attrgetter(name)(geo_events)):
        return f".. autofunction:: geo_events.{name}\n"
    members = "   :members:\n   :inherited-members:\n" * (name != "EventMap")  # that has folium's
    return f".. autoclass:: geo_events.{name}\n{members}"


def make_commands() -> str:
    """Give the help of every command, as it is printed."""
    group = typer.main.get_command(app)
    parts = []
    for name, command in sorted(group.commands.items()):
        parts += help_of(command, f"geo-events {name}")
        for below, inner in sorted(getattr(command, "commands", {}).items()):
            parts += help_of(inner, f"geo-events {name} {below}")
    return "\n".join(parts) + "\n"


def help_of(command: object, name: str) -> list[str]:
    """Give one command's help under its heading."""
    context = command.make_context(name, [], resilient_parsing=True, terminal_width=90)
    text = command.get_help(context)
    return [f"## {name}", "", "```text", text.strip(), "```", ""]


def make_data() -> str:
    """Count what the tables hold, by kind and by country; list their sources."""
    manifest = open_bundle().manifest
    gazetteer = load_gazetteer()
    kinds = Counter(gazetteer.kinds[code] for code in gazetteer.kind.tolist())
    countries = Counter(gazetteer.countries[code] for code in gazetteer.country.tolist())
    size = sum(entry["bytes"] for entry in manifest["tables"].values())
    parts = [
        f"Version {manifest['version']}, built {manifest['built']}, {size / 1e6:.1f} MB.",
        "",
        *table(("kind", "entries"), [(kind, f"{n:,}") for kind, n in kinds.most_common()]),
        "### Entries by country",
        "",
        "The forty countries with the most entries; seas and what lies in no country apart.",
        "",
        *table(
            ("country", "entries"),
            [(code, f"{n:,}") for code, n in countries.most_common(41) if code],
        ),
        "### Files",
        "",
        *table(
            ("file", "bytes", "sha256"),
            [
                (f"`{name}`", f"{entry['bytes']:,}", f"`{entry['sha256'][:16]}…`")
                for name, entry in sorted(manifest["tables"].items())
            ],
        ),
        "### Sources",
        "",
        *table(
            ("package", "version", "content", "licence"),
            [
                tuple(
                    str(source.get(key, "")) for key in ("package", "version", "content", "licence")
                )
                for source in manifest["sources"]
            ],
        ),
    ]
    return "\n".join(parts) + "\n"


def make_changes() -> str:
    """List the changes of borders that verdicts warn of."""
    rows = [(str(change.day), change.sentence, change.source) for change in load_border_changes()]
    return "\n".join(table(("from", "before", "source"), rows)) + "\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows)]
    return [*lines, ""]


def make_picture() -> str:
    """Draw where the entries are: one square per degree, darker for more of them."""
    gazetteer = load_gazetteer()
    cells = Counter(
        zip(
            (gazetteer.lon // 1).astype(int).tolist(),
            (gazetteer.lat // 1).astype(int).tolist(),
            strict=True,
        )
    )
    squares = [
        f'<rect x="{lon + 180}" y="{89 - lat}" width="1" height="1" '
        f'opacity="{min(1.0, 0.15 + 0.17 * count.bit_length()):.2f}"/>'
        for (lon, lat), count in sorted(cells.items())
    ]
    title = "Where the entries of the gazetteer lie, per degree square"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180" role="img" '
        f"aria-label={json.dumps(title)}><title>{title}</title>"
        '<rect width="360" height="180" fill="#f4f4f0"/><g fill="#0072b2">'
        + "".join(squares)
        + "</g></svg>\n"
    )
