"""Every claim of a text gets a verdict: checked where a line can say something, else why not."""

import pytest

import geo_events as ge


def verdict_on(text, words, **options):
    """The one verdict whose question holds some words."""
    (found,) = [v for v in ge.read_text(text, **options).verdicts if words in v.question]
    return found


def test_a_fall_on_the_way_is_possible():
    """A line from Tabriz to Tel Aviv crosses the north of Iraq, so something can fall there."""
    found = verdict_on(
        "On Monday Iran fired a missile from Tabriz at Tel Aviv. Officials said that the missile "
        "crashed in Iraq.",
        "fall in Iraq",
    )
    assert (found.claim, found.answer) == ("impact", "yes")
    assert "neither confirms nor denies" in found.text


def test_a_fall_off_the_way_says_how_much_longer_a_route_would_have_to_be():
    """Greece lies far beyond Tel Aviv: only a long way round could touch it."""
    found = verdict_on(
        "Iran fired a missile from Tabriz at Tel Aviv. Officials said that the missile crashed in "
        "Greece.",
        "fall in Greece",
    )
    assert found.answer == "no"
    assert found.miss_km > 500
    assert found.condition.startswith("Only on a route at least ")
    assert found.condition.endswith("% longer than the straight line.")


def test_what_depends_says_from_where_it_holds():
    """The Caspian fall needs a launch in the south of the sea."""
    found = verdict_on(
        "Warships fired 26 cruise missiles from the Caspian Sea at Raqqa. Two officials said that "
        "some of the missiles had crashed in Iran.",
        "fall in Iran",
    )
    assert found.answer == "depends"
    assert found.condition.startswith("Only for a launch south of 43° N")
    assert "on a straight line" in found.condition


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Missiles fell in Iran.", "Did missiles fall in Iran?"),
        ("Two drones fell in Iran.", "Did two drones fall in Iran?"),
        ("Tomahawks fell in Iran.", "Did Tomahawks fall in Iran?"),
    ],
)
def test_a_thing_has_a_small_letter_within_a_question(text, question):
    """A word that opened its sentence does not open the question; a name keeps its letter."""
    verdict_on(text, question)


@pytest.mark.parametrize(
    "text", ["The missile flew 0 km from Tabriz.", "Iran fired a missile with a range of 0 km."]
)
def test_a_length_of_nothing_gets_no_verdict(text):
    """Nothing can be checked with it."""
    assert ge.read_text(text).verdicts == ()


def test_flown_over_is_checked_and_asked_with_over():
    """A denied overflight without ends is checked against the one launch of its section."""
    found = verdict_on(
        "Iran launched 300 drones at Israel from Iran. Iraqi officials denied that drones had "
        "flown over Iraq.",
        "cross Iraq",
    )
    assert found.claim == "crossing"
    assert found.events == ("E2",)


def test_overflight_without_a_line_is_not_checkable_and_says_over():
    """Without ends there is no line; the question still says what was flown over."""
    (found,) = ge.read_text("Officials denied that missiles had flown over Iraq.").verdicts
    assert found.answer == "not checkable"
    assert "over Iraq" in found.question
    assert "from where" in found.text


def test_an_asserted_fall_without_a_line_is_not_passed_over():
    """Silence is no answer, even where nobody doubts the claim."""
    (found,) = ge.read_text("A missile crashed in Poland on 15 November 2022.").verdicts
    assert found.answer == "not checkable"
    assert "fall in Poland" in found.question


def test_a_claimed_origin_says_which_range_would_rule_it_out():
    """Where something took off leaves no trace; its range could."""
    found = verdict_on(
        "Officials claimed that a drone had been launched from Yemen at Tel Aviv.",
        "come from Yemen",
    )
    assert (found.claim, found.answer) == ("origin", "not checkable")
    assert "no range is given" in found.text
    # From Yemen's north-western corner, 17° N 43° E, to Tel Aviv it is some 1,800 km.
    least = float(found.condition.split("range of ")[1].split(" km")[0].replace(",", ""))
    assert least == pytest.approx(1820, abs=50)


def test_a_claimed_origin_without_a_target_is_not_checkable():
    """One end makes no line."""
    (found,) = ge.read_text("Officials claimed that the drone had taken off from Iran.").verdicts
    assert (found.claim, found.answer) == ("origin", "not checkable")
    assert "to where" in found.text


