"""Dates relative to the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from geo_events.text.dates import find_dates
from geo_events.text.tokens import tokenize

PUBLISHED = date(2015, 10, 8)  # a Thursday

# The 22 phrases of the specification, with the day each must contain.
PHRASES = {
    "Thursday": date(2015, 10, 8),
    "on Thursday": date(2015, 10, 8),
    "Wednesday": date(2015, 10, 7),
    "on Wednesday": date(2015, 10, 7),
    "yesterday": date(2015, 10, 7),
    "last night": date(2015, 10, 7),
    "[Last] night": date(2015, 10, 7),
    "September 30": date(2015, 9, 30),
    "on September 30": date(2015, 9, 30),
    "at the end of last month": date(2015, 9, 30),
    "last month": date(2015, 9, 15),
    "last week": date(2015, 10, 1),
    "Monday": date(2015, 10, 5),
    "two days ago": date(2015, 10, 6),
    "earlier this week": date(2015, 10, 5),
    "early Wednesday": date(2015, 10, 7),
    "late on Tuesday": date(2015, 10, 6),
    "Oct. 7": date(2015, 10, 7),
    "7 October 2015": date(2015, 10, 7),
    "this morning": date(2015, 10, 8),
    "overnight": date(2015, 10, 7),
    "December 25": date(2014, 12, 25),
}


def read(text, published=PUBLISHED):
    return [found.value for found in find_dates(tokenize(text), published)]


@pytest.mark.parametrize(("phrase", "day"), PHRASES.items())
def test_a_phrase_contains_its_day(phrase, day):
    """A phrase is read as an interval around the day that a reader would say."""
    (value,) = read(f"It happened, they said, {phrase}, near the coast.")
    assert value.start <= day <= value.end
    assert value.text == phrase


@pytest.mark.parametrize("phrase", ["on Wednesday", "yesterday", "last month", "October 7"])
def test_without_a_publication_date_relative_dates_stay_unresolved(phrase):
    """Nothing is guessed: start and end are None, and the precision says why."""
    (value,) = read(f"They left {phrase}.", published=None)
    assert (value.start, value.end, value.precision) == (None, None, "unresolved")


@pytest.mark.parametrize(
    ("phrase", "start", "end", "precision"),
    [
        ("On Wednesday, October 7, 2015", date(2015, 10, 7), date(2015, 10, 7), "day"),
        ("on 2015-10-07", date(2015, 10, 7), date(2015, 10, 7), "day"),
        ("Oct. 7-9", date(2015, 10, 7), date(2015, 10, 9), "days"),
        ("in September", date(2015, 9, 1), date(2015, 9, 30), "month"),
        ("in late September", date(2015, 9, 21), date(2015, 9, 30), "part"),
        ("since 2011", date(2011, 1, 1), date(2011, 12, 31), "year"),
        ("mid-2014", date(2014, 5, 1), date(2014, 8, 31), "part"),
        ("next Monday", date(2015, 10, 12), date(2015, 10, 12), "day"),
        ("last Thursday", date(2015, 10, 1), date(2015, 10, 1), "day"),
        ("on 29 February 2016", date(2016, 2, 29), date(2016, 2, 29), "day"),
    ],
)
def test_days_parts_and_ranges(phrase, start, end, precision):
    """Explicit dates, ranges, months, parts of them and years have their whole interval."""
    (value,) = read(f"It began {phrase}.")
    assert (value.start, value.end, value.precision) == (start, end, precision)


def test_will_turns_a_weekday_to_the_future():
    """The words "will meet on Friday" is the coming Friday."""
    (value,) = read("They will meet on Friday.")
    assert value.start == date(2015, 10, 9)


@pytest.mark.parametrize(
    "text",
    ["The 16 men may march in.", "1500 men left Unit 1984", "on February 30, 2015", "a F-16"],
)
def test_what_is_no_date_stays_text(text):
    """Counts, names, modal verbs and days that no calendar has are not read."""
    assert read(text) == []
