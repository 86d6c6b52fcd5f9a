"""The first real text: what a careful reader finds in it, from the text to the verdicts."""

import json
from datetime import date
from pathlib import Path

import pytest

import geo_events as ge

SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"
ARTICLE = SEEDS / "caspian-2015.txt"

pytestmark = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the article is not here: it is not part of the project"
)


@pytest.fixture(scope="module")
def story():
    return ge.read_story(ARTICLE, published="2015-10-08")


@pytest.fixture(scope="module")
def gold():
    return json.loads((SEEDS / "caspian-2015.gold.json").read_text("utf-8"))


def find(story, kind, near):
    """The event of a type whose mentions cover an offset of the gold."""
    return next(
        event
        for event in story.events
        if event.type == kind and any(abs(span.start - near) < 200 for span in event.mentions)
    )


def test_exactly_two_corridors(story):
    """One for the missiles and one for the fighters; no other place is an end."""
    assert [corridor.name for corridor in story.corridors] == [
        "Caspian Sea → Syria",
        "Turkey → Raqqa",
    ]


def test_no_corridor_touches_a_forbidden_place(story, gold):
    """Ships, institutions, datelines and persons are never ends."""
    words = " ".join(gold["corridors_forbidden"])
    for corridor in story.corridors:
        for end in (corridor.origin.name, corridor.target.name):
            assert end not in words


def test_fall_in_iran_is_disputed(story):
    """Two US officials say so through CNN; Konashenkov denies it."""
    fall = next(event for event in story.events if event.type == "crash")
    assert [role.place.name for role in fall.impact] == ["Iran"]
    assert fall.status == "disputed"
    claims = [s for s in fall.statements if s.stance == "claims"]
    assert any("two unnamed US officials" in s.who for s in claims)
    assert any("CNN" in (s.via or s.who) for s in fall.statements)
    assert any("Konashenkov" in s.who for s in fall.statements if s.stance == "denies")


def test_counts_and_day(story):
    """26 missiles and two fighters, on 7 October."""
    launch = next(event for event in story.events if event.type == "launch")
    flight = next(event for event in story.events if event.type == "flight")
    assert (launch.count.min, launch.count.max) == (26, 26)
    assert (flight.count.min, flight.count.max) == (2, 2)
    for event in (launch, flight):
        assert event.date.start == event.date.end == date(2015, 10, 7)


def test_verdict_on_the_fall_depends_on_the_launch_point(story):
    """Straight lines to Syria cross Iran from about two thirds of the sea."""
    verdict = next(v for v in story.verdicts if v.claim == "impact")
    assert "Iran" in verdict.question
    assert verdict.answer == "depends"
    assert verdict.share == pytest.approx(0.670, abs=0.01)


def test_no_claim_is_passed_over(story):
    """The 20 nautical miles get a verdict too, though geometry cannot give one."""
    verdict = next(v for v in story.verdicts if v.claim == "separation")
    assert verdict.answer == "not checkable"
    assert "20 nautical miles" in verdict.question


def test_ships_and_institutions_are_what_they_are(story, gold):
    """No trap of the gold is a name of a place that something could fly from."""
    by_start = {mention.start: mention for mention in story.mentions}
    for trap in gold["traps"]:
        if "span" in trap and trap["kind"].startswith(("ship", "institution")):
            mention = by_start.get(trap["span"]["start"])
            assert mention is None or mention.kind in ("vehicle", "institution"), trap


def test_every_span_is_the_text_it_marks(story):
    """Offsets point into the text as it was given."""
    for mention in story.mentions:
        assert story.text[mention.start : mention.end] == mention.text
    for event in story.events:
        for span in event.mentions:
            assert story.text[span.start : span.end] == span.text