def test_disputed_claims_say_who_contradicts_whom():
    """Contradictory statements stand beside each other; no side is taken."""
    found = verdict_on(
        "Iran fired a missile from Tabriz at Tel Aviv. Two US officials said that the missile had "
        "crashed in Jordan. Jordan denied that the missile had crashed in Jordan.",
        "fall in Jordan",
    )
    assert "claimed by" in found.text
    assert "denied by Jordan" in found.text
    assert "cannot say who is right" in found.text


def test_nearness_to_a_place_is_checked_against_the_line():
    """Ljubljana lies some 15 km beside the line from Klagenfurt to Rijeka."""
    near = verdict_on(
        "A plane flew from Klagenfurt to Rijeka. It came within 20 miles of Ljubljana.",
        "come within 20 miles",
    )
    assert (near.claim, near.answer) == ("separation", "yes")


def test_nearness_of_two_movers_without_lines_is_not_checkable():
    """A ring of 37 km is drawn; whether it was kept needs lines, speeds and departures."""
    found = verdict_on(
        "Two jets took off from Turkey for Raqqa. A Russian fighter came within 20 nautical miles.",
        "20 nautical miles",
    )
    assert found.answer == "not checkable"
    assert "37 km" in found.text
    assert "speeds" in found.condition


@pytest.mark.parametrize(
    "text",
    [
        "The minister arrived in Paris on Monday.",
        "Nothing of that kind happened in Rome.",
    ],
)
def test_a_text_without_claims_has_no_verdicts(text):
    """Asserted journeys raise no question."""
    assert ge.read_text(text).verdicts == ()


@pytest.mark.parametrize(("flown", "answer"), [("500 km", "no"), ("2,700 km", "depends")])
def test_a_distance_flown_is_held_against_the_line(flown, answer):
    """From Sunan to the Pacific beyond Japan it is more than 1,000 km at the least."""
    found = verdict_on(
        "North Korea fired a missile from Sunan on Tuesday. The missile flew over Hokkaido and "
        f"fell into the Pacific Ocean. The army said that the missile had flown about {flown}.",
        "Can it have flown",
    )
    assert (found.claim, found.answer) == ("range", answer)


def test_a_distance_that_nothing_flew_is_no_claim():
    """How far two towns are apart says nothing of a flight."""
    story = ge.read_text(
        "Iran fired a missile from Tabriz at Tel Aviv. Tabriz lies 500 km from Tehran."
    )
    assert "range" not in {verdict.claim for verdict in story.verdicts}


@pytest.mark.parametrize(
    ("text", "place", "answer"),
    [
        (
            "The plane flew from Moscow to Saint Petersburg and crashed near Kuzhenkino.",
            "Kuzhenkino",
            "yes",
        ),
        ("The plane flew from Baku to Grozny and crashed near Aktau.", "Aktau", "no"),
    ],
)
def test_a_fall_at_a_town_asks_whether_the_line_passes_it(text, place, answer):
    """Kuzhenkino lies some 20 km beside the line, Aktau across the Caspian Sea."""
    found = verdict_on(text, f"pass within 25 km of {place}?")
    assert (found.claim, found.answer) == ("impact", answer)
    assert found.question.startswith("Does the straight line from ")
    assert found.can_cross == (answer == "yes")


def test_a_fall_off_the_line_names_the_route_that_reaches_it():
    """The fall is no doubt of the line's: a route a little longer is enough, and that is said."""
    found = verdict_on(
        "A plane flying from Amsterdam to Kuala Lumpur crashed near Hrabove.", "of Hrabove?"
    )
    assert (found.answer, found.can_cross) == ("no", 1.0)
    assert "% longer could reach it. That does not disprove the fall." in found.text


def test_a_launch_whose_origin_is_not_stated_says_how_to_give_one():
    """Who fired is not from where; the reader can say it, and then there is a line."""
    story = ge.read_text("Iran fired ballistic missiles at Israel.")
    (found,) = story.verdicts
    assert (found.claim, found.answer) == ("origin", "not checkable")
    assert 'story.correct("E1", origin="Iran")' in found.text
    assert len(story.correct("E1", origin="Iran").corridors) == 1
