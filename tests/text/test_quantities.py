"""Counts and distances."""

from __future__ import annotations

from datetime import date

import pytest

from geo_events.text.quantities import find_quantities
from geo_events.text.reader import read_document
from geo_events.text.tokens import tokenize


def read(text):
    return [found.value for found in find_quantities(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("They fired a total of 26 cruise missiles.", 26, 26),
        ("The two planes turned.", 2, 2),
        ("At least 10 rockets fell.", 10, None),
        ("They sent up to five drones.", None, 5),
        ("A dozen missiles, no more.", 12, 12),
        ("Between 10 and 15 ballistic missiles flew.", 10, 15),
        ("One or two missiles fell.", 1, 2),
        ("More than 1,000 missiles were fired.", 1000, None),
        ("Twenty-one drones came.", 21, 21),
        ("Two American F-16s took off.", 2, 2),
        ("Two Su-24 bombers came.", 2, 2),
    ],
)
def test_counts(text, least, most):
    """A number before a weapon, an aircraft or a ship is a count, with its bounds."""
    (value,) = read(text)
    assert (value.kind, value.min, value.max) == ("count", least, most)


@pytest.mark.parametrize(
    "text",
    [
        "The F-16s took off.",
        "It was the first time that planes met.",
        "Two unnamed officials spoke of missiles.",
        "They met at least once to talk about aircraft.",
        "Two missile attacks were reported.",
        "They fired 1e400 missiles.",
    ],
)
def test_what_is_no_count(text):
    """Model names, ordinals, sources and meetings are not counts of things that move."""
    assert [value for value in read(text) if value.kind == "count"] == []


@pytest.mark.parametrize("digits", ["1e400", "9" * 400])
def test_digits_that_no_news_text_writes(digits):
    """What only a computer writes as a number is no distance, and stops no text from being read."""
    assert read(f"They flew {digits} km, with a range of {digits} km.") == []


def test_a_separation_is_not_a_length():
    """The words "within 20 nautical miles" is a separation of 37.04 km."""
    (value,) = read("They turn when aircraft come within 20 nautical miles.")
    assert value.kind == "separation"
    assert value.km == pytest.approx(37.04)


@pytest.mark.parametrize("text", ["It has a range of 1,500 km.", "It has a 1,500-km range."])
def test_a_range(text):
    """How far something reaches is a range."""
    (value,) = read(text)
    assert (value.kind, value.km) == ("range", 1500)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 10 February 2023 two missiles flew from the Black Sea to Moldova.", "two missiles"),
        ("On May 10 150 rockets were fired from Gaza at Ashkelon.", "150 rockets"),
        ("In May 20 missiles were fired from Gaza at Ashkelon.", "20 missiles"),
    ],
)
def test_a_date_is_no_part_of_a_count(text, words):
    """The numbers of a date count nothing."""
    (event,) = read_document(text, published=date(2023, 6, 1)).events
    assert event.count.text == words
