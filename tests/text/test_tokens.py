"""Words and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_events.text.tokens import COMMA, HYPHEN, POSSESSIVE, QUOTE, tokenize

HOSTILE = [
    "Sy\u0301ria",
    "I\u0307stanbul",
    "Ra\u200bqqa",
    "\u202eRaqqa\u202c",
    "سـوريا والرقّة",
    "ＲＡＱＱＡ",
    "İncirlik ı",
    "(((([[[",
    "a" * 1000,
    "\u0301" * 50,
    "Xi'an’s",
    "👩‍👩‍👧 Paris 🇫🇷",
    "",
    "\x00\x07",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_word_is_the_text_at_its_offsets(text):
    """A word is the text between its offsets, whatever the script or the marks."""
    tokens = tokenize(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words


@given(st.text())
def test_offsets_hold_for_any_text(text):
    """Words never overlap, stand in order and are the text that they mark."""
    tokens = tokenize(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    assert all(a <= b for a, b in zip(tokens.ends, tokens.starts[1:], strict=False))


def test_hyphens_part_words_and_possessives_are_no_words():
    """The words "Syria-bound" is two words; the s of "Russia’s" belongs to the gap."""
    tokens = tokenize("Syria-bound, from Russia’s coast")
    assert tokens.words == ["Syria", "bound", "from", "Russia", "coast"]
    assert tokens.gaps[1] == HYPHEN
    assert tokens.gaps[2] & COMMA
    assert tokens.gaps[4] & POSSESSIVE


def test_abbreviations_are_one_word():
    """Dotted abbreviations keep their dots and end no sentence."""
    tokens = tokenize("The U.S. navy left W.Va. for St. Louis.")
    assert "U.S." in tokens.words
    assert "W.Va." in tokens.words
    assert len(set(tokens.sentences)) == 1


def test_sentences_end_at_stops_and_before_new_lines():
    """A stop before a capital ends a sentence; an initial does not; a line end does."""
    tokens = tokenize("J. Smith left. He flew.\nA headline without a stop\nThe text goes on.")
    assert max(tokens.sentences) == 3


def test_lines_broken_by_width_do_not_end_sentences():
    """Where lines break by width, only a blank line or a stop ends a sentence."""
    text = "The two ships that left\nthe port on the coast of\nSyria were on their way to\nthe sea."
    assert max(tokenize(text).sentences) == 0


def test_quotation_marks_are_seen():
    """Straight and curly marks are flagged in the gap before a word."""
    tokens = tokenize('He said “yes” and "no".')
    assert [bool(flags & QUOTE) for flags in tokens.gaps] == [False, False, True, True, True]
