"""Odd characters: every mention is exactly the text it marks, and the name is still found."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_events.text.reader import read_document

SYRIA, RAQQA = "country:SYR", "geonames:172955"

# (what is odd, the text, the words that must be marked, the place they must mean)
FOUND = [
    ("decomposed", "They left Cre\u0301teil and Diyarbak\u0131r for I\u0307stanbul.",
     "I\u0307stanbul", "geonames:745044"),
    ("zero-width space", "Jets flew to Ra\u200bqqa on Monday.", "Ra\u200bqqa", RAQQA),
    ("zero-width joiner", "Jets flew to Ra\u200dqqa on Monday.", "Ra\u200dqqa", RAQQA),
    ("word joiner", "Jets flew to Ra\u2060qqa on Monday.", "Ra\u2060qqa", RAQQA),
    ("byte order mark", "\ufeffSyria was hit on Monday.", "Syria", SYRIA),
    ("soft hyphen", "The jets flew to Sy\u00adria on Monday.", "Sy\u00adria", SYRIA),
    ("right-to-left override", "Jets flew to \u202eRaqqa\u202c on Monday.", "Raqqa", RAQQA),
    ("isolates", "Jets flew to \u2067Raqqa\u2069 on Monday.", "Raqqa", RAQQA),
    ("full width", "Jets flew to ＲＡＱＱＡ on Monday.", "ＲＡＱＱＡ", RAQQA),
    ("combining marks", "Jets flew to Ra\u0301\u0323q\u0308qa on Monday.",
     "Ra\u0301\u0323q\u0308qa", RAQQA),
    ("Turkish capital", "Uçaklar İNCİRLİK'ten kalktı ve geri döndü.", "İNCİRLİK", "airport:LTAG"),
    ("Turkish dotless", "Jets left INCIRLIK and Diyarbakır on Monday.", "INCIRLIK", "airport:LTAG"),
    ("tatweel", "أطلقت الصواريخ على سـوريـا من البحر.", "سـوريـا", SYRIA),
    ("Arabic vowels", "وصل الوفد إلى الرَّقَّة في المساء.", "الرَّقَّة", RAQQA),
    ("Persian letters in Arabic", "وصل الوفد إلى سوریا في المساء.", "سوریا", SYRIA),
    ("Arabic letters in Persian", "او از تهران به سوريه رفت.", "سوريه", SYRIA),
    ("right-to-left marks", "أقلعت من \u200fدمشق\u200f إلى \u200fسوريا\u200f.", "سوريا", SYRIA),
    ("prefix and tatweel", "من لبنان وسـوريا في المساء.", "سـوريا", SYRIA),
    ("prefix with a vowel", "من لبنان وَسوريا في المساء.", "سوريا", SYRIA),
    ("homoglyph", "Jets flew to Syri\u0430 on Monday.", "Syri\u0430", SYRIA),
    ("homoglyphs", "Jets flew to R\u0430qq\u0430 on Monday.", "R\u0430qq\u0430", RAQQA),
    ("curly possessive", "Officials in Syria’s north said so.", "Syria", SYRIA),
    ("astral neighbours", "👩‍👩‍👧 flew to Syria 🇸🇾 on Monday.", "Syria", SYRIA),
    ("no-break spaces", "The\u00a0jets\u00a0flew\u00a0to\u00a0Syria\u202fon\u2009Monday.", "Syria",
     SYRIA),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "place"), [case[1:] for case in FOUND],
                         ids=[case[0] for case in FOUND])  # fmt: skip
def test_a_name_in_odd_characters_is_found_and_marked_exactly(text, words, place):
    """Each oddity of the set leaves the name found, with a span that is exactly its text."""
    mentions = read_document(text).mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert words in [m.text for m in mentions if m.place is not None and m.place.id == place]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text",
    ["Łódź and Córdoba and São Paulo and Zürich were named.", "Из Йошкар-Олы и Чёрного моря.",
     "دمشق وحلب والرقّة في سوريا.", "Şanlıurfa'dan Iğdır'a ve İzmir'e."],
)  # fmt: skip
def test_the_normal_forms_of_a_text_have_the_same_places(text, form):
    """Composed or not, a text names the same places, and every span is its text."""
    odd = unicodedata.normalize(form, text)
    mentions = read_document(odd).mentions
    assert all(odd[m.start : m.end] == m.text for m in mentions)
    plain = [m.place.id for m in read_document(text).mentions if m.place is not None]
    assert [m.place.id for m in mentions if m.place is not None] == plain
    assert plain


ODD = st.sampled_from(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u202c\u2067\u2069\u2060\ufeff\u00ad\u0301\u0323"
    "\u0640\u064e\u0651'’-‑ \n.،«»\u0430Ｓ"
)
NAMES = st.sampled_from(
    ["Syria", "Raqqa", "Каспийского моря", "Сирии", "والعراق", "بالرقة", "سوریه‌ی", "İncirlik'teki",
     "Türkiye'nin", "l'Iran", "Moskauer", "del mar Caspio", "и", "of", "في", "به", "d’Alep"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.one_of(ODD, NAMES, st.text(max_size=3)), max_size=25))
def test_no_mixture_of_scripts_and_marks_moves_a_span(parts):
    """Whatever is mixed, mentions are their text, stand in order and do not overlap."""
    text = "".join(parts)
    mentions = read_document(text).mentions
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
