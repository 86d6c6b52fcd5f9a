"""People can fix a place, a kind, a role, a date, and read again; what was fixed shows."""

import json
from datetime import date

import pytest
import shapely

import geo_events as ge
from geo_events.errors import InvalidInputError, InvalidMeasureError, PlaceNotFoundError
from geo_events.story import EventCorrection, save_corrections

JETS = (
    "On Monday two jets took off from a Turkish airfield for Raqqa. Officials said that a missile "
    "had crashed in Iran."
)


@pytest.fixture(scope="module")
def story():
    return ge.read_text(JETS, published="2015-10-08")


def event(story, kind):
    """The one event of a type."""
    (found,) = [item for item in story.events if item.type == kind]
    return found


def test_an_origin_by_words_of_the_event(story):
    """The airfield is known now: the corridor is a line from it."""
    fixed = story.correct("took off", origin="Incirlik Air Base")
    (corridor,) = fixed.corridors
    assert corridor.origin.name.startswith("Incirlik")
    assert corridor.is_line
    assert story.corridors[0].origin.name == "Turkey"


def test_no_origin_takes_the_corridor_away(story):
    """None says that the text gives none."""
    fixed = story.correct("took off", origin=None)
    assert fixed.corridors == ()
    assert event(fixed, "flight").origin == ()


def test_several_destinations_are_each_paired_with_the_one_origin(story):
    """One origin and two destinations are two corridors."""
    fixed = story.correct("took off", destination=["Raqqa", "Aleppo"])
    assert [c.name for c in fixed.corridors] == ["Turkey → Raqqa", "Turkey → Aleppo"]


def test_a_date_and_a_span_of_days(story):
    """A day, two days, or not known."""
    name = event(story, "crash").id
    assert event(story.correct(name, date="2015-10-07"), "crash").date.start == date(2015, 10, 7)
    two = event(story.correct(name, date="2015-10-07/2015-10-08"), "crash").date
    assert (two.start, two.end) == (date(2015, 10, 7), date(2015, 10, 8))
    assert event(story.correct("took off", date=None), "flight").date is None


def test_a_type_and_a_range(story):
    """A crash that was a strike; a range that rules out."""
    name = event(story, "crash").id
    assert event(story.correct(name, type="strike"), "strike").id == name
    fixed = story.correct("took off", range="100 km")
    assert "range" in {verdict.claim for verdict in fixed.verdicts}


def test_a_kind_takes_a_name_out_of_play():
    """A ship is no place to fly from."""
    text = "Missiles were launched from Dagestan at Syria."
    fixed = ge.read_text(text).correct("Dagestan", kind="vehicle")
    assert fixed.corridors == ()
    (mention,) = [m for m in fixed.mentions if m.text == "Dagestan"]
    assert (mention.kind, mention.place) == ("vehicle", None)


def test_a_kind_puts_a_name_into_play():
    """What was taken for a ship is the place after all."""
    text = "Missiles were launched from Dagestan at Syria."
    ship = ge.read_text(text, corrections={"Dagestan": None})
    back = ship.correct("Dagestan", kind="name")
    assert [corridor.name for corridor in back.corridors] == ["Dagestan → Syria"]


def test_the_file_is_readable_and_gives_the_same_story(story, tmp_path):
    """Saved and given again, all fields are as they were corrected."""
    fixed = (
        story.correct("took off", origin="Incirlik Air Base", date="2015-10-06")
        .correct("Iran", "Iraq")
        .correct("took off", range="900 km")
    )
    path = save_corrections(fixed.corrections, tmp_path / "c.json")
    content = json.loads(path.read_text("utf-8"))
    assert content["places"] == {"Iran": "Iraq"}
    (saved,) = content["events"]
    assert saved["event"] == "took off"
    assert saved["origin"] == "Incirlik Air Base"
    assert saved["date"] == "2015-10-06"
    again = ge.read_text(JETS, published="2015-10-08", corrections=path)
    assert again.events == fixed.events
    assert [str(v) for v in again.verdicts] == [str(v) for v in fixed.verdicts]
    assert again.corrections == fixed.corrections


@pytest.mark.parametrize(
    "fields",
    [
        {"place": ge.LonLat(lon=-39.25, lat=-36)},
        {"place": "Langley, British Columbia", "kind": "name"},
        {"place": "Langley, British Columbia", "kind": "institution"},
        {"kind": "person"},
        {"place": None},
    ],
)
def test_any_correction_of_words_comes_back_from_a_file(fields, tmp_path):
    """A position, and a place together with a kind, are kept as they were given."""
    text = "The group left Langley on Monday."
    fixed = ge.read_text(text).correct("Langley", **fields)
    path = save_corrections(fixed.corrections, tmp_path / "c.json")
    assert ge.read_text(text, corrections=path).corrections == fixed.corrections


