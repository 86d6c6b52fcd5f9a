"""A story ties text, corridors and verdicts together, and can be corrected by hand."""

import io

import pytest

import geo_events as ge
from geo_events.errors import InvalidInputError, PlaceNotFoundError

LAUNCH = "On Monday, the army fired three missiles from Iran at Israel. None fell in Jordan."
TABLES = ("mentions", "events", "corridors", "verdicts", "crossings")


def test_corridor_carries_its_events_and_status():
    """A corridor can be traced to the events that say it."""
    story = ge.read_text(LAUNCH, published="2024-04-16")
    (corridor,) = story.corridors
    assert corridor.name == "Iran → Israel"
    assert corridor.events
    assert set(corridor.events) <= {event.id for event in story.events}
    assert corridor.status == "asserted"


def test_origin_unsaid_makes_no_corridor():
    """What the text does not say is not drawn."""
    assert ge.read_text("Two missiles hit Odesa on Friday.").corridors == ()


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_same_columns_and_dtypes_when_empty(table):
    """A text without events gives empty tables of the same form."""
    full = ge.read_text(LAUNCH, published="2024-04-16").to_frame(table)
    empty = ge.read_text("Nothing of that kind.").to_frame(table)
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.astype(str).tolist() == full.dtypes.astype(str).tolist()
    assert len(empty) == 0


def test_unknown_table_lists_the_known():
    """The error says what can be asked for."""
    with pytest.raises(InvalidInputError, match="verdicts"):
        ge.read_text(LAUNCH).to_frame("claims")


def test_correction_changes_the_place_and_is_kept():
    """A new story; the old one is as it was."""
    story = ge.read_text("The convoy left Tripoli for Benghazi.")
    fixed = story.correct("Tripoli", "Tripoli, Lebanon")
    assert story.mentions[0].place.country == "LBY"
    assert fixed.mentions[0].place.country == "LBN"
    assert [item.text for item in fixed.corrections] == ["Tripoli"]


def test_correction_to_no_place_removes_the_end():
    """Words that are no place cannot be an end of a corridor."""
    story = ge.read_text(LAUNCH).correct("Iran", None)
    assert story.corridors == ()


def test_corrections_are_saved_and_given_again(tmp_path):
    """The file is readable, and gives the same story."""
    fixed = ge.read_text("The convoy left Tripoli for Benghazi.").correct(
        "Tripoli", "Tripoli, Lebanon"
    )
    path = ge.story.save_corrections(fixed.corrections, tmp_path / "corrections.json")
    assert '"Tripoli": "Tripoli, Lebanon"' in path.read_text("utf-8")
    again = ge.read_text(fixed.text, corrections=path)
    assert again.mentions[0].place == fixed.mentions[0].place


def test_correction_that_matches_nothing_is_refused():
    """A typing error in a correction must not pass in silence."""
    with pytest.raises(InvalidInputError, match="Pariss"):
        ge.read_text("He left Paris.", corrections={"Pariss": "Paris, Texas"})


def test_correction_to_an_unknown_place_is_refused():
    """The name is told."""
    with pytest.raises(PlaceNotFoundError, match="Xyzzyville"):
        ge.read_text("He left Paris.", corrections={"Paris": "Xyzzyville"})


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}', "{", "[" * 100_000])
def test_file_that_holds_no_corrections_is_refused(content, tmp_path):
    """The message says what the file should hold."""
    path = tmp_path / "c.json"
    path.write_text(content)
    with pytest.raises(InvalidInputError, match="corrections"):
        ge.read_text("He left Paris.", corrections=path)


@pytest.mark.parametrize("bad", ["yesterday", "2015-13-01", "08.10.2015", 5, ""])
def test_date_that_is_none_is_refused(bad):
    """The message shows how to write it."""
    with pytest.raises(InvalidInputError, match=r"2015-10-08.*got"):
        ge.read_text(LAUNCH, published=bad)


@pytest.mark.parametrize("empty", ["", "  \n\t "])
def test_empty_text_is_refused(empty):
    """There is nothing to read."""
    with pytest.raises(InvalidInputError, match="empty"):
        ge.read_text(empty)


def test_open_file_is_read():
    """An open file does as well as a path."""
    story = ge.read_story(io.StringIO(LAUNCH), published="2024-04-16")
    assert [str(corridor) for corridor in story.corridors] == ["Iran → Israel"]


def test_places_are_counted_once_each():
    """One row per distinct place, most often named first."""
    places = ge.read_text("From Oslo to Bergen, and back to Oslo by way of Voss.").places
    assert places["name"].tolist()[0] == "Oslo"
    assert places["mentions"].tolist()[0] == 2
    assert places.crs.to_epsg() == 4326


def test_view_is_passed_on():
    """Corridors of a story have the view that was asked for."""
    story = ge.read_text(LAUNCH, view="recognised")
    assert {corridor.view for corridor in story.corridors} == {"recognised"}


def test_fall_told_apart_from_its_launch_is_checked_against_it():
    """A fall without ends of its own belongs to the one launch that its section tells."""
    story = ge.read_text(
        "Warships fired 26 cruise missiles from the Caspian Sea at targets in Syria.\n\n"
        "Two officials said that some of the missiles had crashed in Iran."
    )
    verdict = next(item for item in story.verdicts if item.claim == "impact")
    assert "from the Caspian Sea to Syria fall in Iran" in verdict.question
    assert verdict.answer == "depends"


def test_fall_with_two_possible_launches_is_not_checkable():
    """Nobody can say which launch it was, so no line is picked."""
    story = ge.read_text(
        "Missiles were launched from Iran at Israel. Missiles were launched from Yemen at "
        "Saudi Arabia. Officials said that a missile had crashed in Jordan."
    )
    fall = next(item for item in story.verdicts if "Jordan" in item.question)
    assert fall.answer == "not checkable"
