"""Passages labelled by hand: our own, and those of somebody who had not seen the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from passage_scores import compare, corridors_of, is_same

from geo_events.text.reader import read_document

FOLDER = Path(__file__).parents[1] / "cases" / "events"
OWN = yaml.safe_load((FOLDER / "passages.yaml").read_text(encoding="utf-8"))
UNSEEN = [
    case
    for path in sorted(FOLDER.glob("passages_unseen*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def marked(cases):
    """Mark the passages whose label says that they are known to fail.

    A gap of names may close when the atlas grows; the others must be taken off the list then.
    """
    for case in cases:
        gap = case.get("gap")
        strict = not (gap or "").startswith("names:")
        marks = [pytest.mark.xfail(reason=gap, strict=strict)] if gap else []
        yield pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", list(marked([*OWN, *UNSEEN])))
def test_a_passage_is_read_as_a_reader_reads_it(case):
    """Events with type, status, roles, date and count, and the corridors, are the labelled ones."""
    assert compare(case).faults == []


def test_there_are_sixty_passages_and_forty_unseen_ones():
    """At least a hundred passages are labelled, of each kind that the rules are about."""
    assert len(OWN) >= 60
    assert len(UNSEEN) >= 40
    kinds = {case["id"].split("-")[0] for case in OWN}
    assert kinds >= {"launch", "flight", "diversion", "crash", "interception", "strike"}


@pytest.mark.parametrize("cases", [OWN, UNSEEN], ids=["own", "unseen"])
def test_claims_and_denials_have_the_labelled_status(cases):
    """The status is right in nine of ten events that somebody claims, denies or alleges."""
    right = total = 0
    for case in cases:
        doubted = [e for e in case["events"] if e["status"] != "asserted"]
        if len(doubted) == len(case["events"]) > 0:
            counts = compare(case).counts
            right += counts["status right"]
            total += counts["events gold"]
    assert total >= 15
    assert right / total >= 0.9


@pytest.mark.parametrize("cases", [OWN, UNSEEN], ids=["own", "unseen"])
def test_drawn_corridors_are_nearly_all_stated(cases):
    """At most one in twenty corridors is not in the text, and none runs the wrong way."""
    counts = sum((compare(case).counts for case in cases), start=compare(cases[0]).counts)
    drawn = counts["corridors right"] + counts["corridors false"]
    assert counts["corridors false"] <= 0.05 * drawn
    assert counts["corridors swapped"] == 0


@pytest.mark.parametrize(
    "case", [c for c in UNSEEN if "words_to_doubt" in c], ids=lambda c: c["id"]
)
def test_a_name_to_doubt_ends_no_corridor(case):
    """Who speaks, what lies elsewhere, and ships' names are never the end of a corridor."""
    document = read_document(case["text"], published=case.get("published"))
    for pair in corridors_of(document):
        for word in case["words_to_doubt"]:
            assert not any(is_same(word, end) for end in pair), word
