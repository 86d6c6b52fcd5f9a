"""The article that the project started from, against the annotation beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from geo_events.text.reader import read_document

SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"
TEXT = SEEDS / "caspian-2015.txt"
TYPES = {
    "missile_launch": "launch",
    "campaign_start": "other",
    "crash": "crash",
    "strike": "strike",
    "flight": "flight",
    "diversion": "diversion",
}
STATUS = {"reported": "claimed", "alleged_and_denied": "disputed"}
ROLES = ("origin", "destination", "impact", "place")

pytestmark = pytest.mark.skipif(
    not TEXT.exists(), reason="needs ../shared/seeds, which is not part of the project"
)


@pytest.fixture(scope="module")
def gold():
    return json.loads(TEXT.with_suffix(".gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(gold):
    published = date.fromisoformat(gold["published"]["date"])
    return read_document(TEXT.read_text(encoding="utf-8"), published=published)


@pytest.fixture(scope="module")
def pairs(gold, document):
    """Each gold event with ours: of its type, telling words in common."""
    found = []
    for want in gold["events"]:
        spans = [(t["start"], t["end"]) for t in want["triggers"]]
        (event,) = [
            e
            for e in document.events
            if e.type == TYPES[want["type"]]
            and any(a < m.end and m.start < b for m in e.mentions for a, b in spans)
        ]
        found.append((want, event))
    return found


def test_there_are_seven_events_and_no_other(gold, document, pairs):
    """Seven of seven, and nothing made of the things that are no events."""
    assert len(document.events) == len(gold["events"]) == 7
    assert len({event.id for _, event in pairs}) == 7


def test_roles_are_the_gold_ones(pairs):
    """Each event has the places that a reader gives it, in the role that a reader gives it."""
    for want, event in pairs:
        for name in ROLES:
            expected = {p["place"] for p in want.get(name, ())}
            found = {r.place.name for r in getattr(event, name)}
            if name == "place":
                assert expected <= found, (want["id"], name)
            else:
                assert found == expected, (want["id"], name)


def test_evidence_is_where_the_gold_has_it(pairs):
    """The spans of a role lie inside the gold's evidence."""
    for want, event in pairs:
        for name in ("origin", "destination", "impact"):
            gold_spans = [(p["evidence"]["start"], p["evidence"]["end"]) for p in want[name]]
            for role in getattr(event, name):
                first = role.evidence[0]
                assert any(a <= first.start and first.end <= b for a, b in gold_spans), want["id"]


def test_status(pairs):
    """Asserted, claimed or disputed as in the gold."""
    for want, event in pairs:
        assert event.status == STATUS.get(want["realis"], want["realis"]), want["id"]


def test_counts_and_dates_of_events(pairs):
    """26 missiles, two planes; each event's day lies in the interval found."""
    for want, event in pairs:
        value = (want["count"] or {}).get("value")
        if value:
            assert event.count.min == event.count.max == value, want["id"]
        if want["date"]:
            day = date.fromisoformat(want["date"]["start"])
            assert event.date.start <= day <= event.date.end, want["id"]


def test_nine_of_nine_dates(gold, document):
    """Every date of the text contains the gold's day or days."""
    assert len(document.dates) == len(gold["dates"]) == 9
    for want, found in zip(gold["dates"], document.dates, strict=True):
        days = [date.fromisoformat(day) for day in want["iso"].split("/")]
        assert found.start <= days[0]
        assert days[-1] <= found.end


def test_only_two_corridors(document):
    """Caspian Sea to Syria (the fall hangs on it) and Turkey to Raqqa."""
    found = {
        (e.type, e.origin[o].place.name, e.destination[d].place.name)
        for e in document.events
        for o, d in e.pairs
    }
    assert found == {
        ("launch", "Caspian Sea", "Syria"),
        ("crash", "Caspian Sea", "Syria"),
        ("flight", "Turkey", "Raqqa"),
    }


def test_the_fall_is_claimed_through_cnn_and_denied(pairs):
    """Two US officials claim it, CNN relays it, Konashenkov denies it, each on its day."""
    fall = next(event for want, event in pairs if want["id"] == "E2")
    said = {(s.stance, s.who, s.via, s.when.start if s.when else None) for s in fall.statements}
    thursday = date(2015, 10, 8)
    assert ("claims", "two unnamed US officials", "CNN news network", thursday) in said
    assert any(stance == "relays" and "CNN" in who for stance, who, *_ in said)
    assert any(
        stance == "denies" and "Konashenkov" in who and when == thursday
        for stance, who, _, when in said
    )


def test_separation(document):
    """20 nautical miles are 37.04 km, and the length of no leg."""
    (value,) = [q for q in document.quantities if q.kind == "separation"]
    assert value.km == pytest.approx(37.04)


def test_ships_institutions_and_surnames(document):
    """Each trap is what it is, and nowhere to fly from."""
    kinds = {}
    for mention in document.mentions:
        kinds.setdefault(mention.text, set()).add(mention.kind)
    for ship in ("Dagestan", "Grad Sviyazhsk", "Uglich", "Veliky Ustyug"):
        assert kinds[ship] == {"vehicle"}
    for name in ("Pentagon", "Langley", "White House", "Damascus", "Moscow"):
        assert kinds[name] == {"institution"}
    for name in ("Davis", "Jeff Davis", "Konashenkov"):
        assert kinds[name] == {"person"}
    assert kinds["Turkish"] == {"demonym"}
    assert all(document.text[m.start : m.end] == m.text for m in document.mentions)


def test_two_sections(gold, document):
    """The second story starts at its headline."""
    assert [s.start for s in document.sections] == [s["start"] for s in gold["sections"]]
