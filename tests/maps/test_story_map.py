"""The main job on a map: the Caspian story, told in our own words, as a reader sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo_events.corridors.corridor import make_corridor
from geo_events.maps import draw_map
from geo_events.maps.features import AreaMark, PointMark, TrackMark
from geo_events.story import read_story, read_text

SEEDS = Path(__file__).parents[2] / "seeds"
STORY = SEEDS / "caspian-2015" / "story.md"
CASES = sorted(path.parent.name for path in SEEDS.glob("*/story.md"))
QUICK = ("kal-007-1983",)  # the others take long to draw


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


@pytest.mark.browser
@pytest.mark.parametrize(
    "case",
    [
        case if case in QUICK else pytest.param(case, marks=pytest.mark.slow)
        for case in CASES
        if case != "caspian-2015"
    ],
)
def test_every_case_is_drawn(open_map, outside, case):
    """Each worked case opens offline, small, in light and dark, on a phone and for print."""
    page = draw_map(read_story(SEEDS / case / "story.md")).get_root().render()
    assert len(page.encode()) <= 1_000_000
    screens = {"": {}, "-dark": {"dark": True}, "-phone": {"size": (390, 844)}}
    for name, screen in screens.items():
        with open_map(page, **screen) as watched:
            assert outside(watched) == []
            assert watched.faults == []
            assert watched.page.evaluate("document.documentElement.scrollWidth") <= 1280
            watched.picture(f"{case}{name}")
    with open_map(page, size=(703, 1030)) as watched:
        watched.page.emulate_media(media="print")
        watched.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        watched.page.wait_for_timeout(100)
        watched.picture(f"{case}-a4", full_page=True)


def test_first_answers_are_told(story_map):
    """What readers ask first has a row of its own beside the map."""
    facts = {}
    for label, text in story_map.content.facts:
        facts[label] = f"{facts.get(label, '')} {text}"
    assert "Launch of 26 cruise missiles" in facts["Said"]
    assert "about south of 42° N" in facts["Crosses Iran"]
    assert "Crimea" in facts["Take care"]
    assert "Fall of missiles in Iran, by two US officials, through CNN" in facts["Claimed"]
    assert "Fall of missiles in Iran, by Igor Konashenkov" in facts["Denied"]
    assert "every line from the dotted part" in facts["Crosses Iran"]
    assert "Iran from all of the Caspian Sea" in facts["A route 5 % longer"]
    assert "not shown" in facts["Ship positions"]
    assert "2 km" in facts["Borders"]


def test_origin_is_divided_by_the_answer(story_map):
    """The sea is divided where every line, some lines and no line cross; the parts fill it."""
    parts = [mark for mark in story_map.content.marks if mark.group == "parts-1"]
    assert len(parts) == 3
    whole = next(mark for mark in story_map.content.marks if mark.label.startswith("Caspian Sea:"))
    assert sum(mark.geometry.area for mark in parts) == pytest.approx(whole.geometry.area, rel=0.01)
    every = parts[0].geometry.bounds
    assert every[3] == pytest.approx(42.0, abs=0.3)


def test_events_are_named_without_asserting_them(story_map):
    """Titles are nouns with their places; what is overflown is "over"."""
    titles = [item.title for item in story_map.content.items]
    assert "Launch of 26 cruise missiles from the Caspian Sea to Syria" in titles
    assert "Fall of missiles in Iran" in titles
    flight = read_text("The plane flew from Moscow to Damascus over Iran and Iraq.")
    names = [item.title for item in draw_map(flight).content.items]
    assert "Flight of the plane from Moscow to Damascus over Iran and Iraq" in names


def test_slider_takes_what_later_movements_cross(story_map):
    """What a dated movement crosses has its day, so that the slider takes it away with it."""
    items = [item for item in story_map.content.items if item.section.startswith("Straight lines")]
    assert items
    assert {item.start for item in items} == {"2015-10-07"}


def test_every_badge_is_explained(story_map):
    """The list says what asserted, claimed, disputed, depends and not checkable mean."""
    words = dict(story_map.content.headings)
    badges = {item.badge for item in story_map.content.items if item.badge}
    explained = " ".join(words.values())
    assert badges
    assert all(f"{badge.split(',')[0]}:" in explained for badge in badges - {"dateline"})


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


@pytest.mark.parametrize("way", ["at once", "one after the other"])
def test_two_stories_keep_all_that_is_theirs(way):
    """Two stories on one map list the events of both, with lines and facts of their own."""
    first = read_text("Officials claimed that a missile was fired from Syria at Israel.")
    second = read_text("Officials claimed that a rocket was fired from Iran at Iraq.")
    content = draw_map(first, second).content
    if way != "at once":
        content = draw_map(second, m=draw_map(first)).content
    titles = [item.title for item in content.items if item.section == "What the text says"]
    assert titles == [
        "Launch of a missile from Syria to Israel",
        "Launch of a rocket from Iran to Iraq",
    ]
    layers = [group.title for group in content.groups]
    assert "Sample lines Syria → Israel (claimed)" in layers
    assert "Sample lines Iran → Iraq (claimed)" in layers
    assert len([label for label, _ in content.facts if label == "Claimed"]) == 2
    assert len([label for label, _ in content.facts if label == "Borders"]) == 1
    keys = {item.key for item in content.items}
    assert {mark.item for mark in content.marks if getattr(mark, "item", "")} <= keys


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A missile fell in Romania. Officials said that the missile had fallen in Romania.",
            "also said by Officials",
        ),
        ("Officials said that a missile had fallen in Romania.", "claimed by Officials"),
    ],
)
def test_what_the_text_itself_asserts_is_no_claim_in_the_list(text, words):
    """Somebody's word on what the text says anyway is one more voice, not the ground of it."""
    content = draw_map(read_text(text)).content
    assert next(item.detail for item in content.items if item.key == "event-E1") == words
