"""Several stories in one file."""

from __future__ import annotations

from itertools import pairwise

from geo_events.text.sections import find_sections


def test_a_headline_after_a_finished_story_starts_a_section():
    """A line of some words without a stop, between finished sentences, is a headline."""
    text = "A ship left the port.\nTwo planes turn back over the sea\nTwo planes turned back."
    first, second = find_sections(text)
    assert first.title is None
    assert second.title == "Two planes turn back over the sea"
    assert text[second.start :].startswith("Two planes turn back")


def test_markdown_headings_start_sections():
    """Each Markdown heading starts a story; the first is the title of the first."""
    sections = find_sections("# One\n\nText here.\n\n# Two\n\nMore text.\n")
    assert [section.title for section in sections] == ["One", "Two"]


def test_sections_cover_the_text():
    """They are in order and leave no gap."""
    text = "Some words.\nA headline of five words\nText.\nCredit: somebody"
    sections = find_sections(text)
    assert sections[0].start == 0
    assert sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(sections))


def test_a_closing_credit_is_no_headline():
    """The last line heads nothing."""
    assert len(find_sections("A ship left.\nPhoto by somebody of the agency")) == 1


def test_wrapped_lines_are_no_headlines():
    """Lines that are broken by width do not part a story."""
    text = "\n".join(["the quick brown fox jumps over"] * 8) + ".\nThe end of it is here\nnow."
    assert len(find_sections(text)) == 1


def test_a_wrapped_line_is_no_headline():
    """A line that goes on in the next one is not a headline, and Markdown has its own."""
    wrapped = "A plane left.\nThe army said that it had flown about\n2,700 km. Nobody was hurt."
    assert len(find_sections(wrapped)) == 1
    marked = "# One\n\nA plane left.\n\nThe army of the North said that the\nNorth was calm."
    assert [section.title for section in find_sections(marked)] == ["One"]
