"""The whole reading: kinds, resolution, statements, corrections, hostile texts."""

from __future__ import annotations

from datetime import date

import pytest

from geo_events.errors import InvalidInputError
from geo_events.text.reader import read_document


def places(text, **options):
    return {
        m.text: m.place.id if m.place else None for m in read_document(text, **options).mentions
    }


def kinds(text):
    return {m.text: m.kind for m in read_document(text).mentions}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("He moved to Paris, Texas.", "Paris", "USA"),
        ("He moved to Paris.", "Paris", "FRA"),
        ("The fire in Athens, Ohio, spread to Columbus.", "Athens", "USA"),
        ("The fair in London, Ontario, draws people from Toronto.", "London", "CAN"),
    ],
)
def test_the_region_named_with_a_town_decides(text, name, country):
    """The words "City, State" and the other names of a text choose among towns of one name."""
    mention = next(m for m in read_document(text).mentions if m.text == name)
    assert mention.place.country == country


def test_one_sense_per_text():
    """A name that is explained once means the same wherever it stands."""
    document = read_document("Paris, Texas, is small. The fair in Paris opened.")
    found = {m.place.id for m in document.mentions if m.text == "Paris"}
    assert len(found) == 1


def test_every_mention_keeps_candidates_and_reason():
    """Scores lie between 0 and 1, and the reason is one line."""
    for mention in read_document("Jets flew from Tripoli to Benghazi in Libya.").mentions:
        assert 0 < mention.score <= 1
        assert mention.candidates
        assert mention.reason
        assert "\n" not in mention.reason


def test_ships_in_lists_are_vehicles():
    """Names after "ships" and "the frigate" are ships, whatever town they are named after."""
    found = kinds("The frigate Brest and the ships Toulon, Paris and Nice left the Red Sea.")
    assert found["Brest"] == found["Toulon"] == found["Paris"] == found["Nice"] == "vehicle"


def test_governments_are_institutions():
    """A capital that speaks or governs is an institution."""
    found = kinds("Moscow denied it. The Damascus government agreed. The Pentagon waited.")
    assert found["Moscow"] == found["Damascus"] == found["Pentagon"] == "institution"


def test_a_denial_follows_its_claim():
    """The words "denied the claim" points back to what was claimed."""
    document = read_document("Kyiv said that a missile had fallen in Romania. Moscow denied it.")
    (event,) = document.events
    assert event.status == "disputed"
    assert {(s.stance, s.who) for s in event.statements} == {
        ("claims", "Kyiv"),
        ("denies", "Moscow"),
    }


def test_a_question_is_no_event():
    """What is asked is not said."""
    assert read_document("Did missiles fall in Iran?").events == ()


def test_corrections_by_hand_decide():
    """A name can be given another place, or none; the reason says so."""
    text = "Jets flew from Langley to Malta."
    malta = next(m.place for m in read_document(text).mentions if m.text == "Malta")
    document = read_document(text, places={"Langley": malta, "Malta": None})
    found = {m.text: m for m in document.mentions}
    assert found["Langley"].place == malta
    assert found["Malta"].place is None
    assert found["Langley"].reason == "corrected by hand"


def test_a_text_in_another_language_gives_names_but_no_events():
    """Names of any script are found; events are not guessed."""
    document = read_document("Ракеты упали в Иране, сообщили в Москве.")
    assert document.events == ()


@pytest.mark.parametrize("name", ["قزوین", "الرقة", "Каспийское море", "İncirlik", "ＲＡＱＱＡ"])
def test_names_in_any_script(name):
    """A name is found in its own script, and the span is the text that it marks."""
    text = f"{name}."
    mention = read_document(text).mentions[0]
    assert text[mention.start : mention.end] == mention.text
    assert mention.place is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "((((((((",
        "“““““",
        "said said said",
        "that who which",
        "\u202eRaqqa\u202c \u200bfell",
        "a\u0301" * 500,
        "Paris " * 500,
        "missiles launched from Syria " * 50,
        "ships, A, B, and",
        "USS",
        "between",
        "between Cairo and",
        "to",
        "5",
        "last",
        "the",
        "x" * 10_000,
    ],
)
def test_hostile_texts_are_read_without_a_fault(text):
    """Nothing crashes, and every span is the text that it marks."""
    document = read_document(text, published=date(2015, 10, 8))
    assert all(text[m.start : m.end] == m.text for m in document.mentions)


@pytest.mark.parametrize("text", [None, 5, b"bytes"])
def test_only_strings_are_read(text):
    """Anything but a string is refused."""
    with pytest.raises(InvalidInputError, match="expected a string"):
        read_document(text)


def test_a_day_out_of_range_is_refused():
    """Publication days before 1800 or after 2199 are mistakes."""
    with pytest.raises(InvalidInputError, match="1800 to 2199"):
        read_document("A text.", published=date(15, 10, 8))


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("North Korea fired a ballistic missile from Sunan.", "a ballistic missile"),
        ("An Iranian drone flew from Iran to Iraq.", "an Iranian drone"),
        ("The army fired two cruise missiles at Aleppo.", "cruise missiles"),
        ("The missile launch from Sinpo failed.", "missile"),
        ("An F-16 took off from Aviano.", "an F-16"),
    ],
)
def test_the_instrument_reads_well(text, instrument):
    """One thing keeps its article, several are a plural; how many is the count's."""
    (event,) = read_document(text).events
    assert event.instrument == instrument


def test_a_word_on_an_event_told_elsewhere_claims_nothing():
    """Who mentions "launches" does not claim the launch that another sentence tells."""
    text = (
        "The navy launched missiles from the Red Sea at Aden, the ministry said. "
        '"We show launches of our missiles," General John Miller said.'
    )
    (event,) = read_document(text).events
    assert [s.who for s in event.statements] == ["the ministry"]


def test_what_is_flown_over_is_no_place_where_something_happened():
    """The rule says that the place was flown over."""
    (event,) = read_document("A missile flew over Japan.").events
    assert [(r.place.name, r.rule) for r in event.place] == [("Japan", "flown-over")]


def test_a_plane_that_fell_into_the_sea_was_not_bound_for_it():
    """Only what is fired goes where it falls."""
    document = read_document("A plane hit by a missile fired from Donetsk fell into the Black Sea.")
    assert all(not e.pairs for e in document.events if e.type == "launch")
