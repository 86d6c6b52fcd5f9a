"""Every named rule does what its example says, and nothing in its counter-example."""

from __future__ import annotations

import pytest

from geo_events.text.reader import read_document
from geo_events.text.rules import RULES

ROLES = ("origin", "destination", "impact", "place")


def roles_in(text):
    return [
        (name, role.rule, role.place.name)
        for event in read_document(text).events
        for name in ROLES
        for role in getattr(event, name)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_gives_the_role(rule):
    """In its example, a rule gives its place its role."""
    assert (rule.role, rule.name, rule.place) in roles_in(rule.example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_counter_example_gives_none(rule):
    """In its counter-example, a rule gives nothing."""
    assert rule.name not in {name for _, name, _ in roles_in(rule.counter_example)}


def test_names_are_unique():
    """A name stands for one rule."""
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_demonym_with_a_facility_is_somewhere_in_the_country():
    """The words "a Turkish airfield" is in Turkey, to the country's precision."""
    (event,) = read_document("Two jets took off from a Turkish airfield.").events
    (role,) = event.origin
    assert (role.place.id, role.rule, role.precision) == (
        "country:TUR",
        "demonym-facility",
        "country",
    )


def test_a_demonym_with_a_named_facility_is_the_named_one():
    """The words "the Syrian city of Raqqa" is Raqqa, not somewhere in Syria."""
    (event,) = read_document("Two jets flew to the Syrian city of Raqqa.").events
    assert [role.place.name for role in event.destination] == ["Raqqa"]
