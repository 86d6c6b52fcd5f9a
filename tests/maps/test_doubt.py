"""What a map says of movements that are denied, of lone places, of seas, and of rings."""

from __future__ import annotations

from functools import cache

import pytest

from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.rings import make_range_rings
from geo_events.maps import draw_map
from geo_events.maps.features import AreaMark, PointMark, RingMark, TrackMark
from geo_events.maps.island import find_bounds
from geo_events.story import read_text
from geo_events.values import VIEW_NOTES

DENIED = "No missile was fired from Syria at Israel, the ministry in Damascus said on 3 May 2023."
ASSERTED = "A missile was fired from Syria at Israel on 3 May 2023."
DIVERTED = "The flight from Dubai to London was diverted to Baku on 5 March 2022."
LONE = "Kharkiv was hit by a rocket. A ballistic missile was launched from Chagang province."
STRUCK = "Ukraine claimed that its drones struck an airbase in Ryazan on 5 December 2022."
OCEAN = "Officials claimed that a missile fell in the North Pacific Ocean on 4 October 2022."
FILED = "BEIRUT (Reuters) - A missile was launched from Tehran on 3 May 2023."


@cache
def content_of(text):
    """Draw a text."""
    return draw_map(read_text(text)).content


def marks_of(content, kind, group=None):
    """List the marks of a kind, of one layer or all."""
    return [
        mark
        for mark in content.marks
        if isinstance(mark, kind) and (group is None or mark.group == group)
    ]


def legend_of(content):
    """List all texts of the legend."""
    return [entry.text for group in content.groups for entry in group.entries]


def test_only_a_named_country_is_in_question():
    """Jordan lies on the way but the text does not name it: it is not the question."""
    content = content_of(DENIED)
    assert content.title == "Denied: straight lines from Syria to Israel. Not flight paths."
    assert not any("in question" in text for text in legend_of(content))


def test_what_is_asserted_has_no_word_before_it():
    """A corridor that the text asserts is titled plainly."""
    title = content_of(ASSERTED).title
    assert title == "Straight lines from Syria to Israel. Not flight paths."


def test_denied_lines_have_their_own_sign():
    """Denied lines differ from asserted ones in dash, label, legend and the layer's name."""
    denied, asserted = content_of(DENIED), content_of(ASSERTED)
    (line,), (plain,) = marks_of(denied, TrackMark), marks_of(asserted, TrackMark)
    assert line.style.dash != plain.style.dash
    assert (line.caption, plain.caption) == ("Denied: Syria → Israel", "")
    assert "Sample lines Syria → Israel (denied)" in [group.title for group in denied.groups]
    assert "Denied: sample of straight lines" in legend_of(denied)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (LONE, "Kharkiv: strike"),
        (LONE, "Chagang: launch place"),
        (FILED, "Tehran: launch place"),
    ],
)
def test_places_of_events_are_marked_with_their_part(text, label):
    """Every place of an event is on the map with its part in words, also without a pair."""
    found = [mark for mark in content_of(text).marks if mark.group == "roles"]
    assert label in [mark.label for mark in found]
    assert all(mark.focus for mark in found)


def test_end_of_a_diversion_is_called_so():
    """The airport to which a flight is diverted is no target."""
    labels = [mark.label for mark in content_of(DIVERTED).marks if mark.group == "ends"]
    assert "Baku: diverted to" in labels
    assert "London: destination" in labels
    assert not any("target" in label for label in labels)


def test_place_of_filing_has_no_marker():
    """Where a story was filed is listed, not marked."""
    content = content_of(FILED)
    assert not any("Beirut" in mark.label for mark in content.marks)
    assert [item.badge for item in content.items if "Beirut" in item.title] == ["dateline"]


def test_claim_names_its_place():
    """The words beside a claimed strike name the place."""
    (mark,) = marks_of(content_of(STRUCK), PointMark, "claims")
    assert mark.caption == "Ryazan: strike claimed"


def test_fall_in_a_sea_paints_no_coast():
    """A sea is hatched without an outline, and the legend does not speak of a country."""
    content = content_of(OCEAN)
    (mark,) = marks_of(content, AreaMark, "claims")
    assert mark.style.width_px == 0.0
    assert "Said to have come down somewhere in this sea" in legend_of(content)
    assert not any("country" in text for text in legend_of(content))


def test_lines_to_an_ocean_are_drawn():
    """Where the ends are so large that no envelope is known, the map has none."""
    content = draw_map(make_corridor("North Korea", "North Pacific Ocean")).content
    assert marks_of(content, TrackMark)
    assert "All lines stay within" not in legend_of(content)


