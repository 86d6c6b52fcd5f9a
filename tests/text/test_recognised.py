"""Spans of another recogniser: checked, mapped, and resolved as our own."""

from __future__ import annotations

import pytest

from geo_events.errors import InvalidInputError
from geo_events.story import read_text
from geo_events.text.recognised import read_spans

TEXT = (
    "Moscow began it. Two Turkish jets flew from Incirlik to Raqqa, Syria, past the Cole. "
    "John Paris of the University of Damascus saw 3 of them near Blabla on Monday."
)


def span(words, label, text=TEXT):
    start = text.index(words)
    return start, start + len(words), label


def test_only_the_given_spans_are_mentions_and_ours_resolves_them():
    """A town, a demonym, an airbase: each means what the rest of the text says that it means."""
    given = [span("Raqqa", "GPE"), span("Incirlik", "FAC"), span("Turkish", "NORP")]
    found = [(m.text, m.kind, m.place.id) for m in read_text(TEXT, spans=given).mentions]
    assert found == [
        ("Turkish", "demonym", "country:TUR"),
        ("Incirlik", "name", "airport:LTAG"),
        ("Raqqa", "name", "geonames:172955"),
    ]


def test_events_and_corridors_come_of_the_given_spans():
    """What was not recognised is the end of nothing."""
    text = "A jet flew from Malta to Rome."
    both = [span("Malta", "LOC", text), span("Rome", "LOC", text)]
    assert [c.name for c in read_text(text, spans=both).corridors] == ["Malta → Rome"]
    assert read_text(text, spans=both[:1]).corridors == ()


def test_what_is_no_place_stays_none():
    """Ships, persons and unknown names have no place; an institution is not the town in it."""
    given = [
        span("Cole", "PRODUCT"),
        span("John Paris", "PERSON"),
        span("University of Damascus", "ORG"),
        span("Blabla", "LOC"),
        span("Monday", "DATE"),
        span("3", "CARDINAL"),
    ]
    found = [(m.text, m.kind, m.place) for m in read_text(TEXT, spans=given).mentions]
    assert found == [
        ("Cole", "vehicle", None),
        ("John Paris", "person", None),
        ("University of Damascus", "institution", None),
        ("Blabla", "name", None),
    ]


def test_a_government_is_one_whoever_recognised_it():
    """Other recognisers call "Moscow" in "Moscow began" a place; ours says what it is here."""
    (mention,) = read_text(TEXT, spans=[span("Moscow", "GPE")]).mentions
    assert (mention.kind, mention.place.name) == ("institution", "Moscow")


def test_a_span_of_town_and_country_is_the_town():
    """The span "Raqqa, Syria" means Raqqa, which lies in Syria."""
    (mention,) = read_text(TEXT, spans=[span("Raqqa, Syria", "location")]).mentions
    assert (mention.text, mention.place.id) == ("Raqqa, Syria", "geonames:172955")


def test_a_correction_stands_above_a_span():
    """What a person says goes first, and the spans are kept for the new story."""
    story = read_text(TEXT, spans=[span("Raqqa", "GPE")]).correct("Raqqa", None)
    assert [(m.text, m.place) for m in story.mentions] == [("Raqqa", None)]


def test_spans_of_a_long_text_find_their_part():
    """Texts that are read in parts use each span once."""
    text = "A jet flew from Malta to Rome. " * 2_000
    starts = range(0, len(text), 31)
    given = [(k + 16, k + 21, "GPE") for k in starts]
    found = read_text(text, spans=given).mentions
    assert [(m.start, m.end) for m in found] == [(start, end) for start, end, _ in given]
    assert {m.place.name for m in found} == {"Malta"}


def test_a_function_is_asked_with_the_text_that_offsets_point_into(tmp_path):
    """`read_story` gives the recogniser the text without front matter."""
    from geo_events import read_story

    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Rome\n---\nA jet left Malta.")
    story = read_story(path, spans=lambda text: [span("Malta", "GPE", text)])
    assert [story.text[m.start : m.end] for m in story.mentions] == ["Malta"]


def test_gliner_like_spans_with_offsets_in_the_middle_of_words():
    """Offsets are kept as they came, also where they cut a word."""
    text = "Syrian forces left al-Raqqa."
    (mention,) = read_text(text, spans=[(22, 27, "city")]).mentions
    assert (mention.text, mention.place.id) == ("Raqqa", "geonames:172955")


def test_spacys_entities_come_in():
    """The documented example runs on a real spaCy pipeline; its rules stand in for a model."""
    spacy = pytest.importorskip("spacy", reason="needs spaCy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "GPE", "pattern": "Raqqa"},
            {"label": "NORP", "pattern": "Turkish"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )

    def recognise(text):
        return [(ent.start_char, ent.end_char, ent.label_) for ent in nlp(text).ents]

    found = [(m.text, m.kind, m.place.name) for m in read_text(TEXT, spans=recognise).mentions]
    assert found == [("Turkish", "demonym", "Turkey"), ("Raqqa", "name", "Raqqa")]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ("Raqqa", "expected \\(start, end, label\\) for each name"),
        (5, "for each name"),
        ([5], "expected \\(start, end, label\\); got 5"),
        ([(0, 5)], "expected \\(start, end, label\\)"),
        ([(0.0, 5, "GPE")], "whole numbers"),
        ([(True, 5, "GPE")], "whole numbers"),
        ([(0, 500, "GPE")], "the length of the text"),
        ([(-2, 5, "GPE")], "0 <= start"),
        ([(5, 5, "GPE")], "start < end"),
        ([(6, 7, "GPE")], "span of a name"),
        ([(0, 5, "PLANET")], "'PLANET'.* is not known; map it to name, demonym"),
        ([(0, 5, None)], "not known"),
        ([(0, 6, "GPE"), (3, 9, "LOC")], "do not overlap"),
        (lambda _: [(0, 500, "GPE")], "the length of the text"),
    ],
)
def test_wrong_spans_are_refused(given, match):
    """The message names the span and says what was expected."""
    with pytest.raises(InvalidInputError, match=match):
        read_spans(given, TEXT)
