"""The main job on a map: the Caspian story, told in our own words, as a reader sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo_events.corridors.corridor import make_corridor
from geo_events.maps import draw_map
from geo_events.maps.features import AreaMark, PointMark, TrackMark
from geo_events.story import read_story, read_text

STORY = Path(__file__).parents[2] / "seeds" / "caspian-2015" / "story.md"


@pytest.fixture(scope="module")
def story():
    if not STORY.is_file():
        pytest.skip("the seeds are not beside the tests")
    return read_story(STORY)


@pytest.fixture(scope="module")
def story_map(story):
    return draw_map(story)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "screen"),
    [
        ("caspian", {}),
        ("caspian-dark", {"dark": True}),
        ("caspian-phone", {"size": (390, 844)}),
        ("caspian-phone-dark", {"size": (390, 844), "dark": True}),
    ],
)
def test_main_job_opens_offline(open_map, outside, story_map, name, screen):
    """The map is at most 1 MB, asks for nothing, complains of nothing and is not blank."""
    page = story_map.get_root().render()
    assert len(page.encode()) <= 1_000_000
    with open_map(page, **screen) as watched:
        assert outside(watched) == []
        assert watched.faults == []
        watched.picture(name)


def test_title_says_what_is_shown_and_what_not(story_map):
    """The title names the question and denies what a reader would take it for."""
    assert story_map.content.title == (
        "Where straight lines from the Caspian Sea to Syria would cross Iran. "
        "Not ship positions, not flight paths."
    )


def test_no_single_line_for_areas(story_map):
    """Sea and country are areas: fans of many lines, never one."""
    tracks = [mark for mark in story_map.content.marks if isinstance(mark, TrackMark)]
    assert tracks
    assert all(len(mark.paths) > 1 for mark in tracks)


def test_no_pin_for_a_country_or_sea(story, story_map):
    """Points stand only for places that are points."""
    areas = {
        mention.place.name
        for mention in story.mentions
        if mention.place is not None and mention.place.kind in ("country", "sea", "region")
    }
    pins = {mark.label for mark in story_map.content.marks if isinstance(mark, PointMark)}
    assert areas
    assert not {pin for pin in pins if pin in areas}


def test_alleged_fall_is_marked_as_claimed_and_denied(story_map):
    """Iran carries the words that say that the fall is claimed and denied."""
    claims = [mark for mark in story_map.content.marks if mark.group == "claims"]
    assert [mark.territory for mark in claims if isinstance(mark, AreaMark)] == ["country:IRN"]
    assert all("claimed and denied" in mark.caption for mark in claims)


def test_evidence_marks_the_words_of_the_text(story, story_map):
    """Every quote is a stretch of the text, with something marked in it."""
    quotes = [
        quote
        for item in story_map.content.items
        for quote in item.evidence.quotes
        if item.section == "What the text says"
    ]
    assert quotes
    for quote in quotes:
        assert quote.text in story.text
        assert quote.marks


def test_every_sign_is_in_the_legend(story_map):
    """Each style on the map is explained in the legend of its layer."""
    legends = {
        group.key: {entry.style for entry in group.entries} for group in story_map.content.groups
    }
    for mark in story_map.content.marks:
        assert mark.style in legends[mark.group], mark.label


def test_correction_shows():
    """A place corrected by hand is marked as such."""
    story = read_text("The convoy drove from Paris to Dallas.").correct("Paris", "Paris, Texas")
    badges = {item.badge for item in draw_map(story).content.items}
    assert any("corrected by hand" in badge for badge in badges)


def test_line_shows_where_it_enters():
    """A line between points is one track with a sign at each border, in order."""
    content = draw_map(make_corridor("Moscow", "Ankara")).content
    enters = [mark.label for mark in content.marks if getattr(mark, "sign", "") == "enter"]
    names = [re.match(r"Enters (.*) after", label).group(1) for label in enters]
    assert names == ["Ukraine", "Russia", "Black Sea", "Turkey"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "origin", "target"),
    [
        ("pyongyang-pacific", "Pyongyang", "20N 160W"),
        ("anchorage-vladivostok", "Anchorage", "Vladivostok"),
        ("moscow-ankara", "Moscow", "Ankara"),
        ("caspian-raqqa", "Caspian Sea", "Raqqa, Syria"),
    ],
)
def test_corridor_is_drawn_whole(open_map, name, origin, target):
    """Corridors, also across +-180, are drawn in one piece within the frame."""
    with open_map(draw_map(make_corridor(origin, target)).get_root().render()) as watched:
        assert watched.faults == []
        inside = watched.page.evaluate(
            "(() => { const m = document.querySelector('.folium-map').getBoundingClientRect();"
            "const paths = [...document.querySelectorAll('.leaflet-ge-tracks-pane path')];"
            "return paths.every((path) => { const b = path.getBoundingClientRect();"
            " return b.width > 20 && b.left >= m.left - 2 && b.right <= m.right + 2; }); })()"
        )
        assert inside
        watched.picture(name)
