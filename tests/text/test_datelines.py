"""Datelines: where and when a story was filed."""

from __future__ import annotations

from datetime import date

import pytest

from geo_events.text.reader import read_document


def days_of(text, published=None):
    return [e.date and e.date.start for e in read_document(text, published=published).events]


@pytest.mark.parametrize(
    "opening",
    [
        "KYIV, 14 March 2024 -",
        "KYIV, 14 March 2024 (Agency) -",
        "KYIV, Ukraine, March 14, 2024 (Agency) \u2014",
        "Kyiv, Ukraine, 14 March 2024.",
        "ABROAD, Thursday, 14 March 2024 --",
    ],
)
def test_the_day_of_filing_is_no_events_day(opening):
    """What a dateline dates is the story; "on Tuesday" is the Tuesday before it."""
    assert days_of(f"{opening} Drones flew from Kursk to Sumy.") == [None]
    assert days_of(f"{opening} Drones flew from Kursk to Sumy on Tuesday.") == [date(2024, 3, 12)]


def test_the_day_of_publication_goes_before_the_dateline():
    """Where the day of publication is given, relative dates count from it."""
    text = "KYIV, 14 March 2024 - Drones flew from Kursk to Sumy yesterday."
    assert days_of(text, date(2024, 3, 20)) == [date(2024, 3, 19)]


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday, 14 March 2024 - a calm day - drones flew from Kursk to Sumy.",
        "Drones flew from Kursk to Sumy on 14 March 2024 - the third time.",
        "Kursk, 14 March 2024 was no day to forget when drones flew from Kursk to Sumy.",
    ],
)
def test_a_date_within_a_sentence_is_no_dateline(text):
    """Only a place, names and a date before a dash or full stop make a dateline."""
    assert days_of(text) == [date(2024, 3, 14)]


def test_each_story_counts_from_its_own_dateline():
    """A dateline holds up to the next one."""
    text = (
        "OSLO, 14 March 2024 - Jets flew from Malta to Cyprus yesterday.\n\n"
        "RIGA, 20 March 2024 - Drones flew from Kursk to Sumy yesterday."
    )
    assert days_of(text) == [date(2024, 3, 13), date(2024, 3, 19)]


def test_the_place_of_filing_takes_no_part():
    """What a dateline names is nowhere that anything was hit."""
    (event,) = read_document("SANAA, 14 March 2024 - Aleppo was hit by rockets.").events
    assert [role.place.name for role in event.destination] == ["Aleppo"]


def test_the_date_of_a_dateline_stays_a_date_of_the_text():
    """It is listed with the others, and says what it is."""
    (found,) = read_document("OSLO, 14 March 2024 - Jets flew from Malta to Cyprus.").dates
    assert (found.text, found.start, found.rule) == (
        "14 March 2024",
        date(2024, 3, 14),
        "dateline",
    )