def test_a_position_is_written_to_the_metre(tmp_path):
    """The sixth decimal of a degree is a tenth of a metre."""
    given = ge.LonLat(lon=-139.123456, lat=0.000012)
    fixed = ge.read_text("He left Langley.").correct("Langley", given)
    path = save_corrections(fixed.corrections, tmp_path / "c.json")
    again = ge.read_text("He left Langley.", corrections=path)
    assert again.mentions[0].place.lonlat == given


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Langley", {"place": shapely.box(-77, 38, -76, 39)}),
        ("took off", {"origin": [shapely.box(35, 36, 36, 37), "Adana"]}),
    ],
)
def test_an_area_without_a_name_is_not_saved(words, fields, tmp_path):
    """What a file could not find again is refused when it is saved, and no file is left."""
    fixed = ge.read_text("A plane took off from Langley for Iran.").correct(words, **fields)
    with pytest.raises(InvalidInputError, match=f"{words}.*name or id of a place"):
        save_corrections(fixed.corrections, tmp_path / "c.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("places", [{}, {"Paris": "Rome"}])
def test_a_kind_that_is_not_said_is_refused(places):
    """Null among the kinds says nothing; what no place is stands among the places."""
    with pytest.raises(InvalidInputError, match=r"Paris.*null.*part 'places'"):
        ge.read_text("He left Paris.", corrections={"places": places, "kinds": {"Paris": None}})


@pytest.mark.parametrize("words", ["…", " - ", ""])
def test_punctuation_is_no_correction(words):
    """Without a letter or digit it would fit anything that has none."""
    with pytest.raises(InvalidInputError, match="letter or digit"):
        ge.read_text("He left Paris … for Rome.", corrections={words: "Rome"})


@pytest.mark.parametrize("given", [5, {"events": 5, "places": {}}, {"kinds": [], "events": 1.5}])
def test_what_holds_no_corrections_is_refused(given):
    """A number is neither corrections nor a list of events."""
    with pytest.raises(InvalidInputError, match="corrections: expected"):
        ge.read_text("He left Paris.", corrections=given)


def test_a_file_by_hand_needs_only_the_words(tmp_path):
    """No positions, no ids."""
    path = tmp_path / "c.json"
    path.write_text('{"events": [{"event": "took off", "origin": "LTAG"}]}')
    fixed = ge.read_text(JETS, corrections=path)
    assert fixed.corridors[0].origin.id == "airport:LTAG"


def test_corrections_show_where_they_have_an_effect(story):
    """Tables say what was corrected; what was not touched says nothing."""
    fixed = story.correct("took off", origin="Incirlik Air Base")
    events = fixed.to_frame("events").set_index("type").corrected
    assert "origin is Incirlik" in events["flight"]
    assert events["crash"] == ""
    assert "Incirlik" in fixed.to_frame("corridors").corrected[0]
    place = story.correct("Iran", "Iraq")
    assert "Iraq" in place.to_frame("events").set_index("type").corrected["crash"]
    assert sum(place.to_frame("mentions").corrected != "") == 1
    assert any("Iraq" in cell for cell in place.to_frame("verdicts").corrected)


@pytest.mark.parametrize(
    ("words", "fields", "error", "match"),
    [
        ("landed", {"origin": "Paris"}, InvalidInputError, "landed.*took off"),
        ("E9", {"origin": "Paris"}, InvalidInputError, "E9"),
        ("took off", {"origin": "Xyzzyville"}, PlaceNotFoundError, "Xyzzyville"),
        ("took off", {"date": "Monday"}, InvalidInputError, "2015-10-07.*Monday"),
        ("took off", {"date": "2015-10-08/2015-10-07"}, InvalidInputError, "2015-10-08"),
        ("took off", {"type": "invasion"}, InvalidInputError, "launch.*invasion"),
        ("took off", {"range": "900"}, InvalidMeasureError, "900"),
        ("Iran", {"kind": "ship"}, InvalidInputError, "vehicle.*ship"),
        ("Iran", {}, InvalidInputError, "origin="),
    ],
)
def test_corrections_that_mean_nothing_are_refused(story, words, fields, error, match):
    """The message says what came and what is there."""
    with pytest.raises(error, match=match):
        story.correct(words, **fields)


def test_words_that_tell_of_two_events_need_a_position():
    """Which of the two is meant cannot be guessed."""
    text = "A missile crashed in Iran. Far away a plane crashed in Peru."
    with pytest.raises(InvalidInputError, match="2 events"):
        ge.read_text(text, corrections={"events": [{"event": "crashed", "impact": "Iraq"}]})
    start = text.rindex("crashed")
    given = {"events": [{"event": "crashed", "start": start, "impact": "Chile"}]}
    fixed = ge.read_text(text, corrections=given)
    assert [r.place.name for e in fixed.events for r in e.impact] == ["Iran", "Chile"]


def test_a_part_of_a_word_is_no_correction():
    """Par stands in Paris, but is no word of the text."""
    with pytest.raises(InvalidInputError, match="part of other words"):
        ge.read_text("He left Paris.", corrections={"Par": "Rome"})


@pytest.mark.parametrize(
    "content",
    [
        '{"places": {}, "people": {}}',
        '{"events": [{"origin": "Rome"}]}',
        '{"events": [{"event": "left"}]}',
        '{"events": [{"event": "left", "start": "x", "origin": "Rome"}]}',
        '{"events": [{"event": "left", "colour": "red"}]}',
        '{"events": ["left"]}',
        '{"kinds": {"Paris": 3}}',
    ],
)
def test_parts_that_are_none_are_refused(content, tmp_path):
    """A typing error in the file must not pass in silence."""
    path = tmp_path / "c.json"
    path.write_text(content)
    with pytest.raises(InvalidInputError):
        ge.read_text("He left Paris for Rome.", corrections=path)


def test_an_event_correction_says_what_is_otherwise():
    """One line for a reader."""
    fixed = ge.read_text(JETS).correct("took off", origin="Paris", date=None)
    (correction,) = fixed.corrections
    assert isinstance(correction, EventCorrection)
    assert str(correction) == "“took off”: origin is Paris; date is none (corrected by hand)"
