"""Passages of our own, labelled by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from geo_events.text.reader import read_document

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "events" / "passages.yaml").read_text(encoding="utf-8")
)
ROLES = ("origin", "destination", "impact", "place")
MOVING = ("launch", "flight", "movement", "crash")


def fits(label, role):
    """Tell whether a label names the role's place."""
    names = (role.place.name.lower(), role.text.lower())
    return any(label.lower() in name or name in label.lower() for name in names)


def marked(cases):
    """Mark the passages whose label says that they are known to fail."""
    for case in cases:
        gap = case.get("gap")
        marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
        yield pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", list(marked(CASES)))
def test_a_passage_is_read_as_a_reader_reads_it(case):
    """Events with type, status, roles, date and count, and the corridors, are the labelled ones."""
    document = read_document(case["text"], published=case.get("published"))
    events = list(document.events)
    for want in case["events"]:
        same = [e for e in events if e.type == want["type"]]
        assert same, f"no {want['type']}"
        same.sort(
            key=lambda e, want=want: (
                -sum(
                    fits(label, r)
                    for n in ROLES
                    for label in want.get(n, ())
                    for r in getattr(e, n)
                )
            )
        )
        event = same[0]
        events.remove(event)
        assert event.status == want["status"]
        for name in ROLES:
            for label in want.get(name, ()):
                assert any(fits(label, r) for r in getattr(event, name)), f"{name} {label}"
        if "date" in want:
            assert event.date.start <= want["date"] <= event.date.end
        if "count" in want:
            assert event.count.min == want["count"]
    assert events == []
    pairs = {
        (e.origin[o].place.id, e.destination[d].place.id, e.section): (
            e.origin[o],
            e.destination[d],
        )
        for e in document.events
        if e.type in MOVING
        for o, d in e.pairs
    }
    assert len(pairs) == len(case["corridors"])
    for origin, target in case["corridors"]:
        assert any(fits(origin, o) and fits(target, d) for o, d in pairs.values())


def test_there_are_sixty_passages():
    """At least sixty passages are labelled, of each kind that the rules are about."""
    assert len(CASES) >= 60
    kinds = {case["id"].split("-")[0] for case in CASES}
    assert kinds >= {"launch", "flight", "diversion", "crash", "interception", "strike"}
