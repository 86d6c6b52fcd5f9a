"""Hostile texts: every span is the text that it marks, and work grows with the length."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from geo_events.text.reader import read_document

UNITS = {
    "an article": (
        "Russian ships in the Caspian Sea fired missiles at Syria on Wednesday, the ministry in "
        "Moscow said. Four fell in Iran, two officials told a paper in Washington. "
    ),
    "one name": "Damascus ",
    "names in a list": "Damascus, Aleppo, Homs, Paris, ",
    "brackets": "(",
    "brackets and names": "(Paris ",
    "combining marks": "\u0301",
    "marks on letters": "a\u0301\u0301\u0301",
    "no space": "x",
    "no space, Chinese": "里海发射导弹飞往叙利亚",
    "dates": "7 October 2015 ",
    "relative dates": "on Wednesday, ",
    "numbers": "12,345.67 ",
    "measures": "20 km ",
    "quotation marks": "“",
    "quoted names": '"Paris" said ',
    "overrides": "\u202e",
    "overrides in names": "\u202eRaq\u202cqa ",
    "control characters": "\x01\x02\x1b",
    "NUL": "\x00",
    "binary": bytes(range(256)).decode("latin-1"),
    "broken UTF-8": "\ufffdParis\ufffd ",
    "lone surrogates": "\ud800Paris ",
    "line ends": "\n",
    "hyphens": "Syria-",
    "apostrophes": "Syria's'",
    "abbreviations": "U.S.",
    "events": "missiles launched from Syria at Iran ",
    "reports": "said that ",
    "ships": "the ships Uglich, Brest and ",
    "persons": "John Smith ",
    "links": "[Paris](http://x.org) ",
    "open links": "[Paris](",
    "open tags": "<a <",
    "open comments": "<!-- ",
    "emphasis": "**_",
    "emoji": "🚀",
    "headlines": "Two jets turn back over sea\nThey left.\n",
    "Russian": "Ракеты упали в Иране. ",
    "Arabic": "سقطت صواريخ في إيران، ",
}


def make(name, size):
    unit = UNITS[name]
    return unit * (size // len(unit))


@pytest.mark.parametrize("name", UNITS)
def test_every_span_of_a_hostile_text_is_what_it_marks(name):
    """Nothing crashes, and offsets point at the words that are named."""
    text = make(name, 3_000)
    document = read_document(text)
    assert all(text[m.start : m.end] == m.text for m in document.mentions)
    assert document.sections[-1].end == len(text)


def count_calls(text):
    """Count the functions that reading a text calls: the same on every machine."""
    calls = Counter()

    def note(_frame, kind, _argument):
        calls[kind] += 1

    sys.setprofile(note)
    try:
        read_document(text)
    finally:
        sys.setprofile(None)
    return calls["call"] + calls["c_call"]


@pytest.mark.slow
@pytest.mark.parametrize("name", UNITS)
def test_work_grows_in_step_with_a_hostile_text(name):
    """Four times the text is at most 1.3 times the calls for each character."""
    read_document(make(name, 2_000))
    small, large = (count_calls(make(name, size)) for size in (20_000, 80_000))
    assert large / 4 <= 1.3 * small + 1_000


@pytest.mark.parametrize("name", ["an article", "one name", "quotation marks"])
def test_work_grows_in_step_with_a_text(name):
    """The same for three of them, shorter, in every run."""
    read_document(make(name, 2_000))
    small, large = (count_calls(make(name, size)) for size in (15_000, 60_000))
    assert large / 4 <= 1.3 * small + 1_000


def test_one_name_over_and_over_is_found_each_time():
    """Every one of the names is found, also where long texts are parted."""
    text = make("one name", 100_000)
    assert len(read_document(text).mentions) == text.count("Damascus")
