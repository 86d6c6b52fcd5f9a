"""What a reader should know beside the verdicts is said in plain sentences."""

import geo_events as ge


def test_no_publication_date_leaves_relative_dates_open_and_says_so():
    """Monday of which week nobody can tell."""
    text = "On Monday a missile was fired from Iran at Israel."
    (said,) = ge.read_text(text).warnings
    assert "No publication date" in said
    assert "Monday" in said
    assert ge.read_text(text, published="2024-04-16").warnings == ()


def test_origin_and_target_that_are_one_place_are_said():
    """No line is drawn from a place to itself, and not in silence."""
    story = ge.read_text("A rocket was fired from Gaza at Gaza.")
    assert story.corridors == ()
    assert any("same place, Gaza" in text for text in story.warnings)


def test_contradictory_statements_are_set_beside_each_other():
    """Both sides, and that geometry takes none."""
    story = ge.read_text(
        "Two officials said that a missile had crashed in Jordan. Jordan denied that the missile "
        "had crashed in Jordan."
    )
    assert any("denied by Jordan" in text for text in story.warnings)


def test_an_old_event_warns_of_the_borders_of_its_time():
    """In 1983 the Soviet Union was one state."""
    story = ge.read_text(
        "A Boeing 747 took off from Anchorage for Seoul on 31 August 1983.", published="1983-09-02"
    )
    assert any("Soviet Union" in text and "1983" in text for text in story.warnings)


def test_a_change_of_a_border_on_the_way_warns():
    """South Sudan is on the way from Khartoum to Kampala, and is a state since 2011."""
    text = "A plane flew from Khartoum to Kampala on 3 May {}."
    before, after = (ge.read_text(text.format(year)).warnings for year in (2010, 2012))
    assert any("South Sudan was part of Sudan" in said for said in before)
    assert after == ()


def test_an_end_of_unknown_extent_is_said():
    """Nobody knows where the Donbas ends to the metre: no line, and why."""
    story = ge.read_text("Rockets were fired from Donbas at Kharkiv.")
    assert story.corridors == ()
    assert any("no line is drawn" in text and "Donbas" in text for text in story.warnings)
