"""Names that their language has inflected."""

from __future__ import annotations

import pytest

from geo_events.text.reader import read_document


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Ракеты выпущены из Каспийского моря по Сирии.", {"sea:caspian-sea", "country:SYR"}),
        ("Самолёт вылетел из Ирана.", {"country:IRN"}),
        (
            "أطلقت صواريخ من بحر قزوين على سوريا والعراق.",
            {"sea:caspian-sea", "country:SYR", "country:IRQ"},
        ),
        ("موشک‌ها از دریای خزر به سوریه شلیک شد.", {"sea:caspian-sea", "country:SYR"}),
        ("Uçaklar Türkiye'den kalktı.", {"country:TUR"}),
    ],
)
def test_inflected_names_are_found(text, ids):
    """Case endings, prefixes and suffixes do not hide a well-known name."""
    found = {m.place.id for m in read_document(text).mentions if m.place is not None}
    assert found >= ids


@pytest.mark.parametrize(
    "text",
    ["Вчера вечером они приехали домой.", "ذهب الولد إلى المدرسة.", "Dün akşam eve geldiler."],
)
def test_texts_without_names_have_none(text):
    """Everyday words of another language are no places."""
    assert [m for m in read_document(text).mentions if m.place is not None] == []
