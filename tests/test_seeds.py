"""The worked cases: what a careful reader finds in a story is what the package finds."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

import geo_events as ge

CASES = sorted((Path(__file__).parents[1] / "seeds").glob("*/facts.json"))
pytestmark = pytest.mark.skipif(not CASES, reason="the worked cases are not beside the tests")


@pytest.fixture(scope="module", params=CASES, ids=[path.parent.name for path in CASES])
def case(request) -> tuple[dict, ge.Story]:
    """The facts by hand, and the story as the package reads it."""
    facts = json.loads(request.param.read_text("utf-8"))
    return facts, ge.read_story(request.param.parent / facts["story"])


def events_of(story, fact: dict) -> list[ge.Event]:
    """The events of the type, section and places of a fact."""
    return [
        event
        for event in story.events
        if event.type == fact["type"]
        and event.section == fact["section"]
        and names(event.impact) >= {fact.get("impact")} - {None}
        and names(event.place) >= set(fact.get("over", ()))
    ]


def names(roles) -> set[str]:
    """The names of roles, without accents: tables write Hokkaido and Hokkaid\u014d."""
    written = (unicodedata.normalize("NFKD", role.place.name) for role in roles)
    return {"".join(c for c in name if not unicodedata.combining(c)) for name in written}


def test_the_front_matter_gives_the_date(case) -> None:
    """The file itself says when it was published."""
    facts, story = case
    assert str(story.published) == facts["published"]


def test_the_corridors_are_those_of_the_facts(case) -> None:
    """Exactly the pairs of origin and destination that the text pairs, in their sections."""
    facts, story = case
    found = [(c.origin.name, c.target.name, c.section) for c in story.corridors]
    expected = [(c["origin"], c["destination"], c["section"]) for c in facts["corridors"]]
    assert found == expected


def test_every_event_with_an_origin_or_impact_is_found(case) -> None:
    """Type, places, count and date of each event that the facts place somewhere."""
    facts, story = case
    placed = [e for e in facts["events"] if e.get("origin") or e.get("impact")]
    assert placed
    for fact in placed:
        (event,) = events_of(story, fact)
        if fact["origin"]:
            assert names(event.origin) == {fact["origin"]}
            assert names(event.destination) == {fact["destination"]}
        if fact.get("impact"):
            assert names(event.impact) == {fact["impact"]}
        if fact.get("count"):
            assert event.count.min == fact["count"]
        if fact["date"]:
            assert str(event.date.start) == fact["date"]
        assert event.status == fact["status"]


def test_who_claims_and_who_denies_is_told(case) -> None:
    """Each disputed event carries both sides, by the words of the text."""
    facts, story = case
    for fact in facts["events"]:
        if fact["status"] == "disputed":
            (event,) = events_of(story, fact)
            stances = {statement.stance for statement in event.statements}
            assert {"claims", "denies"} <= stances


def test_what_is_no_place_to_fly_from_is_no_end(case) -> None:
    """Ships, institutions and surnames are never the end of a corridor."""
    facts, story = case
    ends = {end.name for corridor in story.corridors for end in (corridor.origin, corridor.target)}
    for kind, words in facts["no_place_to_fly_from_or_to"].items():
        if kind != "states that only help":
            assert not ends & set(words)


def test_every_role_points_at_its_words(case) -> None:
    """The evidence of a role is the text at its offsets."""
    _, story = case
    for event in story.events:
        for role in (*event.origin, *event.destination, *event.impact):
            assert role.evidence
            for span in role.evidence:
                assert story.text[span.start : span.end] == span.text


def test_verdicts_are_those_of_a_careful_reader(case) -> None:
    """Answer, share and length of the way round, as somebody with a globe would give them."""
    facts, story = case
    for fact in facts["verdicts"]:
        (found,) = [
            verdict
            for verdict in story.verdicts
            if verdict.claim == fact["claim"] and fact["about"] in verdict.question
        ]
        assert found.answer == fact["answer"], found
        if "share" in fact:
            low, high = fact["share"]
            assert low <= found.share <= high
        if "longer_percent" in fact:
            low, high = fact["longer_percent"]
            assert low <= float(found.condition.split(" %")[0].split()[-1]) <= high


def test_warnings_are_those_of_a_careful_reader(case) -> None:
    """Borders of another time, and who denies what, are said beside the story."""
    facts, story = case
    for words in facts["warnings"]:
        assert any(words in text for text in story.warnings)


def test_every_case_says_where_it_comes_from(case) -> None:
    """Facts, story and sources stand together, and each verdict has its reason."""
    facts, _ = case
    assert all(fact["why"] for fact in facts["verdicts"])
    assert len(CASES) >= 5
    for path in CASES:
        assert "CC0" in path.with_name("sources.md").read_text("utf-8")
