"""Markdown: what a reader does not see is not read, and offsets point into the text."""

from __future__ import annotations

import pytest

from geo_events.story import read_text
from geo_events.text.markup import blank_markup


def places(text):
    story = read_text(text)
    assert all(text[m.start : m.end] == m.text for m in story.mentions)
    return [m.text for m in story.mentions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A jet left [Malta](https://x.org/Rome/Paris).", ["Malta"]),
        ("A jet left [Malta][1].\n\n[1]: https://x.org/Rome", ["Malta"]),
        ("A jet left Malta, see https://x.org/Rome-Paris and www.x.org/Cairo.", ["Malta"]),
        ("A jet left <https://x.org/Rome> Malta.", ["Malta"]),
        ("A jet left **Malta** for _Rome_.", ["Malta", "Rome"]),
        (
            "A jet left <b>Malta</b> <!-- not Rome --> for <a href='Cairo'>Oslo</a>.",
            ["Malta", "Oslo"],
        ),
        ("![Malta](Rome.png) was hit.", ["Malta"]),
        ("A jet left `Malta` for ~~Oslo~~.", ["Malta", "Oslo"]),
    ],
)
def test_link_targets_addresses_and_tags_name_no_place(text, names):
    """Only words that a reader sees are read, marked or not."""
    assert places(text) == names


def test_marks_do_not_stand_between_a_town_and_its_state():
    """Emphasis and links change nothing about what the words mean."""
    plain = read_text("The fair in Paris, Texas, was hit.")
    marked = read_text("The fair in **Paris**, [Texas](http://x.org), was hit.")
    assert [m.place.id for m in marked.mentions] == [m.place.id for m in plain.mentions]


def test_a_link_around_an_end_is_still_the_end_of_a_corridor():
    """Brackets of links are no brackets of the sentence."""
    story = read_text("A jet flew from [Malta](http://x.org/a) to [Rome](http://x.org/b).")
    assert [corridor.name for corridor in story.corridors] == ["Malta → Rome"]


@pytest.mark.parametrize(
    "text",
    ["", "plain", "5 < 6 and ~20 km", "snake_case and x*y", "a](b", "[a](b\nc)", "line\nend"],
)
def test_blanking_keeps_length_and_line_ends(text):
    """The blanked text is as long as the text, line for line."""
    blank = blank_markup(text)
    assert len(blank) == len(text)
    assert [k for k, c in enumerate(blank) if c == "\n"] == [
        k for k, c in enumerate(text) if c == "\n"
    ]


def test_about_is_no_mark():
    """A single tilde means "about" and stays."""
    assert blank_markup("~20 km") == "~20 km"