@pytest.mark.parametrize("text", [OCEAN, "Officials claimed that a missile fell in Iran."])
def test_a_territory_alone_is_seen_as_one(text):
    """A map of nothing but a claimed country or sea shows more than its reference point."""
    south, west, north, east = find_bounds(content_of(text), 0.0)
    assert east - west >= 10
    assert north - south >= 10


def test_no_caveat_about_lines_without_lines():
    """A map without lines says so and does not warn of them."""
    assert content_of(LONE).caveat == (
        "The text tells of no movement between two places that it names.",
    )


def test_language_without_events_is_said():
    """A text of which only places are read does not pass for one that tells of no movement."""
    content = content_of("Россия нанесла удар по Харькову ракетами из Белгорода 3 мая 2023 года.")
    assert content.caveat == (
        "Only the places that the text names: events are read from English only.",
    )
    assert any("in Russian" in text for label, text in content.facts if label == "Take care")


def test_many_entries_are_small_dots():
    """Up to five places of entry are named on the map, more are dots without words."""
    few = marks_of(draw_map(make_corridor("Moscow", "Ankara")).content, PointMark, "crossed")
    many = marks_of(draw_map(make_corridor("Dubai", "London, UK")).content, PointMark, "crossed")
    assert 0 < len(few) <= 5 < len(many)
    assert {mark.sign for mark in few} == {"enter"}
    assert all(mark.caption.startswith("enters ") for mark in few)
    assert {(mark.sign, mark.caption) for mark in many} == {("dot", "")}


@pytest.mark.parametrize("view", list(VIEW_NOTES))
def test_view_is_named_as_everywhere(view):
    """The footer describes the view in the words that the whole package uses."""
    notes = draw_map(make_corridor("Moscow", "Ankara", view=view)).content.notes
    assert any(VIEW_NOTES[view] in note for note in notes)


def test_rings_say_their_distance_round_a_marked_centre():
    """Range rings are labelled, in the legend, smooth, with a centre and a caveat."""
    content = draw_map(make_range_rings("39.0194N 125.7547E", "1000 km", "4600 km")).content
    rings = marks_of(content, RingMark)
    assert [ring.caption for ring in rings] == ["1,000 km", "4,600 km"]
    assert all(len(ring.lon) > 300 for ring in rings)
    assert {"1,000 km", "4,600 km", "Centre"} <= set(legend_of(content))
    (centre,) = marks_of(content, PointMark)
    assert (centre.lon, centre.lat) == pytest.approx((125.7547, 39.0194), abs=0.01)
    assert content.caveat


def test_ring_round_a_pole_runs_across_the_map():
    """A ring that holds the pole is a line from one edge to the other, not a closed shape."""
    content = draw_map(make_range_rings("39N 125.75E", "8000 km")).content
    (line,) = marks_of(content, TrackMark)
    ((lon, _),) = line.paths
    assert lon[-1] - lon[0] > 359
    assert (lon[1:] >= lon[:-1]).all()


@pytest.mark.parametrize("ends", [("90N 0E", "90S 0E"), ("Raqqa", "Raqqa")])
@pytest.mark.filterwarnings("ignore:.*nearly antipodal")
def test_a_line_without_a_width_is_drawn(ends):
    """A meridian from pole to pole, and a line to where it began, have a window without area."""
    (line, *_) = marks_of(draw_map(make_corridor(*ends)).content, TrackMark)
    assert line.paths


@pytest.mark.browser
def test_measure_stands_only_on_a_ring_that_is_seen(open_map):
    """From afar a small ring has no words on it."""
    rings = make_range_rings("39.0194N 125.7547E", "37 km", "4600 km")
    with open_map(draw_map(rings).get_root().render()) as watched:
        assert watched.faults == []
        assert watched.page.locator(".ge-caption-ring").all_inner_texts() == ["4,600 km"]
        watched.picture("rings")


@pytest.mark.browser
def test_common_end_of_two_corridors_is_named_once(open_map):
    """Where two movements end at one place its name stands there once."""
    text = "Drones were launched from Yemen at Abqaiq. Missiles were launched from Iran at Abqaiq."
    with open_map(draw_map(read_text(text)).get_root().render()) as watched:
        names = watched.page.locator(".ge-caption-point").all_inner_texts()
        assert names.count("Abqaiq") == 1


@pytest.mark.browser
def test_words_of_a_claim_fit_a_telephone(open_map):
    """At 390 px the words beside a claimed strike name the place, within the map."""
    with open_map(draw_map(read_text(STRUCK)).get_root().render(), size=(390, 844)) as watched:
        caption = watched.page.locator(".ge-caption-point")
        assert caption.all_inner_texts() == ["Ryazan: strike claimed"]
        box = caption.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
