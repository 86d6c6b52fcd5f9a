"""Ranges limit origins: said by the text or given by the reader."""

import pytest

import geo_events as ge
from geo_events.errors import InvalidInputError, InvalidMeasureError

SCUD = "On Monday, rebels fired a missile from Yemen at Riyadh. It has a range of {}."
CASPIAN = (
    "Warships fired 26 cruise missiles from the Caspian Sea at Raqqa. Two officials said that "
    "some of the missiles had crashed in Iran."
)


def verdict_of(story, claim):
    """The one verdict of a kind."""
    (found,) = [verdict for verdict in story.verdicts if verdict.claim == claim]
    return found


def test_a_range_of_the_text_that_is_too_short_is_no():
    """Riyadh is some 720 km from the nearest point of Yemen."""
    found = verdict_of(ge.read_text(SCUD.format("300 km")), "range")
    assert found.answer == "no"
    assert found.where.is_empty
    assert "717 km" in found.condition
    assert "what the text says" in found.text


def test_a_range_rules_out_a_part_of_the_origin():
    """With 1,000 km Riyadh is in reach from the north of Yemen only."""
    found = verdict_of(ge.read_text(SCUD.format("1,000 km")), "range")
    assert found.answer == "depends"
    assert "rules out" in found.text
    assert 0 < found.where.area < found.origin.geometry.area
    assert found.where.centroid.y > found.origin.geometry.centroid.y


def test_at_least_is_no_limit():
    """At least 300 km may be 3,000 km: it rules nothing out."""
    text = "Rebels fired a missile from Yemen at Riyadh. It has a range of at least 300 km."
    found = verdict_of(ge.read_text(text), "range")
    assert found.answer == "not checkable"
    assert "no limit" in found.text


def test_a_range_given_goes_before_the_text():
    """The reader knows better; the verdict says whose word it is."""
    found = verdict_of(ge.read_text(SCUD.format("300 km"), ranges="2000 km"), "range")
    assert found.answer == "yes"
    assert "given by hand" in found.text


def test_a_range_limits_the_origins_of_a_claimed_fall():
    """Raqqa is 1,000 km from the south-western shore only, and from there Iran is crossed."""
    whole = verdict_of(ge.read_text(CASPIAN), "impact")
    near = verdict_of(ge.read_text(CASPIAN, ranges={"missiles": "1000 km"}), "impact")
    assert near.share > whole.share
    assert "the part of the Caspian Sea within 1000 km of Raqqa" in near.question
    assert near.allowance is None or "1000 km" in near.allowance


def test_words_choose_what_a_range_is_of():
    """A range of drones says nothing of missiles."""
    story = ge.read_text(CASPIAN + " Drones were seen.", ranges={"drones": "100 km"})
    assert "range" not in {verdict.claim for verdict in story.verdicts}


@pytest.mark.parametrize(
    ("ranges", "error", "words"),
    [
        ("1500", InvalidMeasureError, "1500"),
        ({"Kalibr": "1500 km"}, InvalidInputError, "Kalibr"),
        (1500, InvalidInputError, "1500 km"),
        (["1500 km"], InvalidInputError, "ranges"),
    ],
)
def test_ranges_that_are_none_are_refused(ranges, error, words):
    """The message says what to give."""
    with pytest.raises(error, match=words):
        ge.read_text(CASPIAN, ranges=ranges)


def test_in_range_without_a_launch_is_checked_with_the_range_of_the_text():
    """North Korea and Guam are some 3,200 to 3,600 km apart: 4,500 km is enough."""
    text = (
        "Guam is within range of missiles from North Korea, analysts said. The Hwasong-12 has a "
        "range of 4,500 km."
    )
    found = verdict_of(ge.read_text(text), "range")
    assert found.answer == "yes"
    assert "Guam within 4,500 km of North Korea" in found.question


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Iran's missiles can reach Tel Aviv, a general said.", "gives the range"),
        ("Berlin is within reach of the missiles.", "from where"),
    ],
)
def test_in_range_without_what_it_takes_says_what_is_missing(text, why):
    """A claim of range is never passed over."""
    found = verdict_of(ge.read_text(text), "range")
    assert found.answer == "not checkable"
    assert why in found.text


def test_a_range_given_checks_a_claim_without_a_launch():
    """Tabriz to Tel Aviv are some 1,240 km."""
    text = "Missiles in Tabriz could reach Tel Aviv, a general said."
    found = verdict_of(ge.read_text(text, ranges="1000 km"), "range")
    assert found.answer == "no"


def test_reaching_a_place_by_train_is_no_claim_of_range():
    """Nothing flies."""
    story = ge.read_text("Visitors could reach Paris from Lyon by train.")
    assert "range" not in {verdict.claim for verdict in story.verdicts}
